"""The form of links: addresses that cannot work, or that look like slips of copying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.findings import Finding, Severity
from kb.links import is_safe_url
from kb.records import Corpus, Place

__all__ = ["LinkUse", "form_doubt", "link_form_findings", "link_uses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkUse:
    """An address where the sources write it."""

    url: str
    place: Place
    key: str
    """Citation key, session or semester; waivers name it."""
    kind: str
    """`work`, `reading`, `material`, `assignment`, `row`, `semester`, `staff`."""
    label: str = ""
    work: str = ""
    """Citation key for works and readings."""
    semester: str = ""


def link_uses(corpus: Corpus) -> Iterator[LinkUse]:
    """Give every address of works and semesters, in source order; public submissions of students are left out."""
    for work in corpus.works:
        if work.url:
            yield LinkUse(
                url=work.url,
                place=work.place,
                key=work.key,
                kind="work",
                label=work.title,
                work=work.key,
            )
    for semester in corpus.semesters:
        name = semester.id
        if semester.home:
            yield LinkUse(
                url=semester.home,
                place=semester.place,
                key=name,
                kind="semester",
                label="home",
                semester=name,
            )
        for member in semester.staff:
            if member.url:
                yield LinkUse(
                    url=member.url,
                    place=semester.place,
                    key=name,
                    kind="staff",
                    label=member.name,
                    semester=name,
                )
        for session in semester.sessions:
            if session.url:
                yield LinkUse(
                    url=session.url,
                    place=session.place,
                    key=session.id,
                    kind="row",
                    label=session.title,
                    semester=name,
                )
            for material in (*session.materials, *(m for t in session.topics for m in t.materials)):
                if material.url:
                    yield LinkUse(
                        url=material.url,
                        place=session.place,
                        key=session.id,
                        kind="material",
                        label=material.label,
                        semester=name,
                    )
            for reading in session.readings:
                if reading.url:
                    yield LinkUse(
                        url=reading.url,
                        place=reading.place,
                        key=session.id,
                        kind="reading",
                        label=reading.title or reading.work,
                        work=reading.work,
                        semester=name,
                    )
            for deliverable in session.deliverables:
                if deliverable.url:
                    yield LinkUse(
                        url=deliverable.url,
                        place=deliverable.place,
                        key=session.id,
                        kind="assignment",
                        label=deliverable.code or deliverable.title,
                        semester=name,
                    )


def form_doubt(url: str) -> str:
    """Say what looks wrong about an address; empty when nothing does.

    Examples:
        >>> form_doubt("https://x.org/a.pdf).")
        'ends in ").", perhaps of the sentence around it'
        >>> form_doubt("https://https://x.org")
        'has its scheme twice'
        >>> form_doubt("https://en.wikipedia.org/wiki/Safety_(disambiguation)")
        ''
    """
    if not is_safe_url(url):
        return "is no web address"
    if re.match(r"(?:https?:/*){2,}", url, re.IGNORECASE):
        return "has its scheme twice"
    parts = urlsplit(url)
    if parts.scheme.casefold() == "mailto":
        return ""
    host = parts.hostname or ""
    if "." not in host and host != "localhost" and ":" not in host:
        return f"names no host on the web: {host!r}"
    if re.search(r"\.{2,}|^[.-]|[.-]$", host):
        return f"has a malformed host: {host!r}"
    tail = re.search(r"[.,;:!?'\"]+$|[)\].,;]*\)[)\].,;]*$", url)
    if tail and (
        url.count("(") < url.count(")")
        or not tail[0].startswith(")")
        or len(tail[0].strip(")")) > 0
    ):
        return f'ends in "{tail[0]}", perhaps of the sentence around it'
    if re.search(r"%(?![0-9A-Fa-f]{2})", url):
        return "has a % that begins no escape"
    return ""


def link_form_findings(corpus: Corpus) -> Iterator[Finding]:
    """Report malformed links outside works and readings (`bad-link`), and links that look like slips (`odd-link`), warnings."""
    for use in link_uses(corpus):
        doubt = form_doubt(use.url)
        if not doubt or (doubt == "is no web address" and use.kind in {"work", "reading"}):
            continue
        code = "bad-link" if doubt == "is no web address" else "odd-link"
        yield Finding(
            code=code, severity=Severity.WARNING, path=use.place.path, line=use.place.line, column=use.place.column, key=use.key,
            what=f"{use.url[:100]!r} ({use.kind} {use.label[:40]}) {doubt}", hint="begin with https://" if code == "bad-link" else "mend the address, or waive this",
        )  # fmt: skip
