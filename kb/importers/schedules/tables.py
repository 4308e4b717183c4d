"""Rows of a schedule written as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kb.importers.columns import Role, column_role, header_roles
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.ledger import Fate
from kb.importers.runs import ATOM, Cell
from kb.importers.schedules.calendar import WEEKDAY_HEADER, read_calendar
from kb.importers.schedules.dated import find_date
from kb.importers.schedules.evidence import CERTAIN, is_slides, work_score
from kb.importers.schedules.roles import role_columns
from kb.importers.schedules.words import is_material
from kb.importers.topic_cell import is_title_of_row
from kb.importers.tree import Block, TableRow
from kb.parse.dates import find_day

__all__ = ["read_table"]

MEETING = re.compile(
    r"(?:labs?|recitations?|(?:discussion )?sections?|tutorials?)(?: ?/ ?\w+)?", re.IGNORECASE
)
"""Headers of columns for meetings beside the lectures."""

DUE_NAME = re.compile(r"\b(?:due|deadline)\b", re.IGNORECASE)
DELIVERED = frozenset(
    {Role.DELIVERABLE, Role.RELEASED, Role.NOTE, Role.MATERIAL, Role.EXTRA, Role.WEEK}
)
ENTRY = re.compile(
    r"(?P<kind>calendar event|assignment|quiz|discussion(?: topic)?)[\s:]+(?!#?\d+\b)(?P<title>\S.*)",
    re.IGNORECASE,
)
"""What learning platforms write before the name of an entry."""

RULES = re.compile(r"[-: =+]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A row as placed in columns; a cell that spans several stands in the first of them."""

    line: int
    cells: tuple[Cell, ...]
    alone: bool = False
    """It has one cell, which spans the table."""
    head: bool = False
    """All its cells are marked as names of columns."""


def placed(rows: Sequence[TableRow]) -> list[list[tuple[Cell, bool]]]:
    """Put cells into columns; the second value tells that a cell goes on from the row above."""
    spans: dict[int, tuple[int, Cell]] = {}
    result = []
    for row in rows:
        line: list[tuple[Cell, bool]] = []
        queue = list(row.cells)
        while queue or spans.get(len(line), (0,))[0] > 0:
            left, above = spans.get(len(line), (0, Cell("")))
            if left > 0:
                spans[len(line)] = (left - 1, above)
                line.append((above, True))
                continue
            own = queue.pop(0)
            for n in range(own.width):
                cell = own.cell if n == 0 else Cell("")
                if own.height > 1:
                    spans[len(line)] = (own.height - 1, cell)
                line.append((cell, False))
        result.append(line)
    return result


def lines_of(block: Block) -> list[Line]:
    """Give the rows of a table without the letters and numbers that spreadsheets print around it."""
    rows = list(block.rows)
    first = [c.cell.plain() for c in rows[0].cells]
    if first[:3] == ["", "A", "B"]:
        rows = [
            TableRow(
                line=r.line, cells=r.cells[1:] if r.cells[0].cell.plain().isdigit() else r.cells
            )
            for r in rows[1:]
        ]
    width = max((sum(c.width for c in r.cells) for r in rows), default=0)
    return [
        Line(
            row.line,
            tuple(above(cell) if goes_on else cell for cell, goes_on in cells),
            len(row.cells) == 1 and width > 2,
            all(c.head for c in row.cells),
        )
        for row, cells in zip(rows, placed(rows), strict=True)
    ]


GOES_ON = "\u2060"
"""What stands before the text of a cell that goes on from the row above."""


def above(cell: Cell) -> Cell:
    """Give a cell that goes on from the row above, marked as such."""
    return Cell(GOES_ON + cell.text, cell.links) if cell.text else cell


def read_table(block: Block, hints: dict[str, str]) -> Grid:
    """Give the rows of a table; none when it is not a schedule."""
    grid = Grid()
    lines = lines_of(block)
    at, height = header_at(lines, hints)
    for line in lines[:at]:
        grid.skip(line.line, "heading row", " | ".join(c.plain() for c in line.cells if c.text))
    names = header_names(lines[at : at + height])
    body = lines[at + height :]
    if sum(bool(WEEKDAY_HEADER.fullmatch(n.strip(" *:"))) for n in names) >= 2:
        read_calendar([(li.line, li.cells) for li in lines[at:]], names, grid, hints)
        return grid
    columns = columns_of(body, len(names))
    if read_deadlines(body, names, header_roles(names, hints), grid):
        grid.skip(lines[at].line, "header of a table of homework", " | ".join(names))
        return grid
    roles = role_columns(names, columns, hints) if names else roles_without_names(columns, hints)
    dated_topic = -1
    if Role.DATE not in roles and Role.WEEK not in roles:
        dated_topic = dated_column(columns, roles)
        if dated_topic < 0:
            for line in lines[at:]:
                grid.skip(
                    line.line,
                    "table without dates",
                    " | ".join(c.plain() for c in line.cells if c.text),
                )
            return grid
    grid.headers = names
    if names:
        grid.skip(
            lines[at].line,
            f"header, read as {', '.join(r.value for r in roles)}",
            " | ".join(names),
        )
    for line in body:
        read_line(line, names, roles, dated_topic, grid)
    grid.rows = [GridRow(row.line, entry_cells(row.cells), row.badge) for row in grid.rows]
    return grid


