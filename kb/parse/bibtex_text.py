"""Positions in BibTeX text: lines, matching braces, places where an entry begins."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right

__all__ = ["Braces", "IDENTIFIER", "Lines", "find_start", "keys_between", "next_restart"]

IDENTIFIER = r"[^\s\"#%'(),={}@]+"
"""bibtex.web's identifier characters (section "Character classes"); a word beside `@` or `=`."""

START = re.compile(rf"@\s*({IDENTIFIER})\s*([{{(])")
"""`@article{`; white space and line ends may stand between (bibtex.web,
`get_bib_command_or_entry`).
"""

KEYED = re.compile(rf"@\s*{IDENTIFIER}\s*[{{(]\s*[^\s,{{}}()=\"@]+\s*,")
"""`@article{key,`: an entry beyond doubt."""

LINE_KEYED = re.compile(rf"(?:\A|(?<=[\r\n]))[ \t]*{KEYED.pattern}")
"""The same at the start of a line."""

RESTART = re.compile(
    r"(?:\A|(?<=[\r\n]))[ \t]*(?=@)(?:"
    r"@[ \t]*[A-Za-z][\w.+:-]*[ \t]*[{(][ \t]*[^\s,{}()=\"@]+[ \t]*[,}]"
    r"|@[ \t]*string[ \t]*[{(]\s*[^\s,{}()=\"]+\s*="
    r"|@[ \t]*preamble[ \t]*[{(][ \t]*[{\"]"
    r"|@[ \t]*comment[ \t]*[{(])"
    r"|=\s*(?P<value>\{)",
    re.IGNORECASE,
)
"""A line that begins an entry, where reading goes on after one that is broken; or a braced value.
"""

AFTER_VALUE = re.compile(r"\s*[,})#]")
"""What stands behind a value that is complete."""

MAIL = re.compile(r"[\w.+-]@\Z")
"""The end of a piece of text in which `@` belongs to an address."""


class Lines:
    """Offsets to line numbers, from 1; a line ends with LF, CRLF or CR."""

    def __init__(self, text: str) -> None:
        self.starts = array("q", [0])
        self.starts.extend(m.end() for m in re.finditer(r"\r\n|\n|\r", text))

    def __call__(self, offset: int) -> int:
        return bisect_right(self.starts, offset)


class Braces:
    """Every `{` with its `}`, found in one pass; backslashes do not matter, as in BibTeX.

    Two arrays of machine integers: a file of ten million braces takes 80 MB, not the gigabyte of a
    dict.
    """

    def __init__(self, text: str) -> None:
        self.opening = array("q")
        self.closing = array("q")
        stack: list[int] = []
        for found in re.finditer(r"[{}]", text):
            if found[0] == "{":
                stack.append(len(self.opening))
                self.opening.append(found.start())
                self.closing.append(-1)
            elif stack:
                self.closing[stack.pop()] = found.start()

    def partner(self, opening: int) -> int | None:
        """Give the offset of the `}` that closes the `{` at `opening`; None when nothing does."""
        at = bisect_left(self.opening, opening)
        if at == len(self.opening) or self.opening[at] != opening:
            return None
        close = self.closing[at]
        return close if close >= 0 else None


def find_start(text: str, at: int) -> re.Match[str] | None:
    """Find the next `@word{` or `@word(` from `at` on; mail addresses such as `a@b.org (home)` are
    passed over.
    """
    while True:
        found = START.search(text, at)
        if found is None:
            return None
        mail = (
            found.start() > 0
            and MAIL.match(text, found.start() - 1, found.start() + 1)
            and (found[2] == "(" or "." in found[1])
        )
        if not mail or KEYED.match(text, found.start()):
            return found
        at = found.end(1)


def next_restart(text: str, at: int, end: int, braces: Braces) -> int | None:
    """Find the next line between `at` and `end` that begins an entry, not inside a value that is
    complete.

    So code in an annotation (`@Test(x)` at the start of a line) makes no entry. Each character is
    looked at once.
    """
    while True:
        found = RESTART.search(text, at, end)
        if found is None:
            return None
        opening = found.start("value")
        if opening < 0:
            return text.index("@", found.start())
        close = braces.partner(opening)
        complete = close is not None and AFTER_VALUE.match(text, close + 1)
        at = close + 1 if close is not None and complete else opening + 1


def keys_between(
    text: str, at: int, end: int, line_starts: bool = False
) -> tuple[tuple[int, str], ...]:
    """Give offset and `@word{key` of what looks like entries between `at` and `end`.

    Args:
        line_starts: only those that begin a line.
    """
    found = (LINE_KEYED if line_starts else KEYED).finditer(text, at, end)
    return tuple(
        (text.index("@", m.start()), " ".join(m[0].strip().rstrip(",").split())) for m in found
    )
