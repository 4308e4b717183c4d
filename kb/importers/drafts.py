"""Drafts: what an importer understood of a schedule, before works are matched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.parse.times import TimeSpan
from kb.records import Kind, Locator, Material, Submission

__all__ = ["DraftDeliverable", "DraftReading", "DraftSession", "DraftTopic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReading:
    """A reading as a schedule prints it."""

    title: str
    url: str = ""
    locator: Locator | None = None
    locator_text: str = ""
    role: str = "required"
    group: int | None = None
    note: str = ""
    """Text that belongs to the reading and is neither title nor portion."""
    work: str = ""
    """Citation key, once matched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTopic:
    """A topic of a row."""

    title: str
    continued: bool = False
    part: int | None = None
    guest: str = ""
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDeliverable:
    """Homework of a row."""

    code: str = ""
    title: str
    url: str = ""
    due: str = ""
    """When it is due, as written, where that is another day than its row's; then as a date or date with time."""
    submissions: tuple[Submission, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSession:
    """A row of the calendar."""

    line: int
    day: date | None = None
    tbd: bool = False
    """True when the row says that its date is open; without day and tbd it shares the date above."""
    last: date | None = None
    """The last day of a row that stands for several."""
    weekday: str = ""
    time: TimeSpan | None = None
    kind: Kind = Kind.LECTURE
    title: str = ""
    url: str = ""
    topics: tuple[DraftTopic, ...] = ()
    readings: tuple[DraftReading, ...] = ()
    deliverables: tuple[DraftDeliverable, ...] = ()
    materials: tuple[Material, ...] = ()
    cancelled: bool = False
    reason: str = ""
    note: str = ""
