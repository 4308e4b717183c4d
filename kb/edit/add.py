"""Adding entries to the collection: which may come in, under which keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.edit.bib import append_entries
from kb.findings import Finding, Severity
from kb.ids import is_citation_key, make_citation_key
from kb.parse.bibtex import RawEntry, duplicate_key_findings, parse_bibtex, year_of
from kb.parse.latex import latex_to_text
from kb.parse.names import parse_names
from kb.records import Work
from kb.text import title_key
from kb.validate.work_facts import doi_of

__all__ = ["Addition", "house_key", "plan_addition"]


@dataclass(frozen=True, slots=True)
class Addition:
    """What an addition would do."""

    text: str
    """The file afterwards."""
    keys: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Tell whether something stands in the way."""
        return any(f.severity is Severity.ERROR for f in self.findings)


def plan_addition(
    source: str, name: str, works: Sequence[Work], target: str, rekey: bool = False
) -> Addition:
    """Plan to append all entries of `source` to `target`.

    Args:
        source: BibTeX.
        name: what findings call the source.
        works: those of the collection.
        target: the file as it is.
        rekey: give the entries house keys instead of their own.

    Findings: those of `parse_bibtex`; `duplicate-key`, `citation-key`, `same-work` (same DOI),
    `no-entries` (errors); `same-work` (same title, a warning).
    """
    entries, problems = parse_bibtex(source, name)
    findings = list(problems)
    known = Known.of(works)
    keys: dict[RawEntry, str] = {}
    for entry in entries:
        taken = set(known.by_key) | {k.casefold() for k in keys.values()}
        keys[entry] = house_key(entry, taken) if rekey else entry.key
        findings.extend(addition_findings(entry, keys[entry], known))
    if not rekey:
        findings.extend(duplicate_key_findings(entries))
    if not entries and not findings:
        hint = "entries begin with `@type{key,`"
        findings.append(
            Finding(code="no-entries", path=name, what="no BibTeX entries in it", hint=hint)
        )
    plan = Addition(target, tuple(keys.values()), tuple(findings))
    if plan.refused:
        return plan
    text = with_keys(source, keys) if rekey else source
    return Addition(append_entries(target, text), plan.keys, plan.findings)


@dataclass(frozen=True, slots=True)
class Known:
    """The works of a collection, by what tells them."""

    by_key: dict[str, Work]
    by_title: dict[str, Work]
    by_doi: dict[str, Work]

    @classmethod
    def of(cls, works: Sequence[Work]) -> Known:
        """Index works."""
        return cls(
            {work.key.casefold(): work for work in works},
            {title_key(work.title): work for work in works},
            {work.doi.casefold(): work for work in works if work.doi},
        )


def addition_findings(entry: RawEntry, key: str, known: Known) -> Iterator[Finding]:
    """Report what speaks against adding an entry under a key."""

    def found(code: str, what: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
        return Finding(
            code=code,
            severity=severity,
            path=entry.path,
            line=entry.line,
            key=entry.key,
            what=what,
            hint=hint,
        )

    def place(work: Work) -> str:
        return f"{work.place.path}:{work.place.line}"

    same_key = known.by_key.get(key.casefold())
    if not is_citation_key(key):
        what = f"{key[:80]!r} cannot be a citation key"
        yield found("citation-key", what, "--rekey makes one of name, year and title")
    elif same_key is not None:
        what = f"the key is taken, by {place(same_key)}"
        yield found("duplicate-key", what, "rename it, or use --rekey for a new one")
    doi = doi_of(entry).casefold()
    same_doi = known.by_doi.get(doi) if doi else None
    if same_doi is not None and same_doi is not same_key:
        what = f"the DOI {doi} is {same_doi.key} already, in {place(same_doi)}"
        yield found("same-work", what, "add to that entry instead")
    twin = known.by_title.get(title_key(latex_to_text(entry.get("title") or "")))
    if twin is not None and same_key is None and not (doi and twin.doi):
        what = f"{twin.key} in {place(twin)} has the same title"
        yield found("same-work", what, "keep one of them", Severity.WARNING)


def with_keys(source: str, keys: dict[RawEntry, str]) -> str:
    """Give BibTeX source with other keys."""
    for entry in sorted(keys, key=lambda e: e.start, reverse=True):
        opening = re.compile(r"[{(]").search(source, entry.start)
        assert opening is not None
        at = source.index(entry.key.split()[0], opening.end())
        source = (
            source[:at]
            + keys[entry]
            + source[
                source.index(",", at) if "," in source[at : entry.end] else at + len(entry.key) :
            ]
        )
    return source


def house_key(entry: RawEntry, taken: set[str]) -> str:
    """Give a key made of first author, year and title."""
    names, _ = parse_names(entry.get("author") or entry.get("editor") or "")
    family = (
        f"{names[0].prefix} {names[0].family}"
        if names
        else entry.get("publisher") or entry.get("organization") or ""
    )
    return make_citation_key(family, year_of(entry), latex_to_text(entry.get("title") or ""), taken)
