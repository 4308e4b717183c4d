"""Read what a semester is beside its calendar: staff, meetings, rules, outcomes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.views import sql
from kb.views.facts import MeetingView, OfferingView, RecommendedView, StaffView, TrackView
from kb.views.models import SemesterView
from kb.views.read import get_offering, get_semesters
from kb.views.rows import model_of, named_rows

__all__ = [
    "Counts",
    "MeetingView",
    "OfferingView",
    "RecommendedView",
    "StaffView",
    "TrackView",
    "get_counts",
    "get_offering",
]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a semester holds."""

    lectures: int
    readings: int
    quizzes: int
    deliverables: int


def get_counts(connection: sqlite3.Connection) -> tuple[tuple[SemesterView, Counts], ...]:
    """Give every semester in order of time with how much it holds."""
    counts = {
        row["id"]: model_of(Counts, row) for row in named_rows(connection, sql.SEMESTER_COUNTS)
    }
    return tuple((s, counts[s.id]) for s in get_semesters(connection))
