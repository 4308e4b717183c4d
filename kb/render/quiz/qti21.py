"""Quizzes as an IMS QTI 2.1 package: Blackboard, Brightspace, OLAT, TAO and others.

QTI 2.1 has no dates; what its content packages hold is the test, its questions and their order.
"""

from __future__ import annotations

import xml.etree.ElementTree as XML
from collections.abc import Iterable

from bs4 import BeautifulSoup, NavigableString, Tag

from kb.lists.quizzes import QuizSheet
from kb.render.package import zip_bytes
from kb.render.quiz.content import identifier, instructions_html, one_line, prompt_html
from kb.render.quiz.qti import LOCATION, XSI, add, text
from kb.render.setting import PLAIN, Setting
from kb.text import clean
from kb.views.models import PromptView

__all__ = ["render"]

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"

INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "strong", "sub", "sup", "br"})
RENAMED = {"del": "span"}
"""Elements of prose that QTI's items do not have, and what stands for them."""


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> bytes:
    """Give the package: a manifest, a test for each quiz, a file for each question."""
    found = tuple(sheets)
    files: dict[str, str | bytes] = {"imsmanifest.xml": manifest(found, how)}
    for sheet in found:
        files[f"tests/{identifier('quiz', sheet.id)}.xml"] = test(sheet)
        for prompt in sheet.prompts:
            files[item_path(sheet, prompt)] = item(sheet, prompt, how)
    return zip_bytes(files)


def item_name(sheet: QuizSheet, prompt: PromptView) -> str:
    """Name a question of a quiz; the same question of two quizzes is two items."""
    return identifier("item", prompt.id if sheet.id == prompt.id else f"{sheet.id}/{prompt.id}")


def item_path(sheet: QuizSheet, prompt: PromptView) -> str:
    """Give the file of a question."""
    return f"items/{item_name(sheet, prompt)}.xml"


def manifest(sheets: tuple[QuizSheet, ...], how: Setting) -> str:
    """Give the list of what is in the package."""
    XML.register_namespace("", CP)
    XML.register_namespace("xsi", XSI)
    name = identifier("manifest", "+".join(s.id for s in sheets))
    root = XML.Element(f"{{{CP}}}manifest", {"identifier": name})
    root.set(LOCATION, f"{CP} http://www.imsglobal.org/xsd/imscp_v1p1.xsd")
    metadata = add(root, CP, "metadata")
    add(metadata, CP, "schema", "QTIv2.1 Package")
    add(metadata, CP, "schemaversion", "1.0.0")
    add(root, CP, "organizations")
    resources = add(root, CP, "resources")
    for sheet in sheets:
        quiz = identifier("quiz", sheet.id)
        path = f"tests/{quiz}.xml"
        kind = "imsqti_test_xmlv2p1"
        resource = add(resources, CP, "resource", identifier=quiz, type=kind, href=path)
        add(resource, CP, "file", href=path)
        for prompt in sheet.prompts:
            add(resource, CP, "dependency", identifierref=item_name(sheet, prompt))
        for prompt in sheet.prompts:
            own = item_path(sheet, prompt)
            names = {"identifier": item_name(sheet, prompt), "type": "imsqti_item_xmlv2p1"}
            add(add(resources, CP, "resource", **names, href=own), CP, "file", href=own)
    return text(root)


def qti_root(name: str, ident: str, title: str, **attributes: str) -> XML.Element:
    """Give the root of a test or an item."""
    XML.register_namespace("", QTI)
    XML.register_namespace("xsi", XSI)
    named = {"identifier": ident, "title": one_line(title), **attributes}
    root = XML.Element(f"{{{QTI}}}{name}", named)
    root.set(LOCATION, f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd")
    return root


def test(sheet: QuizSheet) -> str:
    """Give the test of a quiz."""
    root = qti_root("assessmentTest", identifier("quiz", sheet.id), sheet.title)
    mode = {"navigationMode": "nonlinear", "submissionMode": "simultaneous"}
    part = add(root, QTI, "testPart", identifier="part", **mode)
    section = add(part, QTI, "assessmentSection", identifier="section", visible="true")
    section.set("title", one_line(sheet.title))
    for prompt in sheet.prompts:
        ident = item_name(sheet, prompt)
        add(section, QTI, "assessmentItemRef", identifier=ident, href=f"../items/{ident}.xml")
    return text(root)


def item(sheet: QuizSheet, prompt: PromptView, how: Setting) -> str:
    """Give a question with the instructions above it."""
    fixed = {"adaptive": "false", "timeDependent": "false"}
    root = qti_root("assessmentItem", item_name(sheet, prompt), sheet.title, **fixed)
    response = {"identifier": "RESPONSE", "cardinality": "single", "baseType": "string"}
    add(root, QTI, "responseDeclaration", **response)
    score = {"identifier": "SCORE", "cardinality": "single", "baseType": "float"}
    add(root, QTI, "outcomeDeclaration", **score, normalMaximum=f"{sheet.points:g}")
    body = add(root, QTI, "itemBody")
    fill(body, instructions_html(sheet, how.base) + prompt_html(prompt, how.base))
    add(body, QTI, "extendedTextInteraction", responseIdentifier="RESPONSE")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + XML.tostring(root, "unicode") + "\n"


def fill(body: XML.Element, html: str) -> None:
    """Put HTML into an item's body, where text and inline elements stand in paragraphs."""
    paragraph: XML.Element | None = None
    for node in BeautifulSoup(html, "html.parser").contents:
        inline = isinstance(node, NavigableString) or (
            isinstance(node, Tag) and node.name in INLINE
        )
        if isinstance(node, NavigableString) and not node.strip():
            continue
        if inline and paragraph is None:
            paragraph = add(body, QTI, "p")
        elif not inline:
            paragraph = None
        put(paragraph if paragraph is not None else body, node)


def put(parent: XML.Element, node: object) -> None:
    """Put one node of HTML below an element."""
    if isinstance(node, Tag):
        element = XML.SubElement(parent, f"{{{QTI}}}{RENAMED.get(node.name, node.name)}")
        for name in ("href", "title"):
            if node.get(name) and node.name == "a":
                element.set(name, clean(str(node[name])))
        for child in node.contents:
            put(element, child)
    elif isinstance(node, NavigableString):
        value = clean(str(node))
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + value
        else:
            parent.text = (parent.text or "") + value
