"""What a site says about the course it is of, and what of somebody's reference manager it does not say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

PRIVATE = {
    "file": "Full Text:C\\:\\\\Users\\\\anna\\\\Zotero\\\\storage\\\\ABCD.pdf:application/pdf", "mendeley-groups": "Reviews/rejected", "owner": "anna-hidden", "groups": "Worst papers",
    "bdsk-file-1": "YnBsaXN0MDDSAQIDBFxyZWxhdGl2ZVBhdGhZYWxpYXNEYXRh", "readstatus": "skimmed-only",
}  # fmt: skip
ENTRY = (
    "@article{doe2020bias,\n  author = {Doe, Jane},\n  title = {Bias},\n  journal = {J},\n  year = {2020},\n  langid = {english},\n"
    + "".join(f"  {n} = {{{v}}},\n" for n, v in PRIVATE.items())
    + "}\n"
)
HEAD = "id: F2025\nterm: fall\nyear: 2025\ntitle: Seminar on Words\nzone: UTC\n"
ROWS = "sessions:\n  - {date: 2025-10-07, kind: lecture, topics: [{title: Bias}], readings: [{work: doe2020bias}]}\n"


def publish(root: Path, head: str) -> Path:
    for name in ("bib", "quizzes"):
        (root / name).mkdir()
    (root / "bib" / "works.bib").write_text(ENTRY)
    (root / "quizzes" / "F2025.yaml").write_text(head + ROWS)
    result = CliRunner().invoke(
        app,
        [
            "publish",
            str(root / "site"),
            "--source",
            str(root),
            "--base-url",
            "https://example.org/",
        ],
    )
    assert result.exit_code == 0, result.output
    return root / "site"


def test_a_site_is_named_like_its_course_and_claims_no_licence_that_nobody_stated(
    tmp_path: Path,
) -> None:
    page = (publish(tmp_path, HEAD) / "index.html").read_text()
    assert "<title>Seminar on Words" in page
    assert 'rel="license"' not in page and "CC BY" not in page


@pytest.mark.parametrize(
    ("licence", "shown"),
    [
        (
            "CC-BY-4.0",
            '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">Data: CC BY 4.0</a>',
        ),
        ("All rights reserved", "Data: All rights reserved"),
    ],
)
def test_a_site_states_the_licence_of_its_newest_semester(
    tmp_path: Path, licence: str, shown: str
) -> None:
    assert shown in (publish(tmp_path, f"{HEAD}licence: {licence}\n") / "index.html").read_text()


def test_nobody_else_sees_the_files_groups_and_notes_of_a_reference_manager(tmp_path: Path) -> None:
    site = publish(tmp_path, HEAD)
    everything = (
        b"".join(p.read_bytes() for p in site.rglob("*") if p.is_file())
        + (tmp_path / "kb.db").read_bytes()
    )
    assert b"langid" in everything
    for value in ("Users", "rejected", "anna-hidden", "Worst papers", "YnBsaXN0", "skimmed-only"):
        assert value.encode() not in everything
    (bibtex,) = sqlite3.connect(tmp_path / "kb.db").execute("select bibtex from works").fetchone()
    assert "langid" in bibtex and "file" not in bibtex


def test_history_puts_a_work_read_under_no_topic_below_its_own(tmp_path: Path) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "topics.yaml").write_text("- slug: society\n  title: Society at large\n")
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "bib" / "works.bib").write_text(
        "@article{doe2020bias,\n  author = {Doe, Jane},\n  title = {Bias},\n  journal = {J},\n  year = {2020},\n  keywords = {society},\n}\n"
    )
    (tmp_path / "quizzes" / "F2025.yaml").write_text(HEAD + ROWS)
    assert (
        CliRunner()
        .invoke(
            app,
            [
                "publish",
                str(tmp_path / "site"),
                "--source",
                str(tmp_path),
                "--base-url",
                "https://example.org/",
            ],
        )
        .exit_code
        == 0
    )
    page = (tmp_path / "site" / "history.html").read_text()
    assert "Society at large" in page and "Without topic" not in page
