"""reStructuredText as HTML whose elements know their lines, read by docutils."""

from __future__ import annotations

import html
import re
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree

from kb.importers.tree.blocks import Block
from kb.importers.tree.html import blocks_of_html

__all__ = ["blocks_of_rst"]

ROLE = re.compile(r":[\w:+-]+:`(?P<label>[^`<>]*?)\s*(?:<(?P<url>[^<>`]+)>)?`")
"""A role that only a generator of pages knows: `` :download:`text <file>` ``."""

SETTINGS = {
    "report_level": 5,
    "halt_level": 6,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "input_encoding": "unicode",
    "doctitle_xform": False,
    "smart_quotes": False,
}
MARKS: dict[type[nodes.Node], str] = {
    nodes.emphasis: "em",
    nodes.title_reference: "span",
    nodes.strong: "strong",
    nodes.paragraph: "p",
    nodes.bullet_list: "ul",
    nodes.enumerated_list: "ol",
    nodes.list_item: "li",
    nodes.definition_list: "dl",
    nodes.definition_list_item: "div",
    nodes.term: "dt",
    nodes.definition: "dd",
    nodes.table: "table",
    nodes.thead: "thead",
    nodes.tbody: "tbody",
    nodes.row: "tr",
    nodes.block_quote: "blockquote",
    nodes.line: "p",
    nodes.literal_block: "pre",
    nodes.field: "p",
}


def blocks_of_rst(text: str) -> tuple[Block, ...]:
    """Give the blocks of a document."""
    plain = ROLE.sub(
        lambda m: f"`{m['label'] or m['url']} <{m['url']}>`__" if m["url"] else m["label"], text
    )
    tree = publish_doctree(plain.expandtabs(8), settings_overrides=SETTINGS)
    return blocks_of_html(html_of(tree, 1), marked=True)


def html_of(node: Any, level: int) -> str:
    """Give a node and what is in it."""
    if isinstance(node, nodes.Text):
        return html.escape(str(node))
    if isinstance(node, nodes.system_message | nodes.substitution_definition | nodes.target):
        return ""
    inner = "".join(html_of(c, level + isinstance(node, nodes.section)) for c in node.children)
    line = line_of(node)
    at = f' data-line="{line}"' if line else ""
    if isinstance(node, nodes.comment):
        return f"<!--{inner.replace('--', '')}-->"
    if isinstance(node, nodes.title):
        return f"<h{min(level - 1, 6) or 1}{at}>{inner}</h{min(level - 1, 6) or 1}>"
    if isinstance(node, nodes.reference):
        url = node.get("refuri", "")
        return f'<a href="{html.escape(url)}">{inner}</a>' if url else inner
    if isinstance(node, nodes.entry):
        spans = f' colspan="{node.get("morecols", 0) + 1}" rowspan="{node.get("morerows", 0) + 1}"'
        return f"<td{at}{spans}>{inner}</td>"
    name = next((name for kind, name in MARKS.items() if isinstance(node, kind)), "")
    return f"<{name}{at}>{inner}</{name}>" if name else inner


def line_of(node: Any) -> int:
    """Give the line of a node, or of the first in it that knows its own."""
    if getattr(node, "line", None):
        return int(node.line)
    return (
        next((found for c in node.children if (found := line_of(c))), 0)
        if isinstance(node, nodes.row | nodes.entry | nodes.list_item)
        else 0
    )
