"""What the commands that edit .bib files in place share: tag, annotate, add, rename-topic, fmt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.edit.bib_place import entries_of
from kb.edit.changes import open_file
from kb.errors import Unknown, UsageError
from kb.findings import nearest
from kb.sources.files import list_sources, read_source
from kb.validate.topics import read_topics

if TYPE_CHECKING:
    from kb.edit.changes import Change, OpenFile
    from kb.records import Topic

__all__ = [
    "DryRun",
    "carry_out",
    "read_tree",
    "unknown_topic",
    "file_with",
    "bib_target",
    "read_bytes",
]

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print the change as a diff, write nothing.")
]


def carry_out(changes: Sequence[Change], dry_run: bool, nothing: str) -> None:
    """Write changes, or show them."""
    if not changes:
        typer.echo(nothing, err=True)
    for change in changes:
        if dry_run:
            typer.echo(change.diff(), nl=False)
        else:
            change.write()
            typer.echo(f"changed {change.file.name}", err=True)


def read_tree(root: Path) -> tuple[Topic, ...]:
    """Give the topics of a source directory; findings are for `kb check`."""
    topics: list[Topic] = []
    for path in list_sources(root).topics:
        file, _ = read_source(path, root)
        topics.extend(read_topics(file)[0] if file is not None else ())
    return tuple(topics)


def unknown_topic(word: str, slugs: Iterable[str]) -> Unknown:
    """Make the error for a topic that is not there."""
    return Unknown("topic", word, nearest(word, slugs), "kb topics lists them all")


def file_with(root: Path, key: str) -> OpenFile:
    """Open the .bib file that holds a key.

    Raises:
        Unknown: none does; the nearest keys are named.
    """
    keys: list[str] = []
    for path in list_sources(root).bib:
        opened = open_file(path, root)
        if key in opened.text:
            found = [entry.key for entry in entries_of(opened.text)]
            if key in found:
                return opened
    for path in list_sources(root).bib:
        keys.extend(entry.key for entry in entries_of(open_file(path, root).text) if entry.key)
    raise Unknown("work", key, nearest(key, keys))


def bib_target(root: Path, into: Path | None, default: str) -> Path:
    """Give the file entries are appended to: below bib/, with or without saying so.

    Raises:
        UsageError: it is no .bib file below bib/.
    """
    folder = (root / "bib").resolve()
    if into is None:
        return folder / default
    for candidate in (into.absolute(), root / into, folder / into):
        target = candidate.resolve()
        if target.is_relative_to(folder) and target.suffix == ".bib":
            return target
    raise UsageError(f"--into {into}: a .bib file below {folder} expected")


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
