"""An annotated bibliography in Markdown: sections, citations, notes.

Numbered headings are the topic tree, a paragraph that reads like a citation is an item, a quoted
paragraph behind it (with its unquoted continuation lines) is its note. Several citations in a row before
a note share it. Everything else is an introduction, a pointer or prose, and gets its line in the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.importers.citation import Citation, looks_like_citation, read_citation
from kb.importers.ledger import Fate, LedgerEntry
from kb.text import collapse, title_key

__all__ = ["Bibliography", "Item", "Section", "read_bibliography"]

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
NUMBER = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(.*)")
"""`2.3. Unit Testing`."""

LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(.*)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its number (`2.3`), title and introduction."""

    number: str
    title: str
    line: int
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A citation in a section, with the note about it."""

    citation: Citation
    section: str
    """Number of the section, or its title when it has none."""
    line: int
    note: str = ""
    note_group: int = 0
    """Items that share a note have the same number; 0 for no note."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What was read."""

    title: str
    sections: tuple[Section, ...]
    """Those that hold items, in order."""
    items: tuple[Item, ...]
    ledger: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank lines, of one kind: `heading`, `quote`, `list` or `text`."""

    kind: str
    text: str
    line: int


def read_bibliography(text: str) -> Bibliography:
    """Read a bibliography; every block of the file has a line in the ledger.

    A block is an item when it reads like a citation: people or a title, a title in quotes, as a link or in
    italics, and a year.
    """
    reader = Reader()
    for block in blocks(text):
        reader.take(block)
    return reader.result()


def blocks(text: str) -> Iterator[Block]:
    """Split a document into blocks; a quote right under a paragraph begins a block of its own.

    A line without `>` right under a quoted line goes on with the quote, as in Markdown.
    """
    kind, start = "", 0
    lines: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        stripped = line.strip()
        own = kind_of(stripped)
        if own == "blank" or (own != kind and not (kind == "quote" and own == "text")) or own in {"heading", "list"}:
            if lines:
                yield Block(kind, "\n".join(lines), start)
            kind, lines, start = ("", [], 0) if own == "blank" else (own, [], number)
        if own != "blank":
            lines.append(re.sub(r"^\s*>\s?", "", line) if own == "quote" else line.strip())


def kind_of(line: str) -> str:
    """Give the kind of a line."""
    if not line:
        return "blank"
    if HEADING.fullmatch(line):
        return "heading"
    if line.startswith(">"):
        return "quote"
    if LIST_ITEM.match(line) and not re.match(r"\*[^*\s]", line):
        return "list"
    return "text"


class Reader:
    """Takes blocks in order and keeps what they are."""

    def __init__(self) -> None:
        self.title = ""
        self.sections: list[Section] = []
        self.items: list[Item] = []
        self.ledger: list[LedgerEntry] = []
        self.open: list[int] = []
        """Indexes of items that a note coming next is about."""
        self.noted = False
        """The note of the open items has begun; a further quote goes on with it."""
        self.groups = 0

    def say(self, block: Block, fate: Fate, what: str) -> None:
        """Note what became of a block."""
        self.ledger.append(LedgerEntry(line=block.line, fate=fate, what=what, text=collapse(block.text)[:120]))

    def take(self, block: Block) -> None:
        """Take one block."""
        if block.kind == "heading":
            self.take_heading(block)
        elif block.kind == "quote":
            self.take_note(block)
        elif self.sections and looks_like_citation(block.text if block.kind == "text" else LIST_ITEM.sub(r"\1", block.text)):
            self.take_item(block)
        else:
            self.take_prose(block)

    def take_heading(self, block: Block) -> None:
        """Begin a section; the first heading without number is the title."""
        found = HEADING.fullmatch(block.text)
        assert found is not None
        numbered = NUMBER.fullmatch(found[2])
        self.open, self.noted = [], False
        if numbered:
            self.sections.append(Section(numbered[1], collapse(numbered[2]), block.line))
            self.say(block, Fate.IMPORTED, f"section {numbered[1]}")
        elif len(found[1]) == 1 and not self.title:
            self.title = collapse(found[2])
            self.say(block, Fate.IMPORTED, "title of the bibliography")
        elif self.sections or not re.search(r"contents|context|introduction|about", found[2], re.IGNORECASE):
            self.sections.append(Section("", collapse(found[2]), block.line))
            self.say(block, Fate.IMPORTED, "section")
        else:
            self.say(block, Fate.SKIPPED, "heading")

    def take_item(self, block: Block) -> None:
        """Add an item; items in a row without note between them wait for one together."""
        citation = read_citation(collapse(block.text if block.kind == "text" else LIST_ITEM.sub(r"\1", block.text)))
        section = self.sections[-1]
        if self.noted:
            self.open = []
        self.items.append(Item(citation, section.number or section.title, block.line))
        self.open.append(len(self.items) - 1)
        self.noted = False
        self.say(block, Fate.IMPORTED, f"work: {citation.title}")

    def take_note(self, block: Block) -> None:
        """Add a note to the items above, or go on with their note."""
        if not self.open:
            self.take_prose(block)
            return
        text = "\n".join(collapse(p) if p.strip() else "" for p in paragraphs(block.text))
        if not self.noted:
            self.groups += 1
        for index in self.open:
            item = self.items[index]
            note = f"{item.note}\n\n{text}" if item.note else text
            self.items[index] = replace(item, note=note.strip(), note_group=self.groups)
        shared = f" shared by {len(self.open)} works" if len(self.open) > 1 and not self.noted else ""
        self.say(block, Fate.IMPORTED, "continuation of the note above" if self.noted else f"note{shared}")
        self.noted = True

    def take_prose(self, block: Block) -> None:
        """Take the first text of a section as its introduction; everything else is noted as skipped."""
        section = self.sections[-1] if self.sections else None
        has_items = section is not None and any(i.section == (section.number or section.title) for i in self.items)
        if section is not None and not has_items and block.kind == "text":
            intro = collapse(f"{section.intro} {block.text}").strip("*_ ")
            self.sections[-1] = replace(section, intro=intro)
            self.say(block, Fate.IMPORTED, f"introduction of section {section.number or section.title}")
        else:
            self.say(block, Fate.SKIPPED, "prose")
        self.open, self.noted = [], False

    def result(self) -> Bibliography:
        """Give what was read, without sections that hold nothing and are above nothing."""
        used = {item.section for item in self.items}
        kept = tuple(s for s in self.sections if (s.number or s.title) in used)
        for section in self.sections:
            if section not in kept:
                parent = any(u.startswith(section.number + ".") for u in used if section.number)
                if not parent:
                    self.ledger.append(LedgerEntry(line=section.line, fate=Fate.SKIPPED, what="section without works", text=section.title))
        return Bibliography(self.title, kept, tuple(self.items), tuple(sorted(self.ledger, key=lambda e: e.line)))


def paragraphs(text: str) -> list[str]:
    """Split quoted text at its empty lines; lines of one paragraph are joined."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.strip() and found and found[-1].strip():
            found[-1] += " " + line.strip()
        else:
            found.append(line)
    return found


def same_work(left: Citation, right: Citation) -> bool:
    """Tell whether two citations name one work: same title, same first author."""
    return title_key(left.title) == title_key(right.title) and (
        not left.authors or not right.authors or title_key(left.authors[0]) == title_key(right.authors[0])
    )
