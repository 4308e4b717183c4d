"""The staff database: rubrics and staff notes, in a file of their own that is never published."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kb.errors import DatabaseUnusable
from kb.records import Corpus, Prompt
from kb.store.ddl import create_table, insert_into
from kb.store.ours import STAFF, require_ours
from kb.store.schema import BUILD
from kb.store.table import Column, Table
from kb.store.write import lock, refuse_leftovers, remove_temporaries, storable, sync

__all__ = ["write_staff_database"]

RUBRICS = Table(
    name="rubrics",
    doc="What answers to prompts are worth.",
    columns=(
        Column("prompt", str, "Prompt"),
        Column("works", str, "Works it can be answered from, separated by spaces"),
        Column("rubric", str, "Rubric"),
    ),
    pk="prompt",
)
NOTES = Table(
    name="staff_annotations",
    doc="Notes for staff.",
    columns=(
        Column("id", str, "Name of the note; for a work's own note its key"),
        Column("works", str, "Works it is about, separated by spaces"),
        Column("text", str, "The note as Markdown"),
    ),
    pk="id",
)
HELD = Table(
    name="held_back",
    doc="Questions that are not public yet.",
    columns=(
        Column("prompt", str, "Prompt"),
        Column("works", str, "Works it can be answered from, separated by spaces"),
        Column("text", str, "The question as Markdown"),
        Column("release", str, "Its own rule; empty for that of the semester"),
    ),
    pk="prompt",
)


def write_staff_database(
    target: Path, corpus: Corpus, properties: dict[str, str], held: tuple[Prompt, ...] = ()
) -> None:
    """Write rubrics of prompts and staff annotations of works; only the owner may read the new
    file.

    Raises:
        DatabaseUnusable: the file cannot be written.
    """
    target = Path(os.path.realpath(target))
    require_ours(target, STAFF)
    refuse_leftovers(target)
    with lock(target):
        remove_temporaries(target)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY, 0o600))
            with contextlib.closing(sqlite3.connect(temporary)) as connection, connection:
                connection.execute(f"pragma application_id = {STAFF}")
                for table, rows in staff_rows(corpus, properties, held):
                    connection.execute(create_table(table))
                    connection.executemany(insert_into(table), map(storable, rows))
            os.chmod(temporary, 0o600)
            sync(temporary)
            os.replace(temporary, target)
            sync(target.parent)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseUnusable(
                f"{target}: not written: {error}; the old file is as it was"
            ) from error
        finally:
            with contextlib.suppress(OSError):
                remove_temporaries(target)


def staff_rows(
    corpus: Corpus, properties: dict[str, str], held: tuple[Prompt, ...]
) -> Iterator[tuple[Table, list[tuple[object, ...]]]]:
    """Give the tables of the staff file with their rows."""
    rubrics = [(p.id, " ".join(p.works), p.rubric) for p in corpus.prompts if p.rubric]
    notes = [(w.key, w.key, w.staff_annotation) for w in corpus.works if w.staff_annotation]
    notes += [(n.id, " ".join(n.works), n.text) for n in corpus.annotations if n.staff]
    yield RUBRICS, [*rubrics]
    yield NOTES, [*notes]
    yield HELD, [(p.id, " ".join(p.works), p.text, p.release) for p in held]
    yield BUILD, [*sorted(properties.items())]
