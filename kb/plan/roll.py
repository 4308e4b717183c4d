"""Rolling a semester forward: every bundle of rows gets a day of the new calendar, or is said to have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from kb.plan.breaks import old_breaks, shifted
from kb.plan.bundles import Bundle, Way, make_bundles
from kb.plan.slots import break_on, main_kind, meeting_days, monday, slots
from kb.records import Break, Kind, Semester, Session

__all__ = ["Fate", "NewCalendar", "Placed", "Roll", "roll_forward"]

AROUND = timedelta(45)
"""Days before and after the term within which a break belongs to it."""

SEASON = 28
"""Days by which the first days of two terms of one season may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCalendar:
    """What is known of the new semester."""

    start: date
    breaks: tuple[Break, ...] = ()
    confirmed: bool = False
    """The breaks were stated; otherwise those of the old semester are carried over."""
    days: Mapping[Kind, frozenset[int]] = field(default_factory=dict)
    """Weekdays that differ from the old ones."""
    last: date | None = None
    """Last day of classes; else as many weeks as before."""
    fixed: Mapping[str, date | None] = field(default_factory=dict)
    """Dates of old rows by id; None keeps week and weekday."""
    parked: frozenset[str] = frozenset()
    """Old rows (ids) to leave without date."""
    joined: frozenset[str] = frozenset()
    """Old rows (ids) to put on the date of the class before."""
    doubled: frozenset[str] = frozenset()
    """Old rows (ids) to continue in a second session."""


class Fate(StrEnum):
    """What became of a bundle."""

    SHIFTED = "shifted"
    PLACED = "placed"
    FIXED = "fixed"
    KEPT_WEEK = "same week and weekday"
    UNDATED = "undated"
    ON_BREAK = "its day is a break"
    """An exam or event whose weekday of the same week is a break now."""
    NO_SLOT = "no slot"
    PARKED = "parked"
    JOINED = "joined"
    CONTINUED = "continued"
    DROPPED = "dropped"
    """A day off of the old calendar."""
    DEADLINE = "deadline"
    """A day off of the old calendar on which something was due."""
    BREAK = "break"
    """A day off of the new calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A bundle and its new date, or a new break."""

    bundle: Bundle | None
    day: date | None
    fate: Fate
    order: tuple[date, int, int]
    """Where it stands in the new file."""
    title: str = ""
    """Of a new break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """A planned semester."""

    old: Semester
    start: date
    """As told."""
    first: date
    """First day of class."""
    last: date
    """Last day on which classes may be."""
    old_last: date
    """Day of the old semester's last class."""
    days: Mapping[Kind, frozenset[int]]
    main: Kind
    weeks: timedelta
    """From the first week of the old semester to that of the new one."""
    exact: bool
    """Every row moved by `weeks`."""
    breaks: tuple[Break, ...]
    before: tuple[Break, ...]
    """The old breaks."""
    same_season: bool
    """The first days are about whole years apart."""
    carried: bool
    """The breaks are the old ones, moved."""
    placed: tuple[Placed, ...]
    """In the order of the new file, dropped days off left out."""
    dropped: tuple[Placed, ...]
    free: Mapping[Kind, tuple[date, ...]]
    """Slots without class."""
    outside: tuple[Break, ...] = ()
    """Breaks that were given and lie far from the term."""


