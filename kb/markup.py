"""Markdown to safe HTML, for notes, intros and prompts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["KEY_LINK", "to_html"]

KEY_LINK = re.compile(r"\[@([^\]\s]+)\]")
"""`[@sculley2015hidden]`."""

ALLOWED_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p",
    "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
"""What prose may hold; nothing that loads or runs."""


def to_html(text: str, link: Callable[[str], tuple[str, str] | None] = lambda key: None) -> str:
    """Give Markdown as HTML that no page needs to escape.

    Args:
        text: Markdown (CommonMark with tables); raw HTML is shown as text.
        link: gives address and text for a work's key, or None to show the key as it is.
    """
    if not text.strip():
        return ""
    import nh3

    def replace(match: re.Match[str]) -> str:
        target = link(match[1])
        if target is None:
            return match[1].replace("_", r"\_")
        address, label = target
        return f"[{escape(label)}](<{address}>)"

    html = parser().render(KEY_LINK.sub(replace, text))
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()


@cache
def parser() -> MarkdownIt:
    """Give the CommonMark parser without raw HTML."""
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    )


def escape(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)
