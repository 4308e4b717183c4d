"""Suggestions for a session, and what is near a work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import Unknown
from kb.search.related import related_works
from kb.search.suggest import SuggestionRequest, request_for_session, suggest
from kb.views.read import open_database

pytestmark = pytest.mark.collection


@pytest.fixture(scope="module")
def kb(database: Path) -> Iterator[sqlite3.Connection]:
    connection = open_database(database)
    yield connection
    connection.close()


def test_what_was_assigned_before_is_suggested_with_its_history(kb: sqlite3.Connection) -> None:
    found = suggest(
        kb,
        SuggestionRequest(
            "Data Quality\nDetect and repair invalid data\nSchema validation and drift", "F2022"
        ),
    )
    first = {s.key: s for s in found[:3]}
    assert "schelter2018automating" in first
    work = first["schelter2018automating"]
    assert (
        work.times
        and work.last in work.assigned
        and "quality" in work.terms
        and any("Data quality" in t for t in work.topics)
    )
    assert any(r.startswith("assigned") for r in work.reasons)


def test_the_semester_asked_about_is_no_history(kb: sqlite3.Connection) -> None:
    semesters = [s for (s,) in kb.execute("select id from semesters")]
    for semester in semesters:
        for work in suggest(kb, SuggestionRequest("Data Quality", semester), 10):
            assert work.last != semester
            assert bool(work.already) == (semester in work.assigned)


def test_a_session_is_asked_about_by_its_name(kb: sqlite3.Connection) -> None:
    session = kb.execute(
        "select r.session from readings r where work = 'ribeiro2020beyond' order by 1 limit 1"
    ).fetchone()[0]
    request = request_for_session(kb, session.lower())
    found = suggest(kb, request)
    assert (
        request.session == session
        and next(s for s in found if s.key == "ribeiro2020beyond").already == "this session"
    )
    with pytest.raises(Unknown):
        request_for_session(kb, "F2022-9999")


@pytest.mark.parametrize(
    "text", ["", "   ", "of the and", "🙂", "zqxv wvut", '"(*', "x" * 5000, "word " * 3000]
)
def test_no_text_is_an_error(kb: sqlite3.Connection, text: str) -> None:
    suggest(kb, SuggestionRequest(text))


def test_long_texts_do_not_drown(kb: sqlite3.Connection) -> None:
    padding = (
        "Students will be able to describe and explain the most important ways in which systems and models are built and used in practice. "
        * 6
    )
    found = suggest(
        kb,
        SuggestionRequest(
            "Computational notebooks\nReproducibility of Jupyter notebooks\n" + padding
        ),
        5,
    )
    assert sum("notebook" in s.title.lower() for s in found) >= 3


def test_related_works_say_why(kb: sqlite3.Connection) -> None:
    found = related_works(kb, "ribeiro2020beyond")
    assert found[0].key == "ribeiro2018semantically" and "ribeiro2020beyond" not in {
        r.key for r in found
    }
    assert all(r.reasons for r in found) and [r.score for r in found] == sorted(
        (r.score for r in found), reverse=True
    )
    assert related_works(kb, "nothing") == ()


def test_suggestions_and_related_are_the_same_each_time(kb: sqlite3.Connection) -> None:
    assert suggest(kb, SuggestionRequest("Fairness")) == suggest(kb, SuggestionRequest("Fairness"))
    assert related_works(kb, "sculley2015hidden") == related_works(kb, "sculley2015hidden")
