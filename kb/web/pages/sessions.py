"""A session: what to read and why, what to answer until when, what else is due."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from kb.lists.rules import homework_rules, quiz_rules
from kb.render.dates import due_text, long_day
from kb.render.reading_json import session_data
from kb.render.templating import session_title
from kb.views.models import SemesterView, SessionView
from kb.views.offering import OfferingView, get_offering
from kb.views.read import get_policy, get_session
from kb.web.links import row_path, semester_path, session_path, work_path
from kb.web.page import Feed, Page, PageRequest, Redirect
from kb.web.pages.files import work_feeds
from kb.web.pages.semesters import semester_name

__all__ = ["page", "session_context"]


def session_context(connection: sqlite3.Connection, semester: SemesterView) -> dict[str, object]:
    """Give what the templates need beside a session."""
    policy = get_policy(connection, semester.id)
    return {
        "semester": semester,
        "name": semester_name(semester),
        "quiz_rules": quiz_rules(policy),
        "homework_rules": homework_rules(policy),
        "answering": policy.get("quiz", {}).get("minutes.answering", ""),
        "reading_time": policy.get("quiz", {}).get("minutes.reading", ""),
    }


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
    before, after = reading_list.sessions[:place][::-1], reading_list.sessions[place + 1 :]
    return Page(
        template="session.html",
        title=f"{session_title(session)}, {long_day(session.date)}",
        description=describe(session, semester),
        canonical=session_path(session.id),
        section="/semesters",
        links=(
            Feed(f"{semester_path(semester.id)}.ics", "text/calendar", "Calendar"),
            *(work_feeds(session_path(session.id)) if session.readings else ()),
        ),
        context={
            **session_context(connection, semester),
            "session": session,
            "before": neighbour(before, lambda s: s.kind != "break"),
            "after": neighbour(after, lambda s: s.kind != "break"),
            "next_reading": neighbour(after, lambda s: bool(s.readings)),
        },
        data={"semester": semester.id, **session_data(session)},
        rows=row_path("sessions", session.id),
        json_ld=event(session, semester, place_of(session, get_offering(connection, semester.id))),
    )


def neighbour(
    sessions: Sequence[SessionView], wanted: Callable[[SessionView], bool]
) -> SessionView | None:
    """Give the first session that is wanted."""
    return next((s for s in sessions if wanted(s)), None)


def describe(session: SessionView, semester: SemesterView) -> str:
    """Give the sentence that a search engine shows."""
    what = "; ".join(f"{r.title}, {r.locator}" if r.locator else r.title for r in session.readings)
    due = f" Question due {due_text(session.quiz.due, semester.zone)}." if session.quiz else ""
    return (
        f"{semester_name(semester)}, {long_day(session.date)}: {session_title(session)}."
        + (f" Read {what}." if what else "")
        + due
    )


def place_of(session: SessionView, offering: OfferingView) -> str:
    """Give where the weekly pattern says that a session meets; empty when it does not say."""
    slots = [
        m for m in offering.meetings if m.kind == session.kind and session.weekday in m.days.split()
    ]
    places = {m.place for m in slots if m.start == session.start} or {m.place for m in slots}
    return places.pop() if len(places) == 1 else ""


def event(session: SessionView, semester: SemesterView, place: str) -> dict[str, object] | None:
    """Give a session as schema.org `Event`; None without a date."""
    if not session.date:
        return None
    return {
        "@type": "EducationEvent",
        "name": session_title(session),
        "startDate": f"{session.date}T{session.start}" if session.start else session.date,
        "eventStatus": "https://schema.org/EventCancelled"
        if session.cancelled
        else "https://schema.org/EventScheduled",
        "url": session_path(session.id),
        "location": {"@type": "Place", "name": place, "address": place} if place else None,
        "superEvent": {
            "@type": "CourseInstance",
            "name": f"{semester.title}, {semester_name(semester)}",
            "url": semester_path(semester.id),
        },
        "workFeatured": [
            {"@type": "CreativeWork", "name": r.full_title, "url": work_path(r.work)}
            for r in session.readings
            if r.known
        ],
    }
