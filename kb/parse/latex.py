r"""LaTeX markup to Unicode, field by field.

Built on pylatexenc, with what it gets wrong on bibliographies mended: a bare `%` or `&` is text, unknown
macros keep their arguments, deep nesting keeps the value as written.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["latex_to_text"]

MAX_LENGTH = 200_000
"""Longer values are shown as written: decoding takes 4 to 10 s per MB."""

MAX_DEPTH = 80
"""Nested braces beyond which pylatexenc would exhaust the stack."""

SPECIAL = re.compile(r"[\\{}$~`]|--|''")
"""What has a meaning in LaTeX; a value without it is text already."""

BARE = re.compile(r"(?<!\\)([%&#_^])")
"""Characters that people write without the backslash LaTeX asks for."""

MATH = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")

SORT_HELP = re.compile(r"\\(?:noopsort|SortNoop)\s*\{[^{}]*\}")
"""Macros whose argument is never printed."""

WORDS = {r"\LaTeX": "LaTeX", r"\BibTeX": "BibTeX", r"\TeX": "TeX", r"\S": "§", r"\pounds": "£", r"\textless": "<", r"\textgreater": ">"}
"""Macros that pylatexenc leaves empty."""

WORD = re.compile(r"(\\(?:LaTeX|BibTeX|TeX|S|pounds|textless|textgreater))(?![A-Za-z])\s*(?:\{\})?")
HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
URL = re.compile(r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}")
VERB = re.compile(r"\\verb\*?([^A-Za-z\s*])(.*?)\1")


def latex_to_text(value: str) -> str:
    r"""Give a value as people read it; never raises, gives the value as written when in doubt.

    Examples:
        >>> latex_to_text(r"K{\"a}stner 100% sure, R&D -- {\it {LaTeX}}")
        'Kästner 100% sure, R&D – LaTeX'
        >>> latex_to_text("$x^2$ and H{\\'o}l")
        'x^2 and Hól'
    """
    if not SPECIAL.search(value):
        return value
    if len(value) > MAX_LENGTH or nesting(value) > MAX_DEPTH:
        return value
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\ue000{len(kept) - 1}\ue001"

    text = SORT_HELP.sub("", value)
    text = HREF.sub(lambda m: m[2], text)
    text = URL.sub(lambda m: keep(m[1]), text)
    text = VERB.sub(lambda m: keep(m[2]), text)
    text = MATH.sub(lambda m: keep(m[1]), text)
    text = WORD.sub(lambda m: keep(WORDS[m[1]]), text)
    text = text.replace(r"\-", "").replace(r"\/", "")
    text = BARE.sub(lambda m: keep(m[1]), text)
    if "\\" in text:
        try:
            text = decoder().latex_to_text(text, tolerant_parsing=True)
        except Exception:  # pylatexenc raises many kinds on damaged LaTeX; the value stays as written
            return value
    else:
        text = text.replace("{", "").replace("}", "").replace("~", "\u00a0")
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    text = re.sub(r"`([^`'\s][^`']*)'", r"‘\1’", text).replace("\u00a0", " ")
    return re.sub("\ue000(\\d+)\ue001", lambda m: kept[int(m[1])], text)


def nesting(value: str) -> int:
    """Give the depth of nested braces."""
    depth = deepest = 0
    for found in re.finditer(r"[{}]", value):
        depth += 1 if found[0] == "{" else -1
        deepest = max(deepest, depth)
    return deepest


@cache
def decoder() -> Any:
    """Give pylatexenc's converter, unknown macros replaced by their arguments."""
    from pylatexenc import latex2text

    return latex2text.LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)
