"""An annotated bibliography: sections, works, notes, from Markdown, plain text or HTML.

Headings are the topic tree, a paragraph that reads like a citation is an item, and so is a list item that
begins with a work where a document is a list of such; a table's row, a heading with facts below it, and a
BibTeX block are items as well. The quoted paragraph behind an item is its note; where a document quotes no
notes, the text behind an item is. Everything else is an introduction, a pointer or prose, and gets its line
in the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.importers.bibliography_blocks import (
    HEADING,
    OCCASION,
    Block,
    blocks,
    html_blocks,
    looks_like_html,
    unmarked,
)
from kb.importers.bibliography_dialects import as_markdown
from kb.importers.bibliography_markup import without_emoji
from kb.importers.bibliography_shapes import (
    Habits,
    bibtex_items,
    cites,
    habits_of,
    keyed,
    split_annotation,
    states_fact,
    table_items,
    without_marker,
    work_facts,
)
from kb.importers.citation import Citation, clean_url, looks_like_citation, read_citation
from kb.importers.cited_people import LINK
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.lines.reading import LineReading, read_lines
from kb.importers.lines.second import SURE_ALONE, SURE_WORK, agree, reads_as_work, weigh, work_of
from kb.importers.listed_lead import arxiv_year
from kb.importers.listed_work import (
    dated_line,
    is_facts,
    is_listed,
    lone_families,
    more_facts,
    people_in,
    read_listed,
)
from kb.importers.people_line import people_line
from kb.text import collapse, title_key

__all__ = ["Bibliography", "Item", "Section", "read_bibliography", "same_work"]

NUMBER = re.compile(r"(\d{1,3}(?:\.\d+)*)\.?\s+(.*)")
"""`2.3. Unit Testing`."""

CLOSING = re.compile(
    r"(?:\w+ )?(?:contribut\w+|licen[cs]es?|(?:people|who|researchers|accounts) to follow|acknowledge?ments?|credits|thanks|maintainers?|authors of this list|star history|how to (?:contribute|cite|use|download)|cit(?:e|ing)(?: (?:us|this).*)?|citation|bibtex|changelog|contact|stargazers|(?:(?:other|more|further|similar|related) )*(?:awesome )?(?:related|similar|other|awesome)[ -](?:awesome |curated |paper )?(?:lists?|repos(?:itories)?|collections|projects|awesome)(?: .{0,20})?|see also|(?:change ?log|update|release)s?(?: log| history)?|news|latest news|贡献|贡献者|许可证?|致谢|相关(?:仓库|项目|列表)|star ?历史|联系(?:我们|方式)?|ライセンス|貢献|lizenz|mitmachen|beitragen|(?:ä|ae)hnliche (?:listen|sammlungen))",
    re.IGNORECASE,
)
"""Headings of parts that hold no works."""

PAPER = re.compile(
    r"(?:full )?(?:pdf|paper|arxiv|doi|link|acm(?: dl)?|ieee(?: ?xplore)?|html|full[ -]?text|open access|publisher|preprint|jstor|url|book)(?:[: ].{0,40})?",
    re.IGNORECASE,
)
"""Labels of links to the work itself."""

PREFACE = re.compile(
    r"(?:table of )?contents\b|contexts?\b|introduction\b|about\b|preface\b|purpose\b",
    re.IGNORECASE,
)
"""Headings of what stands before the works."""

CALLOUT = re.compile(r"^\s*\[!\w+\][+-]?\s*")
"""`[!note]` at the beginning of a quote."""

ASIDE = {
    "definition": "addresses of links",
    "comment": "comment",
    "tags": "markup",
    "footnote": "footnote, told where it is referred to",
}
"""Kinds of blocks that belong to no text, and how the ledger calls them."""

SAME_PEOPLE = re.compile(r"^(?:[—–―]{1,3}|\\?-{2,}|_{2,}|\\_(?:\\_)+)[.,]\s+")
"""The dash that stands for the people of the work above."""

NOTE_LABEL = re.compile(
    r"\W*(?:annotation|notes?|summary|comments?|my notes|remarks?|abstract|tl;?dr|description|evaluation|why)\b(?:[*_]*\s*(?::{1,2}|[–—-])|(?:\.[*_]|[*_]+\.))[*_]*\s*",
    re.IGNORECASE,
)
"""What people write in front of a note."""


OF_CLASS = re.compile(
    r"\W*(?:discussion(?: questions?)?|questions?|presenters?|presentations?|assignments?|homework|due|deadline|exercises?|in[- ]class|guest(?: lecture)?)\b[*_]*(?: \d+)?\s*:",
    re.IGNORECASE,
)
"""List items beside readings that are about the class."""

NOTE_HEADING = re.compile(
    r"(?:my |reading |key |personal |main )?(?:annotations?|notes?|summary|comments?|remarks?|abstract|tl;?dr|takeaways?|points|ideas?|contributions?|findings|quotes?|relevance|critique|evaluation|strengths|weaknesses|limitations|methods?|results?|thoughts|questions)(?: (?:and|&) \w+)?:?",
    re.IGNORECASE,
)
"""Headings below one that names a work, above what is said about it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its number (`2.3`), title and introduction."""

    number: str
    title: str
    line: int
    intro: str = ""
    level: int = 0
    """Depth of a heading without number."""
    above: str = ""
    """Title of the heading without number that it stands below."""


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


def read_bibliography(text: str) -> Bibliography:
    """Read a bibliography; every block of the file has a line in the ledger."""
    found = tuple(html_blocks(text) if looks_like_html(text) else blocks(as_markdown(text)))
    lines = list(dict.fromkeys(unmarked(b) for b in found if b.kind in {"text", "list"}))
    readings = dict(zip(lines, read_lines(lines), strict=True))
    habits = habits_of(found)
    reader = Reader(habits, readings)
    for block in found:
        reader.take(block)
    trusted = reader.trusted()
    missed = reader.missed(SURE_ALONE if trusted else SURE_WORK)
    if missed or not trusted:  # read it again, with the works that the rules' gates kept out
        reader = Reader(habits, readings, missed, trusted)
        for block in found:
            reader.take(block)
    return reader.result()


@dataclass(frozen=True, slots=True)
class Pair:
    """An item and what the learned reader makes of its line."""

    item: int
    ledger: int
    """Index of the ledger's line about it."""
    reading: LineReading
    year: int | None
    """The year that the headings above name."""


