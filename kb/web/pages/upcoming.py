"""What is next: the session that a student prepares now."""

from __future__ import annotations

import sqlite3

from kb.lists.upcoming import Upcoming, choose_semester, choose_semesters, next_sessions, upcoming
from kb.render.dates import long_day
from kb.render.reading_json import upcoming_data
from kb.render.templating import session_title
from kb.views.models import SemesterView, SessionView
from kb.views.read import get_reading_list, get_semester, get_semesters
from kb.web.links import semester_path
from kb.web.page import Feed, Page, PageRequest
from kb.web.pages.semesters import semester_name
from kb.web.pages.sessions import session_context

__all__ = ["current", "other_courses", "page", "upcoming_data"]

LATER = 4
"""How many further sessions are shown."""


def current(
    connection: sqlite3.Connection, ask: PageRequest
) -> tuple[Upcoming, tuple[SessionView, ...]] | None:
    """Give what is next in the semester asked for, or in the one that runs; and the sessions with
    readings after it.

    None when there is no semester at all.

    Raises:
        Unknown: `?semester=` names none.
    """
    wanted = ask.first("semester")
    found = (
        get_semester(connection, wanted)
        if wanted
        else choose_semester(get_semesters(connection), ask.local("UTC"))
    )
    if found is None:
        return None
    reading_list = get_reading_list(connection, found.id)
    moment = ask.local(found.zone)
    answer = upcoming(reading_list, moment)
    coming = next_sessions(reading_list.sessions, moment)
    later = tuple(s for s in coming if s.readings and s is not answer.session)[:LATER]
    return answer, later


def other_courses(
    connection: sqlite3.Connection, ask: PageRequest, semester: SemesterView
) -> tuple[SemesterView, ...]:
    """Give the semesters of other courses in the same term; none when one was asked for."""
    if ask.first("semester"):
        return ()
    found = choose_semesters(get_semesters(connection), ask.local(semester.zone))
    return tuple(s for s in found if s.id != semester.id)


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give what to read next, which question is due when, and what comes before and after.

    Raises:
        Unknown: no such semester.
        UsageError: `?on=` makes no sense.
    """
    found = current(connection, ask)
    if found is None:
        return Page(
            template="next.html",
            title="What to read next",
            canonical="/next",
            section="/next",
            context={"session": None, "semester": None, "others": (), "due": (), "recommended": ()},
            data={},
        )
    answer, later = found
    semester = answer.semester
    at = answer.session.position if answer.session else None
    before = tuple(s for s in answer.also if at is None or s.position < at)
    beside = tuple(s for s in answer.also if s not in before)
    later = tuple(s for s in later if s not in answer.also)
    what = (
        f"{session_title(answer.session)}, {long_day(answer.session.date)}"
        if answer.session
        else semester_name(semester)
    )
    return Page(
        template="next.html",
        title=f"Next: {what}" if answer.session else "What to read next",
        description=f"What to read next, why, and which question is due when: {what}.",
        canonical="/next",
        section="/next",
        links=(Feed(f"{semester_path(semester.id)}.ics", "text/calendar", "Calendar"),),
        context={
            **session_context(connection, semester),
            "answer": answer,
            "session": answer.session,
            "also": before,
            "others": other_courses(connection, ask, semester),
            "due": answer.due,
            "recommended": answer.recommended,
            "later": (*beside, *later),
            "past": ()
            if answer.session
            else tuple(s for s in get_reading_list(connection, semester.id).sessions if s.readings),
            "day": answer.on.date().isoformat(),
        },
        data=upcoming_data(answer),
        rows="due_from_day?from_day=" + answer.on.date().isoformat(),
        index=not ask.query,
    )
