r"""LaTeX markup to Unicode, field by field.

Built on pylatexenc, with what it gets wrong on bibliographies mended: a bare `%` or `&` is text,
`\texttt`
and unknown macros keep their arguments, `\LaTeX` is a word, deep nesting keeps the value as
written.
Fields that are addresses (URL, DOI, file names) are none of its business.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["Decoded", "decode_latex", "latex_to_text"]

MAX_LENGTH = 200_000
"""Longer values are shown as written: decoding takes 4 to 10 s per MB."""

MAX_DEPTH = 60
"""Nested braces beyond which pylatexenc would exhaust the stack."""

SPECIAL = re.compile(r"[\\{}$~`]|--|''")
"""What has a meaning in LaTeX; a value without it is text already."""

BARE = re.compile(r"(?<!\\)[%&#_^$]")
"""Characters that people write without the backslash LaTeX asks for."""

MATH = re.compile(r"(?<![\\$])\$(?![\s$])([^$]*?)(?<![\s\\])\$(?![\d$])")
"""Mathematics by Pandoc's rule, so that `from $5 to $10` stays text."""

SORT_HELP = re.compile(r"\\(?:noopsort|SortNoop|noop|sortkey)\s*\{[^{}]*\}", re.IGNORECASE)
"""Macros whose argument is never printed."""

WORDS = {
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2e",
    "BibTeX": "BibTeX",
    "BibLaTeX": "BibLaTeX",
    "TeX": "TeX",
    "XeTeX": "XeTeX",
    "LuaTeX": "LuaTeX",
    "XeLaTeX": "XeLaTeX",
    "LuaLaTeX": "LuaLaTeX",
    "pdfTeX": "pdfTeX",
    "pdfLaTeX": "pdfLaTeX",
    "ConTeXt": "ConTeXt",
    "AmSTeX": "AMS-TeX",
    "MF": "METAFONT",
    "METAFONT": "METAFONT",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "textsterling": "£",
    "copyright": "©",
    "euro": "€",
    "EUR": "€",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "slash": "/",
    "ddag": "‡",
    "micro": "µ",
    "checkmark": "✓",
    "cprime": "ʹ",
    "nobreakdash": "",
    "og": "«",
    "fg": "»",
    "glqq": "„",
    "grqq": "“",
    "flqq": "«",
    "frqq": "»",
    "glq": "‚",
    "grq": "‘",
    "textasteriskcentered": "*",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textordmasculine": "º",
    "textordfeminine": "ª",
    "textperiodcentered": "·",
    "textquotedbl": '"',
    "enspace": " ",
    "thinspace": " ",
    "space": " ",
    "newline": " ",
    "par": "\n\n",
}
"""Macros that pylatexenc leaves empty or gets wrong, and what they print."""

DROPPED = frozenset(
    [
        "bf",
        "it",
        "sc",
        "sl",
        "tt",
        "rm",
        "em",
        "sf",
        "bfseries",
        "itshape",
        "scshape",
        "ttfamily",
        "rmfamily",
        "sffamily",
        "upshape",
        "normalfont",
        "boldmath",
        "unboldmath",
        "newblock",
        "protect",
        "relax",
        "unskip",
        "ignorespaces",
        "xspace",
        "penalty",
        "allowbreak",
        "break",
        "hfill",
        "noindent",
        "selectfont",
        "displaystyle",
        "textstyle",
        "linebreak",
        "small",
    ]
)
"""Macros that print nothing and take no argument in braces."""

