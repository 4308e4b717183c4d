"""What crossed a break or a lecture in a planned calendar, and what came into another week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from kb.plan.bundles import Way
from kb.plan.notices import Notice
from kb.plan.roll_breaks_report import counterpart
from kb.plan.roll_heads import heads, named
from kb.plan.roll_models import Fate, Placed, Roll
from kb.plan.slots import MEETS, class_rows, monday
from kb.records import Session
from kb.text import plural

SPANS = 3
"""Groups of sessions in another week that are named one by one."""


def order_notices(roll: Roll) -> Iterator[Notice]:
    """Say what crossed a break, and which recitations and labs crossed a lecture or exam."""
    if roll.exact:
        return
    yield from crossed_breaks(roll)
    yield from crossed_lectures(roll)


def crossed_breaks(roll: Roll) -> Iterator[Notice]:
    """Say what was on one side of a break and is on the other now."""
    for old in roll.before:
        new = counterpart(old, roll)
        if new is None:
            continue
        moved: dict[str, list[str]] = {
            "was before {0}, is after {1} now": [],
            "was after {0}, is before {1} now": [],
        }
        early, late = moved.values()
        for placed in roll.placed:
            if (
                placed.bundle is None
                or placed.day is None
                or placed.bundle.day is None
                or placed.fate is Fate.CONTINUED
            ):
                continue
            if placed.bundle.day < old.first and placed.day > new.last:
                early.append(placed.bundle.head.title)
            elif placed.bundle.day > old.last and placed.day < new.first:
                late.append(placed.bundle.head.title)
        for text, titles in moved.items():
            if titles:
                yield Notice(
                    "order",
                    f"{text.format(repr(old.title), repr(new.title))}: {'; '.join(titles)}",
                    warning=False,
                )


def crossed_lectures(roll: Roll) -> Iterator[Notice]:
    """Say which recitations and labs come before or behind other lectures and exams now."""
    main = [(p, h) for p, h in heads(roll, Way.MAIN) if p.day]
    for placed, head in heads(roll, Way.SIDE):
        dated = [
            (lecture.day, other)
            for lecture, other in main
            if placed.day and lecture.day and head.date and other.date
        ]
        behind = [
            other
            for day, other in dated
            if placed.day
            and head.date
            and other.date
            and other.date <= head.date
            and day > placed.day
        ]
        ahead = [
            other
            for day, other in dated
            if placed.day
            and head.date
            and other.date
            and other.date > head.date
            and day <= placed.day
            and other.kind not in MEETS
        ]
        for side, crossed in (("before", behind), ("after", ahead)):
            if crossed:
                matters = side == "after" or any(
                    o in (*goes_with(head, main), *exams(main)) for o in crossed
                )
                what = (
                    f"{head.kind} {head.title!r}, {named(placed.day)}, comes {side} "
                    f"{' and '.join(repr(o.title) for o in crossed)} now"
                )
                yield Notice("order", what, "kb move or kb swap", head.id, matters)


def goes_with(head: Session, main: Sequence[tuple[Placed, Session]]) -> list[Session]:
    """Give the lectures that a recitation or lab goes with: those it followed that share a topic,
    else the last one before it.
    """
    slugs = {t.topic for t in head.topics if t.topic}
    shared = [
        o
        for _, o in main
        if o.date and head.date and o.date <= head.date and slugs & {t.topic for t in o.topics}
    ]
    nearest = nearest_before(head, main)
    return shared or ([nearest] if nearest else [])


def nearest_before(head: Session, main: Sequence[tuple[Placed, Session]]) -> Session | None:
    """Give the lecture that a class followed."""
    return next(
        (
            other
            for _, other in reversed(main)
            if other.date and head.date and other.date <= head.date
        ),
        None,
    )


def exams(main: Sequence[tuple[Placed, Session]]) -> list[Session]:
    """Give the exams among lectures."""
    return [s for _, s in main if s.kind not in MEETS]


def week_notices(roll: Roll) -> Iterator[Notice]:
    """Say which sessions came into another week of the term."""
    if roll.start < roll.first:
        yield Notice(
            "week",
            f"classes start on {named(roll.start)}; the first class day is {named(roll.first)}",
            warning=False,
        )
    if roll.exact:
        return
    old_first = min((s.date for s in class_rows(roll.old) if s.date), default=roll.first)

    def week(day: date, first: date) -> int:
        return (monday(day) - monday(first)).days // 7 + 1

    for way in (Way.MAIN, Way.SIDE):
        steps = [
            (head, week(head.date, old_first), week(p.day, roll.first))
            for p, head in heads(roll, way)
            if p.day and head.date
        ]
        groups = [
            (step, rows)
            for step, group in groupby(steps, key=lambda s: s[2] - s[1])
            if (rows := list(group)) and step
        ]
        for step, rows in groups if len(groups) <= SPANS else ():
            span = (
                f"{rows[0][0].title!r}"
                if len(rows) == 1
                else f"{rows[0][0].title!r} to {rows[-1][0].title!r} ("
                f"{plural(len(rows), 'session')})"
            )
            yield Notice(
                "week",
                f"{plural(abs(step), 'week')} {'later' if step > 0 else 'earlier'} in the "
                f"term: {span}, week {rows[0][1]} became {rows[0][2]}",
                warning=False,
            )
        for word, sign in (("later", 1), ("earlier", -1)) if len(groups) > SPANS else ():
            moved = [row for step, rows in groups if step * sign > 0 for row in rows]
            if moved:
                head, was, now = max(moved, key=lambda r: abs(r[2] - r[1]))
                most = (
                    f"most of all {head.title!r}, week {was} became {now}"
                    if abs(now - was) > 1
                    else f"the first {moved[0][0].title!r}, week {moved[0][1]} became {moved[0][2]}"
                )
                yield Notice(
                    "week",
                    f"{word} in the term: {plural(len(moved), 'session')}, {most}",
                    warning=False,
                )
