"""BibTeX macros: `@string`, months and `#`, with a cap on what they may expand to."""

from __future__ import annotations

from collections.abc import Iterable

from kb.lexicon import MONTH_NAMES
from kb.parse.bibtex_value import Token

__all__ = ["MONTHS", "Macros"]

MONTHS = {name[:3].casefold(): name for name in MONTH_NAMES}
"""Macros that every standard style defines (plain.bst); case does not matter."""

MAX_EXPANDED = 1_000_000
"""Characters a value may have once macros are replaced; doubling 40 times would need a terabyte."""

MAX_GROWTH = 10
"""How many times its own size a file may grow through macros; real collections stay below 2."""


class Macros:
    """The macros of a file at a point of it: BibTeX takes what they stand for there."""

    def __init__(self, size: int) -> None:
        """Start with the months; `size` is the length of the file in characters."""
        self.values = dict(MONTHS)
        self.budget = MAX_EXPANDED + MAX_GROWTH * size

    def define(self, name: str, value: str) -> None:
        """Define or redefine a macro; case does not matter."""
        self.values[name.casefold()] = value

    def expand(self, tokens: Iterable[Token]) -> tuple[str, tuple[str, ...], bool]:
        """Join the pieces of a value.

        Returns:
            The value, the macros it names that are not defined (kept as their name, where BibTeX
            writes
            nothing), and whether it was cut at the cap.
        """
        parts: list[str] = []
        unknown: list[str] = []
        expanded = 0
        for token in tokens:
            text = token.text
            if token.kind == "macro":
                found = self.values.get(text.casefold())
                if found is None:
                    unknown.append(text)
                else:
                    text = found
                    expanded += len(text)
                    if expanded > MAX_EXPANDED or expanded > self.budget:
                        return "".join(parts), tuple(unknown), True
            parts.append(text)
        self.budget -= expanded
        return "".join(parts), tuple(unknown), False
