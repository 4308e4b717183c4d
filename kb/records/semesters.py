"""An offering of a course: its calendar, people and rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from kb.records.common import Kind, Locator, Place, Term
from kb.records.sessions import Session

__all__ = [
    "Break",
    "FollowDay",
    "Meeting",
    "Policy",
    "PolicyRule",
    "Recommended",
    "Section",
    "Semester",
    "Staff",
    "Track",
    "Waiver",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A slot of the weekly pattern."""

    kind: Kind
    days: tuple[str, ...]
    """`Mon` ... `Sun`."""
    start: time | None = None
    minutes: int | None = None
    place: str = ""
    first: date | None = None
    """First day of a slot that does not last the whole term."""
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of one semester's students with its own meeting times, place and due times."""

    id: str
    title: str = ""
    staff: str = ""
    meetings: tuple[Meeting, ...] = ()
    """Of the kinds that differ; the others are the semester's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowDay:
    """A day on which the classes of another weekday meet."""

    date: date
    follows: str
    """`Mon`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Days without class."""

    first: date
    last: date
    title: str
    counted: bool = True
    """The weeks of the term are counted on through it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A member of the course staff."""

    name: str
    role: str = "instructor"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A variant of the course with its own work and dates."""

    number: str
    text: str
    replaces: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRule:
    """One rule of a semester, flat: `quiz` / `weight` / `10`."""

    area: str
    """`quiz`, `weights`, `grades`, `tokens`, `participation`, `collaboration`, `workload`, `rules`.
    """
    rule: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A semester's rules as data, in the order written."""

    rules: tuple[PolicyRule, ...] = ()

    def get(self, area: str, rule: str) -> str:
        """Give the value of a rule, or an empty string."""
        return next((r.value for r in self.rules if (r.area, r.rule) == (area, rule)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """A work worth knowing before or beside the course."""

    work: str
    locator: Locator | None = None
    locator_text: str = ""
    url: str = ""
    why: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that is all right in one place."""

    code: str
    key: str = ""
    """Session, work or prompt; empty for the whole file it stands in."""
    reason: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Semester:
    """One offering of the course."""

    id: str
    course: str = ""
    """Which of several courses of one knowledge base it offers; empty for the only one."""
    term: Term
    term_title: str = ""
    """How the university calls the term: `Autumn Quarter 2024`; empty for `Fall 2024`."""
    year: int
    title: str
    former_titles: tuple[str, ...] = ()
    also_known_as: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    units: str = ""
    status: str = ""
    licence: str = ""
    home: str = ""
    notes: str = ""
    zone: str = "UTC"
    """IANA time zone."""
    staff: tuple[Staff, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    release: str = ""
    """From when its questions are public: an ISO date, `class` or `never`; empty for at once."""
    sections: tuple[Section, ...] = ()
    follow_days: tuple[FollowDay, ...] = ()
    first_week: date | None = None
    """A day of week 1, for files that count weeks."""
    tracks: tuple[Track, ...] = ()
    breaks: tuple[Break, ...] = ()
    policy: Policy = Policy()
    outcomes: tuple[str, ...] = ()
    recommended: tuple[Recommended, ...] = ()
    sessions: tuple[Session, ...] = ()
    place: Place
