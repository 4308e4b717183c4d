"""Schedules written as an outline: headings with a date or a week, and labelled lists below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.importers.bibliography_blocks import html_blocks
from kb.importers.columns import Role, label_role
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.ledger import Fate
from kb.importers.line_roles import BULLET, line_role, without_bullet
from kb.importers.reading_text import LECTURE_MATERIAL
from kb.importers.runs import Cell, cell_from_text, inline
from kb.importers.topic_cell import badge_kind
from kb.parse.dates import find_day

__all__ = ["DATE", "labelled_line", "read_outline", "read_outline_html"]

HEADING = re.compile(
    r"\s*(?P<marks>#{1,6})\s+(?P<text>.*?)\s*#*\s*|\s*\*\*(?P<bold>[^*]+)\*\*:?\s*"
)
MEETING = re.compile(
    r"(?:week|lecture|lec|session|class|meeting|seminar|day)\s*#?\d{1,2}\b", re.IGNORECASE
)
DATE = re.compile(
    r"[\s,:([–—-]*(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?|\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|(?<!\d)\d{1,2}/\d{1,2}(?:/\d{2,4})?|(?<!\d)\d{4}-\d\d-\d\d)"
    r"(?:,?\s*20\d\d)?(?:\s*\(?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\)?(?=[\s,:–—-]|$))?(?:\s*(?:-|–|—|to)\s*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?(?:\d{1,2}/)?\d{1,2}|\s*(?:,|&|/|and)\s*(?:\d{1,2}/)?\d{1,2}(?=[\s\])*]*(?:[:–—-]|$)))?[\s\])]*",
    re.IGNORECASE,
)
"""A date anywhere in a heading, its brackets included."""

LABEL = re.compile(
    r"\s*[*_]*(?P<label>[A-Za-z][\w &/()'-]{1,40}?)[*_]*\s*:[*_]*\s*(?P<rest>.*)", re.DOTALL
)
MIN_HEADINGS = 2
BOLD = 7
"""The level of a line in bold that stands for a heading."""

MAX_TITLE = 15
"""Words a line may have that is the title of a row whose heading says only when."""

DAY_LINE = re.compile(
    r"\W{0,8}(?P<day>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?[*_]*(?P<when>[^:–—\n]{0,24}?)[*_)]*\s*(?:(?:[:–—]|\s-\s)\s*[*_]*\s*(?P<rest>\S.*)?|$)",
    re.IGNORECASE,
)
"""`**Wed:** Discussion`, `- Thursday (1/16): Lab`, `#### Monday`."""

TOPIC_LABEL = re.compile(
    r"\s*[*_]*(?:topics?|titles?|themes?)[*_]*\s*:[*_]*\s*(?=\S)", re.IGNORECASE
)
MEETING_LINE = re.compile(
    r"(?:[-*+]\s+)?(?P<bold>\*\*)?(?P<meeting>(?:week|session|class|meeting|unit|module)\s*#?\d{1,2}\b(?:\s*\([^()*]*\))?)(?(bold)[^*]*\*\*)\s*[:–—-]?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
"""`**Week 2 (1/20)** - no class on Monday`, `- Week 1 (Jan 18)`: a line that is a heading without being marked as one."""

BARE_LABEL = re.compile(
    r"(?:required|optional|recommended|suggested|further|additional|supplementary|background)?\s*(?:readings?|papers?)?",
    re.IGNORECASE,
)
"""A label without colon."""

CHOOSE = re.compile(
    r"\W*(?:please )?(?:read|choose|pick|select)\s+(?:at least |any )?(?:one|two|three|1|2|3)\b",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\s*\[\^\w+\]:")
CITATION = re.compile(
    r"[A-Z][\w’'-]+(?:(?:, | and | & )[A-Z][\w’'-]+)*(?: et al\.?)?,\s*[“\"][^“”\"]{3,200}[”\"]\W*|[^:?!]{2,60}?,?\s(?:ch|chs|chap|chapters?|pp|§)\.?\s*\d[\d.,\s–&-]*",
    re.IGNORECASE,
)
"""`Wickham, “Tidy Data”`, `ISLR ch. 3.1-3.2`: a line that is nothing but a work."""

GENERIC = re.compile(
    r"(?:(?:paper |group |class )?discussion|lecture|class|seminar|session|meeting|in[- ]class)\W*(?:\([^()]*\))?\W*",
    re.IGNORECASE,
)
"""What a day is called that has no topic of its own."""

INSTRUCTION = re.compile(
    r"(?:skip|focus on|you (?:may|can|should|do)|ignore|think about|consider|come prepared|be (?:ready|prepared)|no need|please (?!read)|bring|post|submit)\b",
    re.IGNORECASE,
)
"""What one is to do with a reading, or besides."""


def read_outline(text: str, columns: dict[str, str]) -> Grid | None:
    """Read headings as rows; None when fewer than two tell when, or when dated lines below them are the rows."""
    lines = text.splitlines()
    headings = {n: h for n, line in enumerate(lines) if (h := heading_of(line))}
    dated = {
        n for n, (_, words) in headings.items() if DATE.search(words) and find_day(words, 2000).day
    }
    numbered = {n for n, (_, words) in headings.items() if MEETING.match(words)}
    rows = dated | numbered if len(dated | numbered) >= MIN_HEADINGS else set()
    below = sum(
        1
        for n, line in enumerate(lines)
        if n not in headings
        and (m := DATE.match(without_bullet(line).strip(" *_")))
        and m[0].strip(" ,:([–—-")
    )
    if not rows or below > len(rows) // 2:
        return None
    rows -= {n for n in rows if heads_others(n, rows, headings, lines)}
    levels = {headings[n][0] for n in rows}
    grid = Grid()
    state = Outline(grid, columns)
    wrapped = wrapped_lines(lines, headings, columns)
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if number in rows:
            state.open(number + 1, headings[number][1])
        elif number in wrapped:
            grid.skip(number + 1, "goes on from the line above", line, Fate.IMPORTED)
        elif (
            number in headings
            and headings[number][0] <= max(levels)
            and headings[number][0] < BOLD
            and label_of(headings[number][1], columns) is None
        ):
            grid.skip(number + 1, "heading", line)
            state.inside = False
        elif not state.inside:
            grid.skip(number + 1, "prose", line)
        else:
            state.add(
                number + 1,
                line,
                " ".join(
                    [
                        line.rstrip(),
                        *(lines[n].strip() for n, first in wrapped.items() if first == number),
                    ]
                ),
                headings.get(number),
            )
    return grid


def may_be_title(cell: Cell, badged: bool) -> bool:
    """Tell whether the first line below a date may be what the row is about; a link may where the kind of the row stands above it."""
    linked = [
        link
        for link in cell.links_in(cell.text)
        if not link.image and LECTURE_MATERIAL.fullmatch(link.label) is None
    ]
    role = line_role(cell)
    return role is Role.NOTE or (
        bool(linked) and (role is Role.MATERIAL or (badged and role is Role.READING))
    )


def heads_others(
    number: int, rows: set[int], headings: dict[int, tuple[int, str]], lines: list[str]
) -> bool:
    """Tell whether a heading (`Week 1`) has nothing of its own but deeper headings that are rows."""
    following = min((n for n in rows if n > number), default=-1)
    return (
        following > 0
        and headings[following][0] > headings[number][0]
        and not any(line.strip() for line in lines[number + 1 : following])
    )


def wrapped_lines(
    lines: list[str], headings: dict[int, tuple[int, str]], columns: dict[str, str]
) -> dict[int, int]:
    """Give the lines that go on with the item above them, and the line where that begins."""
    found: dict[int, int] = {}
    for number in range(1, len(lines)):
        line, first = lines[number], found.get(number - 1, number - 1)
        if (
            number in headings
            or first in headings
            or not line[:1].isspace()
            or not line.strip()
            or BULLET.match(line)
            or not BULLET.match(lines[first])
        ):
            continue
        label = LABEL.fullmatch(line)
        if not label or label_role(label["label"], columns) is None:
            found[number] = first
    return found


@dataclass(slots=True)
class Outline:
    """Where the reader of an outline stands: its rows so far, what the last label said, and the week it is in."""

    grid: Grid
    columns: dict[str, str]
    context: Role | None = None
    inside: bool = False
    untitled: bool = False
    week: str = ""
    """The date of a heading that is a week."""
    heading: int = -1
    """The row of that heading, while no day of it has come."""
    theme: Cell | None = None
    """The topic of that heading."""

    def open(self, line: int, words: str) -> None:
        """Begin a row."""
        cells = heading_cells(words)
        self.grid.rows.append(GridRow(line, cells))
        date, week, title = (cell.plain() for _, cell in cells)
        self.untitled = title in {week, ""}
        self.week, self.heading = (date, len(self.grid.rows) - 1) if date else ("", -1)
        self.context, self.inside, self.theme = None, True, None

    def add(self, number: int, line: str, whole: str, heading: tuple[int, str] | None) -> None:
        """Put a line below a row where it belongs.

        Args:
            line: as it stands in the input.
            whole: with the lines that go on from it.
        """
        if self.add_day(number, whole):
            return
        if FOOTNOTE.match(line):
            self.grid.skip(number, "footnote", line)
            return
        above = self.grid.rows[-1]
        role = label_of(heading[1], self.columns) if heading else None
        if heading and role:
            self.context = role
            self.grid.skip(number, f"label, read as {role.value}", line)
            return
        word = without_bullet(whole).strip(" *_:")
        if self.untitled and not above.badge and badge_kind(word) is not None:
            self.grid.rows[-1] = GridRow(above.line, above.cells, word)
            self.grid.skip(number, "kind of the row above", line, Fate.IMPORTED)
            return
        topic = TOPIC_LABEL.match(without_bullet(whole))
        title = (
            without_bullet(whole)[topic.end() :]
            if topic
            else heading[1]
            if heading
            else whole.strip()
        )
        if self.untitled and (
            topic
            or (
                self.context is None
                and not BULLET.match(whole)
                and not LABEL.fullmatch(whole)
                and len(title.split()) <= MAX_TITLE
                and may_be_title(inline(title), bool(above.badge))
            )
        ):
            self.grid.rows[-1] = GridRow(
                above.line,
                (
                    *(pair for pair in above.cells if pair[0] is not Role.TOPIC),
                    (Role.TOPIC, inline(title)),
                ),
                above.badge,
            )
            self.untitled = False
            self.grid.skip(number, "title of the row above", line, Fate.IMPORTED)
            return
        self.context, cells = labelled_line(whole, self.context, self.columns)
        self.grid.rows[-1] = GridRow(above.line, (*above.cells, *cells), above.badge)
        self.grid.skip(
            number,
            f"label, read as {self.context.value}"
            if not cells and self.context
            else "added to the row above",
            line,
            Fate.IMPORTED,
        )

    def add_day(self, number: int, line: str) -> bool:
        """Begin a row for a day of the week (`**Wed:** Discussion`); False when the line is none."""
        found = DAY_LINE.fullmatch(line)
        if (
            found is None
            or not self.week
            or (found["when"].strip(" *_,(") and not find_day(found["when"], 2000).day)
        ):
            return False
        rest = found["rest"] or ""
        cells: list[tuple[Role, Cell]] = [
            (
                Role.DATE,
                cell_from_text(
                    f"{found['day']} {found['when']}"
                    if find_day(found["when"], 2000).day
                    else f"{found['day'][:3]}, week of {self.week}"
                ),
            )
        ]
        if self.heading >= 0:
            above = self.grid.rows[self.heading]
            title = above.get(Role.TOPIC).plain()
            own = [
                pair for pair in above.cells if pair[0] not in {Role.DATE, Role.WEEK, Role.TOPIC}
            ]
            if own:
                self.grid.skip(
                    number,
                    "lines before the first day of a week, kept with it",
                    line,
                    Fate.IMPORTED,
                )
            else:
                self.grid.rows.pop()
                self.theme = above.get(Role.TOPIC) if not self.untitled else None
                self.grid.skip(above.line, "heading of a week", title)
            self.heading = -1
        role, labelled = labelled_line(rest, None, self.columns) if rest else (None, ())
        said = (
            [(Role.TOPIC, inline(rest))]
            if all(r in {Role.NOTE, Role.MATERIAL} for r, _ in labelled)
            and not LABEL.fullmatch(rest)
            else list(labelled)
        )
        if re.match(r"guest\b", rest, re.IGNORECASE) or (
            said and not any(r is Role.READING for r, _ in said) and CITATION.fullmatch(rest)
        ):
            said = [(Role.READING if CITATION.fullmatch(rest) else Role.TOPIC, inline(rest))]
        if self.theme and GENERIC.fullmatch(rest):
            said = [(Role.TOPIC, self.theme), (Role.NOTE, inline(rest))]
        self.grid.rows.append(GridRow(number, (*cells, *said)))
        self.context, self.untitled = role, not rest
        return True


def read_outline_html(text: str, columns: dict[str, str]) -> Grid | None:
    """Read headings of an HTML page as rows, its blocks written as Markdown; None as in `read_outline`."""
    lines: list[str] = []
    origin: list[int] = []
    for block in html_blocks(text):
        mark = "- " if block.kind == "list" else ""
        for line in block.text.split("\n"):
            lines.append(f"{' ' * min(block.indent, 40)}{mark}{line}")
            origin.append(block.line)
    found = read_outline("\n".join(lines), columns)
    if found is None:
        return None
    found.rows = [GridRow(origin[r.line - 1], r.cells, r.badge) for r in found.rows]
    found.ledger = [replace(e, line=origin[e.line - 1]) for e in found.ledger]
    return found


def heading_of(line: str) -> tuple[int, str] | None:
    """Give level and text of a heading; a line in bold is one of the lowest level."""
    found = HEADING.fullmatch(line)
    named = MEETING_LINE.fullmatch(line) if found is None else None
    if named and len(named["rest"].split()) <= MAX_TITLE and "](" not in named["rest"]:
        return BOLD, f"{named['meeting']} {named['rest']}".strip(" *_:–—-").replace("**", "")
    return (
        (
            len(found["marks"]) if found["marks"] else 7,
            (found["text"] or found["bold"] or "").strip(" *_"),
        )
        if found
        else None
    )


def label_of(words: str, columns: dict[str, str]) -> Role | None:
    """Give the role a heading such as `Readings` names for what stands below it."""
    return label_role(words.strip(" :"), columns) if len(words.split()) <= 4 else None


def heading_cells(words: str) -> tuple[tuple[Role, Cell], ...]:
    """Give date and topic of a heading: `Week 2 (Jan 22 - Jan 26): Fairness`."""
    found = DATE.search(words)
    date = found[0].strip(" ,:([])–—-") if found and find_day(found[0], 2000).day else ""
    rest = f"{words[: found.start()]} {words[found.end() :]}".strip() if found and date else words
    rest = re.sub(r"\s+([:,])", r"\1", rest).strip(" ,:–—-")
    rest = re.sub(r"^\(?\d{1,2}[.):]?\s*[–—:-]\s*(?=\S)", "", rest) if date else rest
    meeting = MEETING.match(rest)
    title = (
        rest[meeting.end() :].strip(" ,:.–—-")
        if meeting and rest[meeting.end() :].strip(" ,:.–—-")
        else rest
    )
    return (
        (Role.DATE, cell_from_text(date)),
        (Role.WEEK, cell_from_text(meeting[0] if meeting else "")),
        (Role.TOPIC, inline(title)),
    )


def labelled_line(
    line: str, context: Role | None, columns: dict[str, str], reads: bool = True
) -> tuple[Role | None, tuple[tuple[Role, Cell], ...]]:
    """Read a line below a row: its label (`Reading: ...`), else as what the label above it says, else as what it seems to be.

    Args:
        reads: a line without label that names a work is a reading.

    Returns:
        The role that holds for the lines below, and the cells.
    """
    content = without_bullet(line).strip()
    item = BULLET.match(line) is not None or line[:1].isspace()
    found = LABEL.fullmatch(content)
    if CHOOSE.match(content):
        return Role.READING, ((Role.READING, inline(content)),)
    said, _, remark = found["label"].partition("(") if found else ("", "", "")
    role = label_role(said.strip(), columns) if found else None
    bare = content.strip(" *_:")
    if (
        role is None
        and (content.rstrip(" *_").endswith(":") or BARE_LABEL.fullmatch(bare))
        and len(bare.split()) <= 4
    ):
        role, found = label_role(bare, columns), None
        if role:
            return role, ()
    if found and role:
        rest, kept = (
            found["rest"].removesuffix("**") if found["rest"].count("**") % 2 else found["rest"],
            role in {Role.INSTRUCTOR, Role.NOTE, Role.KIND, Role.IGNORED},
        )
        chosen = ((role, inline(f"{remark.strip(' )')}:")),) if CHOOSE.match(remark) else ()
        if not rest.strip(" *_"):
            return role, chosen
        if kept and role is Role.INSTRUCTOR:
            return context, (*chosen, (role, inline(content)))
        kept = kept or (
            role is Role.DELIVERABLE and re.search(r"\d|\b(?:out|released)\b", said) is not None
        )
        return (context if item else role), (*chosen, (role, inline(content if kept else rest)))
    cell = inline(content)
    guess = line_role(cell, reads or context in {Role.READING, Role.OPTIONAL})
    if (
        content
        and context is not None
        and (item or guess is Role.READING)
        and not (
            context in {Role.READING, Role.OPTIONAL}
            and (guess in {Role.DELIVERABLE, Role.MATERIAL} or INSTRUCTION.match(content))
        )
    ):
        return context, ((context, cell),)
    return (context if item else None), ((guess, cell),)
