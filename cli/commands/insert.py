"""Command: insert."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cli.changing import (
    DryRun,
    Force,
    Only,
    Opened,
    SemesterArgument,
    Undated,
    Until,
    finish,
    last_day,
    open_semester,
    weekday_line,
)
from cli.context import JsonOption, SourceOption
from cli.planning import read_day
from kb.edit.yaml_scalar import quote
from kb.errors import Unknown, UsageError
from kb.findings import nearest
from kb.plan.find_session import find_session
from kb.plan.ripple import Calendar, Ripple, calendar_of, make_room, next_slot
from kb.plan.ripple_write import NewRow
from kb.plan.slots import MEETS
from kb.records import Kind, Session

if TYPE_CHECKING:
    pass

__all__ = ["run"]

TitleOption = Annotated[str, typer.Option("--title", help="Title of the new session.")]
AfterOption = Annotated[
    str,
    typer.Option(
        "--after",
        metavar="SESSION",
        help="Session it comes behind: id, date or part of the title.",
    ),
]
DayOption = Annotated[
    str, typer.Option("--date", metavar="DATE", help="Its date (default: the next slot).")
]
KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        help="lecture, recitation, lab, exam, event or break (default: that of --after).",
    ),
]
TopicOption = Annotated[str, typer.Option("--topic", help="Topic in bib/topics.yaml.")]
GuestOption = Annotated[str, typer.Option("--guest", help="Name of a guest.")]


def run(
    semester: SemesterArgument,
    title: TitleOption,
    after: AfterOption = "",
    day: DayOption = "",
    kind: KindOption = "",
    topic: TopicOption = "",
    guest: GuestOption = "",
    only: Only = False,
    undated: Undated = False,
    until: Until = "",
    force: Force = False,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Put a session in; the classes behind it move on. With --only it shares the date of --after.

    Examples:

      kb insert F2022 --after "Data Quality" --title "Data Debugging" --undated --dry-run

      kb insert F2022 --date 2022-12-12 --kind exam --title "Final exam"
    """
    if not after and not day:
        raise UsageError("say where: --after SESSION or --date DATE")
    opened = open_semester(semester, source)
    anchor = find_session(opened.semester, after, "--after") if after else None
    chosen = read_kind(kind, anchor)
    calendar = calendar_of(opened.semester, last_day(until))
    at = read_day(day, "--date") if day else None
    if at is None and not only:
        at = slot_behind(calendar, chosen, anchor, after)
    ripple = (
        make_room(calendar, chosen, at, force=force)
        if at is not None and not only
        else Ripple(days={})
    )
    lines = new_lines(opened, at, chosen, title, topic, guest)
    row = NewRow(lines=lines, day=at, below=anchor.id if at is None and anchor else "", title=title)
    finish(
        opened,
        calendar,
        ripple,
        new=row,
        undated=undated,
        dry_run=dry_run,
        json_output=json_output,
        ways="--only shares the date of --after, ",
    )


def read_kind(value: str, anchor: Session | None) -> Kind:
    """Read --kind; left out, it is that of the session before.

    Raises:
        UsageError: no kind.
    """
    if not value:
        return anchor.kind if anchor and anchor.kind in MEETS else Kind.LECTURE
    if value not in set(Kind):
        raise UsageError(f"--kind {value!r}: one of {', '.join(Kind)}")
    return Kind(value)


def slot_behind(calendar: Calendar, kind: Kind, anchor: Session | None, after: str) -> date:
    """Give the next slot for a kind of session.

    Raises:
        UsageError: there is none, or the session before has no date.
    """
    slot_kind = calendar.slot_kind(kind)
    if anchor is None or anchor.date is None:
        raise UsageError(f"{after!r} has no date; give one with --date")
    found = next_slot(calendar, slot_kind, anchor.date)
    if found is None:
        raise UsageError(
            f"no slot for a {slot_kind} behind {anchor.title!r} until {calendar.last}; --date "
            "DATE, --until DATE, or --only to share its date"
        )
    return found


def new_lines(
    opened: Opened, day: date | None, kind: str, title: str, topic: str, guest: str
) -> tuple[str, ...]:
    """Give the fields of a new row.

    Raises:
        Unknown: no such topic.
    """
    slugs = [t.slug for t in opened.corpus.topics]
    if topic and topic not in slugs:
        raise Unknown("topic", topic, nearest(topic, slugs), "kb topics lists them all")
    lines = [f"date: {day}", *weekday_line(opened, day)] if day else []
    lines.append(f"kind: {kind}")
    if kind in {"break", "exam", "event"} and not (topic or guest):
        return (*lines, f"title: {quote(title)}")
    lines += ["topics:", f"  - title: {quote(title)}"]
    lines += [f"    topic: {topic}"] if topic else []
    lines += [f"    guest: {quote(guest)}"] if guest else []
    return tuple(lines)
