"""Build: sources in, database out, or findings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb import __version__
from kb.errors import BuildRefused
from kb.store.fresh import fingerprint, listing
from kb.store.rows import corpus_rows
from kb.store.search_index import fill_search_index
from kb.store.staff import write_staff_database
from kb.store.write import write_database
from kb.text import plural
from kb.validate.corpus import Loaded, Progress, load_corpus

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
) -> Built:
    """Read `root`, check it, and write the database; with a model also sentence vectors.

    Raises:
        BuildRefused: the sources have errors; `args[1]` is what was loaded. The old file is as it was.
        DatabaseUnusable: the file cannot be written.
        SourceNotFound: nothing to read.
    """
    properties = {
        "version": __version__,
        "listing": listing(root)[0],
        "fingerprint": fingerprint(root),
    }
    loaded = load_corpus(root, progress)
    if loaded.errors:
        message = f"{plural(len(loaded.errors), 'error')} in {root}; {target.name} is as it was"
        raise BuildRefused(message, loaded)
    progress("writing", 1, 1)
    fill = [fill_search_index]
    if model is not None:
        from kb.encoder import Encoder
        from kb.store.vectors import fill_vectors

        encoder = Encoder(model)
        fill.append(lambda connection: fill_vectors(connection, encoder, progress))
    counts = write_database(target, corpus_rows(loaded.corpus), properties, fill)
    if staff is not None:
        write_staff_database(staff, loaded.corpus, properties)
    return Built(loaded, counts)
