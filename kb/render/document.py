"""Word documents, by python-docx: the few parts that lists and quizzes are made of."""

from __future__ import annotations

import io
from datetime import datetime
from importlib.util import find_spec
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

from kb.errors import UsageError
from kb.links import is_safe_url
from kb.render.package import settled_zip
from kb.text import clean

__all__ = ["WordDocument"]

MADE = datetime(2020, 1, 1)
"""Moment of every document; a clock would make two of the same content differ."""

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class WordDocument:
    """A document that is written from top to bottom."""

    def __init__(self, title: str) -> None:
        if find_spec("docx") is None:
            raise UsageError(
                'docx needs python-docx: pip install "coursebib[docx]"; '
                "or write --format html and open it in a word processor"
            )
        import docx  # noqa: PLC0415  optional
        from docx.shared import Cm, Pt  # noqa: PLC0415  optional

        self.document: Any = docx.Document()
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = clean(title), "", ""
        properties.created = properties.modified = MADE
        self.document.styles["Normal"].font.size = Pt(10.5)
        self.document.styles["Normal"].paragraph_format.space_after = Pt(4)
        for section in self.document.sections:
            section.left_margin = section.right_margin = Cm(2)
            section.top_margin = section.bottom_margin = Cm(1.8)

    def heading(self, text: str, level: int) -> None:
        """Add a heading."""
        self.document.add_heading(clean(text), level)

    def paragraph(self, text: str, style: str = "") -> Any:
        """Add a paragraph."""
        return self.document.add_paragraph(clean(text), style or None)

    def bullet(self, title: str, url: str = "", rest: str = "") -> None:
        """Add a line of a list: a title, linked where it may be, and what follows it."""
        paragraph = self.document.add_paragraph(style="List Bullet")
        self.link(paragraph, title, url)
        paragraph.add_run(clean(rest))

    def link(self, paragraph: Any, text: str, url: str) -> None:
        """Add a link; the text alone where the address is none."""
        if not is_safe_url(url):
            paragraph.add_run(clean(text)).italic = True
            return
        from docx.oxml import OxmlElement  # noqa: PLC0415  optional
        from docx.oxml.ns import qn  # noqa: PLC0415  optional

        target = paragraph.part.relate_to(clean(url), LINK, is_external=True)
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), target)
        run = paragraph.add_run(clean(text))
        run.font.underline = True
        element.append(run._r)
        paragraph._p.append(element)

    def page_break(self) -> None:
        """Go on on the next page."""
        self.document.add_page_break()

    def html(self, html: str) -> None:
        """Add prose: paragraphs, lists, code, with emphasis and links."""
        for node in BeautifulSoup(html, "html.parser").contents:
            if isinstance(node, NavigableString):
                if node.strip():
                    self.paragraph(str(node).strip())
            elif isinstance(node, Tag):
                self.block(node)

    def block(self, node: Tag) -> None:
        """Add one block."""
        if node.name in {"ul", "ol"}:
            style = "List Bullet" if node.name == "ul" else "List Number"
            for item in node.find_all("li"):
                self.runs(self.document.add_paragraph(style=style), item)
        elif node.name == "pre":
            run = self.document.add_paragraph().add_run(clean(node.get_text().rstrip()))
            run.font.name = "Courier New"
        elif node.name == "table":
            for row in node.find_all("tr"):
                self.paragraph(
                    " | ".join(c.get_text(" ", strip=True) for c in row.find_all(["td", "th"]))
                )
        else:
            self.runs(self.document.add_paragraph(), node)

    def runs(self, paragraph: Any, node: Tag) -> None:
        """Add what stands in a paragraph."""
        for child in node.children:
            if isinstance(child, NavigableString):
                paragraph.add_run(clean(" ".join(str(child).split("\n"))))
            elif isinstance(child, Tag) and child.name == "a":
                self.link(paragraph, child.get_text(), str(child.get("href", "")))
            elif isinstance(child, Tag) and child.name not in {"ul", "ol"}:
                run = paragraph.add_run(clean(child.get_text()))
                run.bold = child.name in {"strong", "b"} or None
                run.italic = child.name in {"em", "i"} or None
                if child.name == "code":
                    run.font.name = "Courier New"

    def bytes(self) -> bytes:
        """Give the file; the same content gives the same bytes."""
        out = io.BytesIO()
        self.document.save(out)
        return settled_zip(out.getvalue())
