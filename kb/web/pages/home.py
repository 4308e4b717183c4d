"""The first page: what each of three kinds of people came for."""

from __future__ import annotations

import sqlite3

from kb.text import plural
from kb.views.models import SessionView
from kb.views.offering import get_counts
from kb.views.read import get_reading_list, get_topics
from kb.web.page import Feed, Page, PageRequest
from kb.web.pages.semesters import semester_name
from kb.web.pages.sessions import session_context
from kb.web.pages.upcoming import current, other_courses, upcoming_data

__all__ = ["page"]


def first_readings(connection: sqlite3.Connection, semester: str) -> tuple[SessionView, ...]:
    """Give the first sessions of a semester that have readings."""
    return tuple(s for s in get_reading_list(connection, semester).sessions if s.readings)[:4]


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the first page.

    Raises:
        UsageError: `?on=` makes no sense.
    """
    semesters = tuple(reversed(get_counts(connection)))
    topics = get_topics(connection)
    found = current(connection, ask)
    works, notes = connection.execute(
        "select (select count(*) from works), (select count(*) from annotations)"
    ).fetchone()
    answer = found[0] if found else None
    return Page(
        template="home.html",
        title="",
        description=(
            f"{plural(works, 'work')} with {plural(notes, 'note')}, the classes of "
            f"{plural(len(semesters), 'semester')} that read them, and the questions "
            "they answer."
        ),
        canonical="/",
        links=(Feed("/feed.atom", "application/atom+xml", "Feed"),),
        context={
            **(session_context(connection, answer.semester) if answer else {}),
            "answer": answer,
            "others": other_courses(connection, ask, answer.semester) if answer else (),
            "session": answer.session if answer else None,
            "first": first_readings(connection, answer.semester.id)
            if answer and not answer.session
            else (),
            "day": answer.on.date().isoformat() if answer else "",
            "latest": semesters[0][0] if semesters else None,
            "semesters": semesters,
            "semester_name": semester_name,
            "areas": tuple(
                (t, tuple(c for c in topics if c.parent == t.slug)) for t in topics if not t.parent
            ),
            "works": works,
            "notes": notes,
        },
        data={
            "works": works,
            "notes": notes,
            "next": upcoming_data(answer) if answer else None,
            "semesters": [s for s, _ in semesters],
            "topics": topics,
        },
        index=not ask.query,
        json_ld={
            "@type": "WebSite",
            "url": "/",
            "potentialAction": {
                "@type": "SearchAction",
                "target": "/search?q={q}",
                "query-input": "required name=q",
            },
        },
    )
