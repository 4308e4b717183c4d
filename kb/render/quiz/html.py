"""Quizzes as sheets to print: one page a class, with room for answers or with rubrics."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from kb.lists.quizzes import QuizSheet
from kb.render.quiz.content import one_line, prompt_html
from kb.render.setting import PLAIN, Setting
from kb.render.templating import environment

__all__ = ["render"]


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> str:
    """Give the sheets as one page; everything from the sources is escaped or cleaned."""
    found = tuple(sheets)
    questions = {p.id: Markup(prompt_html(p, how.base)) for s in found for p in s.prompts}
    template = environment().get_template("quiz_sheets.html")
    page = template.render(
        sheets=found,
        questions=questions,
        title=one_line(how.title or "Reading quizzes"),
        rubrics=any(s.rubrics for s in found),
    )
    return page.rstrip() + "\n"
