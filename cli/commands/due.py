"""Command: due."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from cli.asking import MomentOption, SectionOption, SemesterOption, lists_asked_for
from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.terminal import dim, wrap
from kb.lists.due import deadlines, open_deadlines
from kb.lists.moments import local_moment
from kb.lists.rules import late_line
from kb.render.dates import due_text, long_day, short_day

__all__ = ["run"]


def run(
    semester: SemesterOption = None,
    section: SectionOption = "",
    on: MomentOption = "",
    every: bool = typer.Option(False, "--all", help="What is past, too."),
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """List what is due: quizzes, homework and exams, the nearest first.

    Example:

      kb due --on 2022-10-06
    """
    now = datetime.now(ZoneInfo("UTC"))
    with open_fresh(source, db) as connection:
        found = lists_asked_for(connection, semester, section, on, now)
    data = []
    for number, reading_list in enumerate(found):
        moment = local_moment(on, reading_list.semester.zone, now)
        due = deadlines(reading_list) if every else open_deadlines(reading_list, moment)
        data.append({"semester": reading_list.semester.id, "deadlines": [asdict(d) for d in due]})
        if json_output:
            continue
        if number:
            typer.echo("")
        name = f"{reading_list.semester.id}, {reading_list.semester.title}"
        typer.echo(typer.style(f"{name}, from {long_day(moment.date().isoformat())}", bold=True))
        for deadline in due:
            when = due_text(deadline.due, reading_list.semester.zone)
            out = f" (out {short_day(deadline.released)})" if deadline.released else ""
            typer.echo(wrap(f"{deadline.label}{out}", f"{when:<26} "))
            if deadline.url:
                typer.echo(dim(f"{' ' * 27}{deadline.url}"))
        if not due:
            typer.echo("Nothing is due.")
        late = late_line(reading_list.offering.policy)
        if late:
            rest = f"(all rules: kb list {reading_list.semester.id} --rules)"
            typer.echo(dim(wrap(f"{late} {rest}", "", "  ")))
    if json_output:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
