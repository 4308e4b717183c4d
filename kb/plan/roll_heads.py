"""Rows of a planned calendar, and how reports name their days."""

from __future__ import annotations

from datetime import date

from kb.plan.bundles import Way
from kb.plan.roll_models import Fate, Placed, Roll
from kb.records import Session
from kb.text import dated_day


def named(day: date | None) -> str:
    """Give `Mon 2022-09-05`."""
    return dated_day(day) if day else "no date"


def heads(roll: Roll, way: Way) -> list[tuple[Placed, Session]]:
    """Give the bundles of a way that stand in the new calendar, with their first rows."""
    return [
        (p, p.bundle.head)
        for p in roll.placed
        if p.bundle and p.bundle.way is way and p.fate is not Fate.CONTINUED
    ]
