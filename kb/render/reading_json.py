"""A reading list as JSON: the shape that `/semesters/<id>.json` has, too."""

from __future__ import annotations

import json

from kb.render.setting import PLAIN, Setting
from kb.views.models import ReadingList, ReadingView, SessionView

__all__ = ["reading_list_data", "render", "session_data"]


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
        "quiz": {
            "due": session.quiz.due,
            "prompts": [
                {
                    "id": p.id,
                    "works": list(p.works),
                    "locator": p.locator or None,
                    "text": p.text,
                    "minutes": p.minutes,
                }
                for p in session.quiz.prompts
            ],
        }
        if session.quiz
        else None,
        "deliverables": [
            {
                "code": d.code,
                "title": d.title,
                "url": d.url,
                "released": d.released or None,
                "due": d.due or None,
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
        },
        "sessions": [session_data(s) for s in reading_list.sessions],
    }


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give the list as indented JSON with a final newline."""
    return json.dumps(reading_list_data(reading_list), ensure_ascii=False, indent=2) + "\n"
