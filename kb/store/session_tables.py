"""Tables of a calendar: sessions and what hangs on them, and the questions about readings."""

from __future__ import annotations

import json

from kb.markup import safe_markdown, to_html
from kb.parse.locators import format_locator
from kb.store.table import (
    Column,
    FullText,
    Subject,
    Table,
    flag,
    name_of,
    or_null,
    stamp,
)
from kb.text import day_name

__all__ = ["SESSION_TABLES", "portion"]


def day_or_null(subject: Subject) -> str | None:
    """Give the date of a session; null while it is not fixed."""
    return subject.it.date.isoformat() if subject.it.date else None


def weekday(subject: Subject) -> str:
    """Give the weekday of a session's date."""
    return day_name(subject.it.date) if subject.it.date else ""


def portion(subject: Subject) -> str:
    """Give the locator as shown, or as it was written."""
    locator = subject.it.locator
    return format_locator(locator) if locator else str(subject.it.locator_text)


def portion_unit(subject: Subject) -> str:
    """Give the unit of the locator."""
    if subject.it.locator:
        return str(subject.it.locator.unit)
    return "text" if subject.it.locator_text else ""


def portion_parts(subject: Subject) -> str:
    """Give the parts of the locator as a JSON list."""
    locator = subject.it.locator
    written = [subject.it.locator_text] if subject.it.locator_text else []
    return json.dumps(list(locator.parts) if locator else written, ensure_ascii=False)


def first_work(subject: Subject) -> str:
    """Give the first work of a prompt."""
    return str(subject.it.works[0])


def safe_text(subject: Subject) -> str:
    """Give a question as Markdown that is harmless where it is rendered."""
    return safe_markdown(subject.it.text)


def prompt_html(subject: Subject) -> str:
    """Give a question as HTML."""
    return to_html(subject.it.text)


