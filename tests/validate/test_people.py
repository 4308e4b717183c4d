"""Doubts about people reach whoever checks the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.validate.corpus import load_corpus


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ("Smith, Ann & Jones, Bob", True),
        ("A. Smith, B. Jones, C. Doe, D. Roe", True),
        ("Smith, A.; Jones, B.", True),
        ("Smith, Ann and {Johnson & Johnson} and others", False),
    ],
)
@pytest.mark.parametrize("role", ["author", "editor"])
def test_people_who_cannot_be_told_apart_are_a_finding_at_their_line(
    tmp_path: Path, people: str, told: bool, role: str
) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "bib" / "works.bib").write_text(
        f"@book{{a2020b,\n  title = {{T}},\n  {role} = {{{people}}},\n  year = {{2020}},\n}}\n"
    )
    loaded = load_corpus(tmp_path)
    assert [(f.line, f.key) for f in loaded.findings if f.code == "names"] == (
        [(3, "a2020b")] if told else []
    )
