"""Rows of a schedule in the data files of course-site generators: lists of mappings, nested weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kb.importers.columns import Role, column_role
from kb.importers.grid_rows import Grid, GridRow, join
from kb.importers.ledger import Fate
from kb.importers.runs import FIRST, Cell, Link, cell_from_text, inline
from kb.parse.dates import find_day
from kb.parse.locators import parse_locator
from kb.parse.yaml import Node, parse_yaml
from kb.text import DAYS

__all__ = ["read_data"]

TITLE = ("title", "name", "topic", "text", "label", "paper", "reading")
NAME = ("title", "topic", "lecture", "subject", "theme", "name")
"""Keys, the likeliest first, that say what a row is about before any description of it does."""

URL = ("url", "link", "href", "links", "pdf", "paper_url", "doi")
KIND = frozenset({"type", "kind", "_type"})
EVENTS = ("lecture", "lectures", "events", "event", "classes", "items")
"""Keys below which a row without topic says what it is about."""

OFF = frozenset(
    {"dayoff", "day_off", "off", "holiday", "no_class", "noclass", "cancelled", "canceled"}
)
MEETINGS = {
    **dict.fromkeys(OFF | {"break"}, "break"),
    **dict.fromkeys(("exam", "midterm", "final", "quiz"), "exam"),
    **dict.fromkeys(("recitation", "section", "discussion"), "recitation"),
    "lab": "lab",
}
"""Keys that say what kind a row without topic is, and its title."""

GROUPS = frozenset("days classes sessions meetings lectures entries events".split())
"""Keys below which a week has its rows."""

HOMEWORK = frozenset(
    "homework homeworks assignments assignment hw hws projects psets problem_sets deliverables deadlines milestones".split()
)
"""Keys below which homework is listed with the days it is due."""

DUE = frozenset({"due", "due_date", "due-date", "deadline"})
FLAGS = {"optional": "optional", "required": "", "recommended": "recommended", "mandatory": ""}
"""Keys that say how a reading is meant, and what that adds to it."""

TRUE = frozenset({"true", "yes", "1", "on"})
ADDRESS = re.compile(
    r"(?:https?://|/|\.{1,2}/|www\.)\S+|[\w./-]+\.(?:pdf|html?|pptx?|md|ipynb|mp4|zip|key)"
)
"""A value that is an address or the name of a file."""

FRONT = re.compile(r"(---\s*\n.*?\n)---\s*(?:\n|$)", re.DOTALL)
"""The fields at the beginning of a page of a site generator."""

WEEKDAYS = {"m": 0, "t": 1, "tu": 1, "w": 2, "th": 3, "r": 3, "f": 4, "sa": 5, "su": 6, "u": 6}
MIN_TITLE = 1
READS = frozenset({Role.READING, Role.OPTIONAL})


def read_data(text: str, hints: dict[str, str]) -> Grid:
    """Read every mapping that has a date; what is not in one is noted."""
    grid = Grid()
    front = FRONT.match(text)
    if front:
        first = text[: front.end()].count("\n") + 1
        for number, line in enumerate(text[front.end() :].splitlines(), first):
            if line.strip():
                grid.skip(number, "prose", line)
        text = front[1]
    root, findings = parse_yaml(text, "input")
    for finding in findings:
        grid.skip(finding.line, "not YAML", str(finding), Fate.NOT_UNDERSTOOD)
    if root is not None:
        Data(grid, hints, start_of(root)).collect(root)
    return grid


def fields_of(node: Node) -> dict[str, Node]:
    """Give the fields of a mapping; none for another node."""
    return node.value if isinstance(node.value, dict) else {}


def text_of(node: Node) -> str:
    """Give the text of a value; empty for lists and mappings."""
    return node.value.strip() if isinstance(node.value, str) else ""


def start_of(root: Node) -> date | None:
    """Give the first day of the semester, where a field says it."""
    for key, child in fields_of(root).items():
        if (
            re.search(r"start|first_day|begin", key.casefold())
            and (found := find_day(text_of(child), 2000)).day
        ):
            return found.day
    return None


@dataclass(slots=True)
class Data:
    """The reader of one file."""

    grid: Grid
    hints: dict[str, str]
    start: date | None
    """First day of the semester, from which weeks are counted."""

    def role(self, key: str) -> Role | None:
        """Give the role a key names."""
        return column_role(key.replace("_", " ").replace("-", " "), self.hints)

    def dated(self, node: Node) -> bool:
        """Tell whether a date stands anywhere inside."""
        if isinstance(node.value, tuple):
            return any(self.dated(child) for child in node.value)
        return any(
            (self.role(k) is Role.DATE and bool(text_of(v))) or self.dated(v)
            for k, v in fields_of(node).items()
        )

    def collect(self, node: Node) -> None:
        """Find the mappings that are rows, wherever they are nested: those with a date, or with a week and nothing dated inside."""
        if isinstance(node.value, tuple):
            for child in node.value:
                if text := text_of(child):
                    self.grid.skip(child.line, "text outside a row", text, Fate.NOT_UNDERSTOOD)
                self.collect(child)
            return
        fields = fields_of(node)
        roles = {key: self.role(key) for key in fields}
        own = any(r is Role.DATE and text_of(fields[k]) for k, r in roles.items())
        inside = any(
            not text_of(v)
            and (self.dated(v) or (k.casefold() in GROUPS and isinstance(v.value, tuple)))
            for k, v in fields.items()
        )
        weekly = Role.WEEK in roles.values() and {Role.TOPIC, *READS} & set(roles.values())
        within = next(
            (k for k, v in fields.items() if own and k.casefold() in GROUPS and self.lists_rows(v)),
            "",
        )
        if within:
            self.events(fields, roles, within)
        elif (own and not inside) or (weekly and not self.dated(node) and not inside):
            self.grid.rows.append(self.row(node, roles))
        else:
            self.nested(fields)

    def events(self, fields: dict[str, Node], roles: dict[str, Role | None], within: str) -> None:
        """Read the events of a day, each with the date of the day."""
        when = {k: v for k, v in fields.items() if roles[k] in {Role.DATE, Role.WEEK}}
        events = fields[within].value
        for event in events if isinstance(events, tuple) else ():
            self.collect(replace(event, value={**when, **fields_of(event)}))
        for key, child in fields.items():
            if key != within and key not in when and text_of(child):
                self.grid.skip(child.line, "field outside a row", f"{key}: {text_of(child)}")

    def nested(self, fields: dict[str, Node]) -> None:
        """Read what stands inside a mapping that is no row; a key such as `labs` says what kind its rows are."""
        offset = next((text_of(v) for k, v in fields.items() if "offset" in k.casefold()), "")
        for key, child in fields.items():
            if isinstance(child.value, str):
                self.grid.skip(child.line, "field outside a row", f"{key}: {child.value}")
                continue
            rows = homework_rows(child) if key.casefold() in HOMEWORK else []
            if rows:
                self.grid.rows.extend(rows)
                continue
            before = len(self.grid.rows)
            self.collect(self.in_week(child, offset))
            kind = MEETINGS.get(key.casefold().removesuffix("s"), "")
            self.grid.rows[before:] = [
                GridRow(row.line, row.cells, row.badge or kind) for row in self.grid.rows[before:]
            ]

    def in_week(self, node: Node, offset: str) -> Node:
        """Give the rows of a week that is counted from the first, their weekdays as dates."""
        if (
            not re.fullmatch(r"\d{1,3}", offset)
            or self.start is None
            or not isinstance(node.value, tuple)
        ):
            return node
        monday = self.start + timedelta(
            7 * int(offset) + (1 if self.start.weekday() == 6 else -self.start.weekday())
        )
        rows = []
        for child in node.value:
            fields = dict(fields_of(child))
            for key, value in fields.items():
                day = weekday_of(text_of(value)) if self.role(key) is Role.DATE else None
                if day is not None:
                    when = monday + timedelta(day)
                    fields[key] = replace(value, value=f"{DAYS[day]} {when.isoformat()}")
            rows.append(replace(child, value=fields))
        return replace(node, value=tuple(rows))

    def lists_rows(self, node: Node) -> bool:
        """Tell whether a list holds mappings that say what a class is about and not when it is."""
        if not isinstance(node.value, tuple) or not node.value or self.dated(node):
            return False
        about = {"title", "topic", "reading", "readings"}
        return all(about & {k.casefold() for k in fields_of(child)} for child in node.value)

    def row(self, node: Node, roles: dict[str, Role | None]) -> GridRow:
        """Read a mapping as a row; its kind may stand in `type`, or in the name of a key."""
        fields = fields_of(node)
        roles = dict(roles)
        said = [k for k in fields if k.casefold() in NAME and text_of(fields[k])]
        named = min(said, key=lambda k: NAME.index(k.casefold()), default="")
        meeting = next(
            (k for k, v in fields.items() if k.casefold() in MEETINGS and text_of(v)), ""
        )
        if named:
            roles = {
                k: Role.NOTE if r is Role.TOPIC and k != named else r for k, r in roles.items()
            }
            roles[named] = Role.TOPIC
        elif Role.TOPIC not in roles.values():
            events = next((k for k in EVENTS if k in fields), "")
            if events or meeting:
                roles[events or meeting] = Role.TOPIC
        kind = next((text_of(fields[k]) for k in KIND & set(fields)), "")
        if meeting and not kind and (not named or is_true(fields[meeting])):
            kind = MEETINGS[meeting.casefold()]
        cells = [
            cell for k, v in fields.items() if k not in KIND for cell in self.cells(k, v, roles[k])
        ]
        return GridRow(
            node.line, tuple(c for c in cells if c[1].text), kind.replace("raw_event", "event")
        )

    def cells(self, key: str, node: Node, role: Role | None) -> list[tuple[Role, Cell]]:
        """Read one field of a row."""
        text = text_of(node)
        if text.casefold() in TRUE | {"false", "no"} and key.casefold() in OFF | set(FLAGS):
            return []
        if text.casefold() in {"true", "false"} and role is None:
            return [(Role.NOTE, cell_from_text(key if text.casefold() == "true" else ""))]
        if text and ADDRESS.fullmatch(text):
            own = role if role in {*READS, Role.DELIVERABLE} else Role.MATERIAL
            return [(own, Cell(chr(FIRST), (Link(key, text),)))]
        if role in READS and (inner := self.by_role(node)):
            return [(r, to_cell(part)) for r, part in inner]
        if role is None and names_works(node):
            self.grid.skip(
                node.line, f"{key}, read as readings", to_cell(node).plain(), Fate.PROBABLE
            )
            role = Role.READING
        return [(role or (Role.NOTE if text else Role.EXTRA), to_cell(node))]

    def by_role(self, node: Node) -> list[tuple[Role, Node]]:
        """Give what stands below `readings:` when its keys are `required`, `optional`; empty when it is one work."""
        found = {key: self.role(key) for key in fields_of(node)}
        plain = all(
            role in READS and (isinstance(fields_of(node)[key].value, tuple) or key not in TITLE)
            for key, role in found.items()
        )
        return (
            [(role, fields_of(node)[key]) for key, role in found.items() if role] if plain else []
        )


def is_true(node: Node) -> bool:
    """Tell whether a field says yes."""
    return text_of(node).casefold() in TRUE


def weekday_of(text: str) -> int | None:
    """Give the number of a weekday, from its name or letter."""
    folded = text.casefold().strip(".")
    if folded in WEEKDAYS:
        return WEEKDAYS[folded]
    return next(
        (n for n, day in enumerate(DAYS) if len(folded) >= 3 and folded.startswith(day.casefold())),
        None,
    )


def names_works(node: Node) -> bool:
    """Tell whether a list has the shape of readings: titles, or mappings with title and address."""
    if not isinstance(node.value, tuple) or not node.value:
        return False
    texts = [text_of(child) for child in node.value]
    titles = all(
        text and text[:1].isupper() and len(text) < 200 and not text.endswith(".") for text in texts
    )
    works = all(
        {"title", "name"} & set(fields_of(c)) and set(URL) & set(fields_of(c)) for c in node.value
    )
    return titles or works


def homework_rows(node: Node) -> list[GridRow]:
    """Give a list of homework, each with a name and the day it is due, as rows; empty when it is no such list."""
    rows = []
    for child in node.value if isinstance(node.value, tuple) else ():
        fields = {k.casefold(): text_of(v) for k, v in fields_of(child).items()}
        name = next((fields[k] for k in TITLE if fields.get(k)), "")
        due = next((fields[k] for k in sorted(DUE) if fields.get(k)), "")
        if not name or not due or find_day(due, 2000).day is None:
            return []
        url = next((fields[k] for k in URL if ADDRESS.fullmatch(fields.get(k, ""))), "")
        what = Cell(chr(FIRST), (Link(name, url),)) if url else inline(name)
        rows.append(
            GridRow(child.line, ((Role.DATE, cell_from_text(due)), (Role.DELIVERABLE, what)))
        )
    return rows


def to_cell(node: Node) -> Cell:
    """Give a value as a cell: text, mappings with title and address as links, lists line by line."""
    if isinstance(node.value, str):
        return inline(node.value)
    if isinstance(node.value, tuple):
        return join([cell for child in node.value if (cell := to_cell(child)).text])
    fields = {k: text_of(v) for k, v in node.value.items() if text_of(v)}
    title_key = next((k for k in TITLE if k in fields), "")
    url_key = next((k for k in URL if ADDRESS.fullmatch(fields.get(k, ""))), "")
    title, url = fields.get(title_key, ""), fields.get(url_key, "")
    links = [Link(title or url, url)] if url else []
    text = chr(FIRST) if url else inline(title).plain() if "](" not in title else title
    for key, value in fields.items():
        if key not in {title_key, url_key}:
            text += further(key, value, text, bool(title), links)
    own = Cell(text, tuple(links)) if "](" not in text else inline(text)
    nested = [to_cell(child) for child in node.value.values() if not isinstance(child.value, str)]
    return join([c for c in (own, *nested) if c.text])


def further(key: str, value: str, text: str, titled: bool, links: list[Link]) -> str:
    """Give what a further field adds to the text of a work; its address is added to the links."""
    folded = key.casefold()
    if folded in DUE:
        return f" due {value}"
    if folded in FLAGS:
        said = value.casefold() in TRUE | {folded}
        return f" ({FLAGS[folded]})" if said and FLAGS[folded] else ""
    if ADDRESS.fullmatch(value):
        links.append(Link(key, value))
        return f" [{chr(FIRST + len(links) - 1)}]"
    if parse_locator(value) or parse_locator(f"{key} {value}"):
        return f", {value if parse_locator(value) else f'{key} {value}'}"
    return f" ({value})" if titled else f"{' ' if text else ''}{value}"
