"""Words of hundreds of works: their stored answers are those that ranking and counting give."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from kb.search.find import search
from kb.store.broad_words import broad_stems, fill_broad_words

pytestmark = pytest.mark.collection


@pytest.fixture
def connection(database: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    shutil.copy(database, copy)
    connection = sqlite3.connect(copy)
    for table in ("broad_words", "broad_counts"):  # a collection of 300 works has some itself
        connection.execute(f"delete from {table}")
    yield connection
    connection.close()


def test_stored_answers_are_those_of_ranking(connection: sqlite3.Connection) -> None:
    stems = {stem: word for stem, _, word in broad_stems(connection, 20)}
    words = list(stems.values())
    assert stems["learn"] == "learn" and stems["analysi"].startswith("analys") and len(stems) > 100
    assert connection.execute("select count(*) from broad_words").fetchone() == (0,)
    ranked = {
        (w, at): search(connection, w, facets=True, limit=7, offset=at)
        for w in words
        for at in (0, 7, 35)
    }
    fill_broad_words(connection, 20)
    assert connection.execute("select count(*) from broad_words").fetchone() == (len(words),)
    for (word, at), before in ranked.items():
        assert search(connection, word, facets=True, limit=7, offset=at) == before, (word, at)


@pytest.mark.parametrize("typed", ["learning", "Models", "testing"])
def test_other_forms_sorts_and_narrowed_queries_stay_right(
    connection: sqlite3.Connection, typed: str
) -> None:
    asked = [
        {"sort": "year"},
        {"filters": (("kind", "book"),)},
        {"filters": (("kind", "paper"),), "limit": 5, "facets": True},
        {"filters": (("kind", "paper"),), "limit": 5, "offset": 5},
        {"offset": 60},
        {"facets": True},
    ]
    queries = [typed, f"{typed} data", f"title:{typed}", f"-{typed}", f"{typed}*"]
    before = [search(connection, q, **a) for q in queries for a in asked]
    fill_broad_words(connection, 20)
    assert [search(connection, q, **a) for q in queries for a in asked] == before


def test_broad_words_are_used(connection: sqlite3.Connection) -> None:
    fill_broad_words(connection, 40)
    connection.execute("update broad_words set works = 4711 where word = 'learn'")
    assert search(connection, "Learning").total == 4711
    assert search(connection, "learning machine").total < 4711
