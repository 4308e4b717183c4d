"""A session: what to read and why, what to answer until when, what else is due."""

from __future__ import annotations

import sqlite3
from urllib.parse import quote

from kb.render.reading_json import session_data
from kb.render.templating import session_title
from kb.views.read import get_policy, get_session
from kb.web.links import session_path
from kb.web.page import Page, PageRequest, Redirect

__all__ = ["page"]


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give the page of a session.

    Raises:
        Unknown: no such session.
    """
    reading_list, session = get_session(connection, ask.names["id"])
    if session.id != ask.names["id"]:
        return Redirect(session_path(session.id))
    semester = reading_list.semester
    place = reading_list.sessions.index(session)
    return Page(
        template="session.html",
        title=f"{session_title(session)} ({semester.id})",
        section="/semesters",
        context={"session": session, "semester": semester, "policy": get_policy(connection, semester.id), "place": place},
        data={"semester": semester.id, **session_data(session)},
        rows=f"sessions/{quote(session.id)}",
    )
