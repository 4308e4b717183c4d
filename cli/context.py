"""Where a command's sources and database are, and a database that is up to date."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kb.errors import SourceNotFound
from kb.sources.files import find_source_root
from kb.store.fresh import built_with, is_fresh
from kb.text import plural
from kb.views.read import open_database

__all__ = [
    "DbOption",
    "JsonOption",
    "SourceOption",
    "Where",
    "open_fresh",
    "say_flaws",
    "source_root",
    "where",
]

SourceOption = Annotated[
    Path | None,
    typer.Option(
        "--source", metavar="DIR", help="Directory with bib/ and quizzes/ (default: here or above)."
    ),
]
DbOption = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="Database (default: kb.db beside the sources)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dataclass(frozen=True, slots=True)
class Where:
    """Sources and database of a command; no sources when only a database was named."""

    root: Path | None
    database: Path


def source_root(source: Path | None) -> Path:
    """Give the source directory.

    Raises:
        SourceNotFound: none there, none above.
    """
    return (
        find_source_root(source, explicit=True)
        if source is not None
        else find_source_root(Path.cwd())
    )


def where(source: Path | None, db: Path | None) -> Where:
    """Find sources and database; a database alone is enough for reading."""
    try:
        root = source_root(source)
    except SourceNotFound:
        if source is None and db is not None and db.is_file():
            return Where(None, db)
        raise
    return Where(root, db if db is not None else root / "kb.db")


@contextlib.contextmanager
def open_fresh(source: Path | None, db: Path | None) -> Iterator[sqlite3.Connection]:
    """Open the database, built or refreshed first when the sources are newer."""
    place = where(source, db)
    if place.root is not None and not is_fresh(place.database, place.root):
        from cli.building import refresh  # noqa: PLC0415  a fresh database needs no parsing

        refresh(place.root, place.database)
    if place.root is not None:
        say_flaws(place.database)
    connection = open_database(place.database)
    try:
        yield connection
    finally:
        connection.close()


def say_flaws(database: Path) -> None:
    """Count on stderr, in one line, what the sources of a database got wrong."""
    properties = built_with(database)
    errors = int(properties.get("errors", "0"))
    if errors:
        left_out = int(properties.get("left_out", "0"))
        typer.echo(
            f"{plural(errors, 'error')} in the sources: {left_out} left out, "
            f"{errors - left_out} in doubt; `kb check` names them",
            err=True,
        )
