"""Rolling a semester forward: every bundle of rows gets a day of the new calendar, or is said to
have none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kb.plan.breaks import old_breaks, shifted
from kb.plan.bundles import Bundle, Way, make_bundles
from kb.plan.roll_models import Fate, NewCalendar, Placed, Roll
from kb.plan.roll_place import place_main, place_side
from kb.plan.slots import break_on, main_kind, meeting_days, monday, slots
from kb.records import Kind, Semester, Session

__all__ = ["roll_forward"]

AROUND = timedelta(45)
"""Days before and after the term within which a break belongs to it."""

SEASON = 28
"""Days by which the first days of two terms of one season may differ."""


def roll_forward(old: Semester, calendar: NewCalendar) -> Roll:
    """Plan a semester after an old one.

    When the old calendar moved by whole weeks fits the new one, every row moves by them. Otherwise
    lectures
    (and exams between them) take the slots in order, recitations and labs their own weekday behind
    the
    lecture they followed, and exams and events beside the pattern keep week and weekday unless they
    are told
    a date.
    """
    own = meeting_days(old)
    days = {**own, **calendar.days}
    main = main_kind(old, own)
    bundles = make_bundles(old, own, main)
    taught = [b.day for b in bundles if b.way in {Way.MAIN, Way.SIDE} and b.day] or [calendar.start]
    every = frozenset().union(*days.values())
    near = slots(every, calendar.start, calendar.start + timedelta(60), calendar.breaks)
    first = next(iter(near), calendar.start)
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
        old=old,
        start=calendar.start,
        first=first,
        last=last,
        old_last=max(taught),
        days=days,
        main=main,
        weeks=weeks,
        exact=False,
        breaks=breaks,
        before=before,
        same_season=season,
        carried=carried,
        placed=(),
        dropped=(),
        free={},
        outside=tuple(b for b in calendar.breaks if b not in inside),
    )
    told = calendar.fixed or calendar.parked or calendar.joined or calendar.doubled
    if not told and fits_exactly(roll, bundles, own):
        placed = tuple(moved_bundle(b, weeks) for b in bundles)
        return with_free(replace(roll, exact=True, placed=placed))
    return with_free(place_all(roll, bundles, calendar))


def moved_bundle(bundle: Bundle, weeks: timedelta) -> Placed:
    """Give a bundle as many weeks later."""
    day = bundle.day + weeks if bundle.day else None
    return Placed(bundle=bundle, day=day, fate=Fate.SHIFTED, order=(date.min, bundle.number, 0))


def same_season(one: date, other: date) -> bool:
    """Tell whether two first days are about whole years apart."""
    apart = abs((other - one).days)
    return apart > SEASON and abs(apart - 365.25 * round(apart / 365.25)) <= SEASON


def fits_exactly(roll: Roll, bundles: Sequence[Bundle], own: Mapping[Kind, frozenset[int]]) -> bool:
    """Tell whether all rows may move by whole weeks: no class on a break, none on another weekday,
    no break invented.
    """
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
    """Give the same weekday of the same week; what came after the last class is counted from
    that.
    """
    if bundle.day is None:
        return None
    if bundle.day > roll.old_last:
        return bundle.day + (monday(roll.last) - monday(roll.old_last))
    return bundle.day + roll.weeks


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
