"""Slots for lectures, and for recitations and labs in the order that disturbs least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kb.plan.bundles import Bundle, Way
from kb.plan.roll_models import Fate, NewCalendar, Roll
from kb.plan.slots import meeting_days, slots
from kb.records import Kind


def place_main(
    roll: Roll,
    bundles: Sequence[Bundle],
    held: set[date],
    calendar: NewCalendar,
    taken: Mapping[Kind, set[date]],
    days: dict[int, tuple[date | None, Fate]],
) -> None:
    """Give the slots of the leading kind to its bundles, in order; `days` gets them, second
    sessions under -1 - number.

    Args:
        held: the old days on which the leading kind, or an exam in its place, met; also of bundles
        that have their day.
    """
    new_slots = [
        day
        for day in slots(roll.days.get(roll.main, frozenset()), roll.first, roll.last, roll.breaks)
        if day not in taken.get(roll.main, ())
    ]
    needed = sum(
        1 + bool(calendar.doubled & ids) - bool(calendar.joined & ids)
        for b in bundles
        for ids in [{s.id for s in b.rows}]
    )
    gaps = old_gaps(roll, held)[: max(0, len(new_slots) - needed)]
    free = iter(new_slots)
    previous: date | None = None
    for bundle in bundles:
        while gaps and bundle.day and gaps[0] < bundle.day:
            gaps = gaps[1:]
            next(free, None)
        if calendar.joined & {s.id for s in bundle.rows} and previous is not None:
            days[bundle.number] = (previous, Fate.JOINED)
            continue
        previous = next(free, None)
        days[bundle.number] = (previous, Fate.PLACED if previous else Fate.NO_SLOT)
        if calendar.doubled & {s.id for s in bundle.rows}:
            again = next(free, None)
            days[-1 - bundle.number] = (again, Fate.CONTINUED)
            previous = again or previous


def old_gaps(roll: Roll, held: set[date]) -> list[date]:
    """Give the slots of the leading kind that the old semester left empty between the days it held:
    a course that meets every other week goes on so.
    """
    if not held:
        return []
    off = {s.date for s in roll.old.sessions if s.cancelled}
    days = meeting_days(roll.old).get(roll.main, frozenset())
    return [d for d in slots(days, min(held), max(held), roll.before) if d not in held | off]


def place_side(
    roll: Roll,
    bundles: Sequence[Bundle],
    kind: Kind,
    taken: set[date],
    days: dict[int, tuple[date | None, Fate]],
) -> None:
    """Give recitations or labs their own slots, in order, with as few lectures as possible on their
    other side.

    Those behind the first lecture for which no slot was left have none either: they would come
    before what they go with.
    """
    lost = min(
        (
            b.day
            for b in bundles
            if b.way is Way.MAIN
            and b.kind is roll.main
            and b.day
            and days[b.number][1] is Fate.NO_SLOT
        ),
        default=date.max,
    )
    for bundle in bundles:
        if (
            bundle.way is Way.SIDE
            and bundle.kind is kind
            and bundle.number not in days
            and bundle.day
            and bundle.day >= lost
        ):
            days[bundle.number] = (None, Fate.NO_SLOT)
    free = [
        day
        for day in slots(roll.days[kind], roll.first, roll.last, roll.breaks)
        if day not in taken
    ]
    own = [b for b in bundles if b.way is Way.SIDE and b.kind is kind and b.number not in days]
    lectures = [
        (b.day, new, b.head.kind is Kind.EXAM)
        for b in bundles
        if b.way is Way.MAIN and b.day and (new := days[b.number][0])
    ]
    costs = [[side_cost(bundle.day, day, lectures) for day in free] for bundle in own if bundle.day]
    for bundle, chosen in zip(own, cheapest_in_order(costs, len(free)), strict=True):
        days[bundle.number] = (
            (None, Fate.NO_SLOT) if chosen is None else (free[chosen], Fate.PLACED)
        )


def side_cost(before: date, now: date, lectures: Sequence[tuple[date, date, bool]]) -> int:
    """Count the lectures that a class followed and now precedes (2 each) or the other way round
    (1); exams and the first lecture count more.
    """
    opened, opens = (
        any(old <= before for old, _, _ in lectures),
        any(new <= now for _, new, _ in lectures),
    )
    cost = BEFORE_ALL if opened and not opens else 0
    for old, new, exam in lectures:
        if old <= before and new > now:
            cost += 6 if exam else 2
        elif old > before and new <= now:
            cost += 6 if exam else 1
    return cost


BEFORE_ALL = 30
"""Cost of a class before the first lecture that was not there before."""


UNPLACED = 10_000
"""Cost of a class without slot: more than any disorder."""


def cheapest_in_order(costs: Sequence[Sequence[int]], slots_free: int) -> list[int | None]:
    """Choose a column for each row, in rising order, so that the sum is least; rows that get none
    are the last of equals.
    """
    table = [[0] * (slots_free + 1) for _ in range(len(costs) + 1)]
    for row in range(len(costs) - 1, -1, -1):
        table[row][slots_free] = table[row + 1][slots_free] + UNPLACED + len(costs) - row
        for column in range(slots_free - 1, -1, -1):
            take = costs[row][column] + table[row + 1][column + 1]
            table[row][column] = min(
                take, table[row][column + 1], table[row + 1][column] + UNPLACED + len(costs) - row
            )
    chosen: list[int | None] = []
    column = 0
    for row in range(len(costs)):
        while column < slots_free and table[row][column] == table[row][column + 1]:
            column += 1
        if (
            column < slots_free
            and table[row][column] == costs[row][column] + table[row + 1][column + 1]
        ):
            chosen.append(column)
            column += 1
        else:
            chosen.append(None)
    return chosen
