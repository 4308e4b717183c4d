"""What a planned calendar does to deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from kb.plan.bundles import Way, is_day_off
from kb.plan.notices import Notice
from kb.plan.roll_heads import named
from kb.plan.roll_models import Fate, Roll
from kb.plan.slots import MEETS, break_on
from kb.records import Deliverable, Session
from kb.text import day_name, plural


def deadlines(roll: Roll) -> Iterator[tuple[Session, Deliverable, date | None, date | None]]:
    """Give every deliverable with its row, its old day and its new one."""
    for placed in roll.placed:
        for row in (
            placed.bundle.rows if placed.bundle and placed.fate is not Fate.CONTINUED else ()
        ):
            for deliverable in row.deliverables:
                old = deliverable.due.date() if deliverable.due else row.date
                step = placed.day - row.date if placed.day and row.date else None
                new = (
                    old + step
                    if old and step is not None
                    else deliverable.due.date() + roll.weeks
                    if deliverable.due
                    else None
                )
                yield row, deliverable, old, new


def deadline_notices(roll: Roll, holidays: Mapping[date, str]) -> Iterator[Notice]:
    """Say which deadlines fall on a break, after the last class, on another weekday, or close
    together.
    """
    last = max(
        (p.day for p in roll.placed if p.day and p.bundle and p.bundle.head.kind in MEETS),
        default=roll.last,
    )
    events = {p.day for p in roll.placed if p.bundle and p.bundle.way is Way.FIXED}
    days: list[tuple[date, date, str]] = []
    other_day: list[str] = []
    for row, deliverable, old, new in deadlines(roll):
        name = deliverable.code or deliverable.title
        if is_day_off(row) and new is None and not deliverable.due:
            yield Notice(
                "deadline",
                f"{name} was due on a day without class ({row.title}, {named(row.date)}); "
                "now it is due with the class above it",
                f"give {name} a due of its own",
                row.id,
            )
        elif new is None:
            yield Notice(
                "deadline",
                f"{name} (was due {named(old)}) has no date now",
                f"give {row.title!r} a date, or {name} a due of its own",
                row.id,
            )
        if new is None:
            continue
        closed = break_on(new, roll.breaks)
        if closed or (new in holidays and deliverable.due):
            yield Notice(
                "deadline",
                f"{name} is due on {named(new)}, "
                f"{f'a break ({closed.title})' if closed else holidays[new]}",
                "write another due",
                row.id,
            )
        if new > last and new not in events:
            yield Notice(
                "deadline",
                f"{name} is due on {named(new)}, after the last class on {named(last)}",
                "write another due",
                row.id,
            )
        if old:
            days.append((old, new, name))
            if old.weekday() != new.weekday():
                other_day.append(f"{name} {day_name(old)} to {named(new)}")
    if other_day:
        yield Notice(
            "deadline", f"due on another weekday than before: {'; '.join(other_day)}", warning=False
        )
    yield from crowded_notices(days)
    released = [d.released for s in roll.old.sessions for d in s.deliverables if d.released]
    if released and not roll.exact:
        yield Notice(
            "deadline", "release dates moved with their class", "look them through", warning=False
        )


def crowded_notices(days: list[tuple[date, date, str]]) -> Iterator[Notice]:
    """Say which deadlines came close together.

    Args:
        days: the old day, the new one and the name of each deadline.
    """
    days.sort()
    for (old_one, new_one, one), (old_two, new_two, two) in pairwise(days):
        before, now = old_two - old_one, new_two - new_one
        if now < before and now < timedelta(7) and before - now > timedelta(2):
            yield Notice(
                "deadline",
                f"{one} and {two} are {plural(now.days, 'day')} apart, {before.days} before",
                "move one of them",
            )
