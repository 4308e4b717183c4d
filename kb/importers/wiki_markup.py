"""Headings, links and tables of other markup as those of Markdown: MediaWiki, AsciiDoc, reStructuredText, Org; no line is added or removed."""

from __future__ import annotations

import re

__all__ = ["as_markdown"]

WIKI_HEADING = re.compile(r"(={1,6})\s*([^=\s].*?)\s*\1\s*$")
"""`== Section ==`."""

EXTERNAL = re.compile(r"(?<![\[!])\[(https?://[^\s\]]+)\s+([^\]]+)\](?!\()")
"""`[https://x.org Title]` of MediaWiki."""

ASCIIDOC = re.compile(
    r"(?<![(<\[\"'])(?:link:)?(https?://[^\s\[\]]+)\[(?=[^\[\]]*[^\W\d_]{2})([^\[\]]+)\]"
)
"""`https://x.org[Title]`."""

RST = re.compile(r"`([^`<>]+?)\s*<(https?://[^\s<>`]+)>`__?")
"""`` `Title <https://x.org>`_ ``."""

ORG = re.compile(r"\[\[(https?://[^\s\[\]]+)\]\[([^\[\]]+)\]\]")
"""`[[https://x.org][Title]]`."""

TABLE = re.compile(r"\s*\{\|")
WIKI_MARKS = re.compile(r"'''''|'''|''(?!')")
WIKI = re.compile(
    r"^(={2,6})\s*[^=\s].*?\s*\1\s*$|(?<![\[!])\[https?://[^\s\]]+\s+[^\]]+\](?!\()|^\s*\{\|",
    re.MULTILINE,
)


def as_markdown(text: str) -> str:
    """Give a document with the headings, links, marks and tables of wikis as those of Markdown; other text stays as it is.

    Examples:
        >>> as_markdown("== Papers ==\\n* [https://x.org A Title], ''ICSE'' 2020")
        '## Papers\\n* [A Title](https://x.org), *ICSE* 2020'
        >>> as_markdown("* `A Title <https://x.org>`_\\n* https://y.org[Another]")
        '* [A Title](https://x.org)\\n* [Another](https://y.org)'
    """
    lines = text.split("\n")
    wiki = WIKI.search(text) is not None
    if wiki:
        lines = [as_heading(line) for line in with_tables(lines)]
    if "http" in text:
        lines = [with_links(line) for line in lines]
    return (
        "\n".join(WIKI_MARKS.sub(lambda m: "**" if len(m[0]) > 2 else "*", line) for line in lines)
        if wiki
        else "\n".join(lines)
    )


def as_heading(line: str) -> str:
    """Give a wiki's heading as one of Markdown."""
    found = WIKI_HEADING.fullmatch(line.strip())
    return f"{'#' * len(found[1])} {found[2]}" if found else line


def with_links(line: str) -> str:
    """Give a line with its links as those of Markdown."""
    if "http" not in line or not ("[" in line or "`" in line):
        return line
    for pattern, shown, address in ((ORG, 2, 1), (RST, 1, 2), (EXTERNAL, 2, 1), (ASCIIDOC, 2, 1)):
        line = pattern.sub(
            lambda m, shown=shown, address=address: f"[{m[shown].strip()}]({m[address]})",  # type: ignore[misc]
            line,
        )
    return line


def with_tables(lines: list[str]) -> list[str]:
    """Give lines with wiki tables as tables of Markdown, each in the place of the first lines of its own."""
    result: list[str] = []
    rows: list[list[str]] = []
    start = -1
    for number, line in enumerate(lines):
        stripped = line.strip()
        if start < 0:
            if TABLE.match(line):
                start, rows = number, [[]]
            else:
                result.append(line)
            continue
        if stripped.startswith("|}"):
            table = [
                "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
                for row in rows
                if row
            ]
            table[1:1] = ["|---|---|"] if table else []
            result += (table + [""] * (number - start + 1))[: max(len(table), number - start + 1)]
            start = -1
        elif stripped.startswith("|-"):
            rows.append([])
        elif stripped.startswith(("|+", "{|")):
            continue
        elif stripped.startswith(("|", "!")):
            rows[-1] += [shown_cell(cell) for cell in re.split(r"\|\||!!", stripped[1:])]
        elif rows[-1] and stripped:
            rows[-1][-1] += f" {stripped}"
    return result if start < 0 else [*result, *lines[start:]]


def shown_cell(cell: str) -> str:
    """Give what a cell shows, without the attributes in front: `style="..." | Title`."""
    return re.sub(r"^\s*(?:[\w-]+=\"[^\"]*\"\s*)+\|", "", cell).strip()
