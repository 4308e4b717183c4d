"""BibTeX files to raw entries: what the file says, with lines, nothing lost.

bibtexparser reads; `bibtex_scan` sees every entry that BibTeX would see and checks each one. Where
the
library lost or misread an entry, the scan's reading is taken.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kb.findings import Finding, Severity
from kb.parse.bibtex_scan import Problem, ScannedEntry, scan
from kb.parse.bibtex_text import Lines
from kb.parse.macros import Macros

__all__ = [
    "RawEntry",
    "RawField",
    "duplicate_key_findings",
    "parse_bibtex",
    "year_of",
]

NOT_ENTRIES = frozenset({"string", "preamble", "comment"})
"""Commands of BibTeX that are no entries."""

LARGE = 500_000
"""Characters from which on the garbage collector waits."""


@dataclass(frozen=True, slots=True)
class RawField:
    """A field: name in lower case, value without delimiters, macros replaced, LaTeX kept."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as its file says it."""

    key: str
    entry_type: str
    """Lower case."""
    fields: tuple[RawField, ...]
    path: str
    line: int
    """Line of the `@`, from 1."""
    end_line: int
    start: int
    end: int
    """Offsets into the decoded text; `text[start:end]` is the entry."""

    def get(self, name: str) -> str | None:
        """Give a field's value; None when the entry has none."""
        return next((f.value for f in self.fields if f.name == name), None)

    def line_of(self, name: str) -> int | None:
        """Give a field's line; None when the entry has none."""
        return next((f.line for f in self.fields if f.name == name), None)


def parse_bibtex(
    text: str, path: str, library: bool = True
) -> tuple[tuple[RawEntry, ...], tuple[Finding, ...]]:
    """Read all entries of a file, in order; every `@word{key` is an entry or named in a finding.

    Findings: `bibtex-unclosed`, `bibtex-leftover`, `bibtex-comma`, `bibtex-field`, `bibtex-value`,
    `bibtex-key` (errors); `bibtex-percent`, `bibtex-repeated-field`, `bibtex-macro`,
    `bibtex-macro-size`,
    `bibtex-comment`, `bibtex-swallowed` (warnings).

    Args:
        library: let bibtexparser read the values of undamaged files; the scan alone gives the same
            ones in
            two thirds of the time, which is enough to see what an edit did.
    """
    with collector_paused(len(text) > LARGE):
        return read_entries(text, path, library)


@contextmanager
def collector_paused(pause: bool) -> Iterator[None]:
    """Keep the garbage collector from walking a million fresh objects again and again: a third of
    the time.
    """
    paused = pause and gc.isenabled()
    if paused:
        gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def read_entries(
    text: str, path: str, library: bool
) -> tuple[tuple[RawEntry, ...], tuple[Finding, ...]]:
    """Read a file as `parse_bibtex` says."""
    lines = Lines(text)
    scanned = tuple(scan(text))
    damaged = any(p.severity is Severity.ERROR for e in scanned for p in e.problems)
    values = library_values(text) if library and not damaged else {}
    macros = Macros(len(text))
    entries: list[RawEntry] = []
    findings: list[Finding] = []
    for found in scanned:
        kind = found.type.casefold()
        findings.extend(problem_finding(p, found, path, lines) for p in found.problems)
        if kind == "preamble" or found.commented or not found.closed:
            continue
        line = lines(found.start)
        fields, more = read_fields(found, macros, values.get((line, found.key), {}), path, lines)
        findings.extend(more)
        if kind == "string":
            for macro in fields:
                macros.define(macro.name, macro.value)
        elif not found.key:
            what = f"@{found.type} without a citation key"
            findings.append(
                Finding(
                    code="bibtex-key", path=path, line=line, what=what, hint="write `@type{key,`"
                )
            )
        else:
            entries.append(
                RawEntry(
                    found.key,
                    kind,
                    tuple(fields),
                    path,
                    line,
                    lines(found.end - 1),
                    found.start,
                    found.end,
                )
            )
    return tuple(entries), tuple(findings)