MACRO = re.compile(r"\\([A-Za-z]+)(\*?)([ \t]*(?:\{\})?)(\s*\{)?")
HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
URL = re.compile(r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}")
ADDRESS = re.compile(r"\b(?:https?|ftp)://(?:[^\s{}\\<>]|\\[%_&#$~](?:\{\})?)+")
VERB = re.compile(r"\\verb\*?([^A-Za-z\s*])(.*?)\1")
CITE = re.compile(r"\\[A-Za-z]*cite[a-z]*\*?\s*(?:\[[^\][]*\]\s*){0,2}\{([^{}]*)\}", re.IGNORECASE)
QUOTED = re.compile(r"\\(?:enquote|mkbibquote)\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
FIRST_ARGUMENT = re.compile(r"\\(?:foreignlanguage|textlang|raisebox|scalebox|color)\s*\{[^{}]*\}")
SPACE_AFTER_MACRO = re.compile(r"(\\[A-Za-z]+)\s+(?=[A-Za-z0-9])")
LINE_BREAK = re.compile(r"\\\\\*?(?:\[[^\][]*\])?[ \t]*")
ESCAPED = re.compile(r"\\([%_&#$~])(?:\{\})?")
SINGLE_QUOTED = re.compile(r"`([^`'\s][^`']*)'")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A value as people read it."""

    text: str
    doubt: str = ""
    """Why (a part of) the value is shown as written; empty when nothing is doubtful."""


def latex_to_text(value: str) -> str:
    r"""Give a value as people read it; never raises, gives the value as written when in doubt.

    Examples:
        >>> latex_to_text(r"K{\"a}stner 100% sure, R&D -- {\it {LaTeX}}")
        'Kästner 100% sure, R&D – LaTeX'
        >>> latex_to_text("$x^2$ and H{\\'o}l")
        'x^2 and Hól'
    """
    return decode_latex(value).text


def decode_latex(value: str) -> Decoded:
    r"""Give a value as people read it, and what is doubtful about that.

    Examples:
        >>> decode_latex(r"The \frobnicate operator")
        Decoded(text='The \\frobnicate operator', doubt="unknown macro '\\\\frobnicate'")
    """
    if not SPECIAL.search(value):
        return Decoded(value)
    if len(value) > MAX_LENGTH:
        return Decoded(value, f"longer than {MAX_LENGTH} characters")
    if nesting(value) > MAX_DEPTH:
        return Decoded(value, f"braces nested more than {MAX_DEPTH} deep")
    marks = [c for c in map(chr, range(0xFDD0, 0xFDF0)) if c not in value][:2]
    if len(marks) < 2:
        return Decoded(value, "characters that are none")
    return Keeper(*marks).decode(value)


class Keeper:
    """Decodes one value; pieces that pylatexenc must not see wait aside between two marks."""

    def __init__(self, opening: str, closing: str) -> None:
        self.opening, self.closing = opening, closing
        self.kept: list[str] = []
        self.doubt = ""

    def keep(self, text: str) -> str:
        """Put text aside; give what stands for it."""
        self.kept.append(text)
        return f"{self.opening}{len(self.kept) - 1}{self.closing}"

    def restore(self, text: str) -> str:
        """Put back what was set aside, nested or not."""
        pattern = re.compile(f"{self.opening}(\\d+){self.closing}")
        while pattern.search(text):
            text = pattern.sub(lambda m: self.kept[int(m[1])], text)
        return text

    def decode(self, value: str) -> Decoded:
        """Decode a value that has something special."""
        text = SORT_HELP.sub("", value)
        text = VERB.sub(lambda m: self.keep(m[2]), text)
        text = HREF.sub(lambda m: m[2], text)
        text = URL.sub(lambda m: self.keep(ESCAPED.sub(r"\1", m[1])), text)
        text = ADDRESS.sub(lambda m: self.keep(ESCAPED.sub(r"\1", m[0])), text)
        text = CITE.sub(lambda m: self.keep(f"[{m[1]}]"), text)
        text = QUOTED.sub(r"“\1”", text)
        text = FIRST_ARGUMENT.sub("", text)
        text = MATH.sub(lambda m: SPACE_AFTER_MACRO.sub(r"\1{} ", m[1]), text)
        text = LINE_BREAK.sub(" ", text)
        text = MACRO.sub(self.macro, text)
        text = re.sub(r"\\[-/]", "", text)
        text = BARE.sub(lambda m: self.keep(m[0]), text)
        if text.endswith("\\"):
            text = text[:-1] + self.keep("\\")
        if "\\" in text:
            try:
                text = converter().latex_to_text(text, tolerant_parsing=True)
            except (
                Exception
            ) as error:  # pylatexenc raises many kinds on damaged LaTeX; the value stays as written
                return Decoded(value, f"not readable as LaTeX ({type(error).__name__})")
        else:
            text = text.replace("{", "").replace("}", "").replace("~", " ")
        text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
        text = SINGLE_QUOTED.sub(r"‘\1’", text).replace("\u00a0", " ")
        text = unicodedata.normalize("NFC", self.restore(text))
        if self.opening in text or self.closing in text:  # an accent over what was set aside
            return Decoded(value, "accents over signs")
        return Decoded(text, self.doubt)

    def macro(self, found: re.Match[str]) -> str:
        """Replace a macro that pylatexenc would drop together with what it prints."""
        name, star, rest, argument = found[1], found[2], found[3], found[4] or ""
        if name in WORDS:
            gap = (
                " " if rest.isspace() and WORDS[name].isalpha() else ""
            )  # TeX swallows it, people do not mean that
            return self.keep(WORDS[name] + gap) + argument
        if name in DROPPED:
            return argument
        if name in known_macros():
            return found[0]
        if argument:
            return argument
        if rest.endswith("}"):
            return ""
        written = f"\\{name}{star}"
        self.doubt = self.doubt or f"unknown macro {written!r}"
        return self.keep(written) + rest


def nesting(value: str) -> int:
    """Give the depth of nested braces."""
    depth = deepest = 0
    for found in re.finditer(r"[{}]", value):
        depth += 1 if found[0] == "{" else -1
        deepest = max(deepest, depth)
    return deepest


@cache
def converter() -> Any:
    """Give pylatexenc's converter."""
    from pylatexenc import latex2text  # noqa: PLC0415 - heavy; many files need none of it

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    return latex2text.LatexNodes2Text(
        math_mode="text", keep_comments=True, strict_latex_spaces=False
    )


@cache
def known_macros() -> frozenset[str]:
    """Give the macros pylatexenc has a text for."""
    from pylatexenc import latex2text  # noqa: PLC0415 - heavy; many files need none of it

    context = latex2text.get_default_latex_context_db()
    specs: Callable[[], Any] = context.iter_macro_specs
    return frozenset(spec.macroname for spec in specs()) - {
        "footnote",
        "cite",
        "input",
        "include",
        "item",
    }
