"""A reading list as iCalendar, to subscribe to (RFC 5545, RFC 7986).

A subscriber's program replaces an event whose number grew, and asks again after the time the
calendar names. An event that was cancelled, or lost its date, stays as cancelled: one that vanishes
from the file stays in some calendars for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from kb.lists.changes import FIRST, KnownEvent
from kb.render.calendar_events import calendar_events
from kb.render.setting import PLAIN, Setting
from kb.text import clean, collapse
from kb.views.models import ReadingList

__all__ = ["render"]

AGAIN = timedelta(hours=6)
"""How often a program should ask for changes."""


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give an event for each class, quiz and homework that has, or had, a date."""
    semester = reading_list.semester
    calendar = Calendar()
    calendar.add("prodid", "-//coursebib//reading list//EN")
    calendar.add("version", "2.0")
    name = f"{semester.title}, {semester.term} {semester.year}"
    name += f", section {reading_list.section}" if reading_list.section else ""
    name += " (deadlines)" if how.only == "deadlines" else ""
    calendar.add("x-wr-calname", vText(clean(collapse(name))))
    calendar.add("x-wr-timezone", semester.zone)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for known in settled(reading_list, how):
        calendar.add_component(event_of(known, how))
    calendar.add_missing_timezones(*span(reading_list))
    return str(calendar.to_ical().decode("utf-8"))


def settled(reading_list: ReadingList, how: Setting) -> Iterator[KnownEvent]:
    """Give the events with how often they changed; those that are gone, too."""
    known: Mapping[str, KnownEvent] = how.known
    events = calendar_events(reading_list, how.only)
    for event in events:
        before = known.get(event.uid, KnownEvent(event=event))
        shown = event
        if not event.start and before.event.start:
            shown = replace(event, start=before.event.start, end=before.event.end, cancelled=True)
        if shown.start:
            yield replace(before, event=shown)
    here = {event.uid for event in events}
    for uid, before in known.items():
        wanted = how.only != "deadlines" or before.event.kind != "class"
        if before.gone and uid not in here and wanted and before.event.start:
            yield replace(before, event=replace(before.event, cancelled=True))


def event_of(known: KnownEvent, how: Setting) -> Event:
    """Give one event."""
    found, event = known.event, Event()
    changed = datetime.fromisoformat(known.modified or FIRST).astimezone(UTC)
    event.add("uid", found.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", known.sequence)
    event.add("dtstart", moment(found.start, found.zone))
    event.add("dtend", moment(found.end, found.zone))
    event.add("summary", found.summary)
    if found.description:
        event.add("description", found.description)
    if found.place:
        event.add("location", found.place)
    if how.base:
        event.add("url", f"{how.base}/sessions/{quote(found.session)}")
    event.add("status", "CANCELLED" if found.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if found.busy and not found.cancelled else "TRANSPARENT")
    event.add("categories", [{"class": "Class", "quiz": "Quiz"}.get(found.kind, "Homework")])
    return event


def moment(written: str, zone: str) -> date | datetime:
    """Give a day, or a moment in its zone."""
    if "T" not in written:
        return date.fromisoformat(written)
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


def span(reading_list: ReadingList) -> tuple[date, date]:
    """Give the days for which the zone's offsets are told."""
    days = [s.date for s in reading_list.sessions if s.date] or ["2020-01-01"]
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    return date(first.year, 1, 1), date(last.year + 1, 12, 31)
