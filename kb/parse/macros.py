"""BibTeX macros: `@string`, months and `#`, with a cap on what they may expand to."""

from __future__ import annotations

from collections.abc import Iterable

from kb.parse.bibtex_scan import Token

__all__ = ["MONTHS", "expand"]

MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
"""Macros that every standard style defines (plain.bst); case does not matter."""

MAX_EXPANDED = 1_000_000
"""Characters a value may have once macros are replaced; doubling 40 times would need a terabyte."""


def expand(tokens: Iterable[Token], macros: dict[str, str]) -> tuple[str, tuple[str, ...], bool]:
    """Join the pieces of a value.

    Returns:
        The value, the macros it names that are not defined (kept as their name, where BibTeX writes
        nothing), and whether it was cut at the cap.
    """
    parts: list[str] = []
    unknown: list[str] = []
    length = 0
    for token in tokens:
        text = token.text
        if token.kind == "macro":
            found = macros.get(token.text.casefold(), MONTHS.get(token.text.casefold()))
            if found is None:
                unknown.append(token.text)
            else:
                text = found
        if token.kind in {"macro"} and length + len(text) > MAX_EXPANDED:
            return "".join(parts), tuple(unknown), True
        length += len(text)
        parts.append(text)
    return "".join(parts), tuple(unknown), False
