"""Two classes in one slot: rows whose times overlap, or that cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.held import followed, held
from kb.records import Kind, Semester, Session
from kb.text import day_name

__all__ = ["slot_conflicts"]


def slot_conflicts(semester: Semester) -> Iterator[tuple[Session, Session]]:
    """Give pairs (later row, earlier row) of dated rows that meet at the same time.

    A row without time meets in the slot of its kind; exams and events in that of the lecture, when
    that
    day has one. Kinds with several slots a day are compared among themselves only.
    """
    by_day: dict[date, list[Session]] = {}
    for session in semester.sessions:
        if (
            session.date is None
            or not session.dated
            or session.kind is Kind.BREAK
            or session.cancelled
        ):
            continue
        others = by_day.setdefault(session.date, [])
        conflict = next((other for other in others if conflicting(semester, other, session)), None)
        if conflict is not None:
            yield session, conflict
        others.append(session)


def conflicting(semester: Semester, first: Session, second: Session) -> bool:
    """Tell whether two rows of one day meet at the same time."""
    if first.kind is second.kind and first.start == second.start:
        return True
    if first.start is None and second.start is None and slot_kind(first) is slot_kind(second):
        return lecture_day(semester, first) or Kind.EVENT not in {first.kind, second.kind}
    one, two = interval(semester, first), interval(semester, second)
    if one is None or two is None:
        return False
    return one[0] < two[1] and two[0] < one[1]


def slot_kind(session: Session) -> Kind:
    """Give the kind whose slot a row without time takes: exams and events take the lecture's."""
    return Kind.LECTURE if session.kind in {Kind.EXAM, Kind.EVENT} else session.kind


def lecture_day(semester: Semester, session: Session) -> bool:
    """Tell whether lectures meet on a row's day."""
    day = day_name(session.date) if session.date else ""
    return any(m.kind is Kind.LECTURE and day in m.days for m in semester.meetings)


def interval(semester: Semester, session: Session) -> tuple[int, int] | None:
    """Give start and end of a row in minutes of the day; None when they are not known.

    A class that runs over midnight ends behind the day's last minute.
    """
    slots = [m for m in semester.meetings if m.kind is slot_kind(session) and m.start is not None]
    day = (
        (followed(session, semester, session.date) or day_name(session.date))
        if session.date
        else ""
    )
    if session.start is None and len([m for m in slots if day in m.days]) != 1:
        return None
    meets = held(session, semester)
    if meets.start is None:
        return None
    begin = meets.start.hour * 60 + meets.start.minute
    return begin, begin + (meets.minutes or 1)
