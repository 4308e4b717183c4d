"""Rows of a schedule with their cells by role, and what became of the rest of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kb.importers.columns import Role
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.runs import Cell, Link

__all__ = ["Grid", "GridRow", "join", "line_of"]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its cells by role, and those beyond the header."""

    line: int
    cells: tuple[tuple[Role, Cell], ...]
    badge: str = ""
    """`lecture`, `lab`, ... where the shape says so (a card's tag)."""

    def get(self, role: Role) -> Cell:
        """Give the cell of a role; cells of one role are joined, an absent one is empty."""
        found = [
            cell if role in {Role.READING, Role.OPTIONAL} else cell.unmarked()
            for own, cell in self.cells
            if own is role
        ]
        return found[0] if len(found) == 1 else join(found)


def join(cells: list[Cell]) -> Cell:
    """Join cells, their links renumbered."""
    text = ""
    links: list[Link] = []
    for cell in cells:
        shift = len(links)
        moved = re.sub("[\ue000-\uf8ff]", lambda m, by=shift: chr(ord(m[0]) + by), cell.text)  # type: ignore[misc]
        text = f"{text}\n{moved}" if text and moved else text or moved
        links.extend(cell.links)
    return Cell(text, tuple(links))


@dataclass(slots=True)
class Grid:
    """The rows of a document and what became of the rest of it."""

    rows: list[GridRow] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)
    headers: tuple[str, ...] = ()

    def skip(self, line: int, what: str, text: str, fate: Fate = Fate.SKIPPED) -> None:
        """Note a block that is no row."""
        self.ledger.append(LedgerEntry(line=line, fate=fate, what=what, text=text))


def line_of(tag: Any) -> int:
    """Give the line of an element in the input."""
    marked = tag.get("data-line") or next(
        (p.get("data-line") for p in tag.parents if p.get("data-line")), None
    )
    return int(marked) if marked else int(tag.sourceline or 1)
