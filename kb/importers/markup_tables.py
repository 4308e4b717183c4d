"""Tables of reStructuredText, MyST, Org and MediaWiki as HTML whose rows know their lines: grid tables, list tables, CSV tables, tables of `|-----+-----|`."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["org_as_markdown", "tables_as_html"]

RULE = re.compile(r"\s*\+(?:[-=]+\+)+\s*")
ORG_RULE = re.compile(r"\s*\|[-+]*-\+-[-+]*\|\s*")
DIRECTIVE = re.compile(
    r"(?P<indent>\s*)(?:\.\.\s+|[`:]{3,}\s*\{)(?P<name>list-table|csv-table)(?:::|\})"
)
TARGET = re.compile(
    r"\s*\.\.\s+_(?:`(?P<quoted>[^`]+)`|(?P<name>[^_:][^:]*)):\s*(?P<url>\S+)\s*|\s*(?:\.\. __:|__)\s+(?P<next>\S+)\s*"
)
"""`.. _name: address` and `.. __: address`."""

REFERENCE = re.compile(
    r"(?::[\w:+-]+:)?`(?P<label>[^`<>]*?)\s*(?:<(?P<url>[^<>`]+)>)?`(?P<mark>__?)?|\b(?P<word>[A-Za-z0-9][\w.-]*[A-Za-z0-9])_(?![\w`])"
)
"""A link or a role: `` `text <address>`_ ``, `` :download:`text <file>` ``, `` `name`_ ``, `name_`."""

ORG_LINK = re.compile(r"\[\[(?P<url>[^\[\]]+)\](?:\[(?P<label>[^\[\]]+)\])?\]")
ORG_DATE = re.compile(
    r"[<\[](?P<day>\d{4}-\d\d-\d\d)(?: [^\W\d_]{2,9}\.?)?(?: \d\d?:\d\d(?:-\d\d?:\d\d)?)?[>\]]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its rows, each with the line it begins at, and the line behind its last."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    end: int
    markup: str = "rst"
    """`rst`, `org` or `wiki`."""


def tables_as_html(text: str) -> str | None:
    """Give a page with the tables of a text as HTML and the rest as paragraphs; None when it has no such table."""
    lines = text.expandtabs(8).splitlines()
    targets, anonymous = targets_of(lines)
    parts: list[str] = []
    number, found = 0, False
    while number < len(lines):
        block = (
            wiki_table(lines, number)
            or grid_table(lines, number)
            or org_table(lines, number)
            or directive_table(lines, number)
        )
        if block is not None and len(block.rows) > 1:
            found = True
            parts.append("<table>")
            for line, cells in block.rows:
                shown = "".join(
                    f"<td>{cell_html(cell, targets, anonymous, block.markup)}</td>"
                    for cell in cells
                )
                parts.append(f'<tr data-line="{line + 1}">{shown}</tr>')
            parts.append("</table>")
            number = block.end
            continue
        if lines[number].strip() and not TARGET.fullmatch(lines[number]):
            parts.append(f'<p data-line="{number + 1}">{html.escape(lines[number].strip())}</p>')
        number += 1
    return "\n".join(parts) if found else None


def targets_of(lines: list[str]) -> tuple[dict[str, str], Iterator[str]]:
    """Give the addresses that names stand for, and those of links without name in order."""
    found = [m for line in lines if (m := TARGET.fullmatch(line))]
    named = {
        (m["quoted"] or m["name"]).strip().casefold(): m["url"] for m in found if not m["next"]
    }
    return named, iter([m["next"] for m in found if m["next"]])


def grid_table(lines: list[str], start: int) -> Block | None:
    """Read a table drawn with `+---+`; a cell may span columns and rows."""
    if not RULE.fullmatch(lines[start]):
        return None
    end = start
    while end < len(lines) and lines[end].strip()[:1] in {"+", "|"}:
        end += 1
    edges = [
        m.start()
        for m in re.finditer(r"\+", max(lines[start:end], key=lambda line: line.count("+")))
    ]
    rows: list[tuple[int, tuple[str, ...]]] = []
    cells = [""] * (len(edges) - 1)
    first = start + 1
    for number in range(start + 1, end):
        line = lines[number].ljust(edges[-1] + 1)
        if line.strip()[:1] == "+" and re.search(r"\+[-=]{3,}", line):
            rows.append((first, tuple(cells)))
            cells, first = [""] * (len(edges) - 1), number + 1
            continue
        bounds = [n for n, at in enumerate(edges) if line[at] in {"|", "+"}]
        for left, right in pairwise(bounds):
            piece = line[edges[left] + 1 : edges[right]]
            width = edges[right] - edges[left] - 2
            cells[left] = joined(cells[left], piece.strip(), width)
    return Block(tuple(row for row in rows if any(row[1])), end)


def joined(above: str, piece: str, width: int) -> str:
    """Join a line of a cell to those above it: as one where its first word would not have fitted there."""
    last = above.rpartition("\n")[2]
    wrapped = (
        last
        and piece
        and not re.match(r"[-*•+]\s|\d{1,2}[.)]\s|\|\s", piece)
        and len(last) + 1 + len(piece.split()[0]) >= width - 1
    )
    return f"{above} {piece}" if wrapped else f"{above}\n{piece}" if above else piece


def org_table(lines: list[str], start: int) -> Block | None:
    """Read a table whose rows stand between bars and whose rules are `|----+----|`."""
    end = start
    while end < len(lines) and lines[end].strip()[:1] == "|":
        end += 1
    if not any(ORG_RULE.fullmatch(line) for line in lines[start:end]):
        return None
    rows = [
        (
            n,
            tuple(
                c.strip()
                for c in ORG_LINK.sub(lambda m: m[0].replace("|", "%7C"), lines[n].strip())
                .strip("|")
                .split("|")
            ),
        )
        for n in range(start, end)
        if not ORG_RULE.fullmatch(lines[n])
    ]
    return Block(tuple(rows), end, "org")


def wiki_table(lines: list[str], start: int) -> Block | None:
    """Read a table between `{|` and `|}`, its cells on lines of their own or apart by `||`."""
    if not lines[start].lstrip().startswith("{|"):
        return None
    end = next(
        (n for n in range(start + 1, len(lines)) if lines[n].lstrip().startswith("|}")),
        len(lines) - 1,
    )
    rows: list[tuple[int, list[str]]] = [(start, [])]
    for number in range(start + 1, end):
        line = lines[number].strip()
        if line.startswith("|-"):
            rows.append((number + 1, []))
        elif line[:1] in {"|", "!"} and not line.startswith("|+"):
            cells = re.split(r"\|\||!!" if line[0] == "!" else r"\|\|", line[1:])
            rows[-1][1].extend(
                re.sub(r"^\s*(?:\w+\s*=\s*(?:\"[^\"]*\"|\w+)\s*)+\|(?!\|)", "", cell).strip()
                for cell in cells
            )
        elif rows[-1][1] and line:
            rows[-1][1][-1] += f"\n{line}"
    return Block(tuple((number, tuple(cells)) for number, cells in rows if cells), end + 1, "wiki")


def directive_table(lines: list[str], start: int) -> Block | None:
    """Read `.. list-table::` and `.. csv-table::`, also fenced as in MyST."""
    opened = DIRECTIVE.match(lines[start])
    if opened is None:
        return None
    fence = re.match(r"\s*([`:]{3,})", lines[start])
    end = start + 1
    while end < len(lines) and (
        lines[end].strip() != fence[1]
        if fence
        else not lines[end].strip()
        or len(lines[end]) - len(lines[end].lstrip()) > len(opened["indent"])
    ):
        end += 1
    body = [n for n in range(start + 1, end) if not re.match(r"\s*:[\w-]+:", lines[n])]
    rows = (
        list(listed_rows([(n, lines[n]) for n in body]))
        if opened["name"] == "list-table"
        else [
            (n, tuple(v.strip() for v in values))
            for n in body
            if lines[n].strip()
            for values in csv.reader([lines[n].strip()], skipinitialspace=True)
        ]
    )
    header = re.search(r":header:\s*(.+)", "\n".join(lines[start + 1 : end]))
    if header:
        rows.insert(0, (start, tuple(next(csv.reader([header[1]], skipinitialspace=True)))))
    return Block(tuple(rows), min(end + (1 if fence else 0), len(lines)))


def listed_rows(lines: list[tuple[int, str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the rows of a list whose items are lists of cells."""
    cells: list[str] = []
    first, inner = -1, 0
    for number, line in lines:
        opened = re.match(r"(\s*)\*\s+-(\s+|$)", line)
        cell = re.match(r"(\s*)-(\s+|$)", line) if first >= 0 and not opened else None
        if opened:
            if first >= 0:
                yield first, tuple(cells)
            first, inner, cells = number, opened.start(2) - 1, [line[opened.end() :].strip()]
        elif cell and len(cell[1]) == inner:
            cells.append(line[cell.end() :].strip())
        elif first >= 0 and cells:
            cells[-1] = (
                f"{cells[-1]}\n{line[inner + 2 :].rstrip()}"
                if re.match(r"\s*(?:[-*+]|\d{1,2}[.)])\s", line) or not line.strip()
                else f"{cells[-1]} {line.strip()}"
            )
    if first >= 0:
        yield first, tuple(cells)


