"""A semester planned after another one: its calendar, and what became of every bundle of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kb.plan.bundles import Bundle
from kb.records import Break, Kind, Semester


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCalendar:
    """What is known of the new semester."""

    start: date
    breaks: tuple[Break, ...] = ()
    confirmed: bool = False
    """The breaks were stated; otherwise those of the old semester are carried over."""
    days: Mapping[Kind, frozenset[int]] = field(default_factory=dict)
    """Weekdays that differ from the old ones."""
    last: date | None = None
    """Last day of classes; else as many weeks as before."""
    fixed: Mapping[str, date | None] = field(default_factory=dict)
    """Dates of old rows by id; None keeps week and weekday."""
    parked: frozenset[str] = frozenset()
    """Old rows (ids) to leave without date."""
    joined: frozenset[str] = frozenset()
    """Old rows (ids) to put on the date of the class before."""
    doubled: frozenset[str] = frozenset()
    """Old rows (ids) to continue in a second session."""


class Fate(StrEnum):
    """What became of a bundle."""

    SHIFTED = "shifted"
    PLACED = "placed"
    FIXED = "fixed"
    KEPT_WEEK = "same week and weekday"
    UNDATED = "undated"
    ON_BREAK = "its day is a break"
    """An exam or event whose weekday of the same week is a break now."""
    NO_SLOT = "no slot"
    PARKED = "parked"
    JOINED = "joined"
    CONTINUED = "continued"
    DROPPED = "dropped"
    """A day off of the old calendar."""
    DEADLINE = "deadline"
    """A day off of the old calendar on which something was due."""
    BREAK = "break"
    """A day off of the new calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A bundle and its new date, or a new break."""

    bundle: Bundle | None
    day: date | None
    fate: Fate
    order: tuple[date, int, int]
    """Where it stands in the new file."""
    title: str = ""
    """Of a new break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """A planned semester."""

    old: Semester
    start: date
    """As told."""
    first: date
    """First day of class."""
    last: date
    """Last day on which classes may be."""
    old_last: date
    """Day of the old semester's last class."""
    days: Mapping[Kind, frozenset[int]]
    main: Kind
    weeks: timedelta
    """From the first week of the old semester to that of the new one."""
    exact: bool
    """Every row moved by `weeks`."""
    breaks: tuple[Break, ...]
    before: tuple[Break, ...]
    """The old breaks."""
    same_season: bool
    """The first days are about whole years apart."""
    carried: bool
    """The breaks are the old ones, moved."""
    placed: tuple[Placed, ...]
    """In the order of the new file, dropped days off left out."""
    dropped: tuple[Placed, ...]
    free: Mapping[Kind, tuple[date, ...]]
    """Slots without class."""
    outside: tuple[Break, ...] = ()
    """Breaks that were given and lie far from the term."""
