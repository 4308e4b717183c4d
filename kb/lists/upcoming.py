"""What to do next: the next class with a reading, and every duty up to it and in the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.lists.due import Deadline, open_deadlines
from kb.views.facts import RecommendedView
from kb.views.models import ReadingList, SemesterView, SessionView

__all__ = ["Upcoming", "choose_semester", "choose_semesters", "next_sessions", "upcoming"]

WEEK = timedelta(7)
"""How far exams, homework and breaks are shown when the next reading is nearer."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The answer to a student's question."""

    semester: SemesterView
    on: datetime
    session: SessionView | None
    """Next session with a reading; None when none is left."""
    also: tuple[SessionView, ...]
    """Other rows: under way, up to the reading, and exams, events and breaks of the week; before
    them past ones whose work is due later.
    """
    due: tuple[Deadline, ...] = ()
    """What is due up to the reading or within the week, and the next homework after."""
    recommended: tuple[RecommendedView, ...] = ()
    """Before the first class: what to read ahead of it."""


def choose_semester(semesters: Sequence[SemesterView], on: datetime) -> SemesterView | None:
    """Give the semester running on a day, else the next one, else the last; None without any."""
    return next(iter(choose_semesters(semesters, on)), None)


def choose_semesters(semesters: Sequence[SemesterView], on: datetime) -> tuple[SemesterView, ...]:
    """Give the semester running on a day, else the next one, else the last; none without any.

    Where there are several courses, those of the others in the same term come with it: who asks
    has not said which is meant.
    """
    day = on.date().isoformat()
    dated = [s for s in semesters if s.first_day]
    running = [s for s in dated if s.first_day <= day <= s.last_day]
    coming = sorted((s for s in dated if s.first_day > day), key=lambda s: s.first_day)
    last = max(dated, key=lambda s: s.last_day, default=semesters[-1] if semesters else None)
    meant = next(iter((*running, *coming)), last)
    if meant is None:
        return ()
    courses: dict[str, SemesterView] = {meant.course: meant}
    for semester in (*running, *coming, *semesters):
        if (semester.year, semester.term) == (meant.year, meant.term):
            courses.setdefault(semester.course, semester)
    return tuple(courses.values())


def is_over(session: SessionView, on: datetime) -> bool:
    """Tell whether a session has begun; without a known start it is over when its day is."""
    start = f"{session.date}T{session.start}" if session.start else f"{session.date}T23:59"
    return start < on.isoformat(timespec="minutes")


def has_ended(session: SessionView, on: datetime) -> bool:
    """Tell whether a session is behind us; one without known end ends when it begins."""
    if session.ends:
        return session.ends[:16] <= on.isoformat(timespec="minutes")
    return is_over(session, on)


def next_sessions(sessions: Sequence[SessionView], on: datetime) -> tuple[SessionView, ...]:
    """Give the sessions that are still to come, in calendar order; rows without date are left
    out.
    """
    return tuple(s for s in sessions if s.date and not is_over(s, on))


def upcoming(reading_list: ReadingList, on: datetime) -> Upcoming:
    """Give the next session with a reading, and what is due or held up to then and in the week.

    Args:
        reading_list: a semester, or one section of it.
        on: local time in the semester's zone.
    """
    now = on.isoformat(timespec="minutes")
    open_rows = [s for s in reading_list.sessions if s.date and not has_ended(s, on)]
    coming = [s for s in open_rows if not is_over(s, on) and s.kind != "break"]
    following = next((s for s in coming if s.readings and not s.cancelled), None)
    until = (on + WEEK).date().isoformat()
    if following:
        until = max(until, following.date)
    first = next((s for s in coming if not s.cancelled), None)
    also = [
        s
        for s in open_rows
        if s is not following and s.date <= until and worth_showing(s, following, first, on)
    ]
    late = [
        s
        for s in reading_list.sessions
        if s.date and s not in open_rows and any(d.due > now for d in s.deliverables)
    ]
    undone = open_deadlines(reading_list, on)
    due = [d for d in undone if d.due and d.local[:10] <= until]
    if not any(d.kind == "homework" for d in due):
        due += [d for d in undone if d.kind == "homework" and d.due][:1]
    ahead = on.date().isoformat() < reading_list.semester.first_day or not (
        reading_list.semester.first_day
    )
    recommended = reading_list.offering.recommended if ahead else ()
    return Upcoming(reading_list.semester, on, following, (*late, *also), tuple(due), recommended)


def worth_showing(
    session: SessionView, following: SessionView | None, first: SessionView | None, on: datetime
) -> bool:
    """Tell whether a row beside the next reading is to be named."""
    if session.kind in {"break", "exam", "event"} or is_over(session, on):
        return True
    before = following is None or session.position < following.position
    return before and (bool(session.deliverables) or session is first or session.cancelled)
