"""Doubts about an imported schedule as a whole: last year's table under this year's name, readings that stayed behind."""

from __future__ import annotations

from dataclasses import replace

from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.schedule import ImportedSchedule
from kb.records import Corpus
from kb.sources.files import SourceFile
from kb.validate.calendar_readings import reading_shift_findings
from kb.validate.calendar_shift import (
    MEETS,
    CalendarRow,
    CalendarShift,
    find_shift,
    meeting_days,
    shift_text,
    usual_days,
)
from kb.validate.semesters import read_semester

__all__ = ["calendar_doubts", "reading_doubts"]


def calendar_doubts(schedule: ImportedSchedule, corpus: Corpus) -> tuple[LedgerEntry, ...]:
    """Give a ledger line, `probable`, when the calendar is off as a whole; nothing otherwise.

    The table may print weekdays or not; without them the days on which the semester, or else the course,
    meets are the measure, and classes at week-ends.
    """
    rows = tuple(
        CalendarRow(
            s.day, s.weekday, s.kind, s.kind in MEETS and s.time is None and not s.cancelled
        )
        for s in schedule.sessions
        if s.day
    )
    known = corpus.semester(schedule.semester)
    stated = meeting_days(known) if known is not None else {}
    found = find_shift(rows, stated or usual_days(corpus.semesters), schedule.term, bool(stated))
    if found is None:
        return ()
    what, _ = shift_text(found)
    line = min((s.line for s in schedule.sessions), default=1)
    return (
        LedgerEntry(
            line=line,
            fate=Fate.PROBABLE,
            what="calendar",
            text=f"{what}; {remedy(found, schedule)}",
        ),
    )


def remedy(found: CalendarShift, schedule: ImportedSchedule) -> str:
    """Say which options import the table rightly."""
    if found.dates_fit:
        return "the dates are taken as they are"
    if found.year is None or found.earlier <= 0:
        return f"--shift {found.days} would put them right"
    if found.months:
        return f"this seems to be the table of another semester, of {found.year}; import it under that name"
    return f"--year {found.year} --shift {found.earlier} dates them anew for {schedule.semester}; then check holidays and breaks"


def reading_doubts(
    schedule: ImportedSchedule, corpus: Corpus, text: str
) -> tuple[LedgerEntry, ...]:
    """Give a ledger line, `probable`, when readings seem to have stayed while topics moved; nothing otherwise.

    Args:
        schedule: what was imported.
        corpus: what was there before.
        text: the semester file that the import would write.
    """
    path = f"quizzes/{schedule.semester}.yaml"
    semester, _, _ = read_semester(SourceFile(path=path, text=text))
    if semester is None:
        return ()
    others = tuple(s for s in corpus.semesters if s.id != semester.id)
    found = next(
        (
            f
            for f in reading_shift_findings(replace(corpus, semesters=(*others, semester)))
            if f.path == path
        ),
        None,
    )
    if found is None:
        return ()
    row = next(
        (
            d.line
            for d, s in zip(schedule.sessions, semester.sessions, strict=False)
            if s.id == found.key
        ),
        1,
    )
    return (
        LedgerEntry(
            line=row, fate=Fate.PROBABLE, what="readings", text=f"{found.key}: {found.what}"
        ),
    )
