"""Command: list."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import write_output
from cli.terminal import reading_list_lines, unstyled
from kb.errors import UsageError
from kb.render.reading_bibtex import render as render_bibtex
from kb.views.read import get_reading_list, get_semesters

__all__ = ["run"]

FORMATS = ("table", "md", "html", "csv", "json", "bib", "ics")
"""Formats of a reading list."""


def run(
    semester: Annotated[
        str | None, typer.Argument(help="Semester, such as F2022; left out: shows which there are.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"One of {', '.join(FORMATS)}.")
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file instead of the terminal."
        ),
    ] = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Print a semester's reading list: what to read when, why, and which question is due.

    Examples:

      kb list F2022

      kb list F2022 --format html -o reading-list.html
    """
    format = "json" if json_output else format
    if format not in FORMATS:
        raise UsageError(f"--format {format!r}: one of {', '.join(FORMATS)}")
    with open_fresh(source, db) as connection:
        if semester is None:
            for found in get_semesters(connection):
                typer.echo(
                    f"{found.id:<8}{found.term:<8}{found.first_day} to {found.last_day}  "
                    f"{found.title}"
                )
            return
        reading_list = get_reading_list(connection, semester)
        if format == "table":
            text = "\n".join(reading_list_lines(reading_list)) + "\n"
            if output is None:
                typer.echo(text, nl=False)
                return
            text = unstyled(text)
        elif format == "bib":
            text = render_bibtex(reading_list, connection)
        else:
            text = renderer(format)(reading_list)
    write_output(text, output)


def renderer(format: str):  # type: ignore[no-untyped-def]  # each module's render(ReadingList) -> str
    """Load the renderer of one format."""
    names = {"md": "markdown", "html": "html", "csv": "csv", "json": "json", "ics": "ics"}
    return import_module(f"kb.render.reading_{names[format]}").render
