"""The statements that create a table, its indexes and its full-text index, as it declares them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.store.table import Column, Table

__all__ = ["create_full_text", "create_indexes", "create_table", "insert_into"]

TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bytes: "BLOB"}
"""SQLite's name of a column's type."""


def create_table(table: Table) -> str:
    """Give the statement that creates a table."""
    references = {column: (other, key) for column, other, key in table.foreign_keys}
    parts = [column_definition(table, column, references) for column in table.columns]
    if isinstance(table.pk, tuple):
        parts.append(f"PRIMARY KEY ({', '.join(map(quoted, table.pk))})")
    return f"CREATE TABLE {quoted(table.name)} (\n   " + ",\n   ".join(parts) + "\n)"


def column_definition(table: Table, column: Column, references: dict[str, tuple[str, str]]) -> str:
    """Give a column as `CREATE TABLE` wants it."""
    words = [quoted(column.name), TYPES[column.type]]
    if table.pk == column.name:
        words.append("PRIMARY KEY")
    if column.name in table.not_null:
        words.append("NOT NULL")
    if column.name in references:
        other, key = references[column.name]
        words.append(f"REFERENCES {quoted(other)}({quoted(key)})")
    return " ".join(words)


def create_indexes(table: Table) -> Iterator[str]:
    """Give the statements that create a table's indexes."""
    for columns in table.indexes:
        name = "_".join(["idx", table.name, *(c.removeprefix("-") for c in columns)])
        parts = (quoted(c[1:]) + " desc" if c.startswith("-") else quoted(c) for c in columns)
        yield (f"CREATE INDEX {quoted(name)}\n    ON {quoted(table.name)} ({', '.join(parts)})")


def create_full_text(table: Table, tokenizer: str) -> Iterator[str]:
    """Give the statements that create and fill a table's full-text index.

    The index keeps no text of its own: it reads the table's (`content=`).
    """
    if table.full_text is None:
        return
    name = quoted(f"{table.name}_fts")
    columns = ", ".join(map(quoted, table.full_text.columns))
    yield (
        f"CREATE VIRTUAL TABLE {name} USING FTS5 (\n    {columns},\n"
        f"    tokenize='{tokenizer}',\n    content={quoted(table.name)}\n)"
    )
    for command in ("rebuild", "optimize"):
        yield f"INSERT INTO {name} ({name}) VALUES ('{command}')"  # noqa: S608 names come from the schema


def insert_into(table: Table) -> str:
    """Give the statement that inserts a row with all columns."""
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {quoted(table.name)} VALUES ({marks})"  # noqa: S608 names come from the schema


def quoted(name: str) -> str:
    """Quote a name of the schema."""
    return '"' + name.replace('"', '""') + '"'
