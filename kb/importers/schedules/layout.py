"""Where the rows of a document are: every way to read it is tried, and the one that gives most wins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.importers.columns import Role
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.match import WorkIndex
from kb.importers.schedules.data import read_data
from kb.importers.schedules.outline import read_outline
from kb.importers.schedules.pasted import read_pasted
from kb.importers.schedules.tables import read_table
from kb.importers.tree import Block, Document, Shape
from kb.parse.dates import find_day

__all__ = ["read_layout", "score_of"]

FILLED = 0.4
"""What a row counts that says what it is about, beside its date."""

UNDATED = 0.3
"""What a row counts that has no date of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a document."""

    name: str
    grid: Grid

    @property
    def score(self) -> float:
        """Give how much it says."""
        return score_of(self.grid.rows)


def score_of(rows: Iterable[GridRow]) -> float:
    """Give how much rows say: different days, and what is said of them."""
    seen: set[str] = set()
    total = 0.0
    for row in rows:
        when = row.get(Role.DATE).plain()
        found = find_day(re.sub(r".*week of", "", when), 2000)
        said = any(
            r not in {Role.DATE, Role.WEEK, Role.EXTRA} and c.text.strip() for r, c in row.cells
        )
        fresh = found.day is not None and when not in seen
        seen.add(when)
        total += (1.0 if fresh else UNDATED) + FILLED * said
    return total


def read_layout(document: Document, hints: dict[str, str], index: WorkIndex) -> Grid:
    """Give the rows of a document and what became of the rest."""
    if document.format == "yaml":
        return read_data(document.text, hints)
    tables = read_tables(document.blocks, hints)
    candidates = [Candidate("tables", tables)] if tables.rows else []
    outline = read_outline(document.blocks, hints)
    if outline is not None:
        candidates.append(Candidate("outline", outline))
    pasted = read_pasted(document.text, index) if document.format in {"text", "md", "csv"} else None
    if pasted is not None:
        candidates.insert(0, Candidate("pasted", pasted))
    if not candidates:
        return with_rest(tables, document.blocks)
    best = max(candidates, key=lambda c: c.score)
    if best.name == "pasted":
        return best.grid
    if best.name == "outline":
        return with_deadlines(best.grid, document.blocks, hints)
    return with_rest(best.grid, document.blocks)


def read_tables(blocks: Iterable[Block], hints: dict[str, str]) -> Grid:
    """Give the tables together, as one way to read the document."""
    grid = Grid()
    for block in blocks:
        if block.shape is Shape.TABLE:
            found = read_table(block, hints)
            grid.rows += found.rows
            grid.ledger += found.ledger
            grid.headers = found.headers or grid.headers
    return grid


def with_deadlines(grid: Grid, blocks: Iterable[Block], hints: dict[str, str]) -> Grid:
    """Give an outline with the rows of tables that only say what is due."""
    for block in blocks:
        if block.shape is not Shape.TABLE:
            continue
        found = read_table(block, hints)
        due = {Role.DATE, Role.DELIVERABLE}
        if found.rows and all({r for r, _ in row.cells} <= due for row in found.rows):
            lines = {row.line for row in block.rows}
            grid.ledger = [
                e
                for e in grid.ledger
                if e.line not in lines or e.what != "table outside the schedule"
            ]
            grid.rows += found.rows
            grid.ledger += found.ledger
    return grid


def with_rest(grid: Grid, blocks: Iterable[Block]) -> Grid:
    """Note the blocks that are in no table."""
    for block in blocks:
        if block.shape is not Shape.TABLE:
            what = block.what or ("heading" if block.heads else "prose")
            grid.skip(block.line, what, block.text)
    return grid
