"""Search on the server beside the file, and the file made from the server."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.postgres.bake import bake
from kb.postgres.link import Server, connect
from kb.postgres.search import search_server
from kb.search.find import search

pytestmark = pytest.mark.postgres

QUERIES = [
    "technical debt",
    '"technical debt"',
    "author:sculley",
    "fairness -testing",
    "test* year:2019..2021",
    "requirements OR safety",
    "title:explanations",
    "topic:quality-assurance",
    "assigned:yes interpretability",
    "kastner",
]


@pytest.fixture(scope="module")
def loaded(full_server):
    with connect(Server(full_server.url())) as connection:
        yield connection


def test_the_server_ranks_much_as_the_file_does(loaded, database: Path) -> None:
    file = sqlite3.connect(database)
    shares = []
    for query in QUERIES:
        ours = [hit.key for hit in search_server(loaded, query, limit=10).hits]
        theirs = [hit.key for hit in search(file, query, limit=10).hits]
        assert bool(ours) == bool(theirs), query
        shares.append(len(set(ours) & set(theirs)) / max(len(theirs), 1))
    file.close()
    assert sum(shares) / len(shares) >= 0.6, dict(zip(QUERIES, shares, strict=True))


def test_misspelled_words_are_offered_their_nearest(loaded) -> None:
    found = search_server(loaded, "explainabilty")
    assert found.did_you_mean == "explainability"


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "(",
        "NEAR(",
        "a AND",
        "*",
        "title:",
        "'; drop table kb.works; --",
        "\\",
        "a:*b",
        "%s %d",
    ],
)
def test_no_query_is_an_error(loaded, typed: str) -> None:
    assert search_server(loaded, typed).query == typed


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_answered(loaded, typed: str) -> None:
    search_server(loaded, typed)


def test_a_baked_file_is_the_built_file_row_for_row(
    full_server, database: Path, tmp_path: Path
) -> None:
    target = tmp_path / "baked.db"
    done = bake(Server(full_server.url(), "alpha"), target)
    assert done.written and done.institution == "alpha"

    def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
        connection = sqlite3.connect(path)
        names = [
            n
            for (n,) in connection.execute(
                "select name from sqlite_master where type = 'table' and name not like '%fts%' "
                "and name not in ('build', 'sqlite_stat1', 'sqlite_stat4') order by name"
            )
        ]
        rows = {name: list(connection.execute(f"select * from [{name}]")) for name in names}
        connection.close()
        return rows

    built, baked = dump(database), dump(target)
    assert built.keys() == baked.keys()
    for name, rows in built.items():
        assert baked[name] == rows, name


def test_baking_again_writes_only_what_is_newer(full_server, tmp_path: Path) -> None:
    target = tmp_path / "baked.db"
    source = Server(full_server.url(), "alpha")
    assert bake(source, target).written
    before = target.stat().st_ino
    assert not bake(source, target).written
    assert target.stat().st_ino == before
