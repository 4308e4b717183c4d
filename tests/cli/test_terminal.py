"""What commands say on a terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.collection


def kb(*words: str, project: Path, database: Path, cwd: Path | None = None) -> tuple[int, str, str]:
    result = subprocess.run(
        [sys.executable, "-m", "cli", *words, "--source", str(project), "--db", str(database)],
        capture_output=True,
        text=True,
        cwd=cwd or project,
    )
    return result.returncode, result.stdout, result.stderr


def test_notes_name_works_by_title(project: Path, database: Path) -> None:
    _, out, _ = kb("show", "ribeiro2020beyond", project=project, database=database)
    assert "Semantically Equivalent Adversarial Rules" in out.replace("\n  ", " ")
    assert "[@" not in out and "ribeiro2018semantically" not in out


def test_a_topic_shows_its_introduction_and_works(project: Path, database: Path) -> None:
    code, out, err = kb("topics", "data-quality", project=project, database=database)
    assert code == 0 and out.startswith("Data quality  [quality-assurance/data-quality]\n")
    assert "[sambasivan2021everyone]" in out and err.endswith(" works\n")


def test_words_with_a_minus_are_words(project: Path, database: Path) -> None:
    plain = kb("search", "testing", "-n", "200", project=project, database=database)[1]
    for word in ("-fairness", "-notebook"):
        code, out, _ = kb(
            "search", word, "testing", "-n", "200", project=project, database=database
        )
        assert code == 0 and 0 < len(out) < len(plain)


def test_a_page_past_the_end_is_named(project: Path, database: Path) -> None:
    code, out, err = kb("search", "debt", "--page", "50", project=project, database=database)
    assert (code, out) == (0, "") and "page 50 is past the end; the last one is --page" in err


def test_defaults_come_from_a_file(project: Path, database: Path, tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('semester = "F2020"\nwidth = 60\n')
    _, out, _ = kb("next", "--on", "2020-09-02", project=project, database=database, cwd=tmp_path)
    assert out.startswith("F2020 on ") and max(map(len, out.splitlines())) <= 110
    (tmp_path / "kb.toml").write_text("colour = 1\n")
    code, _, err = kb("topics", project=project, database=database, cwd=tmp_path)
    assert code == 2 and "'colour' cannot be set; there are semester, style, width" in err
