"""Rows of a schedule in the plain text of a page: one line per row, columns run together.

Where a topic ends and the reading begins can only be told by known titles; a line keeps its rest as topic.
"""

from __future__ import annotations

import re

from kb.importers.columns import Role, label_role
from kb.importers.grid_rows import Grid, GridRow
from kb.importers.ledger import Fate
from kb.importers.line_roles import names_work
from kb.importers.match import WorkIndex
from kb.importers.outline_grid import labelled_line
from kb.importers.runs import ATOM, Cell, cell_from_text, inline
from kb.importers.topic_cell import ATTRIBUTES, badge_kind
from kb.parse.dates import find_day
from kb.text import title_key

__all__ = ["read_plain"]

LINE_DATE = re.compile(
    r"^\W{0,4}(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.|tbd\b)"
    r"(?:\s*[-–—]\s*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?\d{1,2}(?=\s*(?::|\s[-–—]\s))(?!:\d))?(?:,?\s*(?:20\d\d)?)?(?:\s*\((?:mon|tue|wed|thu|fri|sat|sun|m|t|tu|w|th|r|f)[a-z]{0,6}\.?\))?(?:,?\s*\(?\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?\s*[-–]\s*\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?\)?)?[,:]?",
    re.IGNORECASE,
)
"""A date at the beginning of a line, with its time."""

BADGE = re.compile(
    r"^(recitation|lab|lecture|break|midterm|section|exam)\b:?\s+(?!#?\d{1,2}\s*(?:[:–—-]|$))(?=\S)",
    re.IGNORECASE,
)
DELIVERABLE = re.compile(
    r"(?<=\S)\s+((?:[A-Z]\d{1,2}|HW ?\d{1,2}|PS ?\d{1,2}|Homework \d+|Assignment \d+):?\s.+|(?<=\s)Final report)$"
)
AFTER_MATERIALS = re.compile(r"\)\s+(?!and\b|&|\()(?=\S)")
HEADER = re.compile(r"^\W*date\W+topic", re.IGNORECASE)
CHAPTERS = re.compile(r"(?<=\S)\s+(?P<chapters>\d{1,2}(?:,\s?\d{1,2})*)(?:\s+(?=\S)|$)")
"""The numbers of a column of chapters, between topic and reading."""


LABEL = re.compile(
    r"(?:^|(?<=[.;:)\s]))\**(?P<label>(?:required|optional|recommended|suggested|further|additional|assigned)?\s*(?:readings?|papers?|read|due|homework|hw due|assignments?|slides|notes|video|materials?))\**\s*:\**\s*",
    re.IGNORECASE,
)
"""A label inside a line: `Readings:`, `Due:`, `Slides:`."""

READ_BEHIND = re.compile(r"\s+(?:--|–|—|-)\s+(?=(?:please )?(?:read|skim|watch)\s+[“\"A-Z\[h])")
"""`Design -- read Parnas, “On the Criteria”`."""

KRAMDOWN_LABEL = re.compile(r"(?P<word>[^{}\[\]]*?)\{:[^{}]*\blabel\b[^{}]*\}\s*(?P<rest>.*)")
"""`**Lab**{: .label } [Review](#)`, as course sites made with Jekyll write badges."""

SECTION = re.compile(
    r"(?:week|module|unit|part)\s+\w{1,4}\b[^.]{0,60}|(?:final|exam|reading|study)s? (?:week|period)",
    re.IGNORECASE,
)
"""A line that heads others."""

LABELLED_LINE = re.compile(r"(?P<label>[A-Za-z][\w &/'-]{1,40}?)\s*(?:\([^()]*\))?\s*:")
READS = frozenset({Role.READING, Role.OPTIONAL})
MAX_LINE = 600
"""Characters from which on a line is prose."""

MAX_WORDS = 25
"""Words from which on a line behind the last date ends the schedule."""

MAX_DATED = 5000
MIN_APART = 2
"""Dated lines from which on empty lines in front of them say that lines below one belong to it."""

BULLET = re.compile(r"^\s*(?:[-*+:•◦▪●○‣]\s+|\d+[.)]\s+|>\s*)+")
EMPHASIS = re.compile(r"\*\*|__")


