"""Only a database of ours is replaced, and only where it belongs."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.errors import DatabaseUnusable
from kb.store.ours import PUBLIC, STAFF, kind_of, require_ours


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    CliRunner().invoke(app, ["new", str(root)])
    return root


def foreign(path: Path, what: str) -> None:
    """Write a file that is none of ours."""
    if what == "sqlite":
        with sqlite3.connect(path) as connection:
            connection.execute("create table mine (x)")
        connection.close()
    elif what == "folder":
        path.mkdir()
    else:
        path.write_text(what, encoding="utf-8")


@pytest.mark.parametrize("what", ["notes", "SQLite format 3", "sqlite", "folder", "\x00" * 200])
@pytest.mark.parametrize("command", ["build --db", "build --staff", "show parnas1972criteria --db"])
def test_somebody_elses_file_stays(course: Path, tmp_path: Path, what: str, command: str) -> None:
    path = tmp_path / "mine.txt"
    foreign(path, what)
    before = path.read_bytes() if path.is_file() else None
    result = CliRunner().invoke(app, [*command.split(), str(path), "--source", str(course)])
    if command.startswith("build"):
        assert isinstance(result.exception, DatabaseUnusable)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("option", ["--db", "--staff"])
@pytest.mark.parametrize("name", ["bib/works.bib", "bib/new.db", "quizzes/E2025.yaml"])
def test_a_source_is_never_a_target(course: Path, option: str, name: str) -> None:
    path = course / name
    before = path.read_bytes() if path.exists() else None
    words = ["build", option, str(path), "--source", str(course)]
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, DatabaseUnusable)
    assert (path.read_bytes() if path.exists() else None) == before


def test_public_and_staff_do_not_take_each_others_place(course: Path) -> None:
    public, staff = course / "kb.db", course / "staff.db"
    run = CliRunner().invoke
    assert run(app, ["build", "--staff", str(staff), "--source", str(course)]).exit_code == 0
    assert (kind_of(public), kind_of(staff)) == (PUBLIC, STAFF)
    before = public.read_bytes(), staff.read_bytes()
    for words in (["--staff", str(public), "--db", str(course / "x.db")], ["--db", str(staff)]):
        result = run(app, ["build", *words, "--source", str(course)])
        assert isinstance(result.exception, DatabaseUnusable)
    assert (public.read_bytes(), staff.read_bytes()) == before
    os.chmod(staff, 0o644)
    assert run(app, ["build", "--staff", str(staff), "--source", str(course)]).exit_code == 0
    assert staff.stat().st_mode & 0o777 == 0o600


def test_reading_writes_nothing_to_a_path_that_was_named(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "named.db"
    words = ["list", "E2025", "--db", str(path), "--source", str(course)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert not path.exists()


@pytest.mark.parametrize("name", ["kb.db", "bib/works.bib", "quizzes/E2025.yaml", "bib"])
def test_output_never_replaces_a_source_or_a_database(course: Path, name: str) -> None:
    run = CliRunner().invoke
    run(app, ["build", "--source", str(course)])
    path = course / name
    before = path.read_bytes() if path.is_file() else None
    words = ["list", "E2025", "--format", "md", "-o", str(path), "--source", str(course)]
    assert run(app, words).exit_code != 0
    assert (path.read_bytes() if path.is_file() else None) == before


def test_an_empty_file_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    require_ours(tmp_path / "new.db", PUBLIC)
