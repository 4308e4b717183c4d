"""Prompts, shared notes and waivers: YAML files that are lists of one model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from kb.findings import Finding, Severity
from kb.parse.locators import parse_locator
from kb.parse.yaml import Node, parse_yaml
from kb.records import Annotation, Locator, Place, Prompt, Waiver
from kb.sources.files import SourceFile
from kb.text import clean
from kb.validate.salvage import GUARDED, salvage_model
from kb.validate.schema import NoteModel, PromptModel, WaiverModel

__all__ = ["read_locator", "read_notes", "read_prompts", "read_waivers"]

ModelT = TypeVar("ModelT", bound=BaseModel)
RecordT = TypeVar("RecordT")


def read_list(
    file: SourceFile,
    model: type[ModelT],
    convert: Callable[[ModelT, Node, str], tuple[RecordT, tuple[Finding, ...]]],
    guarded: frozenset[str] = GUARDED,
) -> tuple[tuple[RecordT, ...], tuple[Finding, ...]]:
    """Read a file that is a list; what is wrong in an element is left out, or the element.

    Args:
        file: the file.
        model: what each element is.
        convert: makes the record.
        guarded: fields whose flaws leave out the element.
    """
    root, findings = parse_yaml(file.text, file.path, salvage=True)
    if root is None:
        return (), findings
    if not isinstance(root.value, tuple):
        return (), (
            *findings,
            Finding(
                code="bad-value",
                path=file.path,
                line=root.line,
                what="not a list",
                hint="begin lines with `- `",
            ),
        )
    records: list[RecordT] = []
    problems = list(findings)
    for node in root.value:
        value, sound, errors = salvage_model(model, node, file.path, name_of(node), guarded=guarded)
        problems.extend(errors)
        if value is not None:
            record, more = convert(value, sound, file.path)
            records.append(record)
            problems.extend(more)
    return tuple(records), tuple(problems)


def name_of(node: Node) -> str:
    """Give the id of an element for messages."""
    name = node.value.get("id") if isinstance(node.value, dict) else None
    return name.value if name is not None and isinstance(name.value, str) else ""


def read_locator(text: str, where: dict[str, Any]) -> tuple[Locator | None, tuple[Finding, ...]]:
    """Read a locator; a text that is none gives a warning `locator`."""
    if not text.strip():
        return None, ()
    locator = parse_locator(text)
    if locator is not None:
        return locator, ()
    what = f"cannot read the locator {text!r}; it is shown as written and its length is not known"
    hint = "write Ch. 5, 7, 8 or Sec. 1-3 or pp. 3-12"
    return None, (
        Finding(code="locator", severity=Severity.WARNING, what=what, hint=hint, **where),
    )


def read_prompts(file: SourceFile) -> tuple[tuple[Prompt, ...], tuple[Finding, ...]]:
    """Read a file of the prompt bank. Findings: `locator` and those of the YAML and the model."""
    return read_list(file, PromptModel, to_prompt)


def to_prompt(model: PromptModel, node: Node, path: str) -> tuple[Prompt, tuple[Finding, ...]]:
    """Convert one prompt."""
    locator, findings = read_locator(
        model.locator, {"path": path, "line": node.line, "key": model.id, "field": "locator"}
    )
    prompt = Prompt(
        id=model.id,
        works=tuple(dict.fromkeys(model.works)),
        locator=locator,
        locator_text=model.locator.strip(),
        topic=model.topic.strip(),
        minutes=model.minutes,
        text=clean(model.text).strip(),
        rubric=clean(model.rubric).strip(),
        release=model.release,
        place=Place(path=path, line=node.line, column=node.column),
    )
    return prompt, findings


def read_notes(file: SourceFile) -> tuple[tuple[Annotation, ...], tuple[Finding, ...]]:
    """Read a file of notes that cover several works."""
    return read_list(file, NoteModel, to_note, frozenset(NoteModel.model_fields))


def to_note(model: NoteModel, node: Node, path: str) -> tuple[Annotation, tuple[Finding, ...]]:
    """Convert one note."""
    note = Annotation(
        id=model.id,
        works=tuple(dict.fromkeys(model.works)),
        text=clean(model.text).strip(),
        topic=model.topic.strip(),
        staff=model.staff,
        place=Place(path=path, line=node.line, column=node.column),
    )
    return note, ()


def read_waivers(file: SourceFile) -> tuple[tuple[Waiver, ...], tuple[Finding, ...]]:
    """Read a file of waivers."""
    return read_list(file, WaiverModel, to_waiver)


def to_waiver(model: WaiverModel, node: Node, path: str) -> tuple[Waiver, tuple[Finding, ...]]:
    """Convert one waiver."""
    place = Place(path=path, line=node.line, column=node.column)
    return Waiver(
        code=model.code, key=model.session or model.key, reason=model.reason.strip(), place=place
    ), ()
