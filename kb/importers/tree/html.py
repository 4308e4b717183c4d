"""HTML as blocks; the other formats are written as HTML first, their lines in `data-line`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bs4 import Comment, NavigableString, Tag

from kb.importers.html_tree import parse_html
from kb.importers.runs import BADGE_CLASS, Cell, cell_of
from kb.importers.tree.blocks import Block, Shape, TableCell, TableRow
from kb.text import collapse

__all__ = ["blocks_of_html"]

BLOCKS = frozenset(
    """address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html iframe li main menu nav ol p pre section summary table tbody td tfoot th thead
    tr ul""".split()
) - {"br"}
"""Elements that begin a block of their own."""

HIDDEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "title", "meta"})
FURNITURE = frozenset({"nav", "form", "button", "select", "dialog", "iframe"})
MAY_BE_FURNITURE = frozenset({"header", "footer", "aside"})
MAX_SPAN = 100
FURNITURE_WORDS = re.compile(
    r"\W*(?:edit (?:this|the) (?:page|on\b.*)|report an issue|view (?:the )?(?:page )?source|"
    r"back to top|skip to (?:main )?content|table of contents|on this page|toggle navigation|"
    r"search|menu|print(?: this page)?|(?:last )?(?:updated|modified)\b.*|previous|next)\W*",
    re.IGNORECASE,
)
"""What a page says about itself."""


@dataclass(slots=True)
class Walk:
    """Where the walk through a page stands."""

    blocks: list[Block] = field(default_factory=list)
    line: int = 1
    """Line of the last element that knows its own."""
    ids: int = 0

    def line_of(self, tag: Tag) -> int:
        """Give the line of an element, and remember it for those that do not know theirs."""
        marked = tag.get("data-line")
        if marked:
            self.line = int(str(marked))
        elif not self.marked and tag.sourceline:
            self.line = int(tag.sourceline)
        return self.line

    marked: bool = False
    """True where the lines of elements are told by `data-line` alone."""

    def add(self, shape: Shape, cell: Cell, **more: Any) -> None:
        """Add a block that has words or links."""
        if not (cell.text.strip() or cell.links):
            return
        if FURNITURE_WORDS.fullmatch(cell.plain()) and shape is not Shape.HEADING:
            shape, more = Shape.ASIDE, {**more, "what": "page furniture"}
        self.blocks.append(Block(shape=shape, cell=cell, line=self.line, **more))


def blocks_of_html(text: str, *, marked: bool = False) -> tuple[Block, ...]:
    """Give the blocks of a page.

    Args:
        marked: lines stand in `data-line`, since the text was written from another format.
    """
    soup = parse_html(text)
    walk = Walk(marked=marked)
    if soup.title is not None and soup.title.string:
        walk.add(Shape.ASIDE, Cell(collapse(soup.title.string)), what="title of the page")
    walk_children(walk, soup, (), 0, Shape.LINE)
    return tuple(walk.blocks)


def walk_children(walk: Walk, node: Any, path: tuple[int, ...], level: int, shape: Shape) -> None:
    """Add the blocks inside an element; text between its blocks is a block of the given shape."""
    inline: list[Any] = []

    def flush() -> None:
        nonlocal shape
        add_lines(walk, inline, path, level, shape)
        if inline and shape in {Shape.ITEM, Shape.TERM, Shape.DEFINITION}:
            shape = Shape.ITEM if level else Shape.LINE
        inline.clear()

    for child in list(node.children):
        if isinstance(child, Comment):
            if words := collapse(str(child)):
                walk.add(Shape.ASIDE, Cell(words), path=path, what="comment")
        elif isinstance(child, NavigableString):
            if str(child).strip() or inline:
                inline.append(child)
        elif isinstance(child, Tag):
            if child.name in HIDDEN:
                continue
            if child.name in BLOCKS or child.find(BLOCKS) is not None:
                if any(str(n).strip() for n in inline):
                    flush()
                inline.clear()
                walk_block(walk, child, path, level, shape)
            else:
                if not inline:
                    walk.line_of(child)
                inline.append(child)
    if any(str(n).strip() for n in inline):
        flush()


def walk_block(walk: Walk, tag: Tag, path: tuple[int, ...], level: int, shape: Shape) -> None:
    """Add the blocks of a block element."""
    walk.line_of(tag)
    name = tag.name
    if name in FURNITURE or (name in MAY_BE_FURNITURE and not re.search(r"\d", tag.get_text())):
        words = collapse(tag.get_text(" "))
        walk.add(Shape.ASIDE, Cell(words), path=path, what="page furniture")
        return
    walk.ids += 1
    inner = (*path, walk.ids)
    if name == "table":
        walk_table(walk, tag, path, level)
    elif re.fullmatch(r"h[1-6]", name):
        cell, bold = cell_of(tag.children), ""
        walk.add(
            Shape.HEADING,
            Cell(cell.text.replace("\n", " "), cell.links),
            level=int(name[1]),
            path=path,
            bold=bold,
        )
    elif name in {"ul", "ol", "menu", "dir", "dl"}:
        walk_children(walk, tag, inner, level + 1, Shape.LINE)
    elif name == "li":
        walk_children(walk, tag, inner, max(level, 1), Shape.ITEM)
    elif name == "dt":
        walk_children(walk, tag, path, max(level, 1), Shape.TERM)
    elif name == "dd":
        walk_children(walk, tag, inner, max(level, 1), Shape.DEFINITION)
    elif name in {"p", "summary", "figcaption"}:
        walk_children(walk, tag, path, level, shape)
    elif name == "pre":
        for line in tag.get_text().splitlines():
            walk.add(Shape.LINE, Cell(collapse(line)), path=path)
            walk.line += 1
    else:
        walk_children(walk, tag, inner, level, shape if name == "div" else Shape.LINE)


def add_lines(
    walk: Walk, nodes: Iterable[Any], path: tuple[int, ...], level: int, shape: Shape
) -> None:
    """Add running text: a block for each line that a break ends; an item or term keeps its first line's shape."""
    nodes = list(nodes)
    whole = cell_of(nodes)
    bold = leading_bold(nodes)
    for number, text in enumerate(whole.text.split("\n")):
        if text.strip():
            own = shape if number == 0 or shape is Shape.LINE else Shape.ITEM
            walk.add(
                own,
                whole.part(text).own_links(),
                level=level,
                path=path,
                bold=bold if number == 0 else bold_of_line(nodes, whole.plain(text)),
            )
        if number and walk.marked:
            walk.line += 1