def read_plain(text: str, index: WorkIndex) -> Grid:
    """Read lines that begin with a date; lines between two of them go with the row above.

    A line between dates that begins with a label (`Reading:`) adds to the row above. Where nearly every row is one line,
    another short line is a row of its own that shares the date, or the title of a row that has none yet; where rows
    are several lines, it is what it seems to be.
    """
    grid = Grid()
    lines = text.splitlines()
    dated = [n for n, line in enumerate(lines) if date_of(bare(line))]
    first, last = (dated[0], dated[-1]) if dated else (0, -1)
    between = (
        sum(
            1
            for n in range(first, last)
            if n not in set(dated) and bare(lines[n]) and not is_item(lines[n])
        )
        if len(dated) < MAX_DATED
        else 0
    )
    dense = any(HEADER.match(line) for line in lines) or between * 3 <= len(dated)
    apart = len(dated) > MIN_APART and all(not lines[n - 1].strip() for n in dated[1:])
    chapters = any(
        HEADER.match(line) and re.search(r"\bchapters?\b", line, re.IGNORECASE) for line in lines
    )
    labelled_reads = any(is_label(line, READS) for line in lines)
    context: Role | None = None
    ended = False
    for number, line in enumerate(lines):
        content = bare(line)
        if not content:
            continue
        found = date_of(content)
        heading = (
            line.lstrip().startswith("#") or SECTION.fullmatch(content) is not None
        ) and not found
        if found:
            context, ended = None, False
            rest = content[found.end() :].lstrip(" :.,–—-\t").strip()
            grid.rows.append(
                read_line(
                    number + 1,
                    content[: found.end()].rstrip(" :,"),
                    rest,
                    index,
                    one_line=dense,
                    chapters=chapters,
                )
            )
        elif (
            not ended
            and first < number
            and not heading
            and grid.rows
            and (number < last or not dense or LABEL.match(content) or is_item(line))
            and len(content) < MAX_LINE
        ):
            if (
                number > last
                and not dense
                and context is None
                and not is_label(line)
                and len(content.split()) > MAX_WORDS
                and not names_work(inline(content))
            ):
                ended = True
                grid.skip(number + 1, "prose", content)
                continue
            if context in READS and not is_item(line) and lines[number - 1].strip():
                line = f"- {line.strip()}"
            context = add_line(
                grid,
                number + 1,
                line,
                index,
                own_row=dense
                and number < last
                and not is_item(line)
                and not (apart and lines[number - 1].strip()),
                context=context,
                reads=not labelled_reads,
            )
        else:
            ended = ended or (number > last and heading)
            grid.skip(
                number + 1,
                "header" if HEADER.match(content) else "heading" if heading else "prose",
                content,
                Fate.SKIPPED,
            )
    return grid


def is_label(line: str, roles: frozenset[Role] = frozenset(Role)) -> bool:
    """Tell whether a line begins with a label, of one of the roles."""
    found = LABELLED_LINE.match(bare(line))
    return found is not None and label_role(found["label"], {}) in roles


def bare(line: str) -> str:
    """Give a line without bullets, heading marks and emphasis."""
    return EMPHASIS.sub("", BULLET.sub("", line.strip()).lstrip("#").strip()).strip()


def is_item(line: str) -> bool:
    """Tell whether a line is an item of a list."""
    return BULLET.match(line) is not None


def date_of(content: str) -> re.Match[str] | None:
    """Find the date a line begins with."""
    found = LINE_DATE.match(content)
    return found if found and (found.end() < len(content) or find_day(content, 2000).day) else None


def add_line(
    grid: Grid,
    number: int,
    line: str,
    index: WorkIndex,
    own_row: bool,
    context: Role | None,
    reads: bool = True,
) -> Role | None:
    """Put a line without date where it belongs; give the role that its label sets for the lines below."""
    above = grid.rows[-1]
    content = bare(line)
    marked = KRAMDOWN_LABEL.match(content)
    if marked and badge_kind(marked["word"]) is not None:
        above = grid.rows[-1] = GridRow(
            above.line, above.cells, above.badge or marked["word"].strip()
        )
        content = marked["rest"]
    role, cells = (
        (None, ())
        if own_row and not context
        else labelled_line(EMPHASIS.sub("", ATTRIBUTES.sub("", line)), context, {}, reads)
    )
    if (not cells and role is None and LABEL.match(content)) or (
        LABEL.match(content) and len(LABEL.findall(content)) > 1
    ):
        found = labelled(content)
        filled = tuple((r, c) for r, c in found if c.text)
        grid.rows[-1] = GridRow(above.line, (*above.cells, *filled), above.badge)
        grid.skip(number, "added to the row above", content, Fate.IMPORTED)
        return found[-1][0] if not found[-1][1].text else context
    titled = any(r is Role.TOPIC and cell.text for r, cell in above.cells)
    if (
        not titled
        and cells
        and all(r is Role.MATERIAL for r, _ in cells)
        and re.search(r"[A-Za-z]{4}", ATOM.sub("", cells[0][1].text))
    ):
        role, cells = None, tuple((Role.NOTE, cell) for _, cell in cells)
    if (
        (role is not None and not cells)
        or any(r not in {Role.NOTE, Role.EXTRA} for r, _ in cells)
        or (
            cells
            and titled
            and not own_row
            and LABELLED_LINE.match(content)
            and label_role(content.partition(":")[0], {})
        )
    ):
        grid.rows[-1] = GridRow(above.line, (*above.cells, *cells), above.badge)
        grid.skip(number, "added to the row above", content, Fate.IMPORTED)
        return role
    content = ATTRIBUTES.sub(" ", content).strip()
    if not titled and not own_row and not above.badge and badge_kind(content) is not None:
        grid.rows[-1] = GridRow(above.line, above.cells, content)
        grid.skip(number, "kind of the row above", content, Fate.IMPORTED)
        return context
    if not titled:
        fresh = read_line(number, "", content, index, one_line=own_row)
        kept = tuple((r, c) for r, c in above.cells if r is Role.DATE)
        grid.rows[-1] = GridRow(
            above.line,
            (*kept, *(pair for pair in fresh.cells if pair[0] is not Role.DATE)),
            above.badge or fresh.badge,
        )
        grid.skip(number, "title of the row above", content, Fate.IMPORTED)
    elif own_row:
        grid.rows.append(read_line(number, "", content, index))
    else:
        cell = inline(content)
        only_links = cell.links and not re.sub(r"[\ue000-\uf8ff\s,;|/()\[\]·-]", "", cell.text)
        grid.rows[-1] = GridRow(
            above.line,
            (*above.cells, (Role.MATERIAL if only_links else Role.NOTE, cell)),
            above.badge,
        )
        grid.skip(number, "note on the row above", content, Fate.IMPORTED)
    return None if own_row else context


