"""Readings of two semesters side by side: added, dropped, moved, re-chaptered, another role, or not
filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.parse.locators import format_locator
from kb.plan.diff_models import Change
from kb.plan.diff_topics import Aligned, overlap
from kb.records import Kind, Reading, Role, Semester, Session, Work

__all__ = ["Fill", "reading_changes", "reading_fill"]

SPARSE = 0.6
"""A semester with less than this share of the other's lectures with readings has not filled them
in.
"""

TAIL = 3
"""Lectures without reading at the end of a semester, beyond what is usual, that make it
unfinished.
"""


@dataclass(frozen=True, slots=True)
class Fill:
    """How far a semester has filled in its readings."""

    lectures: int
    filled: int
    """Lectures with a reading."""
    last: date | None
    """Date of the last lecture with a reading."""
    tail: int
    """Lectures after it."""

    @property
    def share(self) -> float:
        """Share of the lectures with a reading."""
        return self.filled / self.lectures if self.lectures else 0.0


@dataclass(frozen=True, slots=True)
class Use:
    """A reading where a semester has it."""

    unit: int
    unit_title: str
    session: Session
    reading: Reading


def reading_fill(semester: Semester) -> Fill:
    """Count lectures with and without readings.

    What only leads further (supplementary, recommended, cited) does not fill a lecture in, unless
    the semester has nothing else.
    """
    lectures = [s for s in semester.sessions if s.kind is Kind.LECTURE and not s.cancelled]
    having = [n for n, s in enumerate(lectures) if assigned(s.readings)]
    if not having:
        having = [n for n, s in enumerate(lectures) if s.readings]
    last = having[-1] if having else -1
    return Fill(
        len(lectures),
        len(having),
        lectures[last].date if having else None,
        len(lectures) - 1 - last,
    )


def assigned(readings: Iterable[Reading]) -> bool:
    """Tell whether somebody has to read one of them."""
    return any(r.role in {Role.REQUIRED, Role.ONE_OF} for r in readings)


def reading_changes(
    aligned: Aligned,
    old: Fill,
    new: Fill,
    works: Mapping[str, Work],
    names: tuple[str, str],
    not_filled: list[str],
) -> Iterator[Change]:
    """Give what happened to readings, by work.

    Notes are added to `not_filled` for a semester without readings, sparsely filled, or unfinished.
    """
    if not old.filled or not new.filled:
        empty = [name for name, fill in zip(names, (old, new), strict=True) if not fill.filled]
        if len(empty) == 1:
            not_filled.append(
                f"{empty[0]} names no readings: not filled in, nothing was added or dropped"
            )
        return
    olds, news = uses(aligned, True), uses(aligned, False)
    order = list(dict.fromkeys((*olds, *news)))
    open_old, open_new = patchy(old, new), patchy(new, old)
    for name, fill, is_open in ((names[0], old, open_old), (names[1], new, open_new)):
        if is_open:
            not_filled.append(
                f"{name} has readings for {fill.filled} of {fill.lectures} lectures"
                f"{ended(fill)}; topics it leaves open are not filled in, not dropped"
            )
    for work in order:
        title = (
            name_of(works[work])
            if work in works
            else next(u.reading.title or work for u in (*olds[work], *news[work]))
        )
        pairs, gone, came = pair_up(olds[work], news[work], aligned)
        for before, after in pairs:
            yield from pair_changes(work, title, before, after, aligned)
        for use in gone:
            yield absent_change(work, title, use, aligned, open_new, new, True)
        for use in came:
            yield absent_change(work, title, use, aligned, open_old, old, False)


def name_of(work: Work) -> str:
    """Give the title that schedules print, else the title."""
    return work.short_titles[0] if work.short_titles else work.title


def patchy(fill: Fill, other: Fill) -> bool:
    """Tell whether a semester has not filled in its readings, measured by the other."""
    return fill.share < SPARSE * other.share or fill.tail >= other.tail + TAIL


def ended(fill: Fill) -> str:
    """Say where an unfinished semester stops."""
    return f" (none after {fill.last})" if fill.tail >= TAIL and fill.last else ""


def uses(aligned: Aligned, old: bool) -> dict[str, list[Use]]:
    """Give the readings of a side by work, in calendar order."""
    found: dict[str, list[Use]] = defaultdict(list)
    for unit in aligned.old if old else aligned.new:
        for session, reading in unit.readings:
            found[reading.work].append(Use(unit.number, unit.title, session, reading))
    for entries in found.values():
        entries.sort(key=lambda u: u.session.position)
    return found


def pair_up(
    olds: list[Use], news: list[Use], aligned: Aligned
) -> tuple[list[tuple[Use, Use]], list[Use], list[Use]]:
    """Pair the uses of one work: same topic and portion, same topic and part of it, same portion,
    same topic.
    """

    def score(a: Use, b: Use) -> float:
        topic = aligned.matches(a.unit, b.unit)
        portion = a.reading.locator == b.reading.locator
        if not (topic or portion or overlap(a.reading, b.reading)):
            return 0.0
        return 3.0 * topic + 2.5 * portion + 1.5 * overlap(a.reading, b.reading)

    scored = sorted(
        (
            (s, -i, -j)
            for i, a in enumerate(olds)
            for j, b in enumerate(news)
            if (s := score(a, b)) > 0
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, i, j in scored:
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    taken = set(pairs.values())
    return (
        [(olds[i], news[j]) for i, j in sorted(pairs.items())],
        [u for i, u in enumerate(olds) if i not in pairs],
        [u for j, u in enumerate(news) if j not in taken],
    )


def portion(reading: Reading) -> str:
    """Give a reading's portion as people write it."""
    return (
        format_locator(reading.locator)
        if reading.locator
        else reading.locator_text or "the whole work"
    )


