"""Checked records: what the sources say, once we vouch for it.

Frozen, without parents, rendering or I/O. Cross references are keys; `Corpus` holds the targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "Annotation",
    "Break",
    "Corpus",
    "Deliverable",
    "FollowDay",
    "Kind",
    "KnownPerson",
    "Locator",
    "Material",
    "Meeting",
    "Person",
    "Place",
    "Policy",
    "PolicyRule",
    "Prompt",
    "Reading",
    "Recommended",
    "Role",
    "Section",
    "SectionChange",
    "Semester",
    "Session",
    "SessionTopic",
    "Staff",
    "Submission",
    "Term",
    "Topic",
    "Track",
    "Waiver",
    "Work",
]


class Term(StrEnum):
    """Part of the year; not the letter of the semester's name (S2020 was a summer term)."""

    SPRING = "spring"
    SUMMER = "summer"
    FALL = "fall"
    WINTER = "winter"


class Kind(StrEnum):
    """What a row of the calendar is."""

    LECTURE = "lecture"
    RECITATION = "recitation"
    LAB = "lab"
    BREAK = "break"
    EXAM = "exam"
    EVENT = "event"


class Role(StrEnum):
    """How a reading is meant."""

    REQUIRED = "required"
    ONE_OF = "one-of"
    SUPPLEMENTARY = "supplementary"
    RECOMMENDED = "recommended"
    CITED = "cited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the sources a record was written."""

    path: str
    line: int = 1
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author or editor."""

    id: str
    """Slug made of the display name without accents: `kastner-christian`."""
    family: str
    given: str = ""
    display: str
    """`Christian Kästner`."""
    role: str = "author"
    """`author` or `editor`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """The assigned portion of a work."""

    unit: str
    """`chapter`, `section`, `page`, `pattern`, `part`, `time`, `named`, `paragraph`, `line`, ..."""
    parts: tuple[str, ...]
    """Numbers or a name: `("5", "7", "8")`, `("Explainability and Trust",)`, `("3-12",)`."""
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The same portion in other units: the volume that holds it, its pages."""
    skip: str = ""
    """What of it is left out, as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One BibTeX entry."""

    key: str
    type: str
    """Entry type in lower case, `inproceedings`."""
    title: str
    """Unicode, without LaTeX markup."""
    short_titles: tuple[str, ...] = ()
    """Titles that schedules print."""
    people: tuple[Person, ...] = ()
    et_al: bool = False
    """The list of authors ends in `and others`."""
    year: int | None = None
    venue: str = ""
    """Journal, proceedings, publisher or site."""
    publisher: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    length_pages: int | None = None
    """Number of pages, from the range or `pagetotal`."""
    minutes: int | None = None
    """Length of a recording."""
    url: str = ""
    doi: str = ""
    arxiv: str = ""
    isbn: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = ()
    """Topic slugs, the main one first."""
    keywords: tuple[str, ...] = ()
    """Keywords that are no topics."""
    annotation: str = ""
    """Markdown."""
    staff_annotation: str = ""
    bibtex: str = ""
    """The entry as written, without annotations."""
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Further fields as written, by lower-case name."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A note about one or several works."""

    id: str
    works: tuple[str, ...]
    text: str
    topic: str = ""
    staff: bool = False
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A node of the topic tree."""

    slug: str
    """Full name, `quality-assurance/data-quality`."""
    parent: str = ""
    title: str
    intro: str = ""
    aliases: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    place: Place


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """An open-ended quiz question bound to works and a portion."""

    id: str
    works: tuple[str, ...]
    """Answerable from any of these."""
    locator: Locator | None = None
    locator_text: str = ""
    topic: str = ""
    minutes: int = 15
    text: str
    rubric: str = ""
    """Staff only."""
    release: str = ""
    """From when it is public: an ISO date, `class` or `never`; empty for the semester's rule."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person whose name is written in several ways."""

    name: str
    aliases: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All records of one source directory, in source order."""

    works: tuple[Work, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    topics: tuple[Topic, ...] = ()
    semesters: tuple[Semester, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    known_people: tuple[KnownPerson, ...] = ()
    """Of `bib/people.yaml`."""
    thesaurus: tuple[tuple[str, ...], ...] = ()
    """Groups of words that find each other."""

    def work(self, key: str) -> Work | None:
        """Find a work by key; None when there is none."""
        return next((work for work in self.works if work.key == key), None)

    def semester(self, semester_id: str) -> Semester | None:
        """Find a semester by id; None when there is none."""
        return next((s for s in self.semesters if s.id == semester_id), None)
