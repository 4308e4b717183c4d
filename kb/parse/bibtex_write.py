"""Writing BibTeX entries, with bibtexparser's writer in the house layout."""

from __future__ import annotations

from collections.abc import Iterable

import bibtexparser
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat

from kb.parse.braces import is_balanced
from kb.parse.macros import MONTHS

__all__ = ["write_entry"]


def write_entry(entry_type: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Give an entry with two spaces before each field and `=` in one column.

    Values are put in braces; a month that is a macro stays one.

    Raises:
        ValueError: a key or value that would not read back.
    """
    fields = [
        (name, value if name == "month" and value in MONTHS else f"{{{value}}}")
        for name, value in fields
    ]
    if not key or any(c in ' \t\r\n,{}()="#%' for c in key.replace("(", "").replace(")", "")):
        raise ValueError(f"{key!r} cannot be written as a key")
    if any(not is_balanced(value) for _, value in fields):
        raise ValueError(f"{key}: a value has braces without partner")
    layout = BibtexFormat()
    layout.indent, layout.value_column, layout.trailing_comma = "  ", "auto", True
    entry = Entry(entry_type, key, [Field(name, value) for name, value in fields])
    return str(bibtexparser.write_string(Library([entry]), unparse_stack=[], bibtex_format=layout))