def labelled(content: str) -> list[tuple[Role, Cell]]:
    """Split a line at its labels."""
    found = list(LABEL.finditer(content))
    cells = []
    for label, following in zip(found, [*found[1:], None], strict=True):
        part = content[label.end() : following.start() if following else len(content)].strip(" .;")
        role = label_role(label["label"].strip(), {}) or Role.NOTE
        cells.append((role, inline(part)))
    return cells


def read_line(
    line: int, day: str, rest: str, index: WorkIndex, one_line: bool = True, chapters: bool = False
) -> GridRow:
    """Split a line into badge, topic, reading and deliverable; where rows are several lines, into badge and topic.

    Args:
        chapters: numbers of chapters stand between topic and reading.
    """
    badge = ""
    marked = BADGE.match(rest)
    if (
        marked
        and badge_kind(marked[1]) is not None
        and not re.match(r"break(?:ing)?\s+(?:down|into)", rest, re.IGNORECASE)
        and not re.match(r"midterm exam\b", rest, re.IGNORECASE)
    ):
        badge = marked[1]
        rest = rest[marked.end() :]
    label = LABEL.search(rest)
    if label:
        cells = labelled(rest[label.start() :])
        return GridRow(
            line,
            (
                (Role.DATE, cell_from_text(day)),
                (Role.TOPIC, inline(rest[: label.start()].strip(" .;:-"))),
                *cells,
            ),
            badge,
        )
    told = READ_BEHIND.search(rest)
    if told:
        due = re.search(
            r"\s*;\s*(?=(?:hw|ps|lab|homework|assignment|project)\s*#?\d*\s+due\b)",
            rest[told.end() :],
            re.IGNORECASE,
        )
        reading, homework = (
            (rest[told.end() : told.end() + due.start()], rest[told.end() + due.end() :])
            if due
            else (rest[told.end() :], "")
        )
        return GridRow(
            line,
            (
                (Role.DATE, cell_from_text(day)),
                (Role.TOPIC, inline(rest[: told.start()])),
                (Role.READING, inline(reading)),
                (Role.DELIVERABLE, inline(homework)),
            ),
            badge,
        )
    if not one_line:
        return GridRow(line, ((Role.DATE, cell_from_text(day)), (Role.TOPIC, inline(rest))), badge)
    deliverable = ""
    due = DELIVERABLE.search(rest)
    if due:
        deliverable = due[1]
        rest = rest[: due.start()]
    numbers = CHAPTERS.search(rest) if chapters else None
    if numbers:
        parts = (
            (Role.DATE, day),
            (Role.TOPIC, rest[: numbers.start()]),
            (Role.CHAPTER, numbers["chapters"]),
            (Role.READING, rest[numbers.end() :]),
            (Role.DELIVERABLE, deliverable),
        )
        return GridRow(line, tuple((role, inline(part)) for role, part in parts), badge)
    topic, reading = split_reading(rest, index) if "](" not in rest else (rest, "")
    cells = [
        (Role.DATE, cell_from_text(day)),
        (Role.TOPIC, inline(topic)),
        (Role.READING, inline(reading)),
        (Role.DELIVERABLE, inline(deliverable)),
    ]
    return GridRow(line, tuple(cells), badge)


def split_reading(text: str, index: WorkIndex) -> tuple[str, str]:
    """Find where the reading begins: at a known title, else behind the bracket of the materials."""
    placeholder = re.search(r"\s+[-–—]$", text)
    if placeholder:
        text = text[: placeholder.start()]
    words = list(re.finditer(r"\S+", text))
    titles = index.starts
    for position, word in enumerate(words):
        if position == 0:
            continue
        tail = title_key(text[word.start() :])
        if any(
            tail == t or tail.startswith(t + " ")
            for t in titles.get(tail.split(" ")[0] if tail else "", ())
        ):
            head = text[: word.start()].rstrip()
            if not re.search(r"\b(?:and|or|&|,)$", head):
                return re.sub(r"\s+either$", "", head), text[
                    word.start() if not head.endswith(" either") else len(head) - 6 :
                ]
    found = None
    for match in AFTER_MATERIALS.finditer(text):
        found = match
    if found:
        return text[: found.start() + 1], text[found.end() :]
    return text, ""
