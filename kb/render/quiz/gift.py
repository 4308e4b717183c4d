"""Quizzes as GIFT, Moodle's plain text format: essay questions (`{}`).

Signs of its own are `~ = # { } :`; a blank line ends a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.lists.quizzes import QuizSheet
from kb.render.quiz.content import instructions_html, one_line, prompt_html
from kb.render.quiz.moodle import category
from kb.render.setting import PLAIN, Setting

__all__ = ["escaped", "render"]

SIGNS = re.compile(r"([\\~=#{}:])")


def escaped(text: str) -> str:
    """Give a text on one line that holds no sign of GIFT; line ends are `\\n`."""
    plain = SIGNS.sub(r"\\\1", text.strip())
    return re.sub(r"\s*[\r\n\u2028\u2029]+\s*", r"\\n", plain)


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> str:
    """Give the questions, each in the category of its class."""
    blocks = []
    for sheet in sheets:
        if how.only != "bank":
            blocks.append(f"$CATEGORY: {category(sheet, how)}")
        for prompt in sheet.prompts:
            asked = instructions_html(sheet, how.base) + "\n" + prompt_html(prompt, how.base)
            blocks.append(f"::{escaped(one_line(prompt.id))}::[html]{escaped(asked)}{{}}")
    return "\n\n".join(blocks) + "\n"
