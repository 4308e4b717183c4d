"""A gap."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Gap"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or odd."""

    kind: str
    """Key of `kb.plan.gaps.GAPS`."""
    subject: str
    """Citation key, session, prompt or topic."""
    detail: str
