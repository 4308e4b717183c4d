"""Readings that stayed when topics moved: a run of classes whose readings fit the next or previous
class.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kb.findings import Finding
from kb.records import Corpus, Kind, Reading, Semester, Session, SessionTopic, Topic, Work
from kb.text import fold_words
from kb.validate.codes import CALENDAR_SEVERITIES

__all__ = ["reading_shift_findings"]

OFFSETS = (1, -1, 2, -2)
"""How many classes further the fitting topic may stand; a guest lecture moves topics by one or two.
"""

ENOUGH = 4
"""Evidence that a run must add up to; two classes whose readings other semesters assign under the
neighbour's topic give 6.
"""

COMMON = frozenset(
    "a an the and or of for in on to with by from at is are be as its it how what why "
    "not your our into "
    "machine learning ml ai artificial intelligence system systems software engineering "
    "enabled based intelligent building build "
    "model models practical practice practices approach study introduction intro "
    "motivation toward towards large new using case "
    "lecture guest talk part continued ch chapter deep neural data science scientists".split()
)
"""Words that tell no topic of this kind of course from another."""


TALK = re.compile(r"guest|invited|talk\b|speaker|conversation|panel|visit", re.IGNORECASE)
"""Words of lectures that somebody else gives."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A class with the rows that share its date."""

    sessions: tuple[Session, ...]

    @property
    def topics(self) -> tuple[SessionTopic, ...]:
        """Topics of all its rows."""
        return tuple(t for s in self.sessions for t in s.topics)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Readings that everybody is asked about."""
        return tuple(
            r for s in self.sessions for r in s.readings if r.role in {"required", "one-of"}
        )

    @property
    def label(self) -> str:
        """Name of the class in a message."""
        return " and ".join(t.title for t in self.topics) or self.sessions[0].title


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about where readings belong."""

    elsewhere: dict[tuple[str, str], dict[str, set[str]]]
    """(work, part) to topic to the semesters that assigned it there."""
    works: dict[str, Work]
    topics: dict[str, Topic]

    def fit(self, reading: Reading, slot: Slot, semester: str) -> int:
        """Tell how well a reading fits a class: 3 assigned so elsewhere, 2 a topic of the work, 1
        words of the title, 0 not.
        """
        slugs = {t.topic for t in slot.topics if t.topic} | (
            {reading.topic} if reading.topic else set()
        )
        for part in parts(reading):
            known = self.elsewhere.get((reading.work, part), {})
            if any(known.get(slug, set()) - {semester} for slug in slugs):
                return 3
        work = self.works.get(reading.work)
        if work is not None and reading.locator is None and slugs & set(work.topics):
            return 2
        wanted = {w for t in slot.topics for w in significant(t.title)}
        wanted |= {
            w
            for slug in slugs
            if slug in self.topics
            for name in (self.topics[slug].title, slug.split("/")[-1])
            for w in significant(name)
        }
        named = (
            " ".join(reading.locator.parts)
            if reading.locator and not reading.locator.parts[0][:1].isdigit()
            else ""
        )
        title = (
            f"{reading.title} {named}"
            if reading.locator
            else f"{reading.title} {work.title if work else ''}"
        )
        return 1 if wanted & significant(title) else 0


def parts(reading: Reading) -> tuple[str, ...]:
    """Give the parts of a reading, `chapter 5`; an empty name for the whole work."""
    if reading.locator is None:
        return ("",)
    return tuple(f"{reading.locator.unit} {part.casefold()}" for part in reading.locator.parts)


def significant(text: str) -> set[str]:
    """Give the stems of the words that tell topics apart."""
    return {
        stem(word)
        for word in fold_words(text)
        if word not in COMMON and len(word) > 2 and not word.isdigit()
    }


