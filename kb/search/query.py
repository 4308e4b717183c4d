"""What a person asked: a tree of words, filters and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = [
    "FILTERS",
    "TEXT_FIELDS",
    "And",
    "Asked",
    "Condition",
    "Filter",
    "Node",
    "Not",
    "Or",
    "Text",
    "conjuncts",
    "texts",
]

TEXT_FIELDS = {
    "author": "people",
    "authors": "people",
    "editor": "people",
    "people": "people",
    "title": "title",
    "venue": "venue",
    "journal": "venue",
    "publisher": "venue",
    "note": "notes",
    "annotation": "notes",
    "abstract": "notes",
    "session": "sessions",
    "question": "prompts",
    "prompt": "prompts",
    "quiz": "prompts",
}
"""Fields that hold text, as people name them, and the column of the index."""

FILTERS = ("topic", "year", "semester", "kind", "assigned", "annotated", "key")
"""Fields that hold a value and are no text."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand together: one word, or a phrase."""

    words: tuple[str, ...]
    """Folded."""
    column: str = ""
    """Column of the index; empty for all."""
    prefix: bool = False
    """True when the last word is only the beginning of one."""
    quoted: bool = False
    others: tuple[tuple[str, ...], ...] = ()
    """Words or phrases that mean the same; either is enough."""
    typed: str = ""
    """As typed, where the words do not show it."""
    apart: bool = False
    """True when the words need not stand together."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a value: `year:2018..2021`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter as read: SQL over `document_facets x` with its parameters."""

    sql: str
    values: tuple[object, ...] = ()
    name: str = ""
    """As a person would write it."""


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of it; without parts everything."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of it."""

    parts: tuple[Node, ...]


Node = Text | Filter | Condition | Not | And | Or


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as understood."""

    node: Node
    notes: tuple[str, ...] = ()
    """What was ignored or taken otherwise, as sentences."""


def conjuncts(node: Node) -> tuple[Node, ...]:
    """Give the parts that must all hold."""
    if isinstance(node, And):
        return tuple(part for child in node.parts for part in conjuncts(child))
    return (node,)


def texts(node: Node) -> Iterator[Text]:
    """Give the texts that should be found, not those that should not."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from texts(part)
