"""Which semester and section a question is about, and when it is asked."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Annotated

import typer

from kb.errors import UsageError
from kb.lists.moments import local_moment
from kb.lists.upcoming import choose_semesters
from kb.views.models import ReadingList
from kb.views.read import get_reading_list, get_semesters

__all__ = ["MomentOption", "SectionOption", "SemesterOption", "lists_asked_for"]

SemesterOption = Annotated[
    str | None,
    typer.Option(
        "--semester",
        "-s",
        envvar="KB_SEMESTER",
        show_envvar=False,
        help="Semester (default: the one running then; of several courses each).",
    ),
]
SectionOption = Annotated[
    str, typer.Option("--section", metavar="X", help="Days, times and due times of this section.")
]
MomentOption = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DATE",
        help="Day or moment: 2022-09-06, tomorrow, monday, 2022-09-06T12:00 or with a zone "
        "2022-09-06T12:00Z (default: now).",
    ),
]


def lists_asked_for(
    connection: sqlite3.Connection, semester: str | None, section: str, on: str, now: datetime
) -> tuple[ReadingList, ...]:
    """Give the lists a question is about: of the semester named, or of each course's current one.

    Raises:
        UsageError: there is no semester, or none of them has the section.
    """
    if semester is not None:
        return (get_reading_list(connection, semester, section),)
    semesters = get_semesters(connection)
    zone = semesters[0].zone if semesters else "UTC"
    found = choose_semesters(semesters, local_moment(on, zone, now))
    if not found:
        raise UsageError("there is no semester yet; add quizzes/<semester>.yaml")
    lists = [get_reading_list(connection, s.id) for s in found]
    if not section:
        return tuple(lists)
    having = [
        r
        for r in lists
        if section.casefold() in {s.section.casefold() for s in r.offering.sections}
    ]
    return tuple(
        get_reading_list(connection, r.semester.id, section) for r in (having or lists[:1])
    )
