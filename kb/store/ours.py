"""Which files are ours to replace: never a source, never somebody else's file."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from kb.errors import DatabaseUnusable

__all__ = ["PUBLIC", "STAFF", "require_ours", "require_outside"]

PUBLIC = 0x6B627075
"""`application_id` of a public database, `kbpu` (SQLite file format, section 1.3.9)."""

STAFF = 0x6B627374
"""`application_id` of a staff database, `kbst`."""

MAGIC = b"SQLite format 3\0"


def require_ours(target: Path, kind: int) -> None:
    """Refuse to replace a file that is not a database of ours and of this kind.

    A file that does not exist, or is empty, may be written.

    Args:
        target: the file.
        kind: `PUBLIC` or `STAFF`.

    Raises:
        DatabaseUnusable: it is something else; it is as it was.
    """
    if not target.exists():
        return
    if not target.is_file():
        raise DatabaseUnusable(f"{target}: is no file; name another with --db or --staff")
    found = kind_of(target)
    if found in {kind, None}:
        return
    what = {PUBLIC: "the public database", STAFF: "a staff database"}.get(
        found, "not a database of ours"
    )
    raise DatabaseUnusable(f"{target}: is {what}; nothing was written, name another file")


def kind_of(target: Path) -> int | None:
    """Give the kind of a database; 0 for anything else, None for an empty file."""
    try:
        with open(target, "rb") as stream:
            head = stream.read(100)
    except OSError as error:
        raise DatabaseUnusable(f"{target}: cannot be read: {error.strerror or error}") from error
    if not head:
        return None
    if not head.startswith(MAGIC) or len(head) < 100:
        return 0
    marked = int.from_bytes(head[68:72], "big")
    return marked or kind_by_tables(target)


def kind_by_tables(target: Path) -> int:
    """Tell a database of before files were marked by its tables."""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(
            sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection,
    ):
        names = {name for (name,) in connection.execute("select name from sqlite_master")}
        if {"build", "works", "readings"} <= names:
            return PUBLIC
        if {"build", "rubrics", "staff_annotations"} <= names:
            return STAFF
    return 0


def require_outside(target: Path, root: Path) -> None:
    """Refuse a target among the sources.

    Raises:
        DatabaseUnusable: it is below `bib/` or `quizzes/`.
    """
    real = target.resolve()
    for name in ("bib", "quizzes"):
        if real.is_relative_to((root / name).resolve()):
            raise DatabaseUnusable(f"{target}: lies among the sources; name a file outside {name}/")
