"""Names of people in BibTeX: `and` lists, particles, suffixes, BibLaTeX's named parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.parse.latex import latex_to_text
from kb.text import clean, collapse

__all__ = ["Name", "parse_names"]

AND = re.compile(r"(?:(?:\s|~)+and)+(?:\s|~)+", re.IGNORECASE)
STRAY_AND = re.compile(r"\A(?:and(?:\s|~)+)+|(?:(?:\s|~)+and)+\Z|\Aand\Z", re.IGNORECASE)
"""An `and` with nobody before or after it."""

NAMED_PART = re.compile(
    r"\s*(family|given|prefix|suffix|useprefix|id|giveni|familyi|prefixi|suffixi)\s*=\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
ET_AL = re.compile(r"(others|et\.?\s*al\.?)\.?", re.IGNORECASE)
RISKY = re.compile(r"[^\w\s.,'-]|--|''|_")
"""What a name of plain words has not."""

SUFFIX = re.compile(r"(jr|sr|junior|senior|i{2,3}|iv|ph\.?d|md|esq)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in Unicode; an organisation has only `family`."""

    family: str
    given: str = ""
    prefix: str = ""
    """Particles: `van der`."""
    suffix: str = ""
    """`Jr.`"""
    doubt: str = ""
    """Why the name is kept whole; empty when it was split with certainty."""


def parse_names(value: str) -> tuple[tuple[Name, ...], bool]:
    """Give the names of an `author` field in order, and whether it ends in `and others`.

    LaTeX is decoded only after splitting, so that accents do not hide `and` or commas. A name that
    cannot be split with certainty is kept whole as the family name and says so in its `doubt`.
    Rules: BibTeX's `format.name$` (Patashnik, "Designing BibTeX Styles", section 4), and the
        extended
    form of biblatex (manual, section 3.5).

    Examples:
        >>> parse_names("van den Bergh, Jürgen and {Google PAIR} and others")[0][0].prefix
        'van den'
    """
    names: list[Name] = []
    et_al = False
    for part in split_outside_braces(STRAY_AND.sub("", collapse(value)), AND):
        part = part.strip().rstrip(",").strip()
        if not part:
            continue
        if ET_AL.fullmatch(part):
            et_al = True
            continue
        trailing = re.search(r",?\s+et\.?\s+al\.?$", part, re.IGNORECASE)
        if trailing:
            et_al = True
            part = part[: trailing.start()]
        names.append(parse_name(part))
    return tuple(names), et_al


def split_outside_braces(value: str, separator: re.Pattern[str]) -> list[str]:
    """Split at `separator` where it stands outside braces."""
    if "{" not in value:
        return separator.split(value)
    depths = []
    depth = 0
    for character in value:
        depth += (character == "{") - (character == "}")
        depths.append(depth)
    parts, last = [], 0
    for found in separator.finditer(value):
        if depths[found.start()] <= 0 and found.start() >= last:
            parts.append(value[last : found.start()])
            last = found.end()
    return [*parts, value[last:]]


def plain(value: str) -> str:
    """Decode LaTeX and drop what is invisible."""
    return clean(collapse(latex_to_text(value)))


def parse_name(part: str) -> Name:
    """Read one name in any of BibTeX's three forms, or BibLaTeX's named parts."""
    if (
        part.startswith("{")
        and part.endswith("}")
        and split_outside_braces(part, re.compile(r"[\s,]+")) == [part]
    ):
        return Name(plain(part))
    if re.match(r"\s*(?:family|given|prefix)\s*=", part, re.IGNORECASE):
        named = dict(
            (m[1].casefold(), m[2])
            for p in split_outside_braces(part, re.compile(r","))
            if (m := NAMED_PART.fullmatch(p))
        )
        return Name(
            plain(named.get("family", "")),
            plain(named.get("given", "")),
            plain(named.get("prefix", "")),
            plain(named.get("suffix", "")),
        )
    pieces = [p.strip() for p in split_outside_braces(part, re.compile(r","))]
    if len(pieces) > 3:
        return Name(plain(part), doubt=f"{shorten(part)!r} has too many commas and is kept whole")
    if ";" in re.sub(r"\{[^{}]*\}|&\w+;", "", part):
        return Name(
            plain(part),
            doubt=f"{shorten(part)!r} has a semicolon where BibTeX wants `and`; it is kept whole",
        )
    if re.search(r"\s\\?&\s", re.sub(r"\{[^{}]*\}", "", part)):
        return Name(
            plain(part),
            doubt=f"{shorten(part)!r} has `&` where BibTeX wants `and`; it is kept whole",
        )
    if len(pieces) == 3 and " " in pieces[1] and not pieces[1].startswith("{"):
        return Name(
            plain(part),
            doubt=f"{shorten(part)!r} looks like several names without `and`; it is kept whole",
        )
    name = simple_name(part, pieces) or from_library(part, pieces)
    return name if name.family else Name(plain(part) or part, doubt=f"{shorten(part)!r} is no name")


def simple_name(part: str, pieces: list[str]) -> Name | None:
    """Read `Family, Given` or `Given Family` of capitalized words, as the library does.

    None for any other: particles, markup and suffixes are the library's. Most names are simple, and
    reading them takes a tenth of the time.
    """
    words = part.replace(",", " ").split()
    if RISKY.search(part) or not all(word[0].isupper() for word in words):
        return None
    if len(pieces) == 1 and len(words) > 1:
        return Name(clean(words[-1]), clean(" ".join(words[:-1])))
    if len(pieces) == 2 and all(pieces) and not SUFFIX.fullmatch(pieces[1]):
        return Name(clean(collapse(pieces[0])), clean(collapse(pieces[1])))
    return None


def shorten(part: str) -> str:
    """Give the beginning of a name for a message."""
    return part if len(part) <= 60 else part[:57] + "..."


def from_library(part: str, pieces: list[str]) -> Name:
    """Let bibtexparser split the name; fall back on the place of the commas when it cannot."""
    from bibtexparser.middlewares.names import (  # noqa: PLC0415 - heavy; loads with names
        parse_single_name_into_parts,
    )

    guarded = re.sub(
        r"(?<![{\\])(\\(?:[`'^\"~=.]|[A-Za-z](?![A-Za-z]))\s*\{?\\?[A-Za-z]\}?)", r"{\1}", part
    )
    try:
        parts = parse_single_name_into_parts(guarded, strict=False)
        family, given = plain(" ".join(parts.last)), plain(" ".join(parts.first))
        prefix, suffix = plain(" ".join(parts.von)), plain(" ".join(parts.jr))
    except (
        Exception
    ):  # the library raises its own and plain errors on odd names; the name stays whole
        family, given, prefix, suffix = (
            plain(pieces[0]),
            plain(pieces[-1]) if len(pieces) > 1 else "",
            "",
            "",
        )
    if len(pieces) == 2 and not suffix and SUFFIX.fullmatch(given) and " " in pieces[0]:
        *first, last = plain(pieces[0]).split()
        return Name(last, " ".join(first), "", given)
    if not family:
        return Name(given or plain(part), "", prefix if given else "", suffix)
    return Name(family, given, prefix, suffix)