def pair_changes(
    work: str, title: str, before: Use, after: Use, aligned: Aligned
) -> Iterator[Change]:
    """Give what changed about one reading."""
    if not aligned.matches(before.unit, after.unit):
        yield Change(
            area="readings",
            change="moved",
            subject=title,
            key=work,
            old=before.unit_title,
            new=after.unit_title,
            note=portion_note(after.reading),
        )
    if before.reading.locator != after.reading.locator:
        yield Change(
            area="readings",
            change="re-chaptered",
            subject=title,
            key=work,
            old=portion(before.reading),
            new=portion(after.reading),
            note=after.unit_title,
        )
    if before.reading.role != after.reading.role:
        yield Change(
            area="readings",
            change="role",
            subject=title,
            key=work,
            old=before.reading.role.value,
            new=after.reading.role.value,
            note=after.unit_title,
        )
    if before.reading.url and after.reading.url and before.reading.url != after.reading.url:
        yield Change(
            area="readings",
            change="link",
            subject=title,
            key=work,
            old=before.reading.url,
            new=after.reading.url,
            note=portion_note(after.reading),
        )


def portion_note(reading: Reading) -> str:
    """Give the portion, or nothing for the whole work."""
    return portion(reading) if reading.locator else ""


def absent_change(
    work: str, title: str, use: Use, aligned: Aligned, other_open: bool, other: Fill, gone: bool
) -> Change:
    """Give a reading that only one side has: dropped or added, or not filled in on the other
    side.
    """
    if gone:
        counterpart = aligned.same.get(use.unit, aligned.merged.get(use.unit))
        unit = aligned.new[counterpart] if counterpart is not None else None
    else:
        back = {b: a for a, b in aligned.same.items()}
        counterpart = back.get(use.unit, aligned.split.get(use.unit))
        unit = aligned.old[counterpart] if counterpart is not None else None
    side = {"old": use.unit_title} if gone else {"new": use.unit_title}
    if other_open and unit is not None and not assigned(r for _, r in unit.readings):
        return Change(
            area="readings",
            change="not filled in",
            subject=title,
            key=work,
            note=portion_note(use.reading),
            **side,
        )
    if gone:
        note = (
            "topic no longer taught"
            if unit is None
            else "topic without reading now"
            if not unit.readings
            else ""
        )
    else:
        note = "new topic" if unit is None else ""
    return Change(
        area="readings",
        change="dropped" if gone else "added",
        subject=title,
        key=work,
        note="; ".join(n for n in (portion_note(use.reading), note) if n),
        **side,
    )
