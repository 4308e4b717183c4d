"""Command: ready."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.building import load
from cli.context import DbOption, JsonOption, SourceOption, source_root
from cli.terminal import dim, wrap
from kb.errors import Unknown, UsageError
from kb.findings import nearest
from kb.plan.ready import choose_semester, get_readiness
from kb.render.dates import long_day, short_day
from kb.text import plural

if TYPE_CHECKING:
    from kb.plan.ready import Readiness

__all__ = ["run"]


def run(
    semester: Annotated[
        str | None,
        typer.Argument(help="Semester, such as F2022 (default: the one running on that day)."),
    ] = None,
    within: Annotated[
        str,
        typer.Option(
            "--within", "-w", metavar="SPAN", help="How far to look: 14d, 2w or a number of days."
        ),
    ] = "14d",
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="From this day, 2022-09-06 (default: today)."),
    ] = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show what the classes of the next days still lack: reading, question, link, note, rubric.

    Exit code 1 when something lacks. Rubrics are only looked for, never shown.

    Examples:

      kb ready F2022 --within 14d --on 2022-09-06

      kb ready --within 1w
    """
    day, days = parse_day(on), parse_span(within)
    corpus = load(source_root(source))
    if semester is None:
        found = choose_semester(corpus, day)
        if found is None:
            raise UsageError("there is no semester yet; add quizzes/<semester>.yaml")
    else:
        found = next((s for s in corpus.semesters if s.id.casefold() == semester.casefold()), None)
        if found is None:
            ids = [s.id for s in corpus.semesters]
            raise Unknown(
                "semester",
                semester,
                nearest(semester, ids),
                f"there are: {', '.join(ids)}" if ids else "there is none",
            )
    answer = get_readiness(found, corpus, day, days)
    if json_output:
        typer.echo(
            json.dumps({**asdict(answer), "ready": answer.ready}, ensure_ascii=False, indent=2)
        )
    else:
        print_readiness(answer)
    if not answer.ready:
        raise typer.Exit(1)


def print_readiness(answer: Readiness) -> None:
    """Print each class with what it lacks."""
    typer.echo(
        typer.style(
            f"{answer.semester}: {long_day(answer.first)} to {long_day(answer.last)}", bold=True
        )
    )
    for session in answer.sessions:
        state = (
            typer.style("ready", fg=typer.colors.GREEN)
            if not session.lacks
            else typer.style(plural(len(session.lacks), "thing") + " to do", fg=typer.colors.YELLOW)
        )
        typer.echo(wrap(session.title, f"{short_day(session.date)}  ") + f": {state}")
        for lack in session.lacks:
            typer.echo(wrap(f"{lack.what}", f"  {lack.aspect:<10}") + dim(f"  {lack.place}"))
    if not answer.sessions:
        typer.echo(
            f"no class; the next is on {long_day(answer.following)}"
            if answer.following
            else "no class, and none after it"
        )
    if not answer.asked:
        typer.echo(
            dim(f"{answer.semester} has no quizzes: questions and rubrics are not looked for")
        )


def parse_day(text: str | None) -> date:
    """Read `--on`.

    Raises:
        UsageError: not a date.
    """
    if text is None:
        return datetime.now().date()
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise UsageError(f"--on {text!r}: write a day as 2022-09-06") from error


def parse_span(text: str) -> int:
    """Read `14d`, `2w` or `14` as days.

    Raises:
        UsageError: none of these.
    """
    found = re.fullmatch(r"\s*(\d{1,4})\s*(d|days?|w|weeks?)?\s*", text, re.IGNORECASE)
    if found is None:
        raise UsageError(f"--within {text!r}: write 14d, 2w or a number of days")
    return int(found[1]) * (7 if (found[2] or "d")[0].casefold() == "w" else 1)
