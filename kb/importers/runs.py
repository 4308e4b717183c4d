"""Rich text of a cell: text with its links, as one string in which every link is one character.

A link's label may hold commas, "and" and brackets; as a single character it cannot be split by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import Comment, NavigableString, Tag
from markdown_it import MarkdownIt

from kb.importers.html_tree import parse_html
from kb.text import clean, collapse

__all__ = ["Cell", "Link", "cell_from_html", "cell_from_text", "cell_of", "inline"]

MAX_LINKS = 6000
FIRST = 0xE000
"""First of the private-use characters that stand for links."""

ITALIC_START, ITALIC_END = "⟪", "⟫"
"""What stands around text in italics, where it may be a title; `Cell.unmarked` takes them away."""

STRUCK_START, STRUCK_END = "⟦", "⟧"
"""What stands around text that is struck out."""

MARKS = str.maketrans("", "", ITALIC_START + ITALIC_END + STRUCK_START + STRUCK_END)

BADGE_CLASS = re.compile(r"badge|label|\btag\b|pill|chip", re.IGNORECASE)
BADGE_WORD = re.compile(
    r"rec(?:itation)?|lab|lec(?:ture)?|break|holiday|no class|mid-?term|final|quiz|exam|section|tutorial",
    re.IGNORECASE,
)
"""What stands on badges that are text."""

ADDRESS = re.compile(
    r"https?://[^\s<>\"“”⟪⟫|]+|\barxiv:\s?(?P<arxiv>\d{4}\.\d{4,5})(?:v\d+)?|\bdoi:\s?(?P<doi>10\.\d{4,9}/[^\s<>\"“”⟪⟫|]+)",
    re.IGNORECASE,
)
"""An address in plain text."""

STRUCK = re.compile(r"⟦([^⟦⟧]*)⟧")
ATOM = re.compile("[\ue000-\uf8ff]")
"""A link's character."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a cell; an image has `image` set and its alternative text as label."""

    label: str
    url: str
    image: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in which characters from U+E000 on stand for `links`."""

    text: str
    links: tuple[Link, ...] = ()

    def link_at(self, character: str) -> Link | None:
        """Give the link a character stands for."""
        index = ord(character) - FIRST
        return self.links[index] if 0 <= index < len(self.links) else None

    def plain(self, text: str | None = None) -> str:
        """Give `text` (default: all) with links replaced by their labels."""
        value = self.text if text is None else text
        return collapse(
            ATOM.sub(
                lambda m: (
                    (found.label if not found.image else "")
                    if (found := self.link_at(m[0]))
                    else ""
                ),
                value,
            ).translate(MARKS)
        )

    def unmarked(self) -> Cell:
        """Give the cell without marks around italics."""
        return Cell(self.text.translate(MARKS), self.links)

    def links_in(self, text: str) -> tuple[Link, ...]:
        """Give the links of a piece of the text, in order."""
        return tuple(
            found for m in ATOM.finditer(text) if (found := self.link_at(m[0])) is not None
        )

    def own_links(self) -> Cell:
        """Give the cell with the links that its text has, and no others."""
        own = [link for link in dict.fromkeys(ATOM.findall(self.text)) if self.link_at(link)]
        moved = {ord(old): chr(FIRST + n) for n, old in enumerate(own)}
        links = tuple(found for old in own if (found := self.link_at(old)) is not None)
        return Cell(self.text.translate(moved), links)

    def without_struck(self) -> tuple[Cell, str]:
        """Give the cell without what is struck out, and the words of that."""
        struck = " ".join(self.plain(m[0]) for m in STRUCK.finditer(self.text))
        kept = STRUCK.sub(" ", self.text)
        return (
            Cell(re.sub(r"[^\S\n]+", " ", kept).strip(), self.links) if struck else self
        ), struck

    def part(self, text: str) -> Cell:
        """Give a cell of a piece of the text, its characters still standing for the same links."""
        return Cell(text, self.links)


def cell_from_text(text: str) -> Cell:
    """Give plain text as a cell; addresses in it are links."""
    links: list[Link] = []
    parts = address_parts(ATOM.sub("", text), links)
    return Cell(collapse(clean("".join(parts))), tuple(links))


def address_parts(text: str, links: list[Link]) -> list[str]:
    """Split text at the addresses in it, each replaced by the character of its link, which is added to `links`."""
    parts: list[str] = []
    last = 0
    for found in ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?'*_~")
        while address[-1:] in ")]" and address.count("(") + address.count("[") < address.count(
            ")"
        ) + address.count("]"):
            address = address[:-1].rstrip(".,;:")
        if len(links) >= MAX_LINKS:
            break
        doi = found["doi"] or ""
        url = (
            f"https://arxiv.org/abs/{found['arxiv']}"
            if found["arxiv"]
            else f"https://doi.org/{doi[: len(doi) - (len(found[0]) - len(address))]}"
            if doi
            else address
        )
        links.append(Link(address, url))
        parts += [text[last : found.start()], chr(FIRST + len(links) - 1)]
        last = found.start() + len(address)
    return [*parts, text[last:]]


def direct(url: str) -> str:
    """Give where an address leads that a document service has put its own in front of.

    Examples:
        >>> direct("https://www.google.com/url?q=https://arxiv.org/abs/1706.03762&sa=D&usg=A")
        'https://arxiv.org/abs/1706.03762'
    """
    if not re.match(
        r"https?://(?:www\.google\.[a-z.]+/url|[\w.-]+\.safelinks\.protection\.outlook\.com/)\?",
        url,
    ):
        return url
    found = parse_qs(urlsplit(url).query)
    return next(
        (
            values[0]
            for key in ("q", "url")
            if (values := found.get(key)) and values[0].startswith(("http://", "https://"))
        ),
        url,
    )


def cell_from_html(element: object) -> Cell:
    """Give an HTML element (of BeautifulSoup) as a cell."""
    return cell_of(getattr(element, "children", ()))


def cell_of(nodes: Iterable[object]) -> Cell:
    """Give nodes of BeautifulSoup as a cell; line breaks and list items become lines."""
    writer = CellWriter()
    for node in nodes:
        writer.walk(node)
    text = re.sub(r"[^\S\n]+", " ", clean("".join(writer.parts)))
    return Cell(re.sub(r"\s*\n\s*", "\n", text).strip(), tuple(writer.links))


@dataclass(slots=True)
class CellWriter:
    """A cell as it is written, node by node."""

    links: list[Link] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def add(self, link: Link) -> None:
        """Add a link."""
        if len(self.links) < MAX_LINKS:
            self.links.append(link)
            self.parts.append(chr(FIRST + len(self.links) - 1))

    def walk(self, node: object) -> None:
        """Write a node."""
        if isinstance(node, NavigableString) and not isinstance(node, Comment):
            words = re.sub(r"\s*\n\s*", " ", ATOM.sub("", str(node)).translate(MARKS))
            self.parts.extend(address_parts(words, self.links))
        elif isinstance(node, Tag) and node.name not in {"script", "style", "template"}:
            self.element(node)

    def element(self, tag: Any) -> None:
        """Write an element: links and pictures as one character, breaks as lines, marks around words."""
        name = tag.name
        if name == "img":
            label = clean(str(tag.get("alt") or tag.get("title") or ""))
            self.add(Link(label, str(tag.get("src") or ""), image=True))
        elif name == "a" and tag.get("href"):
            self.anchor(tag)
        elif is_badge(tag):
            self.add(Link(collapse(tag.get_text(" ")), "", image=True))
        elif name == "br":
            self.parts.append("\n")
        else:
            before, behind = marks_around(tag)
            self.parts.append(before)
            for child in tag.children:
                self.walk(child)
            self.parts.append(behind)

    def anchor(self, tag: Any) -> None:
        """Write a link; brackets inside its label stand around it."""
        label = collapse(clean(tag.get_text(" ")))
        image = tag.find("img")
        if not label and image is not None:
            self.walk(image)
            return
        framed = re.fullmatch(r"\[\s*([^\[\]]+?)\s*\]", label)
        self.parts.append(" [" if framed else "")
        if label:
            self.add(Link(framed[1] if framed else label, direct(str(tag["href"]).strip())))
        self.parts.append("]" if framed else "")


LINES = frozenset({"li", "p", "div", "dd", "dt", "ul", "ol"})
ITALICS = frozenset({"em", "i", "cite"})


def is_badge(tag: Any) -> bool:
    """Tell whether an element is a badge that says what kind of meeting a row is."""
    small = tag.name in {"span", "small", "sup"}
    named = small and BADGE_CLASS.search(" ".join(map(str, tag.get("class") or ())))
    return bool(named and BADGE_WORD.fullmatch(collapse(tag.get_text(" "))))


def marks_around(tag: Any) -> tuple[str, str]:
    """Give what stands before and behind the words of an element."""
    if tag.name in LINES:
        return " \n ", " \n "
    if tag.name in {"s", "del", "strike"} and tag.find(["td", "tr", "table"]) is None:
        return STRUCK_START, STRUCK_END
    if tag.name in ITALICS and tag.find([*ITALICS, "br", "p", "li"]) is None:
        return ITALIC_START, ITALIC_END
    return "", ""


def inline(text: str) -> Cell:
    """Give text with Markdown links as a cell."""
    if not re.search(r"\]\(|<\w|[*_\\\n]|~~|&#?\w+;", text):
        return cell_from_text(text)
    return cell_from_html(parse_html(INLINE.renderInline(text)))


INLINE = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("strikethrough")
