"""What a difference between semesters is made of."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AREAS", "Change"]

AREAS = ("offering", "topics", "readings", "sessions", "deliverables", "policy")
"""Areas in the order they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference."""

    area: str
    """One of `AREAS`."""
    change: str
    """`added`, `dropped`, `changed`, `moved`, `re-chaptered`, `role`, `link`, `renamed`,
    `replaced`, `merged`, `split`, `not filled in`.
    """
    subject: str
    """What it is about, as a person calls it."""
    key: str = ""
    """Citation key, topic slug, code or field."""
    old: str = ""
    new: str = ""
    note: str = ""
