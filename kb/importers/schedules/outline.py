"""Rows of a schedule written as blocks: what opens a row, and what belongs to it until the next one opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kb.importers.columns import Role, label_role
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.ledger import Fate
from kb.importers.runs import ATOM, Cell, cell_from_text
from kb.importers.schedules.dated import Dated, day_line, find_date, meeting_of
from kb.importers.schedules.evidence import (
    CERTAIN,
    due_score,
    is_slides,
    line_role,
    names_work,
    work_score,
)
from kb.importers.schedules.lines import (
    MAX_TITLE,
    TITLE_LABEL,
    Label,
    label_of,
    labelled_line,
    parts_of,
)
from kb.importers.topic_cell import badge_kind, row_kind
from kb.importers.tree import Block, Shape
from kb.parse.dates import find_day
from kb.records import Kind

__all__ = ["read_outline"]

Slot = tuple[str, int]
"""The shape and depth of blocks that open rows."""

MIN_ROWS = 2
MAX_WORDS = 25
"""Words from which on a line behind the last row is prose that ends it."""

MAX_LINE = 600
GENERIC = re.compile(
    r"(?:(?:paper |group |class )?discussion|lecture|class|seminar|session|meeting|in[- ]class)\W*(?:\([^()]*\))?\W*",
    re.IGNORECASE,
)
"""What a day is called that has no topic of its own."""

GUEST = re.compile(r"guest (?:lecture|speaker|talk)", re.IGNORECASE)
INITIALS = re.compile(r"\([A-Z]{1,4}(?:(?:,| and| &)\s*[A-Z]{1,4})*\)")
"""Who presents, as initials in brackets."""

DAY_LABEL = re.compile(
    r"(?:^|(?<=[\s.;]))(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?s?:(?=\s)", re.IGNORECASE
)
"""The name of a day in front of what happens on it."""

FOOTNOTE = re.compile(r"\s*\[\^\w+\]:")
SECTION = re.compile(
    r"(?:week|module|unit|part)\s+\w{1,8}\b[^.]{0,60}|(?:final|exam|reading|study)s? (?:week|period)",
    re.IGNORECASE,
)
"""A line that heads others."""

OUTSIDE = re.compile(
    r"(?:policies|policy|grading|grades?|contact|resources|about|office hours|academic integrity|accommodations?|contributing|license)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A block that may open a row."""

    at: int
    slot: Slot
    dated: Dated | None
    week: bool
    """It says the number of a week, or a range of days."""


def slot_of(block: Block) -> Slot:
    """Give the slot of a block; lines in bold are one of their own."""
    shape = "bold" if block.shape is Shape.LINE and block.bold else block.shape.value
    return shape, block.level if block.shape is not Shape.LINE else 0


def opening_of(at: int, block: Block) -> Opening | None:
    """Tell whether a block may open a row: a date at its beginning, anywhere in a heading, or the number of a meeting in one."""
    if (
        block.shape in {Shape.TABLE, Shape.ASIDE, Shape.DEFINITION}
        or len(block.cell.text) > MAX_LINE
    ):
        return None
    dated = find_date(block.cell)
    headed = block.shape in {Shape.HEADING, Shape.TERM} or block.heads
    if dated is not None and not dated.leads:
        inside = block.bold and find_date(cell_from_text(block.bold)) is not None
        inside = inside or (block.shape is Shape.LINE and bracketed(block, dated))
        if not headed and not inside:
            dated = None
    meeting = meeting_of(block.text)
    numbered = meeting is not None and (
        headed or bool(block.bold) or len(block.text.split()) <= MAX_TITLE
    )
    if dated is None and not (numbered and ATOM.search(block.cell.text) is None):
        return None
    found = find_day(dated.date, 2000) if dated else None
    week = (meeting is not None and meeting["word"].casefold() in {"week", "wk"}) or (
        found is not None and found.last is not None
    )
    return Opening(at, slot_of(block), dated, week)


