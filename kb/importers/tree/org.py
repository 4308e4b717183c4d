"""Org and AsciiDoc as Markdown, line by line; no line is added or removed."""

from __future__ import annotations

import re

__all__ = ["asciidoc_as_markdown", "org_as_markdown"]

ORG_LINK = re.compile(r"\[\[(?P<url>[^\[\]]+)\](?:\[(?P<label>[^\[\]]+)\])?\]")
ORG_DATE = re.compile(
    r"[<\[](?P<day>\d{4}-\d\d-\d\d)(?: [^\W\d_]{2,9}\.?)?(?: \d\d?:\d\d(?:-\d\d?:\d\d)?)?[>\]]"
)
ASCIIDOC_LINK = re.compile(
    r"(?:link:)?(?P<url>https?://[^\s\[\]]+)\[(?P<label>[^\[\]]*)\]|link:(?P<path>[^\s\[\]]+)\[(?P<name>[^\[\]]*)\]"
)


def org_as_markdown(text: str) -> str:
    """Give headings, tables, links, dates and emphasis of Org as those of Markdown.

    Examples:
        >>> org_as_markdown("** <2024-10-14 Mon> Syntax\\n- /For All/, [[https://x.org][one]]")
        '## 2024-10-14 Syntax\\n- *For All*, [one](https://x.org)'
    """
    lines = dedented(text.split("\n"))
    table = False
    for number, line in enumerate(lines):
        if re.match(r"\s*#\+(?:title|TITLE):", line):
            lines[number] = f"# {line.partition(':')[2].strip()}"
        elif re.match(r"\s*#(?:\+|\s)|\s*:[A-Z_]+:", line):
            lines[number] = f"<!-- {line.strip()} -->"
        elif re.match(r"\s*\|[-+]+\|?\s*$", line):
            lines[number] = "" if table else "|" + "---|" * (line.count("+") + 1)
            table = True
        elif not line.lstrip().startswith("|"):
            table = False
            lines[number] = re.sub(
                r"^(\*{1,6})\s+(?:(?:TODO|DONE)\s+)?", lambda m: f"{'#' * len(m[1])} ", line
            )
        lines[number] = emphasis(lines[number])
    return "\n".join(lines)


def dedented(lines: list[str]) -> list[str]:
    """Give lines whose lists begin at the margin, wherever the outline put them."""
    result: list[str] = []
    base = 0
    for line in lines:
        own = len(line) - len(line.lstrip())
        if re.match(r"\*+\s", line):
            base = -1
        elif line.strip() and base < 0:
            base = own
        result.append(line[min(own, max(base, 0)) :])
    return result


def emphasis(line: str) -> str:
    """Give the links, dates and emphasis of a line of Org as Markdown."""
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        found.append(f"[{match['label'] or match['url']}]({match['url']})")
        return f"\x00{len(found) - 1}\x00"

    plain = ORG_LINK.sub(keep, ORG_DATE.sub(r"\g<day>", line))
    plain = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])", r"**\1**", plain)
    plain = re.sub(r"(?<![\w/:<])/(?=[^\s/])([^/\n]+)(?<=\S)/(?![\w/])", r"*\1*", plain)
    return re.sub("\x00(\\d+)\x00", lambda m: found[int(m[1])], plain)


def asciidoc_as_markdown(text: str) -> str:
    """Give headings, lists, tables, links and emphasis of AsciiDoc as those of Markdown.

    Examples:
        >>> asciidoc_as_markdown("== Week 1\\n* https://x.org[One]\\n** _Two_")
        '## Week 1\\n- [One](https://x.org)\\n  - *Two*'
    """
    lines = text.split("\n")
    in_table, head = False, False
    for number, line in enumerate(lines):
        if line.strip() == "|===":
            in_table = not in_table
            head, lines[number] = in_table, ""
        elif in_table and line.strip():
            cells = [c.strip() for c in re.split(r"(?:\d+\+)?(?<!\\)\|", line.strip().lstrip("|"))]
            lines[number] = f"|{'|'.join(cells)}|"
            if head and number + 1 < len(lines) and not lines[number + 1].strip():
                lines[number + 1] = "|" + "---|" * len(cells)
            head = False
        elif in_table:
            lines[number] = "" if not lines[number].startswith("|---") else lines[number]
        elif heading := re.match(r"(={1,6})\s+(?=\S)", line):
            lines[number] = f"{'#' * len(heading[1])} {line[heading.end() :]}"
        elif item := re.match(r"\s*([*.]{1,5}|-)\s+(?=\S)", line):
            lines[number] = f"{'  ' * (len(item[1]) - 1)}- {line[item.end() :]}"
        elif re.match(r"//|:[\w-]+:|\[[\w%=,\".* ]+\]\s*$", line):
            lines[number] = f"<!-- {line.strip()} -->"
        shown = ASCIIDOC_LINK.sub(
            lambda m: f"[{m['label'] or m['name'] or m['url']}]({m['url'] or m['path']})",
            lines[number],
        )
        lines[number] = re.sub(r"(?<![\w_])_(?=\S)([^_\n]+)(?<=\S)_(?![\w_])", r"*\1*", shown)
    return "\n".join(lines)
