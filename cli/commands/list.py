"""Command: list."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.asking import SectionOption
from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import BaseOption, BomOption, OutputOption, write_output
from cli.terminal import paged, reading_list_lines, rules_lines, unstyled
from kb.lists.change_file import change_file, read_changes
from kb.lists.changes import KnownEvent, Remembered
from kb.lists.narrow import narrow
from kb.render.formats import find_format, list_formats, render_list
from kb.render.setting import Setting
from kb.views.models import ReadingList
from kb.views.read import database_file, get_reading_list, get_semesters
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
    str, typer.Option("--only", help="`readings`, or what is `due` (in a calendar: `deadlines`).")
]
WeekOption = Annotated[
    str, typer.Option("--week", metavar="N", help="One week: its number, a day in it, or `this`.")
]
FromOption = Annotated[
    str, typer.Option("--from", metavar="DAY", help="From this day on: 2022-09-06, today, monday.")
]
LongOption = Annotated[
    bool, typer.Option("--long", "-l", help="With times, places, lengths, slides and links.")
]
RulesOption = Annotated[bool, typer.Option("--rules", help="Print the semester's rules instead.")]


def run(
    semester: SemesterArgument = None,
    format: FormatOption = "",
    only: OnlyOption = "",
    section: SectionOption = "",
    week: WeekOption = "",
    first: FromOption = "",
    long: LongOption = False,
    rules: RulesOption = False,
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

      kb list F2022 --week this --long
    """
    name = "json" if json_output else format or format_of(output)
    wanted = None if name == "table" else find_format(name, list_formats())
    with open_fresh(source, db) as connection:
        if semester is None:
            print_semesters(connection)
            return
        reading_list = get_reading_list(connection, semester, section)
        if rules:
            stated = rules_lines(reading_list.offering.policy)
            typer.echo("\n".join(stated) or "no rules are stated")
            return
        today = datetime.now(ZoneInfo(reading_list.semester.zone)).date()
        kept = "" if name == "ics" else only
        reading_list = narrow(reading_list, today, week=week, first=first, only=kept)
        if wanted is not None:
            how = Setting(
                title=reading_list.semester.title,
                base=base.rstrip("/"),
                bom=bom,
                only=only,
                section=section,
                known={} if week or first else known_events(connection, reading_list),
            )
            works = select_works(connection, reading_list.works)
            write_output(render_list(wanted, reading_list, works, how), output)
            return
    text = "\n".join(reading_list_lines(reading_list, long)) + "\n"
    if output is None:
        with paged():
            typer.echo(text, nl=False)
    else:
        write_output(unstyled(text), output)


def print_semesters(connection: sqlite3.Connection) -> None:
    """Print which semesters there are, a line each."""
    for found in get_semesters(connection):
        days = f"{found.first_day} to {found.last_day}"
        typer.echo(f"{found.id:<8}{found.term:<8}{days}  {found.title}")


def format_of(output: Path | None) -> str:
    """Give the format that a file's ending names; the table for the terminal and for others."""
    ending = output.suffix.removeprefix(".").casefold() if output else ""
    return ending if ending in {f.ending for f in list_formats()} else "table"


def known_events(connection: sqlite3.Connection, plan: ReadingList) -> Mapping[str, KnownEvent]:
    """Give what the calendar of a semester held when it was built before."""
    remembered = read_changes(change_file(Path(database_file(connection))))
    return remembered.get(plan.semester.id, Remembered()).events
