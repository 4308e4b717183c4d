"""Scan BibTeX as BibTeX itself does: where entries, fields and values begin and end.

bibtexparser 2.1 reads most files well but loses entries in silence on some (a type that begins with
"comment", a repeated field, a parsing slip that takes its neighbours along). This scan finds what
BibTeX would see, so that nothing vanishes. Rules: bibtex.web, sections on reading the database file.
Linear in the input: every brace is matched once, in one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Lines", "Problem", "ScannedEntry", "ScannedField", "Token", "scan"]

START = re.compile(r"@\s*([^\s\"#%'(),={}@]+)\s*([{(])")
"""`@article{`; white space and line ends may stand between (bibtex.web, `get_bib_command_or_entry`)."""

LINE_START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w.+-]*[ \t]*[{(][ \t]*[^\s,{}()=\"]+[ \t]*,", re.MULTILINE)
"""An entry that begins a line; where reading goes on after an entry that never ends."""

KEY = re.compile(r"\s*([^,{}\s]*)\s*")
"""A citation key ends at white space, comma or brace."""

FIELD_NAME = re.compile(r"[^\s\"#%'(),={}]+")
"""bibtex.web's identifier characters."""

FIELD_START = re.compile(r"[A-Za-z][\w-]*\s*=\s*[{\"\w]")
"""A field outside any entry: what a brace too many leaves behind."""