SESSION_TABLES: tuple[Table, ...] = (
    Table(
        name="sessions",
        doc="Rows of the calendars: lectures, recitations, labs, breaks, exams, events.",
        columns=(
            Column("id", str, "Semester and date: F2022-0907"),
            Column("semester", str, "Semester", "owner.id"),
            Column("position", int, "Row in the calendar, from 1", "it.position"),
            Column("date", str, "Date; empty when not fixed yet", day_or_null),
            Column(
                "dated",
                int,
                "0 for a row that shares the date of the row above, or has none",
                flag("it.dated"),
            ),
            Column("weekday", str, "Day of the week", weekday),
            Column("start", str, "Local start, HH:MM, where known", stamp("more.start")),
            Column("end", str, "Local end of its own, HH:MM, off the pattern", stamp("it.end")),
            Column("minutes", int, "Length, where known", "more.minutes"),
            Column("ends", str, "Local moment at which it ends, where known", stamp("more.ends")),
            Column("place", str, "Room or platform, where known", "more.room"),
            Column("week", int, "Week of the term, where the calendar counts weeks", "it.week"),
            Column("follows", str, "Weekday whose schedule holds that day", "it.follows"),
            Column(
                "kind", str, "lecture, recitation, lab, break, exam or event", name_of("it.kind")
            ),
            Column("title", str, "What the row is about"),
            Column("url", str, "Link of a row without topics"),
            Column("cancelled", int, "1 when it does not take place", flag("it.cancelled")),
            Column("reason", str, "Why it does not"),
            Column("note", str, "Remark"),
            Column("doubt", str, "What is wrong with the date; empty for nearly all"),
        ),
        pk="id",
        foreign_keys=(("semester", "semesters", "id"),),
        indexes=(
            ("semester", "position"),
            ("date",),
        ),
        full_text=FullText(("title", "note")),
        facets=("semester", "kind"),
        sort="date",
        size=50,
        label="title",
    ),
    Table(
        name="session_topics",
        doc="Topics of a session, as the calendar names them.",
        columns=(
            Column("session", str, "Session", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("topic", str, "Topic of the tree, where it has one", or_null("it.topic")),
            Column("title", str, "Title as printed"),
            Column(
                "continued", int, "1 when it goes on from an earlier session", flag("it.continued")
            ),
            Column("part", int, "Number of the part"),
            Column("guest", str, "Guest lecturer"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"), ("topic", "topics", "slug")),
        indexes=(("topic",),),
        facets=("topic",),
    ),
    Table(
        name="materials",
        doc="Links of a session that are no readings: slides, book chapters, videos.",
        columns=(
            Column("session", str, "Session", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column(
                "topic_position", int, "Which of the session's topics; 0 for the row itself", "more"
            ),
            Column("label", str, "What it is"),
            Column("url", str, "Where it is"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"),),
        facets=("label",),
    ),
    Table(
        name="readings",
        doc="Assigned portions of works.",
        columns=(
            Column("session", str, "Session", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column(
                "work", str, "Citation key; one without a work is of a damaged or missing entry"
            ),
            Column(
                "role",
                str,
                "required, one-of, supplementary, recommended or cited",
                name_of("it.role"),
            ),
            Column("alternative_group", int, "Number of the group of alternatives it is in"),
            Column("choose", int, "How many of the group are to be read"),
            Column("group_why", str, "Why one may choose"),
            Column("locator", str, "The portion, as shown: Ch. 5, 7, 8", portion),
            Column(
                "locator_unit",
                str,
                "chapter, section, page, line, time, ...; text for one that is shown as written",
                portion_unit,
            ),
            Column("locator_parts", str, "The parts as a JSON list", portion_parts),
            Column("other_editions", str, "The same portion in other editions", "more"),
            Column("library", str, "Copy in the library or on reserve, for this course"),
            Column("access", str, "Who gets in there"),
            Column("title", str, "Title as the calendar prints it; empty for the work's own"),
            Column("url", str, "Link in that semester; empty for the work's own"),
            Column(
                "topic",
                str,
                "Which of the session's topics it belongs to, when it says so",
                or_null("it.topic"),
            ),
            Column("why", str, "Why it is assigned, when the semester says so"),
        ),
        pk=("session", "position"),
        foreign_keys=(
            ("session", "sessions", "id"),
            ("topic", "topics", "slug"),
        ),
        indexes=(("work",),),
        facets=("role",),
    ),
    Table(
        name="prompts",
        doc="Open-ended quiz questions. Rubrics are for staff and not in this database.",
        columns=(
            Column("id", str, "Name of the prompt"),
            Column("work", str, "First of its works", first_work),
            Column("locator", str, "The portion it asks about, as shown", portion),
            Column("topic", str, "Topic", or_null("it.topic")),
            Column("minutes", int, "Time to answer"),
            Column("text", str, "The question as Markdown without HTML and images", safe_text),
            Column("html", str, "The question as safe HTML", prompt_html),
        ),
        pk="id",
        foreign_keys=(("topic", "topics", "slug"),),
        full_text=FullText(("text",)),
        facets=("topic",),
    ),
    Table(
        name="prompt_works",
        doc="Works that a prompt can be answered from.",
        columns=(
            Column("prompt", str, "Prompt", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("work", str, "Work", "it"),
        ),
        pk=("prompt", "position"),
        foreign_keys=(("prompt", "prompts", "id"),),
        indexes=(("work",),),
    ),
    Table(
        name="quizzes",
        doc="What a session's readings ask, and until when.",
        columns=(
            Column("session", str, "Session", "it.id"),
            Column("semester", str, "Semester", "owner.id"),
            Column(
                "due",
                str,
                "Start of the class with its offset from UTC; the date alone "
                "where the time is not known",
                "more.local",
            ),
            Column("due_utc", str, "The same moment in UTC, for sorting", "more.utc"),
        ),
        pk="session",
        foreign_keys=(("session", "sessions", "id"), ("semester", "semesters", "id")),
        indexes=(("due_utc",),),
        facets=("semester",),
        sort="due_utc",
    ),
    Table(
        name="quiz_prompts",
        doc="Questions of a quiz, in order.",
        columns=(
            Column("session", str, "Session", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("prompt", str, "Prompt", "it"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"), ("prompt", "prompts", "id")),
        indexes=(("prompt",),),
    ),
    Table(
        name="deliverables",
        doc="Homework and milestones due on a session.",
        columns=(
            Column("session", str, "Session", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("code", str, "I1, M2, ..."),
            Column("title", str, "Title"),
            Column("url", str, "Instructions"),
            Column("released", str, "Date it came out", stamp("it.released")),
            Column(
                "due", str, "Moment it is due; empty for the start of the session", stamp("it.due")
            ),
            Column(
                "due_at",
                str,
                "Moment it is due with its offset "
                "from UTC, whoever says so: it, the policy or the class",
                "more.local",
            ),
            Column("due_utc", str, "The same moment in UTC, for sorting", "more.utc"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"),),
    ),
    Table(
        name="section_sessions",
        doc="When and where each section of a semester has its classes.",
        columns=(
            Column("session", str, "Session", "it.id"),
            Column("section", str, "Section", "owner"),
            Column("date", str, "Date; empty when not fixed", stamp("more.date")),
            Column("start", str, "Local start, HH:MM, where known", stamp("more.start")),
            Column("minutes", int, "Length, where known", "more.minutes"),
            Column("ends", str, "Local moment at which it ends, where known", stamp("more.ends")),
            Column("place", str, "Room or platform, where known", "more.room"),
            Column("cancelled", int, "1 when it does not take place", flag("more.cancelled")),
        ),
        pk=("session", "section"),
        foreign_keys=(("session", "sessions", "id"),),
        indexes=(("section",),),
    ),
    Table(
        name="section_due",
        doc="When quizzes (deliverable 0) and homework are due in each section.",
        columns=(
            Column("session", str, "Session", "it.id"),
            Column("section", str, "Section", "owner"),
            Column("deliverable", int, "Position of the deliverable; 0 for the quiz", "position"),
            Column("due", str, "Local moment with its offset from UTC", "more.local"),
            Column("due_utc", str, "The same moment in UTC, for sorting", "more.utc"),
        ),
        pk=("session", "section", "deliverable"),
        foreign_keys=(("session", "sessions", "id"),),
        indexes=(("due_utc",),),
    ),
    Table(
        name="submissions",
        doc="Public submissions to a deliverable.",
        columns=(
            Column("session", str, "Session of the deliverable", "owner.id"),
            Column("deliverable", int, "Position of the deliverable", "more"),
            Column("position", int, "Order, from 1"),
            Column("title", str, "Title"),
            Column("url", str, "Where it is"),
        ),
        pk=("session", "deliverable", "position"),
        foreign_keys=(("session", "sessions", "id"),),
    ),
)
