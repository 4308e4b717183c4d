"""The views of the file on the server: the same names, over an institution's own rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.store.views import VIEWS

__all__ = ["VIEW_SQL", "server_sql"]


def server_sql(sql: str) -> str:
    """Give a SELECT of SQLite as PostgreSQL writes it.

    Examples:
        >>> server_sql("select group_concat(a, char(10)) from t")
        'select string_agg(a, chr(10)) from t'
    """
    sql = re.sub(r"\bgroup_concat\(", "string_agg(", sql)
    return re.sub(r"\bchar\(", "chr(", sql)


def view_statements() -> Iterator[str]:
    """Give the statements that make the views."""
    yield "set local search_path = mine, kb, public"
    for view in VIEWS:
        yield f'create or replace view mine."{view.name}" as {server_sql(view.sql.strip())}'
    yield "set local search_path = public"


VIEW_SQL: tuple[str, ...] = tuple(view_statements())
"""Statements, in order."""
