"""Semesters of a database as the records that comparing takes: a site has no sources."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time

from kb.plan.diff import SemesterDiff, diff_semesters
from kb.records import (
    Break,
    Corpus,
    Deliverable,
    Kind,
    Locator,
    Material,
    Meeting,
    Place,
    Policy,
    PolicyRule,
    Reading,
    Recommended,
    Role,
    Semester,
    Session,
    SessionTopic,
    Staff,
    Term,
    Topic,
    Track,
    Work,
)
from kb.views.models import DeliverableView, ReadingView, SessionTopicView, SessionView
from kb.views.offering import get_offering
from kb.views.read import get_reading_list, get_topics

__all__ = ["compare_semesters"]

HERE = Place(path="", line=0, column=0)
"""Records of a database have no place in a file."""

BREAKS = "select first, last, title from breaks where semester = ? order by first"

WORKS = """
select w.key, w.title, w.type, w.short_titles,
       (select group_concat(topic, ' ') from
        (select topic from work_topics where work = w.key order by position))
from works w where w.key in (select work from readings)"""


def compare_semesters(connection: sqlite3.Connection, old: str, new: str) -> SemesterDiff:
    """Give what differs between two semesters, as `kb diff` does from the sources.

    Raises:
        Unknown: no such semester.
    """
    works = tuple(
        Work(
            key=key,
            title=title,
            type=kind,
            short_titles=tuple(short.split("\n")) if short else (),
            topics=tuple((topics or "").split()),
            place=HERE,
        )
        for key, title, kind, short, topics in connection.execute(WORKS)
    )
    topics = tuple(
        Topic(slug=t.slug, parent=t.parent or "", title=t.title, aliases=t.aliases, place=HERE)
        for t in get_topics(connection)
    )
    found = [semester_of(connection, name) for name in (old, new)]
    corpus = Corpus(works=works, topics=topics, semesters=tuple(found))
    return diff_semesters(found[0], found[1], corpus, found[0].id, found[1].id)


def semester_of(connection: sqlite3.Connection, name: str) -> Semester:
    """Give a semester as it was written."""
    listed = get_reading_list(connection, name)
    view = listed.semester
    offering = get_offering(connection, view.id)
    return Semester(
        id=view.id,
        term=Term(view.term),
        year=view.year,
        title=view.title,
        former_titles=view.former_titles,
        also_known_as=view.also_known_as,
        numbers=view.numbers,
        units=view.units,
        status=view.status,
        licence=view.licence,
        home=view.home,
        notes=view.notes,
        zone=view.zone,
        meetings=tuple(
            Meeting(
                kind=Kind(m.kind),
                days=tuple(m.days.split()),
                start=clock(m.start),
                minutes=m.minutes,
                place=m.place,
            )
            for m in offering.meetings
        ),
        tracks=tuple(
            Track(number=t.number, text=t.text, replaces=tuple(t.replaces.split()), due=day(t.due))
            for t in offering.tracks
        ),
        breaks=tuple(
            Break(first=date.fromisoformat(first), last=date.fromisoformat(last), title=title)
            for first, last, title in connection.execute(BREAKS, (view.id,))
        ),
        policy=Policy(
            rules=tuple(
                PolicyRule(area=area, rule=rule, value=value)
                for area, rules in offering.policy.items()
                for rule, value in rules.items()
            )
        ),
        staff=tuple(Staff(name=p.name, role=p.role, url=p.url) for p in offering.staff),
        outcomes=offering.outcomes,
        recommended=tuple(
            Recommended(work=r.work, why=r.why, place=HERE) for r in offering.recommended
        ),
        sessions=tuple(session_of(s) for s in listed.sessions),
        place=HERE,
    )


def session_of(view: SessionView) -> Session:
    """Give a row of the calendar as it was written."""
    return Session(
        id=view.id,
        position=view.position,
        date=day(view.date),
        dated=view.dated,
        weekday=view.weekday,
        start=clock(view.start),
        end=clock(view.end),
        kind=Kind(view.kind),
        title=view.title,
        topics=tuple(topic_of(t) for t in view.topics),
        readings=tuple(reading_of(r) for r in view.readings),
        prompts=tuple(p.id for p in view.quiz.prompts) if view.quiz else (),
        deliverables=tuple(deliverable_of(d) for d in view.deliverables),
        url=view.url,
        cancelled=view.cancelled,
        reason=view.reason,
        note=view.note,
        place=HERE,
    )


def topic_of(view: SessionTopicView) -> SessionTopic:
    """Give a topic of a session as it was written."""
    return SessionTopic(
        title=view.title,
        topic=view.topic or "",
        continued=view.continued,
        part=view.part,
        guest=view.guest,
        materials=tuple(Material(label=m.label, url=m.url) for m in view.materials),
    )


def reading_of(view: ReadingView) -> Reading:
    """Give a reading as it was written."""
    return Reading(
        work=view.work,
        locator=Locator(unit=view.locator_unit, parts=view.locator_parts)
        if view.locator_unit
        else None,
        locator_text=view.locator,
        role=Role(view.role),
        alternative_group=view.alternative_group,
        title=view.title,
        url=view.url,
        topic=view.topic or "",
        why=view.why,
        place=HERE,
    )


def deliverable_of(view: DeliverableView) -> Deliverable:
    """Give homework as it was written."""
    return Deliverable(
        code=view.code,
        title=view.title,
        url=view.url,
        released=day(view.released),
        due=datetime.fromisoformat(view.due).replace(tzinfo=None) if view.due else None,
        place=HERE,
    )


def day(iso: str) -> date | None:
    """Give a day; None when it is not known."""
    return date.fromisoformat(iso) if iso else None


def clock(text: str) -> time | None:
    """Give a time of day; None when it is not known."""
    return time.fromisoformat(text) if text else None
