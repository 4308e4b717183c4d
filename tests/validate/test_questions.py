"""Which semesters ask questions, and which of several they ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.store.rows import corpus_rows
from kb.validate.corpus import load_corpus

BIB = "@book{a, title={A}}\n@book{b, title={B}}\n"
PROMPTS = "- {id: pa, works: [a], text: A?}\n- {id: pb, works: [b], text: B?}\n"
ROWS = "sessions:\n  - {date: %d-09-02, topics: [{title: T}], readings: [{work: a}, {work: b}]}\n"


def asked(root: Path) -> dict[str, tuple[str, ...]]:
    """Give session to the questions its quiz asks; sessions without quiz are left out."""
    rows = list(corpus_rows(load_corpus(root).corpus))
    quizzes = {row[0]: () for table, row in rows if table == "quizzes"}
    for table, row in rows:
        if table == "quiz_prompts":
            quizzes[row[0]] += (row[2],)
    return quizzes


@pytest.mark.parametrize(
    ("policy", "quizzes"),
    [
        pytest.param("", {}, id="a seminar without policy has none"),
        pytest.param("policy: {weights: {paper: 100}}\n", {}, id="nor one that grades papers"),
        pytest.param("policy: {quiz: {grading: none}}\n", {}, id="nor one that says so"),
        pytest.param(
            "policy: {quiz: {grading: pass/fail}}\n",
            {"F2024-0902": ("pa", "pb")},
            id="one question for each reading",
        ),
    ],
)
def test_quizzes_are_where_the_policy_has_them(
    tree: Callable[[dict[str, str]], Path], policy: str, quizzes: dict[str, tuple[str, ...]]
) -> None:
    head = "id: F2024\nterm: fall\nyear: 2024\ntitle: S\n"
    files = {"bib/a.bib": BIB, "quizzes/prompts/p.yaml": PROMPTS}
    assert asked(tree({**files, "quizzes/F2024.yaml": head + policy + ROWS % 2024})) == quizzes


def test_questions_take_turns_where_the_policy_asks_one(
    tree: Callable[[dict[str, str]], Path],
) -> None:
    files = {"bib/a.bib": BIB, "quizzes/prompts/p.yaml": PROMPTS}
    for term, year in (("fall", 2024), ("spring", 2025)):
        name = f"{term[0].upper()}{year}"
        head = f"id: {name}\nterm: {term}\nyear: {year}\ntitle: S\n"
        policy = "policy: {quiz: {grading: pass/fail, questions: 1}}\n"
        files[f"quizzes/{name}.yaml"] = head + policy + ROWS % year
    assert asked(tree(files)) == {"F2024-0902": ("pb",), "S2025-0902": ("pa",)}
