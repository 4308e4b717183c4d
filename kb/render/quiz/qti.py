"""Quizzes as a QTI 1.2 package for Canvas, with dates.

Canvas's importer converts the questions to QTI 2.1 and takes everything else from a file
`IDENT/assessment_meta.xml` that the manifest names as a `learning-application-resource`; IDENT is
the identifier of the assessment after conversion, hence made of letters, digits and `_`. A moment
without offset would be read as UTC; leaving out attempts or time limit would empty both.
"""

from __future__ import annotations

import xml.etree.ElementTree as XML
from collections.abc import Iterable

from kb.lists.quizzes import QuizSheet
from kb.render.package import zip_bytes
from kb.render.quiz.content import identifier, instructions_html, one_line, prompt_html
from kb.render.setting import PLAIN, Setting
from kb.views.models import PromptView

__all__ = ["render"]

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
CP = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
MD = "http://www.imsglobal.org/xsd/imsmd_v1p2"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LOCATION = f"{{{XSI}}}schemaLocation"

META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
"""Type of the resource that holds what QTI has no word for."""


def render(sheets: Iterable[QuizSheet], how: Setting = PLAIN) -> bytes:
    """Give the package: a manifest, and for each quiz its questions and its settings."""
    found = tuple(sheets)
    if how.only == "bank":
        return bank_package(found, how)
    files = {"imsmanifest.xml": manifest(found, how)}
    for sheet in found:
        name = identifier("quiz", sheet.id)
        files[f"{name}/{name}.xml"] = assessment(sheet, name, how)
        files[f"{name}/assessment_meta.xml"] = settings(sheet, name, how)
    return zip_bytes(files)


def text(root: XML.Element) -> str:
    """Give a document."""
    XML.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + XML.tostring(root, "unicode") + "\n"


def add(
    parent: XML.Element, space: str, name: str, value: str = "", **attributes: str
) -> XML.Element:
    """Add an element."""
    element = XML.SubElement(parent, f"{{{space}}}{name}", attributes)
    element.text = value or None
    return element


def manifest(sheets: tuple[QuizSheet, ...], how: Setting) -> str:
    """Give the list of what is in the package."""
    root = manifest_root(how, "+".join(s.id for s in sheets))
    resources = add(root, CP, "resources")
    for sheet in sheets:
        name = identifier("quiz", sheet.id)
        meta = identifier("meta", sheet.id)
        questions = add(resources, CP, "resource", identifier=name, type="imsqti_xmlv1p2")
        add(questions, CP, "file", href=f"{name}/{name}.xml")
        add(questions, CP, "dependency", identifierref=meta)
        path = f"{name}/assessment_meta.xml"
        own = add(resources, CP, "resource", identifier=meta, type=META_TYPE, href=path)
        add(own, CP, "file", href=path)
    return text(root)


def manifest_root(how: Setting, name: str) -> XML.Element:
    """Give the head of a manifest."""
    XML.register_namespace("", CP)
    XML.register_namespace("imsmd", MD)
    XML.register_namespace("xsi", XSI)
    root = XML.Element(f"{{{CP}}}manifest", {"identifier": identifier("manifest", name)})
    root.set(
        LOCATION,
        f"{CP} http://www.imsglobal.org/xsd/imscp_v1p1.xsd {MD} http://www.imsglobal.org/xsd/imsmd_v1p2p2.xsd",
    )
    metadata = add(root, CP, "metadata")
    add(metadata, CP, "schema", "IMS Content")
    add(metadata, CP, "schemaversion", "1.1.3")
    general = add(add(metadata, MD, "lom"), MD, "general")
    add(add(general, MD, "title"), MD, "string", one_line(how.title or "Reading quizzes"))
    add(root, CP, "organizations")
    return root


def questestinterop() -> XML.Element:
    """Give the root of a file of questions."""
    XML.register_namespace("", QTI)
    XML.register_namespace("xsi", XSI)
    root = XML.Element(f"{{{QTI}}}questestinterop")
    root.set(LOCATION, f"{QTI} http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd")
    return root


def assessment(sheet: QuizSheet, name: str, how: Setting) -> str:
    """Give the questions of a quiz."""
    root = questestinterop()
    quiz = add(root, QTI, "assessment", ident=name, title=one_line(sheet.title))
    field(add(quiz, QTI, "qtimetadata"), "cc_maxattempts", "1")
    section = add(quiz, QTI, "section", ident="root_section")
    for number, prompt in enumerate(sheet.prompts, 1):
        title = "Question" if len(sheet.prompts) == 1 else f"Question {number}"
        item(section, prompt, title, sheet.points, how)
    return text(root)


