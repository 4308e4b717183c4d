"""Where a command's sources and database are, and a database that is up to date."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
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
    typer.Option(
        "--db",
        metavar="FILE",
        help="Database (default: kb.db beside the sources), or postgresql://HOST/NAME.",
    ),
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
        find_source_root(source, explicit=True) if source is not None else find_source_root(here())
    )


def here() -> Path:
    """Give the working directory.

    Raises:
        SourceNotFound: it was removed.
    """
    try:
        return Path.cwd()
    except OSError as error:
        raise SourceNotFound(
            "the working directory is gone; change to another, or name the sources with --source"
        ) from error


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
def open_fresh(
    source: Path | None, db: Path | None, *, everything: bool = False
) -> Iterator[sqlite3.Connection]:
    """Open the database, built or refreshed first when the sources are newer.

    Args:
        source: the source directory.
        db: the database that was named.
        everything: with the questions that are held back, from a copy of our own.
    """
    if (copy := copied(db)) is not None:
        with contextlib.closing(open_database(copy)) as connection:
            yield connection
        return
    place = where(source, db)
    database = readable(place, db is not None)
    if everything and place.root and built_with(database).get("held_back", "0") != "0":
        database = private_copy(place.root, "-all")
        from cli.building import build_everything  # noqa: PLC0415  questions held back are rare

        build_everything(place.root, database)
    connection = open_database(database)
    try:
        yield connection
    finally:
        connection.close()


def copied(db: Path | None) -> Path | None:
    """Give a copy of what a server holds, where `--db` names one."""
    if db is None or not str(db).startswith("postgres"):
        return None
    from cli.server_copy import copy_of, server_address  # noqa: PLC0415  only for servers

    address = server_address(db)
    return copy_of(address) if address else None


def readable(place: Where, named: bool) -> Path:
    """Give a database that is up to date with its sources, and count their flaws on stderr.

    Only the database beside the sources is written: a file that was named is only read. Where it
    is missing or older than its sources, a copy of our own answers.

    Args:
        place: sources and database.
        named: the database was named by the person.
    """
    if place.root is None:
        return place.database
    database = place.database
    if not is_fresh(database, place.root):
        if named or not may_write(database):
            database = private_copy(place.root)
        if not is_fresh(database, place.root):
            bring_up_to_date(place.root, database, place.database)
        if not built_with(database):
            database = place.database
    say_flaws(database)
    return database


def may_write(database: Path) -> bool:
    """Tell whether a database can be made or replaced where it stands."""
    return os.access(database.parent, os.W_OK)


def private_copy(root: Path, suffix: str = "") -> Path:
    """Give the file of a database of our own for a source directory, for this person only."""
    user = getattr(os, "getuid", lambda: 0)()
    folder = Path(tempfile.gettempdir()) / f"coursebib-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or (user and folder.stat().st_uid != user):
        folder = Path(tempfile.mkdtemp(prefix="coursebib-"))
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:24]
    return folder / f"{name}{suffix}.db"


def bring_up_to_date(root: Path, database: Path, wanted: Path) -> None:
    """Write an edit of notes into the database, or build it anew when more has changed."""
    if database.is_file():
        from kb.store.patch import patch_database  # noqa: PLC0415  a fresh one needs no parsing

        if patch_database(root, database):
            return
    from cli.building import refresh  # noqa: PLC0415  nor all that reads calendars

    refresh(root, database, wanted)


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
