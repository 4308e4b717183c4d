"""Plain text and tables of it as blocks: values separated by commas, tabs or semicolons, columns lined up by spaces, lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from kb.importers.runs import cell_from_text, inline
from kb.importers.tree.blocks import Block, Shape, TableCell, TableRow
from kb.parse.dates import find_day

__all__ = ["blocks_of_plain", "blocks_of_values", "separator"]

MAX_CELL = 20_000
BULLET = re.compile(r"(?P<indent>\s*)(?:[-*+•◦▪●○‣–·]|\(?\d{1,2}[.)])\s+(?=\S)")
GAP = re.compile(r"\S(?P<gap>[ \u00a0]{2,})(?=\S)")
RULE = re.compile(r"\s*[=+-]{3,}(?:[\s+=-]*[=+-]{2,})?\s*")
MIN_ROWS = 3


def separator(text: str) -> str:
    """Give the character that separates values: the one that most lines have equally often; empty when there is none."""
    lines = [line for line in text.splitlines() if line.strip()]
    for mark in "\t,;":
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(text), delimiter=mark) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda w: (widths.count(w), w), default=0)
        enough = 2 if mark == "\t" else 3
        same = sum(w == usual for w in widths)
        if (
            usual >= enough
            and same * 3 >= len(widths) * 2
            and same >= 2
            and lines
            and lines[0].count(mark)
        ):
            return mark
    return ""


def blocks_of_values(text: str, mark: str) -> tuple[Block, ...]:
    """Give separated values as one table; lines before it that have no value of their own are lines."""
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    rows: list[TableRow] = []
    seen = 0
    while True:
        first = seen + 1
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error:
            values = []
        seen = max(reader.line_num, first)
        if any(v.strip() for v in values):
            cells = tuple(TableCell(cell=inline(value[:MAX_CELL])) for value in values)
            rows.append(TableRow(line=first, cells=cells))
    return table(rows)


def table(rows: Sequence[TableRow]) -> tuple[Block, ...]:
    """Give rows as a block."""
    return (
        (Block(shape=Shape.TABLE, cell=cell_from_text(""), line=rows[0].line, rows=tuple(rows)),)
        if rows
        else ()
    )


def blocks_of_plain(text: str) -> tuple[Block, ...]:
    """Give lines as blocks, deeper ones as items; runs of lines lined up in columns are tables."""
    lines = text.splitlines()
    if not any("\t" in line.strip() for line in lines):
        lines = [line.expandtabs(8) for line in lines]
    blocks: list[Block] = []
    number = 0
    while number < len(lines):
        end = table_end(lines, number)
        if end:
            blocks.extend(tabled(lines, number, end))
            number = end
            continue
        if lines[number].strip() and not RULE.fullmatch(lines[number]):
            blocks.append(line_block(lines[number], number + 1))
        number += 1
    return tuple(blocks)


def line_block(line: str, number: int) -> Block:
    """Give one line; its level is how far it is indented."""
    bullet = BULLET.match(line)
    words = line[bullet.end() :] if bullet else line.strip()
    indent = indent_of(line)
    shape = Shape.ITEM if bullet or indent else Shape.LINE
    return Block(shape=shape, cell=inline(words), line=number, level=indent + bool(bullet))


def indent_of(line: str) -> int:
    """Give the spaces a line begins with."""
    return len(line) - len(line.lstrip())


def table_end(lines: list[str], start: int) -> int:
    """Give the line behind a table that begins here; 0 when none does.

    Tabs make one; so do gaps of two spaces or more that stand at the same place in most lines.
    """
    end = start
    while end < len(lines) and lines[end].strip() and "\t" in lines[end].strip(" "):
        end += 1
    if end - start >= MIN_ROWS - 1:
        return end
    return lined_up(lines, start)


def lined_up(lines: list[str], start: int) -> int:
    """Give the line behind a table whose columns are lined up below a header; 0 when there is none."""
    head = lines[start]
    if len(GAP.findall(head)) < 1 or RULE.fullmatch(head) or BULLET.match(head):
        return 0
    edges = [m.end() for m in GAP.finditer(head)]
    end, fits, rows = start + 1, 0, 0
    while end < len(lines) and lines[end].strip():
        if not RULE.fullmatch(lines[end]):
            rows += 1
            starts = {m.end() for m in GAP.finditer(lines[end])} | {indent_of(lines[end])}
            fits += bool(starts & set(edges))
        end += 1
    ruled = start + 1 < len(lines) and bool(RULE.fullmatch(lines[start + 1]))
    return end if (ruled or len(edges) >= 2) and rows >= 2 and fits * 3 >= rows * 2 else 0


def tabled(lines: list[str], start: int, end: int) -> tuple[Block, ...]:
    """Give a run of lines as a table."""
    own = [(n, lines[n]) for n in range(start, end) if not RULE.fullmatch(lines[n])]
    if any("\t" in line.strip(" ") for _, line in own):
        rows = [
            TableRow(
                line=n + 1,
                cells=tuple(TableCell(cell=inline(v[:MAX_CELL])) for v in line.split("\t")),
            )
            for n, line in own
        ]
        return table(rows)
    edges = [0, *(m.end() for m in GAP.finditer(lines[start]))]
    rows = []
    written: list[str] = []
    for n, line in own:
        bounds = [snap(line, edge) for edge in edges]
        cells = [line[a:b].strip() for a, b in zip(bounds, [*bounds[1:], len(line)], strict=True)]
        filled = [k for k, words in enumerate(cells) if words]
        dated = any(find_day(cells[k], 2000).day is not None for k in filled)
        if rows and filled and filled[0] and indent_of(line) and not dated:
            kept = list(rows[-1].cells)
            for at in filled:
                written[at] = joined(written[at], cells[at], alone=len(filled) == 1)
                kept[at] = TableCell(cell=inline(written[at]))
            rows[-1] = TableRow(line=rows[-1].line, cells=tuple(kept))
            continue
        written = cells
        rows.append(TableRow(line=n + 1, cells=tuple(TableCell(cell=inline(c)) for c in cells)))
    return table(rows)


def joined(above: str, words: str, *, alone: bool) -> str:
    """Join a line of a cell to those above it: a further work of its own, or the rest of a broken line."""
    ends = not above or re.search(r"[.;)\d”\"]$", above) is not None
    begins = words[:1] in "•*-–" or (alone and ends and not words[:1].islower())
    return f"{above}{chr(10) if begins else ' '}{words}".strip()


def snap(line: str, edge: int) -> int:
    """Give where a column begins in a line: at its edge, or where the word that crosses it begins."""
    if edge == 0 or edge >= len(line):
        return min(edge, len(line))
    while edge > 0 and not line[edge - 1].isspace():
        edge -= 1
    return edge
