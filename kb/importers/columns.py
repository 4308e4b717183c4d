"""Columns of schedules: what a header or a label means."""

from __future__ import annotations

import re
from enum import StrEnum

from kb.errors import UsageError
from kb.importers.topic_cell import badge_kind
from kb.text import fold

__all__ = ["Role", "header_roles", "label_role", "parse_hints"]


class Role(StrEnum):
    """What a column holds."""

    DATE = "date"
    WEEK = "week"
    TOPIC = "topic"
    READING = "reading"
    OPTIONAL = "optional reading"
    CHAPTER = "book chapter"
    DELIVERABLE = "deliverable"
    RELEASED = "handed out"
    KIND = "kind"
    MATERIAL = "material"
    INSTRUCTOR = "instructor"
    BOTH = "topic and readings"
    NOTE = "note"
    IGNORED = "ignored"
    EXTRA = "extra"


BOTH = re.compile(
    r"(?:.*\b(?:topics?|titles?|lectures?|subjects?|themes?|sessions?)\b)\s*(?:&|and|/|,|\+|with)\s*(?:.*\b(?:readings?|papers?|literature|articles?)\b).*"
)
"""The header of a column that holds the topic and below it what is read."""

MAX_NAME = 200
"""Characters up to which a text may be the name of a column."""

READ = r"(?:readings?|papers?|literature|articles?|texts?|resources?|materials?|sources?|books?|links?)"
NAMES: tuple[tuple[Role, str], ...] = (
    (
        Role.INSTRUCTOR,
        r"(?:paper |discussion |student |class |session )?(?:leads?|leaders?|led by|presenters?|presented by|discussants?|facilitators?|moderators?|scribes?|note ?takers?|guests?(?: speakers?| lecturers?)?)(?: ?\(?s?\)?)?(?: ?[/&] ?\w+| and \w+)?",
    ),
    (Role.DELIVERABLE, r"(?:after|post)[- ]?(?:class|lecture)\b.*"),
    (Role.NOTE, r"(?:discussion |study |guiding |key )?questions?(?: for discussion)?"),
    (Role.DELIVERABLE, r"(?:key|important|due) dates?"),
    (Role.KIND, r"(?:event |session |class )?(?:type|kind|category)|event type"),
    (
        Role.OPTIONAL,
        rf"(?:optional|further|additional|recommended|supplementa\w*|supplements?|extra|suggested|background|extended|more)(?: (?:(?:and|or|&) )?{READ})*(?: \(?optional\)?)?|{READ} \(?(?:optional|recommended|further|supplementa\w*)\)?|see also|optional|(?:go )?deeper",
    ),
    (
        Role.READING,
        rf"(?:required|mandatory|core|main|primary|must read|essential)(?: {READ})*|{READ} \(?(?:required|mandatory)\)?",
    ),
    (
        Role.DELIVERABLE,
        r"readings? (?:quiz(?:zes)?|responses?|questions?|reflections?|reports?)\b.*|to[- ]?dos?",
    ),
    (Role.MATERIAL, r"(?:lecture|class|course) (?:notes|slides|materials?|videos?)"),
    (
        Role.CHAPTER,
        r"(?:corresponding\s+)?(?:book|textbook)\s*(?:chapters?|sections?)?|chapters?|textbooks?|book sections?",
    ),
    (
        Role.NOTE,
        r"in[- ]class\b.*|.*\bactivit(?:y|ies)\b.*|(?:labs?|recitations?|sections?|discussions?|tutorials?|quiz(?:zes)?|exams?)(?: ?/ ?\w+)?|(?:learning )?(?:objectives|goals|outcomes)",
    ),
    (
        Role.RELEASED,
        r"(?:assignments? |homeworks? |hws? )?(?:out|released?|handed out|posted|given)|assigned",
    ),
    (
        Role.READING,
        r".*\b(?:readings?|papers?|literature|articles?|read|literatur|lektüre|lekture|lectures? requises|lecturas?|bibliograph\w+)\b.*|texts?(?: (?:sections?|pages?|chapters?))?|sections?(?: (?:of|in) (?:the )?(?:text|book|textbook))?|sources?|references?|(?:to )?(?:prep\w*|watch)(?: for class| work| material)?|(?:what to )?(?:do )?(?:before|pre)[- ]?(?:class|lecture|work|session|meeting)(?: work| prep\w*| material)?",
    ),
    (
        Role.DELIVERABLE,
        r".*\b(?:assignments?|home ?works?|hws?|due|deliverables?|deadlines?|milestones?|projects?|assessments?|hand(?:ed)?[- ]?ins?|turn[- ]?ins?|problem sets?|psets?|exercises?|coursework|labs? due|submissions?)\b.*|in",
    ),
    (Role.DATE, r"w ?/ ?[cb]|(?:week|wk) (?:of|commencing|beginning|starting)"),
    (
        Role.WEEK,
        r"(?:week|wk|woche|semaine|semana|#|no\.?|nr\.?|session|class|lecture|lec|lesson|meeting|module|unit)\s*(?:#|no\.?|number|nr\.?)?|n°",
    ),
    (Role.DATE, r".*\b(?:dates?|days?|when|datum|tag|termin|fecha)\b.*|time"),
    (
        Role.TOPIC,
        r".*\b(?:topics?|titles?|lectures?|subjects?|contents?|themes?|thema|themen|tema|sujet|inhalt|description|session|class|what|agenda|concepts?|modules?|units?|summary|details)\b.*",
    ),
    (
        Role.MATERIAL,
        r".*\b(?:slides?|notes?|materials?|links?|videos?|recordings?|handouts?|resources?|code|media|lecture notes|pdfs?|scribes?|notebooks?|demos?|folien)\b.*",
    ),
    (
        Role.INSTRUCTOR,
        r".*\b(?:instructors?|speakers?|lecturers?|presenters?|who|by|teacher|leaders?|discussants?|scribe|staff)\b.*",
    ),
    (
        Role.NOTE,
        r".*\b(?:comments?|remarks?|notes?|location|room|place|where|events?|misc\w*|other|logistics|announcements?|bemerkung\w*)\b.*",
    ),
)
"""Names of columns in the order in which they are tried; the whole header must match."""


