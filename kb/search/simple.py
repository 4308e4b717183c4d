"""Plain ranked full-text search: words in, works out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.text import fold_words

__all__ = ["Hit", "search_works"]

MATCHES = """
select w.key, w.title, w.authors, w.year, w.why, min(bm25(documents_fts, 4.0, 1.0)) as score
from documents_fts join documents d on d.id = documents_fts.rowid join works w on w.key = d.work
where documents_fts match :words group by w.key order by score, w.key limit :limit"""


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
    """Give the works that match all words, best first; any word when none matches all."""
    words = fold_words(text)[:50]
    if not words:
        return ()
    for joiner in (" ", " OR "):
        query = joiner.join(f'"{word}"' for word in words)
        rows = connection.execute(MATCHES, {"words": query, "limit": limit}).fetchall()
        if rows:
            return tuple(Hit(*row[:5], -row[5]) for row in rows)
    return ()
