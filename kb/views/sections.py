"""A reading list as one section sees it: its days, times, places and due moments."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from datetime import date

from kb.errors import Unknown
from kb.text import day_name
from kb.views import sql
from kb.views.models import DeliverableView, ReadingList, SessionView
from kb.views.rows import named_rows

__all__ = ["of_section"]

Dues = dict[int, tuple[str, str]]
"""Position of a deliverable, 0 for the quiz, to its due moment: local and UTC."""


def of_section(
    connection: sqlite3.Connection, reading_list: ReadingList, section: str
) -> ReadingList:
    """Give a list with what holds for one section.

    Raises:
        Unknown: the semester has no such section; those it has are named.
    """
    sections = [s.section for s in reading_list.offering.sections]
    found = next((s for s in sections if s.casefold() == section.casefold()), None)
    semester = reading_list.semester.id
    if found is None:
        known = ", ".join(sections)
        hint = f"{semester} has: {known}" if known else f"{semester} has no sections"
        raise Unknown("section", section, hint=hint)
    wanted = {"semester": semester, "section": found}
    dues: defaultdict[str, Dues] = defaultdict(dict)
    for row in named_rows(connection, sql.SECTION_DUE, wanted):
        dues[row["session"]][row["deliverable"]] = (row["due"], row["due_utc"])
    meets = {r["session"]: r for r in named_rows(connection, sql.SECTION_SESSIONS, wanted)}
    sessions = tuple(
        moved(s, meets[s.id], dues[s.id]) if s.id in meets else s for s in reading_list.sessions
    )
    return replace(reading_list, sessions=sessions, section=found)


def moved(session: SessionView, row: sqlite3.Row, dues: Dues) -> SessionView:
    """Give a session with the day, time, place and due moments of a section."""
    day = row["date"] or ""
    quiz = session.quiz
    if quiz is not None and 0 in dues:
        quiz = replace(quiz, due=dues[0][0])
    return replace(
        session,
        date=day,
        weekday=day_name(date.fromisoformat(day)) if day else "",
        start=row["start"] or "",
        minutes=row["minutes"],
        ends=row["ends"] or "",
        place=row["place"] or "",
        cancelled=bool(row["cancelled"]),
        quiz=quiz,
        deliverables=tuple(
            due_in(d, dues.get(n, (d.due_at, d.due_utc)))
            for n, d in enumerate(session.deliverables, 1)
        ),
    )


def due_in(deliverable: DeliverableView, due: tuple[str, str]) -> DeliverableView:
    """Give a deliverable with the due moment of a section."""
    own = due[0][:16] if deliverable.due else ""
    return replace(deliverable, due=own, due_at=due[0], due_utc=due[1])
