"""Schedules that are no tables: cards, definition lists, and tables laid out like a calendar."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from kb.importers.columns import Role, column_role, label_role
from kb.importers.grid_rows import Grid, GridRow, line_of
from kb.importers.ledger import Fate
from kb.importers.line_roles import is_slides, line_role
from kb.importers.outline_grid import DATE
from kb.importers.reading_text import unit_match
from kb.importers.runs import Cell, Link, cell_from_html
from kb.importers.topic_cell import badge_kind, is_title_of_row
from kb.parse.dates import find_day
from kb.text import DAYS

__all__ = [
    "WEEKDAY_HEADER",
    "leading_label",
    "read_blocks",
    "read_calendar",
    "read_definitions",
    "split_date",
]

WEEKDAY_HEADER = re.compile(
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?(?:\s*[(/–-]\s*(?P<kind>\w+)s?\)?)?",
    re.IGNORECASE,
)
"""The header of a column in a table that is laid out like a calendar."""

CALENDAR_DATE = re.compile(
    r"\W{0,3}(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d)(?:st|nd|rd|th)?\s*[:.–—-]?\s*",
    re.IGNORECASE,
)
"""The date a cell of such a table begins with."""


def read_calendar(
    rows: list[Any], names: tuple[str, ...], grid: Grid, columns: dict[str, str]
) -> None:
    """Read a table with a column for each weekday: every cell with text is a row.

    A date in front of the row is that of its first weekday; other columns belong to the first class of the row.
    """
    grid.skip(line_of(rows[0]), "header of a calendar", " | ".join(names))
    for tr in rows[1:]:
        first = len(grid.rows)
        monday: date | None = None
        beside: list[tuple[Role, Cell]] = []
        start = -1
        for name, tag in zip(names, tr.find_all(["td", "th"]), strict=False):
            cell = cell_from_html(tag)
            weekday = WEEKDAY_HEADER.fullmatch(name.strip(" *:"))
            if weekday and start < 0:
                start = DAYS.index(name.strip(" *:")[:3].title())
            if not cell.text:
                continue
            if not weekday:
                found = find_day(cell.plain(), 2000) if start < 0 else None
                monday = found.day if found and found.day else monday
                role = column_role(name, columns)
                if role in {None, Role.WEEK, Role.DATE} or start < 0:
                    grid.skip(line_of(tr), "label of the row", cell.plain())
                else:
                    beside.append((role, cell))
                continue
            offset = DAYS.index(name.strip(" *:")[:3].title()) - start
            own = calendar_cell(
                cell, name.strip(" *:")[:3], monday + timedelta(offset) if monday else None
            )
            if own is None:
                grid.skip(line_of(tr), "day without text", cell.plain())
            else:
                grid.rows.append(
                    GridRow(
                        line_of(tr),
                        own,
                        (weekday["kind"] or "")
                        if badge_kind(weekday["kind"] or "") is not None
                        else "",
                    )
                )
        held = next(
            (
                n
                for n in range(first, len(grid.rows))
                if not is_title_of_row(grid.rows[n].get(Role.TOPIC).plain())
            ),
            first if len(grid.rows) > first else -1,
        )
        if beside and held >= 0:
            grid.rows[held] = GridRow(grid.rows[held].line, (*grid.rows[held].cells, *beside))
        for role, cell in beside if held < 0 else ():
            grid.skip(
                line_of(tr),
                f"{role.value} column of a row without classes",
                cell.plain(),
                Fate.NOT_UNDERSTOOD,
            )


def calendar_cell(
    cell: Cell, weekday: str, day: date | None
) -> tuple[tuple[Role, Cell], ...] | None:
    """Read one day of a calendar; None when it holds a number at most."""
    first, _, rest = cell.text.partition("\n")
    found = CALENDAR_DATE.match(first)
    topic, reading = (
        cell.part(f"{first[found.end() :] if found else first}\n{rest}".strip()),
        Cell(""),
    )
    label = re.search(
        r"(?:^|(?<=[.;\n]))\s*(?:readings?\s*:|read:?\s)\s*", topic.text, re.IGNORECASE
    )
    if label:
        topic, reading = (
            cell.part(topic.text[: label.start()].strip()),
            cell.part(topic.text[label.end() :]),
        )
    if not found and not label and len(topic.text) < 3 and not topic.links:
        return None
    shown = cell.part(found[0]).plain() if found else f"{day.month}/{day.day}" if day else ""
    return (Role.DATE, Cell(f"{weekday} {shown}")), (Role.TOPIC, topic), (Role.READING, reading)


def split_date(cell: Cell) -> tuple[Cell, Cell]:
    """Split a cell into the date it holds and the rest."""
    found = next((m for m in DATE.finditer(cell.text) if find_day(m[0], 2000).day), None)
    if found is None:
        return Cell(""), cell
    rest = f"{cell.text[: found.start()].rstrip(' (,')} {cell.text[found.end() :].lstrip(' )')}"
    return cell.part(found[0].strip(" ,:([])–—-")), cell.part(
        re.sub(r"\s+([:,.])", r"\1", rest).strip(" ,:–—-\n")
    )


def read_definitions(soup: Any, grid: Grid, columns: dict[str, str], used: list[Any]) -> None:
    """Add definition lists whose terms are dates, each with the definitions behind it."""
    for block in soup.find_all("dl"):
        terms = block.find_all("dt", recursive=False)
        if len(terms) < 2 or sum(
            starts_with_date(t) or dated_title(t) is not None for t in terms
        ) * 2 < len(terms):
            continue
        used.append(block)
        for term in terms:
            behind: list[Any] = []
            for sibling in term.find_next_siblings():
                if sibling.name == "dt":
                    break
                behind.append(sibling)
            grid.rows.append(read_definition(term, behind, columns))


def has_portion(label: str) -> bool:
    """Tell whether a label names a portion of a work: `SE at Google, Ch. 1`."""
    found = unit_match(label, last=True)
    return (
        found is not None
        and found.start() > 3
        and re.search(r"\d", label[found.start() :]) is not None
    )


def dated_title(term: Any) -> tuple[Cell, Cell] | None:
    """Split `Sep 12 (Mon): MapReduce` into date and topic; None when a term begins with no date."""
    cell = cell_from_html(term)
    found = DATE.match(cell.text)
    if found is None or not find_day(found[0], 2000).day:
        return None
    weekday = re.match(r"\s*\([A-Za-z]{1,9}\.?\)", cell.text[found.end() :])
    at = found.end() + (weekday.end() if weekday else 0)
    return cell.part(cell.text[:at].strip(" ,:")), cell.part(cell.text[at:].strip(" ,:–—-\n"))


def read_definition(term: Any, behind: list[Any], columns: dict[str, str]) -> GridRow:
    """Read a date with its definitions; nested lists hold materials or labelled lines."""
    titled = None if starts_with_date(term) else dated_title(term)
    cells: list[tuple[Role, Cell]] = (
        [(Role.DATE, cell_from_html(term))]
        if titled is None
        else [(Role.DATE, titled[0]), (Role.TOPIC, titled[1])]
    )
    badge = ""
    for definition in behind:
        for inner in [d for d in definition.find_all("dd")][::-1]:
            inner.extract()
            behind_label = cell_from_html(inner)
            role, rest = leading_label(behind_label, columns)
            portion = any(
                has_portion(link.label) and not is_slides(link) for link in behind_label.links
            )
            unlabelled = (
                line_role(behind_label)
                if not behind_label.links or portion or Role.READING in {r for r, _ in cells}
                else Role.MATERIAL
            )
            cells.append((role, rest) if role else (unlabelled, behind_label))
        mark = definition.find(class_=re.compile(r"\b(label|badge|tag)\b"))
        word = mark.get_text(" ", strip=True) if mark is not None else ""
        cell = cell_from_html(definition)
        role, rest = leading_label(cell, columns)
        if (
            word
            and badge_kind(word) is None
            and (tagged := label_role(word, columns)) is not None
            and tagged not in {Role.NOTE, Role.INSTRUCTOR}
            and cell.plain().startswith(word)
            and cell.plain() != word
        ):
            mark.extract()
            rest = cell_from_html(definition)
            cells.append((tagged, Cell(rest.text.lstrip(" :\n"), rest.links)))
        elif word and badge_kind(word) is not None:
            mark.extract()
            badge = badge or word
            cells.append((Role.TOPIC, cell_from_html(definition)))
        elif role is not None:
            cells.append((role, rest))
        elif word and re.match(
            r"(?:hw|homework|lab|project|assignment|ps|quiz|due)\b", word, re.IGNORECASE
        ):
            cells.append((Role.DELIVERABLE, cell))
        elif cell.text:
            cells.append(
                (Role.TOPIC if Role.TOPIC not in [r for r, _ in cells] else line_role(cell), cell)
            )
    return GridRow(line_of(term), tuple(cells), badge)


def leading_label(cell: Cell, columns: dict[str, str]) -> tuple[Role | None, Cell]:
    """Give the role of the label a cell begins with (`Reading: ...`), and the rest."""
    found = re.match(r"\s*([A-Za-z][A-Za-z ()/&-]{1,40}?)\s*:\s*", cell.text)
    role = label_role(found[1], columns) if found else None
    return (role, cell.part(cell.text[found.end() :])) if found and role else (None, cell)


def read_blocks(soup: Any, grid: Grid, columns: dict[str, str], used: list[Any]) -> None:
    """Add repeated blocks (cards, definition lists, list items) whose first line is a date."""
    leaves = [
        t
        for t in soup.find_all(
            ["p", "h2", "h3", "h4", "h5", "div", "span", "dt", "li", "td", "time", "strong", "b"]
        )
        if starts_with_date(t)
    ]
    cards: list[Any] = []
    dated = {id(leaf) for leaf in leaves}
    within = Counter(id(parent) for leaf in leaves for parent in leaf.parents)
    taken: set[int] = set()
    for leaf in leaves:
        card, own = leaf, 1 + within[id(leaf)]
        while card.parent is not None and card.parent.name not in {
            "body",
            "html",
            "[document]",
            "main",
        }:
            own += id(card.parent) in dated and card is not leaf
            if within[id(card.parent)] > own:
                break
            card = card.parent
        if id(card) not in taken and not any(id(parent) in taken for parent in card.parents):
            taken.add(id(card))
            cards.append(card)
    if len(cards) < 3:
        return
    for card in cards:
        used.append(card)
        hrefs = {
            str(a["href"]).strip() for a in card.find_all("a", href=True) if a.get_text(strip=True)
        }
        row = read_card(card, columns)
        grid.rows.append(row)
        for href in sorted(hrefs - {link.url for _, cell in row.cells for link in cell.links}):
            grid.skip(row.line, "link of a block that no rule reads", href, Fate.NOT_UNDERSTOOD)


def leaves_of(card: Any) -> list[Any]:
    """Give the innermost blocks of a card that together hold all its text: `div`s, else `span`s; empty when there are none such."""
    for names in (["div"], ["div", "span"]):
        found = [t for t in card.find_all(names) if not t.find([*names, "p", "li"])]
        if (
            len(found) >= 2
            and "".join(t.get_text() for t in found).split() == card.get_text().split()
        ) or (
            len(found) >= 2
            and sum(len(t.get_text("", strip=True)) for t in found)
            == len(card.get_text("", strip=True))
        ):
            return found
    return []


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
    blocks = [
        t
        for t in card.find_all(["p", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt"])
        if not t.find(["p", "li", "dd"])
    ]
    columns_of_divs = leaves_of(card) if not blocks else []
    inner = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dd",
        "dt",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "iframe",
    ]
    if blocks:
        blocks = [
            t
            for t in card.find_all(inner)
            if t in blocks
            or (
                t.name == "div"
                and not t.find(inner)
                and t.find_parent(["p", "li", "dd", "dt"]) is None
                and t.get_text(strip=True)
            )
        ]
    blocks = blocks or (
        columns_of_divs
        if len(columns_of_divs) >= 2 and starts_with_date(columns_of_divs[0])
        else [card]
    )
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
        label = (
            strong.get_text(" ", strip=True).rstrip(":")
            if strong is not None and cell.plain().startswith(strong.get_text(" ", strip=True))
            else ""
        )
        role = label_role(label, columns) if label else None
        if role is not None and strong is not None:
            strong.extract()
            cell = cell_from_html(block)
            cells.append((role, Cell(cell.text.lstrip(" :\n"), cell.links)))
        elif Role.DATE not in [r for r, _ in cells] and find_day(cell.plain(), 2000).day:
            day, rest = split_date(cell)
            said = day.text and (
                rest.links
                or (
                    len(re.findall(r"[A-Za-z]{2,}", rest.plain())) >= 2
                    and find_day(rest.plain(), 2000).time is None
                )
            )
            cells.append((Role.DATE, day if said else cell))
            if said:
                cells.append((Role.TOPIC, rest))
        elif Role.TOPIC not in [r for r, _ in cells] and cell.text:
            cells.append((Role.TOPIC, cell))
        elif cell.text:
            named = (
                columns_of_divs
                and Role.READING not in [r for r, _ in cells]
                and any(len(link.label.split()) > 1 for link in cell.links)
            )
            cells.append((Role.READING if named else line_role(cell), cell))
    if (
        not badge
        and (mark := card.find("span", class_=re.compile(r"\b(tag|badge|label)\b"))) is not None
        and badge_kind(mark.get_text(" ", strip=True)) is not None
    ):
        badge = mark.get_text(" ", strip=True).casefold()
    videos = [Link("video", str(f["src"])) for f in card.find_all("iframe") if f.get("src")]
    if videos:
        cells.append(
            (
                Role.MATERIAL,
                Cell(" ".join(chr(0xE000 + n) for n in range(len(videos))), tuple(videos)),
            )
        )
    return GridRow(line_of(card), tuple(cells), badge)
