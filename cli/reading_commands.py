"""Commands for students and instructors: list, next."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh, write_output
from kb.errors import UsageError

__all__ = ["list_semester", "next_reading"]

FORMATS = ("table", "md", "html", "csv", "json", "bib", "ics")
"""Formats of a reading list."""


def list_semester(
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
    from kb.views.read import get_reading_list, get_semesters

    format = "json" if json_output else format
    if format not in FORMATS:
        raise UsageError(f"--format {format!r}: one of {', '.join(FORMATS)}")
    with open_fresh(source, db) as connection:
        if semester is None:
            for found in get_semesters(connection):
                typer.echo(
                    f"{found.id:<8}{found.term:<8}{found.first_day} to {found.last_day}  {found.title}"
                )
            return
        reading_list = get_reading_list(connection, semester)
        if format == "table":
            from cli.terminal import reading_list_lines, unstyled

            text = "\n".join(reading_list_lines(reading_list)) + "\n"
            if output is None:
                typer.echo(text, nl=False)
                return
            text = unstyled(text)
        elif format == "bib":
            from kb.render.reading_bibtex import render as render_bibtex

            text = render_bibtex(reading_list, connection)
        else:
            text = renderer(format)(reading_list)
    write_output(text, output)


def renderer(format: str):  # type: ignore[no-untyped-def]  # each module's render(ReadingList) -> str
    """Load the renderer of one format."""
    from importlib import import_module

    names = {"md": "markdown", "html": "html", "csv": "csv", "json": "json", "ics": "ics"}
    return import_module(f"kb.render.reading_{names[format]}").render


def next_reading(
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DATE",
            help="Day or moment, 2022-09-06 or 2022-09-06T12:00 (default: now).",
        ),
    ] = None,
    semester: Annotated[
        str | None,
        typer.Option("--semester", "-s", help="Semester (default: the one running then)."),
    ] = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Say what to read next, which chapters, why, and what question is due when.

    Example:

      kb next --on 2022-09-06
    """
    from zoneinfo import ZoneInfo

    from kb.lists.upcoming import choose_semester, upcoming
    from kb.views.read import get_reading_list, get_semesters

    with open_fresh(source, db) as connection:
        semesters = get_semesters(connection)
        moment = parse_moment(on) if on else datetime.now()
        found = choose_semester(semesters, moment) if semester is None else None
        if semester is None and found is None:
            raise UsageError("there is no semester yet; add quizzes/<semester>.yaml")
        reading_list = get_reading_list(connection, semester or found.id)  # type: ignore[union-attr]
        if on is None:
            moment = datetime.now(ZoneInfo(reading_list.semester.zone)).replace(tzinfo=None)
        answer = upcoming(reading_list, moment)
    if json_output:
        import json

        from kb.render.reading_json import session_data

        data = {
            "semester": answer.semester.id,
            "on": moment.isoformat(timespec="minutes"),
            "session": session_data(answer.session) if answer.session else None,
            "also": [session_data(s) for s in answer.also],
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    print_upcoming(answer)


def print_upcoming(answer) -> None:  # type: ignore[no-untyped-def]  # kb.lists.upcoming.Upcoming, loaded only here
    """Print the answer for a person."""
    from cli.terminal import session_lines
    from kb.render.dates import long_day

    semester = answer.semester
    day = answer.on.date().isoformat()
    typer.echo(typer.style(f"{semester.id} on {long_day(day)}", bold=True))
    if day < semester.first_day:
        typer.echo(f"The semester begins on {long_day(semester.first_day)}.")
    for session in answer.also:
        for line in session_lines(session, semester.zone):
            typer.echo(line)
    if answer.session is None:
        typer.echo(
            "Nothing more to read"
            + (
                f"; the semester ended on {long_day(semester.last_day)}."
                if day > semester.last_day
                else " this semester."
            )
        )
        return
    for line in session_lines(answer.session, semester.zone):
        typer.echo(line)


def parse_moment(text: str) -> datetime:
    """Read `--on`.

    Raises:
        UsageError: neither a day nor a moment.
    """
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise UsageError(
            f"--on {text!r}: write a day as 2022-09-06 or a moment as 2022-09-06T12:00"
        ) from error