def cell_html(text: str, targets: dict[str, str], anonymous: Iterator[str], markup: str) -> str:
    """Give the text of a cell as HTML."""
    from markdown_it import MarkdownIt

    marked = (
        org_marks(text)
        if markup == "org"
        else wiki_marks(text)
        if markup == "wiki"
        else linked(text, targets, anonymous)
    )
    lines = re.sub(r"(?m)^\|\s+", "", marked).replace("\n", "  \n")
    lines = re.sub(r"\n(?=\s*(?:[-*+]|\d{1,2}[.)])\s)", "\n\n", lines)
    return str(MarkdownIt("commonmark", {"html": True}).render(lines)).replace("\n", "")


def org_as_markdown(text: str) -> str:
    """Give an outline of Org with the headings, dates and links of Markdown; other text as it is."""
    if not re.search(
        r"(?m)^\*+\s+.*<\d{4}-\d\d-\d\d [^\W\d_]{2,4}\.?[ >]|^#\+\w+:", text
    ) or re.search(r"(?m)^\s*\|-+\+", text):
        return text
    headed = re.sub(r"(?m)^(\*{1,6})\s+", lambda m: f"{'#' * len(m[1])} ", text)
    return org_links(headed)


def org_links(text: str) -> str:
    """Give the links and dates of Org as Markdown."""
    return ORG_LINK.sub(
        lambda m: f"[{m['label'] or m['url']}]({m['url']})", ORG_DATE.sub(r"\g<day>", text)
    )


