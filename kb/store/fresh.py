"""Is the database made of the sources as they are now?"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from pathlib import Path

from kb import __version__

__all__ = ["built_with", "fingerprint", "is_fresh", "listing", "read_only"]


def listing(root: Path) -> tuple[str, int]:
    """Give a hash of names and sizes of all source files, and the newest change in nanoseconds.

    Only looks at the directory, not into the files.
    """
    digest = hashlib.sha256(__version__.encode())
    newest = 0
    for name, entry in sorted(scan(root)):
        status = entry.stat()
        digest.update(f"{name}\0{status.st_size}\n".encode("utf-8", "surrogateescape"))
        newest = max(newest, status.st_mtime_ns)
    return digest.hexdigest(), newest


def scan(root: Path) -> list[tuple[str, os.DirEntry[str]]]:
    """Give every source file below `bib/` and `quizzes/` with its relative name."""
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
            if entry.is_dir():
                open_folders.append(entry.path)
            elif entry.name.lower().endswith((".bib", ".yaml", ".yml")):
                found.append((os.path.relpath(entry.path, root), entry))
    return found


def fingerprint(root: Path) -> str:
    """Give a hash of names and contents of all source files and of our version."""
    digest = hashlib.sha256(__version__.encode())
    for name, entry in sorted(scan(root)):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
        try:
            with open(entry.path, "rb") as handle:
                digest.update(hashlib.file_digest(handle, "sha256").digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def is_fresh(database: Path, root: Path) -> bool:
    """Tell whether `database` was built from the sources below `root` by this version.

    Cheap when nothing was touched since the build: names, sizes and times. Else contents decide.
    """
    from kb.store.version import SCHEMA_VERSION

    try:
        built_at = database.stat().st_mtime_ns
        connection = read_only(database)
    except (OSError, sqlite3.Error):
        return False
    try:
        if connection.execute("pragma user_version").fetchone()[0] != SCHEMA_VERSION:
            return False
        properties = dict(connection.execute("select name, value from build"))
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    names, newest = listing(root)
    if properties.get("listing") != names:
        return False
    if newest < built_at:
        return True
    return properties.get("fingerprint") == fingerprint(root)


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
