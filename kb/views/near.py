"""Ids that look like one that does not exist, found without reading a large table."""

from __future__ import annotations

import sqlite3

from rapidfuzz import fuzz

from kb.findings import nearest

__all__ = ["near_ids", "same_key"]

SAME_KEY = "select key from works where key = :key collate nocase limit 1"

IDS = {
    "work": (
        "select key from works limit :limit",
        "select key from works where key >= :first and key < :last limit :limit",
    ),
    "topic": (
        "select slug from topics limit :limit",
        "select slug from topics where slug >= :first and slug < :last limit :limit",
    ),
    "person": (
        "select id from people limit :limit",
        "select id from people where id >= :first and id < :last limit :limit",
    ),
    "session": (
        "select id from sessions limit :limit",
        "select id from sessions where id >= :first and id < :last limit :limit",
    ),
    "semester": (
        "select id from semesters limit :limit",
        "select id from semesters where id >= :first and id < :last limit :limit",
    ),
}
"""Kind to all its ids, and to those of a range."""

LIKENESS = 60
"""Percent of the letters that must agree."""

MOST = 2500
"""Ids that are compared; comparing is what takes the time."""


def same_key(connection: sqlite3.Connection, key: str) -> str:
    """Give the key of a work that differs in the case of its letters only; empty when there is
    none."""
    row = connection.execute(SAME_KEY, {"key": key}).fetchone()
    return str(row[0]) if row else ""


def alike(value: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Give those ids that are alike as a whole, or whose last part is: what shares a few letters is
    no suggestion."""
    wanted = value.casefold()
    return tuple(
        name
        for name in ids
        if max(
            fuzz.ratio(wanted, name.casefold()),
            fuzz.ratio(wanted, name.rpartition("/")[2].casefold()),
        )
        >= LIKENESS
    )


def near_ids(connection: sqlite3.Connection, kind: str, value: str) -> tuple[str, ...]:
    """Give up to three ids that look like a value, best first; of many ids only those that begin
    like it are compared."""
    if kind not in IDS:
        return ()
    everything, between = IDS[kind]
    wanted = value[:200]
    ids = [name for (name,) in connection.execute(everything, {"limit": MOST + 1})]
    if len(ids) <= MOST:
        return alike(wanted, nearest(wanted, ids))
    for length in (6, 4, 3, 2, 1):
        first = wanted.casefold()[:length]
        hits = alike(
            wanted,
            nearest(
                wanted,
                (
                    name
                    for (name,) in connection.execute(
                        between, {"first": first, "last": f"{first}\U0010ffff", "limit": MOST}
                    )
                ),
            ),
        )
        if first and hits:
            return hits
    return ()