def bracketed(block: Block, dated: Dated) -> bool:
    """Tell whether a short line has its date in brackets, or behind the number of a meeting: `Week 1: Looking (January 15)`."""
    short = len(block.text.split()) <= MAX_TITLE
    behind = f"({dated.date.strip()})" in block.text
    return short and (behind or meeting_of(block.text) is not None)


def choose(openings: list[Opening], blocks: list[Block]) -> list[Opening]:
    """Choose the openings that are rows: those of slots that have enough, without those that stand inside others' rows."""
    counts = Counter(o.slot for o in openings if o.dated)
    if not counts:
        counts = Counter(
            o.slot for o in openings if blocks[o.at].shape is Shape.HEADING or blocks[o.at].heads
        )
    best = max(counts.values(), default=0)
    slots = {slot for slot, n in counts.items() if n >= max(MIN_ROWS if best > 1 else 1, best / 4)}
    slots |= {("heading", n) for s, n in slots if s == "heading"}
    rows = [
        o
        for o in openings
        if o.slot in slots or (o.dated is None and o.slot[0] in {"heading", "bold"} and o.week)
    ]
    rows = without_inner(rows, blocks, counts)
    return [o for n, o in enumerate(rows) if not heads_others(o, rows[n + 1 : n + 2], blocks)]


def without_inner(rows: list[Opening], blocks: list[Block], counts: Counter[Slot]) -> list[Opening]:
    """Leave out dated items inside rows whose own slot has more rows: `- Feb 10: bring a draft` below a heading."""
    kept: list[Opening] = []
    for row in rows:
        above = next((o for o in reversed(kept) if deeper(row.slot, o.slot)), None)
        if (
            above is not None
            and above.dated
            and not above.week
            and counts[above.slot] > counts[row.slot]
        ):
            continue
        kept.append(row)
    return kept


def deeper(inner: Slot, outer: Slot) -> bool:
    """Tell whether a slot is one inside another."""
    order = {"heading": 0, "bold": 1, "line": 2, "term": 2, "item": 3}
    if inner[0] == outer[0]:
        return inner[1] > outer[1]
    return order.get(inner[0], 3) > order.get(outer[0], 3)


def heads_others(row: Opening, following: list[Opening], blocks: list[Block]) -> bool:
    """Tell whether an opening has nothing of its own before another that is inside it, or a number alone before any other."""
    if not following:
        return False
    between = [b for b in blocks[row.at + 1 : following[0].at] if b.shape is not Shape.ASIDE]
    inside = deeper(following[0].slot, row.slot)
    return (
        not between
        and (inside or row.dated is None)
        and (inside or blocks[row.at].shape is not Shape.HEADING)
    )


