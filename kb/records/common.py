"""What records of every kind are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Kind", "Locator", "Person", "Place", "Role", "Term"]


class Term(StrEnum):
    """Part of the year; not the letter of the semester's name (S2020 was a summer term)."""

    SPRING = "spring"
    SUMMER = "summer"
    FALL = "fall"
    WINTER = "winter"


class Kind(StrEnum):
    """What a row of the calendar is."""

    LECTURE = "lecture"
    RECITATION = "recitation"
    LAB = "lab"
    BREAK = "break"
    EXAM = "exam"
    EVENT = "event"


class Role(StrEnum):
    """How a reading is meant."""

    REQUIRED = "required"
    ONE_OF = "one-of"
    SUPPLEMENTARY = "supplementary"
    RECOMMENDED = "recommended"
    CITED = "cited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the sources a record was written."""

    path: str
    line: int = 1
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author or editor."""

    id: str
    """Slug made of the display name without accents: `kastner-christian`."""
    family: str
    given: str = ""
    display: str
    """`Christian Kästner`."""
    role: str = "author"
    """`author` or `editor`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """The assigned portion of a work."""

    unit: str
    """`chapter`, `section`, `page`, `pattern`, `part`, `time`, `named`, `paragraph`, `line`, ..."""
    parts: tuple[str, ...]
    """Numbers or a name: `("5", "7", "8")`, `("Explainability and Trust",)`, `("3-12",)`."""
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The same portion in other units: the volume that holds it, its pages."""
    skip: str = ""
    """What of it is left out, as written."""
