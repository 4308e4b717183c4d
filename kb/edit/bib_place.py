"""Where in a .bib file an entry and its fields stand, for edits that move nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.errors import KbError, Unknown
from kb.findings import Severity, nearest
from kb.parse.bibtex_scan import ScannedEntry, ScannedField, scan
from kb.parse.bibtex_text import Lines

__all__ = [
    "EditRefused",
    "Layout",
    "entries_of",
    "field_of",
    "find_entry",
    "layout_of",
    "line_start",
    "newline_of",
]

OTHERS = frozenset({"string", "preamble"})


class EditRefused(KbError, ValueError):
    """An edit that would not read back as it was meant; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a field is written: `  title    = {...}`."""

    own_line: bool
    """The field begins its line."""
    indent: str
    """White space before it on its line."""
    name_width: int
    """Characters from the name to the `=`."""
    before_equals: bool
    """There is space before the `=`."""
    after_equals: str

    def field(self, name: str, written: str) -> str:
        """Write a field like this one, its `=` below the other."""
        width = max(self.name_width, len(name) + self.before_equals)
        return f"{name:<{width}}={self.after_equals}{written}"


DEFAULT_LAYOUT = Layout(
    own_line=True, indent="  ", name_width=0, before_equals=True, after_equals=" "
)


def entries_of(text: str) -> tuple[ScannedEntry, ...]:
    """Give the entries proper of a file, broken ones included."""
    return tuple(e for e in scan(text) if e.type.casefold() not in OTHERS and not e.commented)


def find_entry(text: str, key: str) -> ScannedEntry:
    """Find the entry with a key.

    Raises:
        Unknown: there is none; the nearest keys are named.
        EditRefused: it is there twice, or cannot be read with certainty.
    """
    entries = entries_of(text)
    found = [e for e in entries if e.key == key]
    if not found:
        raise Unknown("work", key, nearest(key, (e.key for e in entries if e.key)))
    entry = found[0]
    line = Lines(text)
    if len(found) > 1:
        raise EditRefused(
            f"{key} is there twice, in lines {line(entry.start)} and {line(found[1].start)}; "
            "remove one of them first"
        )
    errors = [
        p for p in entry.problems if p.severity is Severity.ERROR and p.code != "bibtex-leftover"
    ]  # that stands behind the entry
    if errors:
        raise EditRefused(
            f"{key}: line {line(errors[0].offset)}: {errors[0].what}; mend that first"
        )
    return entry


def field_of(entry: ScannedEntry, name: str) -> ScannedField | None:
    """Give the field that counts under a name: the first one."""
    return next((f for f in entry.fields if f.name.casefold() == name.casefold()), None)


def line_start(text: str, at: int) -> int:
    """Give the offset at which the line of `at` begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def layout_of(text: str, field: ScannedField) -> Layout:
    """See how a field is written."""
    start = line_start(text, field.start)
    before = text[start : field.start]
    middle = text[field.start + len(field.name) : field.value_start]
    left, _, right = middle.partition("=")
    own_line = not before.strip()
    plain = not re.search(r"[\r\n%]", middle)
    return Layout(
        own_line=own_line,
        indent=before if own_line else "",
        name_width=len(field.name) + len(left) if plain and left else 0,
        before_equals=bool(left) or not plain,
        after_equals=right if plain else " ",
    )


def newline_of(text: str) -> str:
    """Give the line end a file uses most; LF for one without lines."""
    windows = text.count("\r\n")
    unix = text.count("\n") - windows
    mac = text.count("\r") - windows
    if windows > unix and windows >= mac:
        return "\r\n"
    return "\r" if mac > unix else "\n"
