"""Breaks: days without class, from options, a YAML file, or an old semester."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kb.errors import UsageError
from kb.findings import Severity
from kb.parse.yaml import Node, parse_yaml, plain
from kb.records import Break, Kind, Semester

__all__ = [
    "AcademicCalendar",
    "break_rows",
    "describe",
    "merged",
    "old_breaks",
    "read_break",
    "read_yaml_calendar",
    "same_break",
    "shifted",
]

COMMON = frozenset(
    {
        "break",
        "day",
        "no",
        "class",
        "classes",
        "holiday",
        "recess",
        "lecture",
        "recitation",
        "the",
        "of",
        "for",
        "cmu",
        "university",
        "closed",
        "jr",
        "observed",
        "happy",
    }
)
"""Words of breaks' titles that do not tell one from another."""

GAP = 4
"""Days between two rows of one break with nothing but days without class between them."""


@dataclass(frozen=True, slots=True)
class AcademicCalendar:
    """What a calendar says about days without class."""

    breaks: tuple[Break, ...]
    taken: tuple[str, ...] = ()
    """Events read as breaks, for the report."""
    ignored: tuple[str, ...] = ()
    """Events that were not."""
    doubts: tuple[str, ...] = ()
    """What was read and may be wrong."""
    last_class: date | None = None


def read_break(value: str) -> Break:
    """Read `2023-10-16..2023-10-20=Fall break`; one date is a break of a day, the title may be
    missing.

    Raises:
        UsageError: no dates, or the wrong way round.
    """
    span, _, title = value.partition("=")
    try:
        days = [date.fromisoformat(part.strip()) for part in re.split(r"\.\.|/| to ", span)]
    except ValueError as error:
        raise UsageError(
            f"--break {value!r}: dates such as 2023-10-16..2023-10-20='Fall break' expected"
        ) from error
    if len(days) > 2 or days[-1] < days[0]:
        raise UsageError(f"--break {value!r}: a first and a last day expected")
    return Break(first=days[0], last=days[-1], title=title.strip(" '\"") or "No classes")


def read_yaml_calendar(text: str, name: str) -> AcademicCalendar:
    """Read breaks from YAML: a list, or a mapping with `breaks:` and perhaps `last-class:`.

    A break is `{from, to, title}`, a date, or `title: date` or `title: date..date`.

    Raises:
        UsageError: with the line of what cannot be read.
    """
    root, findings = parse_yaml(text, name)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    if errors:
        raise UsageError(str(errors[0]))
    if root is None:
        return AcademicCalendar(())
    last_class = None
    nodes: Node = root
    if isinstance(root.value, dict) and ({"breaks", "last-class"} & set(root.value)):
        nodes = root.value.get("breaks", Node((), root.line, root.column, root.end_line))
        if "last-class" in root.value:
            last_class = day_of(root.value["last-class"], name)
    found: list[Break] = []
    if isinstance(nodes.value, dict):
        for title, node in nodes.value.items():
            found += [span_of(node, name, title)]
    elif isinstance(nodes.value, tuple):
        for node in nodes.value:
            found.append(
                fields_of(node, name)
                if isinstance(node.value, dict)
                else span_of(node, name, "No classes")
            )
    elif nodes.value.strip():
        raise UsageError(
            f"{name}:{nodes.line}: a list of breaks expected, such as - {{from: 2023-10-16, "
            f"to: 2023-10-20, title: Fall break}}"
        )
    return AcademicCalendar(
        merged(found),
        tuple(f"a break: {describe(b)}" for b in merged(found)),
        last_class=last_class,
    )


