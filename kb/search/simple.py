"""Plain ranked full-text search: words in, works out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.text import fold_words

__all__ = ["Hit", "search_works"]

MATCHES = """
with found as materialized (
    select rowid as id, bm25(documents_fts, 6.0, 1.0) as score from documents_fts
    where documents_fts match :words order by score limit :enough
)
select w.key, w.title, w.authors, w.year, w.why, min(f.score) + 0.2 * sum(f.score) as total
from found f join documents d on d.id = f.id join works w on w.key = d.work
group by w.key order by total, w.key limit :limit"""
"""A work's documents are its entry, its notes and its questions; the best one counts most."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A work that was found."""

    key: str
    title: str
    authors: str
    year: int | None
    why: str
    score: float
    """Higher is better."""


def search_works(connection: sqlite3.Connection, text: str, limit: int) -> tuple[Hit, ...]:
    """Give the works that match all words, best first; those that match any word when none matches all."""
    words = fold_words(text)[:50]
    if not words:
        return ()
    for joiner in (" ", " OR "):
        query = joiner.join(f'"{word}"' for word in words)
        rows = connection.execute(MATCHES, {"words": query, "limit": limit, "enough": 20 * limit}).fetchall()
        if rows:
            return tuple(Hit(*row[:5], -row[5]) for row in rows)
    return ()
