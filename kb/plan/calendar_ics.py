"""Calendars of universities: the days without class of an iCalendar file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from kb.errors import UsageError
from kb.plan.breaks import AcademicCalendar, describe, merged, read_yaml_calendar, title_words
from kb.records import Break

__all__ = ["read_calendar", "read_ics"]

OFF = re.compile(
    r"\bno (?:\w+ )?(?:class|school|lecture|instruction|teaching)|\bclass(?:es)? (?:are )?(?:not held|do not meet|cancell?ed|suspended|excused)|\bbreak\b|\bholidays?\b|\brecess\b"
    r"|\bday off\b|\bwellness day\b|\bstudy (?:day|break|week|period)s?\b|\b(?:university|campus|school|college) closed\b|\b(?:closed|vacation|carnival)\b|\breading (?:day|week|period)s?\b|\bvorlesungsfrei|\bferien\b|\bfeiertag",
    re.IGNORECASE,
)
"""Events of a calendar that mean days without class."""

NOT_OFF = re.compile(
    r"\bresume|\bdeadline|\bdue\b|\bregistration|\brecesso|\bbefore\b|\bafter\b|\bparty\b|\bclasses (?:begin|start|end)|\b(?:first|last) (?:day|class)|\breturn\b|\bwithout break\b"
    r"|\bclasses (?:are )?(?:in session|held|meet|as usual)|\b(?:residence|housing|dorm\w*|dining|halls?|check-?in|move-?(?:in|out)|shuttles?|parking|library|hours|trips?|travel|applications?|concert|reception|meeting|committee|open house)\b",
    re.IGNORECASE,
)
"""Events that name a break and are none."""

EDGE = re.compile(
    r"\s*\b(?P<verb>begins?|starts?|ends?|concludes?)\b(?! of\b)\s*|\b(?P<noun>start|beginning|first day|end|last day) of (?:the )?(?!\w+ ?class)",
    re.IGNORECASE,
)
"""`Fall break begins`, `Fall break ends`, `First day of spring break`."""

LATE = re.compile(
    r",?\s*\b(?:after (?:the |your )?last (?:scheduled )?class(?:es)?|(?:at )?(?:the )?(?:end|close) of (?:the )?(?:class(?:es)?|(?:business |class )?day)|after class(?:es)?)\b.*",
    re.IGNORECASE,
)
"""A break that begins so begins the day after."""

RESUME = re.compile(
    r"\b(?:class(?:es)?|instruction|lectures?|teaching)\b.*\bresumes?\b|\bresumption of\b|\breturn to class|\bclasses (?:begin|start) again\b",
    re.IGNORECASE,
)
"""The first day of class behind a break."""

OTHER_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri)day(?:'s)? (?:class(?:es)? )?(?:schedule|plan|timetable)\b|\bfollow(?:s|ing)? (?:a |the )?(?:mon|tues|wednes|thurs|fri)day\b",
    re.IGNORECASE,
)
"""A day on which the classes of another weekday meet."""

LAST_CLASS = re.compile(
    r"\b(?:last|final) day of (?:\w+ ){0,3}(?:class|lecture|instruction|teaching)|\b(?:last|final) (?:class(?:es)?|instruction(?:al)?|lecture|teaching) days?\b|\b(?:classes|lectures|instruction|teaching) ends?\b"
    r"|\bend of (?:classes|lectures|instruction|teaching)\b|\blast (?:classes|lectures)\b",
    re.IGNORECASE,
)
"""The event that ends the term's classes."""

PART = re.compile(
    r"\bmini\b|\bmini-?\d|\bhalf\b|\bmodule|\bsession\b|\bquarter\b|\b(?:first|second|[78])[- ]?week|\bfor\b|\bbefore\b|\bprior to\b|\bbreak\b|\brecess\b",
    re.IGNORECASE,
)
"""Last days of class that may be of a part of the term, or those before a break."""

