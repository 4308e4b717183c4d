"""Quizzes as Markdown, for notes and course pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.lists.quizzes import QuizSheet, instructions
from kb.render.dates import due_text
from kb.render.reading_markdown import link, text, without_tags
from kb.render.setting import PLAIN, Setting

__all__ = ["render"]


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> str:
    """Give a heading per class with readings, rules and questions."""
    lines = [f"# {text(how.title or 'Reading quizzes')}", ""]
    for sheet in sheets:
        lines += sheet_lines(sheet)
    return "\n".join(lines).rstrip() + "\n"


def sheet_lines(sheet: QuizSheet) -> Iterator[str]:
    """Give one quiz."""
    yield f"## {text(sheet.title)}"
    yield ""
    if sheet.due:
        yield f"Due {due_text(sheet.due, sheet.zone)}."
        yield ""
    for reading in sheet.readings:
        portion = f", {text(reading.locator)}" if reading.locator else ""
        yield f"- {link(reading.title, reading.url)}{portion}"
    if sheet.readings:
        yield ""
    for sentence in instructions(sheet):
        yield text(sentence)
        yield ""
    for prompt in sheet.prompts:
        yield from (f"> {line}".rstrip() for line in without_tags(prompt.text).strip().splitlines())
        yield ""
        if rubric := sheet.rubrics.get(prompt.id):
            yield "For graders:"
            yield ""
            yield from without_tags(rubric).strip().splitlines()
            yield ""
