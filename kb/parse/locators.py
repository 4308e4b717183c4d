"""Locators: the assigned portion of a work, as people write it."""

from __future__ import annotations

import re

from kb.records import Locator
from kb.text import collapse

__all__ = ["format_locator", "parse_locator"]

UNITS = (
    ("chapter", r"ch(?:ap(?:ter|itre)?)?s?|kap(?:itel)?|caps?(?=\.\s*\d)|cap[íi]tulos?"),
    ("section", r"sec(?:tion|t)?s?|§{1,2}"),
    ("pattern", r"pat(?:tern)?s?"),
    ("page", r"pp?|pages?|pgs?|(?-i:S)(?=\.\s*\d)|seiten?|p[áa]ginas?"),
    ("part", r"parts?|pts?"),
)
"""Units and the words people write for them, longest first within each."""

UNIT_WORD = re.compile(
    r"\s*(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in UNITS)
    + r")\b\.?\s*:?\s*|\s*(?P<mark>§{1,2})\s*",
    re.IGNORECASE,
)
"""The word in front of the parts."""

NUMBER = r"(?:\d+(?:\.\d+)*(?:ff?\.?|[a-z])?|[A-Z](?:\.\d+)*|[IVXL]+)"
"""`5`, `3.2`, `4a`, appendix `A.1`, Roman `IV`."""

PART = re.compile(rf"({NUMBER})(?:\s*(?:-{{1,3}}|–|—|\bto\b|\bthrough\b)\s*({NUMBER}))?")
"""One number or a range."""

SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|&)\s+|,|;|\+|&|\b(?:and|und|et|y|e)\b)\s*", re.IGNORECASE)
"""What stands between two parts."""

TIME = re.compile(
    r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:\s*(?:-|–|—|\bto\b)\s*(?:\d{1,2}:)?\d{1,3}:\d{2})?"
)
"""A span of a recording."""

LABELS = {"chapter": "Ch.", "section": "Sec.", "pattern": "Pat.", "page": "pp.", "part": "Part"}
"""How we write a unit."""


def parse_locator(text: str) -> Locator | None:
    """Read a locator; None when the text is none.

    Ranges of chapters, sections, patterns and parts are spelt out, page and time ranges stay as
    they are.

    Examples:
        >>> parse_locator("Ch. 6–8, 24").parts
        ('6', '7', '8', '24')
        >>> parse_locator("Ch. “Explainability and Trust”").parts
        ('Explainability and Trust',)
        >>> parse_locator("Building Intelligent Systems") is None
        True
    """
    value = re.sub(r"(?<=\d)\s+only$", "", collapse(text).strip(" ,;"))
    if TIME.fullmatch(value):
        return Locator(unit="time", parts=(re.sub(r"\s*(?:-|–|—|to)\s*", "-", value),))
    match = UNIT_WORD.match(value)
    if match is None:
        return None
    unit = (
        "section" if match["mark"] else next(name for name, _ in UNITS if match[name] is not None)
    )
    rest = value[match.end() :].strip()
    if not rest:
        return None
    parts = numbered(rest, unit)
    if parts:
        return Locator(unit=unit, parts=parts)
    name = rest.strip("\"'“”‘’«»").strip()
    counted = name[:1].isdigit() and rest[:1] == name[:1]
    return (
        Locator(unit=unit, parts=(name,))
        if unit in {"chapter", "section", "part", "pattern"} and name and not counted
        else None
    )


def numbered(text: str, unit: str) -> tuple[str, ...]:
    """Give the numbers in a list such as `2+5+20` or `6-8, 24`; empty when it is no such list."""
    parts: list[str] = []
    for piece in SEPARATOR.split(text.rstrip(".")):
        again = UNIT_WORD.match(piece)
        match = PART.fullmatch(
            piece[again.end() :] if again and again.end() < len(piece) else piece
        )
        if match is None:
            return ()
        parts.extend(spelt_out(match[1], match[2], unit))
    return tuple(dict.fromkeys(parts))


def spelt_out(first: str, last: str | None, unit: str) -> tuple[str, ...]:
    """Give the members of a range of whole numbers, up to 100; other ranges stay a range."""
    if last is None:
        return (first,)
    if unit != "page" and first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) < 100:
        return tuple(str(n) for n in range(int(first), int(last) + 1))
    return (f"{first}-{last}",)


def format_locator(locator: Locator) -> str:
    """Write a locator so that `parse_locator` reads it back.

    Examples:
        >>> format_locator(Locator(unit="chapter", parts=("5", "7", "8")))
        'Ch. 5, 7, 8'
    """
    if locator.unit == "time":
        return locator.parts[0]
    label = LABELS[locator.unit]
    if locator.unit == "page" and len(locator.parts) == 1 and "-" not in locator.parts[0]:
        label = "p."
    if len(locator.parts) == 1 and PART.fullmatch(locator.parts[0]) is None:
        return f"{label} “{locator.parts[0]}”"
    return f"{label} {', '.join(locator.parts)}"
