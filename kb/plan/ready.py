"""Readiness: what the classes of the next days still lack. Read from the sources, where rubrics are
known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kb.links import is_safe_url
from kb.records import Corpus, Kind, Prompt, Reading, Semester, Session, Work
from kb.validate.calendar_links import foreign_semester
from kb.validate.references import has_quizzes, prompt_fit

__all__ = ["ASPECTS", "Lack", "Readiness", "SessionReadiness", "choose_semester", "get_readiness"]

ASPECTS = ("reading", "question", "link", "note", "rubric")
"""What is looked at, in the order shown."""

MEETS = frozenset({Kind.LECTURE, Kind.RECITATION, Kind.LAB, Kind.EXAM, Kind.EVENT})


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing; never any staff text."""

    aspect: str
    """One of `ASPECTS`."""
    what: str
    key: str
    """Citation key, prompt or deliverable; empty for the class as a whole."""
    place: str
    """File and line where it would be written."""


@dataclass(frozen=True, slots=True)
class SessionReadiness:
    """A class that is coming up."""

    session: str
    date: str
    title: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The classes of a span of days."""

    semester: str
    first: str
    last: str
    sessions: tuple[SessionReadiness, ...]
    asked: bool
    """False when the semester has no quizzes, so that questions and rubrics are not needed."""
    following: str
    """Date of the next class after the span; empty when there is none."""

    @property
    def ready(self) -> bool:
        """Tell whether nothing lacks."""
        return not any(s.lacks for s in self.sessions)


def choose_semester(corpus: Corpus, on: date) -> Semester | None:
    """Give the semester running on a day, else the next one, else the last; None without any."""
    spans = [
        (min(days), max(days), s)
        for s in corpus.semesters
        if (days := [x.date for x in s.sessions if x.date])
    ]
    running = [s for first, last, s in spans if first <= on <= last]
    coming = sorted((pair for pair in spans if pair[0] > on), key=lambda pair: pair[0])
    if running or coming:
        return running[0] if running else coming[0][2]
    return max(spans, key=lambda pair: pair[1])[2] if spans else None


def get_readiness(semester: Semester, corpus: Corpus, on: date, within_days: int) -> Readiness:
    """Give the classes from `on` to `within_days` later, with what each lacks.

    A lecture on a new topic lacks a reading when it has none (continued lectures and guest
    lectures need none); a reading everybody does lacks a question where the semester has quizzes, a
    link in proper form, a note; a question a rubric.
    Links of the row's assignments lack when they are malformed or carry another semester's name.
    """
    last = on + timedelta(within_days)
    works = {w.key: w for w in corpus.works}
    noted = {key for note in corpus.annotations if not note.staff for key in note.works} | {
        w.key for w in corpus.works if w.annotation
    }
    prompts = {p.id: p for p in corpus.prompts}
    asked = has_quizzes(semester)
    coming = sorted(
        (
            s
            for s in semester.sessions
            if s.date and s.date >= on and s.kind in MEETS and not s.cancelled
        ),
        key=lambda s: str(s.date),
    )
    sessions = tuple(
        SessionReadiness(
            s.id,
            s.date.isoformat() if s.date else "",
            s.title,
            tuple(lacks(s, semester, works, noted, prompts, asked)),
        )
        for s in coming
        if s.date and s.date <= last
    )
    after = [s.date for s in coming if s.date and s.date > last]
    return Readiness(
        semester.id,
        on.isoformat(),
        last.isoformat(),
        sessions,
        asked,
        min(after).isoformat() if after else "",
    )


def lacks(
    session: Session,
    semester: Semester,
    works: Mapping[str, Work],
    noted: set[str],
    prompts: Mapping[str, Prompt],
    asked: bool,
) -> Iterator[Lack]:
    """Give what a class lacks."""
    here = f"{session.place.path}:{session.place.line}"
    mandatory = [r for r in session.readings if r.role in {"required", "one-of"}]
    if not mandatory and needs_reading(session):
        yield Lack("reading", "no reading is assigned", "", here)
    own = [prompts[p] for p in session.prompts if p in prompts]
    if asked:
        for group in (
            None,
            *sorted({r.alternative_group for r in mandatory if r.alternative_group is not None}),
        ):
            members = [r for r in mandatory if r.alternative_group == group]
            missing = [r for r in members if not any(asks(p, r) for p in own)]
            yield from (
                Lack("question", f"no question on {named(r, works)}", r.work, at(r))
                for r in missing
            )
    for reading in session.readings:
        yield from link_lacks(reading, works)
    for deliverable in session.deliverables:
        other = foreign_semester(deliverable.url, semester.id)
        name = deliverable.code or deliverable.title
        where = f"{deliverable.place.path}:{deliverable.place.line}"
        if not deliverable.url:
            yield Lack("link", f"{name} has no link", name, where)
        elif not is_safe_url(deliverable.url):
            yield Lack("link", f"{deliverable.url!r} of {name} is no web address", name, where)
        elif other:
            yield Lack("link", f"the link of {name} is of {other}", name, where)
    for key in dict.fromkeys(r.work for r in session.readings if r.work not in noted):
        work = works.get(key)
        yield Lack(
            "note",
            f"{work.title if work else key} has no annotation",
            key,
            f"{work.place.path}:{work.place.line}" if work else here,
        )
    if asked:
        yield from (
            Lack("rubric", f"question {p.id} has no rubric", p.id, f"{p.place.path}:{p.place.line}")
            for p in own
            if not p.rubric.strip()
        )


def needs_reading(session: Session) -> bool:
    """Tell whether a class should have a reading: a lecture on a new topic that no guest gives."""
    new = [t for t in session.topics if not t.continued and not t.guest]
    return session.kind is Kind.LECTURE and session.dated and (bool(new) or not session.topics)


def asks(prompt: Prompt, reading: Reading) -> bool:
    """Tell whether a question of the class asks about a reading: the portion, a part of it, or the
    work where named outright.
    """
    if prompt_fit(prompt, reading):
        return True
    return reading.work in prompt.works and (prompt.locator is None or reading.locator is None)


def link_lacks(reading: Reading, works: Mapping[str, Work]) -> Iterator[Lack]:
    """Give what is wrong with the form of a reading's link; books may be had in the library."""
    work = works.get(reading.work)
    url = reading.url or (work.url if work else "")
    if url and not is_safe_url(url):
        yield Lack("link", f"{url[:80]!r} is no web address", reading.work, at(reading))
    elif not url and not (work and (work.doi or work.arxiv or work.isbn)):
        yield Lack("link", f"{named(reading, works)} has no link", reading.work, at(reading))


def named(reading: Reading, works: Mapping[str, Work]) -> str:
    """Give title and portion of a reading."""
    work = works.get(reading.work)
    title = reading.title or (work.title if work else reading.work)
    return f"{title}, {reading.locator_text}" if reading.locator_text else title


def at(reading: Reading) -> str:
    """Give a reading's place."""
    return f"{reading.place.path}:{reading.place.line}"
