"""About the collection: what it is, how to cite it, how to report an error, under which licence."""

from __future__ import annotations

import sqlite3

from kb.views.read import get_semesters
from kb.web.page import Page, PageRequest

__all__ = ["page"]

COUNTS = (
    ("works", "select count(*) from works"),
    ("notes", "select count(*) from annotations"),
    ("people", "select count(*) from people"),
    ("topics", "select count(*) from topics"),
    ("semesters", "select count(*) from semesters"),
    ("questions", "select count(*) from prompts"),
)

STAFF = """
select name, max(url), group_concat(distinct role) from staff
where role like '%instructor%' group by name order by min(semester), name"""

BUILT = "select value from build where name = 'built'"


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the page about the collection."""
    semesters = get_semesters(connection)
    latest = semesters[-1] if semesters else None
    counts = [(name, connection.execute(query).fetchone()[0]) for name, query in COUNTS]
    return Page(
        template="about.html",
        title="About",
        description="What this collection is, how to cite it, and how to report an error.",
        canonical="/about",
        section="/about",
        context={
            "counts": counts,
            "latest": latest,
            "instructors": connection.execute(STAFF).fetchall(),
            "year": latest.year if latest else None,
            "home": latest.home if latest else "",
        },
        data={"counts": dict(counts)},
    )
