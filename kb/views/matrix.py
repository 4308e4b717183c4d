"""Works by semesters with links: what the history page shows beside `kb.plan.history`."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

__all__ = ["get_cell_sessions"]

CELLS = """
select r.work, s.semester, s.id, s.title, group_concat(case when r.locator <> '' then r.locator
    else 'all' end, '; ')
from readings r join sessions s on s.id = r.session join works w on w.key = r.work
    group by r.work, s.id order by s.semester, s.position"""


def get_cell_sessions(
    connection: sqlite3.Connection,
) -> dict[tuple[str, str], tuple[tuple[str, str, str], ...]]:
    """Give for each (work, semester) the sessions that read it
    as (id, title, portion), in order.
    """
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for work, semester, session, title, portion in connection.execute(CELLS):
        found[work, semester].append((session, title, portion))
    return {key: tuple(sessions) for key, sessions in found.items()}
