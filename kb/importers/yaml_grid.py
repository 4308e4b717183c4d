"""Rows of a schedule in the YAML files of course-site generators: lists of mappings, nested weeks."""

from __future__ import annotations

from kb.importers.columns import Role, column_role
from kb.importers.grid import Grid, GridRow, join
from kb.importers.ledger import Fate
from kb.importers.runs import FIRST, Cell, Link, cell_from_html, cell_from_text
from kb.parse.yaml import Node, parse_yaml

__all__ = ["read_yaml"]

TITLE = ("title", "name", "topic", "text", "label")
URL = ("url", "link", "href", "links")


def read_yaml(text: str, columns: dict[str, str]) -> Grid:
    """Read every mapping that has a date; what is not in one is noted."""
    grid = Grid()
    root, findings = parse_yaml(text, "input")
    for finding in findings:
        grid.skip(finding.line, "not YAML", str(finding), Fate.NOT_UNDERSTOOD)
    if root is not None:
        collect(root, grid, columns)
    return grid


def collect(node: Node, grid: Grid, columns: dict[str, str]) -> None:
    """Find the mappings that are rows, wherever they are nested."""
    if isinstance(node.value, tuple):
        for child in node.value:
            collect(child, grid, columns)
    elif isinstance(node.value, dict):
        roles = {key: column_role(key.replace("_", " ").replace("-", " "), columns) for key in node.value}
        if any(role is Role.DATE and isinstance(node.value[key].value, str) for key, role in roles.items()):
            cells: list[tuple[Role, Cell]] = []
            for key, child in node.value.items():
                role = roles[key] or (Role.NOTE if isinstance(child.value, str) else Role.EXTRA)
                if key in {"type", "kind", "_type"} and isinstance(child.value, str):
                    continue
                cells.append((role, to_cell(child)))
            kind = next((str(node.value[k].value) for k in ("type", "kind", "_type") if k in node.value), "")
            grid.rows.append(GridRow(node.line, tuple((r, c) for r, c in cells if c.text), kind.replace("raw_event", "event")))
        else:
            for key, child in node.value.items():
                if isinstance(child.value, str):
                    grid.skip(child.line, "field outside a row", f"{key}: {child.value}")
                else:
                    collect(child, grid, columns)


def to_cell(node: Node) -> Cell:
    """Give a value as a cell: text, links of mappings with title and address, lists line by line."""
    if isinstance(node.value, str):
        return markdown_cell(node.value)
    if isinstance(node.value, tuple):
        return join([cell for child in node.value if (cell := to_cell(child)).text])
    title = next((str(node.value[k].value) for k in TITLE if k in node.value and isinstance(node.value[k].value, str)), "")
    url = next((str(node.value[k].value) for k in URL if k in node.value and isinstance(node.value[k].value, str)), "")
    rest = [to_cell(child) for key, child in node.value.items() if key not in {*TITLE, *URL}]
    first = Cell(chr(FIRST), (Link(title, url),)) if title and url else cell_from_text(title or url)
    return join([c for c in (first, *rest) if c.text])


def markdown_cell(text: str) -> Cell:
    """Give text that may hold Markdown or HTML links."""
    if "[" not in text and "<" not in text:
        return cell_from_text(text)
    from bs4 import BeautifulSoup
    from markdown_it import MarkdownIt

    return cell_from_html(BeautifulSoup(MarkdownIt("commonmark", {"html": True}).render(text), "html.parser"))

