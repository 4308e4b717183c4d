"""Command: next."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from cli.asking import MomentOption, SectionOption, SemesterOption, lists_asked_for
from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.terminal import dim, recommended_lines, session_lines, wrap
from kb.lists.moments import local_moment
from kb.lists.rules import late_line
from kb.lists.upcoming import Upcoming, upcoming
from kb.render.dates import due_text, long_day
from kb.render.reading_json import upcoming_data
from kb.views.models import ReadingList

__all__ = ["run"]


def run(
    on: MomentOption = "",
    semester: SemesterOption = None,
    section: SectionOption = "",
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Say what to read next, which chapters, why, and what is due when.

    Example:

      kb next --on 2022-09-06
    """
    now = datetime.now(ZoneInfo("UTC"))
    with open_fresh(source, db) as connection:
        found = lists_asked_for(connection, semester, section, on, now)
    answers = [(r, upcoming(r, local_moment(on, r.semester.zone, now))) for r in found]
    if json_output:
        data = [upcoming_data(answer) for _, answer in answers]
        shown = data[0] if len(data) == 1 else data
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for number, (reading_list, answer) in enumerate(answers):
        if number:
            typer.echo("")
        print_upcoming(reading_list, answer, len(answers) > 1)


def print_upcoming(reading_list: ReadingList, answer: Upcoming, several: bool) -> None:
    """Print the answer for a person.

    Args:
        reading_list: the semester it is about.
        answer: what is next.
        several: courses are told apart by their titles.
    """
    semester = answer.semester
    day = answer.on.date().isoformat()
    name = f"{semester.id}, {semester.title}," if several else semester.id
    name += f" section {reading_list.section}" if reading_list.section else ""
    typer.echo(typer.style(f"{name} on {long_day(day)}", bold=True))
    if semester.first_day and day < semester.first_day:
        typer.echo(f"The semester begins on {long_day(semester.first_day)}.")
    for line in recommended_lines(answer.recommended):
        typer.echo(line)
    undated = not semester.first_day and reading_list.sessions
    rows = (*answer.also, *((answer.session,) if answer.session else ()))
    for session in sorted(rows, key=lambda s: (s.date, s.position)):
        for line in session_lines(session, semester.zone):
            typer.echo(line)
    if undated:
        typer.echo("No session has a date yet; kb list shows them in order.")
    elif answer.session is None and semester.last_day and day > semester.last_day:
        typer.echo(f"Nothing more to read; the semester ended on {long_day(semester.last_day)}.")
    elif answer.session is None:
        typer.echo("Nothing more to read this semester.")
    shown = {answer.session.id if answer.session else "", *(s.id for s in answer.also)}
    for deadline in answer.due:
        if deadline.session not in shown or deadline.kind == "homework":
            when = due_text(deadline.due, semester.zone)
            typer.echo(wrap(f"{deadline.label}, due {when}", f"  {'coming':<8}  "))
    late = late_line(reading_list.offering.policy)
    if late and answer.due:
        typer.echo(dim(wrap(f"{late} (kb list {semester.id} --rules)", "", "  ")))
