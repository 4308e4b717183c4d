"""Quizzes as Moodle XML: essay questions, a category for each class.

Format: Moodle documentation, "Moodle XML format". It holds questions, not quizzes: dates, weight
and groups are set in Moodle. An `idnumber` that stays lets one find a question again.
"""

from __future__ import annotations

import xml.etree.ElementTree as XML
from collections.abc import Iterable

from kb.lists.quizzes import QuizSheet
from kb.render.quiz.content import identifier, instructions_html, one_line, prompt_html
from kb.render.setting import PLAIN, Setting
from kb.views.models import PromptView

__all__ = ["category", "render"]


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> str:
    """Give the questions."""
    root = XML.Element("quiz")
    for sheet in sheets:
        if how.only != "bank":
            add_category(root, sheet, how)
        for prompt in sheet.prompts:
            add_question(root, sheet, prompt, how)
    XML.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + XML.tostring(root, "unicode") + "\n"


def category(sheet: QuizSheet, how: Setting) -> str:
    """Give where a quiz's questions go; `/` in a name is written twice."""
    names = [
        n for n in (how.title or "Reading quizzes", f"{sheet.date} {sheet.title}".strip()) if n
    ]
    return "/".join(["$course$/top", *(one_line(n).replace("/", "//") for n in names)])


def add_category(root: XML.Element, sheet: QuizSheet, how: Setting) -> None:
    """Add the category of a quiz with its instructions."""
    question = XML.SubElement(root, "question", type="category")
    XML.SubElement(XML.SubElement(question, "category"), "text").text = category(sheet, how)
    info = XML.SubElement(question, "info", format="html")
    XML.SubElement(info, "text").text = instructions_html(sheet, how.base)
    XML.SubElement(question, "idnumber").text = identifier("quiz", sheet.id)


def add_question(root: XML.Element, sheet: QuizSheet, prompt: PromptView, how: Setting) -> None:
    """Add an essay question."""
    question = XML.SubElement(root, "question", type="essay")
    XML.SubElement(XML.SubElement(question, "name"), "text").text = one_line(prompt.id)
    asked = XML.SubElement(question, "questiontext", format="html")
    XML.SubElement(asked, "text").text = instructions_html(sheet, how.base) + prompt_html(
        prompt, how.base
    )
    feedback = XML.SubElement(question, "generalfeedback", format="html")
    XML.SubElement(feedback, "text").text = ""
    for name, value in (
        ("defaultgrade", f"{sheet.points:g}"),
        ("penalty", "0"),
        ("hidden", "0"),
        ("idnumber", identifier("item", f"{sheet.id}/{prompt.id}")),
        ("responseformat", "editor"),
        ("responserequired", "1"),
        ("responsefieldlines", "15"),
        ("attachments", "0"),
        ("attachmentsrequired", "0"),
    ):
        XML.SubElement(question, name).text = value
    for name in ("graderinfo", "responsetemplate"):
        XML.SubElement(XML.SubElement(question, name, format="html"), "text").text = ""
