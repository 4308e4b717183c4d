"""Rows of a schedule in the plain text of a page: one line per row, columns run together.

Where a topic ends and the reading begins can only be told by known titles; a line keeps its rest as topic.
"""

from __future__ import annotations

import re

from kb.importers.columns import Role
from kb.importers.grid import Grid, GridRow
from kb.importers.ledger import Fate
from kb.importers.match import WorkIndex
from kb.importers.runs import Cell, cell_from_text
from kb.importers.topic_cell import badge_kind
from kb.parse.dates import find_day
from kb.text import title_key

__all__ = ["read_plain"]

LINE_DATE = re.compile(
    r"^\W{0,4}(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.|tbd\b)"
    r"(?:,?\s*(?:20\d\d)?)?(?:,?\s*\(?\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?\s*[-–]\s*\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?\)?)?[,:]?",
    re.IGNORECASE,
)
"""A date at the beginning of a line, with its time."""

BADGE = re.compile(r"^(recitation|lab|lecture|break|midterm|section|exam)\b:?\s+(?=\S)", re.IGNORECASE)
DELIVERABLE = re.compile(r"(?<=\S)\s+((?:[A-Z]\d{1,2}|HW ?\d{1,2}|PS ?\d{1,2}|Homework \d+|Assignment \d+):?\s.+|(?<=\s)Final report)$")
AFTER_MATERIALS = re.compile(r"\)\s+(?!and\b|&|\()(?=\S)")
HEADER = re.compile(r"^\W*date\W+topic", re.IGNORECASE)


def read_plain(text: str, index: WorkIndex) -> Grid:
    """Read lines that begin with a date; a line between two of them is a row under the one above."""
    grid = Grid()
    lines = text.splitlines()
    dated = [n for n, line in enumerate(lines) if LINE_DATE.match(line.strip()) and find_day(LINE_DATE.match(line.strip())[0], 2000) is not None]  # type: ignore[index]
    first, last = (dated[0], dated[-1]) if dated else (0, -1)
    for number, line in enumerate(lines):
        content = line.strip()
        if not content:
            continue
        found = LINE_DATE.match(content)
        if found and (found.end() < len(content) or find_day(content, 2000).day):
            grid.rows.append(read_line(number + 1, content[: found.end()], content[found.end() :].strip(), index))
        elif first < number < last and len(content) < 200 and not content.startswith(("•", "*", "#", ">")):
            grid.rows.append(read_line(number + 1, "", content, index))
        else:
            grid.skip(number + 1, "header" if HEADER.match(content) else "prose", content, Fate.SKIPPED)
    return grid


def read_line(line: int, day: str, rest: str, index: WorkIndex) -> GridRow:
    """Split a line into badge, topic, reading and deliverable."""
    badge = ""
    marked = BADGE.match(rest)
    if marked and badge_kind(marked[1]) is not None and not re.match(r"break(?:ing)?\s+(?:down|into)", rest, re.IGNORECASE):
        badge = marked[1]
        rest = rest[marked.end() :]
    deliverable = ""
    due = DELIVERABLE.search(rest)
    if due:
        deliverable = due[1]
        rest = rest[: due.start()]
    topic, reading = split_reading(rest, index)
    cells = [(Role.DATE, cell_from_text(day)), (Role.TOPIC, cell_from_text(topic)), (Role.READING, cell_from_text(reading)), (Role.DELIVERABLE, cell_from_text(deliverable))]
    return GridRow(line, tuple((role, cell) for role, cell in cells if isinstance(cell, Cell)), badge)


def split_reading(text: str, index: WorkIndex) -> tuple[str, str]:
    """Find where the reading begins: at a known title, else behind the bracket of the materials."""
    placeholder = re.search(r"\s+[-–—]$", text)
    if placeholder:
        text = text[: placeholder.start()]
    words = list(re.finditer(r"\S+", text))
    titles = index.starts
    for position, word in enumerate(words):
        if position == 0:
            continue
        tail = title_key(text[word.start() :])
        if any(tail == t or tail.startswith(t + " ") for t in titles.get(tail.split(" ")[0] if tail else "", ())):
            head = text[: word.start()].rstrip()
            if not re.search(r"\b(?:and|or|&|,)$", head):
                return head, text[word.start() :]
    found = None
    for match in AFTER_MATERIALS.finditer(text):
        found = match
    if found:
        return text[: found.start() + 1], text[found.end() :]
    return text, ""
