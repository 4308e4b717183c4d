"""Schedules written as an outline: headings with a date or a week, and labelled lists below them."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.importers.bibliography_blocks import html_blocks
from kb.importers.columns import Role, column_role, label_role
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.ledger import Fate
from kb.importers.runs import Cell, cell_from_text, inline
from kb.parse.dates import find_day

__all__ = ["DATE", "labelled_line", "read_outline", "read_outline_html"]

HEADING = re.compile(r"\s*(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*|\s*\*\*(?P<bold>[^*]+)\*\*:?\s*")
MEETING = re.compile(r"(?:week|lecture|lec|session|class|meeting|seminar|day)\s*#?\d{1,2}\b", re.IGNORECASE)
DATE = re.compile(
    r"[\s,:([–—-]*(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?|\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|(?<!\d)\d{1,2}/\d{1,2}(?:/\d{2,4})?|(?<!\d)\d{4}-\d\d-\d\d)"
    r"(?:,?\s*20\d\d)?(?:\s*(?:-|–|—|to)\s*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?(?:\d{1,2}/)?\d{1,2})?[\s\])]*",
    re.IGNORECASE,
)
"""A date anywhere in a heading, its brackets included."""

BULLET = re.compile(r"\s*(?:[-*+:•]\s+|\d+[.)]\s+|>\s*)+")
LABEL = re.compile(r"\s*[*_]*(?P<label>[A-Za-z][\w &/()'-]{1,40}?)[*_]*\s*:[*_]*\s*(?P<rest>.*)", re.DOTALL)
MIN_HEADINGS = 2


def read_outline(text: str, columns: dict[str, str]) -> Grid | None:
    """Read headings as rows; None when fewer than two tell when, or when dated lines below them are the rows."""
    lines = text.splitlines()
    headings = {n: h for n, line in enumerate(lines) if (h := heading_of(line))}
    dated = {n for n, (_, words) in headings.items() if DATE.search(words) and find_day(words, 2000).day}
    numbered = {n for n, (_, words) in headings.items() if MEETING.match(words)}
    rows = dated | numbered if len(dated | numbered) >= MIN_HEADINGS else set()
    below = sum(1 for n, line in enumerate(lines) if n not in headings and (m := DATE.match(BULLET.sub("", line, count=1).strip(" *_"))) and m[0].strip(" ,:([–—-"))
    if not rows or below > len(rows) // 2:
        return None
    levels = {headings[n][0] for n in rows}
    grid = Grid()
    context: Role | None = None
    inside = False
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if number in rows:
            grid.rows.append(GridRow(number + 1, heading_cells(headings[number][1])))
            context, inside = None, True
        elif number in headings and (headings[number][0] <= max(levels) and label_of(headings[number][1], columns) is None):
            grid.skip(number + 1, "heading", line)
            inside = False
        elif not inside or not grid.rows:
            grid.skip(number + 1, "prose", line)
        elif number in headings and label_of(headings[number][1], columns):
            context = label_of(headings[number][1], columns)
            grid.skip(number + 1, f"label, read as {context.value if context else ''}", line)
        else:
            context, cells = labelled_line(line, context, columns)
            above = grid.rows[-1]
            grid.rows[-1] = GridRow(above.line, (*above.cells, *cells), above.badge)
            grid.skip(number + 1, f"label, read as {context.value}" if not cells and context else "added to the row above", line, Fate.IMPORTED)
    return grid


def read_outline_html(text: str, columns: dict[str, str]) -> Grid | None:
    """Read headings of an HTML page as rows, its blocks written as Markdown; None as in `read_outline`."""
    lines: list[str] = []
    origin: list[int] = []
    for block in html_blocks(text):
        mark = "- " if block.kind == "list" else ""
        for line in block.text.split("\n"):
            lines.append(f"{' ' * min(block.indent, 40)}{mark}{line}")
            origin.append(block.line)
    found = read_outline("\n".join(lines), columns)
    if found is None:
        return None
    found.rows = [GridRow(origin[r.line - 1], r.cells, r.badge) for r in found.rows]
    found.ledger = [replace(e, line=origin[e.line - 1]) for e in found.ledger]
    return found


def heading_of(line: str) -> tuple[int, str] | None:
    """Give level and text of a heading; a line in bold is one of the lowest level."""
    found = HEADING.fullmatch(line)
    return (len(found["marks"]) if found["marks"] else 7, (found["text"] or found["bold"] or "").strip(" *_")) if found else None


def label_of(words: str, columns: dict[str, str]) -> Role | None:
    """Give the role a heading such as `Readings` names for what stands below it."""
    return label_role(words.strip(" :"), columns) if len(words.split()) <= 4 else None


def heading_cells(words: str) -> tuple[tuple[Role, Cell], ...]:
    """Give date and topic of a heading: `Week 2 (Jan 22 - Jan 26): Fairness`."""
    found = DATE.search(words)
    date = found[0].strip(" ,:([])–—-") if found and find_day(found[0], 2000).day else ""
    rest = f"{words[: found.start()]} {words[found.end() :]}".strip() if found and date else words
    rest = re.sub(r"\s+([:,])", r"\1", rest).strip(" ,:–—-")
    meeting = MEETING.match(rest)
    title = rest[meeting.end() :].strip(" ,:.–—-") if meeting and rest[meeting.end() :].strip(" ,:.–—-") else rest
    return ((Role.DATE, cell_from_text(date)), (Role.WEEK, cell_from_text(meeting[0] if meeting else "")), (Role.TOPIC, inline(title)))


def labelled_line(line: str, context: Role | None, columns: dict[str, str]) -> tuple[Role | None, tuple[tuple[Role, Cell], ...]]:
    """Read a line below a row: its label (`Reading: ...`), else as what the label above it says; a note without any.

    Returns:
        The role that holds for the lines below, and the cells.
    """
    content = BULLET.sub("", line, count=1).strip()
    item = BULLET.match(line) is not None or line[:1].isspace()
    found = LABEL.fullmatch(content)
    role = label_role(found["label"], columns) if found else None
    bare = content.strip(" *_:")
    if role is None and content.rstrip(" *_").endswith(":") and len(bare.split()) <= 4:
        role, found = label_role(bare, columns), None
        if role:
            return role, ()
    if found and role:
        return (role, ()) if not found["rest"].strip(" *_") else (context if item else role, ((role, inline(found["rest"])),))
    if content and context is not None and item:
        return context, ((context, inline(content)),)
    homework = re.match(r"\W*(?:(?:hw|ps|lab|homework|assignment|project|problem set|quiz)\s*#?\d+|due\b)", content, re.IGNORECASE)
    kind = Role.DELIVERABLE if homework and column_role(content, {}) is not Role.READING else Role.NOTE
    return (context if item else None), ((kind, inline(content)),)
