"""Read what a semester is beside its calendar: staff, meetings, rules, outcomes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.views import sql
from kb.views.models import SemesterView
from kb.views.read import get_policy, get_semesters
from kb.views.rows import fetch, model_of, named_rows

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
class StaffView:
    """A member of the staff."""

    name: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A slot of the weekly pattern."""

    kind: str
    days: str
    start: str
    minutes: int | None
    place: str


@dataclass(frozen=True, slots=True)
class RecommendedView:
    """A work worth knowing before or beside the course."""

    work: str
    title: str
    authors: str
    year: int | None
    why: str


@dataclass(frozen=True, slots=True)
class TrackView:
    """A variant of the course."""

    number: str
    text: str
    replaces: str
    due: str


@dataclass(frozen=True, slots=True)
class OfferingView:
    """A semester without its calendar."""

    staff: tuple[StaffView, ...]
    meetings: tuple[MeetingView, ...]
    outcomes: tuple[str, ...]
    recommended: tuple[RecommendedView, ...]
    tracks: tuple[TrackView, ...]
    policy: dict[str, dict[str, str]]
    """Area to rule to value."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a semester holds."""

    lectures: int
    readings: int
    quizzes: int
    deliverables: int


def get_offering(connection: sqlite3.Connection, semester: str) -> OfferingView:
    """Give what a semester is beside its calendar; everything empty for one that does not exist."""
    wanted = {"semester": semester}
    return OfferingView(
        fetch(connection, StaffView, sql.STAFF, wanted),
        fetch(connection, MeetingView, sql.MEETINGS, wanted),
        tuple(text for (text,) in connection.execute(sql.OUTCOMES, wanted)),
        fetch(connection, RecommendedView, sql.RECOMMENDED, wanted),
        fetch(connection, TrackView, sql.TRACKS, wanted),
        get_policy(connection, semester),
    )


def get_counts(connection: sqlite3.Connection) -> tuple[tuple[SemesterView, Counts], ...]:
    """Give every semester in order of time with how much it holds."""
    counts = {
        row["id"]: model_of(Counts, row) for row in named_rows(connection, sql.SEMESTER_COUNTS)
    }
    return tuple((s, counts[s.id]) for s in get_semesters(connection))
