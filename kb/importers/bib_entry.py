"""One entry of somebody else's bibliography in the words of this one: topics, note, layout."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.edit.prose import join_lines, wrap_prose
from kb.parse.bibtex import RawEntry
from kb.parse.bibtex_write import write_entry
from kb.parse.macros import MONTHS
from kb.text import clean, collapse, title_key
from kb.validate.public_fields import OWN_FIELDS, is_public

__all__ = ["NOTE_FIELDS", "Adapted", "adapt_entry"]

NOTE_FIELDS = ("annote", "annotation", "review", "note", "abstract")
"""Where people keep what they think of a work, surest first."""

MOVED = frozenset({"annote", "annotation", "review"})
"""Note fields that become the annotation; of the others it is a copy."""

PROSE = frozenset({"abstract", "annote", "note", "review", "comment"})
"""Fields whose paragraphs stay apart."""

BIBLIOGRAPHIC = re.compile(
    r"(?:accessed|retrieved|visited|last|available|arxiv|https?:|\\url|doi|isbn|to appear|in press|accepted|published|version|forthcoming)\b",
    re.IGNORECASE,
)
"""The beginning of a `note` that says where a work is to be found, not what it is."""

MIN_NOTE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Adapted:
    """An entry ready to be written, and what was decided about it."""

    text: str
    """BibTeX."""
    note_from: str
    """The field that became the annotation; empty when none did."""
    other_notes: tuple[str, ...]
    """Further fields with notes, kept under their names."""
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    """Keywords that are no topics."""
    private: tuple[str, ...] = ()
    """Fields that are kept and never leave the sources."""


def adapt_entry(entry: RawEntry, topics: Mapping[str, str], notes: str = "auto") -> Adapted:
    """Give an entry in the layout and fields of this collection; every field stays, none is decoded.

    Args:
        topics: folded names of topics to slugs.
        notes: field that becomes the annotation, `auto` for the first of `NOTE_FIELDS`, `none`.

    Raises:
        ValueError: the entry would not read back.
    """
    values = {field.name: field.value for field in entry.fields}
    found = tuple(name for name in NOTE_FIELDS if is_note(name, values.get(name, "")))
    chosen = next((name for name in found if notes in ("auto", name)), "")
    slugs, words = sort_keywords(
        ", ".join(v for n in ("keywords", "keyword") if (v := values.get(n, ""))), topics
    )
    fields: list[tuple[str, str]] = []
    for name, value in values.items():
        if (
            name not in {"keywords", "keyword", "annotation-staff"}
            and not (name in MOVED and name == chosen)
            and name != "annotation"
        ):
            fields.append((name, month_macro(value) if name == "month" else tidy(name, value)))
    if slugs or words:
        fields.append(("keywords", ", ".join((*slugs, *words))))
    column = max((len(n) for n, _ in fields), default=0)
    note = annotation_of(values, chosen)
    if note:
        fields.append(("annotation", wrap_prose(note, max(column, len("annotation")) + 6)))
    if values.get("annotation-staff"):
        fields.append(("annotation-staff", values["annotation-staff"]))
    return Adapted(
        write_entry(entry.entry_type, entry.key, fields),
        chosen,
        tuple(n for n in found if n != chosen),
        slugs,
        words,
        tuple(n for n, _ in fields if not is_public(n) and n not in OWN_FIELDS),
    )


def annotation_of(values: Mapping[str, str], chosen: str) -> str:
    """Give the annotation: the chosen note, and what stood in `annotation` before."""
    parts = [join_lines(clean(values[chosen]))] if chosen else []
    own = join_lines(clean(values.get("annotation", "")))
    if own and own not in parts:
        parts.append(own)
    return "\n\n".join(parts)


def is_note(name: str, value: str) -> bool:
    """Tell whether a field holds a note; a `note` that only says where a work appeared does not."""
    words = len(value.split())
    return bool(words) and (
        name != "note" or (words >= MIN_NOTE_WORDS and not BIBLIOGRAPHIC.match(value.strip(" {\\")))
    )


def month_macro(value: str) -> str:
    """Give a month that is one as its macro, others as they are."""
    return next(
        (
            name
            for name, full in MONTHS.items()
            if value.strip().casefold() in {name, full.casefold()}
        ),
        collapse(value),
    )


NAMES = frozenset({"author", "editor", "translator", "bookauthor"})
ADDRESSES = frozenset({"url", "doi", "eprint", "pdf", "file"})
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
TAG = re.compile(
    r"</?(?:jats:)?(?:i|b|em|strong|italic|bold|p|span|tt|u|scp|sc|br)\b[^<>]*>", re.IGNORECASE
)
SHIFTED = re.compile(r"<(sub|sup)>([^<>{}]*)</\1>", re.IGNORECASE)
NUMBERED = re.compile(r"(?<=\w) 0\d{3}(?=\s+and\s|\s*$)", re.IGNORECASE)
"""`Wei Wang 0012`: how DBLP tells people of one name apart."""


def cleaned(name: str, value: str) -> str:
    """Give a value without what programs leave in it: HTML, escapes in addresses, numbers behind names."""
    if name in ADDRESSES:
        return html.unescape(re.sub(r"\{?\\([_%&#~])\}?(?:\{\})?", r"\1", value))
    if name in NAMES:
        value = NUMBERED.sub("", value)
    value = SHIFTED.sub(
        lambda m: f"\\text{'sub' if m[1].lower() == 'sub' else 'super'}script{{{m[2]}}}",
        TAG.sub("", value),
    )
    return ENTITY.sub(lambda m: re.sub(r"([%&#$_{}])", r"\\\1", html.unescape(m[0])), value)


def tidy(name: str, value: str) -> str:
    """Give a value without the line ends of another layout and what programs leave in it."""
    value = cleaned(name, value)
    return wrap_prose(join_lines(clean(value)), 4) if name in PROSE else collapse(clean(value))


def sort_keywords(value: str, topics: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give topics and other keywords, each once."""
    slugs: list[str] = []
    others: list[str] = []
    for word in re.split(r"[,;]", clean(value)):
        word = collapse(word)
        slug = topics.get(title_key(word), "") if title_key(word) else ""
        if slug:
            slugs.append(slug)
        elif word:
            others.append(re.sub(r"\s*/\s*", " / ", word))  # `a/b` would claim to be a topic
    return tuple(dict.fromkeys(slugs)), tuple(dict.fromkeys(others))
