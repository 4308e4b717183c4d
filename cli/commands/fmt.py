"""Command: fmt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import SourceOption, source_root
from cli.editing import carry_out
from kb.edit.bib_format import format_bib
from kb.edit.changes import open_file
from kb.errors import UsageError
from kb.sources.files import list_sources

if TYPE_CHECKING:
    from kb.edit.changes import Change

__all__ = ["run"]


def run(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Files (default: all below bib/)."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Say what would change and exit with 1 when something would."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print the changes as a diff, write nothing.")
    ] = False,
    source: SourceOption = None,
) -> None:
    """Lay out .bib files alike: one field a line, = in one column; values, comments and order stay.

    Examples:

      kb fmt --check

      kb fmt bib/testing.bib
    """
    root = source_root(source)
    changes: list[Change] = []
    for path in files or list_sources(root).bib:
        opened = open_file(path.absolute(), root)
        if opened.data is None:
            raise UsageError(f"{path}: no such file")
        text, places = format_bib(opened.text)
        change = opened.change(text)
        if change:
            changes.append(change)
        if check:
            for place in places if change else ():
                typer.echo(
                    f"{opened.name}:{place.line}: "
                    f"{place.key + ': ' if place.key else ''}{place.what}; kb fmt mends it"
                )
    if not check:
        carry_out(changes, diff, "all in order")
    if changes and (check or diff):
        raise typer.Exit(1 if check else 0)
