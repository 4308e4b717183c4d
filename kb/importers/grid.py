"""Rows of schedules in Markdown and HTML: tables first, else what repeats and begins with a date.

Only the shape is read here; what a cell means is for `rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kb.importers.columns import Role, header_roles
from kb.importers.grid_blocks import (
    WEEKDAY_HEADER,
    read_blocks,
    read_calendar,
    read_definitions,
    split_date,
)
from kb.importers.grid_rows import Grid, GridRow, line_of
from kb.importers.html_tree import parse_html
from kb.importers.ledger import Fate
from kb.importers.line_roles import is_slides
from kb.importers.outline_grid import DATE, read_outline_html
from kb.importers.reading_text import is_material
from kb.importers.runs import ATOM, Cell, cell_from_html
from kb.importers.topic_cell import is_title_of_row
from kb.parse.dates import find_day

__all__ = ["read_html", "read_markdown"]

MEETING = re.compile(
    r"(?:labs?|recitations?|(?:discussion )?sections?|tutorials?)(?: ?/ ?\w+)?", re.IGNORECASE
)
"""Headers of columns for meetings beside the lectures."""


def read_markdown(text: str, columns: dict[str, str]) -> Grid:
    """Read the tables of a Markdown document; other blocks are noted as skipped."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(widened(text))
    for token in tokens:
        if token.map and token.type in {
            "tr_open",
            "paragraph_open",
            "heading_open",
            "list_item_open",
            "table_open",
            "fence",
            "code_block",
            "html_block",
        }:
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
            lines[start + 1] = (
                f"|{re.sub(r'-+', '---', lines[start + 1]).strip().strip('|')}|"
                if not lines[start + 1].lstrip().startswith("|")
                else lines[start + 1]
            )
            widths = [
                len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) + 1
                for line in lines[start:end]
            ]
            missing = max(widths) - widths[0]
            if missing > 0:
                lines[start] = lines[start].rstrip().removesuffix("|") + " | " * missing + " |"
                lines[start + 1] = (
                    lines[start + 1].rstrip().removesuffix("|")
                    + "| - " * (max(widths) - widths[1])
                    + "|"
                )
        start = max(end, start + 1)
    return "\n".join(lines) + "\n"


def read_html(text: str, columns: dict[str, str]) -> Grid:
    """Read the schedule of an HTML page: tables with a date column, else repeated blocks that begin with a date.

    Args:
        columns: hints, header text to role name.
    """
    soup = parse_html(text)
    grid = Grid()
    used: list[Any] = []
    for struck in soup.find_all(["s", "del", "strike"]):
        if (words := struck.get_text(" ", strip=True)) and not struck.find(["table", "tr", "td"]):
            grid.skip(line_of(struck), "struck out", words)
            struck.extract()
    for table in soup.find_all("table"):
        if table.find("table") is not None:
            continue
        used.append(table)
        read_table(table, grid, columns)
    if not grid.rows:
        read_definitions(soup, grid, columns, used)
    if not grid.rows:
        outline = read_outline_html(text, columns)
        if outline is not None and outline.rows:
            return outline
    if not grid.rows:
        read_blocks(soup, grid, columns, used)
    note_rest(soup, grid, used)
    return grid


