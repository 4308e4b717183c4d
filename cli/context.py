"""What every command needs: where the sources and the database are, and a database that is up to date."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.errors import BuildRefused, SourceNotFound, UsageError

if TYPE_CHECKING:
    from kb.findings import Finding
    from kb.records import Corpus
    from kb.store.build import Built

__all__ = [
    "DbOption",
    "JsonOption",
    "SourceOption",
    "Where",
    "build",
    "fail",
    "load",
    "open_fresh",
    "print_json",
    "show_findings",
    "source_root",
    "write_output",
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

SLOW = 1.0
"""Seconds after which a person wants to see that something happens."""


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
    from kb.sources.files import find_source_root

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


class Progress:
    """A line on a terminal's stderr, only when the work takes longer than a second."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.shown = False

    def __call__(self, what: str, done: int, total: int) -> None:
        if sys.stderr.isatty() and (self.shown or time.monotonic() - self.started > SLOW):
            self.shown = True
            sys.stderr.write(f"\r\x1b[2K{done}/{total} {what[:60]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Remove the line."""
        if self.shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def build(
    root: Path, database: Path, staff: Path | None = None, model: Path | None = None
) -> Built:
    """Build with progress; errors go to stderr as findings and end the command with exit code 1."""
    from kb.store.build import build_database

    progress = Progress()
    try:
        return build_database(root, database, staff, progress, model)
    except BuildRefused as error:
        progress.clear()
        loaded = error.args[1]
        show_findings(loaded.errors, err=True)
        state = "the old database is as it was" if database.exists() else "no database was written"
        typer.echo(f"{error.args[0].split(';')[0]}; {state}", err=True)
        raise typer.Exit(1) from error
    finally:
        progress.clear()


def model_of(database: Path) -> Path | None:
    """Give the model again when the database to be refreshed has sentence vectors; None when it has none."""
    if not database.is_file():
        return None
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        ) as old,
    ):
        if old.execute("select 1 from sqlite_master where name = 'vectors'").fetchone():
            from kb.encoder import find_model

            return find_model()
    return None


@contextlib.contextmanager
def open_fresh(source: Path | None, db: Path | None) -> Iterator[sqlite3.Connection]:
    """Open the database, built or refreshed first when the sources are newer."""
    from kb.store.fresh import is_fresh
    from kb.views.read import open_database

    place = where(source, db)
    if place.root is not None and not is_fresh(place.database, place.root):
        build(place.root, place.database, model=model_of(place.database))
    connection = open_database(place.database)
    try:
        yield connection
    finally:
        connection.close()


def show_findings(findings: tuple[Finding, ...], err: bool = False, full: bool = False) -> None:
    """Print findings, one line each, severity first; more than a few of one code in a file share a line unless `full`."""
    from kb.findings import group_findings

    colours = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.CYAN}
    groups = group_findings(findings, len(findings)) if full else group_findings(findings)
    for group in groups:
        finding = group.findings[0]
        place, _, rest = str(group).partition(": ")
        label = typer.style(f"{finding.severity}: ", fg=colours[finding.severity])
        typer.echo(f"{place}: {label}{printable(rest)} [{finding.code}]", err=err)
    if len(groups) < len(findings):
        typer.echo("`kb check --all` shows every one", err=True)


def printable(text: str) -> str:
    """Give text without characters that would move a terminal's cursor."""
    return "".join(c if c.isprintable() or c == " " else "�" for c in text)


def load(root: Path) -> Corpus:
    """Read the sources with progress; errors in them are counted on stderr, and what could be read is used."""
    from kb.text import plural
    from kb.validate.corpus import load_corpus

    progress = Progress()
    loaded = load_corpus(root, progress)
    progress.clear()
    if loaded.errors:
        typer.echo(
            f"{plural(len(loaded.errors), 'error')} in the sources, what they hide is left out; `kb check` names them",
            err=True,
        )
    return loaded.corpus


def fail(message: str, code: int = 1) -> None:
    """End a command with one line on stderr."""
    typer.echo(printable(message), err=True)
    raise typer.Exit(code)


def write_output(text: str, output: Path | None) -> None:
    """Print text, or write it to a file beside which no half-written file is left.

    Raises:
        UsageError: the file cannot be written.
    """
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        return
    try:
        temporary = output.with_name(f".{output.name}.new")
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(output)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror or error}") from error
    typer.echo(f"wrote {output}", err=True)


def print_json(value: Any) -> None:
    """Print dataclasses, tuples of them, or plain data, as JSON."""
    import json
    from dataclasses import asdict

    data = (
        value
        if isinstance(value, dict)
        else [asdict(v) for v in value]
        if isinstance(value, tuple | list)
        else asdict(value)
    )
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
