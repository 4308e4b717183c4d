"""Pages for what is not there, and for requests that make no sense."""

from __future__ import annotations

import re
import sqlite3

from kb.errors import Unknown, UsageError
from kb.text import fold
from kb.views.near import near_ids
from kb.web.links import person_path, semester_path, session_path, topic_path, work_path
from kb.web.page import Page

__all__ = ["bad_request", "broken", "missing"]

PLACES = {
    "work": ("select title from works where key = :id", work_path),
    "topic": ("select title from topics where slug = :id", topic_path),
    "person": ("select display from people where id = :id", person_path),
    "semester": ("select term || ' ' || year from semesters where id = :id", semester_path),
    "session": ("select title from sessions where id = :id", session_path),
}
"""Kinds of things that have a page: how it is called, and the path of the page."""

ADDRESS_WORDS = frozenset({"works", "topics", "people", "semesters", "sessions", "json", "html"})
"""Parts of our addresses, which nobody looks for."""


def missing(connection: sqlite3.Connection, error: Unknown) -> Page:
    """Give the page that says what is not there and what comes close."""
    suggestions: list[tuple[str, str, str]] = []
    place = PLACES.get(error.kind)
    if place is not None:
        query, path = place
        for key in error.nearest or near_ids(connection, error.kind, error.value):
            row = connection.execute(query, {"id": key}).fetchone()
            suggestions.append((path(key), key, row[0] if row else ""))
    what = error.value if len(error.value) <= 80 else error.value[:79] + "…"
    return Page(
        template="missing.html",
        status=404,
        title=f"No {error.kind} {what}",
        index=False,
        context={
            "kind": error.kind,
            "value": what,
            "suggestions": suggestions,
            "words": search_words(error.value),
        },
        data={"error": str(error), "status": 404, "nearest": [key for _, key, _ in suggestions]},
    )


def search_words(value: str) -> str:
    """Give what a person may have looked for, out of a key or a path.

    Examples:
        >>> search_words("/works/sculley2015hidden")
        'sculley 2015 hidden'
    """
    words = re.findall(r"[^\W\d_]+|\d+", fold(value))
    return " ".join(word for word in words if word not in ADDRESS_WORDS)[:100]


def bad_request(error: UsageError) -> Page:
    """Give the page that says why a request makes no sense."""
    return Page(
        template="missing.html",
        status=400,
        title="That cannot be answered",
        index=False,
        context={"kind": "", "value": str(error), "suggestions": [], "words": ""},
        data={"error": str(error), "status": 400},
    )


def broken() -> Page:
    """Give the page for an error of the program, without its words: they may tell what is nobody's
    business."""
    return Page(
        template="missing.html",
        status=500,
        title="Something broke",
        index=False,
        context={
            "kind": "",
            "value": "This page could not be made; the server's log says why.",
            "suggestions": [],
            "words": "",
        },
        data={"error": "this page could not be made", "status": 500},
    )
