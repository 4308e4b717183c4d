"""Ripples: which rows of a semester follow when one of them moves, comes in, or is cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kb.errors import UsageError
from kb.plan.breaks import old_breaks
from kb.plan.bundles import Bundle, Way, is_day_off, make_bundles
from kb.plan.slots import MEETS, break_on, main_kind, meeting_days, monday, slots
from kb.records import Kind, Semester, Session

__all__ = [
    "Calendar",
    "Ripple",
    "calendar_of",
    "fall_in",
    "follow",
    "make_room",
    "move_bundle",
    "next_slot",
    "swap_bundles",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The rows of a semester in bundles, and the slots they can take."""

    semester: Semester
    bundles: tuple[Bundle, ...]
    days: Mapping[Kind, frozenset[int]]
    main: Kind
    first: date
    last: date
    """Last day on which something may come to stand."""

    def bundle_of(self, session: Session) -> Bundle:
        """Give the bundle that a row belongs to."""
        return next(b for b in self.bundles if any(s.id == session.id for s in b.rows))

    def slot_kind(self, kind: Kind) -> Kind:
        """Give the kind whose slots a row of a kind takes: its own, or that of the main classes."""
        return kind if kind in self.days else self.main

    def leads_slot(self, session: Session) -> bool:
        """Tell whether a row is the class of its slot, so that cancelling it lets others follow."""
        bundle = self.bundle_of(session)
        return (
            bundle.head.id == session.id
            and bundle.day in self.holders(bundle.head.kind)
            and bundle.day in self.open_slots(bundle.kind)
        )

    def open_slots(self, kind: Kind, without: Sequence[Bundle] = ()) -> tuple[date, ...]:
        """Give the slots of a kind: its days, without breaks, cancelled classes, and exams and
        events in its place.

        A day beside the pattern on which there is such a class is a slot, too: classes that follow
        keep their order.

        Args:
            without: bundles that are about to leave their slots.
        """
        left = {b.number for b in without}
        staying = [
            b for b in self.bundles if b.number not in left and b.day and b.head.start is None
        ]
        breaks = {b.day for b in staying if b.head.kind is Kind.BREAK}
        held = {
            b.day
            for b in staying
            if b.kind is kind and (b.head.cancelled or b.head.kind not in MEETS)
        }
        every = slots(self.days.get(kind, frozenset()), self.first, self.last, self.semester.breaks)
        beside = {
            d
            for d, b in self.holders(kind).items()
            if b.number not in left and b.head.start is None and self.first <= d <= self.last
        }
        closed = {d for d in beside if break_on(d, self.semester.breaks)}
        return tuple(sorted({*every, *beside} - breaks - held - closed))

    def holders(self, kind: Kind) -> dict[date, Bundle]:
        """Give the classes of a kind by their date."""
        return {
            b.day: b
            for b in self.bundles
            if b.day
            and b.head.kind is kind
            and not b.head.cancelled
            and b.way in {Way.MAIN, Way.SIDE}
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ripple:
    """Where rows come to stand."""

    days: Mapping[int, date | None]
    """New date of each bundle that moves, by its number; None for those that fell off the end."""
    notes: tuple[str, ...] = ()

    @property
    def lost(self) -> tuple[int, ...]:
        """The bundles for which no slot was left."""
        return tuple(n for n, day in self.days.items() if day is None)


def calendar_of(semester: Semester, until: date | None = None) -> Calendar:
    """Read the calendar of a semester; rows may move up to the end of the last week, or `until` a
    later day.
    """
    days = meeting_days(semester)
    main = main_kind(semester, days)
    bundles = make_bundles(semester, days, main)
    taught = [b.day for b in bundles if b.way in {Way.MAIN, Way.SIDE} and b.day] or [
        s.date for s in semester.sessions if s.date
    ]
    if not taught:
        raise UsageError(f"{semester.id} has no row with a date")
    week_end = monday(max(taught)) + timedelta(6)
    return Calendar(
        semester=semester,
        bundles=bundles,
        days=days,
        main=main,
        first=min(taught),
        last=max(until or week_end, week_end),
    )


def split_off(calendar: Calendar, session: Session) -> tuple[Calendar, Bundle]:
    """Let a row that shares another's date stand alone; the first row of a bundle takes the others
    along.
    """
    bundle = calendar.bundle_of(session)
    if bundle.head.id == session.id:
        return calendar, bundle
    rest = Bundle(
        rows=tuple(s for s in bundle.rows if s.id != session.id),
        way=bundle.way,
        kind=bundle.kind,
        number=bundle.number,
    )
    own = Bundle(
        rows=(session,),
        way=Way.UNDATED,
        kind=calendar.slot_kind(session.kind),
        number=len(calendar.bundles),
    )
    bundles = [piece for b in calendar.bundles for piece in ((rest, own) if b is bundle else (b,))]
    return replace(calendar, bundles=tuple(bundles)), own


def follow(
    calendar: Calendar, kind: Kind, day: date, since: date, moving: Sequence[Bundle]
) -> dict[int, date | None]:
    """Give the new dates of the classes that follow when `day` is taken: in order, each in the next
    slot, until one need not move.

    Args:
        since: classes from this day on follow.
        moving: bundles that leave their slots and are placed by the caller.
    """
    open_days = calendar.open_slots(kind, moving)
    out = {b.number for b in moving}
    behind = [
        b
        for d, b in sorted(calendar.holders(kind).items())
        if d >= since and b.number not in out and d in open_days
    ]
    days: dict[int, date | None] = {}
    previous: date | None = day
    for bundle in behind:
        assert bundle.day is not None
        if previous is not None and bundle.day > previous:
            break
        later = previous
        previous = next((d for d in open_days if later is not None and d > later), None)
        days[bundle.number] = previous
    return days


def fall_in(calendar: Calendar, kind: Kind, bundle: Bundle, day: date) -> dict[int, date | None]:
    """Give the new dates of the classes between a bundle's old day and its new one: each takes the
    slot before (or after) its own.

    None has to make room when the bundle comes earlier and its new day was empty.
    """
    assert bundle.day is not None
    between = sorted(
        d
        for d in calendar.holders(kind)
        if min(bundle.day, day) <= d <= max(bundle.day, day) and d != bundle.day
    )
    holders = calendar.holders(kind)
    if bundle.day < day:
        return {
            holders[d].number: slot
            for d, slot in zip(between, [bundle.day, *between], strict=False)
        }
    if day not in between:
        return {}
    return {
        holders[d].number: slot for d, slot in zip(between, [*between[1:], bundle.day], strict=True)
    }


def move_bundle(
    calendar: Calendar,
    session: Session,
    day: date,
    *,
    ripple: bool = True,
    fill: bool = False,
    force: bool = False,
) -> tuple[Calendar, Ripple]:
    """Move a row, and those that share its date, to another day; when that day is taken, the
    classes behind it follow.

    Args:
        fill: the classes between take the slots that become free, instead of those behind the new
        day moving on.
        force: allow days that are breaks, or have an exam or event.

    Raises:
        UsageError: the day is the old one, a break, or taken by an exam or event.
    """
    calendar, bundle = split_off(calendar, session)
    old = bundle.day if bundle.head.dated else None
    if old == day:
        raise UsageError(f"{session.title!r} is on {day} already")
    if not force:
        refuse_taken(calendar, bundle, day)
    days: dict[int, date | None] = {bundle.number: day}
    off = is_day_off(bundle.head)
    kinds = (
        [kind for kind, weekdays in calendar.days.items() if day.weekday() in weekdays]
        if off
        else [bundle.kind]
    )
    for kind in kinds if ripple else ():
        if day not in calendar.open_slots(kind, [bundle]) or bundle.head.start is not None:
            continue
        if day not in calendar.holders(kind) and not fill:
            continue
        in_slot = old is not None and old in calendar.open_slots(kind, [bundle])
        rotate = fill or off or bundle.head.kind not in MEETS
        if rotate and in_slot:
            days.update(fall_in(calendar, kind, bundle, day))
        else:
            days.update(follow(calendar, kind, day, day, [bundle]))
    return calendar, Ripple(days=days, notes=tuple(free_note(calendar, bundle, days)))


def make_room(calendar: Calendar, kind: Kind, day: date, *, force: bool = False) -> Ripple:
    """Let the classes follow whose day a new row of a kind takes; a break takes the slots of every
    kind.

    Args:
        force: allow the days of breaks, exams and events.

    Raises:
        UsageError: the day is a break, or has an exam or event.
    """
    slot_kind = calendar.slot_kind(kind)
    closed = next(
        (
            b
            for b in calendar.bundles
            if b.day == day
            and (is_day_off(b.head) or b.head.kind not in MEETS)
            and b.head.start is None
        ),
        None,
    )
    if closed and kind in MEETS and not force and day not in calendar.open_slots(slot_kind):
        raise UsageError(
            f"{day} has {closed.head.title!r}, which stays; --force puts both on that day"
        )
    days: dict[int, date | None] = {}
    for each in (
        [k for k, weekdays in calendar.days.items() if day.weekday() in weekdays]
        if kind is Kind.BREAK
        else [slot_kind]
    ):
        if day in calendar.holders(each):
            days.update(follow(calendar, each, day, day, []))
    return Ripple(days=days)


def refuse_taken(calendar: Calendar, bundle: Bundle, day: date) -> None:
    """Refuse a break, and the day of an exam or event.

    Raises:
        UsageError: the day is taken.
    """
    closed = break_on(
        day, [b for b in old_breaks(calendar.semester) if not (b.first == b.last == bundle.day)]
    )
    if closed and not is_day_off(bundle.head):
        raise UsageError(f"{day} is a break ({closed.title}); --force moves it there all the same")
    for other in calendar.bundles:
        fixed = other.head.kind in {Kind.EXAM, Kind.EVENT} and other.head.start is None
        if (
            fixed
            and other.day == day
            and other.number != bundle.number
            and bundle.head.start is None
        ):
            raise UsageError(
                f"{day} has {other.head.title!r}, which stays; kb swap exchanges them, "
                "--force puts both on that day"
            )


def free_note(calendar: Calendar, bundle: Bundle, days: Mapping[int, date | None]) -> list[str]:
    """Say that a slot becomes free."""
    if bundle.day is None or not bundle.head.dated or bundle.day in days.values():
        return []
    return (
        [f"{bundle.day} has no class now"]
        if bundle.day in calendar.open_slots(bundle.kind, [bundle])
        else []
    )


def next_slot(calendar: Calendar, kind: Kind, after: date) -> date | None:
    """Give the first slot of a kind behind a day."""
    return next((day for day in calendar.open_slots(kind) if day > after), None)


def swap_bundles(calendar: Calendar, one: Session, other: Session) -> tuple[Calendar, Ripple]:
    """Exchange the dates of two rows and those that share them.

    Raises:
        UsageError: they are on one date.
    """
    calendar, first = split_off(calendar, one)
    calendar, second = split_off(calendar, other)
    if first.number == second.number or first.day == second.day:
        raise UsageError(f"{one.title!r} and {other.title!r} are on the same date")
    return calendar, Ripple(days={first.number: second.day, second.number: first.day})
