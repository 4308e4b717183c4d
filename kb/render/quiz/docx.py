"""Quizzes as a Word document: one page a class."""

from __future__ import annotations

from collections.abc import Iterable

from kb.lists.quizzes import QuizSheet, instructions
from kb.render.dates import due_text
from kb.render.document import WordDocument
from kb.render.quiz.content import one_line, prompt_html
from kb.render.setting import PLAIN, Setting

__all__ = ["render"]


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> bytes:
    """Give the sheets.

    Raises:
        UsageError: python-docx is not installed.
    """
    document = WordDocument(one_line(how.title or "Reading quizzes"))
    for number, sheet in enumerate(sheets):
        if number:
            document.page_break()
        document.heading(one_line(sheet.title), 1)
        if sheet.due:
            document.paragraph(f"Due {due_text(sheet.due, sheet.zone)}")
        for reading in sheet.readings:
            portion = f", {one_line(reading.locator)}" if reading.locator else ""
            document.bullet(one_line(reading.title), reading.url, portion)
        for sentence in instructions(sheet):
            document.paragraph(one_line(sentence))
        for prompt in sheet.prompts:
            document.html(prompt_html(prompt, how.base))
            if rubric := sheet.rubrics.get(prompt.id):
                document.paragraph("For graders: " + rubric.strip())
        if not sheet.rubrics:
            document.paragraph("Names: ________________________________________")
    return document.bytes()
