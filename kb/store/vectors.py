"""Sentence vectors of works and topics, made when the database is built with a model."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from kb.encoder import Encoder

__all__ = ["fill_vectors"]

TABLE = """
create table vectors (kind text not null, id text not null, part text not null, vector blob not
null, primary key (kind, id, part)) without rowid"""

TEXTS = """
select 'work', work, 'title', title from documents union all
select 'work', work, 'text', title || '. ' || notes from documents union all
select 'topic', slug, 'text', title || '. ' || plain(intro) from topics
order by 1, 2, 3"""

AT_ONCE = 256


def fill_vectors(
    connection: sqlite3.Connection, encoder: Encoder, progress: Callable[[str, int, int], None]
) -> None:
    """Create and fill `vectors`: unit vectors as 16-bit floats, little-endian."""
    connection.execute(TABLE)
    rows = connection.execute(TEXTS).fetchall()
    for start in range(0, len(rows), AT_ONCE):
        progress("vectors", start, len(rows))
        some = rows[start : start + AT_ONCE]
        found = encoder.encode([text for *_, text in some]).astype("<f2")
        connection.executemany(
            "insert into vectors values (?, ?, ?, ?)",
            [(*row[:3], vector.tobytes()) for row, vector in zip(some, found, strict=True)],
        )
