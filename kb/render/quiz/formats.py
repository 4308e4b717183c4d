"""Which formats quizzes have: a module with `render(sheets, how)` and a line make a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from kb.errors import UsageError
from kb.lists.quizzes import QuizSheet
from kb.render.setting import Setting

__all__ = ["QUIZ_FORMATS", "QuizFormat", "find_quiz_format", "render_quizzes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFormat:
    """A way to hand quizzes out."""

    name: str
    module: str
    suffix: str
    """Of its files."""
    label: str
    rubrics: bool = False
    """True for what graders use on their own: it may hold rubrics."""


QUIZ_FORMATS: dict[str, QuizFormat] = {
    f.name: f
    for f in (
        QuizFormat(name="qti", module="qti", suffix=".zip", label="QTI 1.2 for Canvas"),
        QuizFormat(name="qti21", module="qti21", suffix=".zip", label="QTI 2.1"),
        QuizFormat(name="moodle", module="moodle", suffix=".xml", label="Moodle XML"),
        QuizFormat(name="gift", module="gift", suffix=".gift.txt", label="GIFT"),
        QuizFormat(name="md", module="markdown", suffix=".md", label="Markdown", rubrics=True),
        QuizFormat(name="html", module="html", suffix=".html", label="sheets", rubrics=True),
        QuizFormat(name="pdf", module="pdf", suffix=".pdf", label="sheets", rubrics=True),
        QuizFormat(name="docx", module="docx", suffix=".docx", label="sheets", rubrics=True),
        QuizFormat(name="csv", module="csv", suffix=".csv", label="due dates", rubrics=True),
        QuizFormat(name="grading", module="grading", suffix=".csv", label="grading", rubrics=True),
    )
}
"""Every format by its name on the command line."""


def find_quiz_format(name: str) -> QuizFormat:
    """Give the format of a name.

    Raises:
        UsageError: there is none.
    """
    found = QUIZ_FORMATS.get(name.casefold())
    if found is None:
        raise UsageError(f"--format {name!r}: one of {', '.join(QUIZ_FORMATS)}")
    return found


def render_quizzes(wanted: QuizFormat, sheets: Iterable[QuizSheet], how: Setting) -> str | bytes:
    """Write quizzes.

    Raises:
        UsageError: rubrics would go to where students are.
    """
    found = tuple(sheets)
    if any(s.rubrics for s in found) and not wanted.rubrics:
        names = ", ".join(f.name for f in QUIZ_FORMATS.values() if f.rubrics)
        raise UsageError(f"{wanted.name} is for students: rubrics go into {names}")
    written: str | bytes = import_module(f"kb.render.quiz.{wanted.module}").render(found, how)
    return written
