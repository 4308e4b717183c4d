"""Notices: what a person should know or decide about a planned semester."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["HEADINGS", "Notice"]

HEADINGS: dict[str, str] = {
    "name": "Name and date",
    "no-slot": "Sessions without a slot",
    "shorten": "What could be merged or dropped",
    "free-slot": "Slots without class",
    "lengthen": "What could fill them",
    "fixed": "Exams and events",
    "breaks": "Breaks",
    "holiday": "Public holidays",
    "order": "Order and breaks",
    "week": "Weeks",
    "deadline": "Deadlines",
    "left-out": "Left out",
    "stale-link": "Links that carry an older semester",
    "newer-link": "Links known to be newer",
    "newer-edition": "Newer editions in the bibliography",
    "replaced": "Readings that later semesters exchanged",
    "renamed": "Topics that later semesters call otherwise",
    "policy": "Policy",
    "prompt": "Questions",
    "carried": "Carried over as it was",
    "calendar": "The calendar file",
    "check": "What kb check says",
}
"""Kinds of notices with their headings, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know or decide."""

    kind: str
    """Key of `HEADINGS`."""
    what: str
    hint: str = ""
    """What to do, often an option."""
    subject: str = ""
    """Old row, work or link it is about."""
    warning: bool = True
    """False for what is merely good to know."""
