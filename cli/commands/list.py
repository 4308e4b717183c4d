"""Command: list."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import BaseOption, BomOption, OutputOption, write_output
from cli.terminal import paged, reading_list_lines, unstyled
from kb.render.formats import find_format, list_formats, render_list
from kb.render.setting import Setting
from kb.views.read import get_reading_list, get_semesters
from kb.views.selection import select_works

__all__ = ["run"]

SemesterArgument = Annotated[
    str | None, typer.Argument(help="Semester, such as F2022; left out: shows which there are.")
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        help=f"One of {', '.join(('table', *(f.ending for f in list_formats())))}.",
    ),
]
OnlyOption = Annotated[
    str, typer.Option("--only", help="In a calendar: `deadlines` leaves out the classes.")
]
SectionOption = Annotated[
    str, typer.Option("--section", metavar="X", help="Times of this section, where it has its own.")
]


def run(
    semester: SemesterArgument = None,
    format: FormatOption = "table",
    only: OnlyOption = "",
    section: SectionOption = "",
    base: BaseOption = "",
    bom: BomOption = False,
    output: OutputOption = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Print a semester's reading list: what to read when, why, and which question is due.

    Examples:

      kb list F2022

      kb list F2022 --format html -o reading-list.html

      kb list F2022 --format ics --only deadlines -o due.ics
    """
    name = "json" if json_output else format
    wanted = None if name == "table" else find_format(name, list_formats())
    with open_fresh(source, db) as connection:
        if semester is None:
            for found in get_semesters(connection):
                days = f"{found.first_day} to {found.last_day}"
                typer.echo(f"{found.id:<8}{found.term:<8}{days}  {found.title}")
            return
        reading_list = get_reading_list(connection, semester)
        if wanted is not None:
            how = Setting(
                title=reading_list.semester.title,
                base=base.rstrip("/"),
                bom=bom,
                only=only,
                section=section,
            )
            works = select_works(connection, reading_list.works)
            write_output(render_list(wanted, reading_list, works, how), output)
            return
    text = "\n".join(reading_list_lines(reading_list)) + "\n"
    if output is None:
        with paged():
            typer.echo(text, nl=False)
    else:
        write_output(unstyled(text), output)
