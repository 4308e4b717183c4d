"""Words of courses in queries: `week 3`, `chapter 5 hulten`, `slides`, `quiz fairness`.

They say which session, reading or question is meant, and say nothing about works, which need not
have them where other words are asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from kb.search.compile import quote
from kb.search.models import Place
from kb.search.offerings import semester_named
from kb.search.query import Node, Text

__all__ = ["find_in_course", "telling_parts"]

UNITS = {
    **dict.fromkeys(("chapter", "chapters", "ch", "chap", "kapitel", "chapitre"), "chapter"),
    **dict.fromkeys(("section", "sections", "sec"), "section"),
    **dict.fromkeys(("page", "pages", "pp"), "page"),
}
"""Words before the number of a portion."""

WEEK = frozenset({"week", "wk", "woche", "semaine"})
MATERIAL = {
    **dict.fromkeys(("slide", "slides", "folien"), "slide"),
    **dict.fromkeys(("video", "videos", "recording", "recordings"), "video"),
    **dict.fromkeys(("pdf", "pdfs"), "pdf"),
    "notes": "notes",
}
QUIZ = frozenset({"quiz", "quizzes", "question", "questions", "prompt", "prompts"})
HOMEWORK = frozenset({"homework", "assignment", "assignments", "hw", "milestone", "deliverable"})
OTHERS = frozenset(
    "class classes lecture lectures session sessions reading readings recitation recitations lab"
    " labs exam exams syllabus".split()
)
MOST = 4
"""Places that are shown of a kind."""

WORKS = """
select d.work from documents_fts f join documents d on d.id = f.rowid
where documents_fts match ? order by f.rank limit 5"""

PORTIONS = """
select s.id, s.semester || ': ' || s.title || ', ' || r.locator || ' of ' || r.title
from readings r join sessions s on s.id = r.session join semesters m on m.id = s.semester
where r.locator_unit = ? and r.work in (select value from json_each(?))
and exists (select 1 from json_each(r.locator_parts) where value = ?)
order by m.position desc, s.position limit ?"""

OF_WEEK = """
select s.id, s.semester || ', week ' || :week || ': ' || s.title from sessions s
where s.semester = :semester and s.date >= date(:first, 'weekday 0', '-6 days', :days)
and s.date < date(:first, 'weekday 0', '-6 days', :days, '+7 days')
order by s.position limit :most"""

FIRST_DAY = "select min(date) from sessions where semester = ? and kind in ('lecture', 'lab')"

WITH_MATERIAL = """
select s.id, s.semester || ': ' || s.title || ' (' || m.label || ')' from materials m
join sessions s on s.id = m.session join semesters t on t.id = s.semester
where lower(m.label) like ? || '%' {titled}
group by s.id order by t.position desc, s.position limit ?"""

QUESTIONS = """
select p.work, substr(p.text, 1, 80) from prompts_fts f join prompts p on p.rowid = f.rowid
where prompts_fts match ? order by f.rank limit ?"""

DELIVERABLES = """
select s.id, s.semester || ': ' || d.code || ' ' || d.title from deliverables d
join sessions s on s.id = d.session join semesters m on m.id = s.semester
order by m.position desc, s.position limit ?"""

TITLED = """
and s.rowid in (select rowid from sessions_fts where sessions_fts match 'title : (' || ? || ')')"""


@dataclass(frozen=True, slots=True)
class CourseWords:
    """A query divided into what the course calls things, and the rest."""

    word: str
    number: str
    rest: tuple[str, ...]


def divide(words: tuple[str, ...]) -> CourseWords | None:
    """Give the first course word with its number and the rest; None when there is none."""
    for at, word in enumerate(words):
        if not is_course_word(word):
            continue
        after = words[at + 1] if at + 1 < len(words) else ""
        number = after if after.isdigit() else ""
        skip = at + (2 if number else 1)
        if word in UNITS or word in WEEK:
            if not number:
                continue
        elif number:
            number, skip = "", at + 1
        return CourseWords(word, number, (*words[:at], *words[skip:]))
    return None


def is_course_word(word: str) -> bool:
    """Tell whether a word is one of a course rather than of a work."""
    return (
        word in UNITS
        or word in WEEK
        or word in MATERIAL
        or word in QUIZ
        or word in HOMEWORK
        or word in OTHERS
    )


def telling_parts(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Give the parts of a query without the words of courses and their numbers."""
    kept: list[Node] = []
    numbered = False
    for part in parts:
        word = part.words[0] if isinstance(part, Text) and len(part.words) == 1 else ""
        plain = isinstance(part, Text) and not (part.column or part.quoted or part.prefix)
        if plain and is_course_word(word):
            numbered = word in UNITS or word in WEEK
            continue
        if not (numbered and word.isdigit()):
            kept.append(part)
        numbered = False
    return tuple(kept)


