"""Building and reading the sources for a command, with progress and findings on stderr.

Loaded only where a database is older than its sources, or a command works on the sources
themselves: parsing brings most of what the program imports.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import typer

from cli.output import fail, printable, show_findings
from kb.encoder import find_model
from kb.errors import BuildRefused, DatabaseUnusable, SourceNotFound
from kb.lists.change_file import change_file, read_changes, write_changes
from kb.lists.changes import grow
from kb.records import Corpus
from kb.render.calendar_events import calendar_events
from kb.store.build import Built, build_database
from kb.store.fresh import built_with
from kb.text import plural
from kb.validate.corpus import load_corpus
from kb.views.read import get_reading_list, get_semesters, open_database

__all__ = ["Progress", "build", "build_everything", "load", "model_of", "refresh", "require_sound"]

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
    root: Path,
    database: Path,
    staff: Path | None = None,
    model: Path | None = None,
    *,
    strict: bool = False,
) -> Built:
    """Build with progress; a refused build shows its findings and ends with exit code 1."""
    progress = Progress()
    try:
        built = build_database(root, database, staff, progress, model, strict=strict)
    except BuildRefused as error:
        progress.clear()
        loaded = error.args[1]
        show_findings(loaded.errors, err=True)
        state = "the old database is as it was" if database.exists() else "no database was written"
        typer.echo(f"{error.args[0].split(';')[0]}; {state}", err=True)
        raise typer.Exit(1) from error
    finally:
        progress.clear()
    remember(database)
    return built


def remember(database: Path) -> None:
    """Note what calendars hold now, so that subscribers are told what changed since."""
    path = change_file(database)
    known = read_changes(path)
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(stamp) if stamp.isdigit() else time.time(), UTC)
    at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    with contextlib.closing(open_database(database)) as connection:
        for semester in get_semesters(connection):
            found = [get_reading_list(connection, semester.id)]
            sections = [s.section for s in found[0].offering.sections]
            found += [get_reading_list(connection, semester.id, s) for s in sections]
            events = [e for reading_list in found for e in calendar_events(reading_list)]
            known[semester.id] = grow(known.get(semester.id), events, at)
    write_changes(path, known)


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


def refresh(root: Path, database: Path, old: Path) -> None:
    """Build for a command that reads: where that cannot be, the old database answers.

    Args:
        root: the source directory.
        database: what is built.
        old: what answers otherwise.

    Raises:
        BuildRefused, DatabaseUnusable, SourceNotFound: and there is no old one.
    """
    progress = Progress()
    try:
        build_database(root, database, None, progress, model_of(old))
        remember(database)
    except (BuildRefused, DatabaseUnusable, SourceNotFound) as error:
        progress.clear()
        if not built_with(old):
            if isinstance(error, BuildRefused):
                show_findings(error.args[1].errors, err=True)
            raise
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(old.stat().st_mtime))
        why = str(error.args[0] if error.args else error).partition("; ")[0]
        typer.echo(printable(f"answered from the database of {when}: {why}"), err=True)
    finally:
        progress.clear()


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


def require_sound(root: Path) -> None:
    """End the command with exit code 1 when the sources have an error, after naming each."""
    progress = Progress()
    loaded = load_corpus(root, progress)
    progress.clear()
    if loaded.errors:
        show_findings(loaded.errors, err=True)
        fail(f"{plural(len(loaded.errors), 'error')} in {root}; nothing was written")


def build_everything(root: Path, database: Path) -> None:
    """Build a database in which every question is public, for those who wrote them."""
    progress = Progress()
    try:
        build_database(root, database, progress=progress, today=date.max)
    finally:
        progress.clear()
