"""Faults planted in a copy of the real sources: one clear line each, exit 1, everything else built."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app


def replace_once(path: Path, old: str | bytes, new: str | bytes) -> int:
    """Replace the first occurrence and give its line."""
    data = path.read_bytes()
    before = old.encode() if isinstance(old, str) else old
    after = new.encode() if isinstance(new, str) else new
    assert before in data
    path.write_bytes(data.replace(before, after, 1))
    return data[: data.index(before)].count(b"\n") + 1


def holdings(database: Path) -> dict[str, int]:
    """Count what a collection is made of."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return {
            table: connection.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("works", "topics", "semesters", "sessions", "prompts")
        }


FAULTS = [
    pytest.param(
        "bib/assigned.bib",
        "Computer},\n",
        "Computer,\n",
        "bibtex-unclosed",
        r"mcgraw2020top: .*never closed",
        id="unclosed brace",
    ),
    pytest.param(
        "bib/assigned.bib",
        "@article{rudin2019stop,",
        "@misc{polich2020black,\n  title = {Twice},\n}\n\n@article{rudin2019stop,",
        "duplicate-key",
        "first in bib/assigned.bib",
        id="duplicate key",
    ),
    pytest.param(
        "quizzes/F2022.yaml",
        "work: jackson1995world",
        "work: jackson1995wordl",
        "unknown-work",
        "jackson1995world",
        id="unknown work",
    ),
    pytest.param(
        "quizzes/F2022.yaml", "weekday: Wed", "weekday: Tue", "weekday", "2022-08-30", id="weekday"
    ),
    pytest.param(
        "quizzes/prompts/quality-assurance.yaml",
        "locator: Ch. 19",
        "locator: Ch. 3",
        "prompt-locator-unassigned",
        "Ch. 3",
        id="prompt for a chapter nobody assigned",
    ),
    pytest.param(
        "quizzes/F2022.yaml",
        "    kind: lecture",
        "\tkind: lecture",
        "yaml-tab",
        "spaces",
        id="yaml tab",
    ),
    pytest.param(
        "bib/assigned.bib",
        "Géron".encode(),
        "Géron".encode("latin-1"),
        "encoding",
        "0xe9",
        id="latin-1 byte",
    ),
    pytest.param(
        "quizzes/S2021.yaml",
        "year: 2021\n",
        "year: 2021\nyear: 2021\n",
        "yaml-duplicate-key",
        "year",
        id="yaml duplicate key",
    ),
    pytest.param(
        "quizzes/F2020.yaml",
        "kind: recitation",
        "kind: recitaton",
        "bad-value",
        "did you mean recitation",
        id="unknown kind",
    ),
    pytest.param(
        "bib/topics.yaml",
        "  title: ",
        "\ttitle: ",
        "yaml-tab",
        "spaces",
        id="yaml tab in what all others name",
    ),
    pytest.param(
        "bib/topics.yaml",
        "slug: overview",
        "slug: over view",
        "topic-slug",
        "hyphens",
        id="topic slug",
    ),
]


@pytest.mark.collection
@pytest.mark.parametrize(("name", "old", "new", "code", "says"), FAULTS)
def test_planted_fault_gives_one_clear_line(
    collection: Path, name: str, old: str | bytes, new: str | bytes, code: str, says: str
) -> None:
    runner = CliRunner()
    database = collection / "kb.db"
    assert runner.invoke(app, ["build", "--source", str(collection)]).exit_code == 0
    before = database.read_bytes()
    line = replace_once(collection / name, old, new)
    strict = runner.invoke(app, ["build", "--strict", "--source", str(collection)])
    assert strict.exit_code == 1
    assert database.read_bytes() == before
    held = holdings(database)
    result = runner.invoke(app, ["build", "--source", str(collection)])
    assert result.exit_code == 1
    for table, number in holdings(database).items():
        assert held[table] - 1 <= number <= held[table], f"{table}: one flaw takes one row"
    lines = [text for text in result.stderr.splitlines() if f"[{code}]" in text]
    assert lines, result.stderr
    assert [text for text in result.stderr.splitlines() if ": error:" in text] == lines[:1], (
        "what follows from a fault is not reported again"
    )
    assert re.search(says, lines[0])
    reported = re.match(rf"{re.escape(name)}:(\d+)", lines[0])
    assert reported, lines[0]
    assert abs(int(reported[1]) - line) <= 8
    assert "Traceback" not in result.output


@pytest.mark.collection
def test_all_faults_are_reported_together(collection: Path) -> None:
    replace_once(collection / "quizzes/F2022.yaml", "weekday: Wed", "weekday: Tue")
    replace_once(collection / "quizzes/S2021.yaml", "work: jackson1995world", "work: jackson")
    replace_once(collection / "bib/assigned.bib", "Computer},\n", "Computer,\n")
    result = CliRunner().invoke(app, ["check", "--source", str(collection)])
    assert result.exit_code == 1
    assert all(
        code in result.output for code in ("[weekday]", "[unknown-work]", "[bibtex-unclosed]")
    )


@pytest.mark.collection
def test_collection_has_no_errors(project: Path) -> None:
    from kb.validate.corpus import load_corpus

    assert [str(f) for f in load_corpus(project).errors] == []
