"""Readings that stayed when topics moved: planted in the real semesters, and silence without."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from kb.findings import Finding
from kb.records import Corpus, Kind, Semester, Session, SessionTopic
from kb.validate.calendar_readings import reading_shift_findings
from kb.validate.corpus import load_corpus

pytestmark = pytest.mark.collection

FIVE = ("F2020", "S2021", "F2022", "S2023", "S2026")


@pytest.fixture(scope="module")
def corpus(project: Path) -> Corpus:
    """Five real semesters without planted faults; S2025 has real ones, which it waives."""
    found = load_corpus(project).corpus
    return replace(found, semesters=tuple(s for s in found.semesters if s.id in FIVE))


def lectures(semester: Semester) -> list[Session]:
    return [s for s in semester.sessions if s.kind is Kind.LECTURE and not s.cancelled and s.dated]


def insert_guest(
    semester: Semester, first: int, moved: int, title: str = "Guest lecture by Ann Bee"
) -> Semester:
    """Push `moved` topics down by one class for a guest; the topic they run into is dropped, readings stay."""
    classes = lectures(semester)
    topics = [s.topics for s in classes]
    guest = (SessionTopic(title=title, guest="Ann Bee"),)
    new = [*topics[:first], guest, *topics[first : first + moved], *topics[first + moved + 1 :]]
    changed = {s.id: replace(s, topics=t) for s, t in zip(classes, new, strict=True)}
    return replace(semester, sessions=tuple(changed.get(s.id, s) for s in semester.sessions))


def found_in(corpus: Corpus, changed: Semester) -> list[Finding]:
    spoilt = replace(
        corpus, semesters=tuple(changed if s.id == changed.id else s for s in corpus.semesters)
    )
    return [f for f in reading_shift_findings(spoilt) if f.path == changed.place.path]


def position(semester: Semester, date: str) -> int:
    return next(n for n, s in enumerate(lectures(semester)) if str(s.date) == date)


@pytest.mark.parametrize(
    ("name", "date", "moved"),
    [
        ("F2020", "2020-10-05", 4),
        ("S2021", "2021-04-12", 6),
        ("F2022", "2022-10-24", 5),
        ("S2023", "2023-02-08", 3),
    ],
)
def test_guest_lecture_that_moved_topics_is_found_where_it_starts(
    corpus: Corpus, name: str, date: str, moved: int
) -> None:
    semester = corpus.semester(name)
    assert semester is not None
    (found,) = found_in(corpus, insert_guest(semester, position(semester, date), moved))
    assert found.key == f"{name}-{date[5:7]}{date[8:]}"
    assert "fit the next class's topic" in found.what
    assert "perhaps topics moved for 'Guest lecture by Ann Bee' and readings stayed" in found.what
    assert found.line > 100


def test_safety_that_shows_the_security_papers(corpus: Corpus) -> None:
    """Safety before security: a guest takes safety's place, safety shows security's readings, security none."""
    semester = corpus.semester("S2023")
    assert semester is not None
    classes = {str(s.date): s for s in lectures(semester)}
    security, safety = classes["2023-04-12"], classes["2023-04-17"]
    guest = (SessionTopic(title="Guest lecture", guest="Ann Bee"),)
    rows = {
        security.id: replace(security, topics=guest, readings=()),
        safety.id: replace(safety, readings=security.readings),
        classes["2023-04-19"].id: replace(
            classes["2023-04-19"], topics=security.topics, readings=()
        ),
    }
    (found,) = found_in(
        corpus, replace(semester, sessions=tuple(rows.get(s.id, s) for s in semester.sessions))
    )
    assert found.key == safety.id
    assert "stands at 'Safety' and fits 'Security and Privacy'" in found.what


def test_two_classes_that_show_each_others_readings(corpus: Corpus) -> None:
    semester = corpus.semester("F2022")
    assert semester is not None
    classes = {str(s.date): s for s in lectures(semester)}
    one, two = classes["2022-11-28"], classes["2022-11-30"]
    rows = {one.id: replace(one, topics=two.topics), two.id: replace(two, topics=one.topics)}
    (found,) = found_in(
        corpus, replace(semester, sessions=tuple(rows.get(s.id, s) for s in semester.sessions))
    )
    assert found.key == one.id
    assert found.what.startswith("two classes seem to show each other's readings: ")


def test_import_of_such_a_table_says_so(collection: Path) -> None:
    from typer.testing import CliRunner

    from cli.app import app

    semester = load_corpus(collection).corpus.semester("S2023")
    assert semester is not None
    classes = lectures(insert_guest(semester, position(semester, "2023-03-27"), 6))
    works = {
        w.key: w.short_titles[0] if w.short_titles else w.title
        for w in load_corpus(collection).corpus.works
    }

    def cell(session: Session) -> str:
        return " and ".join(
            works[r.work] + (f", {r.locator_text}" if r.locator_text else "")
            for r in session.readings
        )

    rows = "".join(
        f"| {s.date:%a, %b %d} | {' and '.join(t.title for t in s.topics)} | {cell(s)} |\n"
        for s in classes
    )
    (collection / "table.md").write_text("| Date | Topic | Reading |\n| - | - | - |\n" + rows)
    (collection / "quizzes/S2023.yaml").unlink()
    words = [
        "import",
        "schedule",
        str(collection / "table.md"),
        "-s",
        "S2023",
        "--dry-run",
        "--source",
        str(collection),
    ]
    result = CliRunner().invoke(app, words)
    assert "warning: S2023-0327: from here on readings of" in result.stderr
    assert "fit the next class's topic" in result.stderr
    line = next(
        n
        for n, text in enumerate((collection / "table.md").read_text().splitlines(), 1)
        if "Mar 27" in text
    )
    assert f"table.md:{line}: probable: readings: S2023-0327" in result.stdout


def test_nearly_every_planted_shift_is_found(corpus: Corpus) -> None:
    tried = missed = 0
    for semester in corpus.semesters[:4]:
        classes = lectures(semester)
        for first, moved in itertools.product(range(1, len(classes)), (2, 3, 5, 8)):
            if (
                first + moved < len(classes)
                and sum(bool(s.readings) for s in classes[first : first + moved]) >= 2
            ):
                tried += 1
                missed += not found_in(corpus, insert_guest(semester, first, moved))
    assert tried > 250
    assert missed <= tried * 0.06, f"{missed} of {tried}"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("topics", [True, False], ids=["works with topics", "works without topics"])
def test_no_set_of_real_semesters_raises_it(corpus: Corpus, count: int, topics: bool) -> None:
    works = corpus.works if topics else tuple(replace(w, topics=()) for w in corpus.works)
    for semesters in itertools.combinations(corpus.semesters, count):
        assert list(reading_shift_findings(replace(corpus, works=works, semesters=semesters))) == []


def test_a_guest_lecture_whose_readings_moved_along_is_fine(corpus: Corpus) -> None:
    semester = corpus.semester("F2022")
    assert semester is not None
    classes = lectures(semester)
    topics = [s.topics for s in classes]
    readings = [s.readings for s in classes]
    guest = (SessionTopic(title="Guest lecture"),)
    new = [
        (guest, ()) if n == 8 else (topics[n - (n > 8)], readings[n - (n > 8)])
        for n in range(len(classes))
    ]
    changed = {
        s.id: replace(s, topics=t, readings=r) for s, (t, r) in zip(classes, new, strict=True)
    }
    assert (
        found_in(
            corpus,
            replace(semester, sessions=tuple(changed.get(s.id, s) for s in semester.sessions)),
        )
        == []
    )
