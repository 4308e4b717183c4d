"""The calendar of a semester: dates, weekdays, slots and breaks that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from kb.findings import Finding, Severity
from kb.held import followed, held
from kb.records import Kind, Semester, Session
from kb.text import day_name
from kb.validate.calendar_holidays import holiday_doubt
from kb.validate.calendar_shift import (
    MEETS,
    CalendarShift,
    find_shift,
    meeting_days,
    other_year,
    semester_rows,
    shift_text,
)
from kb.validate.calendar_slots import slot_conflicts
from kb.validate.codes import CALENDAR_SEVERITIES

__all__ = ["calendar_findings"]

KIND_WORDS = {Kind.LECTURE: ("lecture",), Kind.RECITATION: ("recitation",), Kind.LAB: ("lab",)}
"""What a break row may say it cancels: `No lab`."""


def calendar_findings(
    semester: Semester, usual: Mapping[Kind, frozenset[str]] | None = None
) -> Iterator[Finding]:
    """Report contradictions in a semester's calendar.

    Args:
        semester: the semester.
        usual: days on which each kind meets in other semesters, for files that state no meetings.

    Findings: `weekday`, `year`, `calendar-shifted` (errors), `on-break`, `slot-twice`,
    `off-pattern`, `section-day`,
    `date-order`, `deadline-after-end`, `quiz-on-break`, `holiday` (warnings).
    """
    stated = meeting_days(semester)
    rows, term = semester_rows(semester), semester.term.value
    shift = find_shift(rows, stated or usual or {}, term, bool(stated))
    written = other_year(rows, semester.year, term) if shift is None else None
    yield from shifted_findings(semester, shift, written)
    yield from row_findings(semester, shift, written)
    for session, other in slot_conflicts(semester):
        yield finding(
            "slot-twice",
            session,
            f"same slot as {other.title!r} (line {other.place.line})",
            "move one of them, or give both their times",
        )
    yield from deadline_findings(semester)


def shifted_findings(
    semester: Semester, shift: CalendarShift | None, written: int | None
) -> Iterator[Finding]:
    """Report a calendar that is off as a whole: by some days, or by its year (`written`)."""
    if shift is None and written is None:
        return
    first = next(s for s in semester.sessions if s.date is not None and s.dated)
    if shift is not None:
        what, hint = shift_text(shift, semester.year)
        severity = None if shift.sign == "weekday" else Severity.WARNING
        yield finding("calendar-shifted", first, what, hint, severity, semester.id)
    else:
        what = f"nearly all rows are of {written}, the semester is of {semester.year}"
        hint = f"date the rows anew (kb plan does), or say year: {written}"
        yield finding("calendar-shifted", first, what, hint, None, semester.id)


def row_findings(
    semester: Semester, shift: CalendarShift | None, written: int | None
) -> Iterator[Finding]:
    """Report what is odd about the date of each row."""
    previous: date | None = None
    for session in semester.sessions:
        if session.date is None:
            continue
        yield from weekday_findings(semester, session, shift)
        if abs(session.date.year - semester.year) > 1 and written is None:
            what = f"{session.date} is not in {semester.year}"
            yield finding("year", session, what, "check the year")
        if previous is not None and session.date < previous:
            what = f"{session.date} comes after {previous}"
            yield finding("date-order", session, what, "put the rows in order")
        previous = session.date
        if shift is not None and not shift.dates_fit:  # what follows from it is no news
            continue
        yield from break_findings(semester, session)
        yield from pattern_findings(semester, session)
        yield from section_findings(semester, session)
        doubt = holiday_doubt(session, semester.zone)
        if doubt:
            hint = "check the date, or waive this where the holiday is another one"
            yield finding("holiday", session, doubt, hint)


def finding(
    code: str,
    session: Session,
    what: str,
    hint: str,
    severity: Severity | None = None,
    key: str = "",
) -> Finding:
    """Make a finding about a session, as severe as its code is."""
    place = session.place
    grade = severity or CALENDAR_SEVERITIES[code]
    return Finding(
        code=code,
        severity=grade,
        path=place.path,
        line=place.line,
        column=place.column,
        key=key or session.id,
        what=what,
        hint=hint,
    )


def weekday_findings(
    semester: Semester, session: Session, shift: CalendarShift | None
) -> Iterator[Finding]:
    """Report a weekday that contradicts its date, with the date that was probably meant."""
    day = session.date
    if day is None or not session.weekday or session.weekday == day_name(day):
        return
    what = f"{day} is a {day_name(day)}, not a {session.weekday}"
    if shift is not None and shift.dates_fit:
        yield finding("weekday", session, what, f"{day_name(day)} was probably meant")
        return
    steps = (1, -1, 2, -2, 3, -3) if shift is None else (shift.days, *(-1, 1, -2, 2, -3, 3))
    meant = [d for step in steps if day_name(d := day + timedelta(step)) == session.weekday]
    taken = {s.date for s in semester.sessions if s is not session} if shift is None else set()
    best = next((d for d in meant if d not in taken), meant[0])
    yield finding("weekday", session, what, f"{best} or {day_name(day)} was probably meant")


def break_findings(semester: Semester, session: Session) -> Iterator[Finding]:
    """Report a meeting, or a quiz, on a declared break or beside a break row; readings of a class
    that does not take place.
    """
    if session.date is None:
        return
    if session.kind is Kind.BREAK or session.cancelled:
        if any(r.role in {"required", "one-of"} for r in session.readings):
            yield finding(
                "quiz-on-break",
                session,
                f"readings are due on {session.date}, when there is no class ({session.title})",
                "move them to a class",
            )
        return
    rows = [
        (s.date, s.date, s.title)
        for s in semester.sessions
        if s.kind is Kind.BREAK and s.date and concerns(s, session.kind)
    ]
    declared = [(b.first, b.last, b.title) for b in semester.breaks]
    for first, last, title in (*declared, *rows):
        if first <= session.date <= last:
            yield finding(
                "on-break",
                session,
                f"{session.kind} on {session.date}, which is a break ({title})",
                "move it, cancel it or waive this",
            )
            if session.prompts or session.readings:
                yield finding(
                    "quiz-on-break",
                    session,
                    f"its quiz is due on a break ({title})",
                    "move the quiz with its class",
                )
            return


def concerns(row: Session, kind: Kind) -> bool:
    """Tell whether a break row cancels a kind: `No lab` leaves that day's lecture alone."""
    title = row.title.casefold()
    named = {k for k, words in KIND_WORDS.items() if any(f"no {word}" in title for word in words)}
    return not named or kind in named