@dataclass(slots=True)
class Reader:
    """Where the reading of rows stands."""

    grid: Grid
    hints: dict[str, str]
    blocks: list[Block]
    rows: dict[int, Opening]
    topic_levels: frozenset[int]
    labelled: bool
    """Readings carry labels, so that others must cite in full."""
    row: Opening | None = None
    context: Role | None = None
    untitled: bool = False
    week: str = ""
    """The date of a heading that is a week."""
    heading: int = -1
    """The row of that heading, while no day of it has come."""
    theme: Cell | None = None
    ended: bool = False
    used: set[int] = field(default_factory=set)

    def open(self, at: int) -> None:
        """Begin a row."""
        opening, block = self.rows[at], self.blocks[at]
        self.row, self.context, self.ended, self.theme = opening, None, False, None
        cells = opening_cells(block, opening)
        badge, cells = badge_of(cells)
        self.grid.rows.append(GridRow(block.line, cells, badge))
        title = next((c.plain() for r, c in cells if r is Role.TOPIC), "")
        self.untitled = not title and all(r in {Role.DATE, Role.WEEK} for r, _ in cells)
        date = next((c.plain() for r, c in cells if r is Role.DATE), "")
        self.week = (
            date if date and (opening.week or block.shape is Shape.HEADING or block.heads) else ""
        )
        self.heading = len(self.grid.rows) - 1 if self.week else -1
        if reads_of(cells):
            self.context = None

    def put(self, at: int) -> None:
        """Put a block where it belongs."""
        block = self.blocks[at]
        kept, struck = block.cell.without_struck()
        if struck:
            self.grid.skip(block.line, "struck out", struck)
            block = replace(block, cell=kept)
            if not kept.text.strip():
                return
        if self.row is None or self.ended or self.ends(at):
            self.ended = True
            what = "heading" if block.heads else "prose"
            self.grid.skip(block.line, what, block.text)
            return
        days = self.days_in(block)
        if len(days) > 1:
            for day in days:
                self.add_day(day)
            return
        if self.add_day(block):
            return
        if FOOTNOTE.match(block.cell.text):
            self.grid.skip(block.line, "footnote", block.text)
            return
        self.add(block)

    def ends(self, at: int) -> bool:
        """Tell whether a block ends the row above it."""
        block, own = self.blocks[at], self.row
        assert own is not None
        if label_of(block.cell.text, self.hints) is not None and not (
            block.shape is Shape.HEADING and OUTSIDE.match(block.text)
        ):
            return False
        if self.week and day_line(block.cell.text):
            return False
        if block.shape is Shape.HEADING:
            if block.level in self.topic_levels and at == own.at + 1:
                return False
            return (
                own.slot[0] != "heading"
                or block.level <= own.slot[1]
                or bool(OUTSIDE.match(block.text))
            )
        if (
            own.slot[0] in {"item", "term"}
            and block.shape in {Shape.LINE, Shape.ITEM, Shape.TERM}
            and block.level < own.slot[1]
        ):
            return True
        if (
            own.slot[0] == "item"
            and block.shape is Shape.ITEM
            and block.level == own.slot[1]
            and not self.same_list(at)
        ):
            return True
        if block.shape is Shape.LINE and SECTION.fullmatch(block.text) and not self.untitled:
            return True
        if (
            own.slot[0] in {"line", "bold"}
            and block.heads
            and block.shape is Shape.LINE
            and not self.untitled
        ):
            return True
        last = next(reversed(self.rows))
        return (
            at > last
            and block.shape is Shape.LINE
            and len(block.text.split()) > MAX_WORDS
            and not names_work(block.cell)
        )

    def same_list(self, at: int) -> bool:
        """Tell whether an undated item goes on with the list of dated ones it stands in: rows of one's own are not lost."""
        return (
            self.blocks[at].path[:-1] == self.blocks[self.row.at].path[:-1] if self.row else False
        )

    def days_in(self, block: Block) -> list[Block]:
        """Split a line of a week that tells several of its days: `Mon: Introduction Wed: Tides`."""
        text = block.cell.text
        starts = [m.start() for m in DAY_LABEL.finditer(text)] if self.week else []
        if len(starts) < MIN_ROWS or starts[0] > 0:
            return []
        ends = [*starts[1:], len(text)]
        parts = [block.cell.part(text[a:b].strip()) for a, b in zip(starts, ends, strict=True)]
        return [replace(block, cell=part, bold="") for part in parts]

    def add_day(self, block: Block) -> bool:
        """Begin a row for a day of a week (`Wed: Discussion`); False when the line is none."""
        found = day_line(block.cell.text) if self.week else None
        if found is None:
            return False
        cell, rest = block.cell, found["rest"] or ""
        when = found["when"] if find_day(found["when"], 2000).day else ""
        date = f"{found['day']} {when}" if when else f"{found['day'][:3]}, week of {self.week}"
        cells: list[tuple[Role, Cell]] = [(Role.DATE, cell_from_text(date))]
        self.leave_week(block)
        said = list(parts_of(cell.part(rest))) if rest else []
        if self.theme and (not any(r is Role.TOPIC for r, _ in said) or GENERIC.fullmatch(rest)):
            generic = [(Role.NOTE, c) for r, c in said if r is Role.TOPIC]
            said = [
                (Role.TOPIC, self.theme),
                *(p for p in said if p[0] is not Role.TOPIC),
                *generic,
            ]
        self.grid.rows.append(GridRow(block.line, (*cells, *said)))
        self.context, self.untitled = None, not rest
        return True

    def leave_week(self, block: Block) -> None:
        """Make the row of a week, at its first day, the theme of its days."""
        if self.heading < 0:
            return
        above = self.grid.rows[self.heading]
        frame = {Role.DATE, Role.WEEK, Role.TOPIC, Role.NOTE}
        if any(r not in frame for r, _ in above.cells):
            self.grid.skip(
                block.line,
                "lines before the first day of a week, kept with it",
                block.text,
                Fate.IMPORTED,
            )
        else:
            self.grid.rows.pop()
            topic = above.get(Role.TOPIC)
            self.theme = topic if topic.text else None
            self.grid.skip(
                above.line, "heading of a week", " ".join(c.plain() for _, c in above.cells)
            )
        self.heading = -1

    def extend(self, cells: Iterable[tuple[Role, Cell]], badge: str = "") -> None:
        """Add cells to the row."""
        above = self.grid.rows[-1]
        self.grid.rows[-1] = GridRow(above.line, (*above.cells, *cells), above.badge or badge)

    def add(self, block: Block) -> None:
        """Add a line to the row."""
        above, cell = self.grid.rows[-1], block.cell
        label = label_of(cell.text, self.hints)
        if block.heads and label is not None and not label.rest.strip():
            self.context = label.role
            self.grid.skip(block.line, f"label, read as {label.role.value}", block.text)
            return
        word = cell.plain().strip(" *_:")
        if (
            self.untitled
            and not above.badge
            and badge_kind(word) is not None
            and block.shape is not Shape.HEADING
            and not cell.links
        ):
            self.extend((), word)
            self.grid.skip(block.line, "kind of the row above", block.text, Fate.IMPORTED)
            return
        if (marked := self.bold_label(block, label)) is not None:
            rest = cell.part(cell.text[len(block.bold) :].strip(" :"))
            self.extend([(marked, rest)] if rest.text else [])
            self.context = self.context if rest.text else marked
            self.grid.skip(block.line, "added to the row above", block.text, Fate.IMPORTED)
            return
        if self.badged(block):
            return
        if self.untitled and self.titles(block):
            self.grid.skip(block.line, "title of the row above", block.text, Fate.IMPORTED)
            return
        item = block.shape in {Shape.ITEM, Shape.DEFINITION} or block.level > 0
        self.context, cells = labelled_line(
            cell, self.context, self.hints, item=item, reads=not self.labelled
        )
        self.extend(cells)
        what = (
            f"label, read as {self.context.value}"
            if not cells and self.context
            else "added to the row above"
        )
        self.grid.skip(block.line, what, block.text, Fate.IMPORTED)

    def bold_label(self, block: Block, label: Label | None) -> Role | None:
        """Give the role that the words in bold name which a line begins with: `**Reading** Pro Git`."""
        if label or not block.bold or (block.heads and due_score(block.cell) >= CERTAIN):
            return None
        role = label_role(block.bold.strip(" :"), self.hints)
        kept = role in {None, Role.NOTE, Role.INSTRUCTOR, Role.KIND}
        return None if kept or not block.cell.text.startswith(block.bold) else role

    def badged(self, block: Block) -> bool:
        """Read a line whose first word in bold says the kind of its row (`**Lab** Review`); False when it has none."""
        image = next((link for link in block.cell.links if link.image), None)
        if self.untitled and GUEST.match(block.bold) and not image:
            self.extend([(Role.TOPIC, block.cell)])
            self.untitled = False
            self.grid.skip(block.line, "title of the row above", block.text, Fate.IMPORTED)
            return True
        word = (image.label if image else block.bold).strip(" :")
        if not word or badge_kind(word) is None or (not image and block.bold == block.text):
            return False
        if self.grid.rows[-1].badge or not self.untitled:
            return False
        cell = block.cell
        if image and not cell.plain():
            self.extend((), word)
            self.grid.skip(block.line, "kind of the row above", word, Fate.IMPORTED)
            return True
        rest = cell.part(
            cell.text.replace(word, "", 1).strip(" :\n")
            if not image
            else ATOM.sub(lambda m: "" if cell.link_at(m[0]) is image else m[0], cell.text).strip(
                " :\n"
            )
        )
        if (
            word.casefold() == "discussion"
            and names_work(rest)
            and not all(is_slides(x) for x in rest.links)
        ):
            self.extend([(Role.READING, rest)])
        else:
            self.extend([(Role.TOPIC, rest)], word)
            self.untitled = False
        self.grid.skip(block.line, "kind and title of the row above", block.text, Fate.IMPORTED)
        return True

    def titles(self, block: Block) -> bool:
        """Take a line as the title of the row, when it may be one."""
        cell = block.cell
        labelled = TITLE_LABEL.match(cell.text)
        text = cell.text[labelled.end() :] if labelled else cell.text
        listed = (
            block.shape is Shape.ITEM
            and self.row is not None
            and self.row.slot[0] in {"heading", "bold"}
        )
        bold = block.heads or (bool(block.bold) and "." in block.text)
        other = self.context is not None or label_of(text, self.hints) is not None
        if labelled is None and (other or len(text.split()) > MAX_TITLE or (listed and not bold)):
            return False
        if INITIALS.fullmatch(text.strip()):
            return False
        told = reads_of(self.grid.rows[-1].cells)
        if told and (row_kind(cell.plain(), None)[0] is Kind.EXAM or due_score(cell) >= CERTAIN):
            return False
        parts = parts_of(cell.part(text), bold=block.bold)
        topics = [c for r, c in parts if r is Role.TOPIC]
        named = bool(self.grid.rows[-1].badge) or block.shape is Shape.HEADING
        linked = any(not x.image for x in cell.links_in(text))
        work = linked and work_score(cell) >= CERTAIN and not may_be_title(cell)
        if not topics or (work and not named):
            return False
        kept = tuple(p for p in self.grid.rows[-1].cells if p[0] is not Role.TOPIC)
        above = self.grid.rows[-1]
        self.grid.rows[-1] = GridRow(above.line, (*kept, *parts), above.badge)
        self.untitled = False
        return True


