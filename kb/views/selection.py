"""Which works: by topic and semester."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kb.errors import Unknown
from kb.findings import nearest
from kb.text import title_key
from kb.views import works_sql as sql
from kb.views.models import WorkView
from kb.views.read import get_semester, get_topics, get_work

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
    connection: sqlite3.Connection, topic: str | None = None, semester: str | None = None
) -> tuple[str, ...]:
    """Give citation keys, sorted: all, those of a topic and below, those a semester assigned, or
    both at once.

    Raises:
        Unknown: no such topic or semester.
    """
    keys: set[str] | None = None
    if topic:
        keys = {
            k
            for (k,) in connection.execute(
                sql.WORKS_OF_TOPIC, {"topic": find_topic(connection, topic)}
            )
        }
    if semester:
        assigned = {
            k
            for (k,) in connection.execute(
                sql.WORKS_OF_SEMESTER, {"semester": get_semester(connection, semester).id}
            )
        }
        keys = assigned if keys is None else keys & assigned
    if keys is None:
        return tuple(k for (k,) in connection.execute(sql.ALL_KEYS))
    return tuple(sorted(keys))


def select_works(connection: sqlite3.Connection, keys: tuple[str, ...]) -> Iterator[WorkView]:
    """Give the works of `keys` in that order, one after the other."""
    return (get_work(connection, key) for key in keys)
