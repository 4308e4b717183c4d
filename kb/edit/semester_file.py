"""A semester file as text: where its rows stand, and patches that leave the rest as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import yaml

from kb.edit.bib_place import EditRefused, newline_of
from kb.edit.yaml_scalar import yaml_lines
from kb.parse.yaml import parse_yaml, plain

__all__ = [
    "Block",
    "Patch",
    "SemesterFile",
    "above",
    "block_text",
    "canonical",
    "fields",
    "open_semester",
    "patched",
    "reassembled",
    "value_end",
]


@dataclass(frozen=True, slots=True, order=True)
class Patch:
    """Replace the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one row, with the comments above them."""

    start: int
    dash: int
    """Where the line with its `-` begins."""
    end: int
    node: yaml.MappingNode


@dataclass(frozen=True, slots=True)
class SemesterFile:
    """A semester file and its rows; the text before and after them is head and tail."""

    text: str
    newline: str
    root: yaml.MappingNode
    blocks: tuple[Block, ...]
    indent: str
    """White space before the `-` of a row."""

    @property
    def head_end(self) -> int:
        """Where the rows begin."""
        return self.blocks[0].start if self.blocks else len(self.text)

    @property
    def tail_start(self) -> int:
        """Where the rows end."""
        return self.blocks[-1].end if self.blocks else len(self.text)


def open_semester(text: str) -> SemesterFile:
    """Find the rows of a semester file.

    Raises:
        EditRefused: not YAML, no rows, or rows that are not written one below the other (lists in
            brackets,
            anchors and aliases); `canonical` gives such a file in plain style.
    """
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise EditRefused(f"not YAML: {str(error).splitlines()[0]}; mend that first") from error
    if not isinstance(root, yaml.MappingNode):
        raise EditRefused("no semester: a mapping of fields expected")
    if root.flow_style or has_aliases(root):
        raise EditRefused(
            "written in brackets or with anchors; write it as plain lists and fields first"
        )
    sessions = fields(root).get("sessions")
    if sessions is None or not isinstance(sessions[1], yaml.SequenceNode) or not sessions[1].value:
        raise EditRefused("no sessions in it; add rows first")
    if sessions[1].flow_style or not all(
        isinstance(n, yaml.MappingNode) for n in sessions[1].value
    ):
        raise EditRefused(
            "sessions are written in brackets; write them one below the other, each with a dash"
        )
    dashes = [dash_line(text, node) for node in sessions[1].value]
    later = [
        key.start_mark.index
        for key, _ in root.value
        if key.start_mark.index > sessions[0].start_mark.index
    ]
    floor = text.find("\n", sessions[0].start_mark.index) + 1
    starts = [max(floor, above(text, dash, indent_of(text, dash))) for dash in dashes]
    end = above(text, min(later), 0) if later else len(text)
    ends = [*starts[1:], end]
    blocks = tuple(
        Block(s, d, e, n)
        for s, d, e, n in zip(starts, dashes, ends, sessions[1].value, strict=True)
    )
    return SemesterFile(text, newline_of(text), root, blocks, " " * indent_of(text, dashes[0]))


def canonical(text: str, path: str) -> str:
    """Give a semester file in plain block style: aliases written out, no lists in brackets, no
    comments.

    Raises:
        EditRefused: it is not YAML.
    """
    root, findings = parse_yaml(text, path)
    if root is None:
        raise EditRefused(
            f"{path}: {findings[0].what if findings else 'is empty'}; mend that first"
        )
    return "\n".join(yaml_lines(plain(root))) + "\n"


def has_aliases(root: yaml.Node) -> bool:
    """Tell whether a value is used in two places."""
    seen: set[int] = set()
    stack: list[yaml.Node] = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            return True
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            stack.extend(n for pair in node.value for n in pair)
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
    return False


def line_start(text: str, index: int) -> int:
    """Give where the line of `index` begins."""
    return text.rfind("\n", 0, index) + 1


def indent_of(text: str, start: int) -> int:
    """Give the number of spaces at `start`."""
    return len(text[start:]) - len(text[start:].lstrip(" ")) if start < len(text) else 0


def dash_line(text: str, node: yaml.Node) -> int:
    """Give where the line with the dash of a row begins.

    Raises:
        EditRefused: something stands between the dash and the row.
    """
    before = text[: node.start_mark.index].rstrip()
    start = line_start(text, len(before))
    if before[start:].strip() != "-":
        raise EditRefused(
            f"line {node.start_mark.line + 1}: a row that does not begin behind a dash; write "
            "`- date: ...`"
        )
    return start


def above(text: str, start: int, indent: int) -> int:
    """Give where the comments directly above a line begin, indented no deeper than it."""
    at = start
    while at > 0:
        previous = line_start(text, at - 1)
        line = text[previous:at]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) > indent:
            return at
        at = previous
    return at


def fields(node: yaml.MappingNode) -> dict[str, tuple[yaml.ScalarNode, yaml.Node]]:
    """Give key and value nodes by name; of repeated keys the first."""
    found: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            found.setdefault(key.value, (key, value))
    return found


def value_end(node: yaml.Node) -> int:
    """Give where a value ends, without the white space a block collection is said to end with."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return value_end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def patched(text: str, patches: Iterable[Patch], start: int = 0, end: int | None = None) -> str:
    """Give `text[start:end]` with the patches that lie in it; later ones of the same place come
    behind.
    """
    stop = len(text) if end is None else end
    pieces: list[str] = []
    at = start
    for patch in sorted(
        (p for p in patches if start <= p.start and p.end <= stop), key=lambda p: (p.start, p.end)
    ):
        if patch.start < at:
            raise EditRefused("two changes to the same characters; change them one after the other")
        pieces += [text[at : patch.start], patch.text]
        at = patch.end
    return "".join([*pieces, text[at:stop]])


def block_text(file: SemesterFile, block: Block, patches: Iterable[Patch] = ()) -> str:
    """Give the lines of a row, patched; the last one ends its line."""
    text = patched(file.text, patches, block.start, block.end)
    return text if text.endswith("\n") else text + file.newline


def reassembled(file: SemesterFile, rows: Sequence[str], patches: Sequence[Patch] = ()) -> str:
    """Give the file with these rows instead of its own; patches apply to head and tail."""
    head = patched(file.text, patches, 0, file.head_end)
    tail = patched(file.text, patches, file.tail_start)
    text = head + "".join(rows) + tail
    if not file.text.endswith("\n") and not tail:
        text = re.sub(r"\r?\n\Z", "", text)
    return text
