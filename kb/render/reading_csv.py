"""A reading list as CSV: one line per reading, rows without reading once."""

from __future__ import annotations

import csv
import io

from kb.render.dates import due_label
from kb.render.setting import PLAIN, Setting
from kb.views.models import ReadingList

__all__ = ["BOM", "inert", "render"]

BOM = "\ufeff"
"""By this Excel knows that a table is UTF-8."""

COLUMNS = (
    "semester", "session", "date", "weekday", "start", "kind", "topic", "role",
    "alternative_group", "work", "title",
    "authors", "year", "locator", "url", "why", "quiz_due", "questions", "deliverables",
    "minutes", "place", "week", "choose", "group_why", "library", "access", "edition",
    "length_pages", "note",
)  # fmt: skip


def inert(value: object) -> str:
    """Give a value that no spreadsheet runs: a quote before `=`, `+`, `-`, `@`, tab and line ends
    (OWASP)."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give the list as CSV (RFC 4180), first line the names of the columns."""
    out = io.StringIO(newline="")
    out.write(BOM if how.bom else "")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for work in reading_list.offering.recommended:
        known = {
            "semester": reading_list.semester.id,
            "role": "recommended",
            "topic": "Before or beside the course",
            **{name: getattr(work, name) for name in ("work", "title", "authors", "year")},
            **{name: getattr(work, name) for name in ("locator", "url", "why")},
        }
        writer.writerow([inert(known.get(column, "")) for column in COLUMNS])
    for session in reading_list.sessions:
        common = (
            session.semester,
            session.id,
            session.date,
            session.weekday,
            session.start,
            session.kind,
            session.title,
        )
        quiz = session.quiz
        questions = "\n\n".join(p.text for p in quiz.prompts) if quiz else ""
        tail = (
            quiz.due if quiz else "",
            questions,
            "; ".join(
                due_label(d.label, d.due, reading_list.semester.zone) for d in session.deliverables
            ),
        )
        more = (session.minutes, session.place, session.week)
        for r in session.readings or (None,):
            reading = (
                (
                    r.role,
                    r.alternative_group,
                    r.work,
                    r.title,
                    r.authors,
                    r.year,
                    r.portion,
                    r.url,
                    r.why,
                )
                if r
                else ("",) * 9
            )
            extra = (
                (r.choose, r.group_why, r.library, r.access, r.told_apart, r.length_pages)
                if r
                else ("",) * 6
            )
            row = (*common, *reading, *tail, *more, *extra, session.note)
            writer.writerow([inert(value) for value in row])
    return out.getvalue()
