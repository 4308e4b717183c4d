"""What is sound of a YAML node that its model does not take as a whole."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from kb.findings import Finding, nearest
from kb.parse.yaml import Node, locate
from kb.validate.model import ModelT, allowed_fields, error_finding, own_steps, validated

__all__ = ["GUARDED", "salvage_model"]

GUARDED = frozenset({"staff", "rubric", "release"})
"""Fields that keep something from the public."""

GUARDING = re.compile(
    r"(?i)private|privacy|hidden|hide|internal|secret|confidential|visib|audience"
)
"""Names that no model has, and that say the same."""

MAX_ROUNDS = 12
"""How often what is left is looked at again; a row inside a row inside a row takes three."""


def salvage_model(
    model: type[ModelT],
    node: Node,
    path: str,
    subject: str = "",
    defaults: Mapping[str, str] = MappingProxyType({}),
    guarded: Container[str] = (),
    instead: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ModelT | None, Node, tuple[Finding, ...]]:
    """Give the model made of what is sound in `node`.

    A field with an error is left out; where it must be there, the row it belongs to.

    Args:
        model: what the node should be.
        node: the YAML.
        path: of the file, for findings.
        subject: what the findings are about.
        defaults: values for fields at the top that must be there.
        guarded: fields that keep something back. A flaw in one, or in what looks like one, leaves
            out the row it stands in: nothing is made public because of a slip.
        instead: what stands for a field that cannot be read, where leaving it out would mean
            something else.

    Returns:
        The model, the node without what was left out, and one finding per error; `left_out` says
        whether the row of the error is gone.
    """
    value, errors = validated(model, node)
    if not errors:
        return value, node, ()
    places = [own_steps(e["loc"]) for e in errors]
    kept = node
    for _ in range(MAX_ROUNDS):
        value, left = validated(model, kept)
        if not left:
            break
        mended = renamed(model, kept, left)
        if mended is not kept:
            kept = mended
            continue
        pruned = without_flaws(model, kept, left, defaults, guarded, instead)
        if pruned is None:
            return None, node, found_errors(model, errors, node, path, subject, set(places))
        kept = pruned
    if value is None:
        return None, node, found_errors(model, errors, node, path, subject, set(places))
    alive: set[tuple[int, int] | None] = set(rows_of(kept))
    alive.add(None)
    gone = {steps for steps in places if row_of(node, steps) not in alive}
    return value, kept, found_errors(model, errors, node, path, subject, gone)


def without_flaws(
    model: type[BaseModel],
    node: Node,
    errors: list[dict[str, Any]],
    defaults: Mapping[str, str],
    guarded: Container[str],
    instead: Mapping[str, str],
) -> Node | None:
    """Give a node without what its errors are about; None when nothing is left of it.

    The arguments are those of `salvage_model`.
    """
    drop = sorted(
        {dropped(model, e, guarded) for e in errors},
        key=lambda steps: (len(steps), steps_key(steps)),
    )
    for steps in reversed(drop):
        last = str(steps[-1]) if steps else ""
        if not steps:
            return None
        if len(steps) == 1 and last in defaults and is_default_new(node, last, defaults):
            node = with_field(node, last, defaults[last])
        elif last in instead:
            node = placed(node, steps, replace(locate(node, steps), value=instead[last]))
        else:
            node = without(node, steps)
    return node


def found_errors(
    model: type[BaseModel],
    errors: list[dict[str, Any]],
    node: Node,
    path: str,
    subject: str,
    gone: set[tuple[str | int, ...]],
) -> tuple[Finding, ...]:
    """Give the findings of errors; those in `gone` are about something that is left out."""
    return tuple(
        replace(
            error_finding(model, e, node, path, subject, ()),
            left_out=own_steps(e["loc"]) in gone,
        )
        for e in errors
    )


def steps_key(steps: tuple[str | int, ...]) -> tuple[tuple[int, int, str], ...]:
    """Give what sorts places: rows by their number, fields by their name."""
    return tuple((0, s, "") if isinstance(s, int) else (1, 0, s) for s in steps)


def dropped(
    model: type[BaseModel], error: dict[str, Any], guarded: Container[str]
) -> tuple[str | int, ...]:
    """Give the place of what an error takes with it."""
    steps = own_steps(error["loc"])
    if error["type"] == "missing" and len(steps) > 1:
        return steps[:-1]
    name = steps[-1] if steps else ""
    if error["type"] == "extra_forbidden":
        close = nearest(str(name), allowed_fields(model, steps[:-1]), 1)
        name = "staff" if GUARDING.search(str(name)) else close[0] if close else name
    return steps[:-1] if name in guarded else steps


def renamed(model: type[BaseModel], node: Node, errors: list[dict[str, Any]]) -> Node:
    """Give a node in which misspelt fields stand for the ones that are missing beside them."""
    missing = {own_steps(e["loc"]) for e in errors if e["type"] == "missing"}
    for error in errors:
        steps = own_steps(error["loc"])
        if error["type"] != "extra_forbidden":
            continue
        close = nearest(str(steps[-1]), allowed_fields(model, steps[:-1]), 1)
        meant = (*steps[:-1], close[0]) if close else ()
        if meant in missing:
            missing.discard(meant)
            value = locate(node, steps)
            parent = locate(node, steps[:-1])
            fields = dict(parent.value) if isinstance(parent.value, dict) else {}
            fields.pop(str(steps[-1]), None)
            node = placed(node, steps[:-1], replace(parent, value={**fields, close[0]: value}))
    return node


def placed(node: Node, steps: tuple[str | int, ...], new: Node) -> Node:
    """Give a node with another node at `steps`."""
    if not steps:
        return new
    step, rest = steps[0], steps[1:]
    if isinstance(node.value, dict):
        fields = {n: placed(v, rest, new) if n == step else v for n, v in node.value.items()}
        return replace(node, value=fields)
    if isinstance(node.value, tuple):
        items = (placed(v, rest, new) if n == step else v for n, v in enumerate(node.value))
        return replace(node, value=tuple(items))
    return node


def is_default_new(node: Node, field: str | int, defaults: Mapping[str, str]) -> bool:
    """Tell whether a field does not have its default yet."""
    now = node.value.get(str(field)) if isinstance(node.value, dict) else None
    return now is None or now.value != defaults[str(field)]


def with_field(node: Node, field: str, value: str) -> Node:
    """Give a mapping with a field set."""
    fields = dict(node.value) if isinstance(node.value, dict) else {}
    fields[field] = replace(node, value=value)
    return replace(node, value=fields)


def without(node: Node, steps: tuple[str | int, ...]) -> Node:
    """Give a node without what stands at `steps`; unchanged when nothing does."""
    step, rest = steps[0], steps[1:]
    if isinstance(node.value, dict) and step in node.value:
        fields = dict(node.value)
        if rest:
            fields[str(step)] = without(fields[str(step)], rest)
        else:
            del fields[str(step)]
        return replace(node, value=fields)
    if isinstance(node.value, tuple) and isinstance(step, int) and step < len(node.value):
        items = list(node.value)
        if rest:
            items[step] = without(items[step], rest)
        else:
            del items[step]
        return replace(node, value=tuple(items))
    return node


def rows_of(node: Node) -> Iterator[tuple[int, int]]:
    """Give the places of all elements of lists in a node."""
    children = node.value.values() if isinstance(node.value, dict) else node.value
    if isinstance(children, str):
        return
    for child in children:
        if isinstance(node.value, tuple):
            yield child.line, child.column
        yield from rows_of(child)


def row_of(node: Node, steps: tuple[str | int, ...]) -> tuple[int, int] | None:
    """Give the place of the innermost row that `steps` lead through; None outside of any."""
    last = max((n for n, step in enumerate(steps, 1) if isinstance(step, int)), default=0)
    if not last:
        return None
    row = locate(node, steps[:last])
    return row.line, row.column
