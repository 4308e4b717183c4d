"""Read models from rows, by name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.views.rows import Lines, Parts, Words, fetch, model_of, named_rows


@dataclass(frozen=True, slots=True)
class Sample:
    """A model with every kind of field."""

    title: str
    year: int | None
    done: bool
    names: Lines
    keys: Words
    parts: Parts
    more: tuple[int, ...] = ()


QUERY = """
select '["1", "2-3"]' as parts, null as year, 'a b' as keys, 'x y' || char(10) || 'z' as names, 1 as done,
       null as title, 'shadowed' as title, 5 as unknown"""


def test_columns_become_fields_by_name_and_the_first_of_a_name_counts() -> None:
    connection = sqlite3.connect(":memory:")
    (row,) = named_rows(connection, QUERY)
    expected = Sample("", None, True, ("x y", "z"), ("a", "b"), ("1", "2-3"))
    assert fetch(connection, Sample, QUERY) == (expected,)
    assert model_of(Sample, row, more=(4,)).more == (4,)
    assert connection.execute("select 1").fetchone() == (1,)
