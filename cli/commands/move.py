"""Command: move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.changing import (
    DryRun,
    Force,
    Only,
    SemesterArgument,
    SessionArgument,
    Undated,
    Until,
    finish,
    last_day,
    open_semester,
)
from cli.context import JsonOption, SourceOption
from cli.planning import read_day
from kb.plan.find_session import find_session
from kb.plan.ripple import calendar_of, move_bundle

if TYPE_CHECKING:
    pass

__all__ = ["run"]


def run(
    semester: SemesterArgument,
    session: SessionArgument,
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="New date.")],
    fill: Annotated[
        bool,
        typer.Option(
            "--fill", help="Those between take the slots that become free; nothing behind moves."
        ),
    ] = False,
    only: Only = False,
    undated: Undated = False,
    until: Until = "",
    force: Force = False,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Move a session; the classes behind it move on along the meeting days until one need not.

    Readings, questions and deliverables stay with their session; breaks, exams and events
    stay where they are.

    Examples:

      kb move F2022 Debugging --to 2022-11-28 --fill --dry-run

      kb move F2022 F2022-1218 --to 2022-12-16
    """
    opened = open_semester(semester, source)
    found = find_session(opened.semester, session)
    day = read_day(to, "--to")
    calendar = calendar_of(opened.semester, last_day(until))
    calendar, ripple = move_bundle(calendar, found, day, ripple=not only, fill=fill, force=force)
    finish(
        opened,
        calendar,
        ripple,
        undated=undated,
        dry_run=dry_run,
        json_output=json_output,
        ways="--fill lets those between fall in, ",
    )
