"""The staff database: rubrics and staff notes, in a file of their own that is never published."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from kb.errors import DatabaseUnusable
from kb.records import Corpus
from kb.store.write import keep_mode, lock, refuse_leftovers, remove_temporaries, sync

__all__ = ["write_staff_database"]


def write_staff_database(target: Path, corpus: Corpus, properties: dict[str, str]) -> None:
    """Write rubrics of prompts and staff annotations of works; only the owner may read the new
    file.

    Raises:
        DatabaseUnusable: the file cannot be written.
    """
    import sqlite_utils

    target = Path(os.path.realpath(target))
    refuse_leftovers(target)
    with lock(target):
        remove_temporaries(target)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY, 0o600))
            connection = sqlite3.connect(temporary)
            with contextlib.closing(connection):
                database = sqlite_utils.Database(connection)
                rubrics = [
                    {"prompt": p.id, "works": " ".join(p.works), "rubric": p.rubric}
                    for p in corpus.prompts
                    if p.rubric
                ]
                notes = [
                    {"id": w.key, "works": w.key, "text": w.staff_annotation}
                    for w in corpus.works
                    if w.staff_annotation
                ]
                notes += [
                    {"id": n.id, "works": " ".join(n.works), "text": n.text}
                    for n in corpus.annotations
                    if n.staff
                ]
                database.table("rubrics").create(
                    {"prompt": str, "works": str, "rubric": str}, pk="prompt"
                ).insert_all(rubrics)
                database.table("staff_annotations").create(
                    {"id": str, "works": str, "text": str}, pk="id"
                ).insert_all(notes)
                database.table("build").create({"name": str, "value": str}, pk="name").insert_all(
                    {"name": n, "value": v} for n, v in sorted(properties.items())
                )
            keep_mode(target, temporary)
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
