"""A course schedule becomes a semester: rows, readings matched to works, a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.importers.columns import Role
from kb.importers.deadlines import settle
from kb.importers.drafts import DraftReading, DraftSession
from kb.importers.grid_rows import GridRow
from kb.importers.languages import in_english, with_han_dates
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.match import Certainty, WorkIndex, url_key
from kb.importers.runs import Cell
from kb.importers.schedules.account import unaccounted
from kb.importers.schedules.facts import NO_FACTS, CourseFacts, read_facts
from kb.importers.schedules.layout import read_layout
from kb.importers.schedules.rows import Frame, read_row
from kb.importers.schedules.words import is_material, portion_only
from kb.importers.tree import read_document
from kb.parse.dates import find_day, guess_semester
from kb.text import title_key

__all__ = ["ImportedSchedule", "import_schedule", "joined_schedules", "new_key"]


@dataclass(frozen=True, slots=True)
class ImportedSchedule:
    """What was understood of a schedule."""

    semester: str
    term: str
    year: int
    sessions: tuple[DraftSession, ...]
    ledger: tuple[LedgerEntry, ...]
    new_works: tuple[DraftReading, ...]
    """Readings that match no work, once each."""
    facts: CourseFacts = NO_FACTS

    @property
    def readings(self) -> int:
        """Number of readings, each member of a group counted."""
        return sum(len(s.readings) for s in self.sessions)


def import_schedule(
    text: str,
    semester: str,
    index: WorkIndex,
    shape: str = "",
    columns: dict[str, str] | None = None,
    term: str = "",
    year: int | None = None,
    shift: int = 0,
    origin: str = "",
    data: bytes | None = None,
) -> ImportedSchedule:
    """Read a schedule.

    Args:
        text: a Markdown document, an HTML page, the plain text of a page, or YAML.
        semester: name of the semester, from which term and year are guessed.
        index: known works.
        shape: `md`, `html`, `text` or `yaml`; guessed when empty.
        columns: hints, folded header to role.
        term: overrides the guess.
        year: overrides the guess.
        shift: days to add to every date, for a table of an earlier year; weekdays as written stay.

    Nothing is dropped without a line in the ledger; there are no errors, only fates.
    """
    text = text.removeprefix("\ufeff")
    text = with_han_dates(text)
    english = in_english(text)
    text = english or text
    guessed_term, guessed_year = guess_semester(semester)
    term, own_year = term or guessed_term, year or guessed_year or 2000
    document = read_document(text, origin, shape, data)
    grid = read_layout(document, columns or {}, index)
    ledger = list(grid.ledger)
    sessions: list[DraftSession] = []
    new: dict[str, DraftReading] = {}
    european = day_first([row.get(Role.DATE).plain() for row in grid.rows], english is not None)
    season = over_new_year([row.get(Role.DATE).plain() for row in grid.rows], term)
    frame = Frame(year=own_year, term=season, index=index, shift=shift, european=european)
    drafts = [s for row in with_weeks(grid.rows) for s in read_row(row, frame, ledger)]
    for session in settle(drafts, ledger):
        matched = tuple(match_readings(session, index, ledger, new))
        sessions.append(replace(session, readings=matched))
        ledger.append(
            LedgerEntry(
                line=session.line,
                fate=Fate.IMPORTED,
                what=session_label(session),
                text=session.title or ", ".join(t.title for t in session.topics),
            )
        )
    ledger.extend(unaccounted(document, sessions, ledger))
    months = {s.day.month for s in sessions if s.day}
    if shift and months:
        own_year = min(s.day.year for s in sessions if s.day)
    return ImportedSchedule(
        semester,
        term_of(term, months),
        own_year,
        tuple(sessions),
        tuple(sorted(ledger, key=lambda e: e.line)),
        tuple(new.values()),
        read_facts(document, frozenset(s.line for s in sessions)),
    )


def joined_schedules(parts: Sequence[ImportedSchedule]) -> ImportedSchedule:
    """Give several files of one semester as one schedule, rows in order of their dates."""
    first = parts[0]
    last = max((s.day for p in parts for s in p.sessions if s.day), default=date.max)
    rows: list[tuple[date, int, DraftSession]] = []
    for part in parts:
        day = date.min
        for session in part.sessions:
            day = session.day or (last if session.tbd else day)
            rows.append((day, len(rows), session))
    new = {new_key(r): r for part in parts for r in part.new_works}
    return replace(
        first,
        sessions=tuple(s for _, _, s in sorted(rows, key=lambda row: row[:2])),
        ledger=tuple(e for part in parts for e in part.ledger),
        new_works=tuple(new.values()),
    )


def over_new_year(dates: list[str], term: str) -> str:
    """Give `fall` for a winter term that begins in autumn, so that its January is next year's; else the term."""
    months = (
        {found.day.month for d in dates if (found := find_day(d, 2000)).day}
        if term in {"winter", ""}
        else set()
    )
    return "fall" if months and max(months) >= 10 and min(months) <= 3 and 6 not in months else term