def library_values(text: str) -> dict[tuple[int, str], dict[str, str]]:
    """Give what bibtexparser reads: per line and key the raw values, delimiters kept."""
    import bibtexparser  # noqa: PLC0415 - 23 ms that a reading command need not wait

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        library = bibtexparser.parse_string(text, parse_stack=[])
    except (
        Exception
    ) as error:  # the library has no common base for its errors; the scan reads on alone
        logging.getLogger(__name__).debug("bibtexparser gave up: %s", error)
        return {}
    return {
        (entry.start_line + 1, entry.key): {f.key: str(f.value) for f in entry.fields}
        for entry in library.entries
        if entry.start_line is not None
    }


def problem_finding(problem: Problem, entry: ScannedEntry, path: str, lines: Lines) -> Finding:
    """Turn a problem of the scan into a finding."""
    name = entry.key or ("" if entry.type.casefold() in NOT_ENTRIES else f"@{entry.type}")
    return Finding(
        code=problem.code,
        severity=problem.severity,
        path=path,
        line=lines(problem.offset),
        key=name,
        what=problem.what,
        hint=problem.hint,
    )


def read_fields(
    found: ScannedEntry, macros: Macros, library: dict[str, str], path: str, lines: Lines
) -> tuple[list[RawField], list[Finding]]:
    """Give the fields of an entry, the first of repeated ones, and what is doubtful about them."""
    fields: dict[str, RawField] = {}
    findings: list[Finding] = []

    def warn(code: str, offset: int, what: str, hint: str) -> None:
        findings.append(
            Finding(
                code=code,
                severity=Severity.WARNING,
                path=path,
                line=lines(offset),
                key=found.key,
                what=what,
                hint=hint,
            )
        )

    for scanned in found.fields:
        name = scanned.name.casefold()
        line = lines(scanned.start)
        if name in fields:
            what = (
                f"{scanned.name!r} is written twice; the value of line {fields[name].line} counts"
            )
            warn("bibtex-repeated-field", scanned.start, what, "remove one of them")
            continue
        raw = library.get(scanned.name, "")
        if (
            len(scanned.tokens) == 1
            and scanned.tokens[0].kind in {"braced", "quoted"}
            and raw[1:-1] == scanned.tokens[0].text
        ):
            fields[name] = RawField(name, raw[1:-1], line)
            continue
        value, unknown, cut = macros.expand(scanned.tokens)
        for macro in unknown:
            warn(
                "bibtex-macro",
                scanned.start,
                f"{macro!r} in {scanned.name!r} is not defined",
                "put it in braces, or define it with @string before",
            )
        if cut:
            warn(
                "bibtex-macro-size",
                scanned.start,
                f"{scanned.name!r} grows beyond measure and is cut",
                "macros that double need a bound",
            )
        fields[name] = RawField(name, value, line)
    return list(fields.values()), findings


def duplicate_key_findings(entries: Iterable[RawEntry]) -> tuple[Finding, ...]:
    """Report keys used twice, in one file or two, also when only their case differs, naming both
    places.
    """
    first: dict[str, RawEntry] = {}
    findings: list[Finding] = []
    for entry in entries:
        other = first.setdefault(entry.key.casefold(), entry)
        if other is not entry:
            spelt = "" if other.key == entry.key else f" as {other.key!r}"
            what = f"the key is used twice, first in {other.path}:{other.line}{spelt}"
            findings.append(
                Finding(
                    code="duplicate-key",
                    path=entry.path,
                    line=entry.line,
                    key=entry.key,
                    what=what,
                    hint="rename or remove one of them",
                )
            )
    return tuple(findings)


def year_of(entry: RawEntry) -> int | None:
    r"""Give the year of `year`, else of BibLaTeX's `date` (EDTF: `2019-05`, `1988/1992`, `2004?`).

    Text around four digits is forgiven (`{\noopsort{a}1973}`, `in press, 2021`); five digits are
    not a year.
    """
    for name in ("year", "date", "eventdate", "origdate"):
        value = entry.get(name)
        if value:
            found = re.findall(r"(?<!\d)(1[0-9]\d\d|2[01]\d\d)(?!\d)", value)
            if found:
                return int(found[-1] if name == "year" else found[0])
    return None
