"""Tables: a column is declared once, and rows, file and metadata follow."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.records import Kind
from kb.store.schema import TABLES
from kb.store.table import (
    Column,
    Subject,
    flag,
    lines,
    name_of,
    or_null,
    stamp,
    text,
    words,
)
from kb.web.metadata import metadata

OF = Subject(
    SimpleNamespace(
        title="T", none=None, empty="", yes=True, names=("a", "b"), kind=Kind.LAB, day=date(2022, 9, 7),
        at=time(9, 30), moment=datetime(2022, 9, 7, 23, 59),
    ),
    position=3,
    owner=SimpleNamespace(id="S1"),
    more=7,
)  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param(Column("title", str, "Its name is the path"), "T", id="own-name"),
        pytest.param(Column("position", int, "Place among siblings"), 3, id="position"),
        pytest.param(Column("semester", str, "A path", "owner.id"), "S1", id="owner"),
        pytest.param(Column("works", int, "A count", "more"), 7, id="more"),
        pytest.param(Column("x", str, "", text("it.none")), "", id="text-of-nothing"),
        pytest.param(Column("x", str, "", or_null("it.empty")), None, id="null-of-nothing"),
        pytest.param(Column("x", int, "", flag("it.yes")), 1, id="flag"),
        pytest.param(Column("x", str, "", lines("it.names")), "a\nb", id="lines"),
        pytest.param(Column("x", str, "", words("it.names")), "a b", id="words"),
        pytest.param(Column("x", str, "", name_of("it.kind")), "lab", id="enumeration"),
        pytest.param(Column("x", str, "", stamp("it.day")), "2022-09-07", id="day"),
        pytest.param(Column("x", str, "", stamp("it.at")), "09:30", id="time"),
        pytest.param(Column("x", str, "", stamp("it.moment")), "2022-09-07T23:59", id="moment"),
        pytest.param(Column("x", str, "", stamp("it.none")), "", id="no-day"),
    ],
)
def test_a_column_says_how_it_is_taken(column: Column, value: object) -> None:
    assert column.taken(OF) == value


def test_file_and_metadata_have_the_declared_columns_and_indexes(database: Path) -> None:
    described = metadata()["databases"]["kb"]["tables"]
    connection = sqlite3.connect(database)
    for table in TABLES:
        names = [column.name for column in table.columns]
        found = [row[1] for row in connection.execute(f"pragma table_info({table.name})")]
        indexes = {
            tuple(
                ("-" if row[3] else "") + row[2]
                for row in connection.execute(f"pragma index_xinfo({index[1]})")
                if row[2]
            )
            for index in connection.execute(f"pragma index_list({table.name})")
            if index[3] == "c"
        }
        assert (found, list(described[table.name]["columns"])) == (names, names)
        assert indexes >= set(table.indexes)
    connection.close()
