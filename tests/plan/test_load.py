"""Minutes of reading a week, and what they rest on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.plan.load import Load, get_load
from kb.store.build import build_database
from kb.views.read import open_database

BIB = """@inproceedings{paper, title={Paper}, pages={11--20}}
@online{post,
  title = {Post},
  words = {1700},
}
@book{text,
  title = {Textbook},
  pagetotal = {300},
  chapters = {20},
}
@book{other, title={Other book}, pagetotal={200}}
@video{talk, title={Talk}, duration-minutes={50}}
@misc{blank, title={Of unknown length}}
"""

QUIZZES = "policy: {quiz: {grading: completion}}\n"
PROMPT = "- id: q\n  works: [blank]\n  minutes: 20\n  text: Why?\n"


def load_of(tree, readings: str, policy: str = QUIZZES, more: str = "") -> Load:
    """Give the load of one Monday's class."""
    root = tree({
        "bib/a.bib": BIB,
        "quizzes/prompts/p.yaml": PROMPT,
        "quizzes/F2022.yaml": f"id: F2022\nterm: fall\nyear: 2022\ntitle: C\n{policy}sessions:\n  - date: 2022-10-10\n    topics: [{{title: T}}]\n    readings: [{readings}]\n{more}",
    })  # fmt: skip
    build_database(root, root / "kb.db")
    connection = open_database(root / "kb.db")
    try:
        return get_load(connection, "f2022")
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("reading", "low", "high", "basis"),
    [
        pytest.param("{work: paper}", 30, 45, "10 pages at 3-4.5 minutes", id="pages"),
        pytest.param(
            "{work: paper, locator: pp. 12-13}", 6, 9, "2 pages at 3-4.5 minutes", id="page range"
        ),
        pytest.param("{work: post}", 7, 10, "1700 words at 170-250 a minute", id="words"),
        pytest.param(
            '{work: text, locator: "Ch. 3, 4"}',
            45,
            75,
            "2 of 20 chapters, about 30 pages at 1.5-2.5 minutes",
            id="share of a book",
        ),
        pytest.param(
            "{work: other, locator: Ch. 4}",
            75,
            125,
            "1 of at least 4 chapters, about 50 pages at 1.5-2.5 minutes",
            id="highest chapter known",
        ),
        pytest.param("{work: talk}", 50, 50, "recording of 50 minutes", id="recording"),
        pytest.param(
            '{work: talk, locator: "10:00-25:30"}',
            16,
            16,
            "16 minutes of a recording",
            id="part of a recording",
        ),
        pytest.param("{work: blank}", 30, 45, "length unknown: rule of the course", id="rule"),
    ],
)
def test_minutes_rest_on_what_is_known(tree, reading: str, low: int, high: int, basis: str) -> None:
    found = load_of(tree, reading).weeks[0].sessions[0].readings[0]
    assert (found.low, found.high, found.basis) == (low, high, basis)
    assert found.measured == ("unknown" not in basis)


def test_alternatives_count_once_from_shortest_to_longest(tree) -> None:
    week = load_of(tree, "{one-of: [{work: paper}, {work: talk}]}").weeks[0]
    assert (week.low, week.high) == (30 + 15, 50 + 15)


def test_supplementary_readings_are_shown_and_not_counted(tree) -> None:
    week = load_of(tree, "{work: paper}, {work: talk, role: supplementary}").weeks[0]
    assert (week.low, week.high) == (45, 60)
    assert [r.counted for r in week.sessions[0].readings] == [True, False]


def test_the_question_takes_its_own_minutes(tree) -> None:
    assert load_of(tree, "{work: blank}").weeks[0].sessions[0].answering == 20


def test_no_minutes_to_answer_where_nothing_is_graded(tree) -> None:
    assert (
        load_of(tree, "{work: blank}", "policy: {quiz: {grading: none}}\n")
        .weeks[0]
        .sessions[0]
        .answering
        == 0
    )


def test_policy_sets_promise_and_rule(tree) -> None:
    policy = "policy: {quiz: {minutes: {reading: 60-90, answering: 5}}, workload: {reading-hours-per-week: 0.5-1}}\n"
    found = load_of(tree, "{work: blank}", policy)
    assert (found.promise_low, found.promise_high, found.promise_from) == (
        30,
        60,
        "policy of F2022",
    )
    assert (found.weeks[0].low, found.weeks[0].high, found.weeks[0].verdict) == (80, 110, "over")


def test_weeks_are_judged_and_empty_weeks_kept(tree) -> None:
    more = "  - {date: 2022-10-17, kind: break, title: Break}\n  - {date: 2022-11-02, topics: [{title: U}]}\n"
    weeks = load_of(tree, "{work: blank}, {work: paper}", more=more).weeks
    assert [(w.start, w.verdict) for w in weeks] == [
        ("2022-10-10", "within"),
        ("2022-10-17", "free"),
        ("2022-10-24", "free"),
        ("2022-10-31", "under"),
    ]


@pytest.mark.collection
def test_bars_of_a_real_semester(project: Path, database: Path) -> None:
    where = ["--source", str(project), "--db", str(database)]
    result = CliRunner().invoke(app, ["load", "F2022", *where])
    assert result.exit_code == 0
    busiest = next(line for line in result.stdout.splitlines() if line.startswith("Sep 26"))
    assert "█" in busiest and busiest.endswith("over")
    assert next(line for line in result.stdout.splitlines() if line.startswith("Oct 17")).endswith(
        "no class"
    )
    assert CliRunner().invoke(app, ["load", "F2022", "--strict", *where]).exit_code == 1
    data = json.loads(CliRunner().invoke(app, ["load", "F2022", "--json", *where]).stdout)
    assert len(data["weeks"]) == 16
    assert CliRunner().invoke(app, ["load", "F1999", *where]).exit_code != 0
