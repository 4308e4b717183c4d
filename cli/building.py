"""Building and reading the sources for a command, with progress and findings on stderr.

Loaded only where a database is older than its sources, or a command works on the sources
themselves: parsing brings most of what the program imports.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import time
from pathlib import Path

import typer

from cli.output import show_findings
from kb.encoder import find_model
from kb.errors import BuildRefused
from kb.records import Corpus
from kb.store.build import Built, build_database
from kb.text import plural
from kb.validate.corpus import load_corpus

__all__ = ["Progress", "build", "load", "model_of"]

SLOW = 1.0
"""Seconds after which a person wants to see that something happens."""


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
    """Give the model again when the database to be refreshed has sentence vectors, else None."""
    if not database.is_file():
        return None
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        ) as old,
    ):
        if old.execute("select 1 from sqlite_master where name = 'vectors'").fetchone():
            return find_model()
    return None


def load(root: Path) -> Corpus:
    """Read the sources with progress; errors are counted on stderr, the rest is used."""
    progress = Progress()
    loaded = load_corpus(root, progress)
    progress.clear()
    if loaded.errors:
        typer.echo(
            f"{plural(len(loaded.errors), 'error')} in the sources, what they hide is left out; "
            "`kb check` names them",
            err=True,
        )
    return loaded.corpus
