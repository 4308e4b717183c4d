"""Rows of a schedule in the YAML files of course-site generators: lists of mappings, nested weeks."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.importers.columns import Role, column_role
from kb.importers.grid_rows import Grid, GridRow, join
from kb.importers.ledger import Fate
from kb.importers.runs import FIRST, Cell, Link, cell_from_text, inline
from kb.parse.dates import find_day
from kb.parse.locators import parse_locator
from kb.parse.yaml import Node, parse_yaml

__all__ = ["read_yaml"]

TITLE = ("title", "name", "topic", "text", "label", "paper", "reading")
URL = ("url", "link", "href", "links", "pdf", "paper_url", "doi")
KIND = ("type", "kind", "_type")
EVENTS = ("lecture", "lectures", "events", "event", "classes", "items")
MEETINGS = {
    "holiday": "break",
    "break": "break",
    "no_class": "break",
    "noclass": "break",
    "exam": "exam",
    "midterm": "exam",
    "final": "exam",
    "quiz": "exam",
    "lab": "lab",
    "recitation": "recitation",
    "section": "recitation",
    "discussion": "recitation",
}
"""Keys that say what kind a row without topic is, and its title."""

"""Keys below which a row without topic says what it is about."""

GROUPS = frozenset({"days", "classes", "sessions", "meetings", "lectures", "entries", "events"})
"""Keys below which a week has its rows."""

HOMEWORK = frozenset(
    {
        "homework",
        "homeworks",
        "assignments",
        "assignment",
        "hw",
        "hws",
        "projects",
        "psets",
        "problem_sets",
        "deliverables",
        "deadlines",
        "milestones",
    }
)
"""Keys below which homework is listed with the days it is due."""

DUE = frozenset({"due", "due_date", "due-date", "deadline"})
FLAGS = {"optional": "optional", "required": "", "recommended": "recommended", "mandatory": ""}
"""Keys that say how a reading is meant, and what that adds to it."""

ADDRESS = re.compile(
    r"(?:https?://|/|\.{1,2}/|www\.)\S+|[\w./-]+\.(?:pdf|html?|pptx?|md|ipynb|mp4|zip|key)"
)
"""A value that is an address or the name of a file."""


def read_yaml(text: str, columns: dict[str, str]) -> Grid:
    """Read every mapping that has a date; what is not in one is noted."""
    grid = Grid()
    front = FRONT.match(text)
    if front:
        for number, line in enumerate(
            text[front.end() :].splitlines(), text[: front.end()].count("\n") + 1
        ):
            if line.strip():
                grid.skip(number, "prose", line)
        text = front[1]
    root, findings = parse_yaml(text, "input")
    for finding in findings:
        grid.skip(finding.line, "not YAML", str(finding), Fate.NOT_UNDERSTOOD)
    if root is not None:
        collect(root, grid, columns)
    return grid


FRONT = re.compile(r"(---\s*\n.*?\n)---\s*(?:\n|$)", re.DOTALL)
"""The fields at the beginning of a page of a site generator."""


def collect(node: Node, grid: Grid, columns: dict[str, str]) -> None:
    """Find the mappings that are rows, wherever they are nested: those with a date, or with a week and nothing dated inside."""
    if isinstance(node.value, tuple):
        for child in node.value:
            if isinstance(child.value, str) and child.value.strip():
                grid.skip(child.line, "text outside a row", child.value, Fate.NOT_UNDERSTOOD)
            collect(child, grid, columns)
    elif isinstance(node.value, dict):
        roles = {
            key: column_role(key.replace("_", " ").replace("-", " "), columns) for key in node.value
        }
        dated = any(
            role is Role.DATE and isinstance(node.value[key].value, str)
            for key, role in roles.items()
        )
        inside = any(
            not isinstance(child.value, str)
            and (
                is_dated(child, columns)
                or (key.casefold() in GROUPS and isinstance(child.value, tuple))
            )
            for key, child in node.value.items()
        )
        weekly = (
            Role.WEEK in roles.values()
            and {Role.TOPIC, Role.READING} & set(roles.values())
            and not is_dated(node, columns)
        )
        within = next(
            (
                key
                for key, child in node.value.items()
                if dated and key.casefold() in GROUPS and is_list_of_rows(child, columns)
            ),
            "",
        )
        if within:
            when = {
                key: child
                for key, child in node.value.items()
                if roles[key] in {Role.DATE, Role.WEEK}
            }
            for event in node.value[within].value:
                assert isinstance(event, Node)
                assert isinstance(event.value, dict)
                collect(replace(event, value={**when, **event.value}), grid, columns)
            for key, child in node.value.items():
                if key != within and key not in when and isinstance(child.value, str):
                    grid.skip(child.line, "field outside a row", f"{key}: {child.value}")
        elif (dated and not inside) or weekly:
            grid.rows.append(read_mapping(node, roles, columns))
        else:
            for key, child in node.value.items():
                if isinstance(child.value, str):
                    grid.skip(child.line, "field outside a row", f"{key}: {child.value}")
                    continue
                if (
                    key.casefold() in HOMEWORK
                    and isinstance(child.value, tuple)
                    and (rows := homework_rows(child))
                ):
                    grid.rows.extend(rows)
                    continue
                before = len(grid.rows)
                collect(child, grid, columns)
                kind = MEETINGS.get(key.casefold().removesuffix("s"), "")
                grid.rows[before:] = [
                    GridRow(row.line, row.cells, row.badge or kind) for row in grid.rows[before:]
                ]


def homework_rows(node: Node) -> list[GridRow]:
    """Give a list of homework, each with a name and the day it is due, as rows; empty when it is no such list."""
    rows = []
    for child in node.value if isinstance(node.value, tuple) else ():
        fields = (
            {
                k.casefold(): str(v.value).strip()
                for k, v in child.value.items()
                if isinstance(v.value, str)
            }
            if isinstance(child.value, dict)
            else {}
        )
        name, due = (
            next((fields[k] for k in TITLE if fields.get(k)), ""),
            next((fields[k] for k in DUE if fields.get(k)), ""),
        )
        if not name or not due or find_day(due, 2000).day is None:
            return []
        url = next((fields[k] for k in URL if ADDRESS.fullmatch(fields.get(k, ""))), "")
        rows.append(
            GridRow(
                child.line,
                (
                    (Role.DATE, cell_from_text(due)),
                    (
                        Role.DELIVERABLE,
                        Cell(chr(FIRST), (Link(name, url),)) if url else cell_from_text(name),
                    ),
                ),
            )
        )
    return rows


def is_list_of_rows(node: Node, columns: dict[str, str]) -> bool:
    """Tell whether a list holds mappings that say what a class is about and not when it is."""
    if not isinstance(node.value, tuple) or not node.value or is_dated(node, columns):
        return False
    return all(
        isinstance(child.value, dict)
        and {"title", "topic", "reading", "readings"} & {key.casefold() for key in child.value}
        for child in node.value
    )


def is_dated(node: Node, columns: dict[str, str]) -> bool:
    """Tell whether a date stands anywhere inside."""
    if isinstance(node.value, dict):
        return any(
            (column_role(k.replace("_", " "), columns) is Role.DATE and isinstance(v.value, str))
            or is_dated(v, columns)
            for k, v in node.value.items()
        )
    return isinstance(node.value, tuple) and any(is_dated(child, columns) for child in node.value)


def nested_roles(node: Node, columns: dict[str, str]) -> list[tuple[Role, Node]]:
    """Give what stands below `readings:` when its keys are `required`, `optional`; empty when it is one work."""
    if not isinstance(node.value, dict):
        return []
    found = {
        key: column_role(key.replace("_", " ").replace("-", " "), columns) for key in node.value
    }
    plain = all(
        role in {Role.READING, Role.OPTIONAL}
        and (isinstance(node.value[key].value, tuple) or key not in TITLE)
        for key, role in found.items()
    )
    return [(role, node.value[key]) for key, role in found.items() if role] if plain else []


def read_mapping(node: Node, roles: dict[str, Role | None], columns: dict[str, str]) -> GridRow:
    """Read a mapping as a row; its kind may stand in `type`."""
    cells: list[tuple[Role, Cell]] = []
    assert isinstance(node.value, dict)
    if Role.TOPIC not in roles.values():
        events = next((key for key in EVENTS if key in node.value), "")
        meeting = (
            next(
                (
                    key
                    for key, child in node.value.items()
                    if key.casefold() in MEETINGS
                    and isinstance(child.value, str)
                    and child.value.strip()
                ),
                "",
            )
            if not events
            else ""
        )
        roles = {**roles, **({events or meeting: Role.TOPIC} if events or meeting else {})}
    else:
        meeting = ""
    for key, child in node.value.items():
        if key in KIND and isinstance(child.value, str):
            continue
        if (
            isinstance(child.value, str)
            and child.value.casefold() in {"true", "false"}
            and roles[key] is None
        ):
            cells.append(
                (Role.NOTE, cell_from_text(key if child.value.casefold() == "true" else ""))
            )
            continue
        if isinstance(child.value, str) and ADDRESS.fullmatch(child.value.strip()):
            role = roles[key]
            cells.append(
                (
                    role
                    if role in {Role.READING, Role.OPTIONAL, Role.DELIVERABLE}
                    else Role.MATERIAL,
                    Cell(chr(FIRST), (Link(key, child.value.strip()),)),
                )
            )
            continue
        if (
            isinstance(child.value, dict)
            and roles[key] in {Role.READING, Role.OPTIONAL}
            and (inner := nested_roles(child, columns))
        ):
            cells.extend((role, to_cell(part)) for role, part in inner)
            continue
        cells.append(
            (
                roles[key] or (Role.NOTE if isinstance(child.value, str) else Role.EXTRA),
                to_cell(child),
            )
        )
    kind = next(
        (str(node.value[k].value) for k in KIND if k in node.value),
        MEETINGS.get(meeting.casefold(), ""),
    )
    return GridRow(
        node.line, tuple((r, c) for r, c in cells if c.text), kind.replace("raw_event", "event")
    )


def to_cell(node: Node) -> Cell:
    """Give a value as a cell: text, mappings with title and address as links, lists line by line."""
    if isinstance(node.value, str):
        return markdown_cell(node.value)
    if isinstance(node.value, tuple):
        return join([cell for child in node.value if (cell := to_cell(child)).text])
    fields = {
        k: v for k, v in node.value.items() if isinstance(v.value, str) and str(v.value).strip()
    }
    title_key = next((k for k in TITLE if k in fields), "")
    url_key = next(
        (k for k in URL if k in fields and ADDRESS.fullmatch(str(fields[k].value).strip())), ""
    )
    title, url = (str(fields[k].value).strip() if k else "" for k in (title_key, url_key))
    links = [Link(title or url, url)] if url else []
    text = chr(FIRST) if url else markdown_cell(title).plain() if "](" not in title else title
    for key, child in node.value.items():
        value = str(child.value).strip() if isinstance(child.value, str) else ""
        if key in {title_key, url_key} or not value:
            continue
        if key.casefold() in DUE:
            text += f" due {value}"
        elif key.casefold() in FLAGS:
            text += (
                f" ({FLAGS[key.casefold()]})"
                if value.casefold() in {"true", "yes", "1", key.casefold()}
                and FLAGS[key.casefold()]
                else ""
            )
        elif ADDRESS.fullmatch(value):
            links.append(Link(key, value))
            text += f" [{chr(FIRST + len(links) - 1)}]"
        elif parse_locator(f"{key} {value}") or parse_locator(value):
            text += f", {value if parse_locator(value) else f'{key} {value}'}"
        elif title:
            text += f" ({value})"
        else:
            text += f"{' ' if text else ''}{value}"
    own = Cell(text, tuple(links)) if "](" not in text else markdown_cell(text)
    return join(
        [
            c
            for c in (
                own,
                *(
                    to_cell(child)
                    for child in node.value.values()
                    if not isinstance(child.value, str)
                ),
            )
            if c.text
        ]
    )


def markdown_cell(text: str) -> Cell:
    """Give text that may hold Markdown or HTML links."""
    return inline(text)
