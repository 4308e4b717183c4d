"""Tables laid out like a calendar, with a column for each day of the week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kb.importers.columns import Role, column_role
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.ledger import Fate
from kb.importers.runs import Cell
from kb.importers.schedules.dated import find_date
from kb.importers.topic_cell import badge_kind, is_title_of_row
from kb.parse.dates import find_day
from kb.text import DAYS

__all__ = ["WEEKDAY_HEADER", "read_calendar"]

WEEKDAY_HEADER = re.compile(
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?(?:\s*[(/–-]\s*(?P<kind>\w+)s?\)?)?",
    re.IGNORECASE,
)
"""The header of a column in a table that is laid out like a calendar."""

LABEL = re.compile(r"(?:^|(?<=[.;\n]))\s*(?:readings?\s*:|read:?\s)\s*", re.IGNORECASE)


def read_calendar(
    rows: Sequence[tuple[int, tuple[Cell, ...]]],
    names: tuple[str, ...],
    grid: Grid,
    hints: dict[str, str],
) -> None:
    """Read a table with a column for each weekday: every cell with text is a row.

    A date in front of the row is that of its first weekday; other columns belong to the first class of the row.
    """
    grid.skip(rows[0][0], "header of a calendar", " | ".join(names))
    weekdays = [WEEKDAY_HEADER.fullmatch(name.strip(" *:")) for name in names]
    days = [
        DAYS.index(n.strip(" *:")[:3].title()) if found else -1
        for n, found in zip(names, weekdays, strict=True)
    ]
    start = next((n for n, day in enumerate(days) if day >= 0), 0)
    for line, cells in rows[1:]:
        first = len(grid.rows)
        monday: date | None = None
        beside: list[tuple[Role, Cell]] = []
        for n, cell in enumerate(cells[: len(names)]):
            if not cell.text:
                continue
            if days[n] < 0:
                found = find_day(cell.plain(), 2000).day if n < start else None
                monday = found or monday
                role = column_role(names[n], hints)
                if role in {None, Role.WEEK, Role.DATE} or n < start:
                    grid.skip(line, "label of the row", cell.plain())
                else:
                    beside.append((role, cell))
                continue
            day = monday + timedelta(days[n] - days[start]) if monday else None
            own = calendar_cell(cell, DAYS[days[n]], day)
            found_name = weekdays[n]
            word = (found_name["kind"] or "") if found_name else ""
            if own is None:
                grid.skip(line, "day without text", cell.plain())
            else:
                grid.rows.append(GridRow(line, own, word if badge_kind(word) is not None else ""))
        put_beside(line, beside, first, grid)


def put_beside(line: int, beside: list[tuple[Role, Cell]], first: int, grid: Grid) -> None:
    """Give the other columns of a week to its first class."""
    held = next(
        (
            n
            for n in range(first, len(grid.rows))
            if not is_title_of_row(grid.rows[n].get(Role.TOPIC).plain())
        ),
        first if len(grid.rows) > first else -1,
    )
    if beside and held >= 0:
        above = grid.rows[held]
        grid.rows[held] = GridRow(above.line, (*above.cells, *beside), above.badge)
    for role, cell in beside if held < 0 else ():
        grid.skip(
            line, f"{role.value} column of a row without classes", cell.plain(), Fate.NOT_UNDERSTOOD
        )


def calendar_cell(
    cell: Cell, weekday: str, day: date | None
) -> tuple[tuple[Role, Cell], ...] | None:
    """Read one day of a calendar; None when it holds a number at most."""
    first, _, rest = cell.text.partition("\n")
    found = find_date(cell.part(first))
    found = found if found and not found.before.strip() else None
    topic = cell.part(f"{found.after.lstrip(' :.–—-') if found else first}\n{rest}".strip())
    reading = Cell("")
    label = LABEL.search(topic.text)
    if label:
        topic, reading = (
            cell.part(topic.text[: label.start()].strip()),
            cell.part(topic.text[label.end() :]),
        )
    if not found and not label and len(topic.text) < 3 and not topic.links_in(topic.text):
        return None
    shown = found.date if found else f"{day.month}/{day.day}" if day else ""
    return (Role.DATE, Cell(f"{weekday} {shown}")), (Role.TOPIC, topic), (Role.READING, reading)
