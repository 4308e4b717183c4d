"""Rows of a schedule, whatever it was written in: Markdown table, HTML table, HTML cards, plain text.

Only the shape is read here; what a cell means is for `rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kb.importers.columns import Role, header_roles, label_role
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.runs import Cell, Link, cell_from_html, cell_from_text
from kb.parse.dates import find_day

__all__ = ["Grid", "GridRow", "read_html", "read_markdown"]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its cells by role, and those beyond the header."""

    line: int
    cells: tuple[tuple[Role, Cell], ...]
    badge: str = ""
    """`lecture`, `lab`, ... where the shape says so (a card's tag)."""

    def get(self, role: Role) -> Cell:
        """Give the cell of a role; cells of one role are joined, an absent one is empty."""
        found = [cell for own, cell in self.cells if own is role]
        return found[0] if len(found) == 1 else join(found)


def join(cells: list[Cell]) -> Cell:
    """Join cells, their links renumbered."""
    text = ""
    links: list[Link] = []
    for cell in cells:
        shift = len(links)
        moved = re.sub("[\ue000-\uf8ff]", lambda m, by=shift: chr(ord(m[0]) + by), cell.text)  # type: ignore[misc]
        text = f"{text}\n{moved}" if text and moved else text or moved
        links.extend(cell.links)
    return Cell(text, tuple(links))


@dataclass(slots=True)
class Grid:
    """The rows of a document and what became of the rest of it."""

    rows: list[GridRow] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)
    headers: tuple[str, ...] = ()

    def skip(self, line: int, what: str, text: str, fate: Fate = Fate.SKIPPED) -> None:
        """Note a block that is no row."""
        self.ledger.append(LedgerEntry(line=line, fate=fate, what=what, text=text[:120]))


def read_markdown(text: str, columns: dict[str, str]) -> Grid:
    """Read the tables of a Markdown document; other blocks are noted as skipped."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = parser.parse(widened(text))
    for token in tokens:
        if token.map and token.type in {"tr_open", "paragraph_open", "heading_open", "list_item_open", "table_open", "fence", "code_block", "html_block"}:
            token.attrSet("data-line", str(token.map[0] + 1))
    return read_html(parser.renderer.render(tokens, parser.options, {}), columns)


def widened(text: str) -> str:
    """Give the text with headers of tables as wide as their widest row; Markdown drops cells beyond the header."""
    lines = text.splitlines()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and "|" in lines[end]:
            end += 1
        if end - start >= 2 and re.fullmatch(r"[\s|:-]*-[\s|:-]*", lines[start + 1]):
            widths = [len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) + 1 for line in lines[start:end]]
            missing = max(widths) - widths[0]
            if missing > 0:
                lines[start] = lines[start].rstrip().removesuffix("|") + " | " * missing + " |"
                lines[start + 1] = lines[start + 1].rstrip().removesuffix("|") + "| - " * (max(widths) - widths[1]) + "|"
        start = max(end, start + 1)
    return "\n".join(lines) + "\n"


def line_of(tag: Any) -> int:
    """Give the line of an element in the input."""
    marked = tag.get("data-line") or next((p.get("data-line") for p in tag.parents if p.get("data-line")), None)
    return int(marked) if marked else int(tag.sourceline or 1)


def read_html(text: str, columns: dict[str, str]) -> Grid:
    """Read the schedule of an HTML page: tables with a date column, else repeated blocks that begin with a date.

    Args:
        columns: hints, header text to role name.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    grid = Grid()
    used: list[Any] = []
    for table in soup.find_all("table"):
        if table.find("table") is not None:
            continue
        used.append(table)
        read_table(table, grid, columns)
    if not grid.rows:
        read_blocks(soup, grid, columns, used)
    note_rest(soup, grid, used)
    return grid


def read_table(table: Any, grid: Grid, columns: dict[str, str]) -> None:
    """Add the rows of a table whose header, or whose first column, tells what its columns are."""
    rows = [tr for tr in table.find_all("tr")]
    if not rows:
        return
    header = rows[0].find_all(["th", "td"])
    names = tuple(cell_from_html(c).plain() for c in header)
    roles = header_roles(names, columns)
    body = rows[1:]
    if Role.DATE not in roles and Role.WEEK not in roles:
        roles = roles_from_content(rows)
        body = rows
    if not roles:
        grid.skip(line_of(table), "table without dates", " | ".join(names))
        return
    grid.headers = names
    if body is not rows:
        grid.skip(line_of(rows[0]), f"header, read as {', '.join(r.value for r in roles)}", " | ".join(names))
    spans: dict[int, tuple[int, Cell]] = {}
    for tr in body:
        cells = tr.find_all(["td", "th"], recursive=False) or tr.find_all(["td", "th"])
        placed = place_cells(cells, spans)
        if len(cells) == 1 and len(roles) > 2 and not find_day(placed[0].plain() if placed else "", 2000).day:
            grid.skip(line_of(tr), "heading row", placed[0].plain() if placed else "")
            continue
        if not any(c.text or c.links for c in placed):
            grid.skip(line_of(tr), "empty row", "")
            continue
        if tuple(c.plain() for c in placed)[: len(names)] == names or all(re.fullmatch(r"[-: ]*", c.plain()) and not c.links for c in placed):
            grid.skip(line_of(tr), "rule or repeated header", " | ".join(c.plain() for c in placed))
            continue
        extra = [Role.EXTRA] * max(0, len(placed) - len(roles))
        grid.rows.append(GridRow(line_of(tr), tuple(zip([*roles, *extra], placed, strict=False))))


