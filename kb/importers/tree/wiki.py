"""MediaWiki as HTML whose elements know their lines, read by mwparserfromhell."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

import mwparserfromhell
from mwparserfromhell.nodes import (
    Comment,
    ExternalLink,
    Heading,
    HTMLEntity,
    Tag,
    Template,
    Text,
    Wikilink,
)

from kb.importers.tree.blocks import Block
from kb.importers.tree.html import blocks_of_html

__all__ = ["blocks_of_wiki"]

WRAPPED = {
    "b": "b",
    "i": "i",
    "td": "td",
    "th": "th",
    "tr": "tr",
    "table": "table",
    "s": "s",
    "del": "s",
    "sup": "sup",
    "sub": "sub",
    "u": "u",
}


@dataclass(slots=True)
class Writer:
    """HTML so far, and the line it stands for."""

    parts: list[str] = field(default_factory=list)
    line: int = 1
    opened: bool = False
    """True inside a paragraph or item."""
    in_table: int = 0
    bare_row: bool = False
    """True in a table before its first row, whose names stand in none."""

    def begin(self, name: str) -> None:
        """Begin a paragraph or an item."""
        self.end()
        self.parts.append(f'<{name} data-line="{self.line}">')
        self.opened = True

    def end(self) -> None:
        """End what was begun."""
        self.opened = False

    def text(self, words: str) -> None:
        """Write running text; a line of it is a paragraph outside tables, an empty one ends it."""
        for number, line in enumerate(words.split("\n")):
            if number:
                self.line += 1
                if self.in_table:
                    self.parts.append("<br>")
                else:
                    self.end()
            if line.strip() and not self.opened and not self.in_table:
                self.begin("p")
            self.parts.append(html.escape(line))

    def node(self, node: Any) -> None:
        """Write one node."""
        if isinstance(node, Text):
            self.text(str(node))
        elif isinstance(node, HTMLEntity):
            self.text(node.normalize())
        elif isinstance(node, Heading):
            self.end()
            self.parts.append(f'<h{node.level} data-line="{self.line}">')
            self.wrapped(node.title)
            self.parts.append(f"</h{node.level}>")
        elif isinstance(node, ExternalLink | Wikilink):
            self.link(node)
        elif isinstance(node, Comment | Template):
            words = html.escape(re.sub(r"--", "", str(node)))
            self.parts.append(f"<!--{words}-->" if isinstance(node, Comment) else words)
            self.line += str(node).count("\n")
        elif isinstance(node, Tag):
            self.tag(node)

    def link(self, node: Any) -> None:
        """Write a link; one inside the wiki is its words."""
        if not self.opened and not self.in_table:
            self.begin("p")
        if isinstance(node, ExternalLink):
            self.parts.append(f'<a href="{html.escape(str(node.url))}">')
            self.wrapped(node.title or node.url)
            self.parts.append("</a>")
        else:
            self.wrapped(node.text or node.title)

    def wrapped(self, code: Any) -> None:
        """Write what stands inside something."""
        for inner in code.nodes if code else ():
            self.node(inner)

    def tag(self, node: Any) -> None:
        """Write an element."""
        name = str(node.tag).strip()
        if name == "li" or name in {"dt", "dd"}:
            if self.opened and str(node.wiki_markup or "") and self.parts[-1].startswith("<li"):
                return
            self.begin("li")
            return
        if name == "br":
            self.parts.append("<br>")
            return
        element = WRAPPED.get(name, "span")
        if element == "table":
            self.end()
            self.in_table += 1
            self.bare_row = True
        elif element == "tr":
            self.bare_row = False
        elif element in {"td", "th"} and self.bare_row:
            self.parts.append(f'<tr data-line="{self.line}">')
            self.bare_row = False
        elif not self.opened and not self.in_table:
            self.begin("p")
        spans = "".join(
            f' {a.name.strip()}="{html.escape(str(a.value).strip())}"'
            for a in node.attributes
            if str(a.name).strip() in {"colspan", "rowspan"} and a.value
        )
        self.parts.append(f'<{element} data-line="{self.line}"{spans}>')
        if str(node.wiki_markup or "").startswith(("{|", "|-")):
            self.line += 0
        self.wrapped(node.contents)
        self.parts.append(f"</{element}>")
        if element == "table":
            self.in_table -= 1


def blocks_of_wiki(text: str) -> tuple[Block, ...]:
    """Give the blocks of a page."""
    writer = Writer()
    writer.wrapped(mwparserfromhell.parse(text))
    return blocks_of_html("".join(writer.parts), marked=True)