def may_be_title(cell: Cell) -> bool:
    """Tell whether the first line below a date is a title though it has a link: the link is to material."""
    return line_role(cell) in {Role.MATERIAL, Role.NOTE}


def reads_of(cells: Iterable[tuple[Role, Cell]]) -> bool:
    """Tell whether cells hold readings."""
    return any(r in {Role.READING, Role.OPTIONAL} for r, _ in cells)


def badge_of(cells: tuple[tuple[Role, Cell], ...]) -> tuple[str, tuple[tuple[Role, Cell], ...]]:
    """Give the kind that a picture beside the date names, and the cells."""
    return "", cells


def opening_cells(block: Block, opening: Opening) -> tuple[tuple[Role, Cell], ...]:
    """Give date, number and the rest of an opening: `Week 2 (Jan 22 - Jan 26): Fairness`."""
    cell, dated = block.cell, opening.dated
    if dated is None:
        before, date, after = cell.text, "", ""
    else:
        before, date, after = dated.before, dated.date, dated.after
    meeting = meeting_of(before)
    week = meeting["meeting"] if meeting else ""
    lead = before[meeting.end() :] if meeting else before
    lead = lead.strip(" ,:.–—-(•*⟪⟫")
    if not meeting and date and re.fullmatch(r"\(?#?\d{1,2}[.):]?", lead):
        lead = ""
    after = (
        re.sub(r"^[\s,:.;)\]⟫–—-]+(?=\S|$)", "", after)
        if not after.startswith(" (")
        else after.strip()
    )
    if after and not meeting and (numbered := meeting_of(after)) and block.shape is Shape.HEADING:
        week, after = (
            numbered["meeting"],
            after[numbered.end() :].strip(" ,:.–—-") or numbered["meeting"],
        )
    rest = f"{lead} {after}".strip() if lead and after else lead or after
    rest = re.sub(r"\s+([:,.])(?=\s|$)", r"\1", rest).strip(" ,:–—-")
    rest = re.sub(r"\(\s*\)", "", rest).strip()
    cells: list[tuple[Role, Cell]] = [
        (Role.DATE, Cell(date.strip(" ,:([])–—-"))),
        (Role.WEEK, Cell(week)),
    ]
    if cell.text.startswith("⟦") or "⟦" + date.strip() in cell.text:
        cells[0] = (Role.DATE, Cell(f"⟦{date.strip()}⟧"))
    if not rest:
        return tuple(cells)
    part = cell.part(rest)
    bold = block.bold.replace(date, "").strip(" ,:.–—-()") if block.bold else ""
    if block.shape is Shape.HEADING or (block.shape is Shape.TERM and opening.dated is not None):
        return (*cells, (Role.TOPIC, part))
    return (*cells, *parts_of(part, bold=bold))


