"""Write an edit of notes into a database without building it anew.

What most edits between two commands are: the annotation of a work or of a few. Whatever goes beyond
that (another field, a new entry, a finding that comes or goes) is left to a full build, and a test
holds that both give the same rows.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from kb.markup import KEY_LINK
from kb.parse.bibtex import RawEntry, parse_bibtex
from kb.records import Place, Topic, Work
from kb.store.fresh import fingerprint_of, is_due, is_ours, scan
from kb.store.patch_rows import move_lines, write_notes
from kb.store.state import (
    BLOCK,
    DIGEST,
    Blocks,
    FileState,
    State,
    hash_of,
    read_state,
    snapshot,
    write_state,
)
from kb.store.table import Subject
from kb.store.work_tables import WORK_TABLES
from kb.store.write import keep_mode, lock, refuse_leftovers, remove_temporaries, sync
from kb.validate.topic_names import topic_index
from kb.validate.works import entry_to_work

__all__ = ["patch_database"]

MOST = 20
"""Entries that are worth patching; more are built anew."""

OWN_COLUMNS = tuple(
    (column.name, column.taken)
    for table in WORK_TABLES
    if table.name == "works"
    for column in table.columns
    if column.take not in {"more", "owner"} and column.name != "line"
)
"""Columns of works that follow from the entry alone, wherever it stands, but not from its note."""

LARGE = 64_000_000
"""Bytes of a database from which on only what was touched is verified."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A file in which only notes changed."""

    path: str
    works: tuple[Work, ...]
    blocks: Blocks
    behind: int
    """Old line of the last changed entry's end: what lies behind moves."""
    shift: int
    """Lines by which it moves."""


class NotAPatch(Exception):
    """The change asks for a full build."""


def patch_database(root: Path, target: Path) -> bool:
    """Write changed annotations into a database that was built from `root`.

    Args:
        root: the source directory.
        target: the database, written anew beside it and renamed over it.

    Returns:
        False when the change is of another kind, and nothing was done.

    Raises:
        DatabaseUnusable: the file cannot be written.
    """
    target = Path(os.path.realpath(target))
    with contextlib.suppress(NotAPatch, OSError, sqlite3.Error, UnicodeDecodeError):
        with contextlib.closing(sqlite3.connect(f"{target.as_uri()}?mode=ro", uri=True)) as old:
            state, now, edits = find_edits(old, root, target)
        replace_with_patch(target, edits, fingerprint_of(now))
        blocks = state.blocks | {edit.path: edit.blocks for edit in edits}
        write_state(
            target, replace(state, fingerprint=fingerprint_of(now), files=now, blocks=blocks)
        )
        return True
    return False


def find_edits(
    old: sqlite3.Connection, root: Path, target: Path
) -> tuple[State, dict[str, FileState], tuple[Edit, ...]]:
    """Give what changed since the database was built.

    Raises:
        NotAPatch: something else than notes did.
    """
    properties = is_ours(old)
    state = read_state(target, properties.get("fingerprint", "")) if properties else None
    if (
        state is None
        or is_due(properties)
        or old.execute("select 1 from sqlite_master where name = 'vectors'").fetchone()
    ):
        raise NotAPatch
    now = snapshot(scan(root), state.files)
    changed = [
        n for n, f in now.items() if n not in state.files or f.digest != state.files[n].digest
    ]
    if list(now) != list(state.files) or not changed or not set(changed) <= set(state.blocks):
        raise NotAPatch
    index = topic_index(topics_of(old))
    edits = tuple(find_edit(old, root, name, state, index) for name in changed)
    # Contents are compared and not states, which also say since when a file lies still.
    if fingerprint_of(snapshot(scan(root), now)) != fingerprint_of(now):
        raise NotAPatch
    return state, now, edits


def topics_of(old: sqlite3.Connection) -> tuple[Topic, ...]:
    """Give the topics of a database, as far as keywords need them."""
    aliases: dict[str, tuple[str, ...]] = {}
    for slug, alias in old.execute(
        "select topic, alias from topic_aliases order by topic, position"
    ):
        aliases[slug] = (*aliases.get(slug, ()), alias)
    return tuple(
        Topic(slug=slug, title=title, aliases=aliases.get(slug, ()), place=Place(path=""))
        for slug, title in old.execute("select slug, title from topics order by position")
    )


