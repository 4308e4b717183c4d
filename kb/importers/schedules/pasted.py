"""Rows of a table pasted as text, its columns run together below a line of their names.

Where a topic ends and the reading begins can only be told by known titles; a line keeps its rest as topic.
"""

from __future__ import annotations

import re

from kb.importers.columns import Role
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.match import WorkIndex
from kb.importers.runs import Cell, inline
from kb.importers.schedules.dated import find_date
from kb.importers.schedules.evidence import CERTAIN, work_score
from kb.importers.topic_cell import badge_kind
from kb.text import title_key

__all__ = ["read_pasted"]

HEADER = re.compile(r"^\W*date topic\b", re.IGNORECASE)
BADGE = re.compile(
    r"^(recitation|lab|lecture|break|midterm|section|exam)\b:?\s+(?!#?\d{1,2}\s*(?:[:–—-]|$))(?=\S)(?!exam\b)(?!down\b|into\b)",
    re.IGNORECASE,
)
DELIVERABLE = re.compile(
    r"(?<=\S)\s+((?:[A-Z]\d{1,2}|HW ?\d{1,2}|PS ?\d{1,2}|Homework \d+|Assignment \d+):?\s.+|(?<=\s)Final report)$"
)
AFTER_MATERIALS = re.compile(r"\)\s+(?!and\b|&|\()(?=\S)")
CHAPTERS = re.compile(r"(?<=\S)\s+(?P<chapters>\d{1,2}(?:,\s?\d{1,2})*)(?:\s+(?=\S)|$)")
"""The numbers of a column of chapters, between topic and reading."""


def read_pasted(text: str, index: WorkIndex) -> Grid | None:
    """Read lines that begin with a date below a line of names; None when there is none."""
    lines = text.splitlines()
    head = next((n for n, line in enumerate(lines) if HEADER.match(line) and "|" not in line), -1)
    if head < 0 or "\t" in lines[head]:
        return None
    grid = Grid()
    chapters = re.search(r"\bchapters?\b", lines[head], re.IGNORECASE) is not None
    grid.skip(head + 1, "header", lines[head])
    for number, line in enumerate(lines[head + 1 :], head + 2):
        cell = inline(line)
        dated = find_date(cell)
        if not line.strip():
            continue
        if dated is None or not dated.leads:
            grid.skip(number, "prose", line)
            continue
        cells, badge = columns_of(cell.part(dated.after.strip(" :.,–—-")), index, chapters)
        grid.rows.append(GridRow(number, ((Role.DATE, Cell(dated.date)), *cells), badge))
    return grid if grid.rows else None


def columns_of(
    cell: Cell, index: WorkIndex, chapters: bool
) -> tuple[tuple[tuple[Role, Cell], ...], str]:
    """Split the rest of a line into topic, chapters, reading and what is due; give the kind in front as well."""
    rest, badge = cell.text, ""
    marked = BADGE.match(rest)
    if marked and badge_kind(marked[1]) is not None:
        badge, rest = marked[1], rest[marked.end() :]
    due = DELIVERABLE.search(rest)
    deliverable = due[1] if due else ""
    rest = rest[: due.start()] if due else rest
    numbers = CHAPTERS.search(rest) if chapters else None
    if numbers:
        parts = [
            (Role.TOPIC, rest[: numbers.start()]),
            (Role.CHAPTER, numbers["chapters"]),
            (Role.READING, rest[numbers.end() :]),
        ]
    else:
        topic, reading = split_reading(cell, rest, index)
        parts = [(Role.TOPIC, topic), (Role.READING, reading)]
    filled = [*parts, (Role.DELIVERABLE, deliverable)]
    return tuple((role, cell.part(part)) for role, part in filled if part.strip()), badge


def split_reading(cell: Cell, text: str, index: WorkIndex) -> tuple[str, str]:
    """Find where the reading begins: at a known title, else behind the bracket of the materials."""
    text = re.sub(r"\s+[-–—]$", "", text)
    for word in list(re.finditer(r"(?<=\s)\S+", text)):
        tail = title_key(cell.plain(text[word.start() :]))
        known = index.starts.get(tail.split(" ")[0], ()) if tail else ()
        if not any(tail == t or tail.startswith(t + " ") for t in known):
            continue
        head = text[: word.start()].rstrip()
        if not re.search(r"\b(?:and|or|&|,)$", head):
            either = head.removesuffix(" either")
            return either, text[len(either) :].strip()
    found = None
    for match in AFTER_MATERIALS.finditer(text):
        found = match
    if found and work_score(cell.part(text[found.end() :])) >= CERTAIN:
        return text[: found.start() + 1], text[found.end() :]
    return text, ""
