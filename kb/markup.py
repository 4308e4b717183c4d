"""Markdown to safe HTML, for notes, intros and prompts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["KEY_LINK", "safe_markdown", "to_html"]

KEY_LINK = re.compile(r"\[@([^\]\s]+)\]")
"""`[@sculley2015hidden]`."""

ALLOWED_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr",
    "i", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip
"""What prose may hold; nothing that loads or runs."""


MARKUP = re.compile(
    r"[\\`*_\[\]<>|~\x00-\x09\x0b-\x1f\x7f-\xa0\ufffd]|&\#?\w+;|!\x00|[^\S \n]"
    r"|(?:^|\n)(?:[ \n]|[-+=#]|\d{1,9}[.)])|[ ](?:\n|$)|\n$"
)
"""What prose of plain paragraphs has not; a paragraph begins after one empty line."""

CODE = re.compile(
    r"(^(?:```|~~~).*?(?:^(?:```|~~~)[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\2(?!`))",
    re.DOTALL | re.MULTILINE,
)
"""Code, which is shown and never followed."""

IMAGE = re.compile(r"!\[([^\]]*)\](?:\(([^()\s]*(?:\([^()]*\))?[^()\s]*)[^)]*\)|\[[^\]]*\])")
LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^()\s<>]*(?:\([^()]*\)[^()\s<>]*)*)>?[^()]*\)")
DEFINITION = re.compile(r"^ {0,3}\[([^\]]+)\]:[ \t]*<?(\S+?)>?(?:[ \t].*)?$", re.MULTILINE)
TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>|mailto:[^\s<>]*>)")
SAFE = re.compile(r"(?i)(?:https?:|mailto:|#|/(?!/)|[\w.~%-]+(?:[/?#]|$)|$)")
"""Addresses that a link may have: of the web, of mail, and relative ones without a scheme."""


def safe_markdown(value: str) -> str:
    """Give Markdown that is harmless wherever it is rendered: no links that run, no images that
    load, no HTML; the words stay.

    Examples:
        >>> safe_markdown("[a](javascript:x) ![b](https://x.org/b.png) <b>c</b> `<d>`")
        'a b &lt;b>c&lt;/b> `<d>`'
    """
    parts = CODE.split(value)
    return "".join(
        part if n % 3 == 1 else harmless(part) for n, part in enumerate(parts) if n % 3 != 2
    )


def harmless(text: str) -> str:
    """Give Markdown without code as `safe_markdown` says."""
    text = IMAGE.sub(lambda m: m[1], text)
    text = LINK.sub(lambda m: m[0] if is_harmless(m[2]) else m[1], text)
    text = DEFINITION.sub(lambda m: m[0] if is_harmless(m[2]) else "", text)
    return TAG.sub("&lt;", text)


def is_harmless(address: str) -> bool:
    """Tell whether following an address does no more than open a page."""
    plain = re.sub(r"[\x00-\x20\u200b-\u200f\u2060-\u2064]", "", unescape(unquote(address)))
    return bool(SAFE.match(plain))


def to_html(text: str, link: Callable[[str], tuple[str, str] | None] = lambda key: None) -> str:
    """Give Markdown as HTML that no page needs to escape.

    Args:
        text: Markdown (CommonMark with tables); raw HTML is shown as text.
        link: gives address and text for a work's key, or None to show the key as it is.
    """
    if not text.strip():
        return ""
    return plain_html(text, link) or parsed_html(text, link)


def parsed_html(text: str, link: Callable[[str], tuple[str, str] | None]) -> str:
    """Give Markdown of any kind as safe HTML."""
    import nh3  # noqa: PLC0415  loaded where it is used

    def replace(match: re.Match[str]) -> str:
        target = link(match[1])
        if target is None:
            return match[1].replace("_", r"\_")
        address, label = target
        return f"[{escape(label)}](<{address}>)"

    rendered = parser().render(KEY_LINK.sub(replace, text))
    return nh3.clean(
        rendered,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()


def plain_html(text: str, link: Callable[[str], tuple[str, str] | None]) -> str:
    """Give prose without markup, but for links to works, as HTML; empty for any other.

    Most notes are such prose: they need no parser, whose import alone takes 40 ms.
    """
    paragraphs = text.split("\n\n")
    pieces = [KEY_LINK.split(paragraph) for paragraph in paragraphs]
    targets = {key: link(key) for piece in pieces for key in piece[1::2]}
    bare = "\n\n".join("K".join(piece[::2]) for piece in pieces)
    if any(map(MARKUP.search, bare.split("\n\n"))):
        return ""
    if "!K" in bare or not all(map(SIMPLE_KEY.fullmatch, targets)):
        return ""
    made = {
        key: f'<a href="{target[0]}">{escape_html(target[1])}</a>' if target else key
        for key, target in targets.items()
    }
    return "\n".join(
        "<p>" + "".join(made[p] if n % 2 else escape_html(p) for n, p in enumerate(piece)) + "</p>"
        for piece in pieces
    )


SIMPLE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:.+-]*")
"""A key that neither Markdown nor an address changes."""


def escape_html(text: str) -> str:
    """Escape text for HTML as the sanitizer does."""
    return html.escape(text, quote=False)


@cache
def parser() -> MarkdownIt:
    """Give the CommonMark parser without raw HTML."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  loaded where it is used

    return (
        MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    )


def escape(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)