def entry_cells(cells: tuple[tuple[Role, Cell], ...]) -> tuple[tuple[Role, Cell], ...]:
    """Give the cells of an entry in the summary of a learning platform, which tells when in the column of what is due."""
    said = dict(cells)
    if not set(said) <= {Role.DATE, Role.TOPIC, Role.DELIVERABLE} or Role.TOPIC not in said:
        return cells
    entry = ENTRY.fullmatch(said[Role.TOPIC].text)
    date, when = said.get(Role.DATE, Cell("")), said.get(Role.DELIVERABLE, Cell("")).plain()
    if entry is None or not re.search(r"\d\s*[ap]m\b", when, re.IGNORECASE):
        return cells
    when = when.removeprefix("Due: ")
    if entry["kind"].casefold() == "calendar event":
        span = when.replace(" to ", "-") if " to " in when else ""
        topic = said[Role.TOPIC].part(entry["title"])
        return (Role.DATE, date.part(f"{date.text} {span}".strip())), (Role.TOPIC, topic)
    what = said[Role.TOPIC].part(f"{entry['title']} {when}".strip())
    return (Role.DATE, date), (Role.DELIVERABLE, what)


def columns_of(lines: Sequence[Line], width: int) -> list[list[Cell]]:
    """Give the cells of each column, without rows that are one cell."""
    rows = [
        line.cells
        for line in lines
        if not line.alone
        and (len(told := [c for c in line.cells if c.text]) > 1 or any(map(find_date, told)))
    ]
    width = max([width, *(len(r) for r in rows)], default=width)
    return [[row[n] for row in rows if n < len(row)] for n in range(width)]


def roles_without_names(
    columns: Sequence[Sequence[Cell]], hints: dict[str, str]
) -> tuple[Role, ...]:
    """Give roles by the cells alone; after the date come topic, reading and what is due."""
    roles = list(role_columns([""] * len(columns), columns, hints))
    if Role.DATE not in roles:
        return tuple(roles)
    behind = iter((Role.TOPIC, Role.READING, Role.DELIVERABLE))
    at = roles.index(Role.DATE)
    for n in range(at + 1, len(roles)):
        guess = next(behind, None)
        roles[n] = (
            guess
            if guess is not None and roles[n] in {Role.EXTRA, Role.TOPIC, Role.READING}
            else roles[n]
        )
    return tuple(roles)


def header_at(lines: Sequence[Line], hints: dict[str, str]) -> tuple[int, int]:
    """Give the row that names the columns and how many rows it takes; none for a table that begins with a date."""
    for number, line in enumerate(lines[:4]):
        texts = [c.plain() for c in line.cells if c.text]
        if (len(texts) == 1 or line.alone) and len(lines) > number + 2:
            continue
        known = {*header_roles(tuple(texts), hints)} - {Role.EXTRA}
        if not line.head and any(find_day(t, 2000).day for t in texts) and len(known) < 2:
            return number, 0
        fits = number == 0 or line.head or ({Role.DATE, Role.WEEK} & known and len(known) >= 2)
        if fits or not known:
            return number, two_rows(lines, number)
        return 0, 1
    return 0, 1


def two_rows(lines: Sequence[Line], at: int) -> int:
    """Give 2 where a second row of names stands below the first, else 1."""
    further = at + 1 < len(lines) and lines[at].head and lines[at + 1].head
    goes_on = further and any(c.text.startswith(GOES_ON) for c in lines[at + 1].cells)
    return 2 if goes_on and len(lines) > at + 2 else 1


def header_names(lines: Sequence[Line]) -> tuple[str, ...]:
    """Give the names of the columns; those of a second row stand for the name above several of them."""
    if not lines:
        return ()
    rows = [[c.plain().strip(GOES_ON) for c in line.cells] for line in lines]
    if len(rows) == 1:
        return tuple(rows[0])
    return tuple(below or name for name, below in zip_longest(rows[0], rows[1], fillvalue=""))