def with_weeks(rows: list[GridRow]) -> Iterator[GridRow]:
    """Give the rows, the week of the row above repeated where the date is a weekday alone."""
    week = Cell("")
    for row in rows:
        own = row.get(Role.WEEK)
        week = own if own.text else week
        alone = (
            not own.text
            and week.text
            and re.fullmatch(r"\s*[A-Za-z]{1,9}\.?\s*", row.get(Role.DATE).plain())
        )
        yield GridRow(row.line, (*row.cells, (Role.WEEK, week)), row.badge) if alone else row


def day_first(dates: list[str], likely: bool = False) -> bool:
    """Tell whether `12/9` is the twelfth of September here: a first number above 12, or only so the dates go up, or it is `likely` and nothing speaks against it."""
    pairs = [
        (int(m[1]), int(m[2]))
        for d in dates
        if (m := re.search(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d])", d))
    ]
    if any(first > 12 for first, _ in pairs) or any(second > 12 for _, second in pairs):
        return any(first > 12 for first, _ in pairs) and not any(second > 12 for _, second in pairs)
    swapped = [(second, first) for first, second in pairs]
    return likely or (len(pairs) > 2 and pairs != sorted(pairs) and swapped == sorted(swapped))


def term_of(term: str, months: set[int]) -> str:
    """Give the term; the months of its dates decide between spring and summer, or when nothing is said."""
    if term in {"spring", "summer", ""} and months:
        first = min(months)
        if term and first <= 4:
            return "spring"
        if first >= 5 and first <= 7 and max(months) <= 8:
            return "summer"
        return term or ("fall" if first >= 8 else "spring")
    return term or "fall"


def session_label(session: DraftSession) -> str:
    """Name a row in the ledger."""
    day = (
        session.day.isoformat()
        if session.day
        else "tbd"
        if session.tbd
        else "row under the one above"
    )
    return f"{session.kind.value} {day}"


def new_key(reading: DraftReading) -> str:
    """Give what readings of one unknown work share: the title, or the address where the title is a portion or `pdf`."""
    general = portion_only(reading.title) or is_material(reading.title) or len(reading.title) < 4
    return (
        url_key(reading.url) or reading.url
        if general and reading.url
        else title_key(reading.title) or reading.title
    )


def match_readings(
    session: DraftSession, index: WorkIndex, ledger: list[LedgerEntry], new: dict[str, DraftReading]
) -> Iterator[DraftReading]:
    """Match the readings of a row; what is not certain gets a line of its own."""
    for reading in session.readings:
        match = index.match(reading.title, reading.url, reading.note)
        shown = f"{reading.title}{', ' + reading.locator_text if reading.locator_text else ''}"
        if match.certainty is Certainty.NEW:
            new.setdefault(new_key(reading), reading)
            ledger.append(
                LedgerEntry(
                    line=session.line,
                    fate=Fate.NEW,
                    what="reading of a work that is not in the bibliography",
                    text=f"{shown} {reading.note}",
                )
            )
            yield reading
            continue
        fate = Fate.IMPORTED if match.certainty is Certainty.CERTAIN else Fate.PROBABLE
        more = f" (or {', '.join(match.others)})" if match.others else ""
        ledger.append(
            LedgerEntry(
                line=session.line,
                fate=fate,
                what=f"reading {match.key}{more}: {match.reason}",
                text=shown,
            )
        )
        if reading.note and not index.is_by(match.key, reading.note):
            ledger.append(
                LedgerEntry(
                    line=session.line,
                    fate=Fate.NOT_UNDERSTOOD,
                    what="text beside a reading",
                    text=reading.note,
                )
            )
        yield replace(
            reading,
            work=match.key,
            title="" if index.is_by(match.key, reading.title) else reading.title,
        )
