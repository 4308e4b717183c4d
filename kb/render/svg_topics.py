"""Topics over semesters: how large each dot of the template `svg_topics.html` is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from kb.plan.history_topics import TopicHistory

__all__ = ["Dot", "TopicRow", "topic_rows"]

LARGEST, SMALLEST = 10.0, 3.5
"""Radius of the largest and the smallest dot, in the picture's own units (a cell is 24 high)."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A topic in a semester that teaches it."""

    sessions: tuple[str, ...]
    readings: int
    radius: float
    """Of a full dot when something was read, of a ring when the topic was taught without
    reading."""
    text: str
    """`2 sessions, 3 readings`."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with a dot for each semester, None where it was not taught."""

    slug: str
    title: str
    dots: tuple[Dot | None, ...]


def topic_rows(
    topics: tuple[TopicHistory, ...], semesters: tuple[str, ...]
) -> tuple[TopicRow, ...]:
    """Give the rows; the area of a dot grows with the number of readings."""
    most = max((len(cell.readings) for topic in topics for cell in topic.cells.values()), default=0)
    rows = []
    for topic in topics:
        dots: list[Dot | None] = []
        for name in semesters:
            cell = topic.cells.get(name)
            if cell is None:
                dots.append(None)
                continue
            readings, sessions = len(cell.readings), len(cell.sessions)
            radius = (
                round(max(SMALLEST, LARGEST * sqrt(readings / most)), 1)
                if readings and most
                else SMALLEST
            )
            words = (
                f"{sessions} session{'s' if sessions > 1 else ''}, {readings or 'no'} "
                f"reading{'s' if readings != 1 else ''}"
            )
            dots.append(Dot(cell.sessions, readings, radius, words))
        rows.append(TopicRow(topic.topic, topic.title, tuple(dots)))
    return tuple(rows)
