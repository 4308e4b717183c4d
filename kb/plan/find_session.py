"""Finding rows of a semester by what people call them."""

from __future__ import annotations

from datetime import date

from kb.errors import Unknown, UsageError
from kb.findings import nearest
from kb.records import Semester, Session
from kb.text import fold

__all__ = ["find_session"]


def find_session(semester: Semester, name: str, option: str = "") -> Session:
    """Find a row by id, date, kind, title or an unambiguous part of the title.

    Of rows that share a date the first is meant when the others have no date of their own.

    Raises:
        Unknown: there is none.
        UsageError: there are several; they are named.
    """
    rows = semester.sessions
    wanted = fold(name)
    found = [s for s in rows if s.id.casefold() == name.strip().casefold()] or [
        s for s in rows if s.id.casefold() == f"{semester.id}-{name.strip()}".casefold()
    ]
    if not found:
        day = iso_day(name)
        found = [s for s in rows if s.date == day and s.dated] if day else []
    titled = [(s, fold(s.title), [fold(t.title) for t in s.topics]) for s in rows]
    if not found and wanted:
        found = [s for s, title, topics in titled if wanted == title or wanted in topics]
        found = [s for s in found if not any(t.continued for t in s.topics)] or found
    if not found and wanted:
        found = [s for s, title, _ in titled if wanted in title] or [
            s for s in rows if s.kind.value == wanted
        ]
    if not found:
        raise Unknown(
            "session",
            name,
            nearest(name, [s.title for s in rows]),
            f"{f'{option} takes' if option else 'give'} an id, a date or part of a title of "
            f"{semester.id}",
        )
    if len(found) > 1:
        shown = ", ".join(f"{s.id} ({s.title})" for s in found[:6])
        raise UsageError(
            f"{f'{option} ' if option else ''}{name!r} may be any of {shown}"
            f"{' and others' if len(found) > 6 else ''}; name one by its id"
        )
    return found[0]


def iso_day(value: str) -> date | None:
    """Read a date; None when it is none."""
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None
