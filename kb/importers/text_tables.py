"""Tables in plain text: comma or tab separated values, and columns lined up by spaces."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise

from kb.importers.columns import Role, header_roles
from kb.importers.grid_rows import Grid, GridRow, join
from kb.importers.ledger import Fate
from kb.importers.letters import UPPER
from kb.importers.line_roles import line_role
from kb.importers.reading_cell import ends_with_portion
from kb.importers.runs import Cell, inline
from kb.parse.dates import find_day

__all__ = ["read_text_table"]

MAX_CELL = 20_000
ENTRY = re.compile(
    r"(?P<kind>calendar event|assignment|quiz|discussion(?: topic)?)[\s:]+(?!#?\d+\b)(?P<title>\S.*)",
    re.IGNORECASE,
)
RULE = re.compile(r"\s*[=+-]{3,}(?:[\s+=-]*[=+-]{2,})?\s*")
"""A line of a reStructuredText table between its rows."""


def read_text_table(text: str, columns: dict[str, str]) -> Grid | None:
    """Read a table whose header names a date or week column; None when the text is none."""
    return separated(text, columns) or aligned(text, columns) or without_header(text)


def separated(text: str, columns: dict[str, str]) -> Grid | None:
    """Read values separated by tabs, commas or semicolons below a header; what stands before it is noted."""
    lines = text.splitlines()
    for start, line in enumerate(lines[:200]):
        for mark in "\t,;":
            if line.count(mark) < 2:
                continue
            try:
                names = tuple(next(csv.reader([line], delimiter=mark)))
            except (csv.Error, StopIteration):
                continue
            roles = header_roles(names, columns)
            if (
                len(names) < 3
                or max(map(len, names)) > 40
                or not {Role.DATE, Role.WEEK} & set(roles)
                or sum(r is not Role.EXTRA for r in roles) < 3
            ):
                continue
            return separated_rows(lines, start, mark, roles)
    return None


def separated_rows(lines: list[str], start: int, mark: str, roles: tuple[Role, ...]) -> Grid:
    """Read the rows below a header."""
    grid = Grid()
    for number, line in enumerate(lines[:start]):
        if line.strip():
            grid.skip(number + 1, "prose", line)
    grid.skip(start + 1, f"header, read as {', '.join(r.value for r in roles)}", lines[start])
    reader = csv.reader(io.StringIO("\n".join(lines[start + 1 :])), delimiter=mark)
    seen = 0
    while True:
        first = seen
        try:
            values = next(reader)
        except StopIteration:
            return grid
        except csv.Error as error:
            grid.skip(start + 2 + first, f"cannot be read: {error}", "", Fate.NOT_UNDERSTOOD)
            seen += 1
            continue
        seen = reader.line_num
        if not any(v.strip() for v in values):
            continue
        kinds = [*roles, *([Role.EXTRA] * max(0, len(values) - len(roles)))]
        cells = tuple(
            (role, inline(value[:MAX_CELL]))
            for role, value in zip(kinds, values, strict=False)
            if value.strip()
        )
        if len(cells) == 1 and cells[0][0] not in {Role.DATE, Role.TOPIC}:
            grid.skip(start + 2 + first, "heading row", values[0])
        else:
            grid.rows.append(GridRow(start + 2 + first, entry_cells(cells)))


def entry_cells(cells: tuple[tuple[Role, Cell], ...]) -> tuple[tuple[Role, Cell], ...]:
    """Give an entry of a learning platform's course summary (`Assignment Essay 1`, `due by 11:59pm`) as what it is: homework, or a class with its time."""
    said = {role: cell for role, cell in cells}
    entry = (
        ENTRY.fullmatch(said[Role.TOPIC].text)
        if set(said) <= {Role.DATE, Role.TOPIC, Role.DELIVERABLE} and Role.TOPIC in said
        else None
    )
    date, when = said.get(Role.DATE, Cell("")), said.get(Role.DELIVERABLE, Cell("")).plain()
    if entry is None or not re.search(r"\d\s*[ap]m\b", when, re.IGNORECASE):
        return cells
    if entry["kind"].casefold() == "calendar event":
        span = when.replace(" to ", "-") if " to " in when else ""
        return (Role.DATE, date.part(f"{date.text} {span}".strip())), (
            Role.TOPIC,
            said[Role.TOPIC].part(entry["title"]),
        )
    return (Role.DATE, date), (
        Role.DELIVERABLE,
        said[Role.TOPIC].part(f"{entry['title']} {when}".strip()),
    )


