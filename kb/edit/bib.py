"""Edits of .bib files that change the lines they mean to and no other byte.

Text in, text out. Every edit is read back before it is given out: the entry says what was meant,
all
others say what they said, or `EditRefused` is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.edit.bib_place import (
    DEFAULT_LAYOUT,
    EditRefused,
    field_of,
    find_entry,
    layout_of,
    line_start,
    newline_of,
)
from kb.parse.bibtex import RawEntry, parse_bibtex
from kb.parse.bibtex_scan import ScannedEntry, ScannedField
from kb.parse.bibtex_text import Braces

__all__ = [
    "append_entries",
    "remove_field",
    "require_writable",
    "set_field",
]

LATER_FIELDS = {"keywords": ("annotation", "annotation-staff"), "annotation": ("annotation-staff",)}
"""Fields before which a new one is put, as the house style has them."""

COMMA_FIRST = re.compile(r"[ \t]*,[ \t]*")
"""What stands before a field whose line begins with the comma."""


def set_field(text: str, key: str, name: str, value: str) -> str:
    """Give `text` with a field of an entry set, replaced in place or added in the entry's own
    layout.

    Raises:
        Unknown: no such entry.
        EditRefused: the value cannot be written as BibTeX, or the entry cannot be read.
    """
    require_writable(value, key, name)
    entry = find_entry(text, key)
    field = field_of(entry, name)
    if field is None:
        changed = insert_field(text, entry, name, f"{{{value}}}")
    else:
        changed = text[: field.value_start] + delimited(field, value) + text[field.value_end :]
    require_same(text, changed, key, name, value)
    return changed


def remove_field(text: str, key: str, name: str) -> str:
    """Give `text` without a field; unchanged when the entry has none."""
    entry = find_entry(text, key)
    field = field_of(entry, name)
    if field is None:
        return text
    start, end = field.start, field.value_end
    comma = re.compile(r"[ \t]*,").match(text, end, entry.end)
    end = comma.end() if comma else end
    layout = layout_of(text, field)
    rest = re.compile(r"[ \t]*(\r\n|\n|\r)").match(text, end, entry.end)
    before = max((f.value_end for f in entry.fields if f.value_end <= start), default=-1)
    first = line_start(text, start)
    if layout.own_line and rest:
        start, end = first, rest.end()
    elif comma is None and rest and before >= 0 and COMMA_FIRST.fullmatch(text[first:start]):
        start, end = first, rest.end()
    elif comma is None and before >= 0:
        start = before
    elif not layout.own_line:
        start -= len(text[first:start]) - len(text[first:start].rstrip(" \t"))
    elif comma:
        blanks = re.compile(r"[ \t]*").match(text, end, entry.end)
        end = blanks.end() if blanks else end
    changed = text[:start] + text[end:]
    require_same(text, changed, key, name, None)
    return changed


def append_entries(text: str, source: str) -> str:
    """Give `text` with BibTeX source added at its end, one blank line before it, in the file's line
    ends.
    """
    newline = newline_of(text or source)
    body = re.sub(r"\r\n|\r|\n", newline, source.strip("\r\n")) + newline
    if not text.strip():
        return text + body
    gap = (
        ""
        if re.search(r"(\r\n|\n|\r)[ \t]*\1\Z", text)
        else newline
        if text.endswith(("\n", "\r"))
        else newline * 2
    )
    changed = text + gap + body
    before, after = (
        parse_bibtex(text, "", library=False)[0],
        parse_bibtex(changed, "", library=False)[0],
    )
    if plain_entries(after)[: len(before)] != plain_entries(before) or len(after) != len(
        before
    ) + len(parse_bibtex(source, "", library=False)[0]):
        raise EditRefused("the end of the file cannot be read; mend its last entry first")
    return changed


def require_writable(value: str, key: str, name: str) -> None:
    """Refuse a value that BibTeX could not hold.

    Raises:
        EditRefused: braces without partner, or control characters.
    """
    braces = Braces(value)
    if (
        value.count("{") != value.count("}")
        or -1 in braces.closing
        or len(braces.closing) != value.count("}")
    ):
        raise EditRefused(f"{key}: {name}: a brace has no partner; BibTeX could not read it back")
    odd = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", value)
    if odd:
        raise EditRefused(f"{key}: {name}: the control character {odd[0]!r}; remove it")


def require_same(before: str, after: str, key: str, name: str, value: str | None) -> None:
    """Make sure that an edit changed one field of one entry and nothing else."""
    expected = []
    for entry_type, entry_key, fields in plain_entries(parse_bibtex(before, "", library=False)[0]):
        if entry_key == key:
            others = {n: v for n, v in fields.items() if n != name.casefold()}
            fields = others if value is None else {**others, name.casefold(): value}
        expected.append((entry_type, entry_key, fields))
    if plain_entries(parse_bibtex(after, "", library=False)[0]) != expected:
        raise EditRefused(
            f"{key}: {name}: the file would not read back as it should; edit it by hand"
        )


def plain_entries(entries: Iterable[RawEntry]) -> list[tuple[str, str, dict[str, str]]]:
    """Give what entries say, without their places."""
    return [(e.entry_type, e.key, {f.name: f.value for f in e.fields}) for e in entries]


def delimited(field: ScannedField, value: str) -> str:
    """Write a value between the delimiters the field has, or in braces when it cannot keep them."""
    bare = re.sub(r"\{[^{}]*\}", "", value)
    if (
        len(field.tokens) == 1
        and field.tokens[0].kind == "quoted"
        and not re.search(r"[\"{}]", bare)
    ):
        return f'"{value}"'
    return f"{{{value}}}"


def insert_field(text: str, entry: ScannedEntry, name: str, written: str) -> str:
    """Add a field before those that come later in the house style or a last one without comma, else
    behind the last one.
    """
    if not entry.fields:
        return insert_first(text, entry, name, written)
    newline = (
        newline_of(text[entry.start : entry.end])
        if "\n" in text[entry.start : entry.end]
        else newline_of(text)
    )
    later = next(
        (f for n in LATER_FIELDS.get(name.casefold(), ()) if (f := field_of(entry, n)) is not None),
        None,
    )
    if later is not None:
        layout = layout_of(text, later)
        gap = newline + layout.indent if layout.own_line else " "
        return text[: later.start] + layout.field(name, written) + "," + gap + text[later.start :]
    last = entry.fields[-1]
    layout = layout_of(text, last)
    gap = newline + layout.indent if layout.own_line else " "
    comma = re.compile(r"\s*,").match(text, last.value_end, entry.end)
    rest = (
        re.compile(r"[ \t]*(?:%[^\r\n]*)?(?=[\r\n])").match(text, comma.end(), entry.end)
        if comma
        else None
    )
    if layout.own_line and rest is None:  # before it: its line stays as it is
        return text[: last.start] + layout.field(name, written) + "," + gap + text[last.start :]
    lead = text[line_start(text, last.start) : last.start]
    if COMMA_FIRST.fullmatch(lead):
        return (
            text[: last.value_end]
            + newline
            + lead
            + layout.field(name, written)
            + text[last.value_end :]
        )
    if comma is None:
        return (
            text[: last.value_end]
            + ","
            + gap
            + layout.field(name, written)
            + text[last.value_end :]
        )
    at = rest.end() if rest and layout.own_line else comma.end()
    return text[:at] + gap + layout.field(name, written) + "," + text[at:]


def insert_first(text: str, entry: ScannedEntry, name: str, written: str) -> str:
    """Add a field to an entry that has none."""
    newline = newline_of(text)
    key_end = text.index(entry.key.split()[-1], entry.body) + len(entry.key.split()[-1])
    comma = text.find(",", key_end, entry.end)
    at = comma + 1 if comma >= 0 else key_end
    if not re.search(r"[\r\n]", text[entry.start : entry.end]):
        return (
            text[:at]
            + ("" if comma >= 0 else ",")
            + " "
            + DEFAULT_LAYOUT.field(name, written)
            + text[at:]
        )
    line = newline + DEFAULT_LAYOUT.indent + DEFAULT_LAYOUT.field(name, written) + ","
    end = "" if re.search(r"[\r\n]", text[at : entry.end]) else newline
    return text[:at] + ("" if comma >= 0 else ",") + line + end + text[at:]