def stem(word: str) -> str:
    """Cut a word to what its forms share: `fair` of fairness, `secur` of security."""
    for ending in (
        "nesses",
        "ness",
        "ability",
        "ilities",
        "ility",
        "able",
        "ations",
        "ation",
        "ities",
        "ity",
        "ings",
        "ing",
        "ies",
        "ers",
        "er",
        "ed",
        "es",
        "s",
        "e",
        "y",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def gather(corpus: Corpus) -> Evidence:
    """Note under which topics each portion was assigned; sessions of one topic only, where there
    are any.
    """
    alone: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    among: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for semester in corpus.semesters:
        for slot in slots(semester):
            slugs = {t.topic for t in slot.topics if t.topic}
            for reading in slot.readings:
                own = {reading.topic} if reading.topic else slugs
                for part in parts(reading):
                    for slug in own:
                        (alone if len(own) == 1 else among)[reading.work, part][slug].add(
                            semester.id
                        )
    merged = {key: dict(alone.get(key) or among[key]) for key in {*alone, *among}}
    return Evidence(merged, {w.key: w for w in corpus.works}, {t.slug: t for t in corpus.topics})


def slots(semester: Semester) -> tuple[Slot, ...]:
    """Give the lectures that take place, in calendar order, rows of one date together."""
    found: dict[object, list[Session]] = {}
    for session in semester.sessions:
        if session.kind is Kind.LECTURE and not session.cancelled:
            found.setdefault(session.date or session.id, []).append(session)
    return tuple(Slot(tuple(rows)) for rows in found.values())


def reading_shift_findings(corpus: Corpus) -> Iterator[Finding]:
    """Report where a semester's readings begin to belong to a neighbouring class's topic
    (`reading-shifted`).

    A run needs two such classes, with evidence beyond words of titles unless a guest lecture is
    next to the
    first, or one beside a guest lecture whose readings other semesters assign under
    the neighbour's topic while the neighbour has no readings that fit it; two classes that show
    each
    other's readings are a run as well. A semester is never its own witness.
    """
    evidence = gather(corpus)
    for semester in corpus.semesters:
        best = max(
            (
                *(
                    run
                    for offset in OFFSETS
                    for run in runs(slots(semester), offset, evidence, semester.id)
                ),
                *swaps(slots(semester), evidence, semester.id),
            ),
            key=lambda run: (len(run.pairs), run.weight, -abs(run.offset)),
            default=None,
        )
        if best is not None:
            yield shift_finding(best)


@dataclass(frozen=True, slots=True)
class Run:
    """Classes in a row whose readings fit the class `offset` further."""

    offset: int
    """0 for two classes that show each other's readings."""
    pairs: tuple[tuple[Slot, Slot], ...]
    """(where the readings stand, where they belong)"""
    weight: int
    guest: str


def runs(
    classes: tuple[Slot, ...], offset: int, evidence: Evidence, semester: str
) -> Iterator[Run]:
    """Give the runs for one offset, long enough to speak."""
    own = [best_fit(slot, slot, evidence, semester) for slot in classes]
    current: list[tuple[int, int]] = []
    for number, slot in enumerate(classes):
        target = number + offset
        moved = (
            best_fit(slot, classes[target], evidence, semester) if 0 <= target < len(classes) else 0
        )
        if slot.readings and own[number] == 0 and moved > 0:
            current.append((number, moved))
        elif slot.readings and own[number] > 0 and moved < own[number]:
            yield from speaking(classes, current, offset, own)
            current = []
    yield from speaking(classes, current, offset, own)


def swaps(classes: tuple[Slot, ...], evidence: Evidence, semester: str) -> Iterator[Run]:
    """Give pairs of classes, next to each other or one apart, that show each other's readings."""
    for number, here in enumerate(classes):
        for there in classes[number + 1 : number + 3]:
            fits = [
                best_fit(a, b, evidence, semester)
                for a, b in ((here, there), (there, here), (here, here), (there, there))
            ]
            if fits[0] and fits[1] and not fits[2] and not fits[3]:
                yield Run(0, ((here, there), (there, here)), fits[0] + fits[1], "")


def best_fit(slot: Slot, other: Slot, evidence: Evidence, semester: str) -> int:
    """Give the best fit of a class's readings with another class."""
    return max((evidence.fit(r, other, semester) for r in slot.readings), default=0)


def speaking(
    classes: tuple[Slot, ...], hits: list[tuple[int, int]], offset: int, own: list[int]
) -> Iterator[Run]:
    """Give the run when its evidence is enough."""
    if not hits:
        return
    weight = sum(moved for _, moved in hits)
    guest = guest_near(classes, hits[0][0])
    beside = bool(guest) and guest_near(classes, hits[0][0], 1) != ""
    several = len(hits) >= 2 and (weight >= ENOUGH or beside)
    lonely = len(hits) == 1 and hits[0][1] == 3 and own[hits[0][0] + offset] == 0 and bool(guest)
    if several or lonely or (len(hits) >= 3 and weight >= 3):
        pairs = tuple((classes[n], classes[n + offset]) for n, _ in hits)
        yield Run(offset, pairs, weight, guest)


def guest_near(classes: tuple[Slot, ...], number: int, before: int = 3) -> str:
    """Name the guest lecture, or a talk outside the topic tree, at a class or up to `before`
    classes earlier; else nothing.
    """
    for slot in reversed(classes[max(0, number - before) : number + 1]):
        if any(t.guest or (not t.topic and TALK.search(t.title)) for t in slot.topics):
            return slot.label
    return ""


def shift_finding(run: Run) -> Finding:
    """Say where the run starts and what belongs where."""
    session = run.pairs[0][0].sessions[0]
    shown = [
        f"{here.readings[0].title or here.readings[0].work!r} stands at {here.label!r} and "
        f"fits {there.label!r}"
        for here, there in run.pairs[:3]
    ]
    more = f" and {len(run.pairs) - 3} more" if len(run.pairs) > 3 else ""
    cause = f"; perhaps topics moved for {run.guest!r} and readings stayed" if run.guest else ""
    what = f"{claim(run)}: {', '.join(shown)}{more}{cause}"
    place = session.place
    return Finding(
        code="reading-shifted",
        severity=CALENDAR_SEVERITIES["reading-shifted"],
        path=place.path,
        line=place.line,
        column=place.column,
        key=session.id,
        what=what,
        hint="move the readings with their topics, or waive this",
    )


def claim(run: Run) -> str:
    """Say how readings and topics are displaced."""
    if run.offset == 0:
        return "two classes seem to show each other's readings"
    count = f"readings of {len(run.pairs)} classes" if len(run.pairs) > 1 else "the readings"
    distance = (
        "next"
        if run.offset == 1
        else "previous"
        if run.offset == -1
        else f"{abs(run.offset)} classes {'later' if run.offset > 0 else 'earlier'}"
    )
    where = f"the {distance} class's topic" if abs(run.offset) == 1 else f"the topic {distance}"
    return f"from here on {count} fit {where}"