def field(metadata: XML.Element, label: str, entry: str) -> None:
    """Add a labelled value."""
    pair = add(metadata, QTI, "qtimetadatafield")
    add(pair, QTI, "fieldlabel", label)
    add(pair, QTI, "fieldentry", entry)


def item(parent: XML.Element, prompt: PromptView, title: str, points: float, how: Setting) -> None:
    """Add an essay question."""
    ident = identifier("item", prompt.id)
    element = add(parent, QTI, "item", ident=ident, title=one_line(title))
    metadata = add(add(element, QTI, "itemmetadata"), QTI, "qtimetadata")
    field(metadata, "question_type", "essay_question")
    field(metadata, "points_possible", f"{points:g}")
    field(metadata, "original_answer_ids", "")
    field(metadata, "assessment_question_identifierref", identifier("question", prompt.id))
    shown = add(element, QTI, "presentation")
    material = add(shown, QTI, "material")
    add(material, QTI, "mattext", prompt_html(prompt, how.base), texttype="text/html")
    response = add(shown, QTI, "response_str", ident="response1", rcardinality="Single")
    add(add(response, QTI, "render_fib"), QTI, "response_label", ident="answer1", rshuffle="No")
    processing = add(element, QTI, "resprocessing")
    score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    add(add(processing, QTI, "outcomes"), QTI, "decvar", **score)
    condition = add(processing, QTI, "respcondition", **{"continue": "No"})
    add(add(condition, QTI, "conditionvar"), QTI, "other")


def settings(sheet: QuizSheet, name: str, how: Setting) -> str:
    """Give what Canvas knows beyond the questions: dates, points, attempts."""
    XML.register_namespace("", CANVAS)
    XML.register_namespace("xsi", XSI)
    root = XML.Element(f"{{{CANVAS}}}quiz", {"identifier": name})
    root.set(LOCATION, f"{CANVAS} https://canvas.instructure.com/xsd/cccv1p0.xsd")
    points = f"{sheet.points * len(sheet.prompts):g}"
    title = one_line(sheet.title)
    dates = (("due_at", sheet.due), ("lock_at", sheet.lock), ("unlock_at", sheet.unlock))
    values = (
        ("title", title),
        ("description", instructions_html(sheet, how.base)),
        *dates,
        ("shuffle_answers", "false"),
        ("scoring_policy", "keep_highest"),
        ("hide_results", ""),
        ("quiz_type", "assignment"),
        ("points_possible", points),
        ("show_correct_answers", "true"),
        ("anonymous_submissions", "false"),
        ("could_be_locked", "false"),
        ("time_limit", ""),
        ("allowed_attempts", "1"),
        ("one_question_at_a_time", "false"),
        ("cant_go_back", "false"),
        ("available", "false"),
        ("one_time_results", "false"),
        ("only_visible_to_overrides", "false"),
        ("module_locked", "false"),
    )
    for key, value in values:
        add(root, CANVAS, key, value)
    assignment = add(root, CANVAS, "assignment", identifier=identifier("assignment", sheet.id))
    add(assignment, CANVAS, "title", title)
    for key, value in dates:
        add(assignment, CANVAS, key, value)
    for key, value in (
        ("module_locked", "false"),
        ("workflow_state", "unpublished"),
        ("assignment_overrides", ""),
        ("quiz_identifierref", name),
        ("has_group_category", "false"),
        ("points_possible", points),
        ("grading_type", "points"),
        ("all_day", "false"),
        ("submission_types", "online_quiz"),
        ("peer_reviews", "false"),
    ):
        add(assignment, CANVAS, key, value)
    group = identifier("group", sheet.group)
    add(root, CANVAS, "assignment_group_identifierref", group)
    add(root, CANVAS, "assignment_overrides")
    return text(root)


def bank_package(sheets: tuple[QuizSheet, ...], how: Setting) -> bytes:
    """Give a package with one question bank."""
    title = one_line(how.title or "Reading questions")
    name = identifier("bank", title)
    root = questestinterop()
    bank = add(root, QTI, "objectbank", ident=name)
    field(add(bank, QTI, "qtimetadata"), "bank_title", title)
    for sheet in sheets:
        for prompt in sheet.prompts:
            item(bank, prompt, prompt.id, sheet.points, how)
    questions = text(root)
    head = manifest_root(how, name)
    resources = add(head, CP, "resources")
    resource = add(resources, CP, "resource", identifier=name, type="imsqti_xmlv1p2")
    add(resource, CP, "file", href=f"{name}/{name}.xml")
    return zip_bytes({"imsmanifest.xml": text(head), f"{name}/{name}.xml": questions})
