"""What a page says of its course beside the schedule: title, numbers, people, days and times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from kb.importers.letters import UPPER
from kb.importers.tree import Block, Document, Shape
from kb.parse.times import TimeSpan, parse_time_span
from kb.text import DAYS, collapse

__all__ = ["NO_FACTS", "CourseFacts", "Meeting", "read_facts"]

MAX_BLOCKS = 60
"""Blocks at the beginning of a page in which it says what it is."""

NUMBER = re.compile(r"\b(?:[A-Z]{2,5}[ -]?\d{2,4}[A-Z]{0,2}|\d{1,2}-\d{3}|\d{1,2}\.\d{3,4})\b")
"""`LAW 512`, `17-445`, `6.1040`."""

GENERIC = re.compile(
    r"\W*(?:(?:course|class|reading|weekly|lecture|tentative|provisional)\s+)*"
    r"(?:schedule|syllabus|calendar|outline|plan|readings?|home(?:page)?|schedule of readings|input)?\W*",
    re.IGNORECASE,
)
TERM = re.compile(
    r"[\s,(–—-]*\b(?:spring|summer|fall|autumn|winter)\s+(?:20)\d\d\)?", re.IGNORECASE
)
NAME = rf"[{UPPER}][\w.’'-]*(?:\s+(?:de|van|von|der|al|bin)?\s?[{UPPER}][\w’'-]+){{1,3}}"
STAFF = re.compile(
    rf"(?:^|[.;(]\s*)(?P<role>(?:Instructors?|Professors?|Prof\.?|Lecturers?|Taught by|Teaching assistants?|TAs?))\s*:?\s+(?P<names>(?:(?:Prof\.|Dr\.)\s+)?{NAME}(?:(?:,|\s+and)\s+{NAME})*)"
)
WEEKDAYS = re.compile(
    r"\b(?P<letters>MWF|MW|TTh|TuTh|TR|WF|MTWThF)\b"
    r"|\b(?P<names>(?:(?:Mon|Tues?|Wednes|Thurs?|Fri)(?:day)?s?|Wed)(?:(?:\s*(?:,|and|&|/)\s*)+(?:(?:Mon|Tues?|Wednes|Thurs?|Fri)(?:day)?s?|Wed))*)\b"
)
LETTERS = {
    "MWF": "Mon Wed Fri",
    "MW": "Mon Wed",
    "TTh": "Tue Thu",
    "TuTh": "Tue Thu",
    "TR": "Tue Thu",
    "WF": "Wed Fri",
    "MTWThF": "Mon Tue Wed Thu Fri",
}
SPAN = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|—|to)\s*\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?",
    re.IGNORECASE,
)
NOT_CLASS = re.compile(r"office|hours|by appointment|recitation|section|lab\b|exam", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The days and the time on which class meets."""

    days: tuple[str, ...]
    time: TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What a page says of its course; what it does not say is empty."""

    title: str = ""
    numbers: tuple[str, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()
    """Names and roles."""
    meetings: tuple[Meeting, ...] = ()


NO_FACTS = CourseFacts()
"""What a page says that says nothing."""

EARLIEST = 8
"""The hour before which a time without `am` is in the afternoon."""


def read_facts(document: Document, rows: frozenset[int]) -> CourseFacts:
    """Read the facts at the beginning of a document.

    Args:
        rows: lines of the schedule itself, which say nothing of the course.
    """
    blocks = [b for b in islice(document.blocks, MAX_BLOCKS) if b.line not in rows]
    named = next((b.text for b in titles(blocks) if title_of(b.text) or NUMBER.search(b.text)), "")
    lines = [b.text for b in blocks if b.shape in {Shape.LINE, Shape.ITEM}]
    return CourseFacts(
        title=title_of(named),
        numbers=tuple(dict.fromkeys(NUMBER.findall(named))),
        staff=tuple(dict.fromkeys(person for line in lines for person in people_of(line))),
        meetings=tuple(islice((m for line in lines if (m := meeting_of(line))), 1)),
    )


def titles(blocks: list[Block]) -> Iterator[Block]:
    """Give the blocks that may be the title of the course, the likeliest first."""
    yield from (b for b in blocks if b.shape is Shape.HEADING and b.level == 1)
    yield from (b for b in blocks if b.what == "title of the page")
    yield from (b for b in blocks[:1] if b.shape is Shape.LINE and len(b.text.split()) <= 12)


def title_of(text: str) -> str:
    """Give a title without number, term and words such as `Syllabus`; empty when nothing is left."""
    bare = TERM.sub(" ", NUMBER.sub(" ", text))
    bare = re.sub(r"\(\s*\)", " ", bare)
    parts = [p for p in re.split(r"\s*[:|–—]\s+|\s+-\s+", bare) if not GENERIC.fullmatch(p)]
    return collapse(": ".join(parts)).strip(" ,;:.–—-|/")


def people_of(line: str) -> Iterator[tuple[str, str]]:
    """Give the people a line names, each with a role."""
    for found in STAFF.finditer(line):
        role = (
            "teaching assistant"
            if re.match(r"T", found["role"]) and "by" not in found["role"]
            else "instructor"
        )
        for name in re.split(r",\s+|\s+and\s+", found["names"]):
            yield re.sub(r"^(?:Prof\.|Dr\.)\s+", "", name), role


def meeting_of(line: str) -> Meeting | None:
    """Give the days and the time a line says class meets; None when it says none."""
    days, span = WEEKDAYS.search(line), SPAN.search(line)
    time = parse_time_span(span[0]) if span else None
    if (
        days is None
        or span is None
        or time is None
        or time.end is None
        or NOT_CLASS.search(line[: days.end()])
    ):
        return None
    named = (
        LETTERS[days["letters"]].split()
        if days["letters"]
        else [d for d in DAYS if re.search(rf"\b{d}", days["names"])]
    )
    if time.start.hour < EARLIEST and time.end and time.end.hour < 12 and "a" not in span[0]:
        later = time.end.replace(hour=time.end.hour + 12)
        time = replace(time, start=time.start.replace(hour=time.start.hour + 12), end=later)
    return Meeting(tuple(named), time)
