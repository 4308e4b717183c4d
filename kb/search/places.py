"""Topics, people, sessions and offerings that are called what was typed."""

from __future__ import annotations

import sqlite3

from kb.search.compile import quote
from kb.search.course_words import find_in_course
from kb.search.models import Place
from kb.search.names import people_named
from kb.search.offerings import find_offerings
from kb.search.query import Node, Text, conjuncts
from kb.text import fold_words

__all__ = ["find_places"]

TOPIC = """
select t.slug, t.title from topics_fts f join topics t on t.rowid = f.rowid
where topics_fts match 'title : (' || ? || ')' order by f.rank limit 3"""

ALIASES = "select a.topic, t.title, a.alias from topic_aliases a join topics t on t.slug = a.topic"

PERSON = """
select p.id, p.display from people_fts f join people p on p.rowid = f.rowid
where people_fts match ? order by f.rank limit 3"""

BY_ID = "select id, display from people where id = ?"

SESSION = """
select s.id, s.semester || ': ' || s.title from sessions_fts f join sessions s on s.rowid = f.rowid
where sessions_fts match 'title : (' || ? || ')' order by s.date desc limit 2"""


def find_places(connection: sqlite3.Connection, node: Node) -> tuple[Place, ...]:
    """Give places whose names have all the words, when only words were asked for."""
    parts = conjuncts(node)
    if not parts or len(parts) > 6:
        return ()
    if not all(isinstance(p, Text) and not p.prefix and p.column in {"", "people"} for p in parts):
        return ()
    words = tuple(word for p in parts if isinstance(p, Text) for word in p.words)
    match = " AND ".join(quote(word) for word in words)
    people = find_people(connection, words, match)
    if any(isinstance(p, Text) and p.column == "people" for p in parts):
        return people
    return (
        *find_topics(connection, words, match),
        *find_in_course(connection, words),
        *find_offerings(connection, words),
        *people,
        *(Place("session", *row) for row in connection.execute(SESSION, (match,))),
    )


def find_topics(
    connection: sqlite3.Connection, words: tuple[str, ...], match: str
) -> tuple[Place, ...]:
    """Give topics whose title has the words, or that have another name of just these words."""
    found = [Place("topic", *row) for row in connection.execute(TOPIC, (match,))]
    if not found:
        found = [
            Place("topic", slug, title)
            for slug, title, alias in connection.execute(ALIASES)
            if fold_words(alias) == words
        ]
    return tuple(dict.fromkeys(found))[:3]


def find_people(
    connection: sqlite3.Connection, words: tuple[str, ...], match: str
) -> tuple[Place, ...]:
    """Give people by their names, or by initial and family name."""
    found = [Place("person", *row) for row in connection.execute(PERSON, (match,))]
    if not found and len(words) == 2 and 1 in map(len, words):
        initial, family = sorted(words, key=len)
        for person in people_named(connection, initial, family)[:3]:
            found += [Place("person", *row) for row in connection.execute(BY_ID, (person,))]
    return tuple(found)