def find_in_course(connection: sqlite3.Connection, words: tuple[str, ...]) -> tuple[Place, ...]:
    """Give the sessions and questions that words of courses lead to."""
    found = divide(words)
    if found is None:
        return ()
    finder: Callable[[sqlite3.Connection, CourseWords], list[Place]]
    if found.word in UNITS:
        finder = find_portions
    elif found.word in WEEK:
        finder = find_week
    elif found.word in MATERIAL:
        finder = find_material
    elif found.word in QUIZ:
        finder = find_questions
    elif found.word in HOMEWORK:
        finder = find_homework
    else:
        return ()
    return tuple(finder(connection, found))


def find_portions(connection: sqlite3.Connection, asked: CourseWords) -> list[Place]:
    """Give the sessions that read a portion of a work."""
    if not asked.rest:
        return []
    keys = [key for (key,) in connection.execute(WORKS, (all_of(asked.rest),))]
    rows = connection.execute(PORTIONS, (UNITS[asked.word], json.dumps(keys), asked.number, MOST))
    return [Place("session", session, label) for session, label in rows]


def find_week(connection: sqlite3.Connection, asked: CourseWords) -> list[Place]:
    """Give the sessions of a week of a semester, the latest when none is named."""
    semester, *_ = semester_named(connection, asked.rest)
    (first,) = connection.execute(FIRST_DAY, (semester,)).fetchone()
    if not first or len(asked.number) > 2:
        return []
    rows = connection.execute(
        OF_WEEK,
        {
            "semester": semester,
            "first": first,
            "week": asked.number,
            "days": f"+{7 * (int(asked.number) - 1)} days",
            "most": MOST,
        },
    )
    return [Place("session", session, label) for session, label in rows]


def find_material(connection: sqlite3.Connection, asked: CourseWords) -> list[Place]:
    """Give the latest sessions that have slides, a recording or the like."""
    statement = WITH_MATERIAL.format(titled=TITLED if asked.rest else "")
    more = (all_of(asked.rest),) if asked.rest else ()
    rows = connection.execute(statement, (MATERIAL[asked.word], *more, MOST))
    return [Place("session", session, label) for session, label in rows]


def find_questions(connection: sqlite3.Connection, asked: CourseWords) -> list[Place]:
    """Give the questions that have the other words."""
    if not asked.rest:
        return []
    rows = connection.execute(QUESTIONS, (all_of(asked.rest), MOST))
    return [Place("question", work, label) for work, label in rows]


def find_homework(connection: sqlite3.Connection, asked: CourseWords) -> list[Place]:
    """Give the latest homework, or that which is called by the other words."""
    rows = connection.execute(DELIVERABLES, (MOST if not asked.rest else 400,))
    return [
        Place("session", session, label)
        for session, label in rows
        if all(word in label.casefold() for word in asked.rest)
    ][:MOST]


def all_of(words: tuple[str, ...]) -> str:
    """Give a MATCH expression for all words."""
    return " AND ".join(quote(word) for word in words)
