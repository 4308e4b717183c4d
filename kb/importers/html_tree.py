"""HTML as a tree of bounded depth: unclosed tags nest without end, and no page needs a hundred levels."""

from __future__ import annotations

from typing import Any

__all__ = ["parse_html"]

MAX_DEPTH = 100
"""Levels that are kept; what is deeper moves up."""


def parse_html(text: str) -> Any:
    """Give BeautifulSoup's tree of a page or a piece of one."""
    import warnings

    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)  # a cell may well hold only an address or a file's name
        soup = BeautifulSoup(text, "html.parser")
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
