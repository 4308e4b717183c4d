"""A line of Markdown as words, each with the marks it stands in and what stands between it and the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token as Node

__all__ = ["BREAK", "Line", "Token", "read_line"]

BREAK = "⏎"
"""Stands in a line's plain text for the end of a line of the source."""

PICTURE = "▢"
EMOJI = "☺"

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”\])]*(?:\([^\s<>()]*\)[^\s<>\"”\])]*)*"
    r"|10\.\d{4,9}/[^\s<>\"”,;]+"
    r"|(?:doi|DOI|arXiv|arxiv):\s?[\w./()-]+\d"
)
WORD = re.compile(
    r"⟨[^⟩]*⟩"
    r"|\d+(?:[./]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])"
    r"|(?:[^\W_]|[’'](?=\d))"
    r"(?:[^\W_]|[’'](?=[^\W_])|[-‐&/+@#](?=[^\W_])|\.(?=[^\W\d_]{2,}|\d))*[+#]*"
)
FACES = re.compile(
    r":[a-z0-9_+-]{2,40}:|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+"
)
PIECE = re.compile(rf"(?P<address>{ADDRESS.pattern})|(?P<face>{FACES.pattern})")
HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z]+)")
MARK_OF_TAG = {"b": "B", "strong": "B", "i": "I", "em": "I", "cite": "I"}
MAX_LINE = 1500
"""Characters of a line that are read; what stands behind them is remark."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or address of a line."""

    text: str
    start: int
    """Offset in the line's plain text."""
    end: int
    marks: str
    """Of `B`old, `I`talic, `L`ink, `Q`uoted and `U`RL, in this order."""
    run: int
    """Number of the innermost run of a mark it stands in; 0 for none."""
    before: str
    """What stands between it and the word in front of it."""
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line's plain text and its tokens."""

    plain: str
    tokens: tuple[Token, ...]


@cache
def markdown() -> MarkdownIt:
    """Give the parser of inline Markdown."""
    return MarkdownIt("commonmark")


def read_line(text: str) -> Line:
    """Read a line, or a paragraph of several, of inline Markdown with HTML.

    Examples:
        >>> [(t.text, t.marks) for t in read_line('*Roe*: "[Salt](https://a.org)" 2001').tokens]
        [('Roe', 'I'), ('Salt', 'LQ'), ('⟨https://a.org⟩', 'QU'), ('2001', '')]
    """
    writer = Writer()
    writer.take(markdown().parseInline(text[:MAX_LINE])[0].children or [])
    writer.quote()
    return Line("".join(writer.plain), tuple(writer.tokens()))


class Writer:
    """Writes the plain text of a line and, for each character of it, the marks it stands in."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.marks: list[set[str]] = []
        self.runs: list[int] = []
        self.open: list[tuple[str, int]] = []
        self.addresses: list[str] = []
        self.count = 0

    def put(self, text: str, *extra: str) -> None:
        """Write characters in the marks that are open."""
        here = {mark for mark, _ in self.open} | set(extra)
        run = self.open[-1][1] if self.open else 0
        for character in text:
            self.plain.append(character)
            self.marks.append(set(here))
            self.runs.append(run)

    def begin(self, mark: str) -> None:
        """Open a mark."""
        self.count += 1
        self.open.append((mark, self.count))

    def finish(self, mark: str) -> None:
        """Close the innermost mark of this kind."""
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == mark:
                del self.open[at]
                return

    def take(self, nodes: Iterable[Node]) -> None:
        """Write nodes of the parser."""
        for node in nodes:
            if node.type in {"text", "code_inline", "text_special"}:
                self.text(node.content)
            elif node.type in {"softbreak", "hardbreak"}:
                self.put(BREAK)
            elif node.type == "image":
                self.image(node)
            elif node.type == "html_inline":
                self.tag(node.content)
            elif node.type.startswith("link_"):
                self.link(node.type, str(node.attrs.get("href", "")))
            else:
                mark = "B" if node.tag == "strong" else "I"
                self.begin(mark) if node.nesting > 0 else self.finish(mark)

    def image(self, node: Node) -> None:
        """Write a picture: as its text where it names a link, else as a sign."""
        if any(mark == "L" for mark, _ in self.open):
            self.text(node.content)
        else:
            self.put(PICTURE)

    def link(self, kind: str, address: str) -> None:
        """Open a link, or close it and write its address."""
        if kind == "link_open":
            self.addresses.append(address)
            self.begin("L")
        elif self.addresses:
            self.address(self.addresses.pop())
            self.finish("L")

    def address(self, address: str) -> None:
        """Write an address as one word, outside the mark of the link."""
        self.finish("L")
        self.put(f" ⟨{address.replace('⟩', '').replace(' ', '%20')}⟩ ", "U")
        self.open.append(("L", self.count))

    def tag(self, html: str) -> None:
        """Obey a tag of HTML."""
        found = TAG.match(html)
        name = found[2].lower() if found else ""
        closes = bool(found and found[1])
        if name == "a":
            href = HREF.search(html)
            if closes or href:
                self.link("link_close" if closes else "link_open", href[1] if href else "")
        elif name in MARK_OF_TAG:
            self.finish(MARK_OF_TAG[name]) if closes else self.begin(MARK_OF_TAG[name])
        else:
            self.put(BREAK if name in {"br", "p", "li", "div", "td"} else " ")

    def text(self, text: str) -> None:
        """Write text; addresses are one word each, emoji one sign."""
        last = 0
        for found in PIECE.finditer(text):
            if found.start() and text[found.start() - 1].isalnum():
                continue
            self.put(text[last : found.start()].replace("\n", BREAK))
            if found["face"]:
                self.put(EMOJI)
                last = found.end()
                continue
            address = found[0].rstrip(".,;:'\"")
            if address.endswith(")") and address.count("(") < address.count(")"):
                address = address[:-1]
            self.put(f" ⟨{address}⟩ ", "U")
            last = found.start() + len(address)
        self.put(text[last:].replace("\n", BREAK))

    def quote(self) -> None:
        """Mark what stands in quotes."""
        plain = "".join(self.plain)
        for found in QUOTED.finditer(plain):
            self.count += 1
            for at in range(found.start() + 1, found.end() - 1):
                self.marks[at].add("Q")
                self.runs[at] = self.runs[at] or self.count

    def tokens(self) -> Iterable[Token]:
        """Give the words of what was written."""
        plain = "".join(self.plain)
        found = list(WORD.finditer(plain))
        gaps = [" ".join(plain[a:b].split(" ")) for a, b in gaps_between(found, len(plain))]
        for at, word in enumerate(found):
            yield Token(
                word[0],
                word.start(),
                word.end(),
                "".join(sorted(self.marks[word.start()])),
                self.runs[word.start()],
                collapse_gap(gaps[at]),
                collapse_gap(gaps[at + 1]),
            )


QUOTED = re.compile(
    r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«"
    r"|(?<![\w\"])\"[^\"]+\"(?!\w)"
    r"|(?<![\w’'])[‘'](?=\w)[^‘]{2,300}?(?<=[\w.,?!)…])[’'](?![\w’'])"
)
"""What stands in double quotes, or in single ones that are no apostrophes."""


def gaps_between(words: list[re.Match[str]], length: int) -> list[tuple[int, int]]:
    """Give where the text before, between and behind words stands."""
    ends = [0, *(w.end() for w in words)]
    starts = [*(w.start() for w in words), length]
    return list(zip(ends, starts, strict=True))


def collapse_gap(gap: str) -> str:
    """Give a gap with single spaces."""
    return re.sub(r"\s+", " ", gap)
