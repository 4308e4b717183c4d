"""Command: load."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.terminal import dim, wrap
from kb.plan.load import get_load
from kb.render.dates import short_day

if TYPE_CHECKING:
    from kb.plan.load import Load, WeekLoad

__all__ = ["run"]

BAR = 32
"""Width of the longest bar."""


COLOURS = {"over": typer.colors.RED, "under": typer.colors.YELLOW}


def run(
    semester: Annotated[str, typer.Argument(help="Semester, such as F2022.")],
    detail: Annotated[
        bool,
        typer.Option(
            "--readings", "-r", help="Also show every reading and what its minutes rest on."
        ),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when a week is over the promise.")
    ] = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show how much reading each week asks for, against the hours the course promises.

    Pages and words count at a stated rate, recordings with their length, texts of unknown
    length by the course's rule. Of alternatives one counts. A reading counts in the week of its
    class.

    Examples:

      kb load F2022

      kb load F2022 --readings
    """
    with open_fresh(source, db) as connection:
        found = get_load(connection, semester)
    if json_output:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        print_load(found, detail)
    if strict and any(w.verdict == "over" for w in found.weeks):
        raise typer.Exit(1)


def print_load(found: Load, detail: bool) -> None:
    """Print a bar for each week."""
    typer.echo(typer.style(f"{found.semester}: minutes of reading and answering a week", bold=True))
    typer.echo(
        dim(
            wrap(
                f"promised {found.promise_low}-{found.promise_high} ({found.promise_from}); "
                f"{found.reading_rule}",
                "",
                "",
            )
        )
    )
    for week in found.weeks:
        minutes = f"{week.low}-{week.high}" if week.high else "-"
        word = {"over": "over", "under": "under", "free": "no class"}.get(week.verdict, "")
        day = short_day(week.start)[5:] if week.start else "tbd"
        line = f"{day:<8}{bar(week, found):<{BAR + 2}}{minutes:>9}  "
        typer.echo((line + typer.style(word, fg=COLOURS.get(week.verdict))).rstrip())
        if detail:
            for session in week.sessions:
                answering = f" (+{session.answering} to answer)" if session.answering else ""
                typer.echo(
                    wrap(f"{short_day(session.date)}  {session.title}{answering}", "          ")
                )
                for reading in session.readings:
                    portion = f", {reading.locator}" if reading.locator else ""
                    alternative = (
                        " (one of several)"
                        if reading.alternative_group is not None
                        else ""
                        if reading.counted
                        else f" ({reading.role}, not counted)"
                    )
                    typer.echo(
                        dim(
                            wrap(
                                f"{reading.low}-{reading.high}  "
                                f"{reading.title}{portion}{alternative}: {reading.basis}",
                                "            ",
                            )
                        )
                    )
    over, under = (sum(w.verdict == v for w in found.weeks) for v in ("over", "under"))
    known = [r.measured for w in found.weeks for s in w.sessions for r in s.readings]
    typer.echo(
        dim(
            f"{over} weeks over, {under} under; length known of {sum(known)} of {len(known)} "
            "readings; full bar: surely, light bar: at most, | the promise"
        )
    )


def bar(week: WeekLoad, found: Load) -> str:
    """Draw a week: what it takes at least, at most, and the promised limit."""
    low, high, limit = (
        round(n / found.peak * BAR) for n in (week.low, week.high, found.promise_high)
    )
    cells = ["█"] * low + ["▒"] * (high - low) + [" "] * (BAR + 1 - high)
    if limit >= high or cells[limit] == " ":
        cells[limit] = "|"
    return "".join(cells)
