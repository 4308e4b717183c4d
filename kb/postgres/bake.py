"""The SQLite file of an institution, made from the server: what replicas of the site serve."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kb import __version__
from kb.postgres.ddl import SHARED_TABLES, columns_of, quoted
from kb.postgres.link import Server, own_institution, with_retries
from kb.postgres.migrations import require_current
from kb.store.rows import Row
from kb.store.search_index import fill_search_index
from kb.store.synonyms import fill_synonyms
from kb.store.version import SCHEMA_VERSION
from kb.store.write import write_database

if TYPE_CHECKING:
    import psycopg

__all__ = ["Baked", "bake"]


@dataclass(frozen=True, slots=True)
class Baked:
    """What baking did."""

    institution: str
    load: int
    """The last load that is in the file."""
    written: bool
    """False when the file held that load already."""


def bake(server: Server, target: Path, always: bool = False) -> Baked:
    """Write an institution's file, as `kb build` would, when the server has something newer.

    All tables are read in one snapshot; the file is written beside the old one, verified and
    renamed over it.

    Args:
        always: write it even when nothing changed.

    Raises:
        DatabaseUnusable: server or file cannot be used; the old file is as it was.
        UsageError: which institution is not clear, or the schema is older.
    """

    def work(connection: psycopg.Connection) -> Baked:
        require_current(connection)
        own = own_institution(connection, server)
        connection.execute("begin isolation level repeatable read read only")
        found = connection.execute(
            "select coalesce(max(id), 0), "
            "coalesce((array_agg(fingerprint order by id desc))[1], '') "
            "from kb.loads where institution = %s",
            (own,),
        ).fetchone()
        assert found is not None
        load, fingerprint = found
        name = f"{own}:{load}:{__version__}:{SCHEMA_VERSION}"
        if not always and held(target) == name:
            return Baked(own, load, False)
        properties = {"version": __version__, "server_load": name, "fingerprint": fingerprint}
        groups = connection.execute(
            "select words from kb.thesaurus where institution = %s order by position", (own,)
        ).fetchall()
        fill = [fill_search_index, fill_synonyms(tuple(words) for (words,) in groups)]
        write_database(target, rows_of(connection, own), properties, fill)
        return Baked(own, load, True)

    return with_retries(server, work)


def rows_of(connection: psycopg.Connection, own: str) -> Iterator[tuple[str, Row]]:
    """Give the rows of an institution, table by table in their order, a few thousand at a time."""
    for table in SHARED_TABLES:
        with connection.cursor(name=f"bake_{table.name}") as cursor:
            cursor.itersize = 5000
            cursor.execute(
                f'select {quoted(*columns_of(table))} from kb."{table.name}" '  # noqa: S608 declared names
                "where institution = %s order by ord",
                (own,),
            )
            for row in cursor:
                yield table.name, row


def held(target: Path) -> str:
    """Give which load a file was made of; empty when it was not, or cannot be read."""
    with contextlib.suppress(sqlite3.Error, OSError):
        connection = sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)
        try:
            row = connection.execute(
                "select value from build where name = 'server_load'"
            ).fetchone()
        finally:
            connection.close()
        return str(row[0]) if row else ""
    return ""
