"""Where a date stands in a line, and the number of the meeting beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.importers.runs import ATOM, Cell
from kb.parse.dates import find_day

__all__ = ["Dated", "day_line", "find_date", "meeting_of"]

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?"
LETTERS = r"(?-i:Mo?|Tu?|We?|TR|Th|R|Fr?|Sa|Su)\b\.?"
NUMBER = r"\d{1,2}(?:st|nd|rd|th)?(?!\d|:\d)"
DAY = (
    rf"(?:\b{MONTH}\s*{NUMBER}|(?<![\d/.:-]){NUMBER}\.?\s*(?:of\s+)?{MONTH}|(?<!\d)\d{{4}}-\d\d-\d\d(?!\d)"
    r"|(?<![\d/.:-])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])|(?<![\d.:])\d{1,2}\.\s?\d{1,2}\.(?:20\d\d|\d\d(?!\d))?)"
)
YEAR = r"(?:,?\s*(?:19|20)\d\d\b)?"
BEHIND = rf"(?:\s*[(\[]\s*(?:{WEEKDAY}|{LETTERS}|u)\s*[)\]]|,?\s+{WEEKDAY}(?=[\s,:)\]–—-]|$))?"
OTHER = rf"(?:{WEEKDAY},?\s+)?(?:{DAY}|(?:{MONTH}\s*)?{NUMBER}(?![/.]\d))"
SECOND = (
    rf"(?:\s*(?:-|–|—|--|\bto\b|\bthrough\b|&|\band\b|/)\s*{OTHER}(?!\s*(?:%|pm|am))"
    rf"|,\s*{OTHER}(?=[\s)\]]*(?:[:–—)\]-]|$)))?"
)
TIME = r"(?:,?\s*[(]?(?=[\d:.\s–apm-]*(?::|[ap]m))\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?(?:\s*[-–]\s*\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?)?[)]?)?"
DATE = re.compile(
    rf"(?:\b{WEEKDAY},?\s*|(?<![A-Za-z/&]){LETTERS},?\s+)?{DAY}{YEAR}{BEHIND}{SECOND}{YEAR}{BEHIND}{TIME}",
    re.IGNORECASE,
)
"""A date with its weekday, a second day and a time."""

COUNT = r"(?:#?\d{1,2}[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[IVX]{1,4})\b"
MEETING = re.compile(
    rf"\W*(?P<meeting>(?P<word>week|wk|lecture|lec|session|class|meeting|seminar|day|unit|module|lesson)\.?\s*{COUNT})"
    r"(?P<behind>\s*\((?=\s*\)))?\s*",
    re.IGNORECASE,
)
"""`Week 3`, `Class Two`."""

DAY_LINE = re.compile(
    rf"\W{{0,8}}(?P<day>{WEEKDAY})(?P<when>[^:–—\n]{{0,24}}?)[)]*\s*(?:(?:[:–—]|\s-\s)\s*(?P<rest>\S.*)?|$)",
    re.IGNORECASE | re.DOTALL,
)
"""`Wed: Discussion`, `Thursday (1/16): Lab`, `Monday`."""

UNFIXED = re.compile(r"\W{0,3}(?:tbd|tba)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A line and the date in it; the parts still hold the characters of its links."""

    before: str
    date: str
    after: str

    @property
    def leads(self) -> bool:
        """True when nothing but the number of a meeting stands before the date."""
        bare = MEETING.sub("", self.before, count=1)
        return not re.search(r"\w", bare)


def find_date(cell: Cell) -> Dated | None:
    """Find the first date of a line; one that is the label of a link counts where the label is nothing else."""
    text = ATOM.sub(lambda m: shown(cell, m[0]), cell.text)
    for found in DATE.finditer(text):
        if find_day(found[0], 2000).day is not None:
            before, after = text[: found.start()], text[found.end() :]
            if before.rstrip()[-1:] in {"(", "["} and after.lstrip()[:1] in {")", "]"}:
                before, after = before.rstrip()[:-1], after.lstrip()[1:]
            return Dated(before, found[0], after)
    unfixed = UNFIXED.match(text)
    return Dated("", unfixed[0], text[unfixed.end() :]) if unfixed else None


def shown(cell: Cell, atom: str) -> str:
    """Give the label of a link that is a date, else the link's character."""
    link = cell.link_at(atom)
    label = link.label if link else ""
    found = find_day(label, 2000) if 3 <= len(label) <= 30 else None
    return label if found and found.day and not found.rest else atom


def meeting_of(text: str) -> re.Match[str] | None:
    """Find the number of a meeting at the beginning of a line."""
    return MEETING.match(text)


def day_line(text: str) -> re.Match[str] | None:
    """Read a line that begins with a day of the week and a colon or dash, or is one."""
    found = DAY_LINE.fullmatch(text)
    when = found["when"].strip(" *_,(.") if found else ""
    return None if found and when and not find_day(when, 2000).day else found
