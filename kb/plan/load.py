"""Load: how many minutes of reading and answering a semester asks for, week by week, against its
promise.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from kb.plan.load_basis import Estimate, Rule, WorkLength, estimate
from kb.views.models import ReadingList, ReadingView, SessionView
from kb.views.read import get_reading_list, get_semesters

__all__ = ["Load", "ReadingLoad", "SessionLoad", "WeekLoad", "get_load"]

COUNTED = frozenset({"required", "one-of"})
"""Roles that everybody reads; supplementary, recommended and cited readings are shown and not
counted.
"""

WORKS = """
select w.key, w.type, w.bibtex, (
    select max(cast(p.value as integer)) from readings r, json_each(r.locator_parts) p
    where r.work = w.key and r.locator_unit = 'chapter' and p.value glob '[0-9]*')
from works w where w.key in (
    select r.work from readings r join sessions s on s.id = r.session
    where s.semester = :semester)"""

RULES = (
    "select rule, value from policies where semester = :semester and area in ('quiz', 'workload')"
)


@dataclass(frozen=True, slots=True)
class ReadingLoad:
    """A reading with its minutes."""

    work: str
    title: str
    locator: str
    role: str
    alternative_group: int | None
    choose: int
    """How many of the group are to be read."""
    low: int
    high: int
    basis: str
    """What the figure rests on: `10 pages at 3-4.5 minutes`, `recording of 45 minutes`, `rule of
    the course`.
    """
    measured: bool
    """True when pages, words or a recording's length are known; False for the rule."""
    counted: bool


@dataclass(frozen=True, slots=True)
class SessionLoad:
    """A session with the minutes it asks for before it begins."""

    session: str
    date: str
    title: str
    readings: tuple[ReadingLoad, ...]
    answering: int
    """Minutes to answer its questions; 0 when the semester has no quizzes."""
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """A week of classes, Monday to Sunday."""

    start: str
    """ISO date of its Monday; empty for rows without date."""
    sessions: tuple[SessionLoad, ...]
    """Sessions with readings; empty in a week without any."""
    low: int
    high: int
    verdict: str
    """`within`, `over` (even the low figure exceeds the promise), `under` (even the high one misses
    it), `free` (no class).
    """


@dataclass(frozen=True, slots=True)
class Load:
    """A semester's weeks and what was promised."""

    semester: str
    promise_low: int
    promise_high: int
    """Minutes a week."""
    promise_from: str
    """Where the promise was found: `policy of F2022`, or that it is assumed."""
    reading_rule: str
    """The rule for texts of unknown length, `30-45 minutes`, with its source."""
    weeks: tuple[WeekLoad, ...]

    @property
    def peak(self) -> int:
        """Highest figure of any week, or the promise's."""
        return max((self.promise_high, *(w.high for w in self.weeks)))


def get_load(
    connection: sqlite3.Connection, semester: str, listed: ReadingList | None = None
) -> Load:
    """Give the minutes of each week in order; a reading counts in the week of the class it is due
    for.

    Of alternatives one is read: they count once, from the shortest's low to the longest's high
    figure.
    What is known of a work decides: pages or words at a stated rate, the length of a recording, a
    chapter's share of a book; otherwise the course's rule, 30-45 minutes a text and 15 to answer.

    Args:
        listed: the semester's reading list where the caller has it already.

    Raises:
        Unknown: no such semester.
    """
    listed = listed or get_reading_list(connection, semester)
    name = listed.semester.id
    lengths = {
        key: WorkLength.of(type_, bibtex, chapters)
        for key, type_, bibtex, chapters in connection.execute(WORKS, {"semester": name})
    }
    rules = policy_rules(connection, name)
    rule = Rule.of(
        rules.get("minutes.reading", ""),
        rules.get("minutes.answering", ""),
        rules.get("grading", "") == "none",
    )
    low, high, source = promise(connection, name)
    weeks = tuple(
        week_load(start, sessions, lengths, rule, (low, high))
        for start, sessions in by_week(listed)
    )
    return Load(name, low, high, source, rule.text, weeks)