def read_table(table: Any, grid: Grid, columns: dict[str, str]) -> None:
    """Add the rows of a table whose header, or whose first column, tells what its columns are."""
    rows = [tr for tr in table.find_all("tr")]
    if not rows:
        return
    rows = without_sheet(rows)
    for row in rows[: header_at(rows, columns)]:
        grid.skip(line_of(row), "heading row", cell_from_html(row).plain())
    rows = rows[header_at(rows, columns) :]
    names, height = header_names(rows)
    roles = header_roles(names, columns)
    body = rows[height:]
    if sum(bool(WEEKDAY_HEADER.fullmatch(n.strip(" *:"))) for n in names) >= 2:
        read_calendar(rows, names, grid, columns)
        return
    if read_deadlines(rows, names, roles, grid):
        return
    dated_topic = -1
    if Role.DATE not in roles and Role.WEEK not in roles:
        dated_topic = dated_column(rows, roles)
    if dated_topic < 0 and Role.DATE not in roles and Role.WEEK not in roles:
        roles = roles_from_content(rows)
        body = rows
    roles = numbered_columns(roles, names, body)
    if not roles:
        grid.skip(line_of(table), "table without dates", " | ".join(names))
        return
    grid.headers = names
    if body is not rows:
        grid.skip(
            line_of(rows[0]),
            f"header, read as {', '.join(r.value for r in roles)}",
            " | ".join(names),
        )
    spans: dict[int, tuple[int, Cell]] = {}
    for tr in body:
        cells = tr.find_all(["td", "th"], recursive=False) or tr.find_all(["td", "th"])
        placed = place_cells(cells, spans, roles)
        if (
            len(cells) == 1
            and len(roles) > 2
            and not find_day(placed[0].plain() if placed else "", 2000).day
        ):
            grid.skip(line_of(tr), "heading row", placed[0].plain() if placed else "")
            continue
        filled = [n for n, c in enumerate(placed) if c.text or c.links]
        if (
            len(filled) == 1
            and filled[0] < len(roles)
            and roles[filled[0]] in {Role.DATE, Role.WEEK}
            and (when := find_day(placed[filled[0]].plain(), 2000)).day is None
            and not when.tbd
            and not is_title_of_row(placed[filled[0]].plain())
        ):
            grid.skip(line_of(tr), "heading row", placed[filled[0]].plain())
            continue
        if not filled:
            grid.skip(line_of(tr), "empty row", "")
            continue
        if tuple(c.plain() for c in placed)[: len(names)] == names or all(
            re.fullmatch(r"[-: ]*", c.plain()) and not c.links for c in placed
        ):
            grid.skip(line_of(tr), "rule or repeated header", " | ".join(c.plain() for c in placed))
            continue
        extra = [Role.EXTRA] * max(0, len(placed) - len(roles))
        pairs = list(zip([*roles, *extra], placed, strict=False))
        if 0 <= dated_topic < len(pairs):
            date, topic = split_date(placed[dated_topic])
            pairs[dated_topic : dated_topic + 1] = [(Role.DATE, date), (Role.TOPIC, topic)]
        pairs = [
            part
            for pair in zip([*names, *[""] * len(pairs)], pairs, strict=False)
            for part in split_cell(*pair)
        ]
        grid.rows.append(own_meeting(GridRow(line_of(tr), tuple(pairs)), names))


def header_names(rows: list[Any]) -> tuple[tuple[str, ...], int]:
    """Give the names of the columns and the rows the header takes: two where a name stands above several others."""
    first, second = (
        rows[0].find_all(["th", "td"]),
        rows[1].find_all(["th", "td"]) if len(rows) > 2 else [],
    )
    names = tuple(cell_from_html(c).plain() for c in first)
    wide = [
        int(str(c.get("colspan"))) if str(c.get("colspan") or "").isdigit() else 1 for c in first
    ]
    if (
        not second
        or any(c.name != "th" for c in (*first, *second))
        or not any(c.get("rowspan") for c in first)
        or sum(w for w in wide if w > 1) != len(second)
    ):
        return names, 1
    below = iter([cell_from_html(c).plain() for c in second])
    return tuple(
        part
        for name, width in zip(names, wide, strict=True)
        for part in ([next(below, "") for _ in range(width)] if width > 1 else [name])
    ), 2


def without_sheet(rows: list[Any]) -> list[Any]:
    """Give the rows of a table without the letters above the columns and the numbers before the rows that spreadsheets print."""
    letters = [tag.get_text(strip=True) for tag in rows[0].find_all(["th", "td"])]
    if letters[:3] != ["", "A", "B"]:
        return rows
    for row in rows[1:]:
        if (first := row.find(["th", "td"])) is not None and first.get_text(strip=True).isdigit():
            first.extract()
    return rows[1:]


def header_at(rows: list[Any], columns: dict[str, str]) -> int:
    """Give the number of rows above the header: titles of the whole table, of one cell with text."""
    for number, row in enumerate(rows[:4]):
        texts = [
            text for tag in row.find_all(["th", "td"]) if (text := tag.get_text(" ", strip=True))
        ]
        if len(texts) == 1 and len(rows) > number + 2:
            continue
        known = {*header_roles(tuple(texts), columns)} - {Role.EXTRA}
        titles = all(tag.name == "th" for tag in row.find_all(["th", "td"]))
        return (
            number
            if number == 0 or titles or ({Role.DATE, Role.WEEK} & known and len(known) >= 3)
            else 0
        )
    return 0


