"""The first page: what each of three kinds of people came for."""

from __future__ import annotations

import sqlite3

from kb.views.read import get_semesters, get_topics
from kb.web.page import Page, PageRequest

__all__ = ["page"]


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the first page."""
    semesters = get_semesters(connection)
    topics = get_topics(connection)
    return Page(
        template="home.html",
        title="",
        canonical="/",
        context={"semesters": tuple(reversed(semesters)), "topics": topics},
        data={"semesters": semesters, "topics": topics},
    )
