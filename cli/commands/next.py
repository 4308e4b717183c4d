"""Command: next."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.terminal import session_lines
from kb.errors import UsageError
from kb.lists.upcoming import choose_semester, upcoming
from kb.render.dates import long_day
from kb.render.reading_json import session_data
from kb.views.read import get_reading_list, get_semesters

__all__ = ["run"]


def run(
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
        typer.Option(
            "--semester",
            "-s",
            envvar="KB_SEMESTER",
            show_envvar=False,
            help="Semester (default: the one running then).",
        ),
    ] = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Say what to read next, which chapters, why, and what question is due when.

    Example:

      kb next --on 2022-09-06
    """
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