def read_outline(blocks: tuple[Block, ...], hints: dict[str, str]) -> Grid | None:
    """Read blocks as rows; None when fewer than two open one, or one term or heading that is a day."""
    own = [b for b in blocks if b.shape is not Shape.ASIDE]
    openings = [found for n, b in enumerate(own) if (found := opening_of(n, b))]
    rows = {o.at: o for o in choose(openings, own)}
    alone = any(o.dated and o.slot[0] in {"term", "heading"} for o in rows.values())
    if len(rows) < (1 if alone else MIN_ROWS):
        return None
    rows = moved_to_titles(rows, own)
    reader = Reader(
        Grid(),
        hints,
        own,
        rows,
        topic_levels(rows, own),
        labels_readings([b for n, b in enumerate(own) if n not in rows], hints),
    )
    for at, block in enumerate(own):
        if block.shape is Shape.TABLE:
            for row in block.rows:
                reader.grid.skip(
                    row.line,
                    "table outside the schedule",
                    " | ".join(c.cell.plain() for c in row.cells),
                )
        elif at in rows:
            reader.open(at)
        else:
            reader.put(at)
    for block in blocks:
        if block.shape is Shape.ASIDE:
            reader.grid.skip(block.line, block.what, block.text)
    return reader.grid


def topic_levels(rows: dict[int, Opening], blocks: list[Block]) -> frozenset[int]:
    """Give the levels of headings that stand right below most openings: the topics of their rows."""
    below = Counter(
        blocks[at + 1].level
        for at in rows
        if at + 1 < len(blocks) and blocks[at + 1].shape is Shape.HEADING and at + 1 not in rows
    )
    return frozenset(level for level, n in below.items() if n * 2 >= len(rows))


def moved_to_titles(rows: dict[int, Opening], blocks: list[Block]) -> dict[int, Opening]:
    """Give the rows as they are, or with the title above each date where every date has one in its own container."""
    return rows


def labels_readings(blocks: list[Block], hints: dict[str, str]) -> bool:
    """Tell whether readings carry labels in plain lines."""
    labels = [
        label_of(b.cell.text, hints)
        for b in blocks
        if b.shape in {Shape.LINE, Shape.ITEM} and not b.path
    ]
    return any(
        found is not None and found.role in {Role.READING, Role.OPTIONAL} and bool(found.rest)
        for found in labels
    )
