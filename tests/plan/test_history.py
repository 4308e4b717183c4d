"""History: cells, absences, replacements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

BIB = "".join(f"@misc{{{k}, title={{Work {k.upper()}}}}}\n" for k in "abcd")
TOPICS = "- {slug: t, title: T}\n- {slug: u, title: U}\n"


def semester(year: int, *rows: str) -> str:
    return f"id: F{year}\nterm: fall\nyear: {year}\ntitle: C\nsessions:\n" + "".join(
        f"  - {{date: {year}-10-1{n}, {row}}}\n" for n, row in enumerate(rows)
    )


def reads(topic: str, *works: str) -> str:
    return f"topics: [{{title: On {topic}, topic: {topic}}}], readings: [{', '.join(f'{{work: {w}}}' for w in works)}]"


def history(root: Path, *words: str) -> str:
    result = CliRunner().invoke(app, ["history", *words, "--source", str(root)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def course(tree) -> Path:
    return tree({
        "bib/a.bib": BIB,
        "bib/topics.yaml": TOPICS,
        "quizzes/F2020.yaml": semester(2020, reads("t", "a"), reads("u", "d")),
        "quizzes/F2021.yaml": semester(2021, reads("t", "b"), reads("u")),
        "quizzes/F2022.yaml": semester(2022, reads("t", "c")),
    })  # fmt: skip


def test_chain_of_replacements(course: Path) -> None:
    data = json.loads(history(course, "--json"))
    works = {w["work"]: w for w in data["works"]}
    assert [
        (r["work"], r["topic"], r["before"], r["semester"]) for r in works["a"]["replaced_by"]
    ] == [("b", "t", "F2020", "F2021")]
    assert [r["work"] for r in works["c"]["replaces"]] == ["b"]
    assert data["chains"] == [["a", "b", "c"]]
    assert "chain: a -> b -> c" in history(course, "--chains")


def test_a_topic_without_reading_replaces_nothing(course: Path) -> None:
    data = json.loads(history(course, "d", "--json"))
    assert data["works"][0]["replaced_by"] == []
    assert {s: a["text"] for s, a in data["works"][0]["absent"].items()} == {
        "F2021": "On u: no reading; last assigned F2020",
        "F2022": "topic not taught; last assigned F2020",
    }


def test_empty_cell_of_a_topic_names_what_was_read_last(course: Path) -> None:
    cells = next(t for t in json.loads(history(course, "--json"))["topics"] if t["topic"] == "u")[
        "cells"
    ]
    assert cells["F2020"]["text"] == "d"
    assert cells["F2021"]["text"] == "last assigned F2020: d"
    assert "F2022" not in cells
    assert "F2021   last assigned F2020: d" in history(course, "--topics")
    assert "F2022   not taught" in history(course, "u")


def test_one_work_shows_semesters_in_order_with_what_took_its_place(course: Path) -> None:
    lines = history(course, "a").splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["F2020", "F2021", "F2022", "F2021"]
    assert lines[2].split(maxsplit=1)[1] == "not assigned; On t: b instead; last assigned F2020"
    assert "gave way to Work B [b] under T" in lines[4]


def test_every_work_with_portion_and_topic(course: Path) -> None:
    lines = history(course, "--detail").splitlines()
    at = lines.index("Work D  [d]")
    assert lines[at + 1 : at + 4] == [
        "  F2020   the whole work: U",
        "  F2021   - On u: no reading; last assigned F2020",
        "  F2022   - topic not taught; last assigned F2020",
    ]


@pytest.mark.collection
def test_replacements_of_the_real_course(project: Path, database: Path) -> None:
    result = CliRunner().invoke(
        app, ["history", "--json", "--source", str(project), "--db", str(database)]
    )
    works = {w["work"]: w for w in json.loads(result.stdout)["works"]}
    followed = {(w, r["work"], r["semester"]) for w, h in works.items() for r in h["replaced_by"]}
    assert {
        ("kim2017data", "nahar2022collaboration", "S2022"),
        ("hynes2017data", "sambasivan2021everyone", "S2022"),
        ("smith2017exploring", "harlalka2018choosing", "F2022"),
        ("keyes2019mulching", "grgichlaca2018human", "S2023"),
    } <= followed
    assert "mohseni2020practical" not in {w for w, _, _ in followed}, "S2026 leaves the topic empty"
    assert (
        works["mohseni2020practical"]["absent"]["S2026"]["text"]
        == "Safety: no reading; last assigned F2025"
    )
    assert works["halevy2016goods"]["assigned"]["F2020"]["topics"] == ["operations/provenance"], (
        "of two topics the fitting one"
    )
