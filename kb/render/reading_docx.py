"""A reading list as a Word document: a paragraph a class, a line a reading."""

from __future__ import annotations

from kb.render.dates import due_label, due_text, short_day
from kb.render.document import WordDocument
from kb.render.setting import PLAIN, Setting
from kb.render.templating import session_title
from kb.text import collapse, strip_markdown
from kb.views.models import ReadingList, SessionView

__all__ = ["render"]


def render(reading_list: ReadingList, how: Setting = PLAIN) -> bytes:
    """Give the document.

    Raises:
        UsageError: python-docx is not installed.
    """
    semester = reading_list.semester
    document = WordDocument(collapse(semester.title))
    document.heading(f"{collapse(semester.title)}, {semester.term_label}", 0)
    for session in reading_list.sessions:
        write_session(document, session, semester.zone)
    return document.bytes()


def write_session(document: WordDocument, session: SessionView, zone: str) -> None:
    """Write one row of the calendar."""
    kind = "" if session.kind == "lecture" else f" ({session.kind})"
    state = " (cancelled)" if session.cancelled else ""
    head = f"{short_day(session.date)}: {collapse(session_title(session))}{kind}{state}"
    if session.readings or session.quiz or session.deliverables:
        document.heading(head, 2)
    else:
        document.paragraph(head)
    for reading in session.readings:
        choice = "one of: " if reading.alternative_group is not None else ""
        role = "" if reading.role in {"required", "one-of"} else f" ({reading.role})"
        portion = f", {collapse(reading.portion)}" if reading.locator else ""
        rest = f"{portion}{role}. {collapse(reading.authors)}".rstrip(". ") + "."
        document.bullet(f"{choice}{collapse(reading.label)}", reading.url, rest)
    if session.quiz and session.quiz.prompts:
        document.paragraph(f"Question, due {due_text(session.quiz.due, zone)}:")
        for prompt in session.quiz.prompts:
            document.paragraph(strip_markdown(prompt.text))
    for deliverable in session.deliverables:
        document.paragraph(f"Due: {due_label(deliverable.label, deliverable.due, zone)}")