def numbered_columns(
    roles: tuple[Role, ...], names: tuple[str, ...], body: list[Any]
) -> tuple[Role, ...]:
    """Give the roles, those of columns without name that hold only numbers being what counts the rows."""
    found = list(roles)
    for column in (
        n
        for n, role in enumerate(roles)
        if role is Role.EXTRA and not (names[n : n + 1] or ("",))[0].strip()
    ):
        texts = [
            cells[column].get_text(strip=True)
            for tr in body
            if len(cells := tr.find_all(["td", "th"])) > column
        ]
        if any(texts) and all(re.fullmatch(r"(?:#?\d{1,3}\.?)?", text) for text in texts):
            found[column] = Role.WEEK
    return tuple(found)


def read_deadlines(
    rows: list[Any], names: tuple[str, ...], roles: tuple[Role, ...], grid: Grid
) -> bool:
    """Add the rows of a table of homework with the days on which it is due; False when the table is none."""
    if (
        not set(roles) <= {Role.DELIVERABLE, Role.RELEASED, Role.NOTE, Role.MATERIAL, Role.EXTRA}
        or roles.count(Role.DELIVERABLE) < 2
    ):
        return False
    body = [[cell_from_html(c) for c in tr.find_all(["td", "th"])] for tr in rows[1:]]
    due = next(
        (
            n
            for n, name in enumerate(names)
            if re.search(r"\b(?:due|deadline)\b", name, re.IGNORECASE)
            and sum(len(b) > n and find_day(b[n].plain(), 2000).day is not None for b in body) * 2
            > len(body)
        ),
        -1,
    )
    named = next((n for n, role in enumerate(roles) if role is Role.DELIVERABLE and n != due), -1)
    if due < 0 or named < 0:
        return False
    grid.skip(line_of(rows[0]), "header of a table of homework", " | ".join(names))
    for tr, cells in zip(rows[1:], body, strict=True):
        if (
            len(cells) > max(due, named)
            and cells[named].text
            and find_day(cells[due].plain(), 2000).day
        ):
            grid.rows.append(
                GridRow(line_of(tr), ((Role.DATE, cells[due]), (Role.DELIVERABLE, cells[named])))
            )
            rest = " | ".join(
                c.plain() for n, c in enumerate(cells) if n not in {due, named} and c.text
            )
            if rest:
                grid.skip(line_of(tr), "other columns of a table of homework", rest)
        else:
            grid.skip(
                line_of(tr),
                "homework without a day",
                " | ".join(c.plain() for c in cells),
                Fate.NOT_UNDERSTOOD,
            )
    return True


def own_meeting(row: GridRow, names: tuple[str, ...]) -> GridRow:
    """Give a row without topic whose column of labs or recitations says what happens, with that as topic."""
    at = next(
        (
            n
            for n, name in enumerate(names[: len(row.cells)])
            if MEETING.fullmatch(name.strip(" *"))
            and row.cells[n][1].text
            and row.cells[n][0] is Role.NOTE
        ),
        -1,
    )
    if (
        at < 0
        or row.get(Role.TOPIC).text
        or (
            re.fullmatch(r"[-–—\s]*|none|n/?a", row.cells[at][1].plain(), re.IGNORECASE)
            and not row.cells[at][1].links
        )
    ):
        return row
    cell, word = row.cells[at][1], re.match(r"\w+", names[at].strip(" *"))
    badge = (
        ""
        if any(link.image for link in cell.links) or word is None
        else "lab"
        if word[0].casefold().startswith("lab")
        else "recitation"
    )
    return GridRow(row.line, (*row.cells[:at], (Role.TOPIC, cell), *row.cells[at + 1 :]), badge)


