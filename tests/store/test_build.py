"""The database: rows, safety, staff-only text."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kb.errors import BuildRefused, DatabaseUnusable
from kb.store.build import build_database
from kb.store.fresh import is_fresh

BIB = """@misc{a2000x, title={Alpha}, author={Doe, Jane}, year={2000}, keywords={t}, annotation={Public note.}, annotation-staff={SECRETNOTE}}
"""
TOPICS = "- {slug: t, title: T}\n"
PROMPTS = "- id: p\n  works: [a2000x]\n  text: Why?\n  rubric: SECRETRUBRIC because\n"
SEMESTER = """id: S1
term: fall
year: 2022
title: Course
zone: Europe/Berlin
meetings: [{kind: lecture, days: [Mon], start: "10:00"}]
policy: {quiz: {weight: 10%}}
sessions:
  - date: 2022-10-10
    weekday: Mon
    topics: [{title: T, topic: t}]
    readings: [{work: a2000x}]
"""
FILES = {
    "bib/a.bib": BIB,
    "bib/topics.yaml": TOPICS,
    "quizzes/prompts/p.yaml": PROMPTS,
    "quizzes/S1.yaml": SEMESTER,
}


def rows(path: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_quiz_is_due_when_class_starts_in_the_courses_zone(tree) -> None:
    root = tree(FILES)
    build_database(root, root / "kb.db")
    assert rows(root / "kb.db", "select due, due_utc from quizzes") == [
        ("2022-10-10T10:00+02:00", "2022-10-10T08:00Z")
    ]


def test_same_sources_give_the_same_rows(tree) -> None:
    root = tree(FILES)
    build_database(root, root / "one.db")
    build_database(root, root / "two.db")
    dumps = [list(sqlite3.connect(root / name).iterdump()) for name in ("one.db", "two.db")]
    assert dumps[0] == dumps[1]


def test_staff_text_is_nowhere_in_the_public_file(tree) -> None:
    root = tree(FILES)
    build_database(root, root / "kb.db", root / "staff.db")
    data = (root / "kb.db").read_bytes()
    assert b"SECRET" not in data
    assert rows(root / "staff.db", "select rubric from rubrics") == [("SECRETRUBRIC because",)]
    assert rows(root / "staff.db", "select text from staff_annotations") == [("SECRETNOTE",)]
    assert (root / "staff.db").stat().st_mode & 0o077 == 0


def test_a_strict_build_leaves_the_old_database(tree) -> None:
    root = tree(FILES)
    build_database(root, root / "kb.db")
    before = (root / "kb.db").read_bytes()
    (root / "bib/a.bib").write_text(BIB + "@misc{broken, title={x")
    with pytest.raises(BuildRefused):
        build_database(root, root / "kb.db", strict=True)
    assert (root / "kb.db").read_bytes() == before
    assert [p.name for p in root.glob(".kb.db.*.new*")] == []


def test_build_refuses_beside_a_journal(tree) -> None:
    root = tree(FILES)
    build_database(root, root / "kb.db")
    (root / "kb.db-wal").write_bytes(b"x")
    with pytest.raises(DatabaseUnusable, match="another program"):
        build_database(root, root / "kb.db")


def test_second_build_at_once_is_refused(tree) -> None:
    import fcntl

    root = tree(FILES)
    with open(root / ".kb.db.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(DatabaseUnusable, match="another build"):
            build_database(root, root / "kb.db")


def test_symlink_is_followed(tree) -> None:
    root = tree(FILES)
    (root / "real").mkdir()
    (root / "kb.db").symlink_to(root / "real" / "kb.db")
    build_database(root, root / "kb.db")
    assert (root / "kb.db").is_symlink() and (root / "real" / "kb.db").is_file()


def test_freshness_follows_the_sources(tree) -> None:
    import os

    root = tree(FILES)
    database = root / "kb.db"
    assert not is_fresh(database, root)
    build_database(root, database)
    assert is_fresh(database, root)
    os.utime(root / "bib/a.bib")
    assert is_fresh(database, root)
    (root / "bib/a.bib").write_text(BIB.replace("Alpha", "Alphb"))
    assert not is_fresh(database, root)


def test_full_text_search_ignores_accents_and_endings(tree) -> None:
    root = tree(FILES | {"bib/a.bib": BIB.replace("Alpha", "Über Tests")})
    build_database(root, root / "kb.db")
    assert rows(
        root / "kb.db", "select count(*) from works_fts where works_fts match 'uber testing'"
    ) == [(1,)]


@pytest.mark.collection
def test_views_answer(database: Path) -> None:
    assert rows(database, "select count(*) from reading_list") == rows(
        database, "select count(*) from readings"
    )
    assert rows(database, "select count(*) from unannotated") == [(0,)]
    assigned = set(rows(database, "select distinct work from readings"))
    assert not assigned.intersection(rows(database, "select key from never_assigned"))
    for table in ("assigned_in", "readings"):
        query = f"select count(*) from {table} where work = 'sculley2015hidden'"
        assert rows(database, query)[0][0] >= 5
