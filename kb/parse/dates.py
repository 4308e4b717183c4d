"""Dates in schedules: with or without year and weekday, in the notations people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.lexicon import DAY_PATTERN, DAYS, MONTH_PATTERN, MONTH_STEMS, month_named
from kb.parse.times import TimeSpan, parse_time_span

__all__ = ["CalendarDate", "find_day", "guess_semester"]

WRITTEN_MONTH = rf"(?:{MONTH_STEMS})[a-z]*"
"""A month, short or whole."""

WEEKDAY = re.compile(
    rf"\b({DAY_PATTERN})(?:s|n|nes|r|rs|ur|urs)?(?:day)?s?\b\.?"
    r"|(?<![A-Za-z/&])(Mo?|Tu?|We?|Th?|TR|R|Fr?|Sa|Su|Tues|Thur)"
    rf"(?=[ ,./]\s*(?:\d|{WRITTEN_MONTH}\.?\s*\d))",
    re.IGNORECASE,
)
LETTERS = {
    "m": "Mon",
    "mo": "Mon",
    "we": "Wed",
    "fr": "Fri",
    "t": "Tue",
    "tu": "Tue",
    "tues": "Tue",
    "w": "Wed",
    "th": "Thu",
    "thur": "Thu",
    "tr": "Thu",
    "r": "Thu",
    "f": "Fri",
    "sa": "Sat",
    "su": "Sun",
    "u": "Sun",
}
"""American timetables' letters for weekdays."""

TWO_WEEKDAYS = re.compile(
    rf"\b(?:{DAY_PATTERN})[a-z]*\.?\s*(?:/|&|and|[-–])\s*(?:{DAY_PATTERN})[a-z]*\b",
    re.IGNORECASE,
)
"""`Mon/Wed 9/5`: no weekday of one date."""

LETTER_BEHIND = re.compile(r"\s*\(?\s*(Mo?|Tu?|We?|Th?|TR|R|Fr?|Sa|Su|U)\s*\)?\s*:?\s*$")
"""`9/5 (T)`."""

SECOND = re.compile(
    rf"\s*(?P<joint>/|(?P<dash>[-–—])|,|&|\band\b|\bto\b|\bbis\b)\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/:.]\S)(?:\s*$|(?(dash)(?P<rest>:?\s+(?!{WRITTEN_MONTH}\b)(?-i:[A-Z])[a-z].*)|$))",
    re.IGNORECASE | re.DOTALL,
)
"""`Jan 16/18`, `Sep 11 - 15`, `Feb 19–23: Winter recess`: a further day of the same month."""

MAX_DAY = 31
DAYS_OF_MONTH = re.compile(
    rf"(?P<first>(?<![\d:./-])\d{{1,2}})\.?\s*(?P<to>[-–—]|\bto\b)\s*(?:(?:{DAY_PATTERN})[a-z]*\.?,?\s+)?(?P<last>\d{{1,2}})\.?\s+(?P<month>{WRITTEN_MONTH})\b",
    re.IGNORECASE,
)
"""`11 – 15 March`, `Mon, 11 – Fri, 15 Mar`: days in front of the month they share."""

UNFIXED = re.compile(r"\s*(?:tbd|tba|\?+)(?:[\s,(:–-]+(?P<rest>[^\d]*?)\)?)?\s*", re.IGNORECASE)
"""`tbd`, `TBA (room)`, `?`."""

RANGE = re.compile(r"\s*(?:[-–—]|\bto\b|\bbis\b|\bthrough\b|\buntil\b)", re.IGNORECASE)
MONTH = rf"(?P<{{0}}>{MONTH_PATTERN})\.?"
YEAR = r"(?:,?\s*(?P<{0}>(?:19|20)\d\d)\b)?"
PATTERNS = (
    re.compile(r"(?<!\d)(?P<y0>(?:19|20)\d\d)[-/.](?P<n0>\d{1,2})[-/.](?P<d0>\d{1,2})(?!\d)"),
    re.compile(
        rf"\b{MONTH.format('m1')}\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d){YEAR.format('y1')}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]*(?:of\s+)?{MONTH.format('m2')}{YEAR.format('y2')}",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d/:.-])(?P<n3>\d{1,2})/(?P<d3>\d{1,2})(?:/(?P<y3>(?:20)?\d\d))?(?![\d/:])"),
    re.compile(r"(?<![\d.:])(?P<d4>\d{1,2})\.(?P<n4>\d{1,2})\.(?P<y4>(?:20)?\d\d)?(?![\d])"),
)
"""ISO, `Aug 29`, `29 August`, American `8/29`, European `29.8.`."""