class Reader:
    """Takes blocks in order and keeps what they are."""

    def __init__(
        self,
        habits: Habits,
        readings: Mapping[str, LineReading],
        promoted: frozenset[str] = frozenset(),
        trusted: bool | None = None,
    ) -> None:
        self.habits = habits
        self.readings = readings
        """What the learned reader makes of each line."""
        self.promoted = promoted
        """Lines that are works although no rule takes them for one."""
        self.known_trust = trusted
        """Whether the rules understand the document, where it was read before."""
        self.pairs: list[Pair] = []
        self.title = ""
        self.sections: list[Section] = []
        self.items: list[Item] = []
        self.ledger: list[LedgerEntry] = []
        self.open: list[int] = []
        """Indexes of items that a note coming next is about."""
        self.noted = False
        """The note of the open items has begun; a further quote goes on with it."""
        self.groups = 0
        self.indent = 0
        """Of the open item; what is further in belongs to it."""
        self.listing = False
        """The open item is one of a list."""
        self.heading: Block | None = None
        """A heading or list item that names a work whose facts are still to come."""
        self.facts: list[str] = []
        """What stands below that heading."""
        self.above: list[str] = []
        """Notes that stand above the work they are about."""
        self.preface = False
        """An introduction has begun and no section since."""
        self.closing = ""
        """The heading of a part that holds no works: contributors, licence."""

    def say(self, block: Block, fate: Fate, what: str) -> None:
        """Note what became of a block."""
        self.ledger.append(
            LedgerEntry(line=block.line, fate=fate, what=what, text=collapse(block.text)[:120])
        )

    def take(self, block: Block) -> None:
        """Take one block."""
        content = self.with_people(unmarked(block))
        bold = re.match(
            r"\*\*(?P<cited>(?:[^*]|(?<=[A-Z])\*(?!\*)){30,}?)\*\*:?\s*(?P<note>.*)",
            content,
            re.DOTALL,
        )
        if block.kind in ASIDE:
            self.say(block, Fate.SKIPPED, ASIDE[block.kind])
        elif block.kind == "heading":
            self.take_heading(block)
        elif self.closing and (
            self.closing[:3].casefold() in {"cit", "how", "bib"} or not cites(content, None)
        ):
            self.say(block, Fate.SKIPPED, f"below {self.closing!r}, where no works are")
        elif block.kind in {"rule", "front"}:
            self.flush_heading()
            self.say(block, Fate.SKIPPED, "rule" if block.kind == "rule" else "front matter")
            named = (
                re.search(r"^title:\s*[\"']?(.+?)[\"']?\s*$", block.text, re.MULTILINE)
                if block.kind == "front"
                else None
            )
            self.title = self.title or (named[1] if named else "")
        elif block.kind == "text" and is_way_back(content):
            self.say(block, Fate.SKIPPED, "leads to another part")
        elif self.heading is not None and self.is_fact(block):
            self.take_facts(block)
        elif self.heading is not None:
            self.flush_heading()
            self.take(block)
        elif block.kind in {"table", "code"}:
            self.take_many(block)
        elif block.line in self.habits.work_headings:
            self.open, self.noted = [], False
            self.heading = block
        elif keyed(content):
            citation, note, _ = work_facts("", content)
            self.open = []
            self.add(block, citation)
            if note:
                self.give(NOTE_LABEL.sub("", note, count=1))
        elif self.begun() and self.is_promoted(block):
            self.take_read(block)
        elif block.kind == "quote" and self.habits.notes_first:
            self.above.append(block.text)
            self.open = []
            self.say(block, Fate.IMPORTED, "note on the work below")
        elif block.kind == "quote":
            self.take_note(block, block.text)
        elif self.adds_facts(block, content):
            self.say(block, Fate.IMPORTED, "facts about the work above")
        elif self.open and self.lacks_address(block) and (address := address_line(content)):
            self.take_address(block, address)
        elif (
            self.habits.free_notes
            and self.open
            and (block.indent > self.indent or NOTE_LABEL.match(content))
            and not self.cites(content, block.year)
        ):
            self.take_note(block, NOTE_LABEL.sub("", content, count=1))
        elif (
            bold
            and self.begun()
            and looks_like_citation(bold["cited"])
            and not title_alone(bold["cited"])
        ):
            only_link = (
                re.fullmatch(r"\W*(?:https?://\S+|\[[^\]]*\]\([^)]*\))\W*", bold["note"])
                is not None
            )
            self.take_item(block, f"{bold['cited']} {bold['note']}" if only_link else bold["cited"])
            if bold["note"].strip() and not only_link:
                self.give(NOTE_LABEL.sub("", bold["note"], count=1))
        elif block.line in self.habits.listed_lines or (
            self.habits.listed
            and is_listed(content)
            and (block.kind == "list" or self.habits.listed_text)
        ):
            self.take_listed(block, content)
        elif self.begun() and (plain_work := people_line(content)) is not None:
            self.open = []
            self.add(block, plain_work[0])
            if plain_work[1]:
                self.give(plain_work[1])
        elif self.begun() and cites(
            content[:1500] if self.habits.free_notes else content, block.year
        ):
            self.take_item(block, content)
        elif self.begun() and block.indent == 0 and self.items and title_only(content):
            self.take_listed(
                block, re.sub(r"(?<=[”\"])([.,]?)\s+\*([^*]+)\*", r"\1 In *\2*", content, count=1)
            )
        elif (
            block.kind == "list"
            and block.indent <= self.indent
            and self.begun()
            and names_something(content)
        ):
            self.say(block, Fate.NOT_UNDERSTOOD, "list item that is no citation")
            self.open, self.noted = [], False
        elif block.kind == "list" and block.indent <= self.indent and OF_CLASS.match(content):
            self.take_prose(block)
        elif (
            self.habits.free_notes
            and self.open
            and (
                block.indent > self.indent
                or not (OCCASION.match(block.text) or self.ends_list(block))
            )
            and re.search(r"\w{3}" if self.noted else r"\w+\W+\w|\w{3,}[.!?]", content)
            and not is_way_back(content)
        ):
            self.take_note(block, content)
        else:
            self.take_prose(block)

    def ends_list(self, block: Block) -> bool:
        """Tell whether a paragraph stands behind a list, in a document where those say nothing about its last item."""
        return (
            self.listing
            and block.kind == "text"
            and (block.indent < self.indent or (self.habits.texts_apart and not block.indent))
        )

    def adds_facts(self, block: Block, content: str) -> bool:
        """Take people, venue, year and links below the list item of a work that lacks them; tell whether that is all a block says."""
        if (
            not (self.open and self.habits.free_notes)
            or self.noted
            or block.kind not in {"list", "text"}
            or (block.kind == "list" and block.indent <= self.indent)
        ):
            return False
        index = self.open[-1]
        more = more_facts(self.items[index].citation, content)
        if more is not None:
            self.items[index] = replace(self.items[index], citation=more)
        return more is not None

    def with_people(self, content: str) -> str:
        """Give a citation with the people that a dash in front of it repeats."""
        dash = SAME_PEOPLE.match(content)
        if dash is None or not self.items or not self.items[-1].citation.authors:
            return content
        return f"{'; '.join(self.items[-1].citation.authors).rstrip('.')}. {content[dash.end() :]}"

    def cites(self, content: str, year: int | None) -> bool:
        """Tell whether an indented block is a citation of its own."""
        return cites(content, year) and not NOTE_LABEL.match(content)

    def begun(self) -> bool:
        """Tell whether items may come: not in what introduces the document."""
        return not self.preface

    def section(self) -> Section:
        """Give the section items go to, one of its own for a document without headings."""
        if not self.sections:
            self.sections.append(Section("", self.title or "Works", 1))
        return self.sections[-1]

    def take_heading(self, block: Block) -> None:
        """Begin a section or a work; the first heading without number is the title."""
        found = HEADING.fullmatch(block.text)
        assert found is not None
        below_work = bool(self.heading or self.open) and bool(self.habits.work_headings)
        self.flush_heading()
        opened = (self.open, self.noted)
        numbered = NUMBER.fullmatch(found[2])
        self.open, self.noted = [], False
        self.closing = plain(found[2]) if CLOSING.fullmatch(plain(found[2])) else ""
        if self.closing:
            self.say(block, Fate.SKIPPED, "heading")
        elif below_work and NOTE_HEADING.fullmatch(plain(found[2])):
            self.open, self.noted = opened
            self.say(block, Fate.SKIPPED, "heading of a note")
        elif block.line in self.habits.work_headings:
            self.heading = block
        elif numbered:
            self.preface = False
            self.sections.append(Section(numbered[1], collapse(numbered[2]), block.line))
            self.say(block, Fate.IMPORTED, f"section {numbered[1]}")
        elif len(found[1]) == 1 and not self.title:
            self.title = plain(found[2])
            self.say(block, Fate.IMPORTED, "title of the bibliography")
        elif self.sections or not PREFACE.match(plain(found[2])):
            self.preface = False
            title, level = plain(found[2]), len(found[1])
            above = next(
                (
                    s.title
                    for s in reversed(self.sections)
                    if s.level < level and not s.number and s.title != title
                ),
                "",
            )
            self.sections.append(Section("", title, block.line, level=level, above=above))
            self.say(block, Fate.IMPORTED, "section")
        else:
            self.preface = True
            self.say(block, Fate.SKIPPED, "heading")

    def is_fact(self, block: Block) -> bool:
        """Tell whether a block goes on with the facts about the heading at hand."""
        assert self.heading is not None
        if block.kind not in {"text", "list"} or (
            self.heading.kind == "list" and block.indent <= self.heading.indent
        ):
            return False
        if (
            self.heading.kind == "heading"
            and self.facts
            and block.kind == "list"
            and (
                is_facts(unmarked(block))
                or address_line(unmarked(block))
                or (not states_fact(block) and NOTE_LABEL.match(unmarked(block)))
            )
        ):
            return True
        return (
            not self.facts
            or states_fact(block)
            or (
                block.kind == "list"
                and NOTE_LABEL.match(unmarked(block)) is not None
                and self.heading.kind == "list"
            )
        )

    def take_facts(self, block: Block) -> None:
        """Take what stands below a heading that names a work: facts first, then the note."""
        assert self.heading is not None
        self.say(block, Fate.IMPORTED, f"facts about {plain(without_marker(self.heading.text))}")
        self.facts.append(block.text)
        named = people_in(unmarked(block))
        if not (
            states_fact(block)
            or is_facts(unmarked(block))
            or address_line(unmarked(block))
            or (block.kind == "list" and named[0] and not named[1])
        ):
            self.flush_heading()

    def flush_heading(self) -> None:
        """Add the work whose heading and facts came."""
        if self.heading is None:
            return
        heading = self.heading
        found = HEADING.fullmatch(heading.text)
        citation, note, understood = work_facts(
            found[2] if found else unmarked(heading), "\n".join(self.facts)
        )
        self.heading, self.facts = None, []
        self.add(heading, citation)
        if not understood and note:
            self.ledger[-2:] = [self.ledger[-1], replace(self.ledger[-2], what="note")]
        if note:
            self.give(NOTE_LABEL.sub("", note, count=1))

    def take_many(self, block: Block) -> None:
        """Take the works of a table or a BibTeX block."""
        items = table_items(block) if block.kind == "table" else bibtex_items(block)
        if not items:
            self.say(
                block,
                Fate.SKIPPED,
                "code" if block.kind == "code" else "table without titles of works",
            )
            return
        for line, citation, note in items:
            self.open, self.noted = [], False
            own = Block(block.kind, citation.title, line, year=block.year)
            self.add(own, citation)
            if note:
                self.give(note)
        if block.kind == "table":
            self.open = []
            self.say(block, Fate.SKIPPED, "header of a table")
            known = {line for line, _, _ in items}
            for number, row in enumerate(block.text.split("\n")[2:], block.line + 2):
                if number not in known and re.search(r"\w", row):
                    self.say(
                        Block("table", row, number), Fate.NOT_UNDERSTOOD, "row without a title"
                    )

    def take_item(self, block: Block, content: str) -> None:
        """Add an item; items in a row without note between them wait for one together."""
        cited, note = (
            split_annotation(content, self.habits.free_notes)
            if self.habits.free_notes or block.kind == "list"
            else (content, "")
        )
        if self.noted or self.habits.free_notes:
            self.open = []
        citation = read_citation(collapse(cited))
        bare = (
            dated_line(content, short=True) if block.kind == "list" and not citation.title else None
        )
        if bare or (
            not citation.authors
            and LINK.match(content)
            and is_listed(content)
            and read_listed(content)[0].authors
        ):
            self.take_listed(block, f"**{bare[0]}**{bare[1]}" if bare else content)
            return
        self.add(block, citation)
        if note:
            self.give(NOTE_LABEL.sub("", note, count=1))

    def is_promoted(self, block: Block) -> bool:
        """Tell whether a block is a work by the learned reader alone, and stands where one can."""
        return (
            block.kind in {"text", "list"}
            and unmarked(block) in self.promoted
            and (not self.open or block.indent <= self.indent)
        )

    def take_read(self, block: Block) -> None:
        """Add an item that only the learned reader understands."""
        reading = self.readings[unmarked(block)]
        self.open = []
        self.add(
            block,
            work_of(reading, None),
            Fate.PROBABLE if reading.sure < SURE_ALONE else Fate.IMPORTED,
        )
        if reading.note:
            self.give(NOTE_LABEL.sub("", reading.note, count=1))

    def take_listed(self, block: Block, content: str) -> None:
        """Add an item that begins with its title."""
        citation, note, guessed = read_listed(content)
        self.open = []
        self.add(block, citation, Fate.PROBABLE if guessed else Fate.IMPORTED)
        if note:
            self.give(NOTE_LABEL.sub("", note, count=1))

    def add(self, block: Block, citation: Citation, fate: Fate = Fate.IMPORTED) -> None:
        """Add an item to the section at hand; one without a title is not understood."""
        if not re.search(r"\w", citation.title):
            self.open, self.noted = [], False
            self.say(block, Fate.NOT_UNDERSTOOD, "citation without a title")
            return
        section = self.section()
        if citation.year is None and block.year:
            citation = replace(citation, year=block.year)
        self.items.append(Item(citation, section.number or section.title, block.line))
        self.open.append(len(self.items) - 1)
        self.noted, self.indent, self.listing = False, block.indent, block.kind == "list"
        self.say(block, fate, f"work: {citation.title}")
        if block.kind in {"text", "list"} and (reading := self.readings.get(unmarked(block))):
            self.pairs.append(Pair(len(self.items) - 1, len(self.ledger) - 1, reading, block.year))
        if self.above:
            self.give("\n\n".join(self.above))
            self.above = []

    def give(self, text: str) -> None:
        """Give the open items a note, or more of it."""
        if not self.open:
            return
        text = CALLOUT.sub("", text)
        text = "\n".join(collapse(p) if p.strip() else "" for p in paragraphs(text))
        text = re.sub(r"^([*_])(?=[^*_])([^*_]+)\1$", r"\2", text)
        whole = re.fullmatch(
            r"(?:['‘](?P<single>(?:(?!\s['‘]\w).)+)['’]|[“\"](?P<double>[^“”\"]+)[”\"]|«\s*(?P<angled>[^«»]+?)\s*»)",
            text.strip(),
        )
        text = next(m for m in (*whole.groups(), text) if m) if whole else text
        if not self.noted:
            self.groups += 1
        for index in self.open:
            item = self.items[index]
            note = f"{item.note}\n\n{text}" if item.note else text
            url = item.citation.url or next(
                (
                    clean_url(m[2])
                    for m in LINK.finditer(text)
                    if PAPER.fullmatch(m[1].strip("[]() "))
                ),
                "",
            )
            citation = (
                item.citation if url == item.citation.url else replace(item.citation, url=url)
            )
            self.items[index] = replace(
                item, citation=citation, note=note.strip(), note_group=self.groups
            )
        self.noted = True

    def take_note(self, block: Block, text: str) -> None:
        """Add a note to the items above, or go on with their note."""
        if not self.open:
            self.take_prose(block)
            return
        shared = (
            f" shared by {len(self.open)} works" if len(self.open) > 1 and not self.noted else ""
        )
        self.say(
            block,
            Fate.IMPORTED,
            "continuation of the note above" if self.noted else f"note{shared}",
        )
        self.give(text)

    def lacks_address(self, block: Block) -> bool:
        """Tell whether a block may give the work above the address it does not have: a paragraph, or a list item further in."""
        late = self.noted and not re.match(
            r"\W*(?:doi|url|available at)\b[*_]*:?\s", block.text, re.IGNORECASE
        )
        return (
            not self.items[self.open[-1]].citation.url
            and not late
            and (block.kind == "text" or (block.kind == "list" and block.indent > self.indent))
        )

    def take_address(self, block: Block, address: str) -> None:
        """Take the address of the work above from a line of its own."""
        self.say(block, Fate.IMPORTED, "address of the work above")
        index = self.open[-1]
        citation = self.items[index].citation
        doi = re.search(r"10\.\d{4,9}/\S+", address)
        self.items[index] = replace(
            self.items[index],
            citation=replace(
                citation,
                url=citation.url or address,
                doi=citation.doi or (doi[0] if doi and "doi.org" in address else ""),
            ),
        )

    def take_prose(self, block: Block) -> None:
        """Take the first text of a section as its introduction; everything else is noted as skipped."""
        section = self.sections[-1] if self.sections else None
        has_items = section is not None and any(
            i.section == (section.number or section.title) for i in self.items
        )
        if section is not None and not has_items and block.kind == "text":
            intro = collapse(f"{section.intro} {block.text}").strip("*_ ")
            self.sections[-1] = replace(section, intro=intro)
            self.say(
                block, Fate.IMPORTED, f"introduction of section {section.number or section.title}"
            )
        else:
            self.say(block, Fate.SKIPPED, "prose")
        self.open, self.noted = [], False

    def trusted(self) -> bool:
        """Tell whether the rules understand the document: they see its works, and read them as the learned reader does."""
        if self.known_trust is not None:
            return self.known_trust
        agreed = sum(agree(self.items[p.item].citation, p.reading, p.year) for p in self.pairs)
        return agreed * 2 >= len(self.pairs) + len(self.missed(SURE_WORK))

    def missed(self, sure: float) -> frozenset[str]:
        """Give the lines that only the learned reader takes for works, and as surely as this."""
        seen = {id(p.reading) for p in self.pairs}
        return frozenset(
            text
            for text, reading in self.readings.items()
            if id(reading) not in seen and reading.sure >= sure and reads_as_work(reading)
        )

    def weigh(self) -> None:
        """Choose between the two readings of each line, and say where they differ."""
        trusted = self.trusted()
        citations = [self.items[p.item].citation for p in self.pairs]
        for pair, citation in zip(self.pairs, citations, strict=True):
            chosen = weigh(citation, pair.reading, pair.year, trusted)
            self.items[pair.item] = replace(self.items[pair.item], citation=chosen.citation)
            said = self.ledger[pair.ledger]
            if chosen.doubt:
                what = f"work: {chosen.citation.title}{chosen.doubt}"
                self.ledger[pair.ledger] = replace(said, fate=Fate.PROBABLE, what=what)

    def result(self) -> Bibliography:
        """Give what was read, without sections that hold nothing and are above nothing."""
        self.flush_heading()
        self.weigh()
        lone = {
            i.note for i in self.items if not i.citation.authors and i.citation.year
        } & lone_families([(i.citation.authors, i.note) for i in self.items])
        self.items = [
            replace(i, citation=replace(i.citation, authors=(i.note,)), note="", note_group=0)
            if i.note in lone and not i.citation.authors
            else i
            for i in self.items
        ]
        self.items = [
            i
            if i.citation.year is not None
            else replace(i, citation=replace(i.citation, year=arxiv_year(i.citation.arxiv)))
            for i in self.items
        ]
        used = {item.section for item in self.items}
        for section in reversed(self.sections):
            if section.above and section.title in used:
                used.add(section.above)
        kept = tuple(s for s in self.sections if (s.number or s.title) in used)
        for section in self.sections:
            if section not in kept:
                parent = any(u.startswith(section.number + ".") for u in used if section.number)
                if not parent:
                    self.ledger.append(
                        LedgerEntry(
                            line=section.line,
                            fate=Fate.SKIPPED,
                            what="section without works",
                            text=section.title,
                        )
                    )
        return Bibliography(
            self.title, kept, tuple(self.items), tuple(sorted(self.ledger, key=lambda e: e.line))
        )


