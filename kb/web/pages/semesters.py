"""Semesters: which there are, and the reading list of one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import datetime
from urllib.parse import quote

from kb.errors import UsageError
from kb.lists.rules import prices
from kb.plan.load import get_load
from kb.render import reading_json
from kb.render.svg_load import load_picture
from kb.text import MONTHS
from kb.views.models import ReadingList, SemesterView, SessionView
from kb.views.offering import OfferingView, get_counts, get_offering
from kb.views.read import get_reading_list, get_semesters
from kb.web.links import semester_path
from kb.web.page import Feed, Page, PageRequest, Redirect
from kb.web.pages.files import list_feeds, remembered_of

__all__ = ["index", "neighbours", "page", "semester_name"]

SHOWN_CHANGES = 8
"""Changes on the page; the feed has more."""

KINDS = ("lecture", "recitation", "lab", "exam", "break", "event")
"""Kinds of rows, in the order of the filter."""


def semester_name(semester: SemesterView) -> str:
    """Give `Fall 2022`, with the course where there are several."""
    return semester.label


def neighbours(
    connection: sqlite3.Connection, semester: SemesterView
) -> tuple[SemesterView | None, SemesterView | None]:
    """Give the semesters before and after one, in time."""
    known = get_semesters(connection)
    at = next(n for n, s in enumerate(known) if s.id == semester.id)
    before = known[at - 1] if at else None
    return before, known[at + 1] if at + 1 < len(known) else None


def index(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the semesters, the latest first."""
    found = tuple(reversed(get_counts(connection)))
    day = {s.id: ask.local(s.zone).date().isoformat() for s, _ in found}
    state = {
        s.id: "running"
        if s.first_day <= day[s.id] <= s.last_day
        else "over"
        if s.last_day < day[s.id]
        else "coming"
        for s, _ in found
        if s.first_day
    }
    return Page(
        template="semesters.html",
        title="Semesters",
        description="Every offering of the course with its reading list, questions and deadlines.",
        canonical="/semesters",
        section="/semesters",
        context={"semesters": found, "state": state},
        data=[{"semester": s, "counts": c} for s, c in found],
        rows="semesters",
        index=not ask.query,
    )


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give a semester's reading list as a calendar.

    Raises:
        Unknown: no such semester.
        UsageError: `?kind=` or `?on=` make no sense.
    """
    reading_list = get_reading_list(connection, ask.names["id"])
    semester = reading_list.semester
    if semester.id != ask.names["id"]:
        return Redirect(semester_path(semester.id))
    for value in ask.all("kind"):
        if value not in KINDS:
            raise UsageError(f"kind={value[:60]!r}: one of {', '.join(KINDS)}")
    kinds = tuple(k for k in KINDS if k in ask.all("kind"))
    shown = tuple(s for s in reading_list.sessions if not kinds or s.kind in kinds)
    offering = get_offering(connection, semester.id)
    moment = ask.local(semester.zone)
    previous, following = neighbours(connection, semester)
    return Page(
        template="semester.html",
        title=f"{semester_name(semester)}: reading list",
        description=describe(reading_list),
        canonical=semester_path(semester.id),
        section="/semesters",
        links=(
            *list_feeds(semester_path(semester.id)),
            Feed(f"{semester_path(semester.id)}/changes.atom", "application/atom+xml", "Changes"),
        ),
        context={
            "semester": semester,
            "previous": previous,
            "previous_name": semester_name(previous) if previous else "",
            "next": following,
            "next_name": semester_name(following) if following else "",
            "name": semester_name(semester),
            "sessions": shown,
            "total": len(reading_list.sessions),
            "counts": tuple(
                (k, n) for k in KINDS if (n := Counter(s.kind for s in reading_list.sessions)[k])
            ),
            "kinds": kinds,
            "offering": offering,
            "prices": prices(offering.policy),
            "today": moment.date().isoformat(),
            "first_today": next((s.id for s in shown if s.date == moment.date().isoformat()), ""),
            "months": months(shown),
            "marker": marker(semester, shown, moment),
            "subscribe": subscriptions(semester, reading_list, ask),
            "changes": remembered_of(connection, semester.id).changes[:SHOWN_CHANGES],
            "work_count": len(reading_list.works),
            "load": load_picture(get_load(connection, semester.id, reading_list)),
        },
        data=reading_json.reading_list_data(reading_list),
        rows=f"reading_list?semester={quote(semester.id)}",
        json_ld=course(reading_list, offering),
        index=not ask.query,
    )


def months(sessions: tuple[SessionView, ...]) -> tuple[tuple[str, str], ...]:
    """Give each month's name with the id of its first row: `("Sep", "F2022-0907")`."""
    first: dict[str, str] = {}
    for session in sessions:
        if session.date:
            first.setdefault(session.date[:7], session.id)
    return tuple((MONTHS[int(month[5:7]) - 1], name) for month, name in first.items())


def subscriptions(
    semester: SemesterView, reading_list: ReadingList, ask: PageRequest
) -> tuple[tuple[str, str, str], ...]:
    """Give the calendars to subscribe to: (name, path, `webcal:` address).

    The last is empty where the site does not know its own address.
    """
    path = semester_path(semester.id)
    found = [("Everything", f"{path}.ics", ""), ("Deadlines alone", f"{path}/deadlines.ics", "")]
    if not ask.static:
        found += [
            (f"Section {s.label}", f"{path}.ics", f"?section={quote(s.section)}")
            for s in reading_list.offering.sections
        ]
    result = []
    for name, file, query in found:
        scheme, mark, rest = ask.address(file).partition("://")
        webcal = f"webcal://{rest}{query}" if mark and scheme in {"http", "https"} else ""
        result.append((name, file, webcal))
    return tuple(result)


def marker(semester: SemesterView, sessions: tuple[SessionView, ...], moment: datetime) -> str:
    """Give the id of the row before which today lies; empty when it is a row's own day, or not in
    the semester."""
    day = moment.date().isoformat()
    if (
        not semester.first_day
        or not semester.first_day <= day <= semester.last_day
        or any(s.date == day for s in sessions)
    ):
        return ""
    return next((s.id for s in sessions if s.date > day), "")


def describe(reading_list: ReadingList) -> str:
    """Give the sentence that a search engine shows."""
    semester = reading_list.semester
    readings = sum(
        r.role in {"required", "one-of"} for s in reading_list.sessions for r in s.readings
    )
    return (
        f"What to read for each class of {semester.title}, {semester_name(semester)}: "
        f"{readings} readings with reasons, questions and deadlines."
    )


def course(reading_list: ReadingList, offering: OfferingView) -> dict[str, object]:
    """Give the semester as schema.org `Course` with one `CourseInstance`."""
    semester = reading_list.semester
    return {
        "@type": "Course",
        "@id": semester_path(semester.id),
        "name": semester.title,
        "alternateName": list(semester.also_known_as),
        "courseCode": list(semester.numbers),
        "description": describe(reading_list),
        "url": semester_path(semester.id),
        "sameAs": semester.home,
        "teaches": list(offering.outcomes),
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "name": f"{semester.title}, {semester_name(semester)}",
            "startDate": semester.first_day,
            "endDate": semester.last_day,
            "courseMode": "onsite",
            "instructor": [
                {"@type": "Person", "name": p.name, "url": p.url}
                for p in offering.staff
                if p.role == "instructor"
            ],
        },
    }
