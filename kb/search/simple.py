"""Plain ranked full-text search: words in, works out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.text import fold_words

__all__ = ["Hit", "search_works"]

MATCHES = """
select w.key, w.title, w.authors, w.year, w.why, f.score
from (
    select rowid as id, bm25(documents_fts, 8.0, 8.0, 3.0, 1.0) as score from documents_fts
    where documents_fts match :words order by score limit :limit
) f join works w on w.rowid = f.id
order by f.score, w.key"""
"""Title and people weigh most, then the notes, then what surrounds the work."""


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
        rows = connection.execute(MATCHES, {"words": query, "limit": limit}).fetchall()
        if rows:
            return tuple(Hit(*row[:5], -row[5]) for row in rows)
    return ()
