"""Works as CSV: one line each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kb.render.reading_csv import BOM, inert
from kb.render.setting import PLAIN, Setting
from kb.text import first_sentence
from kb.views.models import WorkView

__all__ = ["render"]

COLUMNS = (
    "key",
    "type",
    "title",
    "authors",
    "year",
    "venue",
    "pages",
    "minutes",
    "url",
    "doi",
    "arxiv",
    "isbn",
    "topics",
    "why",
    "annotation",
    "assigned",
)


def render(works: Iterable[WorkView], how: Setting = PLAIN) -> str:
    """Give the works as CSV (RFC 4180), first line the names of the columns; no cell is a
    formula."""
    out = io.StringIO(newline="")
    out.write(BOM if how.bom else "")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for work in works:
        notes = "\n\n".join(note.text for note in work.notes)
        assigned = "; ".join(f"{a.semester} {a.date} {a.locator}".strip() for a in work.assigned)
        row = (
            work.key, work.type, work.title, work.authors, work.year, work.venue, work.pages,
            work.minutes, work.url, work.doi, work.arxiv,
            work.isbn, " ".join(slug for slug, _ in work.topics), first_sentence(notes), notes,
            assigned,
        )  # fmt: skip
        writer.writerow([inert(value) for value in row])
    return out.getvalue()
