"""Pages for instructors: two semesters compared, what one lacks, how much it asks each week."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.errors import UsageError
from kb.plan.diff import AREAS
from kb.plan.diff_database import compare_semesters
from kb.plan.gaps import GAPS, find_gaps
from kb.plan.load import get_load
from kb.render.semester_diff import change_text
from kb.views.read import get_semester, get_semesters
from kb.web.links import compare_path, semester_path, session_path, topic_path, work_path
from kb.web.page import Page, PageRequest, Redirect
from kb.web.pages.semesters import semester_name

__all__ = ["compare", "gaps", "load"]

HEADINGS = {
    "offering": "The offering",
    "topics": "Topics",
    "readings": "Readings",
    "sessions": "Sessions",
    "deliverables": "Homework",
    "policy": "Rules",
}
"""Areas of a comparison as headings."""

WORDS = {"+": "added", "-": "dropped", "?": "not filled in"}
"""What the marks of changes say; others say their own word."""

KNOWN = (
    ("select 1 from works where key = ?", work_path),
    ("select 1 from sessions where id = ?", session_path),
    ("select 1 from topics where slug = ?", topic_path),
)
"""Whose page a gap leads to."""


@dataclass(frozen=True, slots=True)
class Line:
    """A change or a gap as it is shown."""

    mark: str
    """`added`, `dropped`, `changed`, `not filled in`; empty for gaps."""
    text: str
    path: str = ""
    """The page of what it is about."""
    name: str = ""
    """What it is about."""


def compare(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give what differs between two semesters, as `kb diff` says it.

    Raises:
        Unknown: no such semester.
        UsageError: the semesters are one.
    """
    old, new = (get_semester(connection, ask.names[name]) for name in ("id", "other"))
    if old.id == new.id:
        raise UsageError(f"{old.id} is compared with itself; name another semester")
    path = compare_path(old.id, new.id)
    if (old.id, new.id) != (ask.names["id"], ask.names["other"]):
        return Redirect(path)
    found = compare_semesters(connection, old.id, new.id)
    areas = []
    for area in AREAS:
        lines = []
        for change in found.of(area):
            sign, text = change_text(change)
            if change.change != "link":
                mark = WORDS[sign] if sign != "~" else change.change
                text = text.removeprefix(f"{change.change}: ").replace(" -> ", " → ")
                lines.append(Line(mark, text, path_of(connection, change.key)))
        hidden = sum(change.change == "link" for change in found.of(area))
        if lines or hidden:
            areas.append((area, HEADINGS[area], lines, hidden))
    title = f"{semester_name(old)} and {semester_name(new)} compared"
    return Page(
        template="compare.html",
        title=title,
        description=f"What changed from {semester_name(old)} to {semester_name(new)}.",
        canonical=path,
        section="/semesters",
        context={
            "old": old,
            "new": new,
            "names": (semester_name(old), semester_name(new)),
            "areas": areas,
            "not_filled": found.not_filled,
            "others": tuple(
                (s, semester_name(s)) for s in get_semesters(connection) if s.id != new.id
            )
            if not ask.static
            else (),
        },
        data=found,
    )


def path_of(connection: sqlite3.Connection, key: str) -> str:
    """Give the path of the page of a work, session or topic; empty for what has none."""
    for query, path in KNOWN:
        if key and connection.execute(query, (key,)).fetchone():
            return path(key)
    return ""


def gaps(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give what is missing to a semester, kind by kind.

    Raises:
        Unknown: no such semester.
    """
    semester = get_semester(connection, ask.names["id"])
    path = f"{semester_path(semester.id)}/gaps"
    if semester.id != ask.names["id"]:
        return Redirect(path)
    found = find_gaps(connection, semester.id)
    kinds = [
        (
            kind,
            heading,
            [
                Line("", gap.detail, path_of(connection, gap.subject), gap.subject)
                for gap in found
                if gap.kind == kind
            ],
        )
        for kind, (heading, _) in GAPS.items()
    ]
    return Page(
        template="gaps.html",
        title=f"{semester_name(semester)}: what is missing",
        description=f"Readings, notes and questions that {semester_name(semester)} lacks.",
        canonical=path,
        section="/semesters",
        context={
            "semester": semester,
            "name": semester_name(semester),
            "kinds": [kind for kind in kinds if kind[2]],
            "none": [heading for _, heading, lines in kinds if not lines],
        },
        data=found,
        index=False,
    )


def load(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give the minutes that each week of a semester asks for, the heavy weeks marked.

    Raises:
        Unknown: no such semester.
    """
    semester = get_semester(connection, ask.names["id"])
    path = f"{semester_path(semester.id)}/load"
    if semester.id != ask.names["id"]:
        return Redirect(path)
    found = get_load(connection, semester.id)
    return Page(
        template="load.html",
        title=f"{semester_name(semester)}: reading load",
        description=f"Minutes of reading in each week of {semester_name(semester)}.",
        canonical=path,
        section="/semesters",
        context={"semester": semester, "name": semester_name(semester), "load": found},
        data=found,
    )
