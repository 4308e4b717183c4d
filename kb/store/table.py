"""What a table is: its columns with their words, how each is taken from a record, its indexes.

A column is declared once. Rows, the schema of the file, indexes and Datasette's metadata all come
from that declaration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

__all__ = [
    "Column",
    "FullText",
    "Subject",
    "Table",
    "Take",
    "flag",
    "lines",
    "name_of",
    "or_null",
    "stamp",
    "text",
    "words",
]


@dataclass(frozen=True, slots=True)
class Subject:
    """What one row is made of."""

    it: Any
    """The record, or a plain value such as an alias."""
    position: int = 0
    """Its place among its siblings, from 1."""
    owner: Any = None
    """The record it belongs to."""
    more: Any = None
    """What the record alone does not know, such as a count."""


Take = Callable[[Subject], object]
"""Gives the value of a column for a row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, SQLite type, meaning, and how it is taken from the subject of a row.

    `take` is a path such as `owner.id` or a function; without one it is `it.<name>`, or `position`
    for a column of that name.
    """

    name: str
    type: type
    doc: str
    take: str | Take = ""

    @property
    def taken(self) -> Take:
        """The function that gives the column's value."""
        if not isinstance(self.take, str):
            return self.take
        own = "position" if self.name == "position" else f"it.{self.name}"
        return attrgetter(self.take or own)


@dataclass(frozen=True, slots=True)
class FullText:
    """Columns of a table that full-text search covers."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table and what it holds."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    pk: str | tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    """Column, other table, its column."""
    not_null: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    """Columns of each index, for the joins of views and pages; `-` stands before one that is sorted
    downwards."""
    full_text: FullText | None = None
    facets: tuple[str, ...] = ()
    sort: str = ""
    sort_desc: str = ""
    size: int = 20
    label: str = ""
    hidden: bool = False


def text(path: str) -> Take:
    """Give a column that is empty where the record says nothing."""
    get = attrgetter(path)
    return lambda subject: get(subject) or ""


def or_null(path: str) -> Take:
    """Give a column that is null
    where the record says nothing: a reference that need not be there.
    """
    get = attrgetter(path)
    return lambda subject: get(subject) or None


def flag(path: str) -> Take:
    """Give a column of 1 and 0."""
    get = attrgetter(path)
    return lambda subject: int(get(subject))


def lines(path: str) -> Take:
    """Give a column with one value per line."""
    get = attrgetter(path)
    return lambda subject: "\n".join(get(subject))


def words(path: str) -> Take:
    """Give a column of values separated by spaces."""
    get = attrgetter(path)
    return lambda subject: " ".join(get(subject))


def stamp(path: str) -> Take:
    """Give a day, a moment or a time of day as ISO text to the minute; empty
    where there is none.
    """
    get = attrgetter(path)

    def take(subject: Subject) -> str:
        value = get(subject)
        if value is None:
            return ""
        if hasattr(value, "hour"):
            return str(value.isoformat(timespec="minutes"))
        return str(value.isoformat())

    return take


def name_of(path: str) -> Take:
    """Give a column that holds the value of an enumeration."""
    get: Callable[[Subject], Enum] = attrgetter(path)
    return lambda subject: get(subject).value
