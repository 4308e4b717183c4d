"""Times of day and spans of time as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

__all__ = ["TimeSpan", "parse_clock", "parse_time_span", "span_minutes"]

CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?\s*(?:m\b\.?)?", re.IGNORECASE)
"""`13:30`, `1:30pm`, `1 p.m.`, `9.30`."""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Local start and end; the end is None when only the start is known."""

    start: time
    end: time | None = None


def span_minutes(span: TimeSpan) -> int | None:
    """Give the length of a span; one that ends before it starts ends on the next day.

    Examples:
        >>> span_minutes(TimeSpan(time(23), time(1)))
        120
    """
    if span.end is None:
        return None
    first, last = (t.hour * 60 + t.minute for t in (span.start, span.end))
    return (last - first) % (24 * 60) or None


def parse_clock(value: str) -> time | None:
    """Read a time of day; None when it is none.

    Examples:
        >>> parse_clock("5:30 PM"), parse_clock("09:30"), parse_clock("25:00")
        (datetime.time(17, 30), datetime.time(9, 30), None)
    """
    text = value.strip()
    if text.casefold() in {"noon", "midday"}:
        return time(12)
    if text.casefold() == "midnight":
        return time(0)
    match = CLOCK.fullmatch(text)
    if match is None or (match[2] is None and match[3] is None):
        return None
    return to_time(int(match[1]), int(match[2] or 0), (match[3] or "").casefold())


def to_time(hour: int, minute: int, half: str) -> time | None:
    """Give a time from a clock of 12 (`half` is `a` or `p`) or 24 hours."""
    if half:
        if not 1 <= hour <= 12:
            return None if hour > 23 or half == "a" else to_time(hour, minute, "")
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_time_span(value: str) -> TimeSpan | None:
    """Read a span of time, or a start alone; a half of the day named once counts for both.

    Examples:
        >>> parse_time_span("1-4pm")
        TimeSpan(start=datetime.time(13, 0), end=datetime.time(16, 0))
        >>> parse_time_span("9:50-11:10am")
        TimeSpan(start=datetime.time(9, 50), end=datetime.time(11, 10))
        >>> parse_time_span("11-1pm")
        TimeSpan(start=datetime.time(11, 0), end=datetime.time(13, 0))
    """
    ends = re.split(r"\s*(?:-|–|—|\bto\b|\bbis\b)\s*", value.strip())
    if len(ends) == 1:
        start = parse_clock(ends[0])
        return TimeSpan(start) if start else None
    if len(ends) != 2:
        return None
    first, last = CLOCK.fullmatch(ends[0].strip()), CLOCK.fullmatch(ends[1].strip())
    if first is None or last is None:
        return None
    if not (first[2] or first[3] or last[2] or last[3]):
        return None
    half = (last[3] or "").casefold()
    end = to_time(int(last[1]), int(last[2] or 0), half)
    own_half = (first[3] or "").casefold()
    start = to_time(
        int(first[1]), int(first[2] or 0), own_half or (half if int(first[1]) <= 12 else "")
    )
    if start and end and not own_half and half == "p" and start >= end:
        start = to_time(int(first[1]), int(first[2] or 0), "a")
    return TimeSpan(start, end) if start and end else None
