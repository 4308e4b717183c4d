"""Invariants of planning and of later changes, on semesters nobody wrote by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.plan.breaks import read_break, read_yaml_calendar
from kb.plan.bundles import Way
from kb.plan.ripple import calendar_of, move_bundle
from kb.plan.ripple_write import rippled_text
from kb.plan.roll import roll_forward
from kb.plan.roll_models import NewCalendar
from kb.plan.roll_write import Wishes, write_semester
from kb.records import Break, Kind, Semester
from kb.sources.files import SourceFile
from kb.validate.calendar import calendar_findings
from kb.validate.semesters import read_semester

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WRONG = {"on-break", "slot-twice", "date-order", "weekday", "off-pattern"}


@st.composite
def courses(draw: st.DrawFn) -> str:
    """A semester with lectures and perhaps labs, breaks, exams, rows without dates."""
    lecture = sorted(draw(st.sets(st.integers(0, 4), min_size=1, max_size=3)))
    lab = draw(st.none() | st.sampled_from([d for d in range(5) if d not in lecture] or [5]))
    first = date(2022, 8, 29) + timedelta(draw(st.integers(0, 200)))
    weekday = draw(st.booleans())
    stated = draw(st.booleans())
    lines = ["id: F2022", "term: fall", "year: 2022", "title: C"]
    if stated:
        lines += [
            "meetings:",
            f"  - {{kind: lecture, days: [{', '.join(DAYS[d] for d in lecture)}]}}",
        ]
        lines += [f"  - {{kind: lab, days: [{DAYS[lab]}]}}"] if lab is not None else []
    lines.append("sessions:")
    number = 0
    for offset in range(7 * draw(st.integers(3, 8))):
        day = first + timedelta(offset)
        if day.weekday() not in (*lecture, lab):
            continue
        number += 1
        what = draw(st.sampled_from(["class"] * 8 + ["break", "skip", "cancelled", "exam"]))
        if what == "skip" and number > 3:
            continue
        lines.append(f"  - date: {day}")
        lines += [f"    weekday: {DAYS[day.weekday()]}"] if weekday else []
        if what == "break" and number > 3:
            lines += ["    kind: break", "    title: Day off"]
            continue
        if what == "cancelled" and number > 3:
            lines += ["    cancelled: true", f"    title: No class {number}"]
            lines += ["    kind: lab"] if day.weekday() == lab else []
            continue
        kind = (
            "lab"
            if day.weekday() == lab
            else "exam"
            if what == "exam" and number > 3
            else "lecture"
        )
        lines += [
            f"    kind: {kind}",
            "    topics:",
            f"      - title: T{number}",
            "    readings:",
            f"      - work: w{number}",
        ]
        if draw(st.booleans()):
            lines += [
                "    deliverables:",
                f"      - {{title: D{number}, due: {day + timedelta(2)}T23:59}}",
            ]
        if draw(st.integers(0, 9)) == 0:
            lines += [f"  - kind: {kind}", "    topics:", f"      - title: T{number}b"]
        if draw(st.integers(0, 12)) == 0:
            lines += ["  - date: tbd", "    kind: event", f"    title: E{number}"]
    return "\n".join(lines) + "\n"


def read(text: str) -> Semester:
    found, _, problems = read_semester(SourceFile(path="quizzes/F2022.yaml", text=text))
    assert found is not None, (problems, text)
    return found


def bundles(semester: Semester) -> Counter[tuple]:
    return Counter(
        (
            s.title,
            tuple(r.work for r in s.readings),
            tuple(
                (d.title, (d.due.date() - s.date).days if d.due and s.date else None)
                for d in s.deliverables
            ),
        )
        for s in semester.sessions
        if s.kind is not Kind.BREAK and not s.cancelled
    )


@settings(max_examples=40, deadline=None)
@given(
    courses(),
    st.integers(200, 900),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 6)), max_size=4),
    st.booleans(),
    st.none() | st.integers(10, 90),
)
def test_planning_keeps_order_and_bundles_and_takes_each_slot_once(
    text: str, step: int, spans: list[tuple[int, int]], confirmed: bool, length: int | None
) -> None:
    old = read(text)
    start = next(s.date for s in old.sessions if s.date) + timedelta(step)
    breaks = (
        tuple(
            Break(first=start + timedelta(a), last=start + timedelta(a + n), title=f"B{a}")
            for a, n in spans
        )
        if confirmed
        else ()
    )
    roll = roll_forward(
        old,
        NewCalendar(
            start=start,
            breaks=breaks,
            confirmed=confirmed,
            last=start + timedelta(length) if length else None,
        ),
    )
    new = read(write_semester(text, roll, "F2022", "fall", Wishes()))
    undated = {s.title for s in new.sessions if s.date is None}
    kept = bundles(old)
    assert {t for t, _, _ in kept} == {t for t, _, _ in bundles(new)}
    assert sum(kept.values()) == sum(bundles(new).values())
    for title, works, due in bundles(new):
        before = next(k for k in kept if k[0] == title)
        assert before[1] == works and (title in undated or before[2] == due or roll.exact)
    found = [f for f in calendar_findings(new) if f.code in WRONG]
    if not roll.exact:
        assert found == [], (found, text)
    for kind in (Kind.LECTURE, Kind.LAB):
        order = [s.title for s in old.sessions if s.kind is kind and not s.cancelled]
        again = [s.title for s in new.sessions if s.kind is kind and not s.cancelled and s.date]
        assert again == [t for t in order if t in again]
    if roll.exact:
        assert [s.date - roll.weeks for s in new.sessions if s.date] == [
            s.date for s in old.sessions if s.date
        ]
    main = [p for p in roll.placed if p.bundle and p.bundle.way is Way.MAIN and p.day]
    assert len({p.day for p in main}) == len(main)


@settings(max_examples=40, deadline=None)
@given(courses(), st.data())
def test_moving_keeps_everything_else_in_order(text: str, data: st.DataObject) -> None:
    old = read(text)
    calendar = calendar_of(old, old.sessions[-1].date)
    session = data.draw(
        st.sampled_from(
            [
                b.head
                for b in calendar.bundles
                if b.way in {Way.MAIN, Way.SIDE} and b.head.kind is not Kind.EXAM
            ]
        )
    )
    day = calendar.first + timedelta(
        data.draw(st.integers(0, (calendar.last - calendar.first).days))
    )
    try:
        calendar, ripple = move_bundle(calendar, session, day, fill=data.draw(st.booleans()))
    except UsageError:
        return
    written = rippled_text(text, calendar, ripple)
    new = read(written)
    assert bundles(old).keys() == bundles(new).keys() or ripple.lost
    assert {f.code for f in calendar_findings(new)} & {
        "on-break",
        "slot-twice",
        "date-order",
        "weekday",
    } == set()
    for kind in (Kind.LECTURE, Kind.LAB):
        order = [
            s.title
            for s in old.sessions
            if s.kind is kind
            and not s.cancelled
            and s.title != session.title
            and not s.title.startswith(session.title)
        ]
        assert [s.title for s in new.sessions if s.kind is kind and s.title in order] == order
    # A written id comes first in its row, so the dash changes its line.
    lines, other = (Counter(x.lstrip(" -") for x in t.splitlines()) for t in (text, written))
    allowed = ("id: ", "date:", "weekday:", "due:", *(["kind:"] if ripple.lost else []))
    assert all(
        any(word in line for word in allowed) for line in (*(lines - other), *(other - lines))
    )


@given(st.text(max_size=80))
def test_any_text_is_a_calendar_or_a_usage_error(text: str) -> None:
    for reader in (lambda t: read_yaml_calendar(t, "x.yaml"), read_break):
        try:
            reader(text)
        except UsageError as error:
            assert str(error)
