"""Cells of a row where they belong: labels inside other columns, homework among readings, titles in the wrong column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.importers.columns import Role, label_role
from kb.importers.grid_rows import GridRow
from kb.importers.runs import Cell
from kb.importers.topic_cell import badge_kind, is_title_of_row

__all__ = ["MAX_TITLE_WORDS", "arranged"]

LABELLED = re.compile(
    r"(?:^|(?<=[\n.;)\]]))\s*[*_]*(?P<label>(?:(?:required|optional|recommended|suggested|further|additional|supplementary)\s+)?(?:readings?|papers?))[*_]*\s*:[*_]*\s*",
    re.IGNORECASE,
)
"""`Suggested Readings:` inside a cell of another column."""

NO_READING = re.compile(
    r"\W*\bno (?:assigned |required |new )?(?:readings?|papers?)\b(?: (?:today|this week|for today))?\W*",
    re.IGNORECASE,
)
"""`Organizational meeting, no papers`."""

MAX_TITLE_WORDS = 3
"""Words up to which text in the reading column of a row without topic is its title."""

HOMEWORK_LINE = re.compile(
    r"\W*(?:(?:hw|ps|pset|lab|homework|assignment|project|problem set|milestone)\s*#?\d+[a-z]?\b[^“\"]{0,30}?|[\w ]{2,30}?)\s*\b(?:is )?(?:due|out|released)\b[^“\"/]{0,25}",
    re.IGNORECASE,
)
"""`HW 1 out`, `Proposal due Friday` on a line of its own."""

DUE_INSIDE = re.compile(r"[.;\n]\s*(?:due|assignments?|homework)\s*:\s*", re.IGNORECASE)
PORTION = re.compile(
    r"[“\"]|(?:\b(?:chs?|chap\w*|pp?|secs?)\.?|§) ?\d|\d\s*[-–]\s*\d", re.IGNORECASE
)
TITLES = (Role.NOTE, Role.EXTRA, Role.KIND, Role.INSTRUCTOR, Role.DELIVERABLE)
"""Columns in which a row without topic may say that there is no class."""


def arranged(row: GridRow, beside_date: tuple[str, ...], off: bool = False) -> GridRow:
    """Give a row whose cells stand where they belong.

    Args:
        beside_date: what else stands in the columns of date and week.
        off: the date is struck out; what the row would read says what happens instead.
    """
    if off and not row.get(Role.TOPIC).text:
        row = GridRow(
            row.line,
            tuple((Role.TOPIC if r is Role.READING else r, c) for r, c in row.cells),
            row.badge,
        )
    kind = row.get(Role.KIND).plain()
    wordy = len(kind.split()) > 1 and badge_kind(kind) is None
    if wordy and not HOMEWORK_LINE.fullmatch(row.get(Role.TOPIC).plain()):
        row = GridRow(
            row.line,
            tuple((Role.NOTE if r is Role.KIND else r, c) for r, c in row.cells),
            row.badge,
        )
    return with_labels(with_title(row, beside_date))


def with_title(row: GridRow, candidates: tuple[str, ...]) -> GridRow:
    """Give a row without topic and reading that says elsewhere (`Fall Break 10/12`) what it is, with that as topic."""
    if row.get(Role.TOPIC).text or row.get(Role.READING).text:
        return row
    title = next((c for c in candidates if is_title_of_row(c)), "")
    if title:
        return GridRow(row.line, (*row.cells, (Role.TOPIC, Cell(title))), row.badge)
    for at, (role, cell) in enumerate(row.cells):
        if role in TITLES and is_title_of_row(cell.plain()):
            return GridRow(
                row.line, (*row.cells[:at], (Role.TOPIC, cell), *row.cells[at + 1 :]), row.badge
            )
    return row


def with_homework(cells: list[tuple[Role, Cell]]) -> list[tuple[Role, Cell]]:
    """Give cells with lines such as `HW 1 out` among readings and notes where they belong."""
    found: list[tuple[Role, Cell]] = []
    searched = {Role.READING, Role.OPTIONAL} | (
        {Role.NOTE, Role.MATERIAL, Role.EXTRA}
        if all(role is not Role.DELIVERABLE for role, _ in cells)
        else set()
    )
    for role, cell in cells:
        lines = cell.text.split("\n")
        homework = (
            [
                line
                for line in lines
                if HOMEWORK_LINE.fullmatch(line) and not is_title_of_row(cell.plain(line))
            ]
            if role in searched
            else []
        )
        found.append(
            (
                role,
                cell.part("\n".join(line for line in lines if line not in homework))
                if homework
                else cell,
            )
        )
        found.extend((Role.DELIVERABLE, cell.part(line)) for line in homework)
    return found


def without_people(role: Role, cell: Cell) -> Iterator[tuple[Role, Cell]]:
    """Give a topic and, as a cell of its own, each line below it that says who presents."""
    first, *lines = cell.text.split("\n")
    told = (
        [
            line
            for line in lines
            if (label := re.match(r"\s*([A-Za-z][A-Za-z ]{2,30}):\s*\S", line))
            and "guest" not in label[1].casefold()
            and label_role(label[1], {}) is Role.INSTRUCTOR
        ]
        if role is Role.TOPIC
        else []
    )
    yield (
        role,
        cell.part("\n".join([first, *(line for line in lines if line not in told)]))
        if told
        else cell,
    )
    for line in told:
        yield Role.INSTRUCTOR, cell.part(line)


def with_labels(row: GridRow) -> GridRow:
    """Give a row with what `Readings:` labels inside other cells where it belongs, and titles out of the reading column."""
    cells = [
        part
        for pair in row.cells
        for person in without_people(*pair)
        for part in at_labels(*person)
    ]
    cells = [
        (Role.WEEK if r is Role.TOPIC and re.fullmatch(r"#?\d{1,2}", c.text.strip()) else r, c)
        for r, c in with_homework(cells)
    ]
    return without_title(GridRow(row.line, tuple(cells), row.badge))


def at_labels(role: Role, cell: Cell) -> Iterator[tuple[Role, Cell]]:
    """Split a cell at `Readings:` and at `Due:` behind it."""
    labels = {Role.TOPIC, Role.MATERIAL, Role.NOTE, Role.EXTRA}
    found = LABELLED.search(cell.text) if role in labels else None
    if found is None:
        yield role, cell
        return
    yield role, cell.part(cell.text[: found.start()].rstrip(" .;,\n"))
    rest = cell.text[found.end() :]
    due = DUE_INSIDE.search(rest)
    yield (
        label_role(found["label"], {}) or Role.READING,
        cell.part(rest[: due.start()] if due else rest),
    )
    if due:
        yield Role.DELIVERABLE, cell.part(rest[due.end() :])


def without_title(row: GridRow) -> GridRow:
    """Give a row whose reading column holds no reading but its title, or that there is none, with that elsewhere."""
    reading, topic = row.get(Role.READING), row.get(Role.TOPIC)
    title = reading.plain()
    if not title or reading.links:
        return row
    kept = tuple((r, c) for r, c in row.cells if r is not Role.READING)
    moved = (*kept, (Role.NOTE if topic.text else Role.TOPIC, reading.unmarked()))
    if NO_READING.search(title) and not NO_READING.fullmatch(title):
        return GridRow(row.line, moved, row.badge)
    short = not topic.text and len(title.split()) <= MAX_TITLE_WORDS and not PORTION.search(title)
    alone = short and not ("⟪" in reading.text and len(title.split()) > 1)
    if not is_title_of_row(title) and not alone:
        return row
    said = topic.text and is_title_of_row(topic.plain())
    return GridRow(row.line, kept if said else moved, row.badge)
