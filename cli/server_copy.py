"""A local copy of what a server holds, for the commands that read."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from kb.errors import DatabaseUnusable
from kb.postgres.bake import bake
from kb.postgres.link import read_server

__all__ = ["copy_of", "server_address"]

SERVER = re.compile(r"(postgres(?:ql)?):/+(.*)")
"""An address as a path keeps it: slashes that follow each other become one."""


def server_address(db: Path | None) -> str:
    """Give the address of a server that `--db` names; empty when it names a file.

    Examples:
        >>> server_address(Path("postgresql://me@host/kb"))
        'postgresql://me@host/kb'
        >>> server_address(Path("kb.db"))
        ''
    """
    found = SERVER.fullmatch(str(db).replace("\\", "/")) if db is not None else None
    return f"{found[1]}://{found[2]}" if found else ""


def copy_of(address: str) -> Path:
    """Give an up-to-date file of an institution's rows in the user's cache.

    The file is written anew only when the server has a newer load, so that a command costs one
    question to the server; answers are those of the file that `kb build` writes.

    Raises:
        DatabaseUnusable: the server cannot be reached, or the cache cannot be written.
    """
    folder = Path(
        os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    )
    name = hashlib.sha256(address.encode()).hexdigest()[:24]
    target = folder / "coursebib" / f"{name}.db"
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(f"{target.parent}: cannot be made: {error.strerror}") from error
    bake(read_server(address), target)
    return target
