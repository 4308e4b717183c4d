"""A reading list as JSON: the shape that `/semesters/<id>.json` has, too."""

from __future__ import annotations

import json
from dataclasses import asdict

from kb.lists.rules import late_line
from kb.lists.upcoming import Upcoming
from kb.render.setting import PLAIN, Setting
from kb.views.models import QuizView, ReadingList, ReadingView, SessionView

__all__ = ["reading_list_data", "render", "session_data", "upcoming_data"]


def quiz_data(quiz: QuizView) -> dict[str, object]:
    """Give a quiz as plain data."""
    return {
        "due": quiz.due,
        "prompts": [
            {
                "id": p.id,
                "works": list(p.works),
                "locator": p.locator or None,
                "text": p.text,
                "minutes": p.minutes,
            }
            for p in quiz.prompts
        ],
    }


def reading_data(reading: ReadingView) -> dict[str, object]:
    """Give a reading as plain data."""
    locator = (
        {
            "unit": reading.locator_unit,
            "parts": list(reading.locator_parts),
            "text": reading.locator,
        }
        if reading.locator_unit
        else None
    )
    return {
        "work": reading.work,
        "title": reading.title,
        "full_title": reading.full_title,
        "authors": reading.authors,
        "year": reading.year,
        "url": reading.url,
        "locator": locator,
        "role": reading.role,
        "alternative_group": reading.alternative_group,
        "choose": reading.choose,
        "group_why": reading.group_why or None,
        "told_apart": reading.told_apart or None,
        "other_editions": reading.other_editions or None,
        "library": reading.library or None,
        "access": reading.access or None,
        "length_pages": reading.length_pages,
        "minutes": reading.minutes,
        "topic": reading.topic or None,
        "why": reading.why,
    }


def session_data(session: SessionView) -> dict[str, object]:
    """Give a row of the calendar as plain data."""
    return {
        "id": session.id,
        "date": session.date or None,
        "dated": session.dated,
        "weekday": session.weekday,
        "start": session.start or None,
        "end": session.end or None,
        "minutes": session.minutes,
        "ends": session.ends or None,
        "place": session.place or None,
        "week": session.week,
        "follows": session.follows or None,
        "kind": session.kind,
        "title": session.title,
        "url": session.url,
        "cancelled": session.cancelled,
        "reason": session.reason,
        "note": session.note,
        "topics": [
            {
                "title": topic.title,
                "topic": topic.topic or None,
                "continued": topic.continued,
                "part": topic.part,
                "guest": topic.guest or None,
                "materials": [{"label": m.label, "url": m.url} for m in topic.materials],
            }
            for topic in session.topics
        ],
        "materials": [{"label": m.label, "url": m.url} for m in session.materials],
        "readings": [reading_data(r) for r in session.readings],
        "quiz": quiz_data(session.quiz) if session.quiz else None,
        "deliverables": [
            {
                "code": d.code,
                "title": d.title,
                "url": d.url,
                "released": d.released or None,
                "due": d.due or None,
                "due_at": d.due_at or None,
                "submissions": [{"title": s.label, "url": s.url} for s in d.submissions],
            }
            for d in session.deliverables
        ],
    }


def reading_list_data(reading_list: ReadingList) -> dict[str, object]:
    """Give the whole list as plain data."""
    semester = reading_list.semester
    return {
        "semester": {
            "id": semester.id,
            "term": semester.term,
            "year": semester.year,
            "title": semester.title,
            "numbers": list(semester.numbers),
            "zone": semester.zone,
            "status": semester.status,
            "home": semester.home,
            "first_day": semester.first_day,
            "last_day": semester.last_day,
            "course": semester.course or None,
            "term_title": semester.term_title or None,
            "units": semester.units,
            "licence": semester.licence,
            "notes": semester.notes,
            "former_titles": list(semester.former_titles),
            "also_known_as": list(semester.also_known_as),
            "section": reading_list.section or None,
            **asdict(reading_list.offering),
            "late": late_line(reading_list.offering.policy) or None,
        },
        "sessions": [session_data(s) for s in reading_list.sessions],
    }


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give the list as indented JSON with a final newline."""
    return json.dumps(reading_list_data(reading_list), ensure_ascii=False, indent=2) + "\n"


def upcoming_data(answer: Upcoming) -> dict[str, object]:
    """Give what is next as plain data: what `kb next --json` and `/next.json` say."""
    return {
        "semester": answer.semester.id,
        "on": answer.on.isoformat(timespec="minutes"),
        "session": session_data(answer.session) if answer.session else None,
        "also": [session_data(s) for s in answer.also],
        "due": [asdict(d) for d in answer.due],
        "recommended": [asdict(w) for w in answer.recommended],
    }
