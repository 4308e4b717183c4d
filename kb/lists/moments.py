"""Days and moments as people type them: `tomorrow`, `monday`, `2022-9-6`, one with its zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kb.errors import UsageError
from kb.text import DAYS

__all__ = ["local_moment", "read_day"]

NAMED = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
"""Words for days near today."""

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def local_moment(text: str, zone: str, now: datetime) -> datetime:
    """Give what `--on` says as the clocks of the course show it.

    Args:
        text: a day, moment, weekday or word; empty for now. A day begins at midnight; a moment
            that says its zone is converted.
        zone: IANA zone of the course.
        now: the moment at which it is asked, with its zone.

    Raises:
        UsageError: neither a day nor a moment.
    """
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    word = text.strip()
    if word.casefold() in {"", "now"}:
        return here
    day, _, clock = word.replace("T", " ", 1).replace("t", " ", 1).partition(" ")
    if DAY.fullmatch(day) and clock:
        return read_moment(word, day, clock.strip(), zone)
    return datetime.combine(read_day(word, here.date()), time())


def read_moment(text: str, day: str, clock: str, zone: str) -> datetime:
    """Read a day with a time, and perhaps a zone, which is converted."""
    first = read_day(day, date.min)
    try:
        moment = datetime.fromisoformat(f"{first}T{clock.upper()}")
    except ValueError as error:
        raise UsageError(wrong(text)) from error
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment.tzinfo else moment


def read_day(text: str, today: date) -> date:
    """Read a day: a date, `today`, `tomorrow`, or the next of a weekday, today included.

    Raises:
        UsageError: it is none.
    """
    word = text.strip().casefold()
    if word in NAMED:
        return today + timedelta(NAMED[word])
    short = word[:3].title()
    if short in DAYS and len(word) > 2 and word.isalpha():
        return today + timedelta((DAYS.index(short) - today.weekday()) % 7)
    found = DAY.fullmatch(word)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(word)
    except ValueError as error:
        raise UsageError(wrong(text)) from error


def wrong(text: str) -> str:
    """Say what would have been right."""
    return (
        f"{text!r}: write a day as 2022-09-06, a moment as 2022-09-06T12:00 or with its zone as "
        "2022-09-06T12:00Z, or today, tomorrow, monday"
    )