def plain(heading: str) -> str:
    """Give a heading without marks and links."""
    return collapse(without_emoji(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading))).strip(" *_#:")


def title_alone(text: str) -> bool:
    """Tell whether a text has no year behind people: a title in bold rather than a citation."""
    return re.search(r"\b(?:18|19|20)\d\d\b", text) is None


def title_only(content: str) -> bool:
    """Tell whether a text is a work without people: a title in quotes or italics, where it appeared, a year, an address."""
    found = re.match(
        r"(?:[“\"][^”\"\n]{6,200}[”\"]|(?<!\*)[*_][^*_\n]{6,200}[*_])[.,]?\s+(?P<rest>[^\n]{6,250})$",
        content.strip(),
    )
    if found is None or not (LINK.search(content) or "http" in content or "ISBN" in content):
        return False
    citation, note, _ = read_listed(content)
    return citation.year is not None and not note


def address_line(content: str) -> str:
    """Give the address that a line consists of, with or without a label in front: `DOI: 10.1145/1`; nothing for another line."""
    found = re.fullmatch(
        rf"\W{{0,3}}(?:(?:doi|url|links?|pdf|paper|available at|full text|online|access)\b[*_]*\s*:?[*_]*\s*)?(?:{LINK.pattern}|<?(https?://[^\s<>]+|10\.\d{{4,9}}/[^\s<>]+)>?)[.*_]*",
        content.strip(),
        re.IGNORECASE,
    )
    if found is None or (found[1] and not PAPER.fullmatch(found[1].strip("[]() "))):
        return ""
    url = clean_url(found[2] or found[3])
    return (
        url if url.startswith("http") else f"https://doi.org/{url}" if url.startswith("10.") else ""
    )


def is_way_back(content: str) -> bool:
    """Tell whether a text leads to another part of the document and says nothing else: `[Back to top](#top)`."""
    return (
        re.fullmatch(
            r"\W*(?:\[[^\]]*\]\(#[^)]*\)|(?:go )?back to (?:the )?(?:top|contents|index)|to the top)\W*",
            content,
            re.IGNORECASE,
        )
        is not None
    )


def names_something(content: str) -> bool:
    """Tell whether a list item may well be a work that was not understood: it links elsewhere, or has a year."""
    return re.search(r"\]\((?!#)|https?://|\b(?:19|20)\d\d\b", content) is not None


def paragraphs(text: str) -> Sequence[str]:
    """Split text at its empty lines; lines of one paragraph are joined."""
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
        not left.authors
        or not right.authors
        or title_key(left.authors[0]) == title_key(right.authors[0])
    )
