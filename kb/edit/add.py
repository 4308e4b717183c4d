"""Adding entries to the collection: which may come in, under which keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.edit.bib import append_entries
from kb.findings import Finding, Severity
from kb.ids import is_citation_key, make_citation_key
from kb.parse.bibtex import RawEntry, duplicate_key_findings, parse_bibtex, year_of
from kb.parse.latex import latex_to_text
from kb.parse.names import parse_names
from kb.records import Work
from kb.text import title_key
from kb.validate.works import doi_of

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
        name: what findings call the source.
        rekey: give the entries house keys instead of their own.

    Findings: those of `parse_bibtex`; `duplicate-key`, `citation-key`, `same-work` (same DOI), `no-entries`
    (errors); `same-work` (same title, a warning).
    """
    entries, problems = parse_bibtex(source, name)
    findings = list(problems)
    taken = {work.key.casefold(): work for work in works}
    by_title = {title_key(work.title): work for work in works}
    by_doi = {work.doi.casefold(): work for work in works if work.doi}
    keys: dict[RawEntry, str] = {}
    for entry in entries:
        key = (
            house_key(entry, set(taken) | {k.casefold() for k in keys.values()})
            if rekey
            else entry.key
        )
        keys[entry] = key

        def refuse(code: str, what: str, hint: str, entry: RawEntry = entry) -> None:
            findings.append(
                Finding(code=code, path=name, line=entry.line, key=entry.key, what=what, hint=hint)
            )

        if not is_citation_key(key):
            refuse(
                "citation-key",
                f"{key[:80]!r} cannot be a citation key",
                "--rekey makes one of name, year and title",
            )
        elif key.casefold() in taken:
            other = taken[key.casefold()]
            refuse(
                "duplicate-key",
                f"the key is taken, by {other.place.path}:{other.place.line}",
                "rename it, or use --rekey for a new one",
            )
        doi = doi_of(entry).casefold()
        if doi and doi in by_doi and by_doi[doi].key.casefold() != key.casefold():
            other = by_doi[doi]
            refuse(
                "same-work",
                f"the DOI {doi} is {other.key} already, in {other.place.path}:{other.place.line}",
                "add to that entry instead",
            )
        twin = by_title.get(title_key(latex_to_text(entry.get("title") or "")))
        if twin is not None and key.casefold() not in taken and not (doi and twin.doi):
            what = f"{twin.key} in {twin.place.path}:{twin.place.line} has the same title"
            findings.append(
                Finding(
                    code="same-work",
                    severity=Severity.WARNING,
                    path=name,
                    line=entry.line,
                    key=entry.key,
                    what=what,
                    hint="keep one of them",
                )
            )
    if not rekey:
        findings.extend(duplicate_key_findings(entries))
    if not entries and not findings:
        findings.append(
            Finding(
                code="no-entries",
                path=name,
                what="no BibTeX entries in it",
                hint="entries begin with `@type{key,`",
            )
        )
    plan = Addition(target, tuple(keys.values()), tuple(findings))
    if plan.refused:
        return plan
    text = with_keys(source, keys) if rekey else source
    return Addition(append_entries(target, text), plan.keys, plan.findings)


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
