"""Dates in schedules: with or without year and weekday, in the notations people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.parse.times import TimeSpan, parse_time_span

__all__ = ["CalendarDate", "find_day", "guess_semester"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|n|nes|r|rs|ur|urs)?(?:day)?s?\b\.?|(?<![A-Za-z])(M|Tu|W|Th|F|Tues|Thur)(?=[ ,./]\s*\d)", re.IGNORECASE)
MONTH = r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
YEAR = r"(?:,?\s*(?P<{0}>(?:19|20)\d\d)\b)?"
PATTERNS = (
    re.compile(r"(?<!\d)(?P<y0>(?:19|20)\d\d)[-/.](?P<n0>\d{1,2})[-/.](?P<d0>\d{1,2})(?!\d)"),
    re.compile(rf"\b{MONTH.format('m1')}\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d){YEAR.format('y1')}", re.IGNORECASE),
    re.compile(rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]*(?:of\s+)?{MONTH.format('m2')}{YEAR.format('y2')}", re.IGNORECASE),
    re.compile(r"(?<![\d/:.-])(?P<n3>\d{1,2})/(?P<d3>\d{1,2})(?:/(?P<y3>(?:20)?\d\d))?(?![\d/:])"),
    re.compile(r"(?<![\d.:])(?P<d4>\d{1,2})\.(?P<n4>\d{1,2})\.(?P<y4>(?:20)?\d\d)?(?![\d])"),
)
"""ISO, `Aug 29`, `29 August`, American `8/29`, European `29.8.`."""

TIME = re.compile(
    r"\(?\b\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|—|to)\s*\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?(?![\w/])\)?|\b\d{1,2}(?::\d{2})\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """What a date cell says."""

    day: date | None
    weekday: str
    """As written, shortened to `Wed`; empty when not written."""
    time: TimeSpan | None
    rest: str
    """What is left of the text."""
    tbd: bool = False
    year_written: bool = False


def find_day(text: str, year: int, term: str = "") -> CalendarDate:
    """Read a date cell; `day` is None when it holds no date.

    A date without year lies in `year`; in a fall or winter term that runs over New Year, January to
    March belong to the year after when the term is fall.
    """
    rest = text
    if re.fullmatch(r"\s*(tbd|tba|\?+)\s*", text, re.IGNORECASE):
        return CalendarDate(None, "", None, "", tbd=True)
    weekday = ""
    found_day = WEEKDAY.search(rest)
    if found_day:
        letters = (found_day[1] or found_day[2]).casefold()
        weekday = next(d for d in DAYS if d.casefold().startswith(letters[:3] if found_day[1] else {"m": "mon", "tu": "tue", "tues": "tue", "w": "wed", "th": "thu", "thur": "thu", "f": "fri"}[letters]))
        rest = rest[: found_day.start()] + " " + rest[found_day.end() :]
    day, year_written = None, False
    for index, pattern in enumerate(PATTERNS):
        found = pattern.search(rest)
        if found is None:
            continue
        groups = found.groupdict()
        month = int(groups[f"n{index}"]) if f"n{index}" in groups else MONTHS.index(groups[f"m{index}"][:3].casefold()) + 1
        number = int(groups[f"d{index}"])
        written = groups.get(f"y{index}")
        own_year = int(written) + (2000 if int(written) < 100 else 0) if written else year + (1 if term == "fall" and month <= 3 else 0)
        try:
            day = date(own_year, month, number)
        except ValueError:
            continue
        year_written = bool(written)
        rest = rest[: found.start()] + " " + rest[found.end() :]
        break
    span = None
    found_time = TIME.search(rest)
    if found_time:
        span = parse_time_span(found_time[0].strip("()").strip())
        if span:
            rest = rest[: found_time.start()] + " " + rest[found_time.end() :]
    return CalendarDate(day, weekday, span, re.sub(r"^[\s,.:;()-]+|[\s,.:;()-]+$", "", re.sub(r"\s+", " ", rest)), year_written=year_written)


def guess_semester(name: str) -> tuple[str, int | None]:
    """Read term and year from a semester's name: `F2022`, `spring-2024`, `WS23`.

    The letter is a guess (S is spring or summer); dates decide.
    """
    digits = re.search(r"(?<!\d)((?:19|20)?\d\d)(?!\d)", name)
    year = int(digits[1]) if digits else None
    if year is not None and year < 100:
        year += 2000
    letters = re.sub(r"[^a-z]", "", name.casefold())
    for term, starts in (("summer", ("su", "m")), ("spring", ("sp", "s")), ("fall", ("fa", "f", "au", "a")), ("winter", ("w",))):
        if letters.startswith(starts):
            return term, year
    return "", year
