"""Check a YAML node against a pydantic model and put the errors where they stand."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kb.findings import Finding, nearest
from kb.parse.yaml import Node, locate, plain

__all__ = ["ModelT", "allowed_fields", "check_model", "error_finding", "own_steps", "validated"]

ModelT = TypeVar("ModelT", bound=BaseModel)

EXPECTED = {
    "dict_type": "a mapping of fields",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
    "list_type": "a list",
    "string_type": "a text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
}
"""What pydantic's type errors ask for, in the words of the format."""


def check_model(
    model: type[ModelT],
    node: Node,
    path: str,
    subject: str = "",
    prefix: tuple[str | int, ...] = (),
) -> tuple[ModelT | None, tuple[Finding, ...]]:
    """Give the model made of `node`, or None and one finding per error.

    Findings: `unknown-field`, `missing-field`, `bad-value`.
    """
    value, errors = validated(model, node)
    return value, tuple(error_finding(model, e, node, path, subject, prefix) for e in errors)


def validated(model: type[ModelT], node: Node) -> tuple[ModelT | None, list[dict[str, Any]]]:
    """Give the model made of a node, or None and pydantic's errors."""
    value = plain(node)
    try:
        return model.model_validate({} if value == "" else value), []
    except ValidationError as error:
        return None, [dict(e) for e in error.errors()]


def error_finding(
    model: type[BaseModel],
    error: dict[str, Any],
    node: Node,
    path: str,
    subject: str,
    prefix: tuple[str | int, ...],
) -> Finding:
    """Turn one pydantic error into a finding at its place."""
    steps = own_steps(error["loc"])
    kind = error["type"]
    at = locate(node, steps)
    field = dotted(prefix + steps)
    key = f"{subject}: {field}" if subject and field else subject or field
    where: dict[str, Any] = {
        "path": path,
        "line": at.line,
        "column": at.column,
        "key": key,
        "field": field,
    }
    if kind == "extra_forbidden":
        name = str(steps[-1])
        allowed = allowed_fields(model, steps[:-1])
        close = nearest(name, allowed, 1)
        hint = f"did you mean {close[0]}?" if close else "allowed: " + ", ".join(sorted(allowed))
        return Finding(code="unknown-field", what=f"unknown field {name!r}", hint=hint, **where)
    if kind == "missing":
        return Finding(
            code="missing-field", what=f"{steps[-1]!r} is missing", hint="add it", **where
        )
    shown = error.get("input")
    quoted = repr(shown) if isinstance(shown, str | int) else "this"
    if kind in {"enum", "literal_error"}:
        allowed = [
            v.strip(" '\"") for v in str(error["ctx"]["expected"]).replace(" or ", ",").split(",")
        ]
        close = nearest(str(shown), allowed, 1)
        hint = "allowed: " + ", ".join(allowed) + (f"; did you mean {close[0]}?" if close else "")
        return Finding(code="bad-value", what=f"{quoted} is not allowed", hint=hint, **where)
    if kind in EXPECTED:
        return Finding(
            code="bad-value",
            what=f"{quoted} is not {EXPECTED[kind]}",
            hint=f"write {EXPECTED[kind]}",
            **where,
        )
    if kind == "too_short":
        return Finding(code="bad-value", what="an empty list", hint="name at least one", **where)
    message = str(error["msg"]).removeprefix("Value error, ")
    return Finding(
        code="bad-value",
        what=message,
        hint="see docs/formats.md" if message == "is empty" else "",
        **where,
    )


def own_steps(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Drop the steps that pydantic adds to a place for the branches of a union.

    The only union is the date of a session, `date | "tbd"`: `("sessions", 0, "date", "date")`.
    """
    steps: list[str | int] = []
    for step in loc:
        if isinstance(step, str) and ("[" in step or (step == "date" and steps[-1:] == ["date"])):
            continue
        steps.append(step)
    return tuple(steps)


def dotted(steps: tuple[str | int, ...]) -> str:
    """Give a place as people read it: `sessions[3].readings[1].work`, counted from 1."""
    text = ""
    for step in steps:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def allowed_fields(model: type[BaseModel], steps: tuple[str | int, ...]) -> list[str]:
    """Give the names allowed in the mapping at `steps` below `model`."""
    current: type[BaseModel] | None = model
    for step in steps:
        if isinstance(step, int) or current is None:
            continue
        current = next(
            (nested_model(f.annotation) for f in current.model_fields.values() if f.alias == step),
            None,
        )
    return [f.alias or name for name, f in current.model_fields.items()] if current else []


def nested_model(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside `list[Model]`, `Model | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = nested_model(inner)
        if found:
            return found
    return None
