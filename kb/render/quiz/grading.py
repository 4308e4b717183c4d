"""A grading sheet as a table: a line per question, columns to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kb.lists.quizzes import QuizSheet
from kb.render.reading_csv import BOM, inert
from kb.render.setting import PLAIN, Setting

__all__ = ["render"]

COLUMNS = ("quiz", "date", "due", "prompt", "points", "question", "rubric", "student", "result")


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> str:
    """Give the table; the last two columns are empty, the rubric only for graders who asked."""
    out = io.StringIO(newline="")
    out.write(BOM if how.bom else "")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for sheet in sheets:
        for prompt in sheet.prompts:
            rubric = sheet.rubrics.get(prompt.id, "").strip()
            head = (sheet.title, sheet.date, sheet.due, prompt.id, f"{sheet.points:g}")
            row = (*head, prompt.text.strip(), rubric, "", "")
            writer.writerow([inert(cell) for cell in row])
    return out.getvalue()
