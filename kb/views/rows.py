"""From rows to read models, by the names of columns: a column more is a field more, nothing
else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

__all__ = ["Lines", "Parts", "Words", "fetch", "model_of", "named_rows"]

Model = TypeVar("Model")

Lines = tuple[str, ...]
"""A field whose column holds one value per line."""

Words = tuple[str, ...]
"""A field whose column holds values separated by spaces."""

Parts = tuple[str, ...]
"""A field whose column holds a JSON list."""

CONVERT: dict[str, Callable[[Any], Any]] = {
    "str": lambda value: value or "",
    "bool": bool,
    "Lines": lambda value: tuple(value.split("\n")) if value else (),
    "Words": lambda value: tuple(value.split()) if value else (),
    "Parts": lambda value: tuple(json.loads(value)),
}
"""How a column becomes a field, by the name of the field's type; others are taken as they are."""


@cache
def conversions(model: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Give the fields of a model with what turns a column into each."""
    return tuple((field.name, CONVERT.get(str(field.type))) for field in fields(model))


def model_of(model: type[Model], row: sqlite3.Row, **more: object) -> Model:
    """Give a row as a read model.

    Args:
        model: a dataclass; of columns that share a name the first counts.
        row: with a column for every field that is not in `more` and has no default.
        more: fields that the row does not hold.
    """
    columns = row.keys()
    values: dict[str, Any] = dict(more)
    for name, convert in conversions(cast(Hashable, model)):
        if name not in values and name in columns:
            values[name] = convert(row[name]) if convert else row[name]
    return model(**values)


def named_rows(
    connection: sqlite3.Connection, query: str, wanted: Mapping[str, object] | None = None
) -> Iterator[sqlite3.Row]:
    """Give the rows of a query with names, whatever the connection gives others."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    found: Iterator[sqlite3.Row] = cursor.execute(query, wanted or {})
    return found


def fetch(
    connection: sqlite3.Connection,
    model: type[Model],
    query: str,
    wanted: Mapping[str, object] | None = None,
) -> tuple[Model, ...]:
    """Give what a query finds as read models, in its order."""
    return tuple(model_of(model, row) for row in named_rows(connection, query, wanted))
