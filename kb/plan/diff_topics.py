"""Topics of two semesters side by side: the same, renamed, added, dropped, merged, split."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from kb.plan.diff_models import Change
from kb.records import Corpus, Kind, Reading, Semester, Session, SessionTopic, Work
from kb.text import fold, plural, title_key
from kb.validate.topic_names import topic_index

__all__ = ["Aligned", "Unit", "align_topics", "overlap", "topic_changes", "units"]

TAUGHT = frozenset({Kind.LECTURE, Kind.RECITATION, Kind.LAB})
"""Kinds of rows that treat topics."""

SMALL_WORDS = frozenset("a an and of the to for in on with from ml ai".split())


@dataclass(slots=True)
class Unit:
    """A topic of one semester, over all its sessions of a kind."""

    name: str
    """Folded title without numbers; what makes two titles one topic."""
    title: str
    slug: str
    practice: bool
    """True for recitations and labs."""
    sessions: list[Session] = field(default_factory=list)
    readings: list[tuple[Session, Reading]] = field(default_factory=list)
    number: int = 0


@dataclass(frozen=True, slots=True)
class Aligned:
    """Topics of both semesters and which of them are the same."""

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    same: dict[int, int]
    """Number of the old unit to number of the new one."""
    merged: dict[int, int]
    """Old unit to the new one that took it in beside its own counterpart."""
    split: dict[int, int]
    """New unit to the old one that it was part of."""

    def matches(self, old: int, new: int) -> bool:
        """Tell whether a new unit is, takes in, or comes from the old one."""
        return (
            self.same.get(old) == new or self.merged.get(old) == new or self.split.get(new) == old
        )


def plain_title(topic: SessionTopic) -> str:
    """Give a title without the number of its part."""
    return re.sub(r"\s+(?:\d+|I{1,3}|IV)(?=\s*(?::|$)).*$", "", topic.title).strip() or topic.title


def units(
    semester: Semester, index: Mapping[str, str], works: Mapping[str, Work]
) -> tuple[Unit, ...]:
    """Give a semester's topics in order of their first session, with the readings that belong to
    them.
    """
    found: dict[tuple[str, bool], Unit] = {}
    for session in semester.sessions:
        if session.kind not in TAUGHT or session.cancelled or not session.topics:
            continue
        own: list[Unit] = []
        for topic in session.topics:
            title = plain_title(topic)
            name = title_key(fold(title).replace("&", " and ").replace("+", " and "))
            practice = session.kind is not Kind.LECTURE
            unit = found.setdefault(
                (name, practice),
                Unit(
                    name,
                    title,
                    topic.topic or index.get(title_key(title), ""),
                    practice,
                    number=len(found),
                ),
            )
            if session not in unit.sessions:
                unit.sessions.append(session)
            own.append(unit)
        for reading in session.readings:
            belongs = next((u for u in own if reading.topic and u.slug == reading.topic), None)
            work = works.get(reading.work)
            if belongs is None and len(own) > 1 and work is not None:
                belongs = next((u for slug in work.topics for u in own if u.slug == slug), None)
            (belongs or own[0]).readings.append((session, reading))
    return tuple(found.values())


def overlap(one: Reading, two: Reading) -> bool:
    """Tell whether two readings share a portion of one work."""
    if one.work != two.work:
        return False
    if one.locator is None or two.locator is None:
        return one.locator is two.locator
    parts = {p.casefold() for p in one.locator.parts}
    return one.locator.unit == two.locator.unit and bool(
        parts & {p.casefold() for p in two.locator.parts}
    )


def shared(one: Unit, two: Unit) -> int:
    """Count the readings of one topic that overlap with those of another."""
    return sum(any(overlap(a, b) for _, b in two.readings) for _, a in one.readings)


def align_topics(
    old: Semester, new: Semester, corpus: Corpus, works: Mapping[str, Work]
) -> Aligned:
    """Find which topics of two semesters are the same: by name, by the topic tree, by what they
    read.
    """
    index = topic_index(corpus.topics)
    olds, news = units(old, index, works), units(new, index, works)
    by_name = {(u.name, u.practice): u.number for u in news}
    same = {u.number: by_name[u.name, u.practice] for u in olds if (u.name, u.practice) in by_name}
    for rule in (same_slug, same_readings, same_words):
        pairs = sorted(
            (
                (score, -abs(a.number - b.number), a.number, b.number)
                for a in olds
                for b in news
                if a.practice == b.practice and (score := rule(a, b)) > 0
            ),
            reverse=True,
        )
        for _, _, a, b in pairs:
            if a not in same and b not in same.values():
                same[a] = b
    back = {b: a for a, b in same.items()}
    merged = {
        u.number: best
        for u in olds
        if u.number not in same
        and (best := nearest_kin(u, [n for n in news if n.number in back])) is not None
    }
    split = {
        u.number: best
        for u in news
        if u.number not in back
        and (best := nearest_kin(u, [o for o in olds if o.number in same])) is not None
    }
    return Aligned(olds, news, same, merged, split)


def same_slug(one: Unit, two: Unit) -> float:
    """Score two topics of one slug: readings in common, then how alike their names are; 0 for
    different slugs.
    """
    if not one.slug or one.slug != two.slug:
        return 0.0
    return 1 + 3 * shared(one, two) + float(fuzz.token_set_ratio(one.name, two.name)) / 100


def same_readings(one: Unit, two: Unit) -> float:
    """Score two topics that read the same, or have nearly the same name; 0 otherwise."""
    common = shared(one, two)
    if common and common * 2 >= max(len(one.readings), len(two.readings)):
        return 1.0 + common
    ratio = float(fuzz.ratio(one.name, two.name))
    return ratio / 100 if ratio >= 85 else 0.0


def title_words(unit: Unit) -> set[str]:
    """Give the words of a title that mean something."""
    return set(unit.name.split()) - SMALL_WORDS


def same_words(one: Unit, two: Unit) -> float:
    """Score two topics by the words their titles share; 0 for fewer than two words or two in
    five.
    """
    common = title_words(one) & title_words(two)
    share = len(common) / max(1, len(title_words(one) | title_words(two)))
    return share if len(common) >= 2 and share >= 0.4 else 0.0


def nearest_kin(unit: Unit, others: list[Unit]) -> int | None:
    """Give the topic of the other semester that holds this one's readings, or names it among
    others.
    """
    readers = [
        (shared(unit, other), -other.number)
        for other in others
        if other.practice == unit.practice and shared(unit, other)
    ]
    if readers:
        return -max(readers)[1]
    words = title_words(unit)
    for other in others:
        listing = re.search(r",|/|&|\band\b", other.title) or (
            unit.slug and unit.slug == other.slug
        )
        if (
            other.practice == unit.practice
            and listing
            and words
            and len(words & title_words(other)) * 2 >= len(words)
        ):
            return other.number
    return None


def topic_changes(aligned: Aligned) -> Iterator[Change]:
    """Give what happened to topics, in calendar order of the new semester, the dropped ones
    last.
    """
    back = {b: a for a, b in aligned.same.items()}
    for unit in aligned.new:
        before = aligned.old[back[unit.number]] if unit.number in back else None
        if before is not None:
            yield from kept_changes(before, unit)
        elif unit.number in aligned.split:
            yield topic_change(unit, "split", aligned.old[aligned.split[unit.number]], unit)
        else:
            yield topic_change(unit, "added", None, unit)
    for unit in aligned.old:
        if unit.number in aligned.merged:
            yield topic_change(unit, "merged", unit, aligned.new[aligned.merged[unit.number]])
        elif unit.number not in aligned.same:
            yield topic_change(unit, "dropped", unit, None)


def kept_changes(before: Unit, unit: Unit) -> Iterator[Change]:
    """Give what changed of a topic that stayed: its name, its number of sessions."""
    if before.name != unit.name:
        yield topic_change(unit, "renamed", before, unit)
    if len(before.sessions) != len(unit.sessions):
        old, new = (plural(len(u.sessions), "session") for u in (before, unit))
        yield Change(
            area="topics",
            change="changed",
            subject=unit.title,
            key=unit.slug,
            old=old,
            new=new,
            note=practice(unit),
        )


def topic_change(unit: Unit, change: str, old: Unit | None, new: Unit | None) -> Change:
    """Give a change of a topic by the titles before and after."""
    return Change(
        area="topics",
        change=change,
        subject=unit.title,
        key=unit.slug,
        old=old.title if old else "",
        new=new.title if new else "",
        note=practice(unit),
    )


def practice(unit: Unit) -> str:
    """Name the kind of a topic that is no lecture's."""
    return unit.sessions[0].kind.value if unit.practice else ""