def roll_forward(old: Semester, calendar: NewCalendar) -> Roll:
    """Plan a semester after an old one.

    When the old calendar moved by whole weeks fits the new one, every row moves by them. Otherwise lectures
    (and exams between them) take the slots in order, recitations and labs their own weekday behind the
    lecture they followed, and exams and events beside the pattern keep week and weekday unless they are told
    a date.
    """
    own = meeting_days(old)
    days = {**own, **calendar.days}
    main = main_kind(old, own)
    bundles = make_bundles(old, own, main)
    taught = [b.day for b in bundles if b.way in {Way.MAIN, Way.SIDE} and b.day] or [calendar.start]
    first = next(
        iter(
            slots(
                frozenset().union(*days.values()),
                calendar.start,
                calendar.start + timedelta(60),
                calendar.breaks,
            )
        ),
        calendar.start,
    )
    weeks = monday(first) - monday(min(taught))
    before = old_breaks(old)
    season = same_season(min(taught), first)
    carried = not calendar.confirmed and season
    last = calendar.last or monday(max(taught)) + weeks + timedelta(6)
    inside = tuple(
        b for b in calendar.breaks if b.last >= calendar.start - AROUND and b.first <= last + AROUND
    )
    breaks = shifted(before, weeks) if carried else inside
    roll = Roll(
        old=old, start=calendar.start, first=first, last=last, old_last=max(taught), days=days, main=main, weeks=weeks, exact=False,
        breaks=breaks, before=before, same_season=season, carried=carried, placed=(), dropped=(), free={},
        outside=tuple(b for b in calendar.breaks if b not in inside),
    )  # fmt: skip
    told = calendar.fixed or calendar.parked or calendar.joined or calendar.doubled
    if not told and fits_exactly(roll, bundles, own):
        placed = tuple(
            Placed(
                bundle=b,
                day=b.day + weeks if b.day else None,
                fate=Fate.SHIFTED,
                order=(date.min, b.number, 0),
            )
            for b in bundles
        )
        return with_free(replace(roll, exact=True, placed=placed))
    return with_free(place_all(roll, bundles, calendar))


def same_season(one: date, other: date) -> bool:
    """Tell whether two first days are about whole years apart."""
    apart = abs((other - one).days)
    return apart > SEASON and abs(apart - 365.25 * round(apart / 365.25)) <= SEASON


def fits_exactly(roll: Roll, bundles: Sequence[Bundle], own: Mapping[Kind, frozenset[int]]) -> bool:
    """Tell whether all rows may move by whole weeks: no class on a break, none on another weekday, no break invented."""
    for bundle in bundles:
        if bundle.day is None or not bundle.head.dated:
            continue
        day = bundle.day + roll.weeks
        closed = break_on(day, roll.breaks)
        if bundle.way is Way.DAY_OFF:
            if closed is None and not (roll.carried and bundle.head.cancelled):
                return False
        elif (
            closed is not None
            or day < roll.start
            or (bundle.way is not Way.FIXED and day > roll.last)
        ):
            return False
        elif (
            bundle.way in {Way.MAIN, Way.SIDE}
            and day.weekday() in own[bundle.kind]
            and day.weekday() not in roll.days[bundle.kind]
        ):
            return False
    rows = {b.day + roll.weeks for b in bundles if b.day}
    class_days = frozenset().union(*roll.days.values())
    return roll.carried or all(
        d in rows
        for b in roll.breaks
        for d in slots(class_days, max(b.first, roll.start), min(b.last, roll.last))
    )


def place_all(roll: Roll, bundles: Sequence[Bundle], calendar: NewCalendar) -> Roll:
    """Give every bundle its day."""
    days: dict[int, tuple[date | None, Fate]] = {}
    for bundle in bundles:
        days.update(decided(roll, bundle, calendar))
    taken = {
        kind: {
            d
            for b in bundles
            if b.number in days
            and b.kind is kind
            and b.head.start is None
            and (d := days[b.number][0])
        }
        for kind in roll.days
    }
    held = {b.day for b in bundles if b.way is Way.MAIN and b.day}
    place_main(
        roll,
        [b for b in bundles if b.way is Way.MAIN and b.number not in days],
        held,
        calendar,
        taken,
        days,
    )
    for kind in roll.days:
        if kind is not roll.main:
            place_side(roll, bundles, kind, taken[kind], days)
    placed, dropped, at = [], [], date.min
    extra = 0
    for bundle in bundles:
        day, fate = days[bundle.number]
        if fate is Fate.DROPPED:
            dropped.append(Placed(bundle=bundle, day=None, fate=fate, order=(at, bundle.number, 0)))
            continue
        placed.append(
            Placed(bundle=bundle, day=day, fate=fate, order=(day or at, bundle.number, 0))
        )
        at = max(at, day) if day and bundle.way is not Way.FIXED else at
        if -1 - bundle.number in days:
            extra += 1
            again, _ = days[-1 - bundle.number]
            placed.append(
                Placed(
                    bundle=bundle,
                    day=again,
                    fate=Fate.CONTINUED,
                    order=(again or at, bundle.number, extra),
                )
            )
            at = max(at, again or at)
    placed += [
        row
        for row in new_break_rows(roll)
        if row.day not in {p.day for p in placed if p.bundle and p.bundle.way is Way.DAY_OFF}
    ]
    return replace(
        roll, placed=tuple(sorted(placed, key=lambda p: p.order)), dropped=tuple(dropped)
    )


