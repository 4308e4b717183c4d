"""Which works: by topic and semester."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kb.errors import Unknown
from kb.findings import nearest
from kb.text import title_key
from kb.views import works_sql as sql
from kb.views.browse import get_person
from kb.views.models import WorkView
from kb.views.read import get_semester, get_session, get_topics, get_work

__all__ = ["find_topic", "select_keys", "select_works"]


def find_topic(connection: sqlite3.Connection, name: str) -> str:
    """Give the slug of a topic named by its slug, the slug's last part, its title or an alias.

    Raises:
        Unknown: naming the nearest slugs.
    """
    topics = get_topics(connection)
    wanted = title_key(name)
    for topic in topics:
        if name.strip("/") == topic.slug:
            return topic.slug
    for topic in topics:
        if wanted in {
            title_key(n)
            for n in (topic.slug, topic.slug.rsplit("/", 1)[-1], topic.title, *topic.aliases)
        }:
            return topic.slug
    slugs = [t.slug for t in topics]
    raise Unknown("topic", name, nearest(name, slugs), "`kb topics` shows the tree")


def select_keys(
    connection: sqlite3.Connection,
    topic: str | None = None,
    semester: str | None = None,
    *,
    session: str | None = None,
    person: str | None = None,
) -> tuple[str, ...]:
    """Give citation keys, sorted: all, or those that belong to everything that is named.

    Args:
        topic: slug, title or alias; works of the topics below it belong to it.
        semester: id of one that assigned them.
        session: id of one that assigned them.
        person: id of somebody who wrote or edited them.

    Raises:
        Unknown: no such topic, semester, session or person.
    """
    sets = []
    if topic:
        slug = find_topic(connection, topic)
        sets.append(connection.execute(sql.WORKS_OF_TOPIC, {"topic": slug}))
    if semester:
        found = get_semester(connection, semester).id
        sets.append(connection.execute(sql.WORKS_OF_SEMESTER, {"semester": found}))
    if session:
        found = get_session(connection, session)[1].id
        sets.append(connection.execute(sql.WORKS_OF_SESSION, {"session": found}))
    if person:
        found = get_person(connection, person).id
        wanted = {"person": found, "limit": -1, "offset": 0}
        sets.append(connection.execute(sql.WORKS_OF_PERSON, wanted))
    if not sets:
        return tuple(row[0] for row in connection.execute(sql.ALL_KEYS))
    return tuple(sorted(set.intersection(*({row[0] for row in rows} for rows in sets))))


def select_works(connection: sqlite3.Connection, keys: tuple[str, ...]) -> Iterator[WorkView]:
    """Give the works of `keys` in that order, one after the other."""
    return (get_work(connection, key) for key in keys)