def read_line(
    line: Line, names: tuple[str, ...], roles: tuple[Role, ...], dated_topic: int, grid: Grid
) -> None:
    """Add one row; rows that head others and rules are told."""
    shown = " | ".join(c.plain() for c in line.cells if c.text).replace(GOES_ON, "")
    if is_heading(line, roles):
        grid.skip(line.line, "heading row", shown)
        return
    plain = tuple(c.plain() for c in line.cells)
    if (names and plain[: len(names)] == names) or (
        all(RULES.fullmatch(p) for p in plain) and not any(c.links for c in line.cells)
    ):
        grid.skip(line.line, "rule or repeated header", shown)
        return
    extra = [Role.EXTRA] * max(0, len(line.cells) - len(roles))
    pairs = [
        (role, gone_on(cell, role, n))
        for n, (role, cell) in enumerate(zip([*roles, *extra], line.cells, strict=False))
    ]
    if line.alone:
        date, topic = split_date(line.cells[0])
        pairs = [(Role.DATE, date), (Role.TOPIC, topic)]
    elif 0 <= dated_topic < len(pairs):
        date, topic = split_date(pairs[dated_topic][1])
        pairs[dated_topic : dated_topic + 1] = [(Role.DATE, date), (Role.TOPIC, topic)]
    own = own_meeting(pairs, names)
    badge, pairs = own
    filled = [n for n, (_, cell) in enumerate(pairs) if cell.text.strip()]
    if (
        len(filled) == 1
        and pairs[filled[0]][0] is Role.TOPIC
        and not line.alone
        and work_score(pairs[filled[0]][1]) >= CERTAIN
        and dated_topic < 0
    ):
        pairs[filled[0]] = (Role.READING, pairs[filled[0]][1])
    pairs = [without_struck(pair, line.line, grid) for pair in pairs]
    padded = [*names, *[""] * len(pairs)]
    parts = tuple(
        p for name, pair in zip(padded, pairs, strict=False) for p in split_cell(name, pair)
    )
    grid.rows.append(GridRow(line.line, parts, badge))


def without_struck(pair: tuple[Role, Cell], line: int, grid: Grid) -> tuple[Role, Cell]:
    """Give a cell without what is struck out, which the ledger tells; a day that is struck out stays, as one that is off."""
    role, cell = pair
    kept, struck = cell.without_struck()
    if struck and role is not Role.DATE:
        grid.skip(line, "struck out", struck)
        return role, kept
    return pair


def is_heading(line: Line, roles: Sequence[Role]) -> bool:
    """Tell whether a row heads those below it: one cell without date that is no title of a free day."""
    filled = [n for n, c in enumerate(line.cells) if c.text.strip(GOES_ON) or c.links]
    if not filled:
        return True
    if len(filled) > 1:
        return False
    cell = line.cells[filled[0]]
    when = find_day(cell.plain(), 2000)
    if (
        work_score(cell) >= CERTAIN
        or when.day is not None
        or when.tbd
        or is_title_of_row(cell.plain())
        or cell.text.startswith(GOES_ON)
    ):
        return False
    role = roles[filled[0]] if filled[0] < len(roles) else Role.EXTRA
    dated = Role.DATE in roles
    return (
        line.alone
        or role in {Role.DATE, Role.WEEK}
        or (dated and role is Role.TOPIC and not cell.links)
    )


def gone_on(cell: Cell, role: Role, column: int) -> Cell:
    """Give a cell; one that goes on from the row above is repeated where it tells when, or that there is no class."""
    if not cell.text.startswith(GOES_ON):
        return cell
    text = cell.text.removeprefix(GOES_ON)
    plain = cell.plain().strip(GOES_ON)
    if column == 0 or role in {Role.DATE, Role.WEEK} or is_title_of_row(plain):
        return Cell(text, cell.links)
    return Cell(f"{plain} (continued)") if role is Role.TOPIC and "\n" not in text else Cell("")


def own_meeting(
    pairs: list[tuple[Role, Cell]], names: tuple[str, ...]
) -> tuple[str, list[tuple[Role, Cell]]]:
    """Give a row without topic whose column of labs or recitations says what happens, with that as topic, and its kind."""
    titled = any(r is Role.TOPIC and c.text for r, c in pairs)
    for n, name in enumerate(names[: len(pairs)]):
        role, cell = pairs[n]
        if (
            not MEETING.fullmatch(name.strip(" *"))
            or role is not Role.NOTE
            or not cell.text
            or titled
        ):
            continue
        if re.fullmatch(r"[-–—\s]*|none|n/?a", cell.plain(), re.IGNORECASE) and not cell.links:
            continue
        word = "lab" if name.strip(" *").casefold().startswith("lab") else "recitation"
        badge = "" if any(x.image for x in cell.links) else word
        return badge, [*pairs[:n], (Role.TOPIC, cell), *pairs[n + 1 :]]
    return "", pairs


