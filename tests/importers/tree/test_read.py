"""One tree for every format: the same page gives the same blocks."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pytest

from kb.errors import UsageError
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule
from kb.importers.tree import Shape, guess_format, read_document

PAGES = {
    "md": "# Wool\n\n## Sep 3\n\n- *Black Sheep*, ch. 1\n- [Looms](https://a.org)\n",
    "html": "<h1>Wool</h1><h2>Sep 3</h2><ul><li><i>Black Sheep</i>, ch. 1</li><li><a href='https://a.org'>Looms</a></li></ul>",
    "rst": "Wool\n====\n\nSep 3\n-----\n\n- *Black Sheep*, ch. 1\n- `Looms <https://a.org>`_\n",
    "org": "* Wool\n** Sep 3\n- /Black Sheep/, ch. 1\n- [[https://a.org][Looms]]\n",
    "adoc": "= Wool\n\n== Sep 3\n\n* _Black Sheep_, ch. 1\n* https://a.org[Looms]\n",
    "wiki": "= Wool =\n== Sep 3 ==\n* ''Black Sheep'', ch. 1\n* [https://a.org Looms]\n",
    "tex": "\\section{Wool}\n\\subsection{Sep 3}\n\\begin{itemize}\n\\item \\emph{Black Sheep}, ch.~1\n\\item \\href{https://a.org}{Looms}\n\\end{itemize}\n",
}


@pytest.mark.parametrize("format", sorted(PAGES))
def test_every_format_gives_the_same_blocks(format: str) -> None:
    assert guess_format(PAGES[format]) == format
    blocks = [b for b in read_document(PAGES[format], shape=format).blocks if b.text]
    assert [(b.shape, b.cell.text, [x.url for x in b.cell.links]) for b in blocks] == [
        (Shape.HEADING, "Wool", []),
        (Shape.HEADING, "Sep 3", []),
        (Shape.ITEM, "⟪Black Sheep⟫, ch. 1", []),
        (Shape.ITEM, "\ue000", ["https://a.org"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[A]({{ site.url }}/my file.pdf){:target=\"_blank\"} x\n", ["/my%20file.pdf"], id="templates, spaces, attributes"),
        pytest.param("See @ash2001 [p. 3] and [@birch1999; @oak2004]\n", ["cite:ash2001", "cite:birch1999", "cite:oak2004"], id="citations"),
    ],
)  # fmt: skip
def test_what_generators_add_is_understood_once(text: str, expected: list[str]) -> None:
    (block,) = read_document(text, shape="md").blocks
    assert [link.url for link in block.cell.links] == expected


def test_comments_and_fields_of_a_page_are_asides() -> None:
    blocks = read_document(
        "---\ntitle: Wool\n---\n\n<!-- Sep 5\nold -->\n\nText\n", shape="md"
    ).blocks
    assert [(b.line, b.shape.value, b.what) for b in blocks] == [
        (1, "aside", "fields of the page"),
        (5, "aside", "comment"),
        (8, "line", ""),
    ]


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Wool", 1)
    table = document.add_table(rows=0, cols=3)
    for values in (
        ("Date", "Topic", "Reading"),
        ("Sep 3", "Sheep", "Ash, Black Sheep, ch. 1"),
        ("Sep 5", "No class", ""),
    ):
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ("Date", "Topic", "Reading"),
        (date(2024, 9, 3), "Sheep", "“Black Sheep”"),
        (date(2024, 9, 5), "No class", ""),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "data"), [("a.docx", word_file()), ("a.xlsx", workbook())])
def test_word_files_and_spreadsheets_are_schedules(name: str, data: bytes) -> None:
    found = import_schedule("", "F2024", WorkIndex([]), origin=name, data=data)
    assert [(str(s.day), s.kind.value, [r.title for r in s.readings]) for s in found.sessions] == [
        ("2024-09-03", "lecture", ["Black Sheep"]),
        ("2024-09-05", "break", []),
    ]


def test_a_broken_office_file_is_told() -> None:
    with pytest.raises(UsageError, match=r"not a readable \.docx file"):
        read_document("", "a.docx", data=b"no zip")
