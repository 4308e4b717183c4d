"""What the classes of the next days lack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

BIB = """@misc{a, title={Alpha}, url={https://x.org/a}, annotation={Fine.}}
@misc{bare, title={Bare}}
@misc{bad, title={Bad link}, url={x.org no scheme}, annotation={Fine.}}
"""
PROMPTS = """- {id: a, works: [a], text: "Why?", rubric: SECRET RUBRIC}
- {id: bad, works: [bad], text: "What?"}
"""
QUIZZES = "policy: {quiz: {grading: completion}}\n"


def course(tree, rows: str, head: str = QUIZZES) -> Path:
    return tree({
        "bib/a.bib": BIB,
        "quizzes/prompts/p.yaml": PROMPTS,
        "quizzes/F2022.yaml": f"id: F2022\nterm: fall\nyear: 2022\ntitle: C\n{head}sessions:\n{rows}",
    })  # fmt: skip


def ready(root: Path, *words: str) -> tuple[int, dict]:
    result = CliRunner().invoke(
        app, ["ready", "F2022", "--on", "2022-10-03", "--json", *words, "--source", str(root)]
    )
    assert "SECRET" not in result.output
    return result.exit_code, json.loads(result.stdout)


def lacking(root: Path, *words: str) -> list[tuple[str, str]]:
    return [
        (lack["aspect"], lack["what"])
        for s in ready(root, *words)[1]["sessions"]
        for lack in s["lacks"]
    ]


LACKS = [
    pytest.param("topics: [{title: T}]", [("reading", "no reading is assigned")], id="reading"),
    pytest.param("topics: [{title: T, continued: true}]", [], id="a continued lecture needs none"),
    pytest.param("topics: [{title: T, guest: G}]", [], id="a guest lecture needs none"),
    pytest.param("kind: recitation, topics: [{title: T}]", [], id="a recitation needs none"),
    pytest.param("readings: [{work: a}]", [], id="all there"),
    pytest.param(
        'readings: [{work: a, locator: "Ch. 2"}], prompts: [bad]',
        [("question", "no question on Alpha, Ch. 2"), ("rubric", "question bad has no rubric")],
        id="question about something else",
    ),
    pytest.param(
        "readings: [{work: bare}]",
        [
            ("question", "no question on Bare"),
            ("link", "Bare has no link"),
            ("note", "Bare has no annotation"),
        ],
        id="question, link, note",
    ),
    pytest.param(
        "readings: [{work: bad}]",
        [("link", "'x.org no scheme' is no web address"), ("rubric", "question bad has no rubric")],
        id="form of the link, rubric",
    ),
    pytest.param(
        "readings: [{work: a}, {work: bare, role: supplementary, url: 'https://x.org'}]",
        [("note", "Bare has no annotation")],
        id="nobody is asked about supplementary ones",
    ),
    pytest.param(
        "readings: [{work: a}], deliverables: [{code: I1, title: P, url: 'https://x.org/S2022/I1'}]",
        [("link", "the link of I1 is of S2022")],
        id="assignment of another semester",
    ),
    pytest.param(
        "readings: [{work: a}], deliverables: [{code: I1, title: P}]",
        [("link", "I1 has no link")],
        id="assignment without link",
    ),
    pytest.param("cancelled: true, topics: [{title: T}]", [], id="a cancelled class needs nothing"),
]


@pytest.mark.parametrize(("row", "expected"), LACKS)
def test_what_lacks(tree, row: str, expected: list[tuple[str, str]]) -> None:
    root = course(tree, f"  - {{date: 2022-10-05, {row}}}\n")
    assert lacking(root) == expected
    assert ready(root)[0] == (1 if expected else 0)


@pytest.mark.parametrize("head", ["policy: {quiz: {grading: none}}\n", ""], ids=["none", "unsaid"])
def test_a_semester_without_quizzes_needs_no_question(tree, head: str) -> None:
    rows = "  - {date: 2022-10-05, readings: [{work: bad, url: 'https://x.org'}]}\n"
    root = course(tree, rows, head)
    assert lacking(root) == []


def test_span_of_days_and_the_class_after_it(tree) -> None:
    rows = "".join(
        f"  - {{date: 2022-10-{d:02d}, readings: [{{work: a}}]}}\n" for d in (2, 3, 10, 17, 18)
    )
    root = course(tree, rows)
    for words, days in (
        (["--within", "14d"], ["2022-10-03", "2022-10-10", "2022-10-17"]),
        (["-w", "1w"], ["2022-10-03", "2022-10-10"]),
        (["-w", "0"], ["2022-10-03"]),
    ):
        found = ready(root, *words)[1]
        assert [s["date"] for s in found["sessions"]] == days
    assert ready(root, "-w", "3")[1]["following"] == "2022-10-10"
    result = CliRunner().invoke(app, ["ready", "--within", "soon", "--source", str(root)])
    assert "write 14d, 2w or a number of days" in str(result.exception)


def test_table_names_the_place(tree) -> None:
    root = course(tree, "  - {date: 2022-10-05, topics: [{title: Testing}]}\n")
    result = CliRunner().invoke(app, ["ready", "--on", "2022-10-03", "--source", str(root)])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "F2022: Mon, Oct 03, 2022 to Mon, Oct 17, 2022",
        "Wed, Oct 05  Testing: 1 thing to do",
        "  reading   no reading is assigned  quizzes/F2022.yaml:7",
    ]


@pytest.mark.collection
def test_the_real_course_was_ready_in_mid_term(project: Path) -> None:
    words = ["ready", "F2022", "--on", "2022-09-06", "--within", "14d", "--source", str(project)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.stdout
    assert "Model Testing Beyond Accuracy: ready" in result.stdout