def decided(
    roll: Roll, bundle: Bundle, calendar: NewCalendar
) -> dict[int, tuple[date | None, Fate]]:
    """Give the day of a bundle that does not depend on slots; nothing for the others."""
    ids = {s.id for s in bundle.rows}
    told = next((i for i in (bundle.head.id, *sorted(ids)) if i in calendar.fixed), None)
    if told is not None:
        day = calendar.fixed[told]
        return {
            bundle.number: (day, Fate.FIXED) if day else (kept_week(roll, bundle), Fate.KEPT_WEEK)
        }
    if ids & calendar.parked:
        return {bundle.number: (None, Fate.PARKED)}
    if bundle.way is Way.DAY_OFF:
        due = any(s.deliverables for s in bundle.rows)
        moved = bundle.day + roll.weeks if bundle.day else None
        if due and roll.carried and moved and break_on(moved, roll.breaks):
            return {bundle.number: (moved, Fate.SHIFTED)}
        return {bundle.number: (None, Fate.DEADLINE if due else Fate.DROPPED)}
    if bundle.way is Way.UNDATED:
        return {bundle.number: (None, Fate.UNDATED)}
    if bundle.way is Way.FIXED:
        day = kept_week(roll, bundle)
        closed = (
            day
            and break_on(day, roll.breaks)
            and not (bundle.day and break_on(bundle.day, roll.before))
        )
        return {bundle.number: (None, Fate.ON_BREAK) if closed else (day, Fate.KEPT_WEEK)}
    return {}


def kept_week(roll: Roll, bundle: Bundle) -> date | None:
    """Give the same weekday of the same week; what came after the last class is counted from that."""
    if bundle.day is None:
        return None
    if bundle.day > roll.old_last:
        return bundle.day + (monday(roll.last) - monday(roll.old_last))
    return bundle.day + roll.weeks


def place_main(
    roll: Roll,
    bundles: Sequence[Bundle],
    held: set[date],
    calendar: NewCalendar,
    taken: Mapping[Kind, set[date]],
    days: dict[int, tuple[date | None, Fate]],
) -> None:
    """Give the slots of the leading kind to its bundles, in order; `days` gets them, second sessions under -1 - number.

    Args:
        held: the old days on which the leading kind, or an exam in its place, met; also of bundles that have their day.
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
    """Give the slots of the leading kind that the old semester left empty between the days it held: a course that meets every other week goes on so."""
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
    """Give recitations or labs their own slots, in order, with as few lectures as possible on their other side.

    Those behind the first lecture for which no slot was left have none either: they would come before what they go with.
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
    """Count the lectures that a class followed and now precedes (2 each) or the other way round (1); exams and the first lecture count more."""
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
    """Choose a column for each row, in rising order, so that the sum is least; rows that get none are the last of equals."""
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


def new_break_rows(roll: Roll) -> list[Placed]:
    """Give a row for every class day of a break."""
    class_days = frozenset().union(*roll.days.values())
    rows: dict[date, Placed] = {}
    for found in roll.breaks:
        for day in slots(class_days, max(found.first, roll.start), min(found.last, roll.last)):
            rows.setdefault(
                day,
                Placed(
                    bundle=None, day=day, fate=Fate.BREAK, order=(day, -1, 0), title=found.title
                ),
            )
    return list(rows.values())


def with_free(roll: Roll) -> Roll:
    """Add the slots that stay empty."""
    used = {
        (p.bundle.kind, p.day) for p in roll.placed if p.bundle and p.bundle.way is not Way.DAY_OFF
    }
    free = {
        kind: tuple(
            d for d in slots(days, roll.first, roll.last, roll.breaks) if (kind, d) not in used
        )
        for kind, days in roll.days.items()
    }
    return replace(roll, free=free)


def rows_of(placed: Sequence[Placed]) -> tuple[Session, ...]:
    """Give the old rows in the order of the new file."""
    return tuple(s for p in placed if p.bundle for s in p.bundle.rows)
