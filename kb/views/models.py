"""Read models: what commands and pages show, read from the database. No SQL, no printing."""

from __future__ import annotations

from dataclasses import dataclass

from kb.views.facts import OfferingView
from kb.views.rows import Lines, Parts, Words

__all__ = [
    "AssignedIn",
    "DeliverableView",
    "LinkView",
    "NoteView",
    "PromptView",
    "QuizView",
    "ReadingList",
    "ReadingView",
    "SemesterView",
    "SessionTopicView",
    "SessionView",
    "TopicView",
    "WorkView",
]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A labelled link."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SessionTopicView:
    """A topic as a session prints it."""

    title: str
    topic: str
    continued: bool
    part: int | None
    guest: str
    materials: tuple[LinkView, ...]

    @property
    def label(self) -> str:
        """The title with continuation and guest: `Safety 2 (guest lecture by ...)`."""
        text = f"{self.title} (continued)" if self.continued else self.title
        return f"{text} (guest lecture by {self.guest})" if self.guest else text


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading with what a person needs to do it."""

    work: str
    title: str
    """As the calendar prints it."""
    full_title: str
    authors: str
    year: int | None
    url: str
    locator: str
    locator_unit: str
    locator_parts: Parts
    role: str
    alternative_group: int | None
    topic: str
    why: str
    length_pages: int | None = None
    minutes: int | None = None
    known: bool = True
    """False for a key whose entry is damaged or missing: there is no page of it."""
    choose: int | None = None
    """How many of its group are to be read."""
    group_why: str = ""
    told_apart: str = ""
    """Edition or year where another work has the same title."""
    other_editions: str = ""
    """The same chapters in other editions."""
    library: str = ""
    access: str = ""
    """Who gets in at the library's copy."""

    @property
    def portion(self) -> str:
        """The locator, with the chapters of other editions: `Ch. 5 (1st ed.: Ch. 4)`."""
        if self.other_editions:
            return f"{self.locator} ({self.other_editions})"
        return self.locator

    @property
    def label(self) -> str:
        """The title as the calendar prints it, told apart from works of the same title."""
        if not self.told_apart or self.told_apart in self.title:
            return self.title
        return f"{self.title} ({self.told_apart})"


@dataclass(frozen=True, slots=True)
class PromptView:
    """A question."""

    id: str
    works: Words
    locator: str
    text: str
    html: str
    minutes: int


@dataclass(frozen=True, slots=True)
class QuizView:
    """The questions of a session and until when."""

    due: str
    """ISO moment with offset; the date alone when the time is not known; empty when the date is
    not."""
    prompts: tuple[PromptView, ...]


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """Homework or milestone."""

    code: str
    title: str
    url: str
    released: str
    due: str
    """Local moment, when it has one of its own."""
    submissions: tuple[LinkView, ...]
    due_at: str = ""
    """ISO moment with offset, whoever says so; the date alone without a time; empty for none."""
    due_utc: str = "9999"

    @property
    def label(self) -> str:
        """`I1: ML Product`."""
        return (
            f"{self.code}: {self.title}"
            if self.code and not self.title.startswith(self.code)
            else self.title
        )


@dataclass(frozen=True, slots=True)
class SessionView:
    """A row of the calendar."""

    id: str
    semester: str
    position: int
    date: str
    """ISO date; empty when not fixed."""
    dated: bool
    weekday: str
    start: str
    end: str
    kind: str
    title: str
    url: str
    cancelled: bool
    reason: str
    note: str
    topics: tuple[SessionTopicView, ...]
    materials: tuple[LinkView, ...]
    readings: tuple[ReadingView, ...]
    quiz: QuizView | None
    deliverables: tuple[DeliverableView, ...]
    doubt: str = ""
    """What is wrong with the date; `note` says it as well."""
    minutes: int | None = None
    """Length, where known."""
    ends: str = ""
    """Local ISO moment at which it ends, where known; behind midnight for a late class."""
    place: str = ""
    week: int | None = None
    """Week of the term, where the calendar counts weeks."""
    follows: str = ""
    """Weekday whose schedule holds that day."""

    @property
    def times(self) -> str:
        """`13:25-14:45`, as far as known."""
        return f"{self.start}-{self.ends[11:16]}" if self.start and self.ends else self.start


@dataclass(frozen=True, slots=True)
class SemesterView:
    """An offering of the course."""

    id: str
    term: str
    year: int
    title: str
    zone: str
    status: str
    home: str
    first_day: str
    last_day: str
    numbers: Lines
    notes: str
    units: str
    licence: str
    former_titles: Lines
    also_known_as: Lines
    course: str = ""
    """Which of several courses it offers; empty where there is only one."""
    term_title: str = ""

    @property
    def term_label(self) -> str:
        """How the term is called: `Fall 2022`, or what the university says."""
        return self.term_title or f"{self.term.title()} {self.year}"

    @property
    def label(self) -> str:
        """The term, with the course where there are several: `Fall 2024: Contracts`."""
        return f"{self.term_label}: {self.course}" if self.course else self.term_label


NOTHING = OfferingView()
"""A semester of which nothing is known but its calendar."""


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A semester with its rows: the main thing this project prints."""

    semester: SemesterView
    sessions: tuple[SessionView, ...]
    offering: OfferingView = NOTHING
    section: str = ""
    """Section whose days and times these are; empty for the plan itself."""

    @property
    def works(self) -> tuple[str, ...]:
        """Keys of the works read, in order of first use."""
        return tuple(dict.fromkeys(r.work for s in self.sessions for r in s.readings))


@dataclass(frozen=True, slots=True)
class NoteView:
    """An annotation."""

    id: str
    text: str
    html: str
    works: Words


@dataclass(frozen=True, slots=True)
class AssignedIn:
    """A session in which a work was assigned."""

    semester: str
    session: str
    date: str
    session_title: str
    locator: str
    role: str
    prompts: Words


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work with its notes and history."""

    key: str
    type: str
    title: str
    authors: str
    people: tuple[tuple[str, str, str], ...]
    """(id, display name, role)"""
    year: int | None
    venue: str
    publisher: str
    volume: str
    number: str
    pages: str
    length_pages: int | None
    minutes: int | None
    url: str
    doi: str
    arxiv: str
    isbn: str
    topics: tuple[tuple[str, str], ...]
    """(slug, title), the main one first"""
    keywords: Lines
    abstract: str
    notes: tuple[NoteView, ...]
    assigned: tuple[AssignedIn, ...]
    bibtex: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic with the number of works below it."""

    slug: str
    parent: str
    title: str
    intro: str
    works: int
    aliases: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
