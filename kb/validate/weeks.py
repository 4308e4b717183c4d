"""Weeks by number: the day of a row that says `week: 3` instead of a date."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from kb.records import Kind
from kb.text import DAYS
from kb.validate.schema import SemesterModel, SessionModel

__all__ = ["WeekCalendar"]


class WeekCalendar:
    """Turns weeks of a term into days, row by row.

    Week 1 is the one of `first-week`; weeks that lie wholly in a break with `counted: false` have
    no number. Several rows of one kind in a week take its slots in order.
    """

    def __init__(self, model: SemesterModel) -> None:
        """Take the patterns of a semester."""
        self.first = model.first_week
        self.skipped = [(b.from_, b.to or b.from_) for b in model.breaks if not b.counted]
        meetings = [*model.meetings, *(m for s in model.sections for m in s.meetings)]
        self.days: dict[Kind, list[int]] = {}
        for kind in Kind:
            of_kind = [m for m in model.meetings if m.kind is kind] or [
                m for m in meetings if m.kind is kind
            ]
            self.days[kind] = sorted({DAYS.index(d) for m in of_kind for d in m.days})
        self.seen: Counter[tuple[int, Kind]] = Counter()

    def day(self, row: SessionModel) -> date | None:
        """Give the date of a row; None when the term's first week or the weekday is not known."""
        if row.week is None or self.first is None:
            return None
        monday = self.monday(row.week)
        if row.weekday:
            return monday + timedelta(DAYS.index(row.weekday))
        days = self.days[row.kind] or self.days[Kind.LECTURE]
        if not days:
            return None
        nth = self.seen[row.week, row.kind]
        self.seen[row.week, row.kind] += 1
        return monday + timedelta(days[min(nth, len(days) - 1)])

    def monday(self, week: int) -> date:
        """Give the Monday of a week of the term."""
        assert self.first is not None
        at = self.first - timedelta(self.first.weekday())
        number = 1
        while number < week:
            at += timedelta(7)
            off = any(a <= at and at + timedelta(4) <= b for a, b in self.skipped)
            number += not off
        return at
