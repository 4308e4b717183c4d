"""Calendars of universities: the days without class of an iCalendar file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar

from kb.errors import UsageError
from kb.plan.breaks import AcademicCalendar, describe, merged, read_yaml_calendar, title_words
from kb.plan.calendar_words import (
    EDGE,
    LAST_CLASS,
    LATE,
    NOT_OFF,
    OFF,
    OTHER_DAY,
    PART,
    RESUME,
    WHOLE,
)
from kb.records import Break

__all__ = ["read_calendar", "read_ics"]


RETURN_WITHIN = 21
"""Days within which classes go on behind a break."""

MIDNIGHT = time(0, 0)


def read_calendar(
    data: bytes,
    name: str,
    first: date,
    last: date,
    *,
    zone: str = "",
    until: date | None = None,
    holidays: Mapping[date, str] | None = None,
) -> AcademicCalendar:
    """Read a calendar of breaks, YAML or iCalendar; events outside `first` to `last` are left out.

    Raises:
        UsageError: it is neither.
    """
    if (
        name.casefold().endswith((".ics", ".ical", ".ifb"))
        or data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR"
    ):
        return read_ics(data, name, first, last, zone=zone, until=until, holidays=holidays)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not UTF-8; save it as UTF-8") from error
    return read_yaml_calendar(text, name)


def read_ics(
    data: bytes,
    name: str,
    first: date,
    last: date,
    *,
    zone: str = "",
    until: date | None = None,
    holidays: Mapping[date, str] | None = None,
) -> AcademicCalendar:
    """Read the days off of an iCalendar file: those that say break, recess, no classes.

    The end of an event of whole days is exclusive (RFC 5545, 3.6.1), repetitions are followed
    (3.8.5), cancelled events left out. `X begins` and `X ends` make one break, and so do
    `X begins` and `Classes resume`.

    Args:
        zone: IANA zone of the course; times in UTC or another zone are read there.
        until: about when classes end, to choose among the last days of class of terms and parts.
        holidays: public holidays; an event that has only the name of one is a day off.

    Raises:
        UsageError: it is not iCalendar.
    """
    try:
        components = list(Calendar.from_ical(data).walk("VEVENT"))
    except (ValueError, IndexError, KeyError) as error:
        raise UsageError(f"{name}: not an iCalendar file: {error}") from error
    events = sorted(
        set(days_of_events(components, first, last, zone)), key=lambda e: (e.first, e.last, e.title)
    )
    sorted_out = Sorted()
    for event in events:
        sorted_out.take(event, holidays or {})
    sorted_out.close(events)
    if components and not events:
        years = sorted({s.first.year for c in components if (s := span_of_event(c, None))})
        sorted_out.doubts.append(
            f"{name}: no event lies between {first} and {last}; its events are of "
            f"{', '.join(map(str, years)) or 'no date'}"
        )
    end = last_class(sorted_out.ends, first, until)
    ignored = sorted_out.ignored + [e for e in sorted_out.ends if e is not end]
    breaks = merged(sorted_out.found)
    taken = (
        *(f"a break: {describe(b)}" for b in breaks),
        *((f"the last day of classes: {describe(end)}",) if end else ()),
    )
    return AcademicCalendar(
        breaks,
        taken,
        tuple(each_once(ignored)),
        tuple(sorted_out.doubts),
        end.first if end else None,
    )


@dataclass(slots=True)
class Sorted:
    """Events told apart while a calendar is read, in order of time."""

    found: list[Break] = field(default_factory=list)
    ignored: list[Break] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    begun: dict[str, Break] = field(default_factory=dict)
    """Breaks whose beginning was named and whose end was not yet, by title."""
    ends: list[Break] = field(default_factory=list)
    """Last days of classes."""

    def take(self, event: Break, holidays: Mapping[date, str]) -> None:
        """Put one event where it belongs."""
        late = LATE.search(event.title)
        title = LATE.sub("", event.title) if late else event.title
        edge = EDGE.search(title)
        bare = EDGE.sub(" ", title, count=1).strip(" ;,:-") if edge else title
        if OTHER_DAY.search(title):
            self.doubts.append(
                f"{describe(event)}: classes of another weekday meet; --fix SESSION="
                f"{event.first} puts one there"
            )
        elif LAST_CLASS.search(title):
            self.ends.append(event)
        elif edge and event.first == event.last and OFF.search(bare) and not NOT_OFF.search(bare):
            word = (edge["verb"] or edge["noun"]).casefold()
            self.take_edge(event, bare, word, timedelta(bool(late)))
        elif (OFF.search(title) and not NOT_OFF.search(title)) or is_holiday(event, holidays):
            self.found.append(event)
        else:
            self.ignored.append(event)

    def take_edge(self, event: Break, bare: str, word: str, later: timedelta) -> None:
        """Begin or end a break whose two edges are events of their own."""
        if word.startswith(("begin", "start", "first")):
            day = event.first + later
            self.begun[bare.casefold()] = Break(first=day, last=day, title=bare)
        elif bare.casefold() in self.begun:
            first = self.begun.pop(bare.casefold()).first
            self.found.append(Break(first=first, last=event.last, title=bare))
        else:
            self.doubts.append(
                f"{describe(event)}: its beginning is not in the calendar; give it with --break"
            )

    def close(self, events: list[Break]) -> None:
        """End the breaks that only began: with the day on which classes resume."""
        for lone in self.begun.values():
            within = lone.first + timedelta(RETURN_WITHIN)
            back = next(
                (
                    e.first
                    for e in events
                    if RESUME.search(e.title) and lone.first < e.first <= within
                ),
                None,
            )
            if back is not None:
                self.found.append(
                    Break(first=lone.first, last=back - timedelta(1), title=lone.title)
                )
                continue
            self.found.append(lone)
            if not any(b.first == lone.last + timedelta(1) for b in self.found):
                self.doubts.append(
                    f"the end of {lone.title!r}, which begins on {lone.first}, is not in the "
                    "calendar; taken as one day; give it with --break"
                )


def each_once(events: list[Break]) -> list[str]:
    """Describe events by their dates; those of one title only once."""
    times = Counter(e.title for e in events)
    first = {e.title: e for e in sorted(events, key=lambda e: e.first, reverse=True)}
    return [
        f"{describe(e)}{f' ({times[e.title]} times)' if times[e.title] > 1 else ''}"
        for e in sorted(first.values(), key=lambda e: e.first)
    ]


def last_class(ends: list[Break], first: date, until: date | None) -> Break | None:
    """Choose the last day of classes: of the whole term before those of its parts, the one nearest
    to what was expected.
    """
    possible = [e for e in ends if e.first > first + timedelta(14)]
    whole = [e for e in possible if WHOLE.search(e.title) or not PART.search(e.title)]
    return min(
        whole or possible,
        key=lambda e: (abs((e.first - until).days) if until else -e.first.toordinal(), e.first),
        default=None,
    )


def is_holiday(event: Break, holidays: Mapping[date, str]) -> bool:
    """Tell whether an event has the name of the public holiday of its day, and no word on
    classes.
    """
    titles = [title for day, title in holidays.items() if event.first <= day <= event.last]
    return not NOT_OFF.search(event.title) and any(
        title_words(event.title) and title_words(event.title) <= title_words(title) | {"s"}
        for title in titles
    )


def days_of_events(components: list[Any], first: date, last: date, zone: str) -> Iterator[Break]:
    """Give the days of the events that take place between two days, repetitions one by one."""
    here = ZoneInfo(zone) if zone else None
    changed = {
        (str(c.get("UID")), day_of(c.get("RECURRENCE-ID").dt, here))
        for c in components
        if c.get("RECURRENCE-ID") is not None
    }
    for component in components:
        get = component.get
        event = span_of_event(component, here)
        if event is None or str(get("STATUS") or "").upper() == "CANCELLED":
            continue
        length = event.last - event.first
        for day in (
            repetitions(component, event.first, first - length, last, here)
            if get("RECURRENCE-ID") is None
            else (event.first,)
        ):
            moved = (str(get("UID")), day) in changed and get("RECURRENCE-ID") is None
            if not moved and day + length >= first and day <= last:
                yield Break(first=day, last=day + length, title=event.title)


def repetitions(
    component: Any, begin: date, first: date, last: date, here: tzinfo | None
) -> list[date]:
    """Give the first days of an event and its repetitions between two days; the event's own when
    its rule cannot be read.
    """
    get = component.get
    rules = get("RRULE") or []
    days: set[date] = {begin}
    for rule in rules if isinstance(rules, list) else [rules]:
        text = re.sub(r"UNTIL=(\d{8})[^;]*", r"UNTIL=\1T235959", rule.to_ical().decode())
        try:
            days |= {
                found.date()
                for found in rrulestr(text, dtstart=datetime.combine(begin, MIDNIGHT)).between(
                    datetime.combine(first, MIDNIGHT), datetime.combine(last, MIDNIGHT), inc=True
                )
            }
        except ValueError:
            continue
    return sorted((days | listed(get("RDATE"), here)) - listed(get("EXDATE"), here))


def listed(value: Any, here: tzinfo | None) -> set[date]:
    """Give the days of RDATE or EXDATE."""
    found = value if isinstance(value, list) else [value] if value is not None else []
    return {
        day_of(each.dt[0] if isinstance(each.dt, tuple) else each.dt, here)
        for one in found
        for each in one.dts
    }


def day_of(moment: date | datetime, here: tzinfo | None) -> date:
    """Give the day of a date or time, where the course is."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(here) if moment.tzinfo and here else moment).date()


def span_of_event(component: Any, here: tzinfo | None) -> Break | None:
    """Give the days of an event; None for one without date or title."""
    get = component.get
    begin, end, length = (
        get(n).dt if get(n) is not None and hasattr(get(n), "dt") else None
        for n in ("DTSTART", "DTEND", "DURATION")
    )
    title = " ".join(str(get("SUMMARY") or "").split())
    if begin is None or not title:
        return None
    if end is None:
        end = begin + (
            length
            if isinstance(length, timedelta)
            else timedelta(0 if isinstance(begin, datetime) else 1)
        )
    if isinstance(end, datetime) and end.tzinfo and here:
        end = end.astimezone(here)
    first, final = day_of(begin, here), day_of(end, here)
    if not isinstance(end, datetime) or (final > first and end.time() == MIDNIGHT):
        final -= timedelta(1)
    return Break(first=first, last=max(first, final), title=title)
