"""The house layout of .bib files: one field a line, `=` in one column, values untouched."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.edit.bib import plain_entries
from kb.edit.bib_place import EditRefused, newline_of
from kb.findings import Severity
from kb.parse.bibtex import parse_bibtex
from kb.parse.bibtex_scan import ScannedEntry, scan
from kb.parse.bibtex_text import Lines

__all__ = ["Reformatted", "format_bib"]

TOUCHING = re.compile(r"[^\S\r\n]*(?:\r\n|\n|\r)?[^\S\r\n]*\Z")
"""Nothing, or one line end: a gap between entries that wants a blank line."""


@dataclass(frozen=True, slots=True)
class Reformatted:
    """A place whose layout changed."""

    line: int
    """Line in the old text, from 1."""
    key: str
    what: str


def format_bib(text: str) -> tuple[str, tuple[Reformatted, ...]]:
    """Give a file in the house layout, and what is different about it.

    Entries get two spaces before each field, lower-case types and field names, `=` in one column,
    braces
    around values, a comma after each field; a blank line stands between entries. Values, comments,
    order
    and line ends stay. Entries with errors, `%` comments or repeated fields are left alone.

    Raises:
        EditRefused: the result would not say the same; never seen, but checked.
    """
    newline = newline_of(text)
    lines = Lines(text)
    pieces: list[str] = []
    changes: list[Reformatted] = []
    at = 0
    previous: ScannedEntry | None = None
    for entry in scan(text):
        gap = text[at : entry.start]
        if (
            previous is not None
            and TOUCHING.fullmatch(gap)
            and is_whole(previous)
            and is_whole(entry)
        ):
            gap = newline * 2
            changes.append(Reformatted(lines(entry.start), entry.key, "no blank line before it"))
        pieces.append(gap)
        old = text[entry.start : entry.end]
        new = format_entry(text, entry, newline) if is_regular(entry) else old
        if new != old:
            changes.append(Reformatted(lines(entry.start), entry.key, "not in the house layout"))
        pieces.append(new)
        at, previous = entry.end, entry
    rest = text[at:]
    if previous is not None and previous.closed and not rest.strip(" \t\r\n") and rest != newline:
        rest = newline
        changes.append(
            Reformatted(lines(max(0, len(text) - 1)), "", "the file should end with one line end")
        )
    result = "".join(pieces) + rest
    if plain_entries(parse_bibtex(result, "")[0]) != plain_entries(parse_bibtex(text, "")[0]):
        raise EditRefused("the file would not read back as it should; it is left alone")
    return result, tuple(changes)


def is_whole(entry: ScannedEntry) -> bool:
    """Tell whether something is an entry with an end that does not depend on the line ends around
    it.
    """
    damaged = any(p.severity is Severity.ERROR for p in entry.problems)
    return entry.closed and not damaged and entry.type.casefold() not in {"string", "preamble"}


def is_regular(entry: ScannedEntry) -> bool:
    """Tell whether an entry may be laid out anew."""
    names = [f.name.casefold() for f in entry.fields]
    return (
        is_whole(entry)
        and bool(entry.key)
        and len(set(names)) == len(names)
        and not any(p.code in {"bibtex-percent", "bibtex-comment"} for p in entry.problems)
    )


def format_entry(text: str, entry: ScannedEntry, newline: str) -> str:
    """Write one entry."""
    width = max((len(f.name) for f in entry.fields), default=0)
    written = [f"@{entry.type.lower()}{{{entry.key},"]
    for field in entry.fields:
        value = text[field.value_start : field.value_end]
        if len(field.tokens) == 1 and field.tokens[0].kind == "quoted":
            value = f"{{{value[1:-1]}}}"
        written.append(f"  {field.name.lower():<{width}} = {value},")
    return newline.join([*written, "}"])