def split_cell(name: str, pair: tuple[Role, Cell]) -> Iterator[tuple[Role, Cell]]:
    """Give topic and readings of a cell that holds both, and what is due where a cell says only when; other cells as they are."""
    role, cell = pair
    if role is Role.DELIVERABLE and cell.text and not cell.links:
        found = find_day(cell.plain(), 2000)
        if found.day and len(found.rest) <= 3:
            yield role, Cell(f"{name}: {cell.text}")
            return
    if role is not Role.BOTH:
        yield pair
        return
    first, _, rest = cell.text.partition("\n")
    named = next(
        (
            m
            for m in ATOM.finditer(first)
            if (x := cell.link_at(m[0])) and not is_slides(x) and not is_material(x.label)
        ),
        None,
    )
    if (named is not None and not first[: named.start()].strip()) or (
        named is None and work_score(cell.part(first)) >= CERTAIN
    ):
        yield Role.READING, cell
        return
    if named is not None and (
        before := re.fullmatch(r"(.*\w.*)\s*[:.–—-]\s*", first[: named.start()])
    ):
        first, rest = before[1], f"{first[named.start() :]}\n{rest}"
    yield Role.TOPIC, cell.part(first)
    if rest.strip():
        yield Role.READING, cell.part(rest)


def dated_column(columns: Sequence[Sequence[Cell]], roles: Sequence[Role]) -> int:
    """Give the topic column when most of its cells hold a date, else -1."""
    for n, role in enumerate(roles):
        if role in {Role.TOPIC, Role.BOTH, Role.EXTRA}:
            dated = sum(find_date(c) is not None for c in columns[n])
            if dated >= 2 and dated * 2 >= len(columns[n]):
                return n
    return -1


def split_date(cell: Cell) -> tuple[Cell, Cell]:
    """Split a cell into the date it holds and the rest."""
    found = find_date(cell)
    if found is None:
        return Cell(""), cell
    rest = f"{found.before.rstrip(' (,')} {found.after.lstrip(' )')}"
    rest = re.sub(r"\s+([:,.])", r"\1", rest).strip(" ,:–—-\n")
    return Cell(found.date.strip(" ,:([])–—-")), cell.part(rest)


def read_deadlines(
    lines: Sequence[Line], names: tuple[str, ...], roles: Sequence[Role], grid: Grid
) -> bool:
    """Add the rows of a table of homework with the days on which it is due; False when the table is none."""
    due = next(
        (n for n, name in enumerate(names) if DUE_NAME.search(name) and mostly_dated(lines, n)), -1
    )
    rest = [r for n, r in enumerate(roles) if n != due]
    plain = [
        n
        for n, r in enumerate(roles)
        if n != due and (r is Role.DELIVERABLE or r is Role.EXTRA or r is Role.TOPIC)
    ]
    delivered = set(rest) <= DELIVERED or (
        Role.READING not in rest
        and Role.DATE not in rest
        and len(names) <= 4
        and Role.WEEK not in rest
    )
    if due < 0 or not plain or not delivered:
        return False
    named = max(plain, key=lambda n: (roles[n] is Role.DELIVERABLE, letters_in(lines, n)))
    for line in lines:
        cells = line.cells
        told = " | ".join(
            c.plain() for n, c in enumerate(cells) if c.text and n not in {due, named}
        )
        if (
            len(cells) > max(due, named)
            and cells[named].text
            and find_day(cells[due].plain(), 2000).day
        ):
            grid.rows.append(
                GridRow(line.line, ((Role.DATE, cells[due]), (Role.DELIVERABLE, cells[named])))
            )
            if told:
                grid.skip(line.line, "other columns of a table of homework", told)
        else:
            whole = " | ".join(c.plain() for c in cells if c.text)
            grid.skip(line.line, "homework without a day", whole, Fate.NOT_UNDERSTOOD)
    return bool(grid.rows)


def letters_in(lines: Sequence[Line], column: int) -> int:
    """Give how many letters stand in a column."""
    cells = [line.cells[column].plain() for line in lines if len(line.cells) > column]
    return sum(character.isalpha() for cell in cells for character in cell)


def mostly_dated(lines: Sequence[Line], column: int) -> bool:
    """Tell whether a column holds days."""
    cells = [line.cells[column].plain() for line in lines if len(line.cells) > column]
    return sum(find_day(c, 2000).day is not None for c in cells) * 2 > len(cells)


def hinted(name: str, hints: dict[str, str]) -> Role | None:
    """Give the role a hint gives a header."""
    return column_role(name, hints) if hints else None
