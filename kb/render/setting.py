"""What a format may be told beside what it writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.lists.changes import KnownEvent

__all__ = ["PLAIN", "Setting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Wishes of whoever asks; each format takes from them what it knows."""

    title: str = ""
    """Of a feed or document."""
    base: str = ""
    """Address of the site without the slash at its end; empty where it is not known."""
    bom: bool = False
    """True for tables that begin with a byte order mark, by which spreadsheets know UTF-8."""
    only: str = ""
    """`deadlines` leaves out of a calendar what has none."""
    section: str = ""
    """Whose times a calendar has; empty for those of everybody."""
    known: Mapping[str, KnownEvent] = field(default_factory=lambda: MappingProxyType({}))
    """What a calendar held before, by the lasting name of each event."""
    style: str = ""
    """Name of a citation style, for formats that print references."""


PLAIN = Setting()
"""No wishes."""