def place_cells(cells: Iterable[Any], spans: dict[int, tuple[int, Cell]]) -> list[Cell]:
    """Put cells into columns, those that span rows repeated only in the date column."""
    placed: list[Cell] = []
    for cell in cells:
        while len(placed) in spans and spans[len(placed)][0] > 0:
            left, above = spans[len(placed)]
            spans[len(placed)] = (left - 1, above)
            placed.append(above if len(placed) == 0 else Cell(""))
        content = cell_from_html(cell)
        height = str(cell.get("rowspan") or "1")
        if height.isdigit() and int(height) > 1:
            spans[len(placed)] = (min(int(height), 100) - 1, content)
        width = str(cell.get("colspan") or "1")
        placed.append(content)
        placed.extend(Cell("") for _ in range(min(int(width), 20) - 1 if width.isdigit() else 0))
    return placed


def roles_from_content(rows: list[Any]) -> tuple[Role, ...]:
    """Guess the columns of a table without usable header: the first column that holds dates, then topic, reading, due."""
    samples = [[cell_from_html(c).plain() for c in tr.find_all(["td", "th"])] for tr in rows[:12]]
    width = max((len(s) for s in samples), default=0)
    for column in range(min(width, 3)):
        dates = sum(1 for s in samples if len(s) > column and find_day(s[column], 2000).day)
        if dates >= max(2, len(samples) // 2):
            tail = (Role.TOPIC, Role.READING, Role.DELIVERABLE)
            return (*(Role.EXTRA for _ in range(column)), Role.DATE, *tail[: max(0, width - column - 1)])
    return ()


def read_blocks(soup: Any, grid: Grid, columns: dict[str, str], used: list[Any]) -> None:
    """Add repeated blocks (cards, definition lists, list items) whose first line is a date."""
    leaves = [t for t in soup.find_all(["p", "h2", "h3", "h4", "h5", "div", "span", "dt", "li", "td", "time", "strong", "b"]) if starts_with_date(t)]
    cards: list[Any] = []
    for leaf in leaves:
        card = leaf
        while card.parent is not None and card.parent.name not in {"body", "html", "[document]", "main"}:
            if sum(1 for other in leaves if other is not leaf and card.parent in other.parents and leaf not in other.parents) > 0:
                break
            card = card.parent
        if card not in cards and not any(c in card.parents for c in cards):
            cards.append(card)
    if len(cards) < 3:
        return
    for card in cards:
        used.append(card)
        row = read_card(card, columns)
        grid.rows.append(row)


def starts_with_date(tag: Any) -> bool:
    """Tell whether a small element is little more than a date."""
    text = tag.get_text(" ", strip=True)
    if not 3 <= len(text) <= 60:
        return False
    found = find_day(text, 2000)
    return found.day is not None and len(found.rest) <= 3


def read_card(card: Any, columns: dict[str, str]) -> GridRow:
    """Read a block: its date, its title, then lines that begin with a label (`Required reading:`)."""
    cells: list[tuple[Role, Cell]] = []
    badge = ""
    blocks = [t for t in card.find_all(["p", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt"]) if not t.find(["p", "li", "dd"])] or [card]
    for block in blocks:
        tag = block.find("span", class_=re.compile(r"\b(tag|badge|label)\b"))
        if tag is not None:
            word = tag.get_text(" ", strip=True).casefold()
            tagged = label_role(word, columns)
            tag.extract()
            if tagged is not None:
                cells.append((tagged, cell_from_html(block)))
                continue
            badge = badge or word
        strong = block.find(["strong", "b"])
        cell = cell_from_html(block)
        label = strong.get_text(" ", strip=True).rstrip(":") if strong is not None and cell.plain().startswith(strong.get_text(" ", strip=True)) else ""
        role = label_role(label, columns) if label else None
        if role is not None and strong is not None:
            strong.extract()
            cell = cell_from_html(block)
            cells.append((role, Cell(cell.text.lstrip(" :\n"), cell.links)))
        elif Role.DATE not in [r for r, _ in cells] and find_day(cell.plain(), 2000).day:
            cells.append((Role.DATE, cell))
        elif Role.TOPIC not in [r for r, _ in cells] and cell.text:
            cells.append((Role.TOPIC, cell))
        elif cell.text:
            cells.append((Role.EXTRA, cell))
    videos = [Link("video", str(f["src"])) for f in card.find_all("iframe") if f.get("src")]
    if videos:
        cells.append((Role.MATERIAL, Cell(" ".join(chr(0xE000 + n) for n in range(len(videos))), tuple(videos))))
    return GridRow(line_of(card), tuple(cells), badge)


def note_rest(soup: Any, grid: Grid, used: list[Any]) -> None:
    """Note the paragraphs, headings and list items that are in no row."""
    for tag in soup.find_all(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre"]):
        if any(u is tag or u in tag.parents or tag in u.parents for u in used) or tag.find(["p", "li"]):
            continue
        content = tag.get_text(" ", strip=True)
        if content:
            grid.skip(line_of(tag), "heading" if tag.name.startswith("h") else "prose", content)


def plain_rows(text: str) -> Iterator[tuple[int, Cell]]:
    """Give the lines of a plain text with their numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        yield number, cell_from_text(line)