SPACE = re.compile(r"\s*")
BARE = re.compile(r"[^\s\"#%'(),={}]+")
QUOTE_OR_BRACE = re.compile(r"[\"{}]")
COMMENT_LINE = re.compile(r"%[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a value: `braced`, `quoted`, `number` or `macro`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ScannedField:
    """A field as it stands in the file."""

    name: str
    """As written."""
    tokens: tuple[Token, ...]
    start: int
    """Offset of the name."""
    value_start: int
    value_end: int
    """Offsets of the value with its delimiters."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something at an offset that BibTeX would complain about."""

    code: str
    offset: int
    what: str
    hint: str
    error: bool = True


@dataclass(slots=True)
class ScannedEntry:
    """An entry, `@string`, `@preamble` or `@comment`."""

    type: str
    key: str
    start: int
    end: int
    body: int
    """Offset behind the opening delimiter."""
    fields: list[ScannedField] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    closed: bool = True


class Lines:
    """Offsets to line numbers, from 1."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))]

    def __call__(self, offset: int) -> int:
        return bisect_right(self.starts, offset)


def match_braces(text: str) -> dict[int, int]:
    """Match every `{` with its `}` by offset; braces without partner are left out. Backslashes do not matter."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for found in re.finditer(r"[{}]", text):
        if found[0] == "{":
            stack.append(found.start())
        elif stack:
            pairs[stack.pop()] = found.start()
    return pairs


def scan(text: str) -> Iterator[ScannedEntry]:
    """Give the entries of a file in order, with what is wrong in each."""
    pairs = match_braces(text)
    position = commented = 0
    previous: ScannedEntry | None = None
    while True:
        found = START.search(text, position)
        gap_end = found.start() if found else len(text)
        if previous is not None:
            leftover(text, previous, gap_end)
            yield previous
            previous = None
        if found is None:
            return
        kind = found[1].casefold()
        if kind == "comment":
            position = found.end()
            commented = max(commented, pairs.get(found.end() - 1, 0))
            continue
        entry = ScannedEntry(found[1], "", found.start(), len(text), found.end())
        opening = found.end() - 1
        closing = pairs.get(opening) if found[2] == "{" else closing_parenthesis(text, opening, pairs)
        if closing is None:
            recover(text, entry)
        else:
            entry.end = closing + 1
        read_body(text, entry, closing, pairs)
        inside = LINE_START.search(text, entry.body, entry.end)
        if inside and entry.closed and any(p.error for p in entry.problems):
            entry.problems.clear()
            entry.fields.clear()
            recover(text, entry)
        if entry.start < commented:
            what = "the entry stands inside @comment; BibTeX reads it all the same"
            entry.problems.append(Problem("bibtex-comment", entry.start, what, "remove it, or take it out of the comment", error=False))
            entry.end = max(entry.end, commented + 1) if START.search(text, entry.end, commented) is None else entry.end
        position = entry.end
        previous = entry


def leftover(text: str, entry: ScannedEntry, gap_end: int) -> None:
    """Report text after an entry that belongs into it."""
    if not entry.closed:
        return
    gap = text[entry.end : min(gap_end, entry.end + 400)]
    rest = gap.lstrip(" \t\r\n,")
    if rest.startswith(("}", "{")) or (rest and FIELD_START.match(rest)):
        at = entry.end + len(gap) - len(rest)
        what = f"text left over after the entry: {rest.splitlines()[0][:40]!r}"
        entry.problems.append(Problem("bibtex-leftover", at, what, "a brace too many or a quote inside quotes above?"))


def closing_parenthesis(text: str, opening: int, pairs: dict[int, int]) -> int | None:
    """Find the `)` of an entry in parentheses, outside braces and quotes."""
    at = opening + 1
    quoted = False
    limit = LINE_START.search(text, at)
    end = limit.start() if limit else len(text)
    while at < end:
        character = text[at]
        if character == "{":
            at = pairs.get(at, at)
        elif character == '"':
            quoted = not quoted
        elif character == ")" and not quoted:
            return at
        at += 1
    return None


def recover(text: str, entry: ScannedEntry) -> None:
    """End an entry that is never closed where the next entry begins a line."""
    entry.closed = False
    following = LINE_START.search(text, entry.body)
    entry.end = following.start() if following else len(text)
    what = "the entry is never closed"
    entry.problems.append(Problem("bibtex-unclosed", entry.start, what, "count the braces from here on"))


def read_body(text: str, entry: ScannedEntry, closing: int | None, pairs: dict[int, int]) -> None:
    """Read key and fields of an entry."""
    kind = entry.type.casefold()
    end = closing if closing is not None else entry.end
    if kind == "preamble":
        return
    at = entry.body
    if kind != "string":
        found = KEY.match(text, at, end)
        assert found is not None
        entry.key = found[1]
        at = found.end()
        if at < end and text[at] != ",":
            if text[at] == "=":
                entry.key = ""
                at = entry.body
            else:
                comma = text.find(",", at, end)
                if comma < 0 or "{" in text[at:comma] or "=" in text[at:comma]:
                    entry.problems.append(Problem("bibtex-comma", at, "no comma after the key", "write `@type{key,`"))
                    return
                entry.key = text[entry.body : comma].strip()
                at = comma + 1
        else:
            at = min(at + 1, end)
    read_fields(text, entry, at, end, pairs)


def read_fields(text: str, entry: ScannedEntry, at: int, end: int, pairs: dict[int, int]) -> None:
    """Read fields up to `end`; a slip is reported and reading goes on at the next field that can be found."""
    while True:
        at = skip(text, at, end, entry)
        if at >= end:
            return
        if text[at] == ",":
            at += 1
            continue
        name = FIELD_NAME.match(text, at, end)
        equals = skip(text, name.end(), end, entry) if name else at
        if name is None or equals >= end or text[equals] != "=":
            if entry.closed:
                what = f"{text[at : min(end, at + 30)].splitlines()[0]!r} is no field"
                entry.problems.append(Problem("bibtex-field", at, what, "write `name = {value},`"))
            at = next_field(text, max(at + 1, equals), end, pairs)
            continue
        value_start = SPACE.match(text, equals + 1, end).end()  # type: ignore[union-attr]
        tokens, after, broken = read_value(text, value_start, end, pairs)
        if broken:
            if entry.closed:
                what = f"the value of {name[0]!r} cannot be read"
                entry.problems.append(Problem("bibtex-value", value_start, what, "put it in balanced braces"))
            at = next_field(text, max(after, value_start + 1), end, pairs)
            if not tokens:
                continue
        entry.fields.append(ScannedField(name[0], tuple(tokens), name.start(), value_start, after))
        if broken:
            continue
        at = skip(text, after, end, entry)
        if at < end and text[at] != ",":
            what = f"no comma after the value of {name[0]!r}"
            entry.problems.append(Problem("bibtex-comma", at, what, "add the comma"))
            if FIELD_NAME.match(text, at, end) is None:
                at = next_field(text, at + 1, end, pairs)


def skip(text: str, at: int, end: int, entry: ScannedEntry) -> int:
    """Skip white space, and `%` lines, which BibTeX has no notion of inside an entry."""
    while True:
        at = SPACE.match(text, at, end).end()  # type: ignore[union-attr]
        if at >= end or text[at] != "%":
            return at
        entry.problems.append(
            Problem("bibtex-percent", at, "a % comment inside the entry", "BibTeX knows none; move it out of the entry", error=False)
        )
        at = COMMENT_LINE.match(text, at, end).end()  # type: ignore[union-attr]


def next_field(text: str, at: int, end: int, pairs: dict[int, int]) -> int:
    """Find the comma after which reading may go on, braces skipped."""
    while at < end:
        if text[at] == "{":
            at = min(pairs.get(at, at), end)
        elif text[at] == ",":
            return at
        at += 1
    return end


def read_value(text: str, at: int, end: int, pairs: dict[int, int]) -> tuple[list[Token], int, bool]:
    """Read `token # token ...`; give the tokens, the offset behind them and whether it broke off."""
    tokens: list[Token] = []
    while True:
        at = SPACE.match(text, at, end).end()  # type: ignore[union-attr]
        if at >= end:
            return tokens, at, True
        character = text[at]
        if character == "{":
            close = pairs.get(at)
            if close is None or close >= end:
                return tokens, at, True
            tokens.append(Token("braced", text[at + 1 : close]))
            at = close + 1
        elif character == '"':
            close = closing_quote(text, at, end, pairs)
            if close is None:
                return tokens, at, True
            tokens.append(Token("quoted", text[at + 1 : close]))
            at = close + 1
        else:
            bare = BARE.match(text, at, end)
            if bare is None:
                return tokens, at, True
            tokens.append(Token("number" if bare[0].isdigit() else "macro", bare[0]))
            at = bare.end()
        after = SPACE.match(text, at, end).end()  # type: ignore[union-attr]
        if after < end and text[after] == "#":
            at = after + 1
            continue
        return tokens, at, False


def closing_quote(text: str, opening: int, end: int, pairs: dict[int, int]) -> int | None:
    """Find the quote that ends a quoted value: the next one outside braces."""
    at = opening + 1
    while True:
        found = QUOTE_OR_BRACE.search(text, at, end)
        if found is None or found[0] == "}":
            return None
        if found[0] == '"':
            return found.start()
        close = pairs.get(found.start())
        if close is None or close >= end:
            return None
        at = close + 1
