"""kb new: a course of one's own builds at once and holds no example."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from cli.app import app


def test_a_course_of_ones_own_lists_at_once(tmp_path: Path) -> None:
    root = tmp_path / "law"
    words = ["new", str(root), "--title", 'Torts: "Duty"', "--zone", "America/Chicago"]
    words += ["--days", "Tue,Thu", "--start", "9am", "--minutes", "75", "--weeks", "2"]
    words += ["--first-day", "2024-09-02"]
    made = CliRunner().invoke(app, words)
    assert made.exit_code == 0, made.output
    assert made.output.splitlines()[-3:] == [
        f"  1. cd {root}; kb add FILE.bib, or paste works into bib/works.bib",
        "  2. write topics and readings into quizzes/F2024.yaml; kb check",
        "  3. kb list F2024, then kb serve --open",
    ]
    checked = CliRunner().invoke(app, ["check", "--source", str(root)])
    assert checked.exit_code == 0, checked.output
    listed = CliRunner().invoke(app, ["list", "F2024", "--long", "--source", str(root)])
    assert 'Torts: "Duty"' in listed.output and "Tue, Sep 03            Class 1" in listed.output
    assert "09:00-10:15" in listed.output and "quiz" not in listed.output
