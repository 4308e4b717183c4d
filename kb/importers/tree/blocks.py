"""Blocks of a document: headings, lines, items, terms and tables, each with its runs of text and its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kb.importers.runs import Cell

__all__ = ["Block", "Document", "Shape", "TableCell", "TableRow"]


class Shape(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    LINE = "line"
    """A paragraph, or one line of it where its lines stand for themselves."""
    ITEM = "item"
    TERM = "term"
    DEFINITION = "definition"
    TABLE = "table"
    ASIDE = "aside"
    """What no reader sees: comments, menus, templates, the fields of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell of a table."""

    cell: Cell
    head: bool = False
    """Marked as the name of a column or row."""
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a table."""

    line: int
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block."""

    shape: Shape
    cell: Cell
    line: int
    """Line of the input, from 1."""
    level: int = 0
    """Of a heading 1 to 6; of an item, term or definition how deep it is nested, from 1."""
    bold: str = ""
    """The words in bold it begins with."""
    rows: tuple[TableRow, ...] = ()
    """Of a table."""
    path: tuple[int, ...] = ()
    """The containers it stands in, outermost first; equal numbers are the same container."""
    what: str = ""
    """Of an aside: `comment`, `page furniture`, ..."""

    @property
    def text(self) -> str:
        """The words of the block, links as their labels."""
        return self.cell.plain()

    @property
    def heads(self) -> bool:
        """True for a heading and for a line that is all bold."""
        return self.shape is Shape.HEADING or (
            bool(self.bold) and self.bold.strip(" :.") == self.text.strip(" :.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as blocks, in order."""

    format: str
    blocks: tuple[Block, ...] = field(default=())
    text: str = ""
    """The text that was read, for formats that are data."""
