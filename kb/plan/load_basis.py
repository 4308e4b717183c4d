"""What a reading's minutes rest on: pages, words, recordings, a chapter's share, or the course's
rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.parse.locators import parse_locator
from kb.views.models import ReadingView

__all__ = ["Estimate", "Rule", "WorkLength", "estimate"]

PAPER_PAGE = (3.0, 4.5)
"""Minutes for a page of a paper: ten pages take the 30-45 minutes that the course tells its
students.
"""

BOOK_PAGE = (1.5, 2.5)
"""Minutes for a page of a book, which holds about half the words of a page of a paper."""

WORDS_A_MINUTE = (250, 170)
"""Fast and careful reading; 7500 words take 30-45 minutes."""

BOOKS = frozenset(
    {
        "book",
        "inbook",
        "incollection",
        "bookinbook",
        "collection",
        "mvbook",
        "manual",
        "phdthesis",
        "mastersthesis",
        "thesis",
    }
)
"""Entry types with pages of a book."""

WHOLE_IS_THE_CHAPTER = frozenset({"inbook", "incollection", "bookinbook"})
"""Entry types whose page range is that of the chapter itself."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Minutes from quick to careful reading, and why."""

    low: float
    high: float
    basis: str
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """What a semester tells its students about time: minutes for a text and for its question."""

    low: int = 30
    high: int = 45
    answering: int = 15
    stated: bool = False
    no_quiz: bool = False

    @staticmethod
    def of(reading: str, answering: str, no_quiz: bool) -> Rule:
        """Read `30-45` and `15`; the course's usual figures where nothing is stated."""
        minutes = [int(n) for n in re.findall(r"\d+", reading)]
        answer = re.search(r"\d+", answering)
        low, high = (minutes[0], minutes[-1]) if minutes else (30, 45)
        return Rule(low, high, int(answer[0]) if answer else 15, bool(minutes), no_quiz)

    @property
    def text(self) -> str:
        """Say the rule and whether the semester states it."""
        return (
            f"{self.low}-{self.high} minutes a text of unknown length, {self.answering} to "
            f"answer ({'policy' if self.stated else 'the usual rule'})"
        )


@dataclass(frozen=True, slots=True)
class WorkLength:
    """What an entry says about length beyond pages and recording, and how its pages are to be
    read.
    """

    type: str = ""
    words: int | None = None
    chapters: int | None = None
    """Number of chapters, as the entry says."""
    highest_chapter: int | None = None
    """Highest chapter that any semester assigns; a book has at least as many."""

    @staticmethod
    def of(type_: str, bibtex: str, highest_chapter: int | None) -> WorkLength:
        """Read the fields `words` and `chapters` of an entry."""
        return WorkLength(
            type_, number(bibtex, "words"), number(bibtex, "chapters"), highest_chapter
        )


def number(bibtex: str, field: str) -> int | None:
    """Give a numeric field of an entry as written."""
    found = re.search(rf"^\s*{field}\s*=\s*[{{\"]?\s*(\d+)", bibtex, re.IGNORECASE | re.MULTILINE)
    return int(found[1]) if found else None


def estimate(reading: ReadingView, length: WorkLength, rule: Rule) -> Estimate:
    """Give the minutes of a reading by the best that is known about it.

    Order: a span of a recording or of pages named by the reading; a chapter's share of a book whose
    number of pages and of chapters are known; the whole recording, words or pages; the rule.
    """
    by_rule = Estimate(rule.low, rule.high, "length unknown: rule of the course", measured=False)
    whole = not reading.locator_parts
    rate = BOOK_PAGE if length.type in BOOKS else PAPER_PAGE
    if reading.locator_unit == "time":
        minutes = span_minutes(reading.locator_parts[0])
        return (
            Estimate(minutes, minutes, f"{minutes:.0f} minutes of a recording")
            if minutes
            else by_rule
        )
    pages = pages_beside(reading)
    if pages:
        return page_estimate(pages, rate)
    if reading.locator_unit == "text":
        return by_rule
    if reading.locator_unit == "page":
        pages = sum(span_pages(part) for part in reading.locator_parts)
        return page_estimate(pages, rate) if pages else by_rule
    if reading.minutes and whole:
        return Estimate(reading.minutes, reading.minutes, f"recording of {reading.minutes} minutes")
    if whole and length.words:
        fast, careful = WORDS_A_MINUTE
        return Estimate(
            length.words / fast,
            length.words / careful,
            f"{length.words} words at {careful}-{fast} a minute",
        )
    if reading.length_pages and (whole or length.type in WHOLE_IS_THE_CHAPTER):
        return page_estimate(reading.length_pages, rate)
    if reading.length_pages and reading.locator_unit in {"chapter", "part"}:
        chapters = length.chapters or length.highest_chapter
        if chapters:
            share = reading.length_pages * len(reading.locator_parts) / chapters
            about = "" if length.chapters else "at least "
            return page_estimate(
                share, rate, f"{len(reading.locator_parts)} of {about}{chapters} chapters, about "
            )
    return by_rule


def pages_beside(reading: ReadingView) -> int:
    """Count the pages that a portion in another unit names: `Ch. 3, pp. 45-67`."""
    locator = parse_locator(reading.locator)
    found = (parts for unit, parts in (locator.beside if locator else ()) if unit == "page")
    return sum(span_pages(part) for parts in found for part in parts)


def page_estimate(pages: float, rate: tuple[float, float], prefix: str = "") -> Estimate:
    """Give the minutes of a number of pages."""
    shown = f"{pages:.0f} page{'' if round(pages) == 1 else 's'}"
    return Estimate(
        pages * rate[0], pages * rate[1], f"{prefix}{shown} at {rate[0]:g}-{rate[1]:g} minutes"
    )


def span_pages(part: str) -> int:
    """Give the number of pages in `3-12` or `7`."""
    numbers = [int(n) for n in re.findall(r"\d+", part)]
    if part.endswith("f."):
        return 0 if part.endswith("ff.") else 2
    return numbers[-1] - numbers[0] + 1 if numbers and numbers[-1] >= numbers[0] else 0


def span_minutes(part: str) -> float:
    """Give the minutes of `12:30-40:00`; 0 for a moment without end."""
    ends = [
        sum(int(n) * 60**k for k, n in enumerate(reversed(clock.split(":"))))
        for clock in part.split("-")
    ]
    return max(0.0, (ends[-1] - ends[0]) / 60) if len(ends) > 1 else 0.0
