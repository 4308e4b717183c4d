"""Rows that name a holiday with a fixed place in the calendar, and lie elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from kb.records import Session
from kb.text import dated_day

__all__ = ["holiday_doubt"]

AMERICAN = re.compile(
    r"America/(?!Toronto|Vancouver|Montreal|Winnipeg|Edmonton|Halifax|St_Johns|Regina|Mexico|Sao_Paulo|Bogota|Lima|Argentina|Santiago)"
)
"""Zones in which the holidays of the United States hold."""


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """Give the n-th weekday of a month; -1 for the last."""
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return last - timedelta((last.weekday() - weekday) % 7)


def single(day: Callable[[int], date]) -> Callable[[int], tuple[date, date]]:
    """Give a holiday of one day as a span."""
    return lambda year: (day(year), day(year))


HOLIDAYS: tuple[tuple[str, re.Pattern[str], Callable[[int], tuple[date, date]]], ...] = (
    ("Labor Day", re.compile(r"\blabor day\b", re.IGNORECASE), single(lambda y: nth(y, 9, 0, 1))),
    (
        "Martin Luther King Day",
        re.compile(r"\bMLK\b|\bmartin luther king\b", re.IGNORECASE),
        single(lambda y: nth(y, 1, 0, 3)),
    ),
    (
        "Memorial Day",
        re.compile(r"\bmemorial day\b", re.IGNORECASE),
        single(lambda y: nth(y, 5, 0, -1)),
    ),
    (
        "Presidents' Day",
        re.compile(r"\bpresident'?s'? day\b", re.IGNORECASE),
        single(lambda y: nth(y, 2, 0, 3)),
    ),
    (
        "Juneteenth",
        re.compile(r"\bjuneteenth\b", re.IGNORECASE),
        lambda y: (date(y, 6, 18), date(y, 6, 20)),
    ),
    (
        "Independence Day",
        re.compile(r"\bindependence day\b|\b(?:4th|fourth) of july\b", re.IGNORECASE),
        lambda y: (date(y, 7, 3), date(y, 7, 5)),
    ),
    (
        "Thanksgiving",
        re.compile(r"\bthanksgiving\b", re.IGNORECASE),
        lambda y: (nth(y, 11, 3, 4) - timedelta(4), nth(y, 11, 3, 4) + timedelta(3)),
    ),
)
"""Name, words, and the span of days in a year; Thanksgiving takes its whole week (Sunday to
Sunday).
"""


def holiday_doubt(session: Session, zone: str) -> str:
    """Say that a row names a holiday which lies on another day; empty when all is well or unknown.

    Only rows of the United States, or of no stated zone, are looked at.
    """
    if session.date is None or not (zone == "UTC" or AMERICAN.match(zone)):
        return ""
    text = f"{session.title} {session.reason}"
    for name, words, span in HOLIDAYS:
        if words.search(text) and (
            session.kind == "break" or session.cancelled or "no " in text.casefold()
        ):
            first, last = span(session.date.year)
            if not first <= session.date <= last:
                when = (
                    f"on {dated_day(first)}"
                    if first == last
                    else f"between {dated_day(first)} and {dated_day(last)}"
                )
                return f"{name} is {when}, not on {dated_day(session.date)}"
    return ""
