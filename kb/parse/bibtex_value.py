"""Values of BibTeX fields: `{braced}`, `"quoted"`, numbers and macros, joined by `#`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.parse.bibtex_text import IDENTIFIER, Braces

__all__ = ["SPACE", "Token", "Value", "read_value"]

SPACE = re.compile(r"\s*")
BARE = re.compile(IDENTIFIER)
QUOTE_OR_BRACE = re.compile(r"[\"{}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a value: `braced`, `quoted`, `number` or `macro`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value as far as it could be read."""

    tokens: tuple[Token, ...]
    end: int
    """Offset behind the last token."""
    broken: int = -1
    """Offset of what could not be read, or -1."""


def read_value(text: str, at: int, end: int, braces: Braces) -> Value:
    """Read `token # token ...` from `at` on (bibtex.web,
    `scan_and_store_the_field_value_and_eat_white`).
    """
    tokens: list[Token] = []
    after = at
    while True:
        at = skip_space(text, at, end)
        character = text[at : at + 1] if at < end else ""
        if character == "{":
            close = braces.partner(at)
        elif character == '"':
            close = closing_quote(text, at, end, braces)
        else:
            bare = BARE.match(text, at, end)
            if bare is None:
                return Value(tuple(tokens), after, at)
            tokens.append(Token("number" if bare[0].isdigit() else "macro", bare[0]))
            close = bare.end() - 1
        if close is None or close >= end:
            return Value(tuple(tokens), after, at)
        if character in {"{", '"'}:
            tokens.append(Token("braced" if character == "{" else "quoted", text[at + 1 : close]))
        after = close + 1
        at = skip_space(text, after, end)
        if at >= end or text[at] != "#":
            return Value(tuple(tokens), after)
        at += 1


def skip_space(text: str, at: int, end: int) -> int:
    """Give the offset of the next character that is no white space, at most `end`."""
    if at >= end or not text[at].isspace():  # mostly so, and ten times as fast
        return at
    found = SPACE.match(text, at, end)
    return found.end() if found else at


def closing_quote(text: str, opening: int, end: int, braces: Braces) -> int | None:
    """Find the quote that ends a quoted value: the next one outside braces."""
    at = opening + 1
    while True:
        found = QUOTE_OR_BRACE.search(text, at, end)
        if found is None or found[0] == "}":
            return None
        if found[0] == '"':
            return found.start()
        close = braces.partner(found.start())
        if close is None:
            return None
        at = close + 1
