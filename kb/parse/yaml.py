"""YAML with positions: every scalar a string, duplicate keys and alias bombs reported.

PyYAML's `compose()` with `BaseLoader` gives nodes with marks; `Node` keeps value and place.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace

import yaml

from kb.findings import Finding

__all__ = ["Node", "locate", "parse_yaml", "plain"]

MAX_NODES = 200_000
"""Nodes after alias expansion; a file that needs more is an alias bomb."""

MAX_SLIPS = 20
"""Elements of lists that are left out of a file before it is given up."""

MAX_DEPTH = 60
"""Levels of nesting; PyYAML itself recurses."""


MANY = 5000
"""Brackets in a document, or characters in a line, from which on it may nest too deeply."""


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value and where it stands.

    `value` is a `str`, a `tuple[Node, ...]`, or a `dict[str, Node]` in source order.
    """

    value: str | tuple[Node, ...] | dict[str, Node]
    line: int
    column: int
    end_line: int
    """Line of the last character, from 1."""


class TooBig(Exception):
    """More nodes or levels than a hand-written file has."""


def parse_yaml(
    text: str, path: str, salvage: bool = False
) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read one YAML document; None and findings when it cannot be read.

    Findings: `yaml-syntax`, `yaml-duplicate-key`, `yaml-key`, `yaml-alias`, `yaml-documents`. An
    empty file gives None without a finding.

    Args:
        text: of the file.
        path: for findings.
        salvage: leave out the element of a list in which reading stopped, and read on.
    """
    problems: list[Finding] = []
    while True:
        node, findings, stopped = read_document(text, path)
        if not salvage or len(problems) >= MAX_SLIPS:
            return node, (*problems, *findings)
        spaced = without_tab(text, stopped)
        rest = spaced or without_element(text, stopped)
        if rest is None:
            return node, (*problems, *findings)
        problems.extend(replace(f, left_out=spaced is None) for f in findings)
        text = rest


def without_tab(text: str, stopped: tuple[int, ...]) -> str | None:
    """Give YAML with the tab before a line as the spaces of the line above; None without a tab."""
    lines = text.splitlines(keepends=True)
    at = stopped[0] if stopped else 0
    if at >= len(lines) or "\t" not in lines[at][: indent(lines[at])]:
        return None
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    width = indent(above) + (2 if ELEMENT.match(above) else 0)
    lines[at] = " " * width + lines[at].lstrip(" \t")
    return "".join(lines)


def without_element(text: str, stopped: tuple[int, ...]) -> str | None:
    """Give YAML with the lines of one list element emptied; None when no element holds the slip.

    Args:
        text: YAML.
        stopped: lines, from 0, at which the reader stopped, the best first.
    """
    lines = text.splitlines(keepends=True)
    before = (written_before(lines, at) for at in stopped)
    drafts = dict.fromkeys(
        draft for at in dict.fromkeys((*stopped, *before)) if (draft := emptied(lines, at))
    )
    return max(drafts, key=readable_lines, default=None)


def written_before(lines: list[str], at: int) -> int:
    """Give the line before one that says something: a slip often shows only behind it."""
    return next((n for n in range(min(at, len(lines)) - 1, -1, -1) if lines[n].strip()), 0)


def readable_lines(text: str) -> int:
    """Give how many lines of a YAML text can be read before it stops."""
    _, _, stopped = read_document(text, "")
    return stopped[0] if stopped else len(text)


def emptied(lines: list[str], at: int) -> str:
    """Give lines with those of the list element around one of them emptied; nothing without one."""
    if at >= len(lines):
        return ""
    width = indent(lines[at]) if lines[at].strip() else len(lines[at])
    first = next(
        (n for n in range(at, -1, -1) if ELEMENT.match(lines[n]) and indent(lines[n]) <= width),
        None,
    )
    if first is None:
        return ""
    last = next(
        (
            n
            for n in range(first + 1, len(lines))
            if lines[n].strip()
            and "\t" not in lines[n][: indent(lines[n])]
            and indent(lines[n]) <= indent(lines[first])
        ),
        len(lines),
    )
    gap = ["\n" * line.endswith(("\n", "\r")) for line in lines[first:last]]
    return "".join((*lines[:first], *gap, *lines[last:]))


ELEMENT = re.compile(r"[ ]*- ")
"""The first line of a list element."""


def indent(line: str) -> int:
    """Give the width of the white space before a line."""
    return len(line) - len(line.lstrip(" \t"))


def read_document(text: str, path: str) -> tuple[Node | None, tuple[Finding, ...], tuple[int, ...]]:
    """Read one YAML document; also where reading stopped, as lines from 0."""
    tab = next(
        (
            n
            for n, line in enumerate(text.splitlines(), 1)
            if line[: len(line) - len(line.lstrip())].count("\t")
        ),
        0,
    )
    findings: list[Finding] = []
    try:
        root = compose(text)
    except yaml.MarkedYAMLError as error:
        marks = (error.problem_mark, error.context_mark)
        found = syntax_finding(error, path, tab)
        stopped = dict.fromkeys((found.line - 1, *(mark.line for mark in marks if mark)))
        return None, (found,), tuple(stopped)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = (
            "is nested too deeply"
            if isinstance(error, RecursionError)
            else str(error).splitlines()[0]
        )
        return (
            None,
            (
                Finding(
                    code="yaml-syntax",
                    path=path,
                    line=first_bad_line(text),
                    what=f"not YAML: {what}",
                ),
            ),
            (),
        )
    if root is None:
        return None, (), ()
    try:
        node = convert(root, path, findings, [0], 0, set())
    except TooBig as error:
        return (
            None,
            (Finding(code="yaml-alias", path=path, what=str(error), hint="write the values out"),),
            (),
        )
    return node, tuple(findings), ()


def compose(text: str) -> yaml.Node | None:
    """Give the nodes of a document: by libyaml where it is there, in a tenth of the time.

    Its words about what is wrong, and what it makes of tabs, differ; so PyYAML itself reads what
    libyaml refuses, text with tabs, and what could nest deeply enough to end the process.
    """
    fast = getattr(yaml, "CBaseLoader", None)
    nested = text.count("[") + text.count("{") > MANY
    if fast and not nested and "\t" not in text and max(map(len, text.split("\n"))) < MANY:
        with contextlib.suppress(yaml.YAMLError, ValueError):
            node: yaml.Node | None = yaml.compose(text, Loader=fast)
            return node
    return yaml.compose(text, Loader=yaml.BaseLoader)


def syntax_finding(error: yaml.MarkedYAMLError, path: str, tab: int) -> Finding:
    """Turn PyYAML's error into a finding at its mark."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    problem = error.problem or error.context or "cannot be read"
    if tab and (tab == line or "\\t" in problem or "tab" in problem.casefold()):
        return Finding(
            code="yaml-tab",
            path=path,
            line=tab,
            column=1,
            what="a tab in the indentation",
            hint="indent with spaces",
        )
    if "but found another document" in problem:
        return Finding(
            code="yaml-documents",
            path=path,
            line=line,
            column=column,
            what="a second document",
            hint="one per file",
        )
    return Finding(
        code="yaml-syntax",
        path=path,
        line=line,
        column=column,
        what=f"not YAML: {problem}",
        hint="check quotes, colons and indentation here and in the line above",
    )


