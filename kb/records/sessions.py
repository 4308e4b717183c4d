"""Class meetings and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from kb.records.common import Kind, Locator, Place, Role

__all__ = [
    "Deliverable",
    "Material",
    "Reading",
    "SectionChange",
    "Session",
    "SessionTopic",
    "Submission",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A link on a topic that is no reading: slides, book chapter, video."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTopic:
    """A topic as one session treats it."""

    title: str
    """As the calendar prints it, without numbering and "(continued)"."""
    topic: str = ""
    """Slug, or empty."""
    continued: bool = False
    part: int | None = None
    guest: str = ""
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An assigned portion of a work."""

    work: str
    locator: Locator | None = None
    locator_text: str = ""
    """The locator as written in the source."""
    role: Role = Role.REQUIRED
    alternative_group: int | None = None
    """Number of the group of alternatives in its session, from 1."""
    choose: int | None = None
    """How many of the group are to be read."""
    group_why: str = ""
    """Why one may choose."""
    library: str = ""
    """A copy in the library or on reserve: belongs to this course, not to the work."""
    access: str = ""
    """Who gets in: `campus login`."""
    title: str = ""
    """As the calendar prints it; empty for the work's own title."""
    url: str = ""
    """This semester's link; empty for the work's own."""
    topic: str = ""
    why: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A public submission to a deliverable."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """Homework or milestone due on a session."""

    code: str = ""
    title: str
    url: str = ""
    released: date | None = None
    due: datetime | None = None
    """Local time of the semester's zone; None for the start of the session."""
    section_due: tuple[tuple[str, datetime], ...] = ()
    """Sections with a due moment of their own."""
    submissions: tuple[Submission, ...] = ()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One row of a semester's calendar."""

    id: str
    """`F2022-0907`, `F2022-0907b` for the second row of a date, `F2022-tbd1`."""
    position: int
    """From 1, in the order of the calendar."""
    date: date | None = None
    dated: bool = True
    """False for a row that shares the date of the row above, and for `tbd`."""
    weekday: str = ""
    """As written, `Wed`; empty when not written."""
    start: time | None = None
    end: time | None = None
    kind: Kind = Kind.LECTURE
    title: str = ""
    """Title of the row; for rows with topics made of them."""
    topics: tuple[SessionTopic, ...] = ()
    readings: tuple[Reading, ...] = ()
    prompts: tuple[str, ...] = ()
    """Prompt ids, written or matched."""
    deliverables: tuple[Deliverable, ...] = ()
    url: str = ""
    materials: tuple[Material, ...] = ()
    cancelled: bool = False
    reason: str = ""
    note: str = ""
    doubt: str = ""
    """What is wrong with its date, for the reader; empty for nearly all."""
    room: str = ""
    """Where it meets when that is not where the pattern says."""
    follows: str = ""
    """`Mon` for a Tuesday on which the classes of Monday meet: start, place and length are its."""
    week: int | None = None
    """Week of the term, from 1, when the file counts weeks."""
    changes: tuple[SectionChange, ...] = ()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChange:
    """What is otherwise for one section in one session."""

    section: str
    date: date | None = None
    start: time | None = None
    end: time | None = None
    room: str = ""
    cancelled: bool = False
