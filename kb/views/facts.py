"""Read models of a semester beside its calendar: sections, staff, meetings, rules."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "BreakView",
    "MeetingView",
    "OfferingView",
    "RecommendedView",
    "SectionView",
    "StaffView",
    "TrackView",
]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a semester."""

    section: str
    title: str
    staff: str

    @property
    def label(self) -> str:
        """`B (Tuesday group)`."""
        return f"{self.section} ({self.title})" if self.title else self.section


@dataclass(frozen=True, slots=True)
class StaffView:
    """A member of the staff."""

    name: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A slot of the weekly pattern."""

    kind: str
    days: str
    start: str
    minutes: int | None
    place: str
    first: str = ""
    last: str = ""
    section: str = ""
    """Section whose slot it is; empty for everybody."""

    @property
    def label(self) -> str:
        """`lecture Mon/Wed 13:25, 80 minutes, TEP 1308`."""
        when = f"{self.kind} {self.days.replace(' ', '/')} {self.start}".rstrip()
        minutes = f"{self.minutes} minutes" if self.minutes else ""
        until = f"{self.first} to {self.last}".strip() if self.first or self.last else ""
        parts = (when, minutes, self.place, until)
        text = ", ".join(p for p in parts if p)
        return f"section {self.section}: {text}" if self.section else text


@dataclass(frozen=True, slots=True)
class RecommendedView:
    """A work worth knowing before or beside the course."""

    work: str
    title: str
    authors: str
    year: int | None
    why: str
    locator: str = ""
    url: str = ""
    known: bool = True
    """False for a key whose entry is damaged or missing: there is no page of it."""


@dataclass(frozen=True, slots=True)
class TrackView:
    """A variant of the course."""

    number: str
    text: str
    replaces: str
    due: str


@dataclass(frozen=True, slots=True)
class BreakView:
    """Days without class."""

    first: str
    last: str
    title: str


@dataclass(frozen=True, slots=True)
class OfferingView:
    """A semester without its calendar."""

    staff: tuple[StaffView, ...] = ()
    meetings: tuple[MeetingView, ...] = ()
    outcomes: tuple[str, ...] = ()
    recommended: tuple[RecommendedView, ...] = ()
    tracks: tuple[TrackView, ...] = ()
    policy: dict[str, dict[str, str]] = field(default_factory=dict)
    """Area to rule to value."""
    sections: tuple[SectionView, ...] = ()
    breaks: tuple[BreakView, ...] = ()
