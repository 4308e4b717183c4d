"""A part of a reading list: a week, from a day on, only what is to be read or handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kb.errors import UsageError
from kb.lists.moments import read_day
from kb.views.models import ReadingList, SessionView

__all__ = ["narrow"]

ONLY = ("readings", "due", "deadlines")


def narrow(
    reading_list: ReadingList, today: date, *, week: str = "", first: str = "", only: str = ""
) -> ReadingList:
    """Give the rows that are asked for.

    Args:
        reading_list: a semester, or a section of it.
        today: the course's own day.
        week: number of a week of the term, or a day in the week; `this` for the current one.
        first: the first day to show.
        only: `readings` leaves out rows without; `due` (or `deadlines`) those with nothing due.

    Raises:
        UsageError: a value that is none of these.
    """
    if only and only not in ONLY:
        raise UsageError(f"--only {only!r}: readings or due")
    sessions = reading_list.sessions
    if week:
        begin, end = week_of(reading_list, week, today)
        sessions = tuple(s for s in sessions if begin <= s.date <= end or str(s.week) == week)
    if first:
        day = read_day(first, today).isoformat()
        sessions = tuple(s for s in sessions if not s.date or s.date >= day)
    if only == "readings":
        sessions = tuple(replace(s, deliverables=()) for s in sessions if s.readings)
    elif only:
        kept = (s for s in sessions if s.quiz or s.deliverables or s.kind == "exam")
        sessions = tuple(replace(s, readings=()) for s in kept)
    return replace(reading_list, sessions=sessions)


def week_of(reading_list: ReadingList, week: str, today: date) -> tuple[str, str]:
    """Give Monday and Sunday of a week as ISO dates."""
    if week.isdigit() and len(week) < 3:
        numbered: list[SessionView] = [s for s in reading_list.sessions if s.week == int(week)]
        if any(s.date for s in numbered):
            day = date.fromisoformat(min(s.date for s in numbered if s.date))
        elif reading_list.semester.first_day:
            day = date.fromisoformat(reading_list.semester.first_day)
            day += timedelta(7 * (int(week) - 1))
        else:
            return "~", ""
    else:
        day = today if week in {"this", "now"} else read_day(week, today)
    monday = day - timedelta(day.weekday())
    return monday.isoformat(), (monday + timedelta(6)).isoformat()
