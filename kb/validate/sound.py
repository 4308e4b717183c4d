"""A corpus without what points nowhere: what is sound stays whole, what is not is left out of it.

Every flaw has its finding by then; here nothing is reported. Keys of works that cannot be read stay
where a calendar or a question names them, so that a reading keeps its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from kb.findings import Finding, Severity
from kb.records import Annotation, Corpus, Prompt, Semester, Session, Topic, Work

__all__ = ["sound_corpus"]

DOUBTED = frozenset({"weekday", "year"})
"""Errors that make the date of a row doubtful."""

T = TypeVar("T")


def sound_corpus(corpus: Corpus, findings: Iterable[Finding] = ()) -> Corpus:
    """Give the corpus that a database can hold: ids once, no reference that leads nowhere.

    Args:
        corpus: as it was read.
        findings: what was found in it; errors about the date of a row become its `doubt`.
    """
    doubts = {
        (f.path, f.line): f.what
        for f in findings
        if f.code in DOUBTED and f.severity is Severity.ERROR
    }
    topics = tuple(sound_topics(corpus.topics))
    slugs = frozenset(topic.slug for topic in topics)
    keys = frozenset(work.key for work in corpus.works)
    prompts = tuple(sound_prompt(p, slugs) for p in once(corpus.prompts, lambda p: p.id))
    asked = frozenset(prompt.id for prompt in prompts)
    taken: set[str] = set()
    return replace(
        corpus,
        topics=topics,
        works=tuple(sound_work(work, slugs) for work in corpus.works),
        annotations=tuple(sound_notes(corpus.annotations, keys)),
        prompts=prompts,
        semesters=tuple(
            sound_semester(semester, slugs, asked, doubts, taken)
            for semester in once(corpus.semesters, lambda s: s.id.casefold())
        ),
    )


def once(records: Iterable[T], name: Callable[[T], str]) -> Iterator[T]:
    """Give the first record of each name."""
    seen: set[str] = set()
    for record in records:
        if name(record) not in seen:
            seen.add(name(record))
            yield record


def sound_topics(topics: Iterable[Topic]) -> Iterator[Topic]:
    """Give each topic once, below a parent that is there, each alias once."""
    kept = tuple(once(topics, lambda t: t.slug))
    slugs = {topic.slug for topic in kept}
    for topic in kept:
        parent = topic.parent if topic.parent in slugs else ""
        yield replace(topic, parent=parent, aliases=tuple(dict.fromkeys(topic.aliases)))


def sound_work(work: Work, slugs: frozenset[str]) -> Work:
    """Give a work with the topics there are; other slugs are keywords like any."""
    unknown = tuple(slug for slug in work.topics if slug not in slugs)
    if not unknown:
        return work
    topics = tuple(slug for slug in work.topics if slug in slugs)
    return replace(work, topics=topics, keywords=(*work.keywords, *unknown))


def sound_notes(notes: Iterable[Annotation], keys: frozenset[str]) -> Iterator[Annotation]:
    """Give notes about works that are there; their ids are apart from the works' own notes."""
    taken = set(keys)
    for note in once(notes, lambda n: n.id):
        works = tuple(key for key in note.works if key in keys)
        if works:
            name = free_id(note.id, taken)
            taken.add(name)
            yield replace(note, id=name, works=works)


def sound_prompt(prompt: Prompt, slugs: frozenset[str]) -> Prompt:
    """Give a prompt under a topic that is there."""
    return prompt if not prompt.topic or prompt.topic in slugs else replace(prompt, topic="")


def sound_semester(
    semester: Semester,
    slugs: frozenset[str],
    asked: frozenset[str],
    doubts: dict[tuple[str, int], str],
    taken: set[str],
) -> Semester:
    """Give a semester whose rows have ids of their own and name what is there.

    Args:
        semester: the semester.
        slugs: of all topics.
        asked: ids of all prompts.
        doubts: by file and row, what is wrong with its date.
        taken: ids of the rows before; added to here.
    """
    sessions = []
    for session in semester.sessions:
        name = free_id(session.id, taken)
        taken.add(name)
        doubt = session.doubt or doubts.get((session.place.path, session.place.line), "")
        sessions.append(replace(sound_session(session, slugs, asked), id=name, doubt=doubt))
    return replace(semester, sessions=tuple(sessions))


def free_id(name: str, taken: set[str]) -> str:
    """Give an id that no other row has."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def sound_session(session: Session, slugs: frozenset[str], asked: frozenset[str]) -> Session:
    """Give a row with the topics and prompts there are."""
    return replace(
        session,
        topics=tuple(
            t if not t.topic or t.topic in slugs else replace(t, topic="") for t in session.topics
        ),
        readings=tuple(
            r if not r.topic or r.topic in slugs else replace(r, topic="") for r in session.readings
        ),
        prompts=tuple(dict.fromkeys(p for p in session.prompts if p in asked)),
    )
