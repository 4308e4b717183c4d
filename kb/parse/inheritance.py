"""What entries inherit through `crossref` and `xdata`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.findings import Finding, Severity
from kb.parse.bibtex import RawEntry, RawField

__all__ = ["resolve_inheritance"]

NEVER_INHERITED = frozenset(
    [
        "ids",
        "crossref",
        "xref",
        "xdata",
        "entryset",
        "entrysubtype",
        "execute",
        "label",
        "options",
        "presort",
        "related",
        "relatedoptions",
        "relatedtype",
        "shorthand",
        "sortkey",
        "keywords",
        "annotation",
        "annotation-staff",
        "annote",
        "shorttitle",
    ]
)
"""Fields a child does not take from its parent (biblatex manual, appendix B), and those that are
about one work.
"""

OF_THE_PARENT = frozenset(
    [
        "doi",
        "url",
        "urldate",
        "eprint",
        "eprinttype",
        "eprintclass",
        "archiveprefix",
        "abstract",
        "pages",
        "pagetotal",
        "note",
        "file",
        "duration-minutes",
    ]
)
"""Fields of proceedings that would be wrong for a paper in them: its address, its extent, what is
said about it.
"""

MAX_ANCESTORS = 10
"""Parents that are followed from one entry."""


def resolve_inheritance(
    entries: Sequence[RawEntry],
) -> tuple[tuple[RawEntry, ...], tuple[Finding, ...]]:
    """Fill in what entries inherit through `crossref` and `xdata`, directly or from grandparents.

    `booktitle` of a child is the parent's title; addresses and pages stay with the parent. Finding:
    `crossref` (warning) for a parent that is not there. Circles end where they began.
    """
    by_key = {entry.key.casefold(): entry for entry in reversed(entries)}
    findings: list[Finding] = []
    resolved = []
    for entry in entries:
        current = entry
        parents = parents_of(current)
        seen = {entry.key.casefold()}
        depth = 0
        while parents and depth < MAX_ANCESTORS:
            key, via = parents.pop(0)
            depth += 1
            parent = by_key.get(key.casefold())
            if parent is None:
                findings.append(
                    Finding(
                        code="crossref",
                        severity=Severity.WARNING,
                        path=entry.path,
                        line=entry.line_of(via) or entry.line,
                        key=entry.key,
                        what=f"{via} names {key!r}, which is not there",
                        hint="add the parent or remove the field",
                    )
                )
                continue
            if parent.key.casefold() in seen:
                continue
            seen.add(parent.key.casefold())
            current = inherit(current, parent, via)
            parents.extend(parents_of(parent))
        resolved.append(current)
    return tuple(resolved), tuple(findings)


def parents_of(entry: RawEntry) -> list[tuple[str, str]]:
    """Give the parents an entry names, with the field that names them."""
    return [
        (key.strip(), name)
        for name in ("xdata", "crossref")
        for key in (entry.get(name) or "").split(",")
        if key.strip()
    ]


def inherit(child: RawEntry, parent: RawEntry, via: str) -> RawEntry:
    """Give the child with the fields it lacks from its parent."""
    own = {f.name for f in child.fields}
    extra = []
    for field in parent.fields:
        name = field.name
        if field.name in NEVER_INHERITED or (via == "crossref" and field.name in OF_THE_PARENT):
            continue
        if via == "crossref" and name in {"title", "subtitle", "titleaddon"}:
            name = f"book{name}"
        if name not in own:
            extra.append(RawField(name, field.value, child.line))
            own.add(name)
    return replace(child, fields=(*child.fields, *extra))