def leading_bold(nodes: list[Any]) -> str:
    """Give the words in bold that running text begins with."""
    for node in nodes:
        if isinstance(node, NavigableString) and not str(node).strip(" \n\t•·*–-"):
            continue
        if not isinstance(node, Tag):
            return ""
        marked = node.name == "span" and BADGE_CLASS.search(
            " ".join(map(str, node.get("class") or ()))
        )
        if node.name in {"strong", "b"} or marked:
            return collapse(node.get_text(" "))
        inner = [n for n in node.children if str(n).strip()]
        return leading_bold(inner[:1]) if node.name in {"span", "font", "u", "em", "i"} else ""
    return ""


def bold_of_line(nodes: list[Any], text: str) -> str:
    """Give the words in bold that a further line begins with."""
    for node in nodes:
        for tag in node.find_all(["strong", "b"]) if isinstance(node, Tag) else ():
            if (words := collapse(tag.get_text(" "))) and text.startswith(words):
                return words
        if (
            isinstance(node, Tag)
            and node.name in {"strong", "b"}
            and (words := collapse(node.get_text(" ")))
            and text.startswith(words)
        ):
            return words
    return ""


def walk_table(walk: Walk, table: Tag, path: tuple[int, ...], level: int) -> None:
    """Add a table; one that only lays out other tables is what is in its cells."""
    if table.find("table") is not None:
        for part in table.find_all(["td", "th", "caption"]):
            if part.find_parent("table") is table:
                walk.ids += 1
                walk.line_of(part)
                walk_children(walk, part, (*path, walk.ids), level, Shape.LINE)
        return
    caption = table.find("caption")
    if caption is not None:
        walk.line_of(caption)
        walk.add(Shape.LINE, cell_of(caption.children), path=path, level=level)
    line = walk.line
    rows = tuple(
        TableRow(
            line=walk.line_of(row), cells=tuple(table_cell(c) for c in row.find_all(["td", "th"]))
        )
        for row in table.find_all("tr")
    )
    if rows:
        walk.blocks.append(
            Block(
                shape=Shape.TABLE, cell=Cell(""), line=min(line, rows[0].line), rows=rows, path=path
            )
        )


def table_cell(tag: Tag) -> TableCell:
    """Give a cell with its spans."""

    def span(name: str) -> int:
        value = str(tag.get(name) or "1")
        return max(1, min(int(value), MAX_SPAN)) if value.isdigit() else 1

    return TableCell(
        cell=cell_of(tag.children),
        head=tag.name == "th",
        height=span("rowspan"),
        width=span("colspan"),
    )