def parse_hints(hints: str) -> dict[str, str]:
    """Read `--columns "Paper=reading,What=topic"` as header to role.

    Raises:
        UsageError: an unknown role or a hint without `=`.
    """
    roles = {role.value: role.value for role in Role} | {
        "due": Role.DELIVERABLE.value,
        "optional": Role.OPTIONAL.value,
        "chapter": Role.CHAPTER.value,
        "out": Role.RELEASED.value,
    }
    found: dict[str, str] = {}
    for hint in filter(None, (h.strip() for h in hints.split(","))):
        name, equals, role = hint.partition("=")
        if not equals or role.strip().casefold() not in roles:
            raise UsageError(
                f"--columns {hint!r}: write HEADER=ROLE; roles: {', '.join(sorted(roles))}"
            )
        found[fold(name)] = roles[role.strip().casefold()]
    return found


def column_role(name: str, hints: dict[str, str]) -> Role | None:
    """Give the role of one header; None when it says nothing."""
    folded = fold(re.sub(r"[*_:]", " ", name))
    if folded in hints:
        return Role(hints[folded])
    if not folded or len(folded) > MAX_NAME:
        return None
    if BOTH.fullmatch(folded):
        return Role.BOTH
    return next((role for role, pattern in NAMES if re.fullmatch(pattern, folded)), None)


def header_roles(names: tuple[str, ...], hints: dict[str, str]) -> tuple[Role, ...]:
    """Give the role of each column of a header; the first topic-like column is the topic."""
    roles: list[Role] = []
    for name in names:
        role = column_role(name, hints)
        if (
            role is Role.WEEK
            and fold(name).split()[:1]
            and fold(name).split()[0]
            in {"lecture", "lesson", "session", "class", "lec", "meeting", "module", "unit"}
            and (
                Role.DATE in {column_role(n, hints) for n in names}
                or fold(name).split()[0] not in {"class", "meeting"}
            )
        ):
            role = (
                Role.TOPIC
                if Role.TOPIC not in roles
                and not any(column_role(n, hints) is Role.TOPIC for n in names)
                else Role.WEEK
            )
        if fold(name) in {"event", "events"}:
            role = (
                Role.KIND if any(column_role(n, hints) is Role.TOPIC for n in names) else Role.TOPIC
            )
        if role is Role.TOPIC and Role.TOPIC in roles:
            role = Role.EXTRA
        roles.append(role or Role.EXTRA)
    return tuple(roles)


def label_role(label: str, hints: dict[str, str]) -> Role | None:
    """Give the role of a label in front of a line: `Required reading`, `Due`, `Slides`."""
    role = None if badge_kind(label) is not None else column_role(label, hints)
    return role if role not in {Role.WEEK, Role.TOPIC, Role.DATE, Role.BOTH} else None
