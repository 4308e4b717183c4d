"""Two readings of one line, and which of them counts: where they agree the work is certain, else it is doubted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.importers.citation import Citation, clean_url
from kb.importers.cited_people import split_authors
from kb.importers.lines.reading import LineReading
from kb.text import title_key

__all__ = ["SURE_ALONE", "SURE_WORK", "Weighed", "agree", "reads_as_work", "weigh", "work_of"]

SURE = 0.4
"""How sure the learned reading must be to count against rules that do not understand the document."""

SURE_ALONE = 0.95
"""How sure it must be to be certain where the rules take a line for no work.

All three are measured by benchmarks/references.py.
"""

SURE_WORK = 0.4
"""How sure it must be for a line that the rules take for no work to be one."""

VOLUME = re.compile(
    r"(?:vol\w*\.?\s*)?(?P<volume>\d{1,4})(?:\s*(?:\(|,?\s*(?:no|nr|n|issue|number)\.?\s*|[.:](?=\d))(?P<number>[\w–-]+)\)?)?",
    re.IGNORECASE,
)
PAGES = re.compile(r"(?P<first>\d+)\s*[-–—]{1,2}\s*(?P<last>\d+)")
DOI = re.compile(r"10\.\d{4,9}/\S+")
ARXIV = re.compile(r"arxiv[:\s./]*(?:org/(?:abs|pdf)/)?(\d{4}\.\d{4,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The reading that counts, and what the ledger says of the other."""

    citation: Citation
    doubt: str = ""
    """`; or: ...` where the readings differ."""


def weigh(citation: Citation, reading: LineReading, year: int | None, trusted: bool) -> Weighed:
    """Give the better of two readings.

    Args:
        citation: what the rules read.
        reading: what the learned reader read.
        year: the year that the headings above a line name.
        trusted: whether the rules understand the document the line is of.
    """
    if not reading.title:
        return Weighed(citation, "; or: no work")
    if agree(citation, reading, year):
        return Weighed(citation)
    other = work_of(reading, citation)
    if not trusted and reading.sure >= SURE and not poorer(other, citation):
        return Weighed(other, f"; or: {brief(citation)}")
    return Weighed(citation, f"; or: {brief(other)}")


def reads_as_work(reading: LineReading) -> bool:
    """Tell whether a line reads as a work: a title beside people or a date, and little prose."""
    return (
        bool(reading.title)
        and reading.work >= 0.8
        and (reading.year is not None or ("A" in reading.order and "C" in reading.order))
    )


def agree(citation: Citation, reading: LineReading, year: int | None) -> bool:
    """Tell whether two readings of a line have the same title, first family name and year."""
    other = work_of(reading, citation)
    return (
        bool(reading.title)
        and title_key(citation.title) == title_key(other.title)
        and (citation.year == other.year or (other.year is None and citation.year == year))
        and first_family(citation) == first_family(other)
    )


def poorer(one: Citation, other: Citation) -> bool:
    """Tell whether a reading is the other with something missing, or a title cut at a bracket or grown over a dash or label."""
    lacks = (not one.authors and bool(other.authors)) or (
        one.year is None and other.year is not None
    )
    same = title_key(one.title) == title_key(other.title)
    odd = any(one.title.count(a) != one.title.count(b) for a, b in ("()", "[]", "“”"))
    joined = bool(other.title) and other.title in re.split(r"\s[-–—|]\s", one.title)[1:]
    labelled = re.match(r"(?:title|paper|article|book)\s*:\s", one.title, re.IGNORECASE) is not None
    return (same and lacks) or odd or joined or labelled


def first_family(citation: Citation) -> str:
    """Give the first family name without accents."""
    return title_key(citation.authors[0].split(",")[0]) if citation.authors else ""


def brief(citation: Citation) -> str:
    """Give a reading in a few words: `Lund (1999) Salt roads`."""
    people = citation.authors[0].split(",")[0] if citation.authors else "nobody"
    year = citation.year if citation.year is not None else "no year"
    return f"{people} ({year}) {citation.title}"


def work_of(reading: LineReading, rules: Citation | None) -> Citation:
    """Give a learned reading as a work; what it does not read is taken from the rules where they read something."""
    authors, et_al = split_authors(reading.people)
    base = rules or Citation((), False, "", None)
    volume = VOLUME.match(reading.numbers)
    pages = PAGES.search(reading.numbers)
    address = clean_url(reading.url)
    doi = DOI.search(address)
    arxiv = ARXIV.search(address)
    if address and "://" not in address and (doi or arxiv):
        address = (
            f"https://doi.org/{doi[0]}"
            if doi
            else f"https://arxiv.org/abs/{arxiv[1]}"
            if arxiv
            else ""
        )
    return replace(
        base,
        authors=authors,
        et_al=et_al,
        title=reading.title.rstrip(" .,;:"),
        year=reading.year,
        url=base.url or address,
        venue=reading.venue or base.venue,
        type=kind_of(reading) if rules is None or rules.type == "misc" else rules.type,
        volume=base.volume or (volume["volume"] if volume and reading.venue else ""),
        number=base.number or ((volume["number"] or "") if volume and reading.venue else ""),
        pages=base.pages or (f"{pages['first']}--{pages['last']}" if pages else ""),
        publisher=base.publisher or reading.publisher,
        doi=base.doi or (doi[0].rstrip(".,") if doi else ""),
        arxiv=base.arxiv or (arxiv[1] if arxiv else ""),
    )


def kind_of(reading: LineReading) -> str:
    """Give the BibTeX entry type that fits the parts of a reading."""
    if re.search(
        r"proceedings|\bproc\b|conference|workshop|symposium", reading.venue, re.IGNORECASE
    ):
        return "inproceedings"
    if reading.venue and reading.numbers:
        return "article"
    return "book" if reading.publisher and not reading.venue else "misc"
