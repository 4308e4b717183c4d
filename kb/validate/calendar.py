"""The calendar of a semester: dates, weekdays, slots and breaks that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kb.findings import Finding, Severity
from kb.records import Kind, Semester, Session

__all__ = ["WEEKDAYS", "calendar_findings"]

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Short names of the days, Monday first."""

MEETS = frozenset({Kind.LECTURE, Kind.RECITATION, Kind.LAB})
"""Kinds that follow the weekly pattern."""


def calendar_findings(semester: Semester) -> Iterator[Finding]:
    """Report contradictions in a semester's calendar.

    Findings: `weekday` (error), `year` (error), `on-break`, `slot-twice`, `off-pattern`, `date-order`,
    `deadline-after-end`, `quiz-on-break` (warnings).
    """
    previous: date | None = None
    for session in semester.sessions:
        if session.date is None:
            continue
        yield from weekday_findings(semester, session)
        if abs(session.date.year - semester.year) > 1:
            what = f"{session.date} is not in {semester.year}"
            yield finding("year", session, what, "check the year", Severity.ERROR)
        if previous is not None and session.date < previous:
            yield finding("date-order", session, f"{session.date} comes after {previous}", "put the rows in order")
        previous = session.date
        yield from break_findings(semester, session)
        yield from pattern_findings(semester, session)
    yield from slot_findings(semester)
    yield from deadline_findings(semester)


def finding(code: str, session: Session, what: str, hint: str, severity: Severity = Severity.WARNING) -> Finding:
    """Make a finding about a session."""
    place = session.place
    return Finding(
        code=code, severity=severity, path=place.path, line=place.line, column=place.column, key=session.id, what=what, hint=hint
    )


def day_name(day: date) -> str:
    """Give `Wed`."""
    return WEEKDAYS[day.weekday()]


def weekday_findings(semester: Semester, session: Session) -> Iterator[Finding]:
    """Report a weekday that contradicts its date, with the date that was probably meant."""
    day = session.date
    if day is None or not session.weekday or session.weekday == day_name(day):
        return
    meant = [d for step in (1, -1, 2, -2, 3, -3) if day_name(d := day + timedelta(step)) == session.weekday]
    taken = {s.date for s in semester.sessions if s is not session}
    best = next((d for d in meant if d not in taken), meant[0])
    what = f"{day} is a {day_name(day)}, not a {session.weekday}"
    yield finding("weekday", session, what, f"{best} or {day_name(day)} was probably meant", Severity.ERROR)


def break_findings(semester: Semester, session: Session) -> Iterator[Finding]:
    """Report a meeting, or a quiz, on a declared break."""
    if session.kind is Kind.BREAK or session.cancelled or session.date is None:
        return
    rows = [(s.date, s.date, s.title) for s in semester.sessions if s.kind is Kind.BREAK and s.date]
    declared = [(b.first, b.last, b.title) for b in semester.breaks]
    for first, last, title in (*declared, *rows):
        if first <= session.date <= last:
            what = f"{session.kind} on {session.date}, which is a break ({title})"
            yield finding("on-break", session, what, "move it, cancel it or waive this")
            if session.prompts or session.readings:
                yield finding("quiz-on-break", session, f"its quiz is due on a break ({title})", "move the quiz with its class")
            return


def pattern_findings(semester: Semester, session: Session) -> Iterator[Finding]:
    """Report a class on a day its kind never meets."""
    if session.kind not in MEETS or session.date is None or session.cancelled or session.start is not None:
        return
    days = [day for m in semester.meetings if m.kind is session.kind for day in m.days]
    if days and day_name(session.date) not in days:
        what = f"{session.kind} on a {day_name(session.date)}; the pattern is {', '.join(days)}"
        yield finding("off-pattern", session, what, "check the date, or give it a time of its own")


def slot_findings(semester: Semester) -> Iterator[Finding]:
    """Report two dated rows of one kind on the same day without times that tell them apart."""
    seen: dict[tuple[date, Kind], Session] = {}
    for session in semester.sessions:
        if session.date is None or not session.dated or session.kind is Kind.BREAK or session.cancelled:
            continue
        other = seen.setdefault((session.date, session.kind), session)
        if other is not session and other.start == session.start:
            yield finding("slot-twice", session, f"same slot as {other.title!r} (line {other.place.line})", "move one of them")


def deadline_findings(semester: Semester) -> Iterator[Finding]:
    """Report a deliverable due after the last row of the calendar."""
    days = [s.date for s in semester.sessions if s.date and s.kind is not Kind.BREAK]
    if not days:
        return
    for session in semester.sessions:
        for deliverable in session.deliverables:
            due = deliverable.due.date() if deliverable.due else session.date
            if due and due > max(days):
                what = f"{deliverable.code or deliverable.title} is due on {due}, after the last class"
                yield finding("deadline-after-end", session, what, "check the date")
