"""Command: cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.changing import (
    DryRun,
    Only,
    Opened,
    SemesterArgument,
    SessionArgument,
    Undated,
    Until,
    carry_out,
    finish,
    last_day,
    open_semester,
    weekday_line,
)
from cli.context import JsonOption, SourceOption
from kb.edit.changes import open_file
from kb.edit.yaml_scalar import quote
from kb.errors import UsageError
from kb.plan.find_session import find_session
from kb.plan.ripple import Ripple, calendar_of, follow
from kb.plan.ripple_write import NewRow, cancel_text
from kb.records import Session
from kb.text import plural

if TYPE_CHECKING:
    pass

__all__ = ["run"]

ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]


def run(
    semester: SemesterArgument,
    session: SessionArgument,
    reason: ReasonOption = "",
    only: Only = False,
    undated: Undated = False,
    until: Until = "",
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Cancel a class: its day stays as cancelled, the session and those behind it move on.

    With --only the session itself is cancelled and nothing moves.

    Examples:

      kb cancel F2022 2022-11-30 --reason "snow day" --undated --dry-run

      kb cancel F2022 F2022-1202 --reason "instructor ill" --only
    """
    opened = open_semester(semester, source)
    found = find_session(opened.semester, session)
    if found.cancelled:
        raise UsageError(f"{found.title!r} is cancelled already")
    calendar = calendar_of(opened.semester, last_day(until))
    bundle = calendar.bundle_of(found)
    if only or not calendar.leads_slot(found) or bundle.day is None:
        cancel_alone(opened, found, reason, dry_run, json_output)
        return
    days = follow(calendar, bundle.kind, bundle.day, bundle.day, [])
    lines = [
        f"date: {bundle.day}",
        *weekday_line(opened, bundle.day),
        f"kind: {bundle.head.kind}",
        "title: No class",
        "cancelled: true",
    ]
    if reason:
        lines.append(f"reason: {quote(reason)}")
    finish(
        opened,
        calendar,
        Ripple(days=days),
        new=NewRow(lines=tuple(lines), day=bundle.day),
        undated=undated,
        dry_run=dry_run,
        json_output=json_output,
        ways="--only cancels the session itself, ",
    )


def cancel_alone(
    opened: Opened, session: Session, reason: str, dry_run: bool, json_output: bool
) -> None:
    """Cancel a session whose day nobody else's class takes."""
    file = open_file(opened.root / opened.semester.place.path, opened.root)
    opened.notes += [
        f"{d.code or d.title} was due with it and still is"
        for d in session.deliverables
        if not d.due
    ]
    if session.readings:
        opened.notes.append(
            f"it has {plural(len(session.readings), 'reading')}; move them with kb insert or by "
            "hand if they are to be read"
        )
    text = cancel_text(file.text, opened.semester, session, reason)
    carry_out(opened, file.text, text, [], dry_run, json_output)
