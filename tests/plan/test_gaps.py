"""Gaps and history of the real collection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

pytestmark = pytest.mark.collection


def run(project: Path, database: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--source", str(project), "--db", str(database)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_nothing_assigned_lacks_note_or_question(project: Path, database: Path) -> None:
    found = json.loads(run(project, database, "gaps", "--json"))
    kinds = {g["kind"] for g in found}
    assert not kinds & {"assigned-unannotated", "assigned-no-prompt", "unannotated"}


def test_chapters_assigned_twice_are_found(project: Path, database: Path) -> None:
    found = json.loads(run(project, database, "gaps", "--kind", "chapter-twice", "--json"))
    assert [g["subject"] for g in found] == [
        "F2022-0921",
        "F2024-0909",
        "S2020-0528",
        "S2020-0728",
        "S2021-0224",
        "S2021-0324",
        "S2022-0209",
        "S2022-0321",
        "S2023-0130",
        "S2024-0129",
        "S2025-0127",
    ]


def test_readings_that_changed_topic_are_found(project: Path, database: Path) -> None:
    found = json.loads(run(project, database, "gaps", "-k", "other-topic", "--json"))
    assert "F2020-0916" in {g["subject"] for g in found}


def test_gap_in_a_small_course(tree) -> None:
    root = tree(
        {
            "bib/a.bib": "@misc{a, title={A}}",
            "quizzes/S1.yaml": "id: S1\nterm: fall\nyear: 2022\ntitle: C\nsessions:\n  - date: 2022-10-10\n    readings: [{work: a}]\n",
        }
    )
    found = json.loads(CliRunner().invoke(app, ["gaps", "--json", "--source", str(root)]).stdout)
    assert {"assigned-unannotated", "assigned-no-prompt", "unannotated"} <= {
        g["kind"] for g in found
    }


def test_history_has_works_by_semesters(project: Path, database: Path) -> None:
    data = json.loads(run(project, database, "history", "--json"))
    assert data["semesters"] == [
        "F2019",
        "S2020",
        "F2020",
        "S2021",
        "S2022",
        "F2022",
        "S2023",
        "S2024",
        "F2024",
        "S2025",
        "F2025",
        "S2026",
    ]
    debt = next(w for w in data["works"] if w["work"] == "sculley2015hidden")
    assert set(debt["assigned"]) == set(data["semesters"]) - {"F2024"}


def test_history_of_one_work_names_portions(project: Path, database: Path) -> None:
    out = run(project, database, "history", "hulten2018building")
    assert "  S2023   Mon, Jan 23, 2023  Ch. 4, 5, 7, 8: From Models to AI-Enabled Systems" in out


def gaps_of(tree, kind: str, files: dict[str, str], *words: str) -> list[tuple[str, str]]:
    """Give (subject, detail) of one kind in a small course."""
    root = tree({"bib/topics.yaml": TOPICS, **files})
    result = CliRunner().invoke(
        app, ["gaps", "--json", "--kind", kind, *words, "--source", str(root)]
    )
    assert result.exit_code == 0, result.output
    return [(g["subject"], g["detail"]) for g in json.loads(result.stdout)]


TOPICS = "- {slug: t, title: T, goals: [Explain T]}\n- {slug: u, title: U, goals: [Explain U, Use U]}\n- {slug: v, title: V}\n"
BIB = "@misc{a, title={Alpha}, author={A. Author}, year={2020}}\n@misc{stub, title={Stub}}\n@book{book,\n  title = {Book},\n  chapters = {8},\n}\n"


def course(year: int, *rows: str, head: str = "") -> dict[str, str]:
    text = f"id: F{year}\nterm: fall\nyear: {year}\ntitle: C\n{head}sessions:\n" + "".join(
        f"  - {{date: {year}-10-{n:02d}, {row}}}\n" for n, row in enumerate(rows, 1)
    )
    return {f"quizzes/F{year}.yaml": text, "bib/a.bib": BIB}


def test_assigned_but_not_in_the_bibliography_beside_the_other_gaps(tree) -> None:
    files = course(
        2022,
        "topics: [{title: X, topic: t}], readings: [{work: nowhere, locator: Ch. 3}, {work: stub}]",
    )
    assert gaps_of(tree, "assigned-unknown", files) == [("F2022-1001", "nowhere, Ch. 3")]
    assert gaps_of(tree, "assigned-unannotated", files) == [("stub", "Stub")]
    assert gaps_of(tree, "assigned-stub", files) == [("stub", "Stub")]


def test_other_errors_are_counted(tree) -> None:
    root = tree(course(2022, "readings: [{work: nowhere}], kind: lectrue"))
    result = CliRunner().invoke(app, ["gaps", "--source", str(root)])
    assert result.exit_code == 0
    assert result.stderr == (
        "2 errors in the sources: 0 left out, 2 in doubt; `kb check` names them\n"
    )


def test_part_of_a_portion_under_another_topic(tree) -> None:
    early = course(
        2021, "topics: [{title: X, topic: t}], readings: [{work: book, locator: 'Ch. 4, 5'}]"
    )
    late = course(
        2022,
        "topics: [{title: Y, topic: u}], readings: [{work: book, locator: Ch. 5}]",
        "topics: [{title: X, topic: u}], readings: [{work: book, locator: Ch. 6}]",
    )
    assert gaps_of(tree, "other-topic", {**early, **late}) == [
        ("F2022-1001", "Book, Ch. 5: now u, before t")
    ]


def test_topics_and_goals_without_reading(tree) -> None:
    files = {
        **course(2021, "topics: [{title: X, topic: t}], readings: [{work: a}]"),
        **course(2022, "topics: [{title: X, topic: t}]", "topics: [{title: Z, topic: v}]"),
    }
    assert gaps_of(tree, "topic-no-reading", files) == [
        ("u", "U (not taught)"),
        ("v", "V (taught in F2022)"),
    ]
    assert gaps_of(tree, "goal-no-reading", files) == [("u", "Explain U"), ("u", "Use U")]
    assert gaps_of(tree, "topic-no-reading", files, "--semester", "F2022") == [
        ("t", "T; last assigned F2021: a"),
        ("v", "V"),
    ]
    assert gaps_of(tree, "goal-no-reading", files, "-s", "F2022") == [("t", "Explain T")]


def test_chapters_of_a_textbook_never_assigned(tree) -> None:
    files = course(
        2022,
        "readings: [{work: book, locator: 'Ch. 1, 2'}]",
        "readings: [{work: book, locator: Ch. 5}]",
    )
    assert gaps_of(tree, "chapter-unassigned", files) == [
        ("book", "Book: chapters 3, 4, 6, 7, 8 of 8")
    ]
    few = course(2022, "readings: [{work: book, locator: Ch. 1}]")
    assert gaps_of(tree, "chapter-unassigned", few) == [], "a chapter alone makes no textbook"


def test_a_question_that_is_never_asked_says_why(tree) -> None:
    prompts = {
        "quizzes/prompts/p.yaml": "- {id: a, works: [a], text: Why}\n- {id: book-2, works: [book], locator: Ch. 2, text: Why, release: 2022-01-01}\n- {id: book-3, works: [book], locator: Ch. 3, text: Why}\n"
    }
    files = {
        **course(2022, "readings: [{work: a}]", head="policy: {quiz: {grading: none}}\n"),
        **prompts,
    }
    assert gaps_of(tree, "prompt-unused", files) == [
        ("a", "a (assigned only in F2022, which has no quizzes)"),
        ("book-2", "book, Ch. 2"),
    ], "book-3 is asked by nobody and says no day, so it is not public"


def test_real_textbook_and_topics(project: Path, database: Path) -> None:
    found = {
        (g["kind"], g["subject"]): g["detail"]
        for g in json.loads(run(project, database, "gaps", "--json"))
    }
    assert (
        "chapters 1, 3, 9, 10, 11, 12, 22, 23, 26 of 26"
        in found["chapter-unassigned", "hulten2018building"]
    )
    assert found["other-topic", "F2022-0926"].startswith(
        "Building Intelligent Systems: A Guide to Machine Learning Engineering, Ch. 18: now architecture/software-architecture"
    )
