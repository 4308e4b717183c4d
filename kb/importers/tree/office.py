"""Word files, spreadsheets and PDF as blocks; their parsers come with `coursebib[office]`."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from kb.errors import UsageError
from kb.importers.tree.blocks import Block, TableRow
from kb.importers.tree.html import blocks_of_html
from kb.importers.tree.plain import blocks_of_plain

__all__ = ["OFFICE", "blocks_of_office"]


def load(name: str) -> Any:
    """Load a parser.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            "Word files, spreadsheets and PDF need further packages; install coursebib[office]"
        ) from error


def blocks_of_office(data: bytes, suffix: str) -> tuple[Block, ...]:
    """Give the blocks of a file; lines are its paragraphs and rows, counted from 1.

    Raises:
        UsageError: the file is not what its name says, or its parser is not installed.
    """
    try:
        return OFFICE[suffix](data)
    except UsageError:
        raise
    except Exception as error:  # whatever a parser says of a broken file
        raise UsageError(
            f"not a readable {suffix} file: {error}; save it again, or as text"
        ) from error


def docx_html(data: bytes) -> str:
    """Give a Word file."""
    document = load("docx").Document(io.BytesIO(data))
    table_type = load("docx.table").Table
    parts: list[str] = []
    for number, block in enumerate(document.iter_inner_content(), 1):
        at = f' data-line="{number}"'
        if isinstance(block, table_type):
            parts.append(docx_table(block, number))
            continue
        style = str(block.style.name if block.style is not None else "")
        heading = re.fullmatch(r"(?:Heading|Überschrift|Titre) ?(\d)|Title", style)
        words = "".join(docx_runs(block))
        properties = block._p.pPr  # python-docx names no list
        listed = "List" in style or (properties is not None and properties.numPr is not None)
        name = f"h{min(int(heading[1] or 1), 6)}" if heading else "li" if listed else "p"
        level = docx_level(block) if listed and not heading else 0
        parts.append(
            "<ul>" * (level + 1) * (name == "li")
            + f"<{name}{at}>{words}</{name}>"
            + "</ul>" * (level + 1) * (name == "li")
        )
    return "".join(parts)


def docx_level(paragraph: Any) -> int:
    """Give how deep an item is nested."""
    properties = paragraph._p.pPr
    numbered = properties.numPr if properties is not None else None
    if numbered is not None and numbered.ilvl is not None:
        return min(int(numbered.ilvl.val), 8)
    digit = re.search(r"(\d)$", str(paragraph.style.name))
    return int(digit[1]) - 1 if digit else 0


def docx_runs(paragraph: Any) -> Iterator[str]:
    """Give the runs of a paragraph with their marks and links."""
    for run in paragraph.iter_inner_content():
        if hasattr(run, "address"):
            yield f'<a href="{html.escape(run.url or run.address or "")}">{html.escape(run.text)}</a>'
            continue
        words = html.escape(run.text).replace("\n", "<br>").replace("\t", "&#9;")
        for mark, on in (("em", run.italic), ("strong", run.bold), ("s", run.font.strike)):
            words = f"<{mark}>{words}</{mark}>" if on and words.strip() else words
        yield words


