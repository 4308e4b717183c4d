"""Command: new."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from kb.errors import UsageError
from kb.lists.moments import read_day
from kb.parse.times import parse_clock
from kb.plan.slots import read_days
from kb.records import Kind
from kb.sources.course import NewCourse, write_course
from kb.sources.example import write_example
from kb.text import DAYS

__all__ = ["run"]


def run(
    directory: Annotated[Path, typer.Argument(help="Directory to make.")],
    title: Annotated[
        str, typer.Option("--title", help="The course; without it an example is written.")
    ] = "",
    zone: Annotated[str, typer.Option("--zone", help="Time zone, as America/New_York.")] = "UTC",
    days: Annotated[str, typer.Option("--days", help="Days of class, as Mon,Wed.")] = "Mon",
    start: Annotated[str, typer.Option("--start", help="When class starts, as 13:30.")] = "",
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=1, help="How long it lasts.")
    ] = None,
    first: Annotated[
        str, typer.Option("--first-day", metavar="DATE", help="First day of class.")
    ] = "today",
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=60, help="Weeks of class.")] = 14,
    quizzes: Annotated[
        bool, typer.Option("--quizzes/--no-quizzes", help="Questions about readings are due.")
    ] = False,
) -> None:
    """Start a knowledge base: for a course of your own, or a small commented example.

    Examples:

      kb new my-course --title "Contracts" --zone America/Chicago --days Mon,Wed --start 09:00

      kb new example && cd example && kb list
    """
    if not title:
        for path in write_example(directory):
            typer.echo(f"wrote {path}")
        typer.echo(f"next: cd {directory} && kb list E2025")
        return
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"--zone {zone!r}: a time zone such as America/New_York") from error
    clock = parse_clock(start) if start else None
    if start and clock is None:
        raise UsageError(f"--start {start!r}: a time of day such as 13:30")
    course = NewCourse(
        title=title,
        zone=zone,
        first=read_day(first, date.today()),
        days=tuple(DAYS[d] for d in sorted(read_days([days])[Kind.LECTURE])),
        start=f"{clock:%H:%M}" if clock else "",
        minutes=minutes,
        weeks=weeks,
        quizzes=quizzes,
    )
    for path in write_course(directory, course):
        typer.echo(f"wrote {path}")
    typer.echo("next:")
    typer.echo(f"  1. cd {directory}; kb add FILE.bib, or paste works into bib/works.bib")
    typer.echo(f"  2. write topics and readings into quizzes/{course.id}.yaml; kb check")
    typer.echo(f"  3. kb list {course.id}, then kb serve --open")
