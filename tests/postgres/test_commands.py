"""The commands with --db postgresql://... answer as with the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

pytestmark = pytest.mark.postgres

QUESTIONS = [
    ["list", "F2022"],
    ["list", "S2021", "--format", "json"],
    ["next", "--on", "2022-09-06", "--semester", "F2022"],
    ["search", "technical", "debt"],
    ["search", "author:sculley", "--json"],
    ["show", "sculley2015hidden"],
    ["topics"],
]


def run(*words: str):
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_answers_are_those_of_the_file(
    full_server, project: Path, database: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    loader = full_server.url("alpha_loader")
    for words in QUESTIONS:
        ours = run(*words, "--db", loader)
        theirs = run(*words, "--db", str(database), "--source", str(project))
        assert (ours.exit_code, ours.stdout) == (theirs.exit_code, theirs.stdout), words
    again = run("build", "--source", str(project), "--db", loader)
    assert "0 rows written" in again.stdout


def test_bake_writes_what_a_site_serves(full_server, tmp_path: Path) -> None:
    target = tmp_path / "kb.db"
    source = f"{full_server.url()}?institution=alpha"
    assert "load 1: written" in run("bake", "--from", source, "-o", str(target)).stdout
    assert "is up to date" in run("bake", "--from", source, "-o", str(target)).stdout
    connection = sqlite3.connect(target)
    assert connection.execute("select count(*) from works").fetchone()[0] > 200
    connection.close()


def test_institutions_are_listed_and_searched_together(server, tree) -> None:
    for name in ("alpha", "beta"):
        bib = f"@article{{{name}, author={{Roe, Ann}}, title={{On debt}}, year={{2020}}}}\n"
        root = tree({"bib/a.bib": bib})
        assert run("build", "--source", str(root), "--db", server.url(f"{name}_loader")).stdout
    assert run("server", "migrate", server.url()).exit_code == 0
    listed = run("server", "list", server.url())
    assert [line.split(",")[0] for line in listed.stdout.splitlines()] == [
        "alpha: 1 works",
        "beta: 1 works",
        "gamma: 0 works",
    ]
    found = run("server", "search", server.url(), "debt")
    assert "[alpha:alpha]" in found.stdout and "also beta:beta" in found.stdout
    assert run("server", "search", server.url(), "nothinglikethis").exit_code == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["bake", "--from", "mysql://x/y"], "is no address of PostgreSQL"),
        (["server", "list", "postgresql://127.0.0.1:9/kb"], "cannot connect"),
    ],
)
def test_mistakes_say_what_to_do(words: list[str], says: str) -> None:
    result = run(*words)
    assert result.exit_code != 0
    assert says in str(result.exception)


def test_an_empty_tree_replaces_nothing(server, tree) -> None:
    loader = server.url("alpha_loader")
    run("build", "--source", str(tree({"bib/a.bib": "@misc{a, title={A}}"})), "--db", loader)
    result = run("build", "--source", str(tree({"bib/a.bib": "\n"})), "--db", loader)
    assert result.exit_code == 1
    assert "alpha: 1 works" in run("server", "list", server.url()).stdout


def test_several_institutions_ask_which(server) -> None:
    result = run("bake", "--from", server.url(), "-o", "unused.db")
    assert "which institution? Put ?institution=alpha behind the address" in str(result.exception)
    assert not Path("unused.db").exists()
