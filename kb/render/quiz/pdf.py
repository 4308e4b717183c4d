"""Quizzes as PDF, from the sheets to print."""

from __future__ import annotations

from collections.abc import Iterable

from kb.lists.quizzes import QuizSheet
from kb.render.paper import pdf
from kb.render.quiz.html import render as render_html
from kb.render.setting import PLAIN, Setting

__all__ = ["render"]


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> bytes:
    """Give the sheets as PDF.

    Raises:
        UsageError: neither WeasyPrint nor Chromium is there.
    """
    return pdf(render_html(sheets, how))
