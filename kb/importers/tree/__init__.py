"""One tree for every format: each document is read once, by a parser of its format, into blocks of runs."""

from kb.importers.tree.blocks import Block, Document, Shape, TableCell, TableRow
from kb.importers.tree.read import FORMATS, guess_format, read_document

__all__ = [
    "FORMATS",
    "Block",
    "Document",
    "Shape",
    "TableCell",
    "TableRow",
    "guess_format",
    "read_document",
]
