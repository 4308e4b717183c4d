"""Build: sources in, database out, or findings."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from kb import __version__
from kb.errors import BuildRefused
from kb.store.fresh import fingerprint, listing, read_only
from kb.store.ours import PUBLIC, STAFF, require_ours, require_outside
from kb.store.rows import corpus_rows
from kb.store.search_index import fill_search_index
from kb.store.staff import write_staff_database
from kb.store.synonyms import fill_synonyms
from kb.store.write import write_database
from kb.text import plural
from kb.validate.corpus import Loaded, Progress, load_corpus
from kb.validate.sound import sound_corpus

__all__ = ["Built", "build_database"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build read and wrote."""

    loaded: Loaded
    counts: dict[str, int]
    """Rows per table."""


def build_database(
    root: Path,
    target: Path,
    staff: Path | None = None,
    progress: Progress = lambda what, done, total: None,
    model: Path | None = None,
    *,
    strict: bool = False,
) -> Built:
    """Read `root`, check it, and write what is sound; with a model also sentence vectors.

    Args:
        root: the source directory.
        target: the database.
        staff: where rubrics and staff notes go.
        progress: told what is done.
        model: folder of an encoder.
        strict: write nothing when there is an error.

    Raises:
        BuildRefused: nothing sound was read where a database has something, or `strict` and errors;
            `args[1]` is what was loaded. The old file is as it was.
        DatabaseUnusable: the file cannot be written.
        SourceNotFound: nothing to read.
    """
    properties = {
        "version": __version__,
        "listing": listing(root)[0],
        "fingerprint": fingerprint(root),
    }
    for file, kind in ((target, PUBLIC), (staff, STAFF)):
        if file is not None:
            require_outside(file, root)
            require_ours(Path(os.path.realpath(file)), kind)
    loaded = load_corpus(root, progress)
    if strict and loaded.errors:
        message = f"{plural(len(loaded.errors), 'error')} in {root}; {target.name} is as it was"
        raise BuildRefused(message, loaded)
    corpus = sound_corpus(loaded.corpus, loaded.findings)
    empty = not (corpus.works or corpus.semesters)
    if empty and (loaded.errors or holds_something(target)):
        raise BuildRefused(f"nothing in {root} can be read; {target.name} is as it was", loaded)
    properties |= {
        "errors": str(len(loaded.errors)),
        "left_out": str(loaded.left_out),
    }
    progress("writing", 1, 1)
    fill = [fill_search_index, fill_synonyms(loaded.corpus.thesaurus)]
    if model is not None:
        from kb.encoder import Encoder
        from kb.store.vectors import fill_vectors

        encoder = Encoder(model)
        fill.append(lambda connection: fill_vectors(connection, encoder, progress))
    counts = write_database(target, corpus_rows(corpus), properties, fill)
    if staff is not None:
        write_staff_database(staff, corpus, properties)
    return Built(loaded, counts)


def holds_something(database: Path) -> bool:
    """Tell whether a database has a work or a semester."""
    with (
        contextlib.suppress(sqlite3.Error, OSError),
        contextlib.closing(read_only(database)) as connection,
    ):
        query = "select exists (select 1 from works) or exists (select 1 from semesters)"
        return bool(connection.execute(query).fetchone()[0])
    return False
