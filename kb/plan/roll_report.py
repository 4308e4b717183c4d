"""What a planned calendar changes: slots, breaks, weeks, deadlines. Nothing is left silently
wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from kb.plan.bundles import Way, is_day_off
from kb.plan.notices import Notice
from kb.plan.roll_breaks_report import break_notices, holiday_notices
from kb.plan.roll_deadlines_report import deadline_notices
from kb.plan.roll_heads import heads, named
from kb.plan.roll_models import Fate, Roll
from kb.plan.roll_order_report import order_notices, week_notices
from kb.plan.slots import MEETS, break_on, class_rows
from kb.records import Semester
from kb.text import plural, title_key

__all__ = ["calendar_notices", "named"]


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
            what = (
                f"{head.title!r} (was {named(head.date)}) is in the file without date: the same "
                "weekday of the same week is a break now"
            )
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
                f"{told} for a date of its own, --fix '{head.id}=week' for its old week and "
                "weekday",
                head.id,
                not roll.exact,
            )
