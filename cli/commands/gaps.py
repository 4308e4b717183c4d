"""Command: gaps."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.building import Progress
from cli.context import DbOption, JsonOption, SourceOption, open_fresh, where
from cli.terminal import dim, wrap
from kb.errors import UsageError
from kb.plan.gaps import GAPS, find_gaps
from kb.plan.gaps_unknown import only_unknown_works, unknown_gaps, without_unknown
from kb.store.fresh import is_fresh
from kb.store.rows import corpus_rows
from kb.store.write import write_database
from kb.validate.corpus import load_corpus
from kb.views.read import get_semester, open_database

if TYPE_CHECKING:
    from kb.plan.gaps import Gap

__all__ = ["run"]


@contextlib.contextmanager
def open_in_spite(
    source: Path | None, db: Path | None
) -> Iterator[tuple[sqlite3.Connection, tuple[Gap, ...]]]:
    """Open the database; one without readings of unknown works when they alone hinder it.

    Gives the connection and those readings as gaps.
    """
    place = where(source, db)
    if place.root is not None and not is_fresh(place.database, place.root):
        progress = Progress()
        loaded = load_corpus(place.root, progress)
        progress.clear()
        if only_unknown_works(loaded.errors, loaded.corpus):
            with tempfile.TemporaryDirectory() as directory:
                target = Path(directory) / "gaps.db"
                write_database(target, corpus_rows(without_unknown(loaded.corpus)), {})
                with contextlib.closing(open_database(target)) as connection:
                    yield connection, unknown_gaps(loaded.corpus)
            return
    with open_fresh(source, db) as connection:
        yield connection, ()


def run(
    semester: Annotated[
        str | None, typer.Option("--semester", "-s", help="Look at one semester.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", "-k", help="Only this kind; may be repeated.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--all", help="List everything, not only the first ten of a kind.")
    ] = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show what is missing: entries, notes, questions, readings; chapters read twice or never.

    Examples:

      kb gaps

      kb gaps --semester F2022 --kind chapter-twice
    """
    unknown = sorted(set(kind or ()) - set(GAPS))
    if unknown:
        raise UsageError(f"--kind {unknown[0]!r}: one of {', '.join(GAPS)}")
    with open_in_spite(source, db) as (connection, missing):
        if semester is not None:
            semester = get_semester(connection, semester).id
        found = find_gaps(connection, semester, tuple(kind or ()))
    if not kind or "assigned-unknown" in kind:
        found = (
            *(g for g in missing if semester is None or g.subject.startswith(f"{semester}-")),
            *found,
        )
    if json_output:
        typer.echo(json.dumps([asdict(g) for g in found], ensure_ascii=False, indent=2))
        return

    for name, (heading, _) in GAPS.items():
        own = [g for g in found if g.kind == name]
        if kind and name not in kind:
            continue
        typer.echo(
            typer.style(f"{heading}: {len(own) or 'none'}", bold=bool(own)) + dim(f"  [{name}]")
        )
        shown = own if full else own[:10]
        for gap in shown:
            typer.echo(wrap(f"{gap.subject}  {gap.detail}", "  ", "    "))
        if len(own) > len(shown):
            typer.echo(dim(f"  ... and {len(own) - len(shown)} more; --all lists them"))
