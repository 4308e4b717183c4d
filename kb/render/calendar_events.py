"""A reading list as events of a calendar: classes, quizzes, homework."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kb.links import is_safe_url
from kb.lists.changes import CalendarEvent
from kb.render.dates import due_label, due_text
from kb.text import clean, collapse, strip_markdown
from kb.views.models import DeliverableView, ReadingList, SessionView

__all__ = ["calendar_events"]

SHOWN = timedelta(minutes=30)
"""Length of a deadline: clients hide an event without length."""

USUAL = 60
"""Minutes of a class where neither the plan nor its other classes tell."""


def calendar_events(reading_list: ReadingList, only: str = "") -> tuple[CalendarEvent, ...]:
    """Give the events in order of the calendar; with `only="deadlines"` without the classes.

    Events without a date are given, too: whoever knew their date tells subscribers that it is gone.
    """
    usual = usual_minutes(reading_list)
    found = []
    for session in reading_list.sessions:
        if only != "deadlines":
            found.append(class_event(session, reading_list, usual))
        found += deadlines(session, reading_list)
    return tuple(found)


def usual_minutes(reading_list: ReadingList) -> dict[str, int]:
    """Give the most common length of each kind of class, and under no name that of all."""
    known: dict[str, Counter[int]] = {}
    for session in reading_list.sessions:
        if session.minutes:
            for kind in (session.kind, ""):
                known.setdefault(kind, Counter())[session.minutes] += 1
    return {kind: counts.most_common(1)[0][0] for kind, counts in known.items()}


def uid(name: str, section: str) -> str:
    """Give the lasting name of an event; each section's subscribers have their own."""
    whole = f"{name}-{section}" if section else name
    return f"{re.sub(r'[^A-Za-z0-9-]', '-', whole)}@coursebib"


def class_event(
    session: SessionView, reading_list: ReadingList, usual: dict[str, int]
) -> CalendarEvent:
    """Give a row as an event: at its time, or all day when the time is not known."""
    timed = session.start and session.date and session.kind != "break"
    start, end = session.date, next_day(session.date)
    if timed:
        start = f"{session.date}T{session.start}"
        minutes = session.minutes or usual.get(session.kind) or usual.get("") or USUAL
        first = datetime.fromisoformat(start)
        last = datetime.fromisoformat(session.ends) if session.ends else first
        end = (last if last > first else first + timedelta(minutes=minutes)).isoformat(
            timespec="minutes"
        )
    prefix = "" if session.kind == "lecture" else f"{session.kind.title()}: "
    zone = reading_list.semester.zone
    return CalendarEvent(
        uid=uid(session.id, reading_list.section),
        session=session.id,
        kind="class",
        summary=clean(collapse(prefix + session.title)),
        start=start,
        end=end,
        zone=zone,
        place=clean(collapse(session.place)),
        description=description(session, zone),
        readings="; ".join(reading_lines(session)),
        cancelled=session.cancelled,
        busy=session.kind != "break" and not session.cancelled,
    )


def next_day(day: str) -> str:
    """Give the day behind one; empty for none."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else ""


def deadlines(session: SessionView, reading_list: ReadingList) -> Iterator[CalendarEvent]:
    """Give what is due with a session."""
    zone, section = reading_list.semester.zone, reading_list.section
    if session.quiz and session.quiz.prompts:
        questions = "\n\n".join(strip_markdown(p.text) for p in session.quiz.prompts)
        readings = "\n".join(reading_lines(session))
        yield deadline(
            CalendarEvent(
                uid=uid(f"{session.id}-quiz", section),
                session=session.id,
                kind="quiz",
                summary=clean(collapse(f"Quiz due: {session.title}")),
                start=session.quiz.due,
                end="",
                zone=zone,
                description=clean(f"{questions}\n\n{readings}".strip()),
                question=clean(collapse(questions)),
                cancelled=session.cancelled,
                busy=False,
            )
        )
    for number, deliverable in enumerate(session.deliverables, 1):
        yield homework(session, deliverable, number, reading_list)


def homework(
    session: SessionView, deliverable: DeliverableView, number: int, reading_list: ReadingList
) -> CalendarEvent:
    """Give the moment at which homework is due."""
    zone = reading_list.semester.zone
    name = deliverable.code or str(number)
    return deadline(
        CalendarEvent(
            uid=uid(f"{session.id}-due-{name}", reading_list.section),
            session=session.id,
            kind="homework",
            summary=clean(collapse(f"Due: {deliverable.label}")),
            start=deliverable.due_at or deliverable.due,
            end="",
            zone=zone,
            description=clean(deliverable.url) if is_safe_url(deliverable.url) else "",
            busy=False,
        )
    )


def deadline(event: CalendarEvent) -> CalendarEvent:
    """Give a deadline a length that ends when it is due; a whole day where no time is known."""
    fields = {name: getattr(event, name) for name in event.__slots__}
    due = event.start
    if "T" not in due:
        return CalendarEvent(**{**fields, "end": next_day(due)})
    moment = datetime.fromisoformat(due)
    if moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)
    start, end = (m.isoformat(timespec="minutes") for m in (moment - SHOWN, moment))
    return CalendarEvent(**{**fields, "start": start, "end": end})


def reading_lines(session: SessionView) -> Iterator[str]:
    """Give what to read, a line each."""
    for reading in session.readings:
        choice = "One of: " if reading.alternative_group is not None else "Read: "
        portion = f", {reading.locator}" if reading.locator else ""
        yield clean(f"{choice}{collapse(reading.title)}{portion}")


def description(session: SessionView, zone: str) -> str:
    """Give what to read, what to answer and what is due, as plain lines."""
    lines = []
    for reading, line in zip(session.readings, reading_lines(session), strict=True):
        lines.append(f"{line} <{reading.url}>" if is_safe_url(reading.url) else line)
    if session.quiz:
        lines.append(f"Question due {due_text(session.quiz.due, zone)}:")
        lines.extend(strip_markdown(p.text) for p in session.quiz.prompts)
    lines.extend(f"Due: {collapse(due_label(d.label, d.due, zone))}" for d in session.deliverables)
    if session.note:
        lines.append(session.note)
    if session.cancelled and session.reason:
        lines.append(f"Cancelled: {session.reason}")
    return clean("\n".join(lines))
