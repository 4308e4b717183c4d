"""The Datasette plugin: our pages above Datasette's tables."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

__all__ = ["escape_fts", "prepare_connection"]


def escape_fts(words: str) -> str:
    """Give words for MATCH that are only words, whatever was typed."""
    from kb.text import fold_words

    return " ".join(f'"{word}"' for word in fold_words(words or "")[:50]) or '""'


@hookimpl
def prepare_connection(conn: Any) -> None:
    """Add the SQL function that named queries use."""
    conn.create_function("escape_fts", 1, escape_fts, deterministic=True)
