"""What a planned calendar does to breaks and public holidays."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kb.plan.breaks import describe, old_breaks, same_break, title_words
from kb.plan.bundles import is_day_off
from kb.plan.notices import Notice
from kb.plan.roll_heads import named
from kb.plan.roll_models import Fate, Roll
from kb.plan.slots import break_on, class_rows
from kb.records import Break, Semester

LONG = 3
"""Days from which a break parts a term, whatever its name."""


def break_notices(roll: Roll, holidays: Mapping[date, str]) -> Iterator[Notice]:
    """Say which breaks were carried over, came new or went."""
    if roll.carried:
        yield from carried_breaks(roll, holidays)
        return
    if roll.outside:
        far = "; ".join(describe(b) for b in roll.outside)
        what = (
            "breaks that lie outside the term"
            if roll.breaks
            else "all breaks that were given lie outside the term"
        )
        yield Notice(
            "breaks",
            f"{what}: {far}",
            "" if roll.breaks else "is this the calendar of another year?",
            warning=not roll.breaks,
        )
    elif not roll.breaks:
        kept = "; ".join(describe(b) for b in roll.before)
        yield Notice(
            "breaks",
            "no breaks were given"
            f"{f', those of {roll.old.id} are of another season: {kept}' if kept else ''}",
            f"--calendar FILE or --break {roll.first}..{roll.first}='Title'",
        )
    gone = [b for b in roll.before if counterpart(b, roll) is None]
    if gone and roll.breaks:
        what = (
            f"days off of {roll.old.id} that the new calendar does not have: "
            f"{'; '.join(describe(b) for b in gone)}"
        )
        yield Notice(
            "breaks",
            what,
            "look whether the calendar is complete" if roll.same_season else "",
            warning=roll.same_season,
        )
    on_class = {p.title for p in roll.placed if p.fate is Fate.BREAK} | (
        {b.title for b in roll.breaks} if roll.exact else set()
    )
    for found in roll.breaks:
        inside = found.last >= roll.first and found.first <= roll.last
        if inside and found.title not in on_class:
            yield Notice(
                "breaks", f"{describe(found)}: on no class day, so it has no row", warning=False
            )


def carried_breaks(roll: Roll, holidays: Mapping[date, str]) -> Iterator[Notice]:
    """Say which breaks were moved with the old calendar, and what public holidays say of them."""
    for found in roll.breaks:
        holiday = next(
            (
                f"{title} is on {day}"
                for day, title in holidays.items()
                if title_words(title) & title_words(found.title)
            ),
            "",
        )
        right = any(
            found.first <= day <= found.last and title_words(t) & title_words(found.title)
            for day, t in holidays.items()
        )
        what = f"{describe(found)}: carried over from {roll.old.id}, {roll.weeks.days:+d} days"
        if holiday and not right:
            yield Notice(
                "breaks", f"{what}, but {holiday}", "give the breaks with --calendar or --break"
            )
        else:
            yield Notice(
                "breaks",
                f"{what}{f'; {holiday}' if holiday else ''}",
                "" if right else "confirm it with --calendar or --break",
                warning=not right,
            )


def counterpart(found: Break, roll: Roll) -> Break | None:
    """Give the new break that stands for an old one: of the same name, else the longest for the
    longest.
    """
    same = same_break(found, roll.breaks)
    if same:
        return same
    theirs = sorted(
        (b for b in roll.breaks if same_break(b, roll.before) is None and length(b) >= LONG),
        key=length,
        reverse=True,
    )
    mine = sorted(
        (b for b in roll.before if same_break(b, roll.breaks) is None and length(b) >= LONG),
        key=length,
        reverse=True,
    )
    return next((new for old, new in zip(mine, theirs, strict=False) if old == found), None)


def length(found: Break) -> int:
    """Give the number of days of a break."""
    return (found.last - found.first).days + 1


def holiday_notices(
    roll: Roll,
    others: Sequence[Semester],
    holidays: Mapping[date, str],
    zone_holidays: Mapping[date, str],
) -> Iterator[Notice]:
    """Name classes on public holidays that no break covers; warn where the course took the day off
    before, and where nobody told the breaks.

    Args:
        zone_holidays: public holidays of the old semester: one on which it met is no reason to
        warn.
    """
    ever_off = {semester.id: old_breaks(semester) for semester in (roll.old, *others)}
    met = {s.date for s in class_rows(roll.old)}
    for day, title in holidays.items():
        if break_on(day, roll.breaks):
            continue
        on = [
            s
            for p in roll.placed
            if p.day == day and p.bundle
            for s in p.bundle.rows[:1]
            if not is_day_off(s)
        ]
        if on:
            off_in = [
                name
                for name, breaks in ever_off.items()
                if any(title_words(title) & title_words(b.title) for b in breaks)
            ]
            taught = any(
                old_day in met and title_words(old_title) == title_words(title)
                for old_day, old_title in zone_holidays.items()
            )
            told = not roll.carried and bool(roll.breaks)
            quiz = " with a quiz" if any(s.readings for s in on) else ""
            hint = (
                "the calendar given has no break on it"
                if told
                else f"--break {shlex.quote(f'{day}={title}')} if there is no class"
            )
            what = (
                f"{title}, {named(day)}, is on a class day: "
                f"{' and '.join(repr(s.title) for s in on)}{quiz}"
            )
            before = (
                f"; it was a day off in {', '.join(off_in)}"
                if off_in
                else f"; {roll.old.id} had class on it"
                if taught
                else ""
            )
            yield Notice(
                "holiday", f"{what}{before}", hint, warning=bool(off_in) or not (told or taught)
            )
