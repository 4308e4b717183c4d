"""Deadlines of a semester: quizzes, homework and exams in the order they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kb.views.models import ReadingList, SessionView

__all__ = ["Deadline", "deadlines", "open_deadlines"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is due at a moment."""

    due: str
    """Local ISO moment with offset; the date alone where the time is not known; empty for none."""
    kind: str
    """`quiz`, `homework`, `exam` or `track`."""
    label: str
    session: str
    """Id of the row it belongs to; empty for a track."""
    url: str = ""
    released: str = ""

    @property
    def local(self) -> str:
        """The moment without offset, for comparing; the end of a day whose time is not known."""
        return self.due[:16] if "T" in self.due else f"{self.due}T23:59" if self.due else "9999"


def deadlines(reading_list: ReadingList) -> tuple[Deadline, ...]:
    """Give everything that is due, in order; what has no date comes last."""
    found = [d for session in reading_list.sessions for d in of_session(session)]
    found += [
        Deadline(track.due, "track", f"{track.number} {track.text}".strip(), "")
        for track in reading_list.offering.tracks
        if track.due
    ]
    return tuple(sorted(found, key=lambda d: d.local))


def of_session(session: SessionView) -> list[Deadline]:
    """Give what is due with a row."""
    found = []
    title = " and ".join(t.label for t in session.topics) or session.title
    if session.quiz:
        found.append(Deadline(session.quiz.due, "quiz", f"Quiz: {title}", session.id))
    found += [
        Deadline(d.due_at, "homework", d.label, session.id, d.url, d.released)
        for d in session.deliverables
    ]
    if session.kind == "exam" and not session.cancelled:
        start = f"{session.date}T{session.start}" if session.start else session.date
        found.append(Deadline(start, "exam", title, session.id))
    return found


def open_deadlines(reading_list: ReadingList, on: datetime) -> tuple[Deadline, ...]:
    """Give what is still to be done at a local moment."""
    now = on.isoformat(timespec="minutes")
    return tuple(d for d in deadlines(reading_list) if d.local >= now)
