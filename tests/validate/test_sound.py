"""One flaw stays one flaw: what is sound is built, what is not is named, left out or in doubt."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.errors import BuildRefused
from kb.findings import Severity
from kb.parse.yaml import parse_yaml, plain
from kb.store.build import build_database
from kb.validate.corpus import load_corpus
from kb.validate.sound import sound_corpus

BIB = "@book{good2001,\n  title = {A Good Book},\n  author = {Ann Bell},\n  year = 2001,\n}\n"
HEAD = "id: F2024\nterm: fall\nyear: 2024\ntitle: T\nzone: America/New_York\nsessions:\n"
ROW = "  - date: 2024-09-{day}\n    topics: [{{title: Day {day}}}]\n    readings: [{{work: good2001}}]\n"
REST = ROW.format(day="16") + ROW.format(day="23")


def course(root: Path, rows: str, bib: str = BIB, head: str = HEAD) -> Path:
    """Write a course of one semester."""
    (root / "bib").mkdir(exist_ok=True)
    (root / "quizzes").mkdir(exist_ok=True)
    (root / "bib/works.bib").write_text(bib, encoding="utf-8")
    (root / "quizzes/F2024.yaml").write_text(head + rows, encoding="utf-8")
    return root


def errors(root: Path) -> dict[str, bool]:
    """Give codes of errors, and whether what they are about is left out."""
    loaded = load_corpus(root)
    assert loaded.left_out + loaded.in_doubt == len(loaded.errors)
    return {f.code: f.left_out for f in loaded.findings if f.severity is Severity.ERROR}


def rows_of(root: Path) -> list[str]:
    """Give the titles of the rows that a build would hold."""
    loaded = load_corpus(root)
    return [s.title for m in sound_corpus(loaded.corpus).semesters for s in m.sessions]


ODD_ROWS = [
    pytest.param("  - date: 2024-09-09\n    kind: lecturre\n    topics: [{title: Day 09}]\n", "bad-value", False, id="kind"),
    pytest.param("  - date: 2024-09-09\n    colour: blue\n    topics: [{title: Day 09}]\n", "unknown-field", False, id="unknown field"),
    pytest.param("  - date: 2024-09-09\n    topics: [{titel: Day 09}]\n", "unknown-field", False, id="misspelt field that must be there"),
    pytest.param("  - date: 2024-09-09\n    topics: [{title: Day 09}]\n    readings: [{locator: Ch. 1}]\n", "missing-field", True, id="reading without work"),
    pytest.param("  - date: 2024-09-09\n    topics: [{title: Day 09}]\n    deliverables: [{code: I1}]\n", "missing-field", True, id="homework without title"),
    pytest.param("  - date: 2024-09-09\n    topics: [{title: Day 09, topic: no/such}]\n", "unknown-topic", False, id="topic"),
    pytest.param("  - date: 2024-09-09\n    topics: [{title: Day 09}]\n    prompts: [none-such]\n", "unknown-prompt", False, id="prompt"),
    pytest.param("  - date: 2024-09-09\n\t  topics: [{title: Day 09}]\n", "yaml-tab", False, id="tab"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "code", "left_out"), ODD_ROWS)
def test_a_flaw_in_a_row_takes_no_row(tmp_path: Path, row: str, code: str, left_out: bool) -> None:
    root = course(tmp_path, row + REST)
    assert errors(root)[code] is left_out
    assert rows_of(root) == ["Day 09", "Day 16", "Day 23"]


@pytest.mark.parametrize(
    "row",
    [
        "  - date: 2024-09-09\n    title: \"never closed\n",
        "  - date: 2024-09-09\n    title: a: b\n",
        "  - date: 2024-09-09\n    topics: [{title: x}\n",
        "  - just a text\n",
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_takes_itself(tmp_path: Path, row: str) -> None:
    root = course(tmp_path, REST + row)
    assert set(errors(root).values()) == {True}
    assert rows_of(root) == ["Day 16", "Day 23"]


@pytest.mark.parametrize(
    ("date", "shown", "doubt"),
    [
        ("2024-09-09\n    weekday: Tue", "2024-09-09", "2024-09-09 is a Mon, not a Tue"),
        ("3004-09-09", "3004-09-09", "3004-09-09 is not in 2024"),
        ("2024-13-45", None, "the date '2024-13-45' cannot be read"),
        ("next week", None, "the date 'next week' cannot be read"),
        ("09/09/2024", None, "the date '09/09/2024' cannot be read"),
    ],
)
def test_a_date_in_doubt_says_so(tmp_path: Path, date: str, shown: str | None, doubt: str) -> None:
    root = course(tmp_path, REST + f"  - date: {date}\n    topics: [{{title: X}}]\n")
    with pytest.raises(BuildRefused):
        build_database(root, root / "kb.db", strict=True)
    assert not (root / "kb.db").exists()
    build_database(root, root / "kb.db")
    with contextlib.closing(sqlite3.connect(root / "kb.db")) as connection:
        row = connection.execute("select date, doubt from sessions where title = 'X'").fetchone()
    assert row == (shown, doubt)
    for format in ("table", "md", "html", "json"):
        words = ["list", "F2024", "--source", str(root), "--format", format]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0
        assert "Date in doubt" in result.stdout, format


@pytest.mark.parametrize(
    ("field", "value"), [("year", "20244"), ("term", "autumnal"), ("title", "''"), ("id", "a/b")]
)
def test_a_head_that_cannot_be_read_is_taken_from_the_name(
    tmp_path: Path, field: str, value: str
) -> None:
    head = "".join(
        f"{line.split(':')[0]}: {value if line.startswith(f'{field}:') else line.split(': ')[-1]}\n"
        if ": " in line
        else f"{line}\n"
        for line in HEAD.splitlines()
    )
    root = course(tmp_path, REST, head=head)
    semester = sound_corpus(load_corpus(root).corpus).semesters[0]
    assert (semester.id, semester.term, semester.year) == ("F2024", "fall", 2024)
    assert len(semester.sessions) == 2


def test_a_reading_of_a_damaged_work_keeps_its_line(tmp_path: Path) -> None:
    bib = f"@article{{torn2000,\n  title = {{Oh {{no,\n}}\n\n{BIB}@misc{{odd2002, title = {{Odd}}, year = {{20020}}}}\n"
    rows = (
        REST
        + "  - date: 2024-09-30\n    readings: [{work: torn2000, locator: Ch. 2}, {work: nowhere}]\n"
    )
    root = course(tmp_path, rows, bib)
    runner = CliRunner()
    built = runner.invoke(app, ["build", "--source", str(root)])
    assert built.exit_code == 1
    assert built.stderr.splitlines()[-1] == "3 errors: 1 left out, 2 in doubt; the rest is built"
    listed = runner.invoke(app, ["list", "F2024", "--source", str(root)])
    assert listed.exit_code == 0
    assert "torn2000, Ch. 2" in listed.stdout
    assert "[nowhere]" in listed.stdout
    assert (
        listed.stderr == "3 errors in the sources: 1 left out, 2 in doubt; `kb check` names them\n"
    )
    shown = runner.invoke(app, ["show", "odd2002", "--source", str(root)])
    assert (shown.exit_code, shown.stdout.splitlines()[0]) == (0, "Odd")


def test_ids_that_are_used_twice_take_no_row(tmp_path: Path) -> None:
    row = "  - id: F2024-x\n    date: 2024-09-{day}\n    title: Day {day}\n"
    root = course(tmp_path, row.format(day="16") + row.format(day="23"))
    build_database(root, root / "kb.db")
    with contextlib.closing(sqlite3.connect(root / "kb.db")) as connection:
        assert connection.execute("select id from sessions order by position").fetchall() == [
            ("F2024-x",),
            ("F2024-x-2",),
        ]


@pytest.mark.parametrize(
    "locator", ["Preface", "pp. 12 ff.!", "the part on trees", "Vol. 2, Ch. 3"]
)
def test_a_portion_that_no_rule_reads_is_shown_as_written(tmp_path: Path, locator: str) -> None:
    rows = f"  - date: 2024-09-09\n    readings: [{{work: good2001, locator: '{locator}'}}]\n"
    root = course(tmp_path, rows)
    assert errors(root) == {}
    result = CliRunner().invoke(app, ["list", "F2024", "--source", str(root)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"A Good Book, {locator}" in result.stdout


@pytest.mark.parametrize(
    "note",
    [
        "stff: true",
        "staff: perhaps",
        "private: yes",
        "visibility: staff",
    ],
)
def test_a_slip_publishes_no_note(tmp_path: Path, note: str) -> None:
    root = course(tmp_path, REST)
    (root / "bib/annotations.yaml").write_text(
        f"- id: n1\n  works: [good2001]\n  text: SECRET\n  {note}\n", encoding="utf-8"
    )
    build_database(root, root / "kb.db")
    assert b"SECRET" not in (root / "kb.db").read_bytes()


@pytest.mark.parametrize("prompt", ["rubrik: SECRET", "hidden: true\n  rubric: SECRET"])
def test_a_slip_publishes_no_question(tmp_path: Path, prompt: str) -> None:
    root = course(tmp_path, REST)
    (root / "quizzes/prompts").mkdir()
    (root / "quizzes/prompts/p.yaml").write_text(
        f"- id: p1\n  works: [good2001]\n  text: SECRET\n  {prompt}\n", encoding="utf-8"
    )
    build_database(root, root / "kb.db")
    assert b"SECRET" not in (root / "kb.db").read_bytes()


@pytest.mark.parametrize("left", ["", "@misc{torn, title = {x", "\n\n", "% gone\n"])
def test_nothing_replaces_something(tmp_path: Path, left: str) -> None:
    root = course(tmp_path, REST)
    build_database(root, root / "kb.db")
    before = (root / "kb.db").read_bytes()
    (root / "bib/works.bib").write_text(left, encoding="utf-8")
    (root / "quizzes/F2024.yaml").write_text("", encoding="utf-8")
    with pytest.raises(BuildRefused):
        build_database(root, root / "kb.db")
    assert (root / "kb.db").read_bytes() == before
    result = CliRunner().invoke(app, ["show", "good2001", "--source", str(root)])
    assert result.exit_code == 0
    assert result.stdout.startswith("A Good Book")
    assert result.stderr.startswith("answered from the database of ")


def test_yaml_is_strict_unless_it_is_to_be_salvaged() -> None:
    text = "- a: 1\n- b: [\n- c: 3\n"
    assert parse_yaml(text, "x.yaml")[0] is None
    node, findings = parse_yaml(text, "x.yaml", salvage=True)
    assert plain(node) == [{"a": "1"}, {"c": "3"}]
    assert [(f.code, f.left_out) for f in findings] == [("yaml-syntax", True)]
