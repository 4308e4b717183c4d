"""One entry of a BibTeX file: key, fields, where it ends, and what is wrong in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.findings import Severity
from kb.parse.bibtex_text import IDENTIFIER, Braces, keys_between, next_restart
from kb.parse.bibtex_value import Token, read_value, skip_space

__all__ = ["Problem", "Reader", "ScannedEntry", "ScannedField", "excerpt"]

FIELD_NAME = re.compile(IDENTIFIER)
KEY = re.compile(r"[^,{}\s]*", re.ASCII)
"""A citation key ends at white space, comma or brace (bibtex.web, `scan2_white`)."""

KEY_IN_PARENTHESES = re.compile(r"[^,{}\s)]*", re.ASCII)
"""BibTeX lets the key of `@misc(key)` take the parenthesis along; nobody means that."""

COMMENT_LINE = re.compile(r"%[^\n\r]*(?:\r\n|\n|\r)?")
COMMA_OR_BRACE = re.compile(r"[,{]")
COMMA_PARENTHESIS_OR_BRACE = re.compile(r"[,{)]")

PROSE_FIELDS = frozenset(
    {
        "annotation",
        "annotation-staff",
        "annote",
        "abstract",
        "note",
        "addendum",
        "comment",
        "review",
    }
)
"""Fields in which a line may well begin with `@word{key,`."""


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
    """Something at an offset that BibTeX would complain about, or that a person should know."""

    code: str
    offset: int
    what: str
    hint: str
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class ScannedEntry:
    """An entry, `@string` or `@preamble`."""

    type: str
    start: int
    body: int
    """Offset behind the opening delimiter."""
    key: str = ""
    end: int = 0
    """Offset behind the closing delimiter."""
    fields: list[ScannedField] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    closed: bool = True
    commented: bool = False
    """Every line begins with `%`: meant to be out of the way."""

    def report(
        self, code: str, offset: int, what: str, hint: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, offset, what, hint, severity))


class Reader:
    """Reads one entry; `limit` is where it ends at the latest."""

    def __init__(self, text: str, braces: Braces, entry: ScannedEntry, opening: str) -> None:
        self.text, self.braces, self.entry = text, braces, entry
        self.parentheses = opening == "("
        self.restart_sought = False
        closing = None if self.parentheses else braces.partner(entry.body - 1)
        self.closing = closing
        if closing is not None:
            self.limit = closing
        elif self.parentheses:
            self.limit = len(text)
        else:
            self.limit = self.restart(entry.body, len(text))
            self.entry.closed = False

    def restart(self, at: int, end: int) -> int:
        """Give the next place where another entry begins, at most `end`."""
        found = next_restart(self.text, at, end, self.braces)
        return end if found is None else found

    def read(self) -> None:
        """Read key and fields; set where the entry ends, and whether it does."""
        entry = self.entry
        at = self.read_key()
        if at is not None:
            at = self.read_fields(at)
        if self.parentheses and entry.closed:
            self.end_in_parentheses(entry.body if at is None else at)
        elif self.closing is not None and entry.closed:
            entry.end = self.closing + 1
        if not entry.closed:
            self.give_up()
        self.report_swallowed()

    def end_in_parentheses(self, at: int) -> None:
        """End an entry at its `)`."""
        if at < self.limit and self.text[at] == ")":
            self.entry.end = at + 1
            return
        self.entry.closed = False
        self.limit = min(self.limit, self.restart(max(self.entry.body, at), len(self.text)))

    def give_up(self) -> None:
        """End an entry that is never closed where the next one begins a line."""
        entry = self.entry
        entry.end = max(self.limit, entry.body)
        entry.problems.clear()
        entry.report(
            "bibtex-unclosed",
            entry.start,
            f"@{entry.type} is never closed",
            "count the braces from here on",
        )

    def report_swallowed(self) -> None:
        """Name what looks like an entry inside another one."""
        entry = self.entry
        if not entry.closed:
            for offset, name in keys_between(self.text, entry.body, entry.end):
                what = (
                    f"{name} stands inside an entry that is never closed "
                    f"({entry.key or '@' + entry.type}) and is not read"
                )
                entry.report(
                    "bibtex-swallowed", offset, what, "mend that entry first", Severity.WARNING
                )
            return
        for scanned in entry.fields:
            prose = scanned.name.casefold() in PROSE_FIELDS
            severity = Severity.NOTE if prose else Severity.WARNING
            hint = (
                "all right for code in a note" if prose else "is a closing brace missing above it?"
            )
            for offset, name in keys_between(
                self.text, scanned.value_start, scanned.value_end, line_starts=True
            ):
                what = f"{name} stands inside the value of {scanned.name!r} and is no entry"
                entry.report("bibtex-swallowed", offset, what, hint, severity)

    def read_key(self) -> int | None:
        """Read the citation key; give where the fields begin, None when there are none."""
        entry, text, kind = self.entry, self.text, self.entry.type.casefold()
        if kind == "preamble":
            value = read_value(text, entry.body, self.limit, self.braces)
            return value.end if self.parentheses else None
        if kind == "string":
            return entry.body
        start = skip_space(text, entry.body, self.limit)
        found = (KEY_IN_PARENTHESES if self.parentheses else KEY).match(text, start, self.limit)
        entry.key = found[0] if found else ""
        at = skip_space(text, start + len(entry.key), self.limit)
        if at >= self.limit or text[at] == "," or (self.parentheses and text[at] == ")"):
            return at
        if text[at] == "=" or entry.key.endswith("="):
            entry.key = ""
            return start
        comma = text.find(",", at, min(self.limit, at + 300))
        if comma < 0 or re.search(r"[{}=\"]", text[at:comma]):
            self.slip("bibtex-comma", at, "no comma after the key", "write `@type{key,`")
            return self.next_field(at)
        entry.key = " ".join(text[start:comma].split())
        return comma

    def read_fields(self, at: int) -> int:
        """Read fields from `at` on; a slip is reported and reading goes on at the next field that
        can be found.
        """
        text, entry = self.text, self.entry
        while True:
            at = self.skip(at)
            if at >= self.limit:
                return at
            if text[at] == ",":
                at += 1
                continue
            if self.parentheses and text[at] == ")":
                return at
            name = FIELD_NAME.match(text, at, self.limit)
            equals = self.skip(name.end()) if name else at
            if name is None or equals >= self.limit or text[equals] != "=":
                self.slip(
                    "bibtex-field",
                    at,
                    f"{excerpt(text[at : self.limit])!r} is no field",
                    "write `name = {value},`",
                )
                at = self.next_field(max(at, equals))
                continue
            value_start = skip_space(text, equals + 1, self.limit)
            value = read_value(text, value_start, self.limit, self.braces)
            if value.tokens:
                entry.fields.append(
                    ScannedField(name[0], value.tokens, name.start(), value_start, value.end)
                )
            if value.broken >= 0:
                self.slip(
                    "bibtex-value",
                    min(value.broken, self.limit - 1),
                    f"the value of {name[0]!r} cannot be read",
                    "put it in balanced braces",
                )
                at = self.next_field(max(value.broken, value_start))
                continue
            at = self.skip(value.end)
            if at < self.limit and text[at] != "," and not (self.parentheses and text[at] == ")"):
                self.slip(
                    "bibtex-comma", at, f"no comma after the value of {name[0]!r}", "add the comma"
                )
                if at < self.limit and FIELD_NAME.match(text, at, self.limit) is None:
                    at = self.next_field(at)

    def slip(self, code: str, at: int, what: str, hint: str) -> None:
        """Report a slip; where another entry begins in what follows, this one was never closed."""
        self.entry.report(code, at, what, hint)
        if self.entry.closed and not self.restart_sought:
            self.restart_sought = True
            limit = self.restart(at, self.limit)
            if limit < self.limit:
                self.limit = limit
                self.entry.closed = False

    def skip(self, at: int) -> int:
        """Skip white space, and `%` lines, which BibTeX has no notion of inside an entry."""
        while True:
            at = skip_space(self.text, at, self.limit)
            if at >= self.limit or self.text[at] != "%":
                return min(at, self.limit)
            found = COMMENT_LINE.match(self.text, at, self.limit)
            if found is None:
                return at
            self.entry.report(
                "bibtex-percent",
                at,
                "a % comment inside the entry",
                "BibTeX knows none; move it out of the entry",
                Severity.WARNING,
            )
            at = found.end()

    def next_field(self, at: int) -> int:
        """Find the comma after which reading may go on, braces skipped."""
        pattern = COMMA_PARENTHESIS_OR_BRACE if self.parentheses else COMMA_OR_BRACE
        while at < self.limit:
            found = pattern.search(self.text, at, self.limit)
            if found is None:
                return self.limit
            if found[0] != "{":
                return found.start()
            close = self.braces.partner(found.start())
            at = found.end() if close is None or close >= self.limit else close + 1
        return self.limit


def excerpt(text: str) -> str:
    """Give the beginning of the first line of `text`."""
    return re.split(r"[\r\n]", text[:40], maxsplit=1)[0].rstrip()
