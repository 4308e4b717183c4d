"""Dates and times as people read them, in English, without the locale."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kb.text import MONTHS, day_name

__all__ = ["due_label", "due_text", "long_day", "short_day", "zone_abbreviation"]


def short_day(iso: str) -> str:
    """Give `Wed, Aug 31`; `tbd` for an empty date."""
    if not iso:
        return "tbd"
    day = date.fromisoformat(iso[:10])
    return f"{day_name(day)}, {MONTHS[day.month - 1]} {day.day:02d}"


def long_day(iso: str) -> str:
    """Give `Wed, Aug 31, 2022`; `tbd` for an empty date."""
    return f"{short_day(iso)}, {iso[:4]}" if iso else "tbd"


def zone_abbreviation(moment: datetime, zone: str) -> str:
    """Give `EDT` for a moment in `America/New_York`."""
    return moment.replace(tzinfo=ZoneInfo(zone)).tzname() or zone


def due_label(label: str, due: str, zone: str) -> str:
    """Give homework's name with its own due moment; the name alone when it is due when its class
    starts.

    Examples:
        >>> due_label("Report", "2025-03-17T23:59", "America/Los_Angeles")
        'Report (due Mon, Mar 17, 23:59 PDT)'
    """
    return f"{label} (due {due_text(due, zone)})" if due else label


def due_text(due: str, zone: str) -> str:
    """Give a due moment as `Wed, Aug 31, 13:25 EDT`; without a time `Wed, Aug 31, before class`."""
    if not due:
        return "tbd"
    if "T" not in due:
        return f"{short_day(due)}, before class"
    moment = datetime.fromisoformat(due)
    return (
        f"{short_day(due)}, {moment:%H:%M} {zone_abbreviation(moment.replace(tzinfo=None), zone)}"
    )
