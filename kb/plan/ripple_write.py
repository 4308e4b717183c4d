"""A semester file after a change: only the lines of rows that moved are different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.edit.semester_file import (
    Block,
    Patch,
    SemesterFile,
    block_text,
    fields,
    open_semester,
    reassembled,
)
from kb.edit.semester_rows import add_field, date_patches, deadline_patches, set_field, written_id
from kb.edit.yaml_scalar import quote
from kb.plan.bundles import Bundle
from kb.plan.ripple import Calendar, Ripple
from kb.plan.roll_write import row_text, waiver_patches
from kb.plan.slots import MEETS
from kb.records import Kind, Semester, Session
from kb.sources.files import SourceFile
from kb.validate.semesters import read_semester

__all__ = ["NewRow", "cancel_text", "order_notes", "rippled_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A row to put in."""

    lines: tuple[str, ...]
    """Its fields, without indentation."""
    day: date | None
    """None for a row that shares the date of the one above."""
    title: str = ""
    """For messages."""
    below: str = ""
    """Id of the row it stands below; by its date when empty."""


def rippled_text(
    text: str, calendar: Calendar, ripple: Ripple, new: Sequence[NewRow] = (), swapped: bool = False
) -> str:
    """Give the file with its rows moved.

    Args:
        swapped: two bundles change places; otherwise moved rows are put where their date belongs.

    Raises:
        EditRefused: rows are not written one below the other.
    """
    file = open_semester(text)
    semester = calendar.semester
    blocks = {s.id: b for s, b in zip(semester.sessions, file.blocks, strict=True)}
    patches = [
        p
        for b in calendar.bundles
        if b.number in ripple.days
        for p in bundle_patches(file, b, ripple.days[b.number], blocks)
    ]
    order = swapped_order(calendar, ripple) if swapped else moved_order(calendar, ripple)

    def rows_with(patches: Sequence[Patch]) -> list[tuple[str, str, date | None]]:
        rows: list[tuple[str, str, date | None]] = []
        for bundle in order:
            for session in bundle.rows:
                day = ripple.days.get(bundle.number, session.date)
                dated = session.dated or bundle.number in ripple.days
                text = block_text(file, blocks[session.id], patches)
                rows.append((session.id, text, day if dated else None))
        for row in new:
            rows.insert(place_of_new(rows, row), ("", row_text(file, row.lines), row.day))
        return rows

    rows = rows_with(patches)
    draft = reassembled(file, [t for _, t, _ in rows])
    changed, _, _ = read_semester(SourceFile(path=semester.place.path, text=draft))
    if changed is None:
        return draft
    pairs = [(old, s) for (old, _, _), s in zip(rows, changed.sessions, strict=True) if old]
    pins = [written_id(file, blocks[old], old) for old, s in pairs if s.id != old]
    days = {old: s.date for old, s in pairs}
    ids = {old: old for old, _ in pairs}
    rows = rows_with([*patches, *pins])
    return reassembled(
        file, [t for _, t, _ in rows], list(waiver_patches(file, semester, semester.id, ids, days))
    )


def bundle_patches(
    file: SemesterFile, bundle: Bundle, day: date | None, blocks: Mapping[str, Block]
) -> Iterator[Patch]:
    """Give the changes to the dates of a bundle."""
    for number, session in enumerate(bundle.rows):
        block = blocks[session.id]
        if number == 0 or session.dated or day is None:
            yield from date_patches(file, block, day)
        if day and session.date:
            yield from deadline_patches(file, block, day - session.date)


def swapped_order(calendar: Calendar, ripple: Ripple) -> list[Bundle]:
    """Give the bundles with two of them in each other's place."""
    one, two = (b for b in calendar.bundles if b.number in ripple.days)
    return [two if b is one else one if b is two else b for b in calendar.bundles]


def moved_order(calendar: Calendar, ripple: Ripple) -> list[Bundle]:
    """Give the bundles in their old order as far as dates allow; moved ones go before the first
    later date.
    """

    def day_of(bundle: Bundle) -> date | None:
        return ripple.days.get(bundle.number, bundle.day if bundle.head.dated else None)

    dated = [d for b in calendar.bundles if (d := day_of(b))]
    if dated == sorted(dated) and not ripple.lost:
        return list(calendar.bundles)
    order = [b for b in calendar.bundles if b.number not in ripple.days]
    last = max(
        (b.day for b in calendar.bundles if b.day and b.head.kind in MEETS), default=date.max
    )
    moved = [b for b in calendar.bundles if b.number in ripple.days]
    for bundle in sorted(moved, key=lambda b: (day_of(b) or date.max, b.number)):
        day = day_of(bundle)
        limit = day or max([last, *(d for d in ripple.days.values() if d)])
        at = next(
            (
                n
                for n, other in enumerate(order)
                if (own := day_of(other)) is not None and own > limit
            ),
            len(order),
        )
        order.insert(at, bundle)
    return order


