"""Read the database into read models."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kb.errors import DatabaseUnusable, Unknown
from kb.views import sql
from kb.views.models import (
    AssignedIn,
    DeliverableView,
    LinkView,
    NoteView,
    PromptView,
    QuizView,
    ReadingList,
    ReadingView,
    SemesterView,
    SessionTopicView,
    SessionView,
    TopicView,
    WorkView,
)

__all__ = [
    "database_file",
    "get_policy",
    "get_reading_list",
    "get_semester",
    "get_semesters",
    "get_session",
    "get_titles",
    "get_topics",
    "get_work",
    "get_works_bibtex",
    "open_database",
]


MAPPED = "pragma mmap_size = 2147418112"
"""Pages are read where they lie in the system's cache, up to 2 GiB: searches in 100,000 works then take a third to a half of the time."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open a built database for reading only.

    Raises:
        DatabaseUnusable: missing, not SQLite, or not one of ours.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        connection.execute("select 1 from works limit 1").fetchone()
        connection.execute(MAPPED)
    except sqlite3.Error as error:
        raise DatabaseUnusable(
            f"{path}: cannot be read as a knowledge base: {error}; build it with `kb build`"
        ) from error
    return connection


def database_file(connection: sqlite3.Connection) -> str:
    """Give the path of the file of a database; empty for one in memory."""
    return next(
        (
            file
            for _, schema, file in connection.execute("pragma database_list")
            if schema == "main"
        ),
        "",
    )


def lines(value: str) -> tuple[str, ...]:
    """Split a column that holds one value per line."""
    return tuple(value.split("\n")) if value else ()


def get_semesters(connection: sqlite3.Connection) -> tuple[SemesterView, ...]:
    """Give all semesters in order of time."""
    return tuple(
        SemesterView(*row[:9], lines(row[9]), *row[10:13], lines(row[13]), lines(row[14]))
        for row in connection.execute(sql.ALL_SEMESTERS)
    )


def get_semester(connection: sqlite3.Connection, semester: str) -> SemesterView:
    """Give one semester.

    Raises:
        Unknown: naming the semesters there are.
    """
    semesters = get_semesters(connection)
    for found in semesters:
        if found.id.casefold() == semester.casefold():
            return found
    known = ", ".join(s.id for s in semesters)
    raise Unknown(
        "semester",
        semester,
        hint=f"there are: {known}" if known else "there is none; add quizzes/<semester>.yaml",
    )


def get_reading_list(connection: sqlite3.Connection, semester: str) -> ReadingList:
    """Give a semester with all rows, readings, questions and deliverables, in calendar order.

    Raises:
        Unknown: no such semester.
    """
    found = get_semester(connection, semester)
    wanted = {"semester": found.id}

    def rows(query: str) -> Iterable[tuple]:  # type: ignore[type-arg]
        return connection.execute(query, wanted)

    links: dict[tuple[str, int], list[LinkView]] = defaultdict(list)
    for session, position, label, url in rows(sql.MATERIALS):
        links[session, position].append(LinkView(label, url))
    topics: dict[str, list[SessionTopicView]] = defaultdict(list)
    for session, position, title, topic, continued, part, guest in rows(sql.SESSION_TOPICS):
        topics[session].append(
            SessionTopicView(
                title, topic or "", bool(continued), part, guest, tuple(links[session, position])
            )
        )
    readings: dict[str, list[ReadingView]] = defaultdict(list)
    for row in rows(sql.READINGS):
        readings[row[0]].append(
            ReadingView(
                *row[1:9], tuple(json.loads(row[9])), row[10], row[11], row[12] or "", *row[13:]
            )
        )
    prompts: dict[str, list[PromptView]] = defaultdict(list)
    for session, name, works, *rest in rows(sql.QUIZ_PROMPTS):
        prompts[session].append(PromptView(name, tuple(works.split()), *rest))
    quizzes = {
        session: QuizView(due, tuple(prompts[session])) for session, due in rows(sql.QUIZZES)
    }
    submissions: dict[tuple[str, int], list[LinkView]] = defaultdict(list)
    for session, deliverable, title, url in rows(sql.SUBMISSIONS):
        submissions[session, deliverable].append(LinkView(title, url))
    deliverables: dict[str, list[DeliverableView]] = defaultdict(list)
    for session, position, *rest in rows(sql.DELIVERABLES):
        deliverables[session].append(DeliverableView(*rest, tuple(submissions[session, position])))
    sessions = tuple(
        SessionView(
            row[0], row[1], row[2], row[3] or "", bool(row[4]), *row[5:11], bool(row[11]), *row[12:],
            topics=tuple(topics[row[0]]), materials=tuple(links[row[0], 0]), readings=tuple(readings[row[0]]),
            quiz=quizzes.get(row[0]), deliverables=tuple(deliverables[row[0]]),
        )
        for row in rows(sql.SESSIONS)
    )  # fmt: skip
    return ReadingList(found, sessions)


