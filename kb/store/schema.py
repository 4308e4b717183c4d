"""The database: all tables in order.

Names are public interface: people write SQL against them. `datasette-metadata.json` is made of this
list, and a test keeps the two in step.
"""

from __future__ import annotations

from kb.store.semester_tables import SEMESTER_TABLES
from kb.store.session_tables import SESSION_TABLES
from kb.store.table import Column, Table
from kb.store.work_tables import WORK_TABLES

__all__ = ["BUILD", "TABLES", "TOKENIZER"]

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""FTS5 tokenizer: English stems, accents ignored in every composed form."""

BUILD = Table(
    name="build",
    doc="How this file was made.",
    columns=(Column("name", str, "Property"), Column("value", str, "Value")),
    pk="name",
    hidden=True,
)

TABLES: tuple[Table, ...] = (*WORK_TABLES, *SEMESTER_TABLES, *SESSION_TABLES, BUILD)
"""Every table, targets of foreign keys before those that point at them."""
