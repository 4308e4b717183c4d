"""Differences between semesters and between states of one in git."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.plan.diff import Change, SemesterDiff, diff_semesters
from kb.validate.corpus import load_corpus

BIB = (
    "".join(f"@misc{{{k}, title={{Work {k.upper()}}}}}\n" for k in "abcd")
    + "@book{book, title={Book}}\n"
)
TOPICS = "- {slug: safe, title: Safety, aliases: [Safe AI]}\n- {slug: sec, title: Security}\n- {slug: fair, title: Fairness}\n"


def semester(year: int, rows: list[str], head: str = "") -> str:
    return f"id: F{year}\nterm: fall\nyear: {year}\ntitle: C\n{head}sessions:\n" + "".join(
        f"  - {{date: {year}-10-{n:02d}, {row}}}\n" for n, row in enumerate(rows, 1)
    )


def row(title: str, *readings: str, topic: str = "", more: str = "") -> str:
    slug = f", topic: {topic}" if topic else ""
    read = ", ".join(r if r.startswith("{") else f"{{work: {r}}}" for r in readings)
    return f'topics: [{{title: "{title}"{slug}}}], readings: [{read}]{more}'


def compare(
    tree, old: list[str], new: list[str], old_head: str = "", new_head: str = ""
) -> SemesterDiff:
    root = tree(
        {
            "bib/a.bib": BIB,
            "bib/topics.yaml": TOPICS,
            "quizzes/F2020.yaml": semester(2020, old, old_head),
            "quizzes/F2021.yaml": semester(2021, new, new_head),
        }
    )
    corpus = load_corpus(root).corpus
    one, two = corpus.semester("F2020"), corpus.semester("F2021")
    assert one and two, load_corpus(root).findings
    return diff_semesters(one, two, corpus)


def brief(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str]]:
    return [(c.change, c.subject, c.old, c.new) for c in changes]


READINGS = [
    pytest.param([row("T", "a")], [row("T", "a", "b")], [("added", "Work B", "", "T")], id="added"),
    pytest.param(
        [row("T", "a", "b")], [row("T", "a")], [("dropped", "Work B", "T", "")], id="dropped"
    ),
    pytest.param(
        [row("T", "a"), row("U", "b")],
        [row("T", "c"), row("U", "b", "a")],
        [("moved", "Work A", "T", "U"), ("added", "Work C", "", "T")],
        id="moved",
    ),
    pytest.param(
        [row("T", "{work: book, locator: Ch. 5}")],
        [row("T", '{work: book, locator: "Ch. 5, 7"}')],
        [("re-chaptered", "Book", "Ch. 5", "Ch. 5, 7")],
        id="re-chaptered",
    ),
    pytest.param(
        [row("T", "a", "b")],
        [row("T", "a", "{work: b, role: supplementary}")],
        [("role", "Work B", "required", "supplementary")],
        id="another role",
    ),
    pytest.param(
        [row("T", "a", "b")],
        [row("T", "{one-of: [{work: a}, {work: b}]}")],
        [("role", "Work A", "required", "one-of"), ("role", "Work B", "required", "one-of")],
        id="became alternatives",
    ),
    pytest.param(
        [row("T", "{work: a, url: 'https://x.org/1'}")],
        [row("T", "{work: a, url: 'https://x.org/2'}")],
        [("link", "Work A", "https://x.org/1", "https://x.org/2")],
        id="another link",
    ),
    pytest.param(
        [row("T", "{work: book, locator: Ch. 1}"), row("U", "{work: book, locator: Ch. 2}")],
        [row("T", "{work: book, locator: Ch. 2}"), row("U", "{work: book, locator: Ch. 1}")],
        [("moved", "Book", "T", "U"), ("moved", "Book", "U", "T")],
        id="chapters swapped",
    ),
    pytest.param(
        [row("Safety 1", "a"), row("Safety 2", "b")],
        [row("Safety", "a", "b"), row("Safety", topic="safe")],
        [],
        id="parts are one topic",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), READINGS)
def test_readings(
    tree, old: list[str], new: list[str], expected: list[tuple[str, str, str, str]]
) -> None:
    assert brief(compare(tree, old, new).of("readings")) == expected


TOPIC_CASES = [
    pytest.param(
        [row("Safety", "a")],
        [row("Safe AI", "a")],
        [("renamed", "Safe AI", "Safety", "Safe AI")],
        id="renamed by alias",
    ),
    pytest.param(
        [row("Danger", "a", topic="safe")],
        [row("Robustness", "b", topic="safe")],
        [("renamed", "Robustness", "Danger", "Robustness")],
        id="renamed by slug",
    ),
    pytest.param(
        [row("Old name", "a", "b")],
        [row("Entirely different", "a", "b")],
        [("renamed", "Entirely different", "Old name", "Entirely different")],
        id="renamed by readings",
    ),
    pytest.param(
        [row("T", "a")],
        [row("T", "a"), row("Guests", "b")],
        [("added", "Guests", "", "Guests")],
        id="added",
    ),
    pytest.param(
        [row("T", "a"), row("Gone", "b")],
        [row("T", "a")],
        [("dropped", "Gone", "Gone", "")],
        id="dropped",
    ),
    pytest.param(
        [row("Alpha", "a"), row("Beta", "b")],
        [row("Alpha", "a", "b")],
        [("merged", "Beta", "Beta", "Alpha")],
        id="merged",
    ),
    pytest.param(
        [row("Alpha", "a", "b")],
        [row("Alpha", "a"), row("Beta", "b")],
        [("split", "Beta", "Alpha", "Beta")],
        id="split",
    ),
    pytest.param(
        [row("T", "a"), row("T")],
        [row("T", "a")],
        [("changed", "T", "2 sessions", "1 session")],
        id="fewer sessions",
    ),
    pytest.param(
        [row("Safety & Security", "a")],
        [row("Safety and Security", "a")],
        [],
        id="same name in other signs",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), TOPIC_CASES)
def test_topics(
    tree, old: list[str], new: list[str], expected: list[tuple[str, str, str, str]]
) -> None:
    assert brief(compare(tree, old, new).of("topics")) == expected


def test_a_semester_without_readings_drops_none(tree) -> None:
    found = compare(tree, [row("T", "a"), row("U", "b")], [row("T"), row("U")])
    assert found.of("readings") == ()
    assert found.not_filled == (
        "F2021 names no readings: not filled in, nothing was added or dropped",
    )


def test_an_unfinished_semester_leaves_open_what_comes_later(tree) -> None:
    def chapter(number: int) -> str:
        return row(f"T{number:02d}x", f"{{work: book, locator: Ch. {number}}}")

    old = [chapter(n) for n in range(1, 11)]
    new = [
        *(chapter(n) for n in range(1, 5)),
        row("T05x", "a"),
        chapter(6),
        chapter(7),
        *(row(f"T{n:02d}x") for n in (8, 9, 10)),
    ]
    found = compare(tree, old, new)
    assert [(c.change, c.key, c.note) for c in found.of("readings")] == [
        ("dropped", "book", "Ch. 5"),
        ("not filled in", "book", "Ch. 8"),
        ("not filled in", "book", "Ch. 9"),
        ("not filled in", "book", "Ch. 10"),
        ("added", "a", ""),
    ]
    assert found.not_filled == (
        "F2021 has readings for 7 of 10 lectures (none after 2021-10-07); topics it leaves open are not filled in, not dropped",
    )


def test_a_cell_emptied_in_a_complete_semester_is_dropped(tree) -> None:
    rows = [row(t, w) for t, w in zip("TUVW", "abcd", strict=True)]
    found = compare(tree, rows, [rows[0], row("U"), rows[2], rows[3]])
    assert [(c.change, c.key, c.note) for c in found.of("readings")] == [
        ("dropped", "b", "topic without reading now")
    ]
    assert found.not_filled == ()


def test_deliverables_and_absent_column(tree) -> None:
    def due(*names: str) -> list[str]:
        items = ", ".join(f"{{code: {n.split(': ')[0]}, title: {n.split(': ')[1]}}}" for n in names)
        return [row("T", "a", more=f", deliverables: [{items}]")]

    found = compare(
        tree,
        due("I1: Case Study", "I2: Tradeoffs", "M1: Plan"),
        due("I1: Case Study and Report", "I2: Fairness", "I3: Plan"),
    )
    assert brief(found.of("deliverables")) == [
        ("renamed", "I1: Case Study and Report", "I1: Case Study", "I1: Case Study and Report"),
        ("replaced", "I2: Fairness", "I2: Tradeoffs", "I2: Fairness"),
        ("renamed", "I3: Plan", "M1: Plan", "I3: Plan"),
    ]
    empty = compare(tree, due("I1: Case Study"), [row("T", "a")])
    assert empty.of("deliverables") == ()
    assert "F2021 has no deliverables: not filled in" in empty.not_filled


def test_policy_names_fields_and_what_is_not_stated(tree) -> None:
    old = "policy: {quiz: {weight: 10, late: half}, weights: {midterm: 10}, tokens: {individual: 7, prices: [{action: redo a homework, tokens: 3}]}, grades: {A: 94}}\n"
    new = "policy: {quiz: {weight: 5}, weights: {midterm: 10}, tokens: {individual: 8, prices: [{action: improve or redo a homework, tokens: 3}]}}\n"
    found = compare(tree, [row("T", "a")], [row("T", "a")], old, new)
    assert [(c.change, c.key, c.old, c.new, c.note) for c in found.of("policy")] == [
        ("changed", "quiz.weight", "10", "5", ""),
        ("dropped", "quiz.late", "half", "", ""),
        ("changed", "tokens.individual", "7", "8", ""),
        (
            "changed",
            "tokens.prices.redo a homework",
            "3",
            "3",
            "now: prices.improve or redo a homework",
        ),
    ]
    assert found.not_filled == ("the policy of F2021 says nothing on grades",)


def test_meeting_pattern(tree) -> None:
    found = compare(
        tree,
        [row("T", "a")],
        [row("T", "a")],
        'meetings: [{days: [Mon, Wed], start: "13:30"}]\n',
        'meetings: [{days: [Tue, Thu], start: "9:00", minutes: 80}]\n',
    )
    assert brief(found.of("offering")) == [
        ("changed", "lecture meetings", "Mon, Wed 13:30", "Tue, Thu 09:00 (80 minutes)")
    ]


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=T", "-c", "user.email=t@example.org", *words],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def history(tree, git_program: str) -> Path:
    """A course in git: F2020 as v1, then changed."""
    root = tree(
        {
            "bib/a.bib": BIB,
            "bib/topics.yaml": TOPICS,
            "quizzes/F2020.yaml": semester(2020, [row("T", "a"), row("U", "b")]),
        }
    )
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    git(root, "tag", "v1")
    text = (root / "quizzes/F2020.yaml").read_text()
    (root / "quizzes/F2020.yaml").write_text(
        text.replace("2020-10-02", "2020-10-05").replace("work: b", "work: c")
    )
    git(root, "commit", "-qam", "two")
    return root


@pytest.mark.parametrize(
    "words",
    [["F2020@v1", "F2020"], ["F2020@v1"], ["F2020@HEAD~1", "F2020@HEAD"], ["f2020@v1", "F2020"]],
    ids=" ".join,
)
def test_states_of_one_semester_in_git(history: Path, words: list[str]) -> None:
    result = CliRunner().invoke(app, ["diff", *words, "--json", "--source", str(history)])
    assert result.exit_code == 0, result.output
    changes = [
        (c["area"], c["change"], c["subject"], c["old"], c["new"])
        for c in json.loads(result.stdout)["changes"]
    ]
    assert changes == [
        ("readings", "dropped", "Work B", "U", ""),
        ("readings", "added", "Work C", "", "U"),
        ("sessions", "moved", "U", "2020-10-02", "2020-10-05"),
    ]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        pytest.param("F2020@v9", "git knows no revision 'v9'", id="unknown revision"),
        pytest.param("F2020@--output=x", "is no git revision", id="option as revision"),
        pytest.param("F2021@v1", "quizzes/F2021.yaml was not there at 'v1'", id="file not there"),
        pytest.param("F2019", "no semester 'F2019'; did you mean F2020?", id="unknown semester"),
    ],
)
def test_what_git_does_not_have_is_said_in_a_line(history: Path, word: str, says: str) -> None:
    result = CliRunner().invoke(app, ["diff", word, "F2020", "--source", str(history)])
    assert result.exit_code != 0
    assert says in str(result.exception)


def test_without_a_repository_the_error_is_readable(
    tree, git_program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({"bib/a.bib": BIB, "quizzes/F2020.yaml": semester(2020, [row("T", "a")])})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    result = CliRunner().invoke(app, ["diff", "F2020@HEAD", "--source", str(root)])
    assert "is not in a git repository" in str(result.exception)
    monkeypatch.setenv("PATH", "")
    result = CliRunner().invoke(app, ["diff", "F2020@HEAD", "--source", str(root)])
    assert "git is not installed" in str(result.exception)


@pytest.mark.collection
def test_real_semesters_as_table_markdown_and_json(project: Path) -> None:
    words = ["diff", "F2022", "S2023", "--source", str(project)]
    # Lines are wrapped at the width of the terminal; the words are the same at every width.
    table = " ".join(CliRunner().invoke(app, words).stdout.split())
    assert (
        "~ moved: Improving Fairness in Machine Learning Systems: Measuring Fairness -> Building Fairer"
        in table
    )
    assert "~ re-chaptered: Building Intelligent Systems: Ch. 5, 7, 8 -> Ch. 4, 5, 7, 8" in table
    assert (
        "- Goods: Organizing Google's Datasets (was under Versioning, Provenance, and Reproducability)"
        in table
    )
    assert "? S2023 states no policy" in table
    markdown = CliRunner().invoke(app, [*words, "--format", "md"]).stdout
    assert "| renamed | Model Deployment | Deploying a Model | Model Deployment |  |" in markdown
    changes = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)["changes"]
    assert {(c["change"], c["key"]) for c in changes if c["area"] == "readings" and c["change"] != "link"} == {
        ("re-chaptered", "hulten2018building"), ("re-chaptered", "kastner2024machine"), ("dropped", "hulten2018building"), ("moved", "holstein2019improving"),
        ("dropped", "keyes2019mulching"), ("dropped", "halevy2016goods"), ("added", "shankar2022operationalizing"),
        ("added", "grgichlaca2018human"), ("added", "brundage2018malicious"),
    }  # fmt: skip


@pytest.mark.collection
def test_sparse_semester_is_not_taken_for_dropping_its_readings(project: Path) -> None:
    changes = json.loads(
        CliRunner()
        .invoke(app, ["diff", "S2023", "S2026", "--json", "--source", str(project)])
        .stdout
    )
    assert (
        "S2026 has readings for 10 of 24 lectures; topics it leaves open are not filled in, not dropped"
        in changes["not_filled"]
    )
    fate = {
        c["key"]: c["change"]
        for c in changes["changes"]
        if c["area"] == "readings" and c["change"] in {"dropped", "not filled in"}
    }
    assert fate["mohseni2020practical"] == "not filled in"
    assert fate["nahar2022collaboration"] == "not filled in"
    assert fate["ribeiro2020beyond"] == "dropped", "its topic reads something else"
    assert fate["harlalka2018choosing"] == "dropped", "its topic is gone"


def test_one_semester_alone_asks_for_another(tree) -> None:
    root = tree({"bib/a.bib": BIB, "quizzes/F2020.yaml": semester(2020, [row("T", "a")])})
    result = CliRunner().invoke(app, ["diff", "F2020", "--source", str(root)])
    assert "compare F2020 with what?" in str(result.exception)
