"""What a Datasette serves for us: which of its databases is ours, in which state, under which
title."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

__all__ = ["Site", "code_stamp", "find_site"]

OURS = frozenset({"works", "sessions", "readings", "topics", "build"})
"""Tables that make a database one of ours."""


@dataclass(frozen=True, slots=True)
class Site:
    """One of our databases in a Datasette."""

    database: str
    """Its name in Datasette."""
    stamp: str
    """Changes when the data or this program change."""


@cache
def code_stamp() -> str:
    """Give a hash of the program that makes the pages."""
    found = hashlib.sha256()
    for package in ("kb.web", "kb.render", "kb.views", "kb.lists", "kb.search", "kb.plan"):
        root = Path(str(files(package)))
        for path in sorted(
            p for p in root.rglob("*") if p.suffix in {".py", ".html", ".css", ".js", ".svg"}
        ):
            found.update(path.read_bytes())
    return found.hexdigest()


def read_stamp(path: str) -> str:
    """Give a hash of how a database was made; empty when it is none of ours."""
    try:
        connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
        try:
            tables = {
                name
                for (name,) in connection.execute(
                    "select name from sqlite_master where type = 'table'"
                )
            }
            if not tables >= OURS:
                return ""
            rows = connection.execute("select name, value from build order by name").fetchall()
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return ""
    status = Path(path).stat()
    return hashlib.sha256(
        repr((rows, status.st_size, status.st_mtime_ns, code_stamp())).encode()
    ).hexdigest()


def find_site(datasette: Any) -> Site | None:
    """Give the first database that is ours; None makes a Datasette stay as it is."""
    for name, database in datasette.databases.items():
        path = getattr(database, "path", None)
        if path and not str(name).startswith("_"):
            stamp = read_stamp(str(path))
            if stamp:
                return Site(str(name), stamp)
    return None
