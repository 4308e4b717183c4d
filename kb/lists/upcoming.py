"""What to read next: the next session with something to read or hand in, on a given day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kb.views.models import ReadingList, SemesterView, SessionView

__all__ = ["Upcoming", "choose_semester", "next_sessions", "upcoming"]

ASSIGNED = frozenset({"required", "one-of"})
"""Roles of readings that everybody prepares for class."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The answer to a student's question."""

    semester: SemesterView
    on: datetime
    session: SessionView | None
    """Next session with a reading; None when none is left."""
    also: tuple[SessionView, ...]
    """Sessions up to then that have deliverables but no reading, and the next meeting if it comes
    first; before them past ones whose work is due later.
    """


def choose_semester(semesters: Sequence[SemesterView], on: datetime) -> SemesterView | None:
    """Give the semester running on a day, else the next one, else the last; None without any."""
    day = on.date().isoformat()
    dated = [s for s in semesters if s.first_day]
    running = [s for s in dated if s.first_day <= day <= s.last_day]
    if running:
        return running[0]
    coming = sorted((s for s in dated if s.first_day > day), key=lambda s: s.first_day)
    if coming:
        return coming[0]
    return max(dated, key=lambda s: s.last_day, default=semesters[-1] if semesters else None)


def is_over(session: SessionView, on: datetime) -> bool:
    """Tell whether a session has begun; without a known start it is over when its day is."""
    start = f"{session.date}T{session.start}" if session.start else f"{session.date}T23:59"
    return start < on.isoformat(timespec="minutes")


def next_sessions(sessions: Sequence[SessionView], on: datetime) -> tuple[SessionView, ...]:
    """Give the sessions that are still to come, in calendar order; rows without date are left
    out.
    """
    return tuple(s for s in sessions if s.date and not is_over(s, on))


def upcoming(reading_list: ReadingList, on: datetime) -> Upcoming:
    """Give the next session with a reading, and what is due or held before it.

    Args:
        on: local time in the semester's zone.
    """
    coming = [
        s for s in next_sessions(reading_list.sessions, on) if s.kind != "break" and not s.cancelled
    ]
    following = next((s for s in coming if any(r.role in ASSIGNED for r in s.readings)), None)
    before = coming[: coming.index(following)] if following else coming
    still_due = [
        s
        for s in reading_list.sessions
        if s.date
        and is_over(s, on)
        and any(d.due > on.isoformat(timespec="minutes") for d in s.deliverables)
    ]
    also = (*still_due, *(s for n, s in enumerate(before) if s.deliverables or n == 0))
    return Upcoming(reading_list.semester, on, following, also)