def section_findings(semester: Semester, session: Session) -> Iterator[Finding]:
    """Report a section whose class falls on a break, or on a day that follows another schedule.

    The plan keeps sections in step, so a day off that only one of them has leaves it without class.
    """
    for section in semester.sections if session.kind in MEETS and not session.cancelled else ():
        if any(c.section == section.id for c in session.changes):
            continue
        day = held(session, semester, section.id).date
        if not section.meetings or day is None:
            continue
        off = next((b.title for b in semester.breaks if b.first <= day <= b.last), "")
        schedule = followed(session, semester, day)
        own = {d for m in section.meetings if m.kind is session.kind for d in m.days}
        if not off and schedule and own and schedule not in own:
            off = f"it follows the {schedule} schedule"
        if off:
            what = f"section {section.id} would meet on {day_name(day)} {day}, a day off: {off}"
            hint = f"give it a day: sections: {{{section.id}: {{date: ...}}}}"
            yield finding("section-day", session, what, hint)


def pattern_findings(semester: Semester, session: Session) -> Iterator[Finding]:
    """Report a class on a day its kind never meets."""
    if (
        session.kind not in MEETS
        or session.date is None
        or session.cancelled
        or session.start is not None
        or not session.dated
    ):
        return
    slots = [*semester.meetings, *(m for s in semester.sections for m in s.meetings)]
    days = [day for m in slots if m.kind is session.kind for day in m.days]
    schedule = followed(session, semester, session.date) or day_name(session.date)
    if days and schedule not in days:
        what = (
            f"{session.kind} on a {day_name(session.date)}; the pattern is "
            f"{', '.join(dict.fromkeys(days))}"
        )
        yield finding("off-pattern", session, what, "check the date, or give it a time of its own")


def deadline_findings(semester: Semester) -> Iterator[Finding]:
    """Report a deliverable due after the last row of the calendar, or with a date of its own after
    the last class.

    Events after the last class (final presentations) are where final work may be due, on their very
    day.
    """
    rows = [s.date for s in semester.sessions if s.date and s.kind is not Kind.BREAK]
    if not rows:
        return
    classes = [
        s.date
        for s in semester.sessions
        if s.date and (s.kind in MEETS or s.kind is Kind.EXAM) and not s.cancelled
    ]
    events = {s.date for s in semester.sessions if s.kind is Kind.EVENT}
    last_class = max(classes, default=max(rows))
    for session in semester.sessions:
        for deliverable in session.deliverables:
            own = deliverable.due.date() if deliverable.due else None
            due = own or session.date
            if due is None or due in events:
                continue
            if due > max(rows) or (own is not None and own > last_class):
                what = (
                    f"{deliverable.code or deliverable.title} is due on {due}, after the last "
                    f"class ({last_class})"
                )
                yield finding("deadline-after-end", session, what, "check the date")