def org_marks(text: str) -> str:
    """Give the links, dates and emphasis of Org as Markdown."""
    plain = org_links(text)
    return re.sub(
        r"(?<![\w/:])/(?=\w)([^/\n]+)/(?![\w/])",
        r"*\1*",
        re.sub(r"(?<!\w)[*](?=\w)([^*\n]+)[*](?!\w)", r"**\1**", plain),
    )


def wiki_marks(text: str) -> str:
    """Give the links and emphasis of MediaWiki as Markdown."""
    named = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]", r"\1", text)
    linked_out = re.sub(
        r"\[(https?://\S+)(?:\s+([^\[\]]+))?\]", lambda m: f"[{m[2] or m[1]}](<{m[1]}>)", named
    )
    return re.sub(r"''([^']+)''", r"*\1*", re.sub(r"'''([^']+)'''", r"**\1**", linked_out))


def linked(text: str, targets: dict[str, str], anonymous: Iterator[str]) -> str:
    """Give the links and roles of reStructuredText as Markdown."""

    def link(found: re.Match[str]) -> str:
        if found["word"]:
            known = targets.get(found["word"].casefold())
            return f"[{found['word']}]({known})" if known else found[0]
        label = found["label"].strip()
        url = found["url"] or (
            ""
            if not found["mark"]
            else targets.get(label.casefold(), "")
            if found["mark"] == "_"
            else next(anonymous, "")
        )
        if url and url.endswith("_") and not re.search(r"[/.]", url):
            url = targets.get(url[:-1].casefold(), "")
        return f"[{label or url}](<{url}>)" if url else label

    return REFERENCE.sub(link, re.sub(r"``([^`]+)``", r"\1", text))
