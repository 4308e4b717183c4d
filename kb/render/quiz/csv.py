"""Quizzes as a table: due moments, for each section its own, and the questions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kb.lists.quizzes import QuizSheet
from kb.render.reading_csv import BOM, inert
from kb.render.setting import PLAIN, Setting

__all__ = ["render"]

COLUMNS = (
    "quiz",
    "title",
    "date",
    "section",
    "due",
    "unlock",
    "lock",
    "group",
    "weight",
    "points",
    "minutes",
    "readings",
    "prompts",
    "questions",
)


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> str:
    """Give a line per quiz and one more per section whose due moment is another.

    With rubrics a last column has them; no cell is a formula.
    """
    found = tuple(sheets)
    graded = any(s.rubrics for s in found)
    out = io.StringIO(newline="")
    out.write(BOM if how.bom else "")
    writer = csv.writer(out)
    writer.writerow((*COLUMNS, "rubric") if graded else COLUMNS)
    for sheet in found:
        for section, due in (("", sheet.due), *sheet.section_due):
            cells = [
                *(sheet.id, sheet.title, sheet.date, section, due, sheet.unlock, sheet.lock),
                *(sheet.group, sheet.weight, f"{sheet.points * len(sheet.prompts):g}"),
                sheet.minutes or "",
                "; ".join(f"{r.work} {r.locator}".strip() for r in sheet.readings),
                " ".join(p.id for p in sheet.prompts),
                "\n\n".join(p.text.strip() for p in sheet.prompts),
            ]
            if graded:
                cells.append("\n\n".join(sheet.rubrics.values()))
            writer.writerow([inert(cell) for cell in cells])
    return out.getvalue()