def place_of_new(rows: Sequence[tuple[str, str, date | None]], row: NewRow) -> int:
    """Give where a new row comes to stand."""
    if row.below:
        return next(n for n, (name, _, _) in enumerate(rows) if name == row.below) + 1
    assert row.day is not None
    return next(
        (n for n, (_, _, day) in enumerate(rows) if day is not None and day > row.day), len(rows)
    )


def cancel_text(text: str, semester: Semester, session: Session, reason: str) -> str:
    """Give the file with a row marked as cancelled; its kind and all else stay."""
    file = open_semester(text)
    block = next(
        b for s, b in zip(semester.sessions, file.blocks, strict=True) if s.id == session.id
    )
    own = fields(block.node)
    after = next(n for n in ("title", "kind", "weekday", "date", *own) if n in own)
    patches = [set_field(file, block.node, "cancelled", "true", after)]
    if reason and "reason" in own:
        patches.append(set_field(file, block.node, "reason", quote(reason)))
    elif reason and "cancelled" in own:
        patches.append(add_field(file, block.node, "reason", quote(reason), "cancelled"))
    elif reason:
        joined = (
            ", "
            if block.node.flow_style
            else file.newline + " " * block.node.value[0][0].start_mark.column
        )
        patches = [
            Patch(
                patches[0].start,
                patches[0].end,
                f"{patches[0].text}{joined}reason: {quote(reason)}",
            )
        ]
    return reassembled(file, [block_text(file, b, patches) for b in file.blocks])


SHOWN = 3
"""Sessions that a note names."""


def order_notes(before: Semester, after: Semester) -> Iterator[str]:
    """Say which recitations and labs come before a lecture they followed, which exams changed sides
    with one, and what else is out of order.
    """

    def named(semester: Semester) -> dict[str, Session]:
        return {
            f"{s.kind}|{s.title}|{[t.title for t in s.topics]}": s
            for s in semester.sessions
            if s.date and s.kind is not Kind.BREAK and not s.cancelled
        }

    old, new = named(before), named(after)
    both = [key for key in old if key in new]
    lectures = [k for k in both if old[k].kind is Kind.LECTURE]
    for key in both:
        if old[key].kind in {Kind.LECTURE, Kind.EVENT}:
            continue
        sides: dict[str, list[Session]] = {"before": [], "after": []}
        for other in lectures:
            was, now = (old[other].date, old[key].date), (new[other].date, new[key].date)
            if was[0] and was[1] and now[0] and now[1] and (was[0] <= was[1]) != (now[0] <= now[1]):
                sides["before" if now[0] > now[1] else "after"].append(new[other])
        for side, crossed in sides.items():
            if crossed and (side == "before" or new[key].kind is Kind.EXAM):
                yield (
                    f"{new[key].kind} {new[key].title!r} ({new[key].date}) comes {side} "
                    f"{listed(crossed)} now"
                )
    yield from continued_notes(old, new, both)
    yield from deadline_order_notes(before, after)


def listed(crossed: Sequence[Session]) -> str:
    """Name sessions with their dates: all of a few, the first of many."""
    first = ", ".join(f"{s.title!r} ({s.date})" for s in crossed[:SHOWN])
    return first if len(crossed) <= SHOWN else f"{first} and {len(crossed) - SHOWN} more"


def continued_notes(
    old: Mapping[str, Session], new: Mapping[str, Session], both: Sequence[str]
) -> Iterator[str]:
    """Say which continuations and later parts come before what they continue."""
    for key in both:
        for topic in (t for t in new[key].topics if (t.continued or (t.part or 1) > 1) and t.topic):
            for other in both:
                opens = any(
                    t.topic == topic.topic and not t.continued and (t.part or 1) < (topic.part or 2)
                    for t in new[other].topics
                )
                was, now = (old[other].date, old[key].date), (new[other].date, new[key].date)
                goes_on = opens and other != key and new[other].kind is new[key].kind
                if goes_on and in_order(was) and turned(now):
                    yield (
                        f"{new[key].title!r} ({now[1]}) comes before {new[other].title!r} ("
                        f"{now[0]}), which it continues"
                    )


def in_order(days: tuple[date | None, date | None]) -> bool:
    """Tell whether two days are known and in order."""
    return None not in days and days[0] <= days[1]  # type: ignore[operator] # None is ruled out


def turned(days: tuple[date | None, date | None]) -> bool:
    """Tell whether two days are known and in the wrong order."""
    return None not in days and not in_order(days)


def deadline_order_notes(before: Semester, after: Semester) -> Iterator[str]:
    """Say which deadlines changed their order: a third assignment due before the first."""

    def due(semester: Semester) -> dict[str, date]:
        every = (
            (d.code or d.title, d.due.date() if d.due else s.date)
            for s in semester.sessions
            for d in s.deliverables
        )
        return {name: day for name, day in every if day}

    old, new = due(before), due(after)
    names = [n for n in old if n in new]
    for name in names:
        passed = [o for o in names if old[o] < old[name] and new[o] > new[name]]
        if passed:
            yield (
                f"{name} (due {new[name]}) is due before "
                f"{', '.join(f'{o} ({new[o]})' for o in passed)} now"
            )
