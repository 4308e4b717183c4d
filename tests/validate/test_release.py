"""A question is public from the day on that its release says, and not before."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from kb.store.build import build_database
from kb.store.fresh import built_with

BIB = (
    "@book{b, title={B}, author={A, B}, year=2001}\n@book{c, title={C}, author={A, B}, year=2001}\n"
)


def prompts(root: Path, today: str, release: str, own: str = "") -> tuple[set[str], str]:
    """Give the ids of public questions, and the day until which that holds."""
    (root / "bib").mkdir()
    (root / "quizzes/prompts").mkdir(parents=True)
    (root / "bib/b.bib").write_text(BIB, encoding="utf-8")
    (root / "quizzes/F2024.yaml").write_text(
        f"id: F2024\nterm: fall\nyear: 2024\ntitle: T\n{release}\nsessions:\n"
        "  - {date: 2024-09-09, readings: [{work: b}]}\n"
        "  - {date: 2024-09-16, prompts: [second]}\n",
        encoding="utf-8",
    )
    (root / "quizzes/prompts/p.yaml").write_text(
        f"- {{id: first, works: [b], text: SECRET first{own}}}\n"
        "- {id: second, works: [c], text: SECRET second}\n"
        "- {id: unasked, works: [c], locator: Ch. 9, text: SECRET unasked}\n",
        encoding="utf-8",
    )
    built = build_database(root, root / "kb.db", root / "staff.db", today=date.fromisoformat(today))
    data = (root / "kb.db").read_bytes()
    public = {n for n in ("first", "second", "unasked") if f"SECRET {n}".encode() in data}
    assert built.held_back == 3 - len(public)
    with sqlite3.connect(root / "staff.db") as connection:
        held = {name for (name,) in connection.execute("select prompt from held_back")}
    connection.close()
    assert held == {"first", "second", "unasked"} - public
    return public, built_with(root / "kb.db")["until"]


@pytest.mark.parametrize(
    ("today", "release", "own", "public", "until"),
    [
        ("2024-01-01", "", "", {"first", "second"}, ""),
        ("2024-09-08", "release: class", "", set(), "2024-09-09"),
        ("2024-09-09", "release: class", "", {"first"}, "2024-09-16"),
        ("2024-09-16", "release: class", "", {"first", "second"}, ""),
        ("2024-09-16", "release: never", "", set(), ""),
        ("2024-09-16", "release: 2024-12-01", "", set(), "2024-12-01"),
        ("2024-12-01", "release: 2024-12-01", "", {"first", "second"}, ""),
        ("2024-01-01", "", ", release: never", {"second"}, ""),
        ("2024-01-01", "release: never", ", release: 2023-01-01", {"first"}, ""),
        ("2024-01-01", "", ", release: class", {"second"}, "2024-09-09"),
        ("2024-01-01", "release: tomorrow", "", set(), ""),
        ("2024-01-01", "relese: class", "", set(), ""),
        ("2024-01-01", "Release: class", "", set(), ""),
        ("2024-01-01", "", ", release: tomorrow", {"second"}, ""),
        ("2024-01-01", "", ", releas: never", {"second"}, ""),
    ],
)
def test_release(
    tmp_path: Path, today: str, release: str, own: str, public: set[str], until: str
) -> None:
    if "releas: " in own or "tomorrow" in own:  # such a prompt is left out as a whole
        with pytest.raises(AssertionError):
            prompts(tmp_path, today, release, own)
        assert b"SECRET first" not in (tmp_path / "kb.db").read_bytes()
    else:
        assert prompts(tmp_path, today, release, own) == (public, until)
