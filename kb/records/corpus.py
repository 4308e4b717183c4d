"""Questions, and all records of one source directory."""

from __future__ import annotations

from dataclasses import dataclass

from kb.records.common import Locator, Place
from kb.records.semesters import Semester, Waiver
from kb.records.works import Annotation, KnownPerson, Topic, Work

__all__ = ["Corpus", "Prompt"]


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
