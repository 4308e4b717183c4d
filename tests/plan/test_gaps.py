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
    assert [g["subject"] for g in found] == ["F2022-0921", "S2021-0224", "S2021-0324", "S2023-0130"]


def test_readings_that_changed_topic_are_found(project: Path, database: Path) -> None:
    found = json.loads(run(project, database, "gaps", "-k", "other-topic", "--json"))
    assert "F2022-1114" in {g["subject"] for g in found}


def test_gap_in_a_small_course(tree) -> None:
    root = tree({"bib/a.bib": "@misc{a, title={A}}", "quizzes/S1.yaml": "id: S1\nterm: fall\nyear: 2022\ntitle: C\nsessions:\n  - date: 2022-10-10\n    readings: [{work: a}]\n"})
    found = json.loads(CliRunner().invoke(app, ["gaps", "--json", "--source", str(root)]).stdout)
    assert {"assigned-unannotated", "assigned-no-prompt", "unannotated"} <= {g["kind"] for g in found}


def test_history_has_works_by_semesters(project: Path, database: Path) -> None:
    data = json.loads(run(project, database, "history", "--json"))
    assert data["semesters"] == ["F2020", "S2021", "F2022", "S2023", "S2026"]
    debt = next(w for w in data["works"] if w["work"] == "sculley2015hidden")
    assert set(debt["assigned"]) == set(data["semesters"])


def test_history_of_one_work_names_portions(project: Path, database: Path) -> None:
    out = run(project, database, "history", "hulten2018building")
    assert "S2023   2023-01-23  Ch. 4, 5, 7, 8: From Models to AI-Enabled Systems" in out
