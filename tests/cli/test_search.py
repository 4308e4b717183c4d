"""Searching from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app

pytestmark = pytest.mark.collection


def search(words: str, project: Path, database: Path) -> list[str]:
    result = CliRunner().invoke(
        app, ["search", words, "--json", "--source", str(project), "--db", str(database)]
    )
    assert result.exit_code == 0, result.output
    return [hit["key"] for hit in json.loads(result.stdout)["hits"]]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("hidden technical debt", "sculley2015hidden"),
        ("kästner models to products", "kastner2024machine"),
        ("KASTNER from models to products", "kastner2024machine"),
        ("data linter", "hynes2017data"),
        ("criteria drift", "shankar2024validates"),
        ("checklist behavioral testing", "ribeiro2020beyond"),
    ],
)
def test_the_expected_work_comes_first(words: str, key: str, project: Path, database: Path) -> None:
    assert search(words, project, database)[0] == key


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "(",
        "NEAR(",
        "a AND",
        "*",
        "title:",
        "\x00",
        "🙂",
        "x " * 10_000,
        "'; drop table works; --",
    ],
)
def test_no_words_are_an_error(words: str, project: Path, database: Path) -> None:
    result = CliRunner().invoke(
        app, ["search", words, "--source", str(project), "--db", str(database)]
    )
    assert result.exit_code in {0, 1} and "Traceback" not in result.output