TIME = re.compile(
    r"\(?\b\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|—|to)"
    r"\s*\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?(?![\w/])\)?"
    r"|\b\d{1,2}(?::\d{2})\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?",
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
    last: date | None = None
    """A second date, the last of a range or a further meeting."""
    is_range: bool = False
    """The days between the two are meant as well."""
    year_written: bool = False


def find_day(text: str, year: int, term: str = "", day_first: bool = False) -> CalendarDate:
    """Read a date cell; `day` is None when it holds no date.

    A date without year lies in `year`; in a fall or winter term that runs over New Year, January to
    March belong to the year after when the term is fall.

    Args:
        day_first: `12/9` is the twelfth of September, as in Europe.
    """
    if unfixed := UNFIXED.fullmatch(text):
        return CalendarDate(None, "", None, unfixed["rest"] or "", tbd=True)
    weekday, rest = take_weekday(with_month_twice(text))
    day, last, is_range, year_written = None, None, False, False
    for index, pattern in enumerate(PATTERNS):
        found = pattern.search(rest)
        if found is None:
            continue
        written = found.groupdict().get(f"y{index}")
        try:
            day = day_of(found, index, year, term, day_first)
        except ValueError:
            continue
        year_written = bool(written)
        last, is_range, behind = second_day(day, rest[found.end() :], year, term, day_first)
        rest = rest[: found.start()] + " " + behind
        letter = LETTER_BEHIND.match(behind)
        if letter and not weekday and not rest[: found.start()].strip():
            weekday, rest = LETTERS[letter[1].casefold()], " "
        break
    span, rest = take_time(rest)
    return CalendarDate(
        day,
        weekday,
        span,
        re.sub(r"^[\s,.:;()–—-]+|[\s,.:;()–—-]+$", "", re.sub(r"\s+", " ", rest)),
        last=last,
        is_range=is_range,
        year_written=year_written,
    )


def with_month_twice(text: str) -> str:
    """Give `11 – 15 March` as `11 March – 15 March`, so that each day has its month."""
    shared = DAYS_OF_MONTH.search(text)
    if (
        shared is None
        or not int(shared["first"]) < int(shared["last"]) <= MAX_DAY
        or re.search(rf"{WRITTEN_MONTH}\.?\s*$", text[: shared.start()], re.IGNORECASE)
    ):
        return text
    month = shared["month"]
    days = f"{shared['first']} {month} {shared['to']} {shared['last']} {month}"
    return f"{text[: shared.start()]}{days}{text[shared.end() :]}"


def take_weekday(text: str) -> tuple[str, str]:
    """Give the weekday a text names, short, and the text without it; empty for none or two."""
    found = WEEKDAY.search(text)
    if found is None or TWO_WEEKDAYS.search(text):
        return "", text
    weekday = (
        next(d for d in DAYS if d.casefold() == found[1].casefold())
        if found[1]
        else LETTERS[found[2].casefold()]
    )
    return weekday, text[: found.start()] + " " + text[found.end() :]


def day_of(found: re.Match[str], index: int, year: int, term: str, day_first: bool) -> date:
    """Give the day that a match of `PATTERNS[index]` names.

    Raises:
        ValueError: no day of the calendar.
    """
    groups = found.groupdict()
    month = (
        int(groups[f"n{index}"]) if f"n{index}" in groups else month_named(groups[f"m{index}"]) or 0
    )
    number = int(groups[f"d{index}"])
    if index == 3 and (day_first or month > 12) and number <= 12:
        month, number = number, month
    written = groups.get(f"y{index}")
    if not written:
        return date(year + (1 if term == "fall" and month <= 3 else 0), month, number)
    return date(int(written) + (2000 if int(written) < 100 else 0), month, number)


def take_time(text: str) -> tuple[TimeSpan | None, str]:
    """Give the span of time that a text names, and the text without it."""
    found = TIME.search(text)
    span = parse_time_span(found[0].strip("()").strip()) if found else None
    if found is None or span is None:
        return None, text
    return span, text[: found.start()] + " " + text[found.end() :]


def second_day(
    first: date, behind: str, year: int, term: str, day_first: bool
) -> tuple[date | None, bool, str]:
    """Find a second date behind the first: it, whether it ends a range, and the text left over."""
    same_month = SECOND.match(behind)
    joint = same_month["joint"] if same_month else ""
    if same_month and first.day < int(same_month["day"]):
        try:
            return (
                first.replace(day=int(same_month["day"])),
                bool(RANGE.match(joint)),
                same_month["rest"] or "",
            )
        except ValueError:
            return None, False, behind
    joined = re.match(
        r"\s*(?:/|[-–—]|,|&|and\b|to\b|bis\b|through\b|until\b)", behind, re.IGNORECASE
    )
    if joined is None:
        return None, False, behind
    other = find_day(behind[joined.end() :], year, term, day_first)
    if other.day is None or other.day <= first:
        return None, False, behind
    return other.day, bool(RANGE.match(behind)), other.rest


def guess_semester(name: str) -> tuple[str, int | None]:
    """Read term and year from a semester's name: `F2022`, `spring-2024`, `WS23`.

    The letter is a guess (S is spring or summer); dates decide.
    """
    digits = re.search(r"(?<!\d)((?:19|20)?\d\d)(?!\d)", name)
    year = int(digits[1]) if digits else None
    if year is not None and year < 100:
        year += 2000
    letters = re.sub(r"[^a-z]", "", name.casefold())
    for term, starts in (
        ("summer", ("su", "m")),
        ("spring", ("sp", "s")),
        ("fall", ("fa", "f", "au", "a")),
        ("winter", ("w",)),
    ):
        if letters.startswith(starts):
            return term, year
    return "", year
