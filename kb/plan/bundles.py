"""Bundles: rows that travel together, and what becomes of each when a semester is planned anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kb.plan.slots import class_rows
from kb.records import Kind, Semester, Session

__all__ = ["Bundle", "Way", "is_day_off", "make_bundles"]


class Way(StrEnum):
    """How a bundle finds its new date."""

    MAIN = "main"
    """In the order of lectures, one slot each; exams and events between them, or in the days right
    behind the last, too.
    """
    SIDE = "side"
    """On its own weekday, not before the lecture it followed."""
    FIXED = "fixed"
    """An exam or event beside the pattern: where told, else the same weekday of the same week."""
    UNDATED = "undated"
    """Without date, behind the row it followed."""
    DAY_OFF = "day off"
    """A break or a cancelled class: the new calendar decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A row and those that share its date, in order."""

    rows: tuple[Session, ...]
    way: Way
    kind: Kind
    """Whose slots it takes."""
    number: int
    """Place in the old order, from 0."""

    @property
    def head(self) -> Session:
        """The row that has the date."""
        return self.rows[0]

    @property
    def day(self) -> date | None:
        """The old date."""
        return self.rows[0].date


def is_day_off(session: Session) -> bool:
    """Tell whether a row only says that there is no class."""
    nothing = not (session.topics or session.readings or session.materials)
    return session.kind is Kind.BREAK or (session.cancelled and nothing)


def make_bundles(
    semester: Semester, days: Mapping[Kind, frozenset[int]], main: Kind
) -> tuple[Bundle, ...]:
    """Put the rows of a semester into bundles, in order; every row is in exactly one."""
    groups: list[list[Session]] = []
    for session in semester.sessions:
        home = next((g for g in reversed(groups) if not is_day_off(g[0]) and g[0].date), None)
        if home is not None and not is_day_off(session) and joins(session, home[0], days):
            home.append(session)
        else:
            groups.append([session])
    lectures = [s.date for s in class_rows(semester) if s.kind is main and s.date]
    last = max(lectures, default=None)
    end = end_of_run([g[0] for g in groups], days.get(main, frozenset()), last)
    found = []
    for number, group in enumerate(groups):
        way = way_of(group[0], days, main, last, end)
        kind = group[0].kind if group[0].kind in days else main
        found.append(Bundle(rows=tuple(group), way=way, kind=kind, number=number))
    return tuple(found)


def joins(session: Session, head: Session, days: Mapping[Kind, frozenset[int]]) -> bool:
    """Tell whether a row belongs to the dated row above: no date of its own, or the same date and
    no slots of its own.
    """
    if session.date != head.date:
        return False
    return (
        not session.dated
        or session.kind is head.kind
        or session.kind not in days
        or head.kind not in days
    )


def end_of_run(heads: list[Session], weekdays: frozenset[int], last: date | None) -> date | None:
    """Give the last of the meeting days right behind the last lecture that events take, one after
    the other (presentations I and II); else that lecture's day.
    """
    taken = {
        s.date
        for s in heads
        if s.kind is Kind.EVENT and s.start is None and s.dated and not s.cancelled
    }
    while last is not None and weekdays:
        after = next(d for n in range(1, 8) if (d := last + timedelta(n)).weekday() in weekdays)
        if after not in taken:
            break
        last = after
    return last


def way_of(
    session: Session,
    days: Mapping[Kind, frozenset[int]],
    main: Kind,
    last: date | None,
    end: date | None,
) -> Way:
    """Tell how a bundle with this head finds its date."""
    if is_day_off(session):
        return Way.DAY_OFF
    if session.date is None or not session.dated or session.cancelled:
        return Way.UNDATED
    if session.kind in days:
        return Way.MAIN if session.kind is main else Way.SIDE
    in_pattern = session.date.weekday() in days.get(main, ()) and session.start is None
    within = (
        last is not None
        and end is not None
        and (session.date < last + timedelta(7) or session.date <= end)
    )
    return Way.MAIN if in_pattern and within else Way.FIXED
