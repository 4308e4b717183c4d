"""Topics, people and sessions that are called what was typed."""

from __future__ import annotations

import sqlite3

from kb.search.compile import quote
from kb.search.models import Place
from kb.search.query import Node, Text, conjuncts

__all__ = ["find_places"]

QUERIES = (
    (
        "topic",
        "select t.slug, t.title from topics_fts f join topics t on t.rowid = f.rowid where "
        "topics_fts match 'title : (' || ? || ')' order by f.rank limit 3",
    ),
    (
        "person",
        "select p.id, p.display from people_fts f join people p on p.rowid = f.rowid where "
        "people_fts match ? order by f.rank limit 3",
    ),
    (
        "session",
        "select s.id, s.semester || ': ' || s.title from sessions_fts f join sessions s on "
        "s.rowid = f.rowid"
        " where sessions_fts match 'title : (' || ? || ')' order by s.date desc limit 2",
    ),
)


def find_places(connection: sqlite3.Connection, node: Node) -> tuple[Place, ...]:
    """Give places whose names have all the words, when only words were asked for."""
    parts = conjuncts(node)
    if (
        not parts
        or len(parts) > 6
        or not all(
            isinstance(p, Text) and not p.prefix and p.column in {"", "people"} for p in parts
        )
    ):
        return ()
    match = " AND ".join(quote(word) for p in parts if isinstance(p, Text) for word in p.words)
    names = any(isinstance(p, Text) and p.column == "people" for p in parts)
    return tuple(
        Place(kind, found, label)
        for kind, statement in QUERIES
        if kind == "person" or not names
        for found, label in connection.execute(statement, (match,))
    )
