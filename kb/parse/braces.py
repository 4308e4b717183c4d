"""Braces in values of BibTeX."""

from __future__ import annotations

__all__ = ["is_balanced"]


def is_balanced(value: str) -> bool:
    """Tell whether every brace has its partner, as BibTeX counts them.

    Examples:
        >>> is_balanced("{A} title"), is_balanced("}{")
        (True, False)
    """
    depth = 0
    for character in value:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
