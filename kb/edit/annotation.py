"""The note about a work, as it stands in its entry."""

from __future__ import annotations

from kb.edit.bib import remove_field, set_field
from kb.edit.bib_place import (
    DEFAULT_LAYOUT,
    field_of,
    find_entry,
    layout_of,
    line_start,
    newline_of,
)
from kb.edit.prose import join_lines, wrap_prose
from kb.parse.bibtex import parse_bibtex
from kb.text import clean, collapse
from kb.validate.works import prose, unwrap

__all__ = ["note_of", "set_note", "shown_note"]


def note_of(text: str, key: str, field: str) -> str:
    """Give a note as a person edits it: one line per paragraph; empty when there is none."""
    find_entry(text, key)
    return join_lines(value_of(text, key, field))


def value_of(text: str, key: str, field: str) -> str:
    """Give the value of a field as written."""
    return next((e.get(field) or "" for e in parse_bibtex(text, "")[0] if e.key == key), "")


def set_note(text: str, key: str, field: str, note: str) -> str:
    """Give `text` with the note wrapped below itself; unchanged when it says so already.

    Raises:
        Unknown: no such entry.
        EditRefused: a brace without partner.
    """
    note = clean(note).strip()
    entry = find_entry(text, key)
    if not note:
        return remove_field(text, key, field)
    if join_lines(note) == note_of(text, key, field):
        return text
    present = field_of(entry, field)
    if present is not None:
        column = present.value_start - line_start(text, present.start) + 1
    else:
        layout = layout_of(text, entry.fields[-1]) if entry.fields else DEFAULT_LAYOUT
        column = (
            len(layout.indent)
            + max(layout.name_width, len(field) + layout.before_equals)
            + 1
            + len(layout.after_equals)
            + 1
        )
    return set_field(text, key, field, wrap_prose(note, column, newline_of(text)))


def shown_note(text: str, key: str, field: str) -> str:
    """Give what readers will see when it differs from what was written; empty when it does not."""
    value = value_of(text, key, field)
    shown = clean(unwrap(prose(value)))
    return shown if collapse(shown) != collapse(value) else ""
