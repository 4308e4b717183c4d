"""Markdown of all kinds as blocks: CommonMark with tables, definition lists, MyST directives and Pandoc attributes."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from kb.importers.tree.blocks import Block
from kb.importers.tree.html import blocks_of_html
from kb.importers.tree.templates import without_templates
from kb.parse.dates import find_day

__all__ = ["blocks_of_markdown", "markdown_html"]

WRAP = 60
"""Characters from which on a line is taken to be broken at a width, not ended."""

STANDS_ALONE = re.compile(
    r"\W{0,4}(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\d{1,2}[/.]\d{1,2}\b|[A-Z][\w ()/&-]{1,30}:(?:\s|$))",
    re.IGNORECASE,
)
"""A line that begins with a day, a date or a label, and goes on from none."""

TAGS = re.compile(r"<(tr|p|li|td|th|h\d|div|dt|dd|table|ul|ol|dl|section)\b", re.IGNORECASE)
MARKED = frozenset(
    """tr_open paragraph_open heading_open list_item_open table_open dt_open dd_open""".split()
)


class Renderer(RendererHTML):
    """HTML whose soft breaks are breaks where a line stands for itself, and spaces where it goes on."""

    def softbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Write a soft break."""
        return "<br>" if tokens[idx].meta.get("ends") else " "


def parser() -> MarkdownIt:
    """Give the parser."""
    made = MarkdownIt("commonmark", {"html": True}, renderer_cls=Renderer)
    return made.enable(["table", "strikethrough"]).use(deflist_plugin)


def blocks_of_markdown(text: str) -> tuple[Block, ...]:
    """Give the blocks of a Markdown document, in the order of their lines."""
    clean, asides = without_templates(text)
    blocks = blocks_of_html(markdown_html(clean), marked=True)
    return tuple(sorted((*blocks, *asides), key=lambda b: b.line)) if asides else blocks


def markdown_html(text: str) -> str:
    """Give Markdown as HTML whose elements know their lines."""
    made = parser()
    tokens = made.parse(repaired(text))
    inside: list[str] = []
    for token in tokens:
        if token.map and token.type in MARKED:
            token.attrSet("data-line", str(token.map[0] + 1))
        if token.type == "html_block" and token.map:
            token.content = with_lines(token.content, token.map[0] + 1)
        if token.type == "fence" and (directive := re.match(r"\{([\w-]+)\}", token.info)):
            token.type, token.content = "html_block", directive_html(directive[1], token)
        if token.nesting > 0:
            inside.append(token.type)
        elif token.nesting < 0:
            inside.pop()
        elif token.type == "inline":
            end_lines(token, "list_item_open" in inside or "dd_open" in inside)
    return str(made.renderer.render(tokens, made.options, {}))


def end_lines(token: Token, listed: bool) -> None:
    """Tell which soft breaks of running text end a line.

    In a list a line goes on unless the next one says that it begins something; elsewhere only a long
    line does.
    """
    lines = token.content.split("\n")
    breaks = [t for t in token.children or () if t.type in {"softbreak", "hardbreak"}]
    for number, found in enumerate(breaks[: len(lines) - 1]):
        after = lines[number + 1]
        begins = bool(STANDS_ALONE.match(after)) or find_day(after[:24], 2000).day is not None
        goes_on = (listed or len(lines[number]) >= WRAP or after[:1].islower()) and not begins
        found.meta = {"ends": not goes_on}


def with_lines(content: str, first: int) -> str:
    """Give HTML with the number of its line in the first element of each line."""
    return "".join(
        TAGS.sub(lambda m, at=first + n: f'{m[0]} data-line="{at}"', line, count=1)  # type: ignore[misc]
        for n, line in enumerate(content.splitlines(keepends=True))
    )


def directive_html(name: str, token: Token) -> str:
    """Give what a MyST directive shows: a list of lists or values as a table, else its content."""
    first = (token.map[0] if token.map else 0) + 2
    body = re.sub(r"(?m)^\s*:[\w-]+:.*$", "", token.content)
    if name == "list-table":
        page = markdown_html("\n" * (first - 1) + body)
        page = re.sub(r"<li([^<>]*)>\s*(?:<p[^<>]*>)?\s*<ul>", r"<tr\1>", page)
        page = re.sub(r"</ul>\s*</li>", "</tr>", page)
        page = page.replace("<ul>", "<table>").replace("</ul>", "</table>")
        return page.replace("<li", "<td").replace("</li>", "</td>")
    if name == "csv-table":
        head = re.search(r":header:\s*(.+)", token.content)
        lines = ([head[1]] if head else []) + [line.strip() for line in body.splitlines()]
        return table_html(
            [
                (first + n, row)
                for n, row in enumerate(csv.reader(lines, skipinitialspace=True))
                if row
            ]
        )
    return markdown_html("\n" * (first - 1) + body)


def table_html(rows: Sequence[tuple[int, Sequence[str]]]) -> str:
    """Give rows of Markdown text as a table."""
    inline = parser()
    return (
        "<table>"
        + "".join(
            f'<tr data-line="{line}">'
            + "".join(f"<td>{inline.renderInline(html_lines(c))}</td>" for c in cells)
            + "</tr>"
            for line, cells in rows
        )
        + "</table>"
    )


def html_lines(text: str) -> str:
    """Give text whose line breaks stay."""
    return html.unescape(text).replace("\n", "<br>")


def repaired(text: str) -> str:
    """Give the text with tables that Markdown would cut: rows wider than the header, rules that are no rules."""
    lines = text.splitlines()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and "|" in lines[end] and lines[end].strip():
            end += 1
        if end - start >= 2 and re.fullmatch(r"[\s|:-]*-[\s|:-]*", lines[start + 1]):
            lines[start:end] = repaired_table(lines[start:end])
        start = max(end, start + 1)
    return "\n".join(lines) + "\n"


def repaired_table(lines: list[str]) -> list[str]:
    """Give a table with a header as wide as its widest row, and a first cell for rows that begin empty."""
    if not any(line.lstrip().startswith("|") for line in lines[:2]):
        lines = [f"|{line.strip()}|" for line in lines]
    cells = [
        len(re.findall(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))) + 1
        for line in lines
    ]
    width = max(cells)
    head = lines[0].rstrip().removesuffix("|") + "| " * (width - cells[0]) + "|"
    return [head, "|" + " --- |" * width, *lines[2:]]
