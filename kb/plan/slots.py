"""Slots: the days on which the classes of each kind meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kb.errors import UsageError
from kb.records import Break, Kind, Semester, Session
from kb.text import DAYS

__all__ = [
    "MEETS",
    "break_on",
    "class_rows",
    "find_days",
    "main_kind",
    "meeting_days",
    "monday",
    "read_days",
    "slots",
]

MEETS = (Kind.LECTURE, Kind.RECITATION, Kind.LAB)
"""Kinds that follow the weekly pattern."""

RARE = 0.2
"""A day that has fewer of a kind's rows than this share is an exception, not part of the
pattern.
"""


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(day.weekday())


def class_rows(semester: Semester) -> tuple[Session, ...]:
    """Give the dated rows that are classes and take place, exams and events on other days not among
    them.
    """
    return tuple(s for s in semester.sessions if s.kind in MEETS and s.date and not s.cancelled)


def find_days(sessions: Iterable[Session], kind: Kind) -> frozenset[int]:
    """Find the weekdays of a kind in its rows; exceptions are left out."""
    counts = Counter(s.date.weekday() for s in sessions if s.kind is kind and s.date and s.dated)
    total = sum(counts.values())
    return frozenset(day for day, count in counts.items() if count >= max(1, total * RARE))


def meeting_days(semester: Semester) -> dict[Kind, frozenset[int]]:
    """Give the weekdays of each kind that meets: those stated, else those of its rows."""
    found: dict[Kind, frozenset[int]] = {}
    for kind in MEETS:
        stated = {
            DAYS.index(day)
            for meeting in semester.meetings
            if meeting.kind is kind
            for day in meeting.days
        }
        days = frozenset(stated) or find_days(semester.sessions, kind)
        if days:
            found[kind] = days
    return found


def main_kind(semester: Semester, days: Mapping[Kind, frozenset[int]]) -> Kind:
    """Give the kind whose order leads: lectures, else the kind with most rows."""
    counts = Counter(s.kind for s in semester.sessions if s.kind in days)
    return Kind.LECTURE if counts[Kind.LECTURE] or not counts else counts.most_common(1)[0][0]


def break_on(day: date, breaks: Iterable[Break]) -> Break | None:
    """Give the break that a day lies in."""
    return next((b for b in breaks if b.first <= day <= b.last), None)


def slots(
    days: frozenset[int], first: date, last: date, breaks: Iterable[Break] = ()
) -> tuple[date, ...]:
    """Give the days of a kind from `first` to `last` that lie in no break."""
    closed = tuple(breaks)
    every = (first + timedelta(n) for n in range((last - first).days + 1))
    return tuple(day for day in every if day.weekday() in days and break_on(day, closed) is None)


def read_days(values: Iterable[str]) -> dict[Kind, frozenset[int]]:
    """Read `Mon,Wed` (lectures) and `recitation=Fri`.

    Raises:
        UsageError: no kind, or no weekday.
    """
    found: dict[Kind, frozenset[int]] = {}
    for value in values:
        kind, _, names = value.rpartition("=")
        try:
            chosen = Kind(kind.strip().casefold() or "lecture")
        except ValueError as error:
            raise UsageError(
                f"--days {value!r}: {kind!r} is no kind; lecture, recitation or lab"
            ) from error
        numbers = set()
        for name in names.replace("/", ",").replace(" ", ",").split(","):
            short = name.strip().rstrip(".")[:3].title()
            if short and short not in DAYS:
                raise UsageError(f"--days {value!r}: {name!r} is no weekday; {', '.join(DAYS)}")
            numbers |= {DAYS.index(short)} if short else set()
        if not numbers or chosen not in MEETS:
            raise UsageError(f"--days {value!r}: days such as Mon,Wed or recitation=Fri expected")
        found[chosen] = frozenset(numbers)
    return found
