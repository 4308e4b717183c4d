"""The form of links: addresses that cannot work, or that look like slips of copying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.findings import Finding, Severity
from kb.links import is_safe_url
from kb.records import Corpus, Place, Session

__all__ = [
    "LinkUse",
    "form_doubt",
    "link_form_findings",
    "link_uses",
    "passing_link_findings",
]


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
    """Give every address of works and semesters, in source order; public submissions of students
    are left out.
    """
    for work in corpus.works:
        yield from use(work.url, work.place, work.key, "work", work.title, work=work.key)
    for semester in corpus.semesters:
        name, place = semester.id, semester.place
        yield from use(semester.home, place, name, "semester", "home", semester=name)
        for member in semester.staff:
            yield from use(member.url, place, name, "staff", member.name, semester=name)
        for session in semester.sessions:
            yield from session_uses(session, name)


def session_uses(session: Session, semester: str) -> Iterator[LinkUse]:
    """Give every address of a row."""

    def used(url: str, place: Place, kind: str, label: str, work: str = "") -> Iterator[LinkUse]:
        return use(url, place, session.id, kind, label, work=work, semester=semester)

    yield from used(session.url, session.place, "row", session.title)
    for material in (*session.materials, *(m for t in session.topics for m in t.materials)):
        yield from used(material.url, session.place, "material", material.label)
    for reading in session.readings:
        label = reading.title or reading.work
        yield from used(reading.url, reading.place, "reading", label, reading.work)
    for due in session.deliverables:
        yield from used(due.url, due.place, "assignment", due.code or due.title)


def use(
    url: str, place: Place, key: str, kind: str, label: str, *, work: str = "", semester: str = ""
) -> Iterator[LinkUse]:
    """Give the use of an address; nothing where it is empty."""
    if url:
        yield LinkUse(
            url=url, place=place, key=key, kind=kind, label=label, work=work, semester=semester
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


PASSING = (
    (
        re.compile(r"[?&](?:utm_\w+|casa_token|gi|fbclid|gclid|mc_[ce]id|__twitter_impression)="),
        "carries a tracking parameter",
        "cut it off",
    ),
    (
        re.compile(
            r"[?&;](?:jsessionid|phpsessid|sid|session_?id|token|code)=|;jsessionid", re.IGNORECASE
        ),
        "carries somebody's session",
        "take the lasting address",
    ),
    (
        re.compile(r"//[^/]*(?:\bproxy\b|ezproxy|libproxy|[.-]idm\.oclc\.org)", re.IGNORECASE),
        "goes through a library's proxy",
        "take the publisher's own address; students need a login of yours otherwise",
    ),
    (
        re.compile(
            r"//(?:drive|docs)\.google\.com/|//(?:www\.)?dropbox\.com/|//1drv\.ms/|"
            r"//[^/]*sharepoint\.com/|//(?:www\.)?researchgate\.net/profile/",
            re.IGNORECASE,
        ),
        "is a file somebody shares",
        "take the publisher's address or an archive; shared files vanish",
    ),
    (
        re.compile(r"^ftp:", re.IGNORECASE),
        "is an FTP address, which browsers no longer open",
        "use https",
    ),
)
"""Addresses of the moment: pattern, what is said, what to do."""


def passing_link_findings(corpus: Corpus) -> Iterator[Finding]:
    """Report links of works (warnings) and readings (notes) that will not last: `link-passing`."""
    for use in link_uses(corpus):
        if use.kind not in {"work", "reading"}:
            continue
        for pattern, what, hint in PASSING:
            if pattern.search(use.url):
                yield Finding(
                    code="link-passing",
                    severity=Severity.WARNING if use.kind == "work" else Severity.NOTE,
                    path=use.place.path,
                    line=use.place.line,
                    column=use.place.column,
                    key=use.key,
                    what=f"{use.url[:100]!r} {what}",
                    hint=hint,
                )
                break


def link_form_findings(corpus: Corpus) -> Iterator[Finding]:
    """Report malformed links outside works and readings (`bad-link`), and links that look like
    slips (`odd-link`), warnings.
    """
    for link in link_uses(corpus):
        doubt = form_doubt(link.url)
        if not doubt or (doubt == "is no web address" and link.kind in {"work", "reading"}):
            continue
        code = "bad-link" if doubt == "is no web address" else "odd-link"
        yield Finding(
            code=code,
            severity=Severity.WARNING,
            path=link.place.path,
            line=link.place.line,
            column=link.place.column,
            key=link.key,
            what=f"{link.url[:100]!r} ({link.kind} {link.label[:40]}) {doubt}",
            hint="begin with https://" if code == "bad-link" else "mend the address, or waive this",
        )
