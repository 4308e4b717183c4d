"""Load the sources of one institution into a server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from cli.building import Progress
from cli.output import fail, show_findings
from kb.errors import BuildRefused
from kb.postgres.link import read_server
from kb.postgres.load import load_corpus_rows
from kb.store.fresh import fingerprint_of, scan
from kb.store.state import snapshot
from kb.text import plural
from kb.validate.corpus import load_corpus
from kb.validate.release import released
from kb.validate.sound import sound_corpus

__all__ = ["load_server"]


def load_server(root: Path, address: str, strict: bool) -> None:
    """Read the sources, load what is sound, and say what changed on the server.

    An empty or unreadable tree never replaces rows that are there.

    Raises:
        BuildRefused: nothing could be read, or `strict` and errors.
        DatabaseUnusable: the server cannot be used; its rows are as they were.
    """
    progress = Progress()
    loaded = load_corpus(root, progress)
    progress.clear()
    show_findings(tuple(f for f in loaded.findings if f.severity != "note"), err=True)
    if strict and loaded.errors:
        raise BuildRefused(f"{plural(len(loaded.errors), 'error')}; the server is as it was")
    corpus = sound_corpus(loaded.corpus, loaded.findings)
    if not (corpus.works or corpus.semesters):
        raise BuildRefused(f"nothing in {root} can be read; the server is as it was")
    server = read_server(address)
    held = released(corpus, datetime.now(UTC).date())
    if held.prompts:
        typer.echo(f"{plural(len(held.prompts), 'question')} held back until released", err=True)
    done = load_corpus_rows(server, held.corpus, fingerprint_of(snapshot(scan(root))))
    typer.echo(
        f"{server}: {done.institution}: {plural(done.rows, 'row')}, "
        f"{plural(done.written, 'row')} written"
    )
    if loaded.errors:
        fail(
            f"{plural(len(loaded.errors), 'error')}: {loaded.left_out} left out, "
            f"{loaded.in_doubt} in doubt; the rest is loaded"
        )
