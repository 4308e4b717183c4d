"""What looks like an id that does not exist, in small tables and large ones."""

from __future__ import annotations

import sqlite3

import pytest

from kb.views.near import MOST, near_ids, same_key


@pytest.fixture(params=[10, MOST + 500], ids=["few", "many"])
def connection(request: pytest.FixtureRequest):
    found = sqlite3.connect(":memory:")
    found.execute("create table works (key text primary key)")
    keys = ["sculley2015hidden", "Breck2017ML"] + [f"zz{n}" for n in range(request.param)]
    found.executemany("insert into works values (?)", [(k,) for k in keys])
    yield found
    found.close()


def test_typing_error_finds_its_key(connection) -> None:
    assert near_ids(connection, "work", "sculey2015hiden")[0] == "sculley2015hidden"


def test_nothing_alike_gives_nothing(connection) -> None:
    assert near_ids(connection, "work", "ω") == near_ids(connection, "planet", "x") == ()


def test_case_is_no_difference(connection) -> None:
    assert (same_key(connection, "breck2017ml"), same_key(connection, "breck")) == (
        "Breck2017ML",
        "",
    )