def find_edit(
    old: sqlite3.Connection, root: Path, name: str, state: State, index: dict[str, str]
) -> Edit:
    """Give the changed works of a file."""
    path = name.replace(os.sep, "/")
    text = (root / name).read_bytes().decode("utf-8")
    low = text.casefold()
    if (
        "\r" in text
        or "@string" in low
        or "crossref" in low
        or "xdata" in low
        or text[:1] == "\ufeff"
    ):
        raise NotAPatch
    before = state.blocks[name]
    parts = BLOCK.split(text)
    size = 2 * DIGEST
    hashes = [before.hashes[at : at + size] for at in range(0, len(before.hashes), size)]
    new_hashes = list(map(hash_of, parts))
    first, behind = common_ends(hashes, new_hashes)
    region = "".join(parts[first : len(parts) - behind])
    above = sum(part.count("\n") for part in parts[:first])
    below = sum(part.count("\n") for part in parts[len(parts) - behind :])
    entries, findings = parse_bibtex(region, path, library=False)
    rows = old.execute(
        "select key, line from works where file = ? and line > ? and line <= ? order by line",
        (path, above, before.lines - below),
    ).fetchall()
    lines = tuple(entry.line + above for entry in entries)
    sound = not findings and entries and len(entries) <= MOST
    if (
        not sound
        or [entry.key for entry in entries] != [key for key, _ in rows]
        or lines[0] != rows[0][1]
    ):
        raise NotAPatch
    works = tuple(
        checked(old, moved(entry, line), state, index)
        for entry, line in zip(entries, lines, strict=True)
    )
    blocks = Blocks(text.count("\n"), "".join(new_hashes))
    return Edit(path, works, blocks, before.lines - below, blocks.lines - before.lines)


def common_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """Give how many blocks are the same at the beginning and at the end."""
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] != new[n]), most)
    behind = next((n for n in range(most - first) if old[-1 - n] != new[-1 - n]), most - first)
    return first, behind


def moved(entry: RawEntry, line: int) -> RawEntry:
    """Give an entry at its line in the whole file."""
    return replace(entry, line=line)


def checked(old: sqlite3.Connection, entry: RawEntry, state: State, index: dict[str, str]) -> Work:
    """Give the work of an entry of which only the note may have changed.

    Raises:
        NotAPatch: anything else did, or something is wrong with it.
    """
    work, findings = entry_to_work(entry, index)
    if work is None or findings or work.key in state.flawed or not work.annotation:
        raise NotAPatch
    names = set(KEY_LINK.findall(work.annotation + work.staff_annotation))
    marks = ", ".join("?" * len(names))
    found = old.execute(f"select count(*) from works where key in ({marks})", tuple(names))  # noqa: S608 only marks
    columns = ", ".join(name for name, _ in OWN_COLUMNS)
    row = old.execute(f"select {columns} from works where key = ?", (work.key,)).fetchone()  # noqa: S608 of the schema
    made = tuple(take(Subject(work)) for _, take in OWN_COLUMNS)
    if row != made or found.fetchone()[0] != len(names):
        raise NotAPatch
    return work


def replace_with_patch(target: Path, edits: tuple[Edit, ...], fingerprint: str) -> None:
    """Patch a copy of the database, verify it, and put it in the place of the old one."""
    refuse_leftovers(target)
    with lock(target):
        remove_temporaries(target)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            shutil.copyfile(target, temporary)
            with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as new:
                write_edits(new, edits, fingerprint)
                verify_patch(new, temporary.stat().st_size)
            keep_mode(target, temporary)
            sync(temporary)
            refuse_leftovers(target)
            os.replace(temporary, target)
            sync(target.parent)
        finally:
            with contextlib.suppress(OSError):
                remove_temporaries(target)


def write_edits(new: sqlite3.Connection, edits: tuple[Edit, ...], fingerprint: str) -> None:
    """Write edits in one transaction."""
    new.execute("pragma secure_delete = on")
    new.execute("begin immediate")
    for edit in edits:
        move_lines(new, edit.path, edit.behind, edit.shift)
        for work in edit.works:
            new.execute("update works set line = ? where key = ?", (work.place.line, work.key))
    write_notes(new, [work for edit in edits for work in edit.works])
    new.execute("update build set value = ? where name = 'fingerprint'", (fingerprint,))
    new.execute("commit")


def verify_patch(new: sqlite3.Connection, size: int) -> None:
    """Check what was patched: everything, or of a large file the tables that were touched.

    Raises:
        NotAPatch: it does not hold.
    """
    checks = ["foreign_key_check(work_links)"]
    checks += ["integrity_check"] if size < LARGE else ["integrity_check(annotations)"]
    for check in checks:
        if new.execute(f"pragma {check}").fetchone() not in {None, ("ok",)}:
            raise NotAPatch