def aligned(text: str, columns: dict[str, str]) -> Grid | None:
    """Read columns that begin below the names of a header, two spaces or more apart."""
    lines = text.expandtabs().splitlines()
    for start, line in enumerate(lines[:200]):
        starts = [0, *(m.end() for m in re.finditer(r"(?<=\S)\s{2,}(?=\S)", line))]
        if len(starts) < 3 or len(line) > 300:
            continue
        roles = header_roles(
            tuple(line[a:b].strip() for a, b in pairwise([*starts, len(line)])), columns
        )
        below = [
            other for other in lines[start + 1 :] if other.strip() and not RULE.fullmatch(other)
        ]
        fit = sum(all(other[at - 1 : at] in {" ", ""} for at in starts[1:]) for other in below)
        if (
            not {Role.DATE, Role.WEEK} & set(roles)
            or sum(r is not Role.EXTRA for r in roles) < 3
            or fit * 4 < len(below) * 3
        ):
            continue
        grid = Grid()
        for number, other in enumerate(lines):
            if not other.strip():
                continue
            if number <= start or RULE.fullmatch(other):
                grid.skip(number + 1, "header" if number == start else "prose", other)
                continue
            add_aligned(
                grid,
                number + 1,
                [other[a:b].strip() for a, b in pairwise([*starts, max(len(other), starts[-1])])],
                roles,
            )
        return grid
    return None


def without_header(text: str) -> Grid | None:
    """Read values separated by tabs of which most lines begin with a date: topic, reading and what is due behind it."""
    lines = text.splitlines()
    dated = [
        n
        for n, line in enumerate(lines)
        if "\t" in line.strip()
        and (found := find_day(line.partition("\t")[0], 2000)).day
        and len(found.rest) <= 3
    ]
    tabbed = sum("\t" in line.strip() for line in lines)
    if (
        len(dated) < 3
        or len(dated) * 2 < tabbed
        or not any(lines[n].strip().count("\t") >= 2 for n in dated)
    ):
        return None
    grid = Grid()
    for number, line in enumerate(lines):
        values = [value.strip() for value in line.split("\t")]
        if not any(values):
            continue
        cells = tuple(
            (role, inline(value[:MAX_CELL]))
            for role, value in zip(
                (
                    Role.DATE,
                    Role.TOPIC,
                    Role.READING,
                    Role.DELIVERABLE,
                    *[Role.EXTRA] * len(values),
                ),
                values,
                strict=False,
            )
            if value
        )
        if number in dated:
            grid.rows.append(GridRow(number + 1, cells))
        elif grid.rows and not values[0]:
            above = grid.rows[-1]
            moved = tuple(
                (
                    line_role(cell) if role is Role.TOPIC and above.get(Role.TOPIC).text else role,
                    cell,
                )
                for role, cell in cells
            )
            grid.rows[-1] = GridRow(above.line, (*above.cells, *moved), above.badge)
            grid.skip(number + 1, "added to the row above", line, Fate.IMPORTED)
        else:
            grid.skip(number + 1, "prose", line)
    return grid


def add_aligned(grid: Grid, line: int, values: list[str], roles: tuple[Role, ...]) -> None:
    """Add a row, or go on with the one above where the first column is empty."""
    cells = tuple(
        (role, inline(value[:MAX_CELL]))
        for role, value in zip(roles, values, strict=False)
        if value
    )
    own_date = any(role is Role.DATE and find_day(cell.plain(), 2000).day for role, cell in cells)
    if values[0] or own_date or not grid.rows:
        dated = any(
            role in {Role.DATE, Role.WEEK}
            and (find_day(cell.plain(), 2000).day or cell.plain()[:1].isalnum())
            for role, cell in cells
        )
        if dated:
            grid.rows.append(GridRow(line, cells))
        else:
            grid.skip(line, "prose", " ".join(values))
    else:
        above = grid.rows[-1]
        merged = list(above.cells)
        for role, cell in cells:
            at = next((n for n in range(len(merged) - 1, -1, -1) if merged[n][0] is role), -1)
            apart = (
                role in {Role.READING, Role.OPTIONAL}
                and ends_with_portion(merged[at][1].text)
                and re.match(rf"[{UPPER}“\"]", cell.text)
                if at >= 0
                else False
            )
            if (
                at < 0
                or apart
                or re.match(r"[-*•]\s|\(?\d[.)]\s", cell.text)
                or merged[at][1].text.endswith(";")
            ):
                merged.append((role, cell))
            else:
                both = join([merged[at][1], cell])
                merged[at] = (role, Cell(both.text.replace("\n", " "), both.links))
        grid.rows[-1] = GridRow(above.line, tuple(merged), above.badge)
        grid.skip(line, "added to the row above", " ".join(v for v in values if v), Fate.IMPORTED)
