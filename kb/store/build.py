"""Build: sources in, database out, or findings."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kb import __version__
from kb.errors import BuildRefused
from kb.findings import Finding, Severity
from kb.records import Corpus
from kb.store.fresh import fingerprint_of, read_only, scan
from kb.store.ours import PUBLIC, STAFF, require_ours, require_outside
from kb.store.rows import corpus_rows
from kb.store.search_index import fill_search_index
from kb.store.staff import write_staff_database
from kb.store.state import FileState, State, blocks_of, snapshot, write_state
from kb.store.synonyms import fill_synonyms
from kb.store.write import write_database
from kb.text import plural
from kb.validate.corpus import Loaded, Progress, load_corpus
from kb.validate.release import released
from kb.validate.sound import sound_corpus

__all__ = ["Built", "build_database"]

CHANGED_MEANWHILE = "sources changed while the build ran"
"""Instead of a fingerprint: the next command builds again."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build read and wrote."""

    loaded: Loaded
    counts: dict[str, int]
    """Rows per table."""
    held_back: int = 0
    """Questions that are not public yet."""


def build_database(
    root: Path,
    target: Path,
    staff: Path | None = None,
    progress: Progress = lambda what, done, total: None,
    model: Path | None = None,
    *,
    strict: bool = False,
    today: date | None = None,
) -> Built:
    """Read `root`, check it, and write what is sound; with a model also sentence vectors.

    Args:
        root: the source directory.
        target: the database.
        staff: where rubrics and staff notes go.
        progress: told what is done.
        model: folder of an encoder.
        strict: write nothing when there is an error.
        today: the day on which questions are released or not.

    Raises:
        BuildRefused: nothing sound was read where a database has something, or `strict` and errors;
            `args[1]` is what was loaded. The old file is as it was.
        DatabaseUnusable: the file cannot be written.
        SourceNotFound: nothing to read.
    """
    require_targets(root, target, staff)
    files = snapshot(scan(root))
    loaded = load_corpus(root, progress)
    if strict and loaded.errors:
        message = f"{plural(len(loaded.errors), 'error')} in {root}; {target.name} is as it was"
        raise BuildRefused(message, loaded)
    corpus = sound_corpus(loaded.corpus, loaded.findings)
    require_something(corpus, loaded, root, target)
    held = released(corpus, today or datetime.now(UTC).date())
    settled = fingerprint_of(snapshot(scan(root), files)) == fingerprint_of(files)
    properties = {
        "version": __version__,
        "fingerprint": fingerprint_of(files) if settled else CHANGED_MEANWHILE,
        "errors": str(len(loaded.errors)),
        "left_out": str(loaded.left_out),
        "held_back": str(len(held.prompts)),
        "until": held.until.isoformat() if held.until else "",
    }
    progress("writing", 1, 1)
    fill = [fill_search_index, fill_synonyms(loaded.corpus.thesaurus)]
    if model is not None:
        from kb.encoder import Encoder  # noqa: PLC0415  loaded where it is used
        from kb.store.vectors import fill_vectors  # noqa: PLC0415  loaded where it is used

        encoder = Encoder(model)
        fill.append(lambda connection: fill_vectors(connection, encoder, progress))
    counts = write_database(target, corpus_rows(held.corpus), properties, fill)
    write_state(target, state_of(root, properties["fingerprint"], files, loaded))
    if staff is not None:
        write_staff_database(staff, corpus, properties, held.prompts)
    return Built(loaded, counts, len(held.prompts))


def require_targets(root: Path, target: Path, staff: Path | None) -> None:
    """Refuse files that are a source, or not ours to replace."""
    for file, kind in ((target, PUBLIC), (staff, STAFF)):
        if file is not None:
            require_outside(file, root)
            require_ours(Path(os.path.realpath(file)), kind)


def require_something(corpus: Corpus, loaded: Loaded, root: Path, target: Path) -> None:
    """Refuse to replace a database that holds something by one that holds nothing.

    Raises:
        BuildRefused: nothing sound was read, or a folder cannot be read.
    """
    empty = not (corpus.works or corpus.semesters)
    hidden = any(f.code == "odd-file" and "folder cannot be read" in f.what for f in loaded.errors)
    if (empty and loaded.errors) or ((empty or hidden) and holds_something(target)):
        raise BuildRefused(f"nothing in {root} can be read; {target.name} is as it was", loaded)


def state_of(root: Path, fingerprint: str, files: dict[str, FileState], loaded: Loaded) -> State:
    """Give what the next command needs to know of the sources."""
    blocks = {}
    for name, file in files.items():
        if name.lower().endswith(".bib"):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                data = (root / name).read_bytes()
                if hashlib.sha256(data).hexdigest() == file.digest:
                    blocks[name] = blocks_of(data.decode("utf-8"))
    findings = (*loaded.findings, *(found for found, _ in loaded.waived))
    flawed = tuple(sorted({found.key for found in findings if found.key and is_of_note(found)}))
    return State(fingerprint, files, blocks, flawed)


def is_of_note(found: Finding) -> bool:
    """Tell whether an edit of a note may end a finding, or an entry with it is better read
    whole.
    """
    of_note = found.field in {"annotation", "annotation-staff"}
    return of_note or found.severity is Severity.ERROR or found.code.startswith("bibtex")


def holds_something(database: Path) -> bool:
    """Tell whether a database has a work or a semester."""
    with (
        contextlib.suppress(sqlite3.Error, OSError),
        contextlib.closing(read_only(database)) as connection,
    ):
        query = "select exists (select 1 from works) or exists (select 1 from semesters)"
        return bool(connection.execute(query).fetchone()[0])
    return False
