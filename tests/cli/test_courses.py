"""Courses of other fields, written by hand from docs/formats.md, through every command."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

BIB = """@book{chemerinsky2021constitutional, author = {Chemerinsky, Erwin}, title = {Constitutional Law}, year = {2021}, edition = {6}, publisher = {Wolters}}
@book{chemerinsky2017constitutional, author = {Chemerinsky, Erwin}, title = {Constitutional Law}, year = {2017}, edition = {5}, publisher = {Wolters}}
@book{ibsen1879doll, author = {Ibsen, Henrik}, title = {A Doll's House}, year = {1879}, publisher = {Gyldendal}}
@article{curie1898rays, author = {Curie, Marie}, title = {Rays emitted by compounds}, year = {1898}, journal = {CR}, pages = {1101--1103}}
@book{borges1944ficciones, author = {Borges, Jorge Luis}, title = {Ficciones}, year = {1944}, publisher = {Sur}}
@book{soseki1914kokoro, author = {夏目, 漱石}, title = {こころ}, year = {1914}, publisher = {岩波書店}}
@book{ogai1890maihime, author = {森, 鷗外}, title = {舞姫}, year = {1890}, publisher = {国民之友}}
"""

LAW = """id: F2024
term: fall
year: 2024
title: Constitutional Law
zone: America/Chicago
meetings:
  - {kind: lecture, days: [Mon, Wed], start: "09:00", minutes: 75, place: Hall 1}
sections:
  - {id: A, title: Morning}
  - id: B
    title: Afternoon
    staff: R. Ortiz
    meetings:
      - {kind: lecture, days: [Tue, Thu], start: "14:00", minutes: 75, place: Hall 9}
follow-days:
  - {date: 2024-10-15, follows: Mon}
policy:
  late: ten percent a day
  deliverables: {due: "23:59"}
recommended:
  - {work: curie1898rays, locator: pp. 1-3, why: read before the first class, url: "https://lib.example.edu/x"}
sessions:
  - date: 2024-09-09
    topics: [{title: Judicial review}]
    readings:
      - {work: chemerinsky2021constitutional, locator: "§ 1367", library: "https://reserve.example.edu/1", access: campus login}
    deliverables:
      - {code: B1, title: Brief, url: "https://example.edu/b1", released: 2024-09-02}
  - date: 2024-09-11
    topics: [{title: Standing}]
    readings:
      - choose: 2
        why: as much as your week allows
        from:
          - {work: chemerinsky2021constitutional, locator: "Ch. 2, pp. 45-67"}
          - {work: chemerinsky2017constitutional, locator: pp. 12 ff.}
          - {work: curie1898rays}
    deliverables:
      - {code: B2, title: Memo, due: "2024-09-12T22:00Z", due-by-section: {B: 2024-09-13T12:00}}
  - date: 2024-10-15
    topics: [{title: Ripeness}]
  - date: 2024-10-16
    kind: exam
    title: Midterm
    place: Gym
    sections:
      B: {date: 2024-10-18, time: "10:00-12:00", place: Annex}
"""

LAB = """id: W2025
term: winter
term-title: Winter Quarter 2025
year: 2025
title: Chemistry Lab
zone: America/Los_Angeles
first-week: 2025-01-06
meetings:
  - {kind: lecture, days: [Tue], start: "10:00", minutes: 50, place: Lab 2}
  - {kind: lab, days: [Thu], time: "13:10-16:00", place: Lab 3}
breaks:
  - {from: 2025-01-20, to: 2025-01-24, title: Retreat, counted: false}
sessions:
  - {week: 1, topics: [{title: Safety}], readings: [{work: curie1898rays}]}
  - {week: 1, kind: lab, topics: [{title: Glassware}]}
  - {week: 3, topics: [{title: Titration}], readings: [{work: curie1898rays, locator: the second half}]}
"""

EVENING = """id: F2025
term: fall
year: 2025
title: Night Shift Studies
zone: America/New_York
meetings:
  - {kind: lecture, days: [Tue], time: "23:00-01:00", place: Annex}
sessions:
  - {date: 2025-10-28, topics: [{title: Dusk}], readings: [{work: ibsen1879doll, locator: Acts 1-2}]}
  - {date: 2025-11-04, topics: [{title: Dawn}], readings: [{work: ibsen1879doll, locator: "lines 1-88"}]}
"""

SECOND = """id: F2025b
term: fall
year: 2025
title: Day Studies
zone: America/New_York
meetings:
  - {kind: lecture, days: [Mon], start: "10:00", minutes: 50}
sessions:
  - {date: 2025-10-27, topics: [{title: Noon}], readings: [{work: ibsen1879doll, locator: Preface}]}
"""

GROUP = """id: S2025
term: spring
year: 2025
title: Reading group
sessions:
  - {topics: [{title: One}], readings: [{work: ibsen1879doll, locator: "pp. xi-xxv"}]}
  - {topics: [{title: Two}], readings: [{work: borges1944ficciones, locator: "Vol. 2, Ch. 3"}]}
"""

SPANISH = """id: S2025
term: spring
term-title: Primavera 2025
year: 2025
title: Literatura fantástica
zone: America/Bogota
meetings:
  - {kind: lecture, days: [Mon], start: "08:00", minutes: 170}
sessions:
  - date: 2025-02-03
    topics: [{title: El jardín}]
    readings: [{work: borges1944ficciones, locator: "Cap. 3, págs. 45-67", why: El laberinto.}]
"""

JAPANESE = """id: S2025
term: spring
term-title: 2025年度前期
year: 2025
title: 近代文学
zone: Asia/Tokyo
meetings:
  - {kind: lecture, days: [Mon], start: "10:40", minutes: 90, place: 二号館}
sessions:
  - date: 2025-04-07
    topics: [{title: 導入}]
    readings: [{work: soseki1914kokoro, locator: 第3章、45-67頁}, {work: ogai1890maihime, role: supplementary}]
"""

COURSES = {
    "law with sections": ({"F2024": LAW}, "F2024", "2024-09-08"),
    "quarter with weeks": ({"W2025": LAB}, "W2025", "2025-01-06"),
    "late evening": ({"F2025": EVENING}, "F2025", "2025-10-27"),
    "two courses": ({"F2025": EVENING, "F2025b": SECOND}, "F2025b", "2025-10-27"),
    "without dates": ({"S2025": GROUP}, "S2025", "2025-01-01"),
    "Spanish": ({"S2025": SPANISH}, "S2025", "2025-02-01"),
    "Japanese": ({"S2025": JAPANESE}, "S2025", "2025-04-01"),
}

Course = Callable[[str], Path]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    roots: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in roots:
            root = roots[name] = tmp_path_factory.mktemp("course")
            (root / "bib").mkdir()
            (root / "quizzes").mkdir()
            (root / "bib/works.bib").write_text(BIB)
            for semester, text in COURSES[name][0].items():
                (root / f"quizzes/{semester}.yaml").write_text(text)
        return roots[name]

    return make


def kb(root: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--source", str(root)], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.stdout


FACTS = {
    "law with sections": [
        "§ 1367", "reserve.example.edu/1", "campus login", "Ch. 2, pp. 45-67", "pp. 12 ff.",
        "as much as your week allows", "6th ed.", "5th ed.", "read before the first class", "Hall 1",
    ],
    "quarter with weeks": ["Safety", "Glassware", "the second half", "Lab 2", "Lab 3"],
    "late evening": ["Acts 1-2", "lines 1-88", "Annex"],
    "two courses": ["Preface"],
    "without dates": ["pp. xi-xxv", "Vol. 2, Ch. 3"],
    "Spanish": ["Ch. 3, pp. 45-67", "El laberinto.", "El jardín"],
    "Japanese": ["こころ", "導入", "Ch. 3, pp. 45-67", "二号館"],
}  # fmt: skip


@pytest.mark.parametrize("format", ["table", "md", "html", "csv", "json"])
@pytest.mark.parametrize("name", COURSES)
def test_every_fact_comes_out_in_every_list(name: str, format: str, course: Course) -> None:
    long = ["--long"] if format == "table" else []
    text = kb(course(name), "list", COURSES[name][1], "--format", format, *long)
    text = re.sub(r"\\([()<>*_])", r"\1", text)
    assert [fact for fact in FACTS[name] if fact not in text] == []
    if "quiz" not in format and format != "csv":
        assert "uestion due" not in text and "quiz      due" not in text


@pytest.mark.parametrize("name", COURSES)
def test_next_and_due_answer_for_every_course(name: str, course: Course) -> None:
    root, (_, semester, on) = course(name), COURSES[name]
    assert semester in kb(root, "next", "--semester", semester, "--on", on)
    assert semester in kb(root, "due", "--semester", semester, "--on", on)
    assert json.loads(kb(root, "next", "--semester", semester, "--on", on, "--json"))


def test_a_section_has_its_own_days_places_and_due_times(course: Course) -> None:
    root = course("law with sections")
    shown = {
        section: [
            (s["date"], s["start"], s["place"], [d["due_at"] for d in s["deliverables"]])
            for s in json.loads(kb(root, "list", "F2024", "--json", *words))["sessions"]
        ]
        for section, words in {"": (), "B": ("--section", "b")}.items()
    }
    assert shown == {
        "": [
            ("2024-09-09", "09:00", "Hall 1", ["2024-09-09T23:59-05:00"]),
            ("2024-09-11", "09:00", "Hall 1", ["2024-09-12T17:00-05:00"]),
            ("2024-10-15", "09:00", "Hall 1", []),
            ("2024-10-16", "09:00", "Gym", []),
        ],
        "B": [
            ("2024-09-10", "14:00", "Hall 9", ["2024-09-10T23:59-05:00"]),
            ("2024-09-12", "14:00", "Hall 9", ["2024-09-13T12:00-05:00"]),
            ("2024-10-15", "14:00", "Hall 9", []),
            ("2024-10-18", "10:00", "Annex", []),
        ],
    }
    assert "B1: Brief (due Mon, Sep 09, 23:59 CDT)" in kb(root, "list", "F2024")
    assert "section B" in kb(root, "next", "--section", "B", "--on", "2024-09-08")
    assert "recommended" in kb(root, "next", "--on", "2024-09-01", "--json")
    assert "read before the first class" in kb(root, "next", "--on", "2024-09-01")


def test_a_day_that_follows_another_is_no_exception(course: Course) -> None:
    text = kb(course("law with sections"), "check", "--all")
    assert "off-pattern" not in text
    assert "section B would meet on Tue 2024-10-15, a day off: it follows the Mon schedule" in text


def test_a_class_over_midnight_and_over_the_change_of_the_clocks(course: Course) -> None:
    rows = json.loads(kb(course("late evening"), "list", "F2025", "--json"))["sessions"]
    assert [(s["start"], s["minutes"], s["ends"]) for s in rows] == [
        ("23:00", 120, "2025-10-29T01:00"),
        ("23:00", 120, "2025-11-05T01:00"),
    ]


def test_weeks_are_counted_over_a_break_without_number(course: Course) -> None:
    rows = json.loads(kb(course("quarter with weeks"), "list", "W2025", "--json"))["sessions"]
    assert [(s["week"], s["date"], s["minutes"]) for s in rows] == [
        (1, "2025-01-07", 50),
        (1, "2025-01-09", 170),
        (3, "2025-01-28", 50),
    ]


def test_two_courses_are_both_named(course: Course) -> None:
    text = kb(course("two courses"), "next", "--on", "2025-10-27")
    assert "Night Shift Studies" in text and "Day Studies" in text


def test_people_of_every_script_are_people_of_their_own(course: Course) -> None:
    root = course("Japanese")
    works = {
        k: json.loads(kb(root, "show", k, "--json"))["people"]
        for k in ("soseki1914kokoro", "ogai1890maihime")
    }
    ids = [person["id"] for people in works.values() for person in people]
    assert ids == ["夏目-漱石", "森-鷗外"]


def test_recommended_works_are_rows_of_the_table(course: Course) -> None:
    rows = list(
        csv.DictReader(io.StringIO(kb(course("law with sections"), "list", "F2024", "-f", "csv")))
    )
    assert [r["work"] for r in rows if r["role"] == "recommended"] == ["curie1898rays"]


def test_sections_stay_in_step_when_a_class_moves(tmp_path: Path) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "bib/works.bib").write_text(BIB)
    (tmp_path / "quizzes/F2024.yaml").write_text(LAW)
    kb(tmp_path, "move", "F2024", "Standing", "--to", "2024-09-18")
    sessions = json.loads(kb(tmp_path, "list", "F2024", "--json", "--section", "B"))["sessions"]
    moved = next(s for s in sessions if s["title"] == "Standing")
    assert (moved["id"], moved["date"], moved["start"]) == ("F2024-0911", "2024-09-19", "14:00")
    assert moved["deliverables"][0]["due_at"] == "2024-09-20T12:00-05:00"


@pytest.mark.parametrize("name", ["law with sections", "late evening", "Spanish", "Japanese"])
def test_every_dated_course_is_planned_and_moved(name: str, course: Course, tmp_path: Path) -> None:
    semester = COURSES[name][1]
    out = tmp_path / "next.yaml"
    kb(course(name), "plan", "F2026", "--from", semester, "--start", "2026-08-31", "-o", str(out))
    text = out.read_text()
    assert text.count("id: F2026-") == text.count("topics:") + text.count("kind: exam")