def docx_table(table: Any, first: int) -> str:
    """Give a table of a Word file; a cell that was merged stands once."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        above: Any = None
        width: list[int] = []
        for cell in row.cells:
            if above is cell._tc:  # merged cells share their element
                width[-1] += 1
                continue
            above = cell._tc
            cells.append(
                "<br>".join("".join(docx_runs(p)) for p in cell.paragraphs if p.text.strip())
            )
            width.append(1)
        shown = "".join(f'<td colspan="{w}">{c}</td>' for w, c in zip(width, cells, strict=True))
        rows.append(f'<tr data-line="{first}">{shown}</tr>')
    return f"<table>{''.join(rows)}</table>"


def rows_html(rows: Iterator[tuple[int, list[str]]]) -> str:
    """Give rows of values as a table."""
    shown = "".join(
        f'<tr data-line="{line}">{"".join(f"<td>{c}</td>" for c in cells)}</tr>'
        for line, cells in rows
        if any(cells)
    )
    return f"<table>{shown}</table>"


def value_html(value: object, url: str = "") -> str:
    """Give a value of a spreadsheet; a day is written as one."""
    text = (
        ""
        if value is None
        else str(value.date() if hasattr(value, "date") and hasattr(value, "hour") else value)
    )
    words = html.escape(re.sub(r"(?<=\d)\.0$", "", text)).replace("\n", "<br>")
    return f'<a href="{html.escape(url)}">{words}</a>' if url and words else words


def xlsx_html(data: bytes) -> str:
    """Give each sheet of a workbook as a table below its name."""
    book = load("openpyxl").load_workbook(io.BytesIO(data), data_only=True)
    parts = []
    for sheet in book.worksheets:
        rows = (
            (n, [value_html(c.value, c.hyperlink.target or "" if c.hyperlink else "") for c in row])
            for n, row in enumerate(sheet.iter_rows(), 1)
        )
        parts.append(f"<h2>{html.escape(sheet.title)}</h2>{rows_html(rows)}")
    return "".join(parts)


def ods_html(data: bytes) -> str:
    """Give each sheet of an OpenDocument spreadsheet as a table below its name."""
    odf = load("odf.opendocument")
    table, teletype = load("odf.table"), load("odf.teletype")
    book = odf.load(io.BytesIO(data))
    parts = []
    for sheet in book.spreadsheet.getElementsByType(table.Table):
        rows = []
        for n, row in enumerate(sheet.getElementsByType(table.TableRow), 1):
            cells: list[str] = []
            for cell in row.getElementsByType(table.TableCell):
                times = int(cell.getAttribute("numbercolumnsrepeated") or 1)
                day = cell.getAttribute("datevalue")
                cells += [value_html(day or teletype.extractText(cell))] * min(times, 50)
            rows.append((n, cells))
        parts.append(f"<h2>{html.escape(sheet.getAttribute('name'))}</h2>{rows_html(iter(rows))}")
    return "".join(parts)


def pdf_blocks(data: bytes) -> tuple[Block, ...]:
    """Give a PDF: tables that are ruled, and its lines as they are laid out, columns by their spaces."""
    blocks: list[Block] = []
    line = 0
    with load("pdfplumber").open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            tables = [t for t in page.find_tables() if len(t.rows) > 1]
            rest = page
            for table in tables:
                rest = rest.outside_bbox(table.bbox)
            text = laid_out(rest.extract_words())
            blocks += [
                replace(b, line=b.line + line, rows=moved(b.rows, line))
                for b in blocks_of_plain(text)
            ]
            line += text.count("\n") + 1
            for table in tables:
                rows = [
                    (
                        line + n,
                        [value_html((c or "").replace("-\n", "-").replace("\n", " ")) for c in row],
                    )
                    for n, row in enumerate(table.extract(), 1)
                ]
                line += len(rows)
                blocks += blocks_of_html(rows_html(iter(rows)), marked=True)
    return tuple(blocks)


def laid_out(words: list[dict[str, Any]]) -> str:
    """Give words as lines, those far apart in columns of spaces."""
    lines: dict[int, list[dict[str, Any]]] = {}
    for word in words:
        top = round(float(word["bottom"]))
        at = next((t for t in (top, top - 1, top + 1, top - 2, top + 2) if t in lines), top)
        lines.setdefault(at, []).append(word)
    left = min((float(w["x0"]) for w in words), default=0.0)
    written = []
    for _, line in sorted(lines.items()):
        text, end = "", left
        for word in sorted(line, key=lambda w: float(w["x0"])):
            far = not text or float(word["x0"]) - end > FAR
            column = int((float(word["x0"]) - left) / NARROW)
            text = (
                f"{text}  ".ljust(column) if far and text else " " * column if far else f"{text} "
            )
            text, end = text + str(word["text"]), float(word["x1"])
        written.append(text)
    return "\n".join(written)


FAR = 9.0
"""Points between two words from which on they stand in different columns."""

NARROW = 4.0
"""Points that a column of text is wide; less than most letters."""


def moved(rows: tuple[TableRow, ...], by: int) -> tuple[TableRow, ...]:
    """Give rows further down."""
    return tuple(replace(row, line=row.line + by) for row in rows)


OFFICE: dict[str, Callable[[bytes], tuple[Block, ...]]] = {
    ".docx": lambda data: blocks_of_html(docx_html(data), marked=True),
    ".xlsx": lambda data: blocks_of_html(xlsx_html(data), marked=True),
    ".ods": lambda data: blocks_of_html(ods_html(data), marked=True),
    ".pdf": pdf_blocks,
}
"""Kinds of files by the end of their names."""
