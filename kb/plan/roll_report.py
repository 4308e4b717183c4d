"""What a planned calendar changes: slots, breaks, weeks, deadlines. Nothing is left silently wrong."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from kb.plan.breaks import describe, old_breaks, same_break, title_words
from kb.plan.bundles import Way, is_day_off
from kb.plan.notices import Notice
from kb.plan.roll import Fate, Placed, Roll
from kb.plan.slots import MEETS, break_on, class_rows, monday
from kb.records import Break, Deliverable, Semester, Session
from kb.text import dated_day, day_name, plural, title_key

__all__ = ["calendar_notices", "named"]

SPANS = 3
"""Groups of sessions in another week that are named one by one."""

LONG = 3
"""Days from which a break parts a term, whatever its name."""


def calendar_notices(
    roll: Roll,
    others: Sequence[Semester],
    holidays: Mapping[date, str],
    old_holidays: Mapping[date, str] | None = None,
) -> Iterator[Notice]:
    """Say what to decide and what changed in the calendar.

    Args:
        others: the other semesters of the collection, to tell which topics took two sessions.
        holidays: public holidays of the term.
        old_holidays: those of the old semester's.
    """
    yield from slot_notices(roll, others)
    yield from fixed_notices(roll)
    yield from break_notices(roll, holidays)
    yield from holiday_notices(roll, others, holidays, old_holidays or {})
    yield from order_notices(roll)
    yield from week_notices(roll)
    yield from deadline_notices(roll, holidays)


def named(day: date | None) -> str:
    """Give `Mon 2022-09-05`."""
    return dated_day(day) if day else "no date"


def heads(roll: Roll, way: Way) -> list[tuple[Placed, Session]]:
    """Give the bundles of a way that stand in the new calendar, with their first rows."""
    return [
        (p, p.bundle.head)
        for p in roll.placed
        if p.bundle and p.bundle.way is way and p.fate is not Fate.CONTINUED
    ]


def slot_notices(roll: Roll, others: Sequence[Semester]) -> Iterator[Notice]:
    """Say which sessions have no slot, which slots have no session, and what could be done."""
    left = [p for p in roll.placed if p.fate is Fate.NO_SLOT and p.bundle]
    for placed in left:
        assert placed.bundle is not None
        head = placed.bundle.head
        yield Notice(
            "no-slot",
            f"{head.kind} {head.title!r} (was {named(head.date)}) is in the file without date",
            "",
            head.id,
        )
    short = sum(p.bundle is not None and p.bundle.way is Way.MAIN for p in left)
    if short:
        yield Notice(
            "no-slot",
            f"{plural(short, 'slot')} too few for the {roll.main}s until {roll.last}",
            "--merge, --park, --end or --weeks",
        )
        yield from shorten_notices(roll)
    for kind, days in roll.free.items():
        inside = [d for d in days if d >= roll.first]
        if roll.exact or not inside:
            continue
        shown = ", ".join(named(d) for d in inside)
        yield Notice(
            "free-slot",
            f"{plural(len(inside), 'slot')} without {kind}: {shown}",
            "--extend 'TOPIC' continues a topic; kb insert adds one",
            warning=kind is roll.main,
        )
    if not roll.exact and roll.free.get(roll.main) and not short:
        yield from lengthen_notices(roll, others)


def shorten_notices(roll: Roll) -> Iterator[Notice]:
    """Name sessions that could be merged with the one before or put aside, the likeliest first."""
    found: list[tuple[int, Notice]] = []
    main = [head for _, head in heads(roll, Way.MAIN)]
    for before, head in pairwise(main):
        if head.kind not in MEETS:
            continue
        slugs = {t.topic for t in head.topics if t.topic}
        reasons = []
        if head.topics and all(t.continued for t in head.topics):
            reasons.append((0, f"continues {head.topics[0].title!r}"))
        elif any(
            (t.part or 1) > 1 or title_key(t.title).endswith((" 2", " ii")) for t in head.topics
        ):
            reasons.append((1, "a second part"))
        elif slugs & {t.topic for t in before.topics}:
            reasons.append((2, f"same topic as {before.title!r}"))
        if not head.readings and head is not main[-1]:
            reasons.append((3, "without reading"))
        if any(t.guest for t in head.topics):
            reasons.append((4, "a guest lecture"))
        if reasons:
            rank = min(r for r, _ in reasons) * 2 - (len(reasons) > 1)
            hint = f"--merge {head.id}" if reasons[0][0] < 3 else f"--park {head.id}"
            found.append(
                (
                    rank,
                    Notice(
                        "shorten",
                        f"{head.title!r}: {', '.join(text for _, text in reasons)}",
                        hint,
                        head.id,
                        warning=False,
                    ),
                )
            )
    yield from (notice for _, notice in sorted(found, key=lambda f: f[0]))


def lengthen_notices(roll: Roll, others: Sequence[Semester]) -> Iterator[Notice]:
    """Name topics that took two sessions elsewhere, and topics that only other semesters had."""
    own_slugs = {t.topic for s in roll.old.sessions for t in s.topics if t.topic}
    own_titles = {title_key(t.title) for s in roll.old.sessions for t in s.topics}
    twice_here = {
        t.topic for s in roll.old.sessions for t in s.topics if t.continued or (t.part or 1) > 1
    }
    twice: dict[str, list[str]] = {}
    missing: dict[str, list[str]] = {}
    for semester in others:
        for session in class_rows(semester):
            for topic in session.topics if session.kind is roll.main else ():
                known = topic.topic in own_slugs or title_key(topic.title) in own_titles
                if (
                    known
                    and (topic.continued or (topic.part or 1) > 1)
                    and topic.topic not in twice_here
                ):
                    twice.setdefault(topic.topic or title_key(topic.title), []).append(semester.id)
                elif not known:
                    missing.setdefault(topic.title, []).append(semester.id)
    for _, head in heads(roll, Way.MAIN):
        for topic in head.topics:
            seen = twice.pop(topic.topic or title_key(topic.title), None)
            if seen:
                yield Notice(
                    "lengthen",
                    f"{topic.title!r} took two sessions in {', '.join(dict.fromkeys(seen))}",
                    f"--extend {head.id}",
                    head.id,
                    warning=False,
                )
    for title, seen in list(missing.items())[:5]:
        yield Notice(
            "lengthen",
            f"{title!r} was a session in {', '.join(dict.fromkeys(seen))}",
            "kb insert",
            warning=False,
        )


def fixed_notices(roll: Roll) -> Iterator[Notice]:
    """Say where exams and events went and on what ground."""
    for placed in roll.placed:
        if placed.bundle is None or placed.fate is Fate.CONTINUED:
            continue
        head = placed.bundle.head
        fixed = placed.bundle.way is Way.FIXED or head.kind not in MEETS
        if (
            not fixed
            or is_day_off(head)
            or placed.fate in {Fate.NO_SLOT, Fate.UNDATED, Fate.PARKED, Fate.DEADLINE}
        ):
            continue
        closed = break_on(placed.day, roll.breaks) if placed.day else None
        on = f", which is a break ({closed.title})" if closed else ""
        where = f"{head.title!r}: {named(head.date)} became {named(placed.day)}{on}"
        told = f"--fix '{head.id}=DATE'"
        if placed.fate is Fate.ON_BREAK:
            what = f"{head.title!r} (was {named(head.date)}) is in the file without date: the same weekday of the same week is a break now"
            yield Notice("fixed", what, f"ask for its date and say {told}", head.id)
        elif placed.fate is Fate.FIXED:
            if closed:
                yield Notice("fixed", where, "it was told so", head.id)
        elif placed.bundle.way is Way.FIXED or placed.fate is Fate.KEPT_WEEK:
            yield Notice(
                "fixed",
                f"{where}: same weekday of the same week, a guess",
                f"ask for its date and say {told}",
                head.id,
            )
        else:
            yield Notice(
                "fixed",
                f"{where}: it stays between the same sessions",
                f"{told} for a date of its own, --fix '{head.id}=week' for its old week and weekday",
                head.id,
                not roll.exact,
            )


def break_notices(roll: Roll, holidays: Mapping[date, str]) -> Iterator[Notice]:
    """Say which breaks were carried over, came new or went."""
    if roll.carried:
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
            f"no breaks were given{f', those of {roll.old.id} are of another season: {kept}' if kept else ''}",
            f"--calendar FILE or --break {roll.first}..{roll.first}='Title'",
        )
    gone = [b for b in roll.before if counterpart(b, roll) is None]
    if gone and roll.breaks:
        what = f"days off of {roll.old.id} that the new calendar does not have: {'; '.join(describe(b) for b in gone)}"
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


def counterpart(found: Break, roll: Roll) -> Break | None:
    """Give the new break that stands for an old one: of the same name, else the longest for the longest."""
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
    """Name classes on public holidays that no break covers; warn where the course took the day off before, and where nobody told the breaks.

    Args:
        zone_holidays: public holidays of the old semester: one on which it met is no reason to warn.
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
            what = f"{title}, {named(day)}, is on a class day: {' and '.join(repr(s.title) for s in on)}{quiz}"
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