def split_cell(name: str, pair: tuple[Role, Cell]) -> Iterator[tuple[Role, Cell]]:
    """Give topic and readings of a cell that holds both, and what is due where a cell says only when; other cells as they are."""
    role, cell = pair
    if (
        role is Role.DELIVERABLE
        and cell.text
        and not cell.links
        and (found := find_day(cell.plain(), 2000)).day
        and len(found.rest) <= 3
    ):
        yield role, Cell(f"{name}: {cell.text}")
        return
    if role is not Role.BOTH:
        yield pair
        return
    first, _, rest = cell.text.partition("\n")
    named = next(
        (
            m
            for m in ATOM.finditer(first)
            if (link := cell.link_at(m[0])) and not is_slides(link) and not is_material(link.label)
        ),
        None,
    )
    if named is not None and not first[: named.start()].strip():
        yield Role.READING, cell
        return
    if named is not None and (
        before := re.fullmatch(r"(.*\w.*)\s*[:.–—-]\s*", first[: named.start()])
    ):
        first, rest = before[1], f"{first[named.start() :]}\n{rest}"
    yield Role.TOPIC, cell.part(first)
    if rest.strip():
        yield Role.READING, cell.part(rest)


def dated_column(rows: list[Any], roles: tuple[Role, ...]) -> int:
    """Give the topic column when most of its cells hold a date, else -1."""
    if Role.TOPIC not in roles or Role.READING not in roles:
        return -1
    column = roles.index(Role.TOPIC)
    texts = [
        cell_from_html(cells[column]).plain()
        for tr in rows[1:40]
        if len(cells := tr.find_all(["td", "th"])) > column
    ]
    dated = sum(1 for text in texts if (m := DATE.search(text)) and find_day(m[0], 2000).day)
    return column if dated >= 2 and dated * 2 >= len(texts) else -1


def place_cells(
    cells: Iterable[Any], spans: dict[int, tuple[int, Cell]], roles: tuple[Role, ...]
) -> list[Cell]:
    """Put cells into columns; what spans rows is repeated where it tells when or that there is no class, and stands in its first row elsewhere."""
    placed: list[Cell] = []

    def go_on() -> None:
        while spans.get(len(placed), (0,))[0] > 0:
            left, above = spans[len(placed)]
            spans[len(placed)] = (left - 1, above)
            when = len(placed) == 0 or (
                len(placed) < len(roles) and roles[len(placed)] in {Role.DATE, Role.WEEK}
            )
            topic = above.plain() if roles[len(placed) : len(placed) + 1] == (Role.TOPIC,) else ""
            placed.append(
                above
                if when or is_title_of_row(topic)
                else Cell(f"{topic} (continued)")
                if topic and "\n" not in above.text
                else Cell("")
            )

    for cell in cells:
        go_on()
        content = cell_from_html(cell)
        height, width = str(cell.get("rowspan") or "1"), str(cell.get("colspan") or "1")
        columns = min(int(width), 20) if width.isdigit() and int(width) else 1
        for number in range(columns):
            if height.isdigit() and int(height) > 1:
                spans[len(placed)] = (min(int(height), 100) - 1, Cell("") if number else content)
            placed.append(Cell("") if number else content)
    go_on()
    return placed


def roles_from_content(rows: list[Any]) -> tuple[Role, ...]:
    """Guess the columns of a table without usable header: the first column that holds dates, then topic, reading, due."""
    samples = [[cell_from_html(c).plain() for c in tr.find_all(["td", "th"])] for tr in rows[:12]]
    width = max((len(s) for s in samples), default=0)
    for column in range(min(width, 3)):
        dates = sum(1 for s in samples if len(s) > column and find_day(s[column], 2000).day)
        if dates >= max(2, len(samples) // 2):
            tail = (Role.TOPIC, Role.READING, Role.DELIVERABLE)
            return (
                *(Role.EXTRA for _ in range(column)),
                Role.DATE,
                *tail[: max(0, width - column - 1)],
            )
    return ()


def note_rest(soup: Any, grid: Grid, used: list[Any]) -> None:
    """Note the paragraphs, headings and list items that are in no row."""
    for tag in soup.find_all(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre"]):
        if any(u is tag or u in tag.parents or tag in u.parents for u in used) or tag.find(
            ["p", "li"]
        ):
            continue
        content = tag.get_text(" ", strip=True)
        if content:
            grid.skip(line_of(tag), "heading" if tag.name.startswith("h") else "prose", content)