def get_session(connection: sqlite3.Connection, session: str) -> tuple[ReadingList, SessionView]:
    """Give a session with the list it stands in; ids are compared without case.

    Raises:
        Unknown: naming the nearest ids.
    """
    row = connection.execute(sql.SESSION_SEMESTER, {"session": session}).fetchone()
    if row is None:
        from kb.views.near import near_ids

        raise Unknown(
            "session", session, near_ids(connection, "session", session), "`kb list` shows sessions"
        )
    reading_list = get_reading_list(connection, row[1])
    return reading_list, next(s for s in reading_list.sessions if s.id == row[0])


def get_policy(connection: sqlite3.Connection, semester: str) -> dict[str, dict[str, str]]:
    """Give a semester's rules: area to rule to value, in the order written."""
    rules: dict[str, dict[str, str]] = defaultdict(dict)
    for area, rule, value in connection.execute(sql.POLICIES, {"semester": semester}):
        rules[area][rule] = value
    return dict(rules)


def get_work(connection: sqlite3.Connection, key: str) -> WorkView:
    """Give a work with people, topics, notes and history; keys are compared without case.

    Raises:
        Unknown: naming the nearest keys.
    """
    wanted = {"key": key}
    row = connection.execute(sql.WORK, wanted).fetchone()
    if row is None:
        from kb.views.near import near_ids, same_key

        same = same_key(connection, key)
        if same:
            return get_work(connection, same)
        raise Unknown(
            "work", key, near_ids(connection, "work", key), "`kb search WORDS` finds keys"
        )
    notes = tuple(
        NoteView(a, text, html, tuple(works.split()))
        for a, text, html, works in connection.execute(sql.WORK_NOTES, wanted)
    )
    assigned = tuple(
        AssignedIn(
            semester, session, date or "", title, locator, role, tuple((prompts or "").split())
        )
        for semester, session, date, title, locator, role, prompts in connection.execute(
            sql.ASSIGNED_IN, wanted
        )
    )
    return WorkView(
        *row[:4], tuple(connection.execute(sql.WORK_PEOPLE, wanted)), *row[4:16],
        tuple(connection.execute(sql.WORK_TOPICS, wanted)), lines(row[16]), row[17], notes, assigned, *row[18:],
    )  # fmt: skip


def get_titles(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Give the titles of works by key; keys that are none are left out."""
    return dict(connection.execute(sql.TITLES, {"keys": json.dumps(sorted(set(keys)))}))


def get_topics(connection: sqlite3.Connection) -> tuple[TopicView, ...]:
    """Give the topic tree, parents first; counts include the works of topics below."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for slug, alias in connection.execute(sql.TOPIC_ALIASES):
        aliases[slug].append(alias)
    goals: dict[str, list[str]] = defaultdict(list)
    for slug, goal in connection.execute(sql.TOPIC_GOALS):
        goals[slug].append(goal)
    return tuple(
        TopicView(*row, tuple(aliases[row[0]]), tuple(goals[row[0]]))
        for row in connection.execute(sql.TOPICS)
    )


def get_works_bibtex(connection: sqlite3.Connection, keys: Iterable[str]) -> tuple[str, ...]:
    """Give the BibTeX of works, in the order of `keys`."""
    found = (connection.execute(sql.WORKS_BIBTEX, {"key": key}).fetchone() for key in keys)
    return tuple(row[1] for row in found if row is not None)
