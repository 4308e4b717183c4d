"""The schema on the server, made of the same declarations as the SQLite file.

Each table has two columns more: `institution`, which owns the row, and `ord`, the row's place in
its table. Schema `kb` holds everyone's rows; schema `mine` holds tables and views by the names of
the file, with the rows of the institution that `kb.institution` names.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.store.schema import TABLES
from kb.store.table import Table

__all__ = ["SHARED_TABLES", "columns_of", "keys_of", "table_ddl", "view_ddl"]

TYPES = {
    str: "text",
    int: "bigint",
    float: "double precision",
    bool: "bigint",
    bytes: "bytea",
}
"""Types of columns in Python and on the server."""

SHARED_TABLES: tuple[Table, ...] = tuple(
    table for table in TABLES if table.name != "build" and not table.name.startswith("search")
)
"""Tables that are loaded; those of the search index are made on the server."""


def keys_of(table: Table) -> tuple[str, ...]:
    """Give the columns of a table's primary key."""
    return (table.pk,) if isinstance(table.pk, str) else table.pk


def columns_of(table: Table) -> tuple[str, ...]:
    """Give the names of a table's columns, in order."""
    return tuple(column.name for column in table.columns)


def quoted(*names: str) -> str:
    """Give names as a list for SQL; they come from declarations, never from data."""
    return ", ".join(f'"{name}"' for name in names)


def table_ddl(table: Table) -> Iterator[str]:
    """Give the statements that make a table, its indexes and its policies."""
    keys = keys_of(table)
    columns = [
        f'"{c.name}" {TYPES[c.type]}{" not null" if c.name in keys else ""}' for c in table.columns
    ]
    name = f'kb."{table.name}"'
    parts = [
        "institution text not null references kb.institutions (id)",
        "ord double precision not null",
        *columns,
        f"primary key (institution, {quoted(*keys)})",
    ]
    yield f"create table if not exists {name} ({', '.join(parts)})"
    for index in table.indexes:
        terms = ", ".join(f'"{c.lstrip("-")}"{" desc" if c[0] == "-" else ""}' for c in index)
        title = f"{table.name}_{'_'.join(c.lstrip('-') for c in index)}"[:60]
        yield f'create index if not exists "{title}" on {name} (institution, {terms})'
    yield from policy_ddl(table.name)


def reference_ddl(table: Table) -> Iterator[str]:
    """Give the statements that add a table's references, checked when a transaction ends."""
    for column, other, key in table.foreign_keys:
        title = f"{table.name}_{column}_fk"[:60]
        yield f'alter table kb."{table.name}" drop constraint if exists "{title}"'
        yield (
            f'alter table kb."{table.name}" add constraint "{title}" '
            f'foreign key (institution, "{column}") references kb."{other}" (institution, "{key}") '
            "deferrable initially deferred"
        )
        yield (
            f'create index if not exists "{title}_ix" on kb."{table.name}" '
            f'(institution, "{column}")'
        )


def policy_ddl(name: str) -> Iterator[str]:
    """Give the statements by which everybody reads a table and each institution writes its rows.

    Row security is forced, so that the owner of the tables is bound by it too.
    """
    table = f'kb."{name}"'
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"
    own = "(institution = (select kb.writer()))"
    for policy, action, clauses in (
        ("everybody_reads", "select", "using (true)"),
        ("owner_adds", "insert", f"with check {own}"),
        (
            "owner_changes",
            "update",
            f"using {own} with check {own}",
        ),
        ("owner_removes", "delete", f"using {own}"),
    ):
        yield f"drop policy if exists {policy} on {table}"
        yield f"create policy {policy} on {table} for {action} {clauses}"
    yield f"grant select on {table} to kb_reader"
    yield f"grant select, insert, update, delete on {table} to kb_loader"


def view_ddl(table: Table) -> Iterator[str]:
    """Give the statements that make the view of an institution's own rows under the file's name."""
    yield (
        f'create or replace view mine."{table.name}" as select {quoted(*columns_of(table))} '  # noqa: S608 declared names
        f"from kb.\"{table.name}\" where institution = current_setting('kb.institution', true)"
    )
    yield f'grant select on mine."{table.name}" to kb_reader, kb_loader'
