"""Is the database made of the sources as they are now?"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

from kb import __version__
from kb.store.state import FileState, read_state, snapshot, write_state
from kb.store.version import SCHEMA_VERSION

__all__ = ["built_with", "fingerprint_of", "is_due", "is_fresh", "is_ours", "read_only", "scan"]


def scan(root: Path) -> list[tuple[str, os.DirEntry[str]]]:
    """Give every source file below `bib/` and `quizzes/` with its relative name, sorted."""
    found: list[tuple[str, os.DirEntry[str]]] = []
    open_folders = [str(root / "bib"), str(root / "quizzes")]
    while open_folders:
        folder = open_folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name.endswith("~"):
                continue
            if entry.is_dir(follow_symlinks=False):
                open_folders.append(entry.path)
            elif entry.name.lower().endswith((".bib", ".yaml", ".yml")) and is_file(entry):
                found.append((os.path.relpath(entry.path, root), entry))
    return sorted(found, key=itemgetter(0))


def is_file(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry can be read: no pipe, no device, no link that leads nowhere."""
    try:
        return entry.is_file()
    except OSError:
        return False


def fingerprint_of(files: Mapping[str, FileState]) -> str:
    """Give a hash of names and contents of all source files and of our version."""
    digest = hashlib.sha256(__version__.encode())
    for name, file in files.items():
        digest.update(f"{name}\0{file.digest}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def is_fresh(database: Path, root: Path) -> bool:
    """Tell whether `database` was built from the sources below `root` by this version.

    Contents decide. Files are only read whose signs (size, times, inode) are not those of the
    build:
    an edit that keeps size and time of the file is seen, and so is one made while a build ran.
    """
    with (
        contextlib.suppress(sqlite3.Error, OSError),
        contextlib.closing(read_only(database)) as connection,
    ):
        properties = is_ours(connection)
        built_from = properties.get("fingerprint", "")
        if is_due(properties):
            return False
        state = read_state(database, built_from)
        now = snapshot(scan(root), state.files if state else None)
        if fingerprint_of(now) != built_from:
            return False
        if state is not None and state.files != now:
            write_state(database, replace(state, files=now))
        return True
    return False


def is_due(properties: Mapping[str, str]) -> bool:
    """Tell whether the day has come on which a question is released that the build held back."""
    until = properties.get("until", "")
    return bool(until) and datetime.now(UTC).date().isoformat() >= until


def is_ours(connection: sqlite3.Connection) -> dict[str, str]:
    """Give what the build noted about itself; nothing in a database of another version."""
    if connection.execute("pragma user_version").fetchone()[0] != SCHEMA_VERSION:
        return {}
    return dict(connection.execute("select name, value from build"))


def read_only(database: Path) -> sqlite3.Connection:
    """Open a database that nobody is to write to."""
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)


def built_with(database: Path) -> dict[str, str]:
    """Give what the build noted about itself; nothing where there is no database of ours."""
    with (
        contextlib.suppress(sqlite3.Error, OSError),
        contextlib.closing(read_only(database)) as connection,
    ):
        return dict(connection.execute("select name, value from build"))
    return {}
