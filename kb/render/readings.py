"""Words about a reading that several formats share."""

from __future__ import annotations

from kb.text import plural
from kb.views.models import ReadingView

__all__ = ["choice_text", "how_long", "library_label"]

NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def how_long(reading: ReadingView) -> str:
    """Give the length of a reading: `9 pages`, `64 minutes`; empty when it is not known, as for
    chapters of a book."""
    if reading.minutes and not reading.locator:
        return plural(reading.minutes, "minute")
    return (
        plural(reading.length_pages, "page") if reading.length_pages and not reading.locator else ""
    )


def library_label(reading: ReadingView) -> str:
    """Name the library's copy, and who gets in: `library copy (campus login)`."""
    return f"library copy ({reading.access or 'may need a login'})"


def choice_text(readings: tuple[ReadingView, ...]) -> str:
    """Say how many of a group are to be read: `Choose two of these three`."""
    wanted, several = (readings[0].choose or 1), len(readings)
    return f"Choose {NUMBERS.get(wanted, wanted)} of these {NUMBERS.get(several, several)}"
