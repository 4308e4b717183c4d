"""What is called so: topics, people, sessions, offerings, and what words of a course lead to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from kb.search.find import search
from kb.store.build import build_database
from kb.views.read import open_database

BIB = """
@book{hulten2018building, author = {Geoff Hulten}, title = {Building Intelligent Systems}, year = 2018,
  publisher = {Apress}, url = {https://a.org/1}, keywords = {quality}}
@article{chan2020fair, author = {Bo Chan}, title = {Fairness in Practice}, year = 2020, journal = {Queue},
  url = {https://a.org/2}, keywords = {quality}}
"""
TOPICS = """
- slug: quality
  title: Quality assurance
  aliases: [Qualitätssicherung, 品質保証]
"""
SEMESTER = """
id: F2022
term: fall
year: 2022
title: Machine Learning in Production
also-known-as: [MLOps]
numbers: [17-445, 17-745]
zone: America/New_York
staff:
  - {name: Christian Kästner, role: instructor}
sessions:
  - {date: "2022-08-29", kind: lecture, title: Introduction}
  - {date: "2022-08-31", kind: lecture, title: Systems, readings: [{work: hulten2018building, locator: "Ch. 5, 7"}],
     materials: [{label: slides, url: "https://a.org/s"}]}
  - {date: "2022-09-07", kind: lecture, title: Fairness, readings: [{work: chan2020fair}]}
  - {date: "2022-09-12", kind: lecture, title: Safety, deliverables: [{code: I1, title: ML Product}]}
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    root = tmp_path_factory.mktemp("places")
    for name, text in (
        ("bib/works.bib", BIB),
        ("bib/topics.yaml", TOPICS),
        ("quizzes/F2022.yaml", SEMESTER),
    ):
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_database(root, root / "kb.db")
    connection = open_database(root / "kb.db")
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("17-745", [("semester", "F2022")]),
        ("Fall 2022", [("semester", "F2022")]),
        ("f2022", [("semester", "F2022")]),
        ("MLOps", [("semester", "F2022")]),
        ("Kästner", [("semester", "F2022")]),
        ("Qualitätssicherung", [("topic", "quality")]),
        ("chapter 5 hulten", [("session", "F2022-0831")]),
        ("hulten ch. 6", []),
        ("week 1", [("session", "F2022-0829"), ("session", "F2022-0831")]),
        ("week 3 F2022", [("session", "F2022-0912")]),
        ("slides", [("session", "F2022-0831")]),
        ("slides fairness", []),
        ("homework product", [("session", "F2022-0912")]),
        ("G Hulten", [("person", "hulten-geoff")]),
    ],
)
def test_places_of_that_name(
    kb: sqlite3.Connection, typed: str, places: list[tuple[str, str]]
) -> None:
    assert [(p.kind, p.id) for p in search(kb, typed).places] == places


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("slides fairness practice", ["chan2020fair"]),
        ("chapter 6 hulten", ["hulten2018building"]),
        ("quiz fairness", ["chan2020fair"]),
        ("week 3", []),
        ("品質保証", ["chan2020fair", "hulten2018building"]),
    ],
)
def test_words_of_courses_never_drive_out_the_telling_word(
    kb: sqlite3.Connection, typed: str, keys: list[str]
) -> None:
    assert sorted(hit.key for hit in search(kb, typed).hits) == keys


@pytest.mark.parametrize(
    "typed",
    [
        "hulten2018bilding",
        "HULTEN2018building",
        "https://a.org/1",
        "a.org/1",
        "[@hulten2018building]",
    ],
)
def test_a_work_is_found_by_what_it_is_called(kb: sqlite3.Connection, typed: str) -> None:
    assert [hit.key for hit in search(kb, typed).hits] == ["hulten2018building"]
