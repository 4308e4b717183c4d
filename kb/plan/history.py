"""History: which work was assigned when, with which portion and topic."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

__all__ = ["History", "WorkHistory", "get_history"]

QUERY = """
select r.work, w.title, s.semester,
       group_concat(case when r.locator <> '' then r.locator else 'all' end, '; '),
       group_concat(distinct s.title)
from readings r join sessions s on s.id = r.session join works w on w.key = r.work join semesters m on m.id = s.semester
group by r.work, s.semester order by w.title, m.position"""


@dataclass(frozen=True, slots=True)
class WorkHistory:
    """A work and the semesters that assigned it."""

    work: str
    title: str
    cells: dict[str, tuple[str, str]]
    """Semester to (portions, sessions)."""


@dataclass(frozen=True, slots=True)
class History:
    """Works by semesters."""

    semesters: tuple[str, ...]
    works: tuple[WorkHistory, ...]
    """Most often assigned first."""


def get_history(connection: sqlite3.Connection) -> History:
    """Give every work that was ever assigned, most often first, then by title."""
    semesters = tuple(name for (name,) in connection.execute("select id from semesters order by position"))
    works: dict[str, WorkHistory] = {}
    for work, title, semester, portions, sessions in connection.execute(QUERY):
        works.setdefault(work, WorkHistory(work, title, {})).cells[semester] = (portions, sessions)
    return History(semesters, tuple(sorted(works.values(), key=lambda w: (-len(w.cells), w.title.casefold()))))
