"""A reading list as iCalendar: sessions, quizzes and deliverables to subscribe to (RFC 5545)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from kb.links import is_safe_url
from kb.render.dates import due_label, due_text
from kb.render.setting import PLAIN, Setting
from kb.text import clean, collapse, strip_markdown
from kb.views.models import DeliverableView, ReadingList, SessionView

__all__ = ["render"]

STAMP = datetime(2020, 1, 1, tzinfo=UTC)
"""DTSTAMP must be there; a fixed one keeps the same list the same bytes."""


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give one event per dated row and one per deliverable with a moment of its own."""
    semester = reading_list.semester
    calendar = Calendar()
    calendar.add("prodid", "-//coursebib//reading list//EN")
    calendar.add("version", "2.0")
    calendar.add(
        "x-wr-calname", clean(collapse(f"{semester.title}, {semester.term} {semester.year}"))
    )
    for session in reading_list.sessions:
        if session.date:
            calendar.add_component(session_event(session, semester.zone))
        for number, deliverable in enumerate(session.deliverables, 1):
            if deliverable.due:
                calendar.add_component(due_event(session, number, deliverable, semester.zone))
    return str(calendar.to_ical().decode("utf-8"))


def session_event(session: SessionView, zone: str) -> Event:
    """Give a row as an event: at its time, or all day when the time is not known."""
    event = Event()
    event.add("uid", f"{re.sub(r'[^A-Za-z0-9-]', '-', session.id)}@coursebib")
    event.add("dtstamp", STAMP)
    day = date.fromisoformat(session.date)
    if session.start and session.kind != "break":
        start = (
            datetime.fromisoformat(f"{session.date}T{session.start}")
            .replace(tzinfo=ZoneInfo(zone))
            .astimezone(UTC)
        )
        event.add("dtstart", start)
        end = (
            datetime.fromisoformat(f"{session.date}T{session.end}")
            .replace(tzinfo=ZoneInfo(zone))
            .astimezone(UTC)
            if session.end
            else start + timedelta(minutes=80)
        )
        event.add("dtend", max(end, start))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    prefix = "" if session.kind == "lecture" else f"{session.kind.title()}: "
    event.add("summary", clean(collapse(prefix + session.title)))
    event.add("description", description(session, zone))
    if session.cancelled:
        event.add("status", "CANCELLED")
    if session.kind == "break":
        event.add("transp", "TRANSPARENT")
    return event


def due_event(session: SessionView, number: int, deliverable: DeliverableView, zone: str) -> Event:
    """Give the moment at which homework is due that has one of its own."""
    event = Event()
    event.add("uid", f"{re.sub(r'[^A-Za-z0-9-]', '-', session.id)}-due-{number}@coursebib")
    event.add("dtstamp", STAMP)
    moment = datetime.fromisoformat(deliverable.due).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    event.add("dtstart", moment)
    event.add("dtend", moment)
    event.add("summary", clean(collapse(f"Due: {deliverable.label}")))
    event.add("description", clean(deliverable.url) if is_safe_url(deliverable.url) else "")
    event.add("transp", "TRANSPARENT")
    return event


def description(session: SessionView, zone: str) -> str:
    """Give what to read, what to answer and what is due, as plain lines."""
    lines = []
    for reading in session.readings:
        choice = "One of: " if reading.alternative_group is not None else "Read: "
        portion = f", {reading.locator}" if reading.locator else ""
        link = f" <{reading.url}>" if is_safe_url(reading.url) else ""
        lines.append(f"{choice}{collapse(reading.title)}{portion}{link}")
    if session.quiz:
        lines.append(f"Question due {due_text(session.quiz.due, zone)}:")
        lines.extend(strip_markdown(p.text) for p in session.quiz.prompts)
    lines.extend(f"Due: {collapse(due_label(d.label, d.due, zone))}" for d in session.deliverables)
    return clean("\n".join(lines))