def order_notices(roll: Roll) -> Iterator[Notice]:
    """Say what crossed a break, and which recitations and labs crossed a lecture or exam."""
    if roll.exact:
        return
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
                what = f"{head.kind} {head.title!r}, {named(placed.day)}, comes {side} {' and '.join(repr(o.title) for o in crossed)} now"
                yield Notice("order", what, "kb move or kb swap", head.id, matters)


def goes_with(head: Session, main: Sequence[tuple[Placed, Session]]) -> list[Session]:
    """Give the lectures that a recitation or lab goes with: those it followed that share a topic, else the last one before it."""
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
                else f"{rows[0][0].title!r} to {rows[-1][0].title!r} ({plural(len(rows), 'session')})"
            )
            yield Notice(
                "week",
                f"{plural(abs(step), 'week')} {'later' if step > 0 else 'earlier'} in the term: {span}, week {rows[0][1]} became {rows[0][2]}",
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
    """Say which deadlines fall on a break, after the last class, on another weekday, or close together."""
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
                f"{name} was due on a day without class ({row.title}, {named(row.date)}); now it is due with the class above it",
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
                f"{name} is due on {named(new)}, {f'a break ({closed.title})' if closed else holidays[new]}",
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
    days.sort()
    for (old_one, new_one, one), (old_two, new_two, two) in pairwise(days):
        before, now = old_two - old_one, new_two - new_one
        if now < before and now < timedelta(7) and before - now > timedelta(2):
            yield Notice(
                "deadline",
                f"{one} and {two} are {plural(now.days, 'day')} apart, {before.days} before",
                "move one of them",
            )
    released = [d.released for s in roll.old.sessions for d in s.deliverables if d.released]
    if released and not roll.exact:
        yield Notice(
            "deadline", "release dates moved with their class", "look them through", warning=False
        )
