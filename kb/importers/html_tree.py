"""HTML as a tree of bounded depth: unclosed tags nest without end, and no page needs a hundred levels; cells left open are closed."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["parse_html"]

MAX_DEPTH = 100
"""Levels that are kept; what is deeper moves up."""


TABLE_TAG = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>table|tr|td|th|thead|tbody|tfoot)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
"""Tags of tables, whose closing HTML lets one leave out."""

INNER = {
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "thead": ("td", "th", "tr"),
    "tbody": ("td", "th", "tr"),
    "tfoot": ("td", "th", "tr"),
}
"""What ends where another tag of a table begins or ends."""


def closed(text: str) -> str:
    """Give HTML with the cells and rows closed that another cell, row or the table's end closes without saying so.

    Examples:
        >>> closed("<table><tr><td>a<td>b<tr><td>c</table>")
        '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>'
    """
    stack: list[str] = []
    tables: list[int] = []
    parts: list[str] = []
    last = 0
    for found in TABLE_TAG.finditer(text):
        name = (found["name"] or "").casefold()
        if not name:
            continue
        parts.append(text[last : found.start()])
        last = found.start()
        opening = not found["end"]
        if opening and name == "table":
            tables.append(len(stack))
            stack.append(name)
            continue
        above = tables[-1] if tables else -1
        inner = INNER.get(name, ("td", "th", "tr"))
        while len(stack) - 1 > above and stack[-1] in inner and (opening or stack[-1] != name):
            parts.append(f"</{stack.pop()}>")
        if opening and name in {"tr", "td", "th"}:
            stack.append(name)
        elif not opening and stack and stack[-1] == name:
            stack.pop()
            if name == "table":
                tables.pop()
    return "".join([*parts, text[last:]])


def parse_html(text: str) -> Any:
    """Give BeautifulSoup's tree of a page or a piece of one."""
    import warnings

    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", MarkupResemblesLocatorWarning
        )  # a cell may well hold only an address or a file's name
        soup = BeautifulSoup(closed(text) if "<t" in text.casefold() else text, "html.parser")
    depths: dict[int, int] = {id(soup): 0}
    deep = []
    for tag in soup.find_all(True):
        depth = depths.get(id(tag.parent), 0) + 1
        if depth > MAX_DEPTH:
            deep.append(tag)
            depth = MAX_DEPTH
        depths[id(tag)] = depth
    for tag in deep:
        tag.unwrap()
    return soup
