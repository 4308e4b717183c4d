"""History: which work was assigned when, with which portion and topic, and what took its place."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from itertools import pairwise

from kb.plan.history_facts import Assigned, Facts, read_facts
from kb.plan.history_topics import TopicHistory, topic_histories

__all__ = ["Absence", "History", "Replacement", "WorkHistory", "get_history"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A work that took another's place under a topic."""

    work: str
    """The other work."""
    title: str
    topic: str
    """Slug of the topic under which it happened."""
    topic_title: str
    semester: str
    """The first semester that reads the newer one."""
    before: str
    """The last semester, among those that teach the topic, that read the older one."""


@dataclass(frozen=True, slots=True)
class Absence:
    """What a semester that does not assign a work does instead."""

    topic_title: str
    """The topic the work was last assigned under, as that semester names it; empty when the topic
    is not taught.
    """
    session: str
    """Session on that topic; empty when the topic is not taught."""
    read: tuple[str, ...]
    """Works the topic's sessions read instead; empty when they read nothing."""
    last: str
    """The latest earlier semester that assigned the work, else the earliest later one."""

    @property
    def text(self) -> str:
        """Say it in a line: `Safety: mohseni2020practical instead; last assigned F2022`."""
        last = f"last assigned {self.last}"
        if not self.session:
            return f"topic not taught; {last}"
        return (
            f"{self.topic_title}: "
            f"{', '.join(self.read) + ' instead' if self.read else 'no reading'}; {last}"
        )


@dataclass(frozen=True, slots=True)
class WorkHistory:
    """A work and the semesters that assigned it."""

    work: str
    title: str
    cells: dict[str, tuple[str, str]]
    """Semester to (portions, sessions)."""
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Semester to the slugs of the topics it was assigned under."""
    absent: dict[str, Absence] = field(default_factory=dict)
    """For each other semester since it was first assigned, what happened instead."""
    replaces: tuple[Replacement, ...] = ()
    replaced_by: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Works by semesters."""

    semesters: tuple[str, ...]
    works: tuple[WorkHistory, ...]
    """Most often assigned first."""
    topics: tuple[TopicHistory, ...] = ()
    """Topics that were ever taught, in the order of the tree."""
    chains: tuple[tuple[str, ...], ...] = ()
    """Replacement chains of two works or more, oldest work first."""


def get_history(connection: sqlite3.Connection) -> History:
    """Give every work that was ever assigned, most often first, then by title.

    A work replaces another under a topic when it is new there in the first semester that teaches
    the
    topic with readings but no longer assigns the older work at all. A semester in which the topic
    has
    no reading replaces nothing: absent is not dropped.
    """
    facts = read_facts(connection)
    pairs = replacements(facts)
    works: list[WorkHistory] = []
    for work, title in facts.titles.items():
        own = facts.by_work[work]
        cells = {
            s: (
                "; ".join(a.portion for a in found),
                ", ".join(dict.fromkeys(a.session_title for a in found)),
            )
            for s, found in own.items()
        }
        works.append(
            WorkHistory(
                work,
                title,
                cells,
                {
                    semester: tuple(dict.fromkeys(t for a in found for t in a.topics))
                    for semester, found in own.items()
                },
                absences(facts, work),
                tuple(r for newer, r in pairs if newer == work),
                tuple(
                    Replacement(
                        newer, facts.titles[newer], r.topic, r.topic_title, r.semester, r.before
                    )
                    for newer, r in pairs
                    if r.work == work
                ),
            )
        )
    works.sort(key=lambda w: (-len(w.cells), w.title.casefold()))
    return History(facts.semesters, tuple(works), topic_histories(facts), chains(pairs))


def replacements(facts: Facts) -> tuple[tuple[str, Replacement], ...]:
    """Give `(newer work, replacement naming the older)` in order of time."""
    found: dict[tuple[str, str, str], tuple[str, Replacement]] = {}
    for slug, by_semester in facts.by_topic.items():
        taught = [s for s in facts.semesters if by_semester.get(s)]
        for before, after in pairwise(taught):
            old = {a.work for a in by_semester[before]}
            new = {a.work for a in by_semester[after]}
            gone = [
                w
                for w in dict.fromkeys(a.work for a in by_semester[before])
                if w not in new and after not in facts.by_work[w]
            ]
            came = [
                w
                for w in dict.fromkeys(a.work for a in by_semester[after])
                if w not in old and before not in facts.by_work[w]
            ]
            for older in gone:
                for newer in came:
                    record = Replacement(
                        older,
                        facts.titles[older],
                        slug,
                        facts.topic_titles.get(slug, slug),
                        after,
                        before,
                    )
                    found.setdefault((older, newer, after), (newer, record))
    return tuple(
        sorted(
            found.values(),
            key=lambda pair: (facts.semesters.index(pair[1].semester), pair[1].topic, pair[1].work),
        )
    )


def chains(pairs: tuple[tuple[str, Replacement], ...]) -> tuple[tuple[str, ...], ...]:
    """Give the longest chains of replacements under one topic, oldest work first."""
    following: dict[tuple[str, str], list[str]] = {}
    newer_ones = {(r.topic, newer) for newer, r in pairs}
    for newer, r in pairs:
        following.setdefault((r.topic, r.work), []).append(newer)

    def walk(topic: str, chain: tuple[str, ...]) -> list[tuple[str, ...]]:
        further = [w for w in following.get((topic, chain[-1]), ()) if w not in chain]
        return [longer for w in further for longer in walk(topic, (*chain, w))] or [chain]

    starts = [start for start in following if start not in newer_ones]
    return tuple(dict.fromkeys(chain for topic, work in starts for chain in walk(topic, (work,))))


def absences(facts: Facts, work: str) -> dict[str, Absence]:
    """Give what each semester without the work did, from the first one that assigned it."""
    own = facts.by_work[work]
    first = facts.semesters.index(min(own, key=facts.semesters.index))
    found: dict[str, Absence] = {}
    for number, semester in enumerate(facts.semesters):
        if semester in own or number < first:
            continue
        last = max((s for s in own if facts.semesters.index(s) < number), key=facts.semesters.index)
        found[semester] = absence(facts, semester, own[last], last)
    return found


def absence(facts: Facts, semester: str, was: list[Assigned], last: str) -> Absence:
    """Give what the sessions on the work's last topics read in a semester."""
    slugs = tuple(dict.fromkeys(t for a in was for t in a.topics))
    for slug in slugs:
        sessions = facts.sessions_on.get((slug, semester), ())
        if sessions:
            readings = facts.by_topic.get(slug, {}).get(semester, ())
            session, title = next(
                ((s, t) for s, t in sessions if any(a.session == s for a in readings)), sessions[0]
            )
            return Absence(title, session, tuple(dict.fromkeys(a.work for a in readings)), last)
    return Absence("", "", (), last)
