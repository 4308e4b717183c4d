"""Values of the YAML files: how each kind of text is read, with what a wrong one is told."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator

from kb.ids import is_semester_id
from kb.parse.times import TimeSpan, parse_clock, parse_time_span
from kb.text import DAYS

__all__ = [
    "UNDATED",
    "Clock",
    "Day",
    "DayOrTbd",
    "Flag",
    "Moment",
    "Span",
    "Text",
    "Weekday",
    "Words",
    "blank_is_none",
    "inserted_year",
    "season",
    "semester_name",
    "words",
    "zone_name",
]


UNDATED = frozenset({"tbd", "tba", "?"})
"""What people write for a date that is not fixed yet."""


def day_name(value: object) -> object:
    """Read `Wednesday`, `wed`, `Wed.` as `Wed`."""
    if isinstance(value, str):
        short = value.strip().rstrip(".")[:3].title()
        if short in DAYS and value.strip().isascii():
            return short
        raise ValueError(
            f"{value!r} is not a weekday; Mon, Tue, Wed, Thu, Fri, Sat or Sun expected"
        )
    return value


def clock(value: object) -> object:
    """Read a time of day in any of the usual notations."""
    if isinstance(value, str):
        parsed = parse_clock(value)
        if parsed is None:
            raise ValueError(f"{value!r} is not a time of day such as 13:30 or 1:30pm")
        return parsed
    return value


def span(value: object) -> object:
    """Read a span of time such as `9:30-11:30am`."""
    if isinstance(value, str):
        parsed = parse_time_span(value)
        if parsed is None:
            raise ValueError(f"{value!r} is not a span of time such as 09:30-11:30")
        return parsed
    return value


def day_or_tbd(value: object) -> object:
    """Read a date or `tbd`."""
    if isinstance(value, str) and value.strip().casefold() in UNDATED:
        return "tbd"
    return iso_day(value)


def iso_day(value: object) -> object:
    """Read a date written as `2022-08-31`, and nothing else that pydantic would take."""
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
            raise ValueError(f"{value!r} is not a date such as 2022-08-31")
        try:
            return date.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError(f"{value!r} is not a day of the calendar") from error
    return value


def moment(value: object) -> object:
    """Read a local date and time, `2022-09-07T23:59`; a date alone means its last minute."""
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            text += "T23:59"
        if not re.fullmatch(
            r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})?", text, re.IGNORECASE
        ):
            raise ValueError(f"{value!r} is not a moment such as 2022-09-07T23:59")
        return datetime.fromisoformat(text.upper())
    return value


def yes_or_no(value: object) -> object:
    """Read `true` and `false`, `yes` and `no`."""
    if isinstance(value, str):
        word = value.strip().casefold()
        if word in {"true", "yes"}:
            return True
        if word in {"false", "no"}:
            return False
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def zone_name(value: str) -> str:
    """Check an IANA time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is not a time zone such as America/New_York") from error
    return value


def semester_name(value: str) -> str:
    """Check a semester's id."""
    if not is_semester_id(value):
        raise ValueError(
            f"{value!r} cannot name a semester; letters, digits, - and _ expected, as in F2022"
        )
    return value


def needs_text(value: str) -> str:
    """Refuse an empty text."""
    if not value.strip():
        raise ValueError("is empty")
    return value


def words(value: object) -> object:
    """Take one text for a list of one."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return value


def blank_is_none(value: object) -> object:
    """Take an empty value for an absent one."""
    return None if value == "" else value


def inserted_year(value: object) -> object:
    """Read a year of four digits."""
    if isinstance(value, str) and not re.fullmatch(r"(1[89]|2[01])\d\d", value.strip()):
        raise ValueError(
            f"year {value!r} is not a year between 1800 and 2199; four digits expected"
        )
    return value


def season(value: object) -> object:
    """Read `autumn` as fall."""
    if isinstance(value, str):
        word = value.strip().casefold()
        return "fall" if word == "autumn" else word
    return value


Text = Annotated[str, AfterValidator(needs_text)]
Words = Annotated[list[str], BeforeValidator(words)]
Flag = Annotated[bool, BeforeValidator(yes_or_no)]
Day = Annotated[date, BeforeValidator(iso_day)]
DayOrTbd = Annotated[date | Literal["tbd"], BeforeValidator(day_or_tbd)]
Clock = Annotated[time, BeforeValidator(clock)]
Weekday = Annotated[str, BeforeValidator(day_name)]
Moment = Annotated[datetime, BeforeValidator(moment)]
Span = Annotated[Annotated[TimeSpan, BeforeValidator(span)] | None, BeforeValidator(blank_is_none)]
