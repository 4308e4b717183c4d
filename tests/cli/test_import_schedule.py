"""`kb import schedule`: several files, nothing written in vain."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from cli.app import app
from kb.validate.corpus import load_corpus


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    """Run the command in a folder; give exit code and output."""
    found = CliRunner().invoke(
        app, ["import", "schedule", *arguments, "--source", str(tmp_path / "kb")]
    )
    return found.exit_code, found.output


def test_a_folder_of_weeks_is_one_semester(tmp_path: Path) -> None:
    folder = tmp_path / "_modules"
    folder.mkdir()
    (folder / "week-01.md").write_text("Sep 3\n: **Wool**\n\nSep 5\n: **Flax**\n")
    (folder / "week-02.md").write_text("Sep 10\n: No class\n")
    assert run(tmp_path, str(folder), "-s", "F2024")[0] == 0
    semester = load_corpus(tmp_path / "kb").corpus.semester("F2024")
    assert semester is not None
    assert [(str(s.date), s.kind.value) for s in semester.sessions] == [
        ("2024-09-03", "lecture"),
        ("2024-09-05", "lecture"),
        ("2024-09-10", "break"),
    ]


def test_nothing_is_written_when_there_are_no_rows(tmp_path: Path) -> None:
    (tmp_path / "e.md").write_text("Nothing here.\n")
    code, output = run(tmp_path, str(tmp_path / "e.md"), "-s", "F2024")
    assert (code, "no rows were found, nothing is written" in output) == (1, True)
    assert not (tmp_path / "kb" / "quizzes").exists()