WHOLE = re.compile(r"\bsemester\b|\bfull[- ]term\b|\bregular\b", re.IGNORECASE)
"""Those of the whole term all the same."""

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
    """Read the days off of an iCalendar file: events that say break, holiday, recess, no classes, day off.

    The end of an event of whole days is exclusive (RFC 5545, 3.6.1), repetitions are followed (3.8.5), cancelled
    events left out. `X begins` and `X ends` make one break, and so do `X begins` and `Classes resume`.

    Args:
        zone: IANA zone of the course; times in UTC or another zone are read there.
        until: about when classes end, to choose among the last days of class of terms and parts of terms.
        holidays: public holidays; an event that has only the name of one is a day off.

    Raises:
        UsageError: it is not iCalendar.
    """
    from icalendar import Calendar

    try:
        components = list(Calendar.from_ical(data).walk("VEVENT"))
    except (ValueError, IndexError, KeyError) as error:
        raise UsageError(f"{name}: not an iCalendar file: {error}") from error
    events = sorted(
        set(days_of_events(components, first, last, zone)), key=lambda e: (e.first, e.last, e.title)
    )
    found: list[Break] = []
    ignored: list[Break] = []
    doubts: list[str] = []
    begun: dict[str, Break] = {}
    ends: list[Break] = []
    for event in events:
        late = LATE.search(event.title)
        title = LATE.sub("", event.title) if late else event.title
        edge = EDGE.search(title)
        bare = EDGE.sub(" ", title, count=1).strip(" ;,:-") if edge else title
        if OTHER_DAY.search(title):
            doubts.append(
                f"{describe(event)}: classes of another weekday meet; --fix SESSION={event.first} puts one there"
            )
        elif LAST_CLASS.search(title):
            ends.append(event)
        elif edge and event.first == event.last and OFF.search(bare) and not NOT_OFF.search(bare):
            if (edge["verb"] or edge["noun"]).casefold().startswith(("begin", "start", "first")):
                begun[bare.casefold()] = Break(
                    first=event.first + timedelta(bool(late)),
                    last=event.first + timedelta(bool(late)),
                    title=bare,
                )
            elif bare.casefold() in begun:
                found.append(
                    Break(first=begun.pop(bare.casefold()).first, last=event.last, title=bare)
                )
            else:
                doubts.append(
                    f"{describe(event)}: its beginning is not in the calendar; give it with --break"
                )
        elif (OFF.search(title) and not NOT_OFF.search(title)) or is_holiday(event, holidays or {}):
            found.append(event)
        else:
            ignored.append(event)
    for lone in begun.values():
        back = next(
            (
                e.first
                for e in events
                if RESUME.search(e.title)
                and lone.first < e.first <= lone.first + timedelta(RETURN_WITHIN)
            ),
            None,
        )
        found.append(
            lone
            if back is None
            else Break(first=lone.first, last=back - timedelta(1), title=lone.title)
        )
        if back is None and not any(b.first == lone.last + timedelta(1) for b in found):
            doubts.append(
                f"the end of {lone.title!r}, which begins on {lone.first}, is not in the calendar; taken as one day; give it with --break"
            )
    if components and not events:
        years = sorted(
            {span.first.year for c in components if (span := span_of_event(c, None)) is not None}
        )
        doubts.append(
            f"{name}: no event lies between {first} and {last}; its events are of {', '.join(map(str, years)) or 'no date'}"
        )
    end = last_class(ends, first, until)
    ignored += [e for e in ends if e is not end]
    breaks = merged(found)
    taken = (
        *(f"a break: {describe(b)}" for b in breaks),
        *((f"the last day of classes: {describe(end)}",) if end else ()),
    )
    return AcademicCalendar(
        breaks, taken, tuple(each_once(ignored)), tuple(doubts), end.first if end else None
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
    """Choose the last day of classes: of the whole term before those of its parts, the one nearest to what was expected."""
    possible = [e for e in ends if e.first > first + timedelta(14)]
    whole = [e for e in possible if WHOLE.search(e.title) or not PART.search(e.title)]
    return min(
        whole or possible,
        key=lambda e: (abs((e.first - until).days) if until else -e.first.toordinal(), e.first),
        default=None,
    )


def is_holiday(event: Break, holidays: Mapping[date, str]) -> bool:
    """Tell whether an event has the name of the public holiday of its day, and no word on classes."""
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
    """Give the first days of an event and its repetitions between two days; the event's own when its rule cannot be read."""
    from dateutil.rrule import rrulestr

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
