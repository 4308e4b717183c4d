"""What a build knew of its sources: a small file beside the database, never published.

It holds, per source file, the signs by which the system shows that nobody wrote to it (size, times,
inode), the hash of its content, and hashes of its blocks. Without it everything is read again; it
is trusted only together with the database whose fingerprint it names.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

__all__ = ["Blocks", "FileState", "State", "blocks_of", "read_state", "snapshot", "write_state"]

SETTLED = 100_000_000
"""Nanoseconds after which two writes to a file cannot bear the same time."""

BLOCK = re.compile(r"^(?=@)", re.MULTILINE)
"""Where a block begins: usually an entry."""

DIGEST = 8
"""Bytes of a block's hash; two different versions of one block meet once in 10^19."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a `.bib` file."""

    lines: int
    hashes: str
    """Hexadecimal, joined."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A source file as it was read."""

    signs: tuple[int, ...]
    """Size, time of the last change of content, of the last change at all, inode."""
    digest: str
    """Of the content."""
    settled: bool
    """Whether equal signs prove equal content: a file that was just written may be written again
    within the same tick of the clock."""


@dataclass(frozen=True, slots=True)
class State:
    """What a build knew."""

    fingerprint: str
    """That of the database it belongs to."""
    files: dict[str, FileState]
    blocks: dict[str, Blocks] = field(default_factory=dict)
    flawed: tuple[str, ...] = ()
    """Keys of works with a finding that an edit of their note may end."""


def beside(database: Path) -> Path:
    """Give the file that belongs to a database."""
    return database.with_name(f".{database.name}.state")


def read_state(database: Path, fingerprint: str) -> State | None:
    """Give what the build of a database knew; None when that is not to be had."""
    try:
        raw = json.loads(beside(Path(os.path.realpath(database))).read_text(encoding="ascii"))
        if raw["fingerprint"] != fingerprint:
            return None
        return State(
            raw["fingerprint"],
            {
                n: FileState(tuple(f["signs"]), f["digest"], f["settled"])
                for n, f in raw["files"].items()
            },
            {name: Blocks(b["lines"], b["hashes"]) for name, b in raw["blocks"].items()},
            tuple(raw["flawed"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_state(database: Path, state: State) -> None:
    """Keep what a build knew;
    where it cannot be written, the next command reads everything again.
    """
    path = beside(Path(os.path.realpath(database)))
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        try:
            temporary.write_text(json.dumps(asdict(state), separators=(",", ":")), encoding="ascii")
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def snapshot(
    entries: list[tuple[str, os.DirEntry[str]]], known: dict[str, FileState] | None = None
) -> dict[str, FileState]:
    """Give the state of source files; only those whose signs differ from the known are read."""
    found: dict[str, FileState] = {}
    for name, entry in entries:
        old = (known or {}).get(name)
        try:
            signs = signs_of(os.stat(entry.path))
            if old is not None and old.settled and old.signs == signs:
                found[name] = old
                continue
            now = time.time_ns()
            with open(entry.path, "rb") as handle:
                digest = hashlib.file_digest(handle, "sha256").hexdigest()
            same = signs_of(os.stat(entry.path)) == signs
            found[name] = FileState(signs, digest, same and now - max(signs[1:3]) > SETTLED)
        except OSError:
            found[name] = FileState((), "unreadable", False)
    return found


def signs_of(status: os.stat_result) -> tuple[int, ...]:
    """Give what the system changes whenever somebody writes to a file or puts another in its place.

    The time of the last change of the inode cannot be set: `cp -p`, `rsync -t`
    and `touch -d` move it.
    """
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def blocks_of(text: str) -> Blocks:
    """Give the hashes of a file's blocks."""
    return Blocks(text.count("\n"), "".join(map(hash_of, BLOCK.split(text))))


def hash_of(block: str) -> str:
    """Give the hash of a block."""
    data = block.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=DIGEST).hexdigest()
