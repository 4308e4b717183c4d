"""A finding: a flaw in the source files, with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "FindingGroup", "Severity", "group_findings", "nearest", "sort_findings"]


class Severity(StrEnum):
    """How much a finding matters.

    An error means that something is left out of the database or in doubt: a build writes the rest
    and
    ends with exit code 1, a strict one writes nothing.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
"""Order of severities, worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A flaw in a source file; `str()` gives the line a person reads."""

    code: str
    """Stable code such as `duplicate-key`; `kb check --explain CODE` tells more."""
    severity: Severity = Severity.ERROR
    path: str
    """File, relative to the source directory, with forward slashes."""
    line: int = 1
    """Line, counted from 1."""
    column: int | None = None
    """Column, counted from 1, where it is known."""
    key: str = ""
    """Citation key, session, prompt or field path the finding is about; waivers name it."""
    field: str = ""
    """Field of the entry or of the YAML node."""
    what: str
    """What was found."""
    hint: str = ""
    """What to do."""
    left_out: bool = False
    """True when the record it is about is not in the database; else it is there, in doubt."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}"
        if self.column is not None:
            place += f":{self.column}"
        subject = f"{self.key}: " if self.key else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}: {subject}{self.what}{hint}"


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by place, then code, and drop exact repeats."""
    unique = dict.fromkeys(findings)
    return tuple(
        sorted(
            unique,
            key=lambda f: (f.path, f.line, f.column or 0, RANK[f.severity], f.code, f.key, f.what),
        )
    )


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one code and severity in one file, in order of place."""

    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        first = self.findings[0]
        if len(self.findings) == 1:
            return str(first)
        others = ", ".join(str(f.line) for f in self.findings[1:4])
        more = ", ..." if len(self.findings) > 4 else ""
        place, _, rest = str(first).partition(": ")
        return (
            f"{place}: {len(self.findings)} times, the first: {rest}; also in lines {others}{more}"
        )


def group_findings(findings: Iterable[Finding], few: int = 5) -> tuple[FindingGroup, ...]:
    """Put together findings of one code in one file when there are more than `few`; the order of
    first places stays."""
    found = tuple(findings)
    counts: dict[tuple[str, str, Severity], list[Finding]] = {}
    for f in found:
        counts.setdefault((f.path, f.code, f.severity), []).append(f)
    groups: list[FindingGroup] = []
    for f in found:
        own = counts[f.path, f.code, f.severity]
        if len(own) <= few:
            groups.append(FindingGroup((f,)))
        elif f is own[0]:
            groups.append(FindingGroup(tuple(own)))
    return tuple(groups)


def nearest(value: str, candidates: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Give back up to `limit` candidates that look like `value`, best first.

    Uses rapidfuzz; an empty tuple when nothing scores 60 of 100 or more.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  loaded where it is used

    pool = sorted(set(candidates))
    hits = process.extract(
        value, pool, scorer=fuzz.WRatio, limit=limit, score_cutoff=60, processor=str.casefold
    )
    return tuple(hit[0] for hit in hits)
