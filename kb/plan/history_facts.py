"""The facts of the history: which reading stood under which topic in which semester."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass

__all__ = ["WORK_TOPICS", "Assigned", "Facts", "read_facts"]

READINGS = """
select r.work, w.title, s.semester, case when r.locator <> '' then r.locator else 'all' end,
  s.id, s.title, r.topic, r.role, r.locator_unit, r.locator_parts
from readings r join sessions s on s.id = r.session
join works w on w.key = r.work join semesters m on m.id = s.semester
order by m.position, s.position, r.position"""

SESSION_TOPICS = """
select t.session, s.semester, t.topic, t.title
from session_topics t join sessions s on s.id = t.session join semesters m on m.id = s.semester
where t.topic is not null and t.topic <> '' and s.kind = 'lecture' and s.cancelled = 0
order by m.position, s.position, t.position"""

TOPICS = "select slug, title from topics order by position"

WORK_TOPICS = (
    "select work, topic from work_topics where work in (select work from readings) order by "
    "work, position"
)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A reading as a semester assigned it."""

    work: str
    semester: str
    portion: str
    """As shown, `Ch. 5, 7, 8`; `all` for the whole work."""
    session: str
    session_title: str
    parts: frozenset[str]
    """`chapter 5`; the empty name for the whole work."""
    role: str
    topics: tuple[str, ...]
    """Slugs: the reading's own, else those of its session; of several only the fitting ones, where
    some fit.
    """


@dataclass(frozen=True, slots=True)
class Facts:
    """Readings by work and by topic, and the sessions on each topic."""

    semesters: tuple[str, ...]
    titles: dict[str, str]
    """Works that were ever assigned."""
    topic_titles: dict[str, str]
    """All topics of the tree, in its order."""
    by_work: dict[str, dict[str, list[Assigned]]]
    """Work to semester to readings."""
    by_topic: dict[str, dict[str, list[Assigned]]]
    """Topic to semester to readings of lectures."""
    sessions_on: dict[tuple[str, str], list[tuple[str, str]]]
    """(topic, semester) to lectures as (session, title as printed)."""


def read_facts(connection: sqlite3.Connection) -> Facts:
    """Read what was assigned and taught, everything in order of time."""
    semesters = tuple(
        name for (name,) in connection.execute("select id from semesters order by position")
    )
    sessions_on: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    topics_of: dict[str, list[str]] = defaultdict(list)
    for session, semester, slug, title in connection.execute(SESSION_TOPICS):
        sessions_on[slug, semester].append((session, title))
        topics_of[session].append(slug)
    work_topics: dict[str, list[str]] = defaultdict(list)
    for work, slug in connection.execute(WORK_TOPICS):
        work_topics[work].append(slug)
    rows = connection.execute(READINGS).fetchall()
    alone: dict[tuple[str, str], set[str]] = defaultdict(set)
    for work, _, _, portion, session, _, own, *_ in rows:
        if own or len(set(topics_of[session])) == 1:
            alone[work, portion].add(own or topics_of[session][0])
    titles: dict[str, str] = {}
    by_work: dict[str, dict[str, list[Assigned]]] = defaultdict(lambda: defaultdict(list))
    by_topic: dict[str, dict[str, list[Assigned]]] = defaultdict(lambda: defaultdict(list))
    for work, title, semester, portion, session, session_title, own, role, unit, parts in rows:
        slugs = (
            (own,)
            if own
            else fitting(
                tuple(dict.fromkeys(topics_of[session])), alone[work, portion], work_topics[work]
            )
        )
        named = frozenset(f"{unit} {part}" for part in json.loads(parts)) or frozenset({""})
        found = Assigned(work, semester, portion, session, session_title, named, role, slugs)
        titles[work] = title
        by_work[work][semester].append(found)
        if role in {"required", "one-of"}:
            for slug in slugs:
                by_topic[slug][semester].append(found)
    return Facts(
        semesters,
        titles,
        dict(connection.execute(TOPICS).fetchall()),
        by_work,
        by_topic,
        sessions_on,
    )


def fitting(slugs: tuple[str, ...], alone: set[str], own: list[str]) -> tuple[str, ...]:
    """Narrow a session's topics to those a reading belongs to.

    Sessions with a single topic show where a portion belongs; else the work's own topics do; else
    all stay.
    """
    for known in (alone, set(own)):
        narrowed = tuple(s for s in slugs if s in known)
        if len(slugs) > 1 and narrowed:
            return narrowed
    return slugs
