"""Read the database into read models."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from kb.errors import DatabaseUnusable, Unknown
from kb.views import sql
from kb.views.facts import (
    BreakView,
    MeetingView,
    OfferingView,
    RecommendedView,
    SectionView,
    StaffView,
    TrackView,
)
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
from kb.views.near import near_ids, same_key
from kb.views.rows import fetch, model_of, named_rows
from kb.views.sections import of_section

Key = TypeVar("Key")
Value = TypeVar("Value")

__all__ = [
    "database_file",
    "get_offering",
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


Lists = defaultdict[Key, list[Value]]
"""What a semester's rows hold, by session."""

Rows = Callable[[str], Iterator[sqlite3.Row]]
"""Gives the rows of a query for one semester."""

MAPPED = "pragma mmap_size = 2147418112"
"""Pages are read where they lie in the system's cache, up to 2 GiB: searches in 100,000 works then
take a third to a half of the time."""


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


def get_semesters(connection: sqlite3.Connection) -> tuple[SemesterView, ...]:
    """Give all semesters in order of time."""
    return fetch(connection, SemesterView, sql.ALL_SEMESTERS)


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


def get_offering(connection: sqlite3.Connection, semester: str) -> OfferingView:
    """Give what a semester is beside its calendar; everything empty for one that does not exist."""
    wanted = {"semester": semester}
    return OfferingView(
        fetch(connection, StaffView, sql.STAFF, wanted),
        fetch(connection, MeetingView, sql.MEETINGS, wanted),
        tuple(text for (text,) in connection.execute(sql.OUTCOMES, wanted)),
        fetch(connection, RecommendedView, sql.RECOMMENDED, wanted),
        fetch(connection, TrackView, sql.TRACKS, wanted),
        get_policy(connection, semester),
        fetch(connection, SectionView, sql.SECTIONS, wanted),
        fetch(connection, BreakView, sql.BREAKS, wanted),
    )


def get_reading_list(
    connection: sqlite3.Connection, semester: str, section: str = ""
) -> ReadingList:
    """Give a semester with all rows, readings, questions and deliverables, in calendar order.

    Args:
        connection: a built database.
        semester: id, in any case of its letters.
        section: days, times, places and due moments of this section.

    Raises:
        Unknown: no such semester or section.
    """
    found = get_semester(connection, semester)

    def rows(query: str) -> Iterator[sqlite3.Row]:
        return named_rows(connection, query, {"semester": found.id})

    links: Lists[tuple[str, int], LinkView] = defaultdict(list)
    for row in rows(sql.MATERIALS):
        links[row["session"], row["topic_position"]].append(model_of(LinkView, row))
    topics: Lists[str, SessionTopicView] = defaultdict(list)
    for row in rows(sql.SESSION_TOPICS):
        materials = tuple(links[row["session"], row["position"]])
        topics[row["session"]].append(model_of(SessionTopicView, row, materials=materials))
    readings: Lists[str, ReadingView] = defaultdict(list)
    for row in rows(sql.READINGS):
        readings[row["session"]].append(model_of(ReadingView, row))
    quizzes = read_quizzes(rows)
    deliverables = read_deliverables(rows)
    sessions = tuple(
        model_of(
            SessionView,
            row,
            topics=tuple(topics[row["id"]]),
            materials=tuple(links[row["id"], 0]),
            readings=tuple(readings[row["id"]]),
            quiz=quizzes.get(row["id"]),
            deliverables=tuple(deliverables[row["id"]]),
        )
        for row in rows(sql.SESSIONS)
    )
    offering = get_offering(connection, found.id)
    if not section:
        return ReadingList(found, sessions, offering)
    return of_section(connection, ReadingList(found, sessions, offering), section)


def read_quizzes(rows: Rows) -> dict[str, QuizView]:
    """Give the quizzes of a semester by session."""
    prompts: Lists[str, PromptView] = defaultdict(list)
    for row in rows(sql.QUIZ_PROMPTS):
        prompts[row["session"]].append(model_of(PromptView, row))
    return {
        row["session"]: model_of(QuizView, row, prompts=tuple(prompts[row["session"]]))
        for row in rows(sql.QUIZZES)
    }


def read_deliverables(rows: Rows) -> Lists[str, DeliverableView]:
    """Give the deliverables of a semester by session, in order."""
    submissions: Lists[tuple[str, int], LinkView] = defaultdict(list)
    for row in rows(sql.SUBMISSIONS):
        submissions[row["session"], row["deliverable"]].append(model_of(LinkView, row))
    found: Lists[str, DeliverableView] = defaultdict(list)
    for row in rows(sql.DELIVERABLES):
        own = tuple(submissions[row["session"], row["position"]])
        found[row["session"]].append(model_of(DeliverableView, row, submissions=own))
    return found


def get_session(connection: sqlite3.Connection, session: str) -> tuple[ReadingList, SessionView]:
    """Give a session with the list it stands in; ids are compared without case.

    Raises:
        Unknown: naming the nearest ids.
    """
    row = connection.execute(sql.SESSION_SEMESTER, {"session": session}).fetchone()
    if row is None:
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
    row = next(named_rows(connection, sql.WORK, {"key": key}), None)
    if row is None:
        same = same_key(connection, key)
        if same:
            return get_work(connection, same)
        raise Unknown(
            "work", key, near_ids(connection, "work", key), "`kb search WORDS` finds keys"
        )
    wanted = {"key": row["key"]}
    return model_of(
        WorkView,
        row,
        people=tuple(map(tuple, connection.execute(sql.WORK_PEOPLE, wanted))),
        topics=tuple(map(tuple, connection.execute(sql.WORK_TOPICS, wanted))),
        notes=fetch(connection, NoteView, sql.WORK_NOTES, wanted),
        assigned=fetch(connection, AssignedIn, sql.ASSIGNED_IN, wanted),
    )


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
        model_of(
            TopicView, row, aliases=tuple(aliases[row["slug"]]), goals=tuple(goals[row["slug"]])
        )
        for row in named_rows(connection, sql.TOPICS)
    )


def get_works_bibtex(connection: sqlite3.Connection, keys: Iterable[str]) -> tuple[str, ...]:
    """Give the BibTeX of works, in the order of `keys`."""
    found = (connection.execute(sql.WORKS_BIBTEX, {"key": key}).fetchone() for key in keys)
    return tuple(row[1] for row in found if row is not None)