def first_bad_line(text: str) -> int:
    """Give the line of the first character YAML does not allow, or 1."""
    for number, line in enumerate(text.splitlines(), 1):
        if any(c != "\t" and not c.isprintable() and c not in "\u2028\u2029" for c in line):
            return number
    return 1


def convert(
    node: yaml.Node,
    path: str,
    findings: list[Finding],
    count: list[int],
    depth: int,
    open_nodes: set[int],
) -> Node:
    """Convert a PyYAML node; aliases are expanded, within limits."""
    count[0] += 1
    if count[0] > MAX_NODES:
        raise TooBig(f"more than {MAX_NODES} values once aliases are expanded")
    if depth > MAX_DEPTH or id(node) in open_nodes:
        raise TooBig("an alias that contains itself, or too many levels")
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    end_line = max(line, node.end_mark.line + (1 if node.end_mark.column else 0))
    if isinstance(node, yaml.ScalarNode):
        return Node(node.value, line, column, end_line)
    open_nodes.add(id(node))
    try:
        if isinstance(node, yaml.SequenceNode):
            items = tuple(
                convert(child, path, findings, count, depth + 1, open_nodes) for child in node.value
            )
            return Node(items, line, column, end_line)
        mapping: dict[str, Node] = {}
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            at = key_node.start_mark
            if not isinstance(key_node, yaml.ScalarNode):
                findings.append(
                    Finding(
                        code="yaml-key",
                        path=path,
                        line=at.line + 1,
                        column=at.column + 1,
                        what="a key that is no text",
                    )
                )
                continue
            key = key_node.value
            value = convert(value_node, path, findings, count, depth + 1, open_nodes)
            if key in mapping:
                findings.append(
                    Finding(
                        code="yaml-duplicate-key",
                        path=path,
                        line=at.line + 1,
                        column=at.column + 1,
                        key=key,
                        what=f"written twice, first in line {first_lines[key]}",
                        hint="keep one of them",
                    )
                )
                continue
            mapping[key] = value
            first_lines[key] = at.line + 1
        return Node(mapping, line, column, end_line)
    finally:
        open_nodes.discard(id(node))


def plain(node: Node | None) -> object:
    """Give a node as plain `str`, `list` and `dict` values, for a converter."""
    if node is None:
        return None
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, tuple):
        return [plain(child) for child in node.value]
    return {key: plain(child) for key, child in node.value.items()}


def locate(node: Node, path: tuple[str | int, ...]) -> Node:
    """Give the node at `path`, or the deepest one on the way to it."""
    for step in path:
        if isinstance(step, str) and isinstance(node.value, dict) and step in node.value:
            node = node.value[step]
        elif (
            isinstance(step, int) and isinstance(node.value, tuple) and 0 <= step < len(node.value)
        ):
            node = node.value[step]
        else:
            break
    return node