def day_of(node: Node, name: str) -> date:
    """Read a date.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(str(plain(node)).strip())
    except ValueError as error:
        raise UsageError(
            f"{name}:{node.line}: {plain(node)!r} is not a date such as 2023-10-16"
        ) from error


def span_of(node: Node, name: str, title: str) -> Break:
    """Read `2023-10-16`, `2023-10-16..2023-10-20`, or a mapping of fields, under a title."""
    if isinstance(node.value, dict):
        return fields_of(node, name, title)
    parts = re.split(r"\s*(?:\.\.|/|\bto\b)\s*", str(plain(node)).strip())
    days = [day_of(Node(part, node.line, node.column, node.end_line), name) for part in parts]
    if len(days) > 2 or days[-1] < days[0]:
        raise UsageError(f"{name}:{node.line}: a first and a last day expected")
    return Break(first=days[0], last=days[-1], title=title)


def fields_of(node: Node, name: str, title: str = "No classes") -> Break:
    """Read a mapping with `from`, `to` and `title`.

    Raises:
        UsageError: unknown fields, no date, or the wrong way round.
    """
    own = dict(node.value) if isinstance(node.value, dict) else {}
    if len(own) == 1 and not set(own) & {"from", "date"}:
        ((only, value),) = own.items()
        return span_of(value, name, only)
    unknown = sorted(set(own) - {"from", "to", "date", "title"})
    first = own.get("from") or own.get("date")
    if unknown or first is None:
        what = f"unknown field {unknown[0]!r}" if unknown else "no date"
        raise UsageError(f"{name}:{node.line}: {what}; fields are from, to and title")
    begin = day_of(first, name)
    end = day_of(own["to"], name) if "to" in own and own["to"].value else begin
    if end < begin:
        raise UsageError(f"{name}:{node.line}: ends on {end}, before it begins on {begin}")
    return Break(first=begin, last=end, title=str(plain(own["title"])) if "title" in own else title)


def describe(found: Break) -> str:
    """Give `2023-10-16 to 2023-10-20: Fall break`."""
    span = f"{found.first}" if found.first == found.last else f"{found.first} to {found.last}"
    return f"{span}: {found.title}"


def merged(breaks: Iterable[Break]) -> tuple[Break, ...]:
    """Sort breaks; those of one title that touch or overlap become one."""
    found: list[Break] = []
    for new in sorted(breaks, key=lambda b: (b.first, b.last, b.title)):
        old = found[-1] if found else None
        if (
            old
            and old.title.casefold() == new.title.casefold()
            and new.first <= old.last + timedelta(1)
        ):
            found[-1] = Break(first=old.first, last=max(old.last, new.last), title=old.title)
        elif old != new:
            found.append(new)
    return tuple(found)


def break_rows(semester: Semester) -> tuple[Break, ...]:
    """Give the breaks that rows make: rows of one title, with no class between them, are one break.

    A cancelled class beside another of that day makes none.
    """
    found: list[Break] = []
    open_title = ""
    taught = {
        s.date
        for s in semester.sessions
        if s.date and not s.cancelled and s.kind in {Kind.LECTURE, Kind.RECITATION, Kind.LAB}
    }
    for session in semester.sessions:
        off = session.kind is Kind.BREAK or (
            session.cancelled
            and session.date not in taught
            and not session.topics
            and not session.readings
        )
        if session.date is None or not off:
            open_title = "" if session.date else open_title
            continue
        if (
            found
            and open_title == session.title.casefold()
            and (session.date - found[-1].last).days <= GAP
        ):
            found[-1] = Break(first=found[-1].first, last=session.date, title=found[-1].title)
        else:
            found.append(Break(first=session.date, last=session.date, title=session.title))
        open_title = session.title.casefold()
    return tuple(found)


def old_breaks(semester: Semester) -> tuple[Break, ...]:
    """Give a semester's breaks, declared and from rows; a row inside a declared break is that
    break.
    """
    rows = [
        b
        for b in break_rows(semester)
        if not any(d.first <= b.first and b.last <= d.last for d in semester.breaks)
    ]
    return tuple(sorted((*semester.breaks, *rows), key=lambda b: (b.first, b.last)))


def shifted(breaks: Iterable[Break], days: timedelta) -> tuple[Break, ...]:
    """Give breaks moved by whole days."""
    return tuple(Break(first=b.first + days, last=b.last + days, title=b.title) for b in breaks)


def same_break(one: Break, breaks: Iterable[Break]) -> Break | None:
    """Give the break of another semester that goes by the same name: `Labor day, no classes`,
    `Labor Day`.
    """
    words = title_words(one.title)
    scored = [
        (len(words & title_words(b.title)), -abs(b.last - b.first - (one.last - one.first)), b)
        for b in breaks
    ]
    best = max(scored, key=lambda s: s[:2], default=None)
    return best[2] if best and best[0] else None


def title_words(title: str) -> frozenset[str]:
    """Give the words that tell a break from others."""
    plain_title = re.sub(r"martin luther king", "mlk", title.casefold())
    return frozenset(re.findall(r"[a-z]+", plain_title)) - COMMON
