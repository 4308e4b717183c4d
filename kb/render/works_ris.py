"""Works as RIS, which EndNote, Mendeley, RefWorks and Zotero read.

Tags and types: "RIS Format Specifications", Research Information Systems, 2011. A value is one
line; every line ends in CRLF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kb.render.csl import CslItem, csl_item
from kb.render.setting import PLAIN, Setting
from kb.text import clean, collapse
from kb.views.models import WorkView

__all__ = ["render"]

TYPES = {
    "article-journal": "JOUR",
    "article": "UNPB",
    "paper-conference": "CONF",
    "book": "BOOK",
    "chapter": "CHAP",
    "entry-encyclopedia": "ENCYC",
    "thesis": "THES",
    "report": "RPRT",
    "webpage": "ELEC",
    "motion_picture": "VIDEO",
    "song": "SOUND",
    "software": "COMP",
    "dataset": "DATA",
    "patent": "PAT",
    "manuscript": "UNPB",
}
"""CSL types to types of references; what is none of these is `GEN`."""

PLAIN_TAGS = (
    ("T2", "container-title"),
    ("T3", "collection-title"),
    ("ST", "title-short"),
    ("VL", "volume"),
    ("IS", "issue"),
    ("M1", "number"),
    ("ET", "edition"),
    ("PB", "publisher"),
    ("CY", "publisher-place"),
    ("M3", "genre"),
    ("DO", "DOI"),
    ("UR", "URL"),
    ("AB", "abstract"),
    ("LA", "language"),
)
"""Tags that are one variable's text."""

PEOPLE = (("AU", "author"), ("ED", "editor"), ("A4", "translator"))


def render(works: Iterable[WorkView], how: Setting = PLAIN) -> str:
    """Give one record per work."""
    return "".join(f"{tag}  - {value}\r\n" for work in works for tag, value in record(work))


def record(work: WorkView) -> Iterator[tuple[str, str]]:
    """Give tags and values of a work, one line each."""
    item = csl_item(work)
    yield "TY", TYPES.get(item["type"], "GEN")
    yield "ID", line(work.key)
    yield "TI", line(item["title"])
    for tag, role in PEOPLE:
        for person in item.get(role, ()):
            yield tag, person_name(person)
    yield from dates(item)
    for tag, variable in PLAIN_TAGS:
        if text := line(str(item.get(variable, ""))):
            yield tag, text
    yield from pages(item)
    number = item.get("ISBN") or item.get("ISSN")
    if number:
        yield "SN", line(str(number))
    for _, title in work.topics:
        yield "KW", line(title)
    for word in work.keywords:
        yield "KW", line(word)
    for note in work.notes:
        yield "N1", line(note.text)
    yield "ER", ""


def line(text: str) -> str:
    """Give a text on one line."""
    return clean(collapse(text))


def person_name(person: dict[str, str]) -> str:
    """Give `Family, Given, Suffix`; an organisation as it is."""
    if "literal" in person:
        return line(person["literal"])
    family = " ".join(
        p for p in (person.get("non-dropping-particle", ""), person.get("family", "")) if p
    )
    parts = [family, person.get("given", "")]
    if person.get("suffix"):
        parts.append(person["suffix"])
    return ", ".join(line(p).replace(",", " ") for p in parts if p)


def dates(item: CslItem) -> Iterator[tuple[str, str]]:
    """Give year and date: `2020`, `2020/07/05/`."""
    issued: dict[str, Any] = item.get("issued", {})
    parts = (issued.get("date-parts") or [[]])[0]
    if not parts:
        return
    yield "PY", f"{parts[0]:04d}"
    padded = [f"{n:02d}" for n in parts[1:3]] + [""] * (3 - len(parts))
    if len(parts) > 1:
        yield "DA", f"{parts[0]:04d}/{'/'.join(padded)}/"


def pages(item: CslItem) -> Iterator[tuple[str, str]]:
    """Give first and last page; other portions as they are written."""
    written = line(str(item.get("page", "")))
    found = re.fullmatch(r"([\w:.]+?)\s*[-–]\s*([\w:.]+)", written)
    if found:
        yield "SP", found[1]
        yield "EP", found[2]
    elif written:
        yield "SP", written
