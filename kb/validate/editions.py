"""Editions: works of one title told apart, and chapters of one edition named in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kb.records import Locator, Work
from kb.text import collapse, title_key

__all__ = ["edition_text", "other_editions", "told_apart"]

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
"""Editions in words, as BibTeX's styles want them."""

FIELD = "chapters-elsewhere"
"""Field of a book that says where its chapters are in other editions: `1st ed.: 5=4, 6=5`."""


def edition_text(written: str) -> str:
    """Give an edition as people write it.

    Examples:
        >>> edition_text("2"), edition_text("Third"), edition_text("International edition")
        ('2nd ed.', '3rd ed.', 'International edition')
    """
    value = collapse(re.sub(r"[{}]", "", written))
    number = value.casefold()
    if number in ORDINALS:
        number = str(ORDINALS.index(number) + 1)
    number = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", number)
    if not number.isdigit():
        return value
    ending = "th" if number[-2:] in {"11", "12", "13"} else ""
    return f"{number}{ending or {'1': 'st', '2': 'nd', '3': 'rd'}.get(number[-1], 'th')} ed."


def told_apart(works: Iterable[Work]) -> dict[str, str]:
    """Give what tells works of one title and first author apart: key to edition, else year."""
    known = list(works)

    def look(work: Work) -> tuple[str, str]:
        return title_key(work.title), work.people[0].id if work.people else ""

    counts = Counter(look(work) for work in known)
    return {
        work.key: edition_text(work.fields.get("edition", ""))
        or (str(work.year) if work.year else "")
        for work in known
        if counts[look(work)] > 1
    }


def other_editions(locator: Locator | None, fields: Mapping[str, str]) -> str:
    """Give the chapters of a portion in the editions that the work names: `1st ed.: Ch. 4, 5`.

    Empty where nothing is stated of any of them.
    """
    stated = fields.get(FIELD, "")
    if locator is None or locator.unit != "chapter" or not stated:
        return ""
    found = []
    for edition in collapse(re.sub(r"[{}]", "", stated)).split(";"):
        name, _, pairs = edition.partition(":")
        numbers = dict(re.findall(r"([\w.]+)\s*=\s*([\w.]+)", pairs))
        chapters = [numbers[part] for part in locator.parts if part in numbers]
        if chapters:
            found.append(f"{name.strip()}: Ch. {', '.join(chapters)}")
    return "; ".join(found)
