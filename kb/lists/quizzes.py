"""The quizzes of a semester as one hands them out: what to read, what to answer, until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kb.lists.rules import Policy, quiz_rules
from kb.text import plural
from kb.views.bank import BankPrompt
from kb.views.models import PromptView, ReadingList, ReadingView, SessionView

__all__ = [
    "GROUP",
    "QuizSheet",
    "bank_sheets",
    "in_days",
    "instructions",
    "quiz_sheets",
    "with_prompts",
]

GROUP = "Reading quizzes"
"""Of assignments, in a learning platform."""

LATE_REFUSED = re.compile(r"\b(?:no|not|none|never)\b", re.IGNORECASE)
"""A late rule that lets nobody hand in late."""

NO_RUBRICS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizSheet:
    """The quiz of one class, or one question of the bank."""

    id: str
    """Stays when texts and dates change: the session's id, or the prompt's."""
    title: str
    date: str = ""
    zone: str = ""
    due: str = ""
    """ISO moment with offset; empty for a question of the bank and where no date is set."""
    unlock: str = ""
    lock: str = ""
    """Moment after which nothing is taken; empty where no rule says so."""
    readings: tuple[ReadingView, ...] = ()
    """What the questions are about; supplementary readings are left out."""
    prompts: tuple[PromptView, ...]
    rules: tuple[tuple[str, str], ...] = ()
    points: float = 1
    """For each question."""
    group: str = GROUP
    weight: str = ""
    """Percent of the grade, as the policy says."""
    section_due: tuple[tuple[str, str], ...] = ()
    """(section, due moment) of sections whose moment is another."""
    rubrics: Mapping[str, str] = field(default_factory=lambda: NO_RUBRICS)
    """Prompt to rubric; filled only for graders."""

    @property
    def minutes(self) -> int:
        """Time that the questions take to answer."""
        return sum(p.minutes or 0 for p in self.prompts)

    @property
    def choice(self) -> str:
        """Which readings are alternatives: `answer for one of the two`; empty for none."""
        groups: dict[int, int] = {}
        for reading in self.readings:
            if reading.alternative_group is not None:
                groups[reading.alternative_group] = groups.get(reading.alternative_group, 0) + 1
        words = {2: "two", 3: "three", 4: "four", 5: "five"}
        counts = [words.get(n, str(n)) for n in groups.values() if n > 1]
        return f"Answer for one of the {' and one of the '.join(counts)}." if counts else ""


def quiz_sheets(
    plan: ReadingList,
    policy: Policy,
    sections: Mapping[str, ReadingList] = MappingProxyType({}),
    rubrics: Mapping[str, str] = NO_RUBRICS,
) -> tuple[QuizSheet, ...]:
    """Give the quizzes of a semester in the order of its calendar.

    Args:
        plan: the semester.
        policy: its rules, area to rule to value.
        sections: the same semester as each section meets.
        rubrics: prompt to rubric, for graders.

    Returns:
        One sheet for each session with a question that is not cancelled.
    """
    moments = {
        name: {s.id: s.quiz.due for s in found.sessions if s.quiz}
        for name, found in sections.items()
    }
    return tuple(
        sheet_of(session, plan, policy, moments, rubrics)
        for session in plan.sessions
        if session.quiz and session.quiz.prompts and not session.cancelled
    )


def sheet_of(
    session: SessionView,
    plan: ReadingList,
    policy: Policy,
    moments: Mapping[str, Mapping[str, str]],
    rubrics: Mapping[str, str],
) -> QuizSheet:
    """Give the quiz of one session."""
    assert session.quiz is not None
    quiz = policy.get("quiz", {})
    due = whole_moment(session.quiz.due, plan.semester.zone)
    wanted = {p.id for p in session.quiz.prompts}
    others = (
        (name, whole_moment(found.get(session.id, ""), plan.semester.zone))
        for name, found in moments.items()
    )
    return QuizSheet(
        id=session.id,
        title=f"Reading quiz: {' and '.join(t.label for t in session.topics) or session.title}",
        date=session.date,
        zone=plan.semester.zone,
        due=due,
        unlock=unlock_moment(due, quiz),
        lock=lock_moment(due, policy, plan),
        readings=tuple(r for r in session.readings if r.role in {"required", "one-of"}),
        prompts=session.quiz.prompts,
        rules=quiz_rules(policy),
        points=points_of(quiz),
        weight=quiz.get("weight", ""),
        section_due=tuple((name, moment) for name, moment in others if moment and moment != due),
        rubrics={k: v for k, v in rubrics.items() if k in wanted},
    )


def whole_moment(due: str, zone: str) -> str:
    """Give a moment with offset; a day without time lasts until its last minute.

    Examples:
        >>> whole_moment("2022-11-07", "America/New_York")
        '2022-11-07T23:59:00-05:00'
    """
    if not due:
        return ""
    moment = datetime.fromisoformat(due)
    if len(due) == 10:
        moment = datetime.combine(moment.date(), time(23, 59))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone or "UTC"))
    return moment.isoformat()


def unlock_moment(due: str, quiz: Mapping[str, str]) -> str:
    """Give when a quiz opens, where the policy says `opens: 7 days before`; empty for at once."""
    found = re.match(r"\s*(\d{1,3})\s*(hour|day|week)s?\b", quiz.get("opens", ""))
    if not found or not due:
        return ""
    hours = int(found[1]) * {"hour": 1, "day": 24, "week": 168}[found[2]]
    return (datetime.fromisoformat(due) - timedelta(hours=hours)).isoformat()


def lock_moment(due: str, policy: Policy, plan: ReadingList) -> str:
    """Give when a quiz closes: when due where late answers are refused, with the semester where a
    rule lets one be late, never where no rule speaks of it.
    """
    late = policy.get("quiz", {}).get("late", "")
    bought = any("quiz late" in rule for rule in policy.get("tokens", {}))
    if not due or not (late or bought):
        return ""
    if late and LATE_REFUSED.search(late) and not bought:
        return due
    return whole_moment(plan.semester.last_day, plan.semester.zone)


def points_of(quiz: Mapping[str, str]) -> float:
    """Give the points of a question: what the policy says, else one."""
    try:
        return float(quiz.get("points", "1"))
    except ValueError:
        return 1.0


def bank_sheets(
    bank: Iterable[BankPrompt], topic: str = "", rubrics: Mapping[str, str] = NO_RUBRICS
) -> tuple[QuizSheet, ...]:
    """Give every question of the bank as a sheet, or those of a topic and the topics below it."""
    return tuple(
        QuizSheet(
            id=b.prompt.id,
            title=b.prompt.id,
            prompts=(b.prompt,),
            rubrics={k: v for k, v in rubrics.items() if k == b.prompt.id},
        )
        for b in bank
        if not topic or b.topic == topic or b.topic.startswith(f"{topic}/")
    )


def in_days(
    sheets: Iterable[QuizSheet], first: str = "", last: str = "", session: str = ""
) -> tuple[QuizSheet, ...]:
    """Give the sheets of one session, or those due between two days, both included."""
    return tuple(
        s
        for s in sheets
        if (not session or s.id.casefold() == session.casefold())
        and (not first or (s.date and s.date >= first))
        and (not last or (s.date and s.date <= last))
    )


def instructions(sheet: QuizSheet) -> tuple[str, ...]:
    """Give what stands above the questions, as sentences."""
    lines = [sheet.choice] if sheet.choice else []
    if sheet.minutes:
        lines.append(f"About {plural(sheet.minutes, 'minute')}.")
    lines += [f"{label}: {rule}." for label, rule in sheet.rules]
    return tuple(lines)


def with_prompts(sheet: QuizSheet, prompts: tuple[PromptView, ...]) -> QuizSheet:
    """Give a sheet with other questions."""
    return replace(sheet, prompts=prompts)