def policy_rules(connection: sqlite3.Connection, semester: str) -> dict[str, str]:
    """Give the rules on quizzes and workload."""
    return dict(connection.execute(RULES, {"semester": semester}))


def promise(connection: sqlite3.Connection, semester: str) -> tuple[int, int, str]:
    """Give the promised minutes a week: the semester's, else the latest earlier one's, else 1-2
    hours.
    """
    earlier: list[str] = []
    for found in get_semesters(connection):
        earlier.insert(0, found.id)
        if found.id == semester:
            break
    for name in earlier:
        hours = re.findall(
            r"\d+(?:\.\d+)?", policy_rules(connection, name).get("reading-hours-per-week", "")
        )
        if hours:
            return round(float(hours[0]) * 60), round(float(hours[-1]) * 60), f"policy of {name}"
    return 60, 120, "no policy states it; 1-2 hours assumed"


def monday(iso: str) -> str:
    """Give the Monday of a date's week; empty for no date."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return (day - timedelta(days=day.weekday())).isoformat()


def by_week(listed: ReadingList) -> Iterable[tuple[str, list[SessionView]]]:
    """Give weeks with their rows, weeks without rows inside the semester too; rows without date
    come last.
    """
    weeks: dict[str, list[SessionView]] = {}
    dated = sorted((s for s in listed.sessions if s.date), key=lambda s: (s.date, s.position))
    if dated:
        day, last = date.fromisoformat(monday(dated[0].date)), date.fromisoformat(dated[-1].date)
        # A year written wrongly must not give a thousand empty weeks.
        for _ in range(min((last - day).days // 7 + 1, 60)):
            weeks[day.isoformat()] = []
            day += timedelta(days=7)
    for session in dated:
        weeks.setdefault(monday(session.date), []).append(session)
    open_rows = [s for s in listed.sessions if not s.date and s.readings]
    if open_rows:
        weeks[""] = open_rows
    return weeks.items()


def week_load(
    start: str,
    sessions: list[SessionView],
    lengths: dict[str, WorkLength],
    rule: Rule,
    promised: tuple[int, int],
) -> WeekLoad:
    """Sum a week and judge it."""
    loads = tuple(
        session_load(s, lengths, rule) for s in sessions if s.readings and not s.cancelled
    )
    low, high = sum(s.low for s in loads), sum(s.high for s in loads)
    lectures = [s for s in sessions if s.kind == "lecture" and not s.cancelled]
    verdict = "within"
    if not loads and not lectures:
        verdict = "free"
    elif low > promised[1]:
        verdict = "over"
    elif high < promised[0]:
        verdict = "under"
    return WeekLoad(start, loads, low, high, verdict)


def session_load(session: SessionView, lengths: dict[str, WorkLength], rule: Rule) -> SessionLoad:
    """Give the minutes of a session: its readings, alternatives once, and its questions."""
    readings = tuple(
        reading_load(r, lengths.get(r.work, WorkLength()), rule) for r in session.readings
    )
    low = high = 0
    for group, members in groupby(
        (r for r in readings if r.counted), key=lambda r: r.alternative_group
    ):
        found = list(members)
        wanted = len(found) if group is None else found[0].choose
        low += sum(sorted(r.low for r in found)[:wanted])
        high += sum(sorted((r.high for r in found), reverse=True)[:wanted])
    answering = 0
    if any(r.counted for r in readings) and session.quiz is not None and not rule.no_quiz:
        answering = sum(p.minutes for p in session.quiz.prompts) or rule.answering
    return SessionLoad(
        session.id,
        session.date,
        session.title,
        readings,
        answering,
        low + answering,
        high + answering,
    )


def reading_load(reading: ReadingView, length: WorkLength, rule: Rule) -> ReadingLoad:
    """Give a reading with its minutes."""
    found: Estimate = estimate(reading, length, rule)
    return ReadingLoad(
        reading.work,
        reading.title,
        reading.locator,
        reading.role,
        reading.alternative_group,
        reading.choose or 1,
        round(found.low),
        round(found.high),
        found.basis,
        found.measured,
        reading.role in COUNTED,
    )
