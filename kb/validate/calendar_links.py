"""Links of a semester that still carry the name of another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.findings import Finding, Severity
from kb.records import Place, Semester, Session
from kb.validate.codes import CALENDAR_SEVERITIES

__all__ = ["foreign_semester", "semester_link_findings"]

SEMESTER_NAME = re.compile(
    r"(?<![A-Za-z0-9])([FSWMU]|Fa|Sp|Su|Wi)[-_]?(20\d\d)(?!\d)", re.IGNORECASE
)
"""`F2022` or `s2023` as a word of an address."""


def foreign_semester(url: str, semester: str) -> str:
    """Give the other semester that an address names, as written; empty when it names none or this
    one.

    Examples:
        >>> foreign_semester("https://github.com/x/seai/blob/F2021/I1.md", "S2022")
        'F2021'
        >>> foreign_semester("https://github.com/x/s2022/blob/main/I1.md", "S2022")
        ''
    """
    named = [m[0] for m in SEMESTER_NAME.finditer(url)]
    plain = semester.casefold().replace("-", "").replace("_", "")
    if (
        not named
        or not SEMESTER_NAME.fullmatch(semester)
        or any(n.casefold().replace("-", "").replace("_", "") == plain for n in named)
    ):
        return ""
    return named[0]


def semester_link_findings(semester: Semester) -> Iterator[Finding]:
    """Report links that name another semester (`semester-link`): of deliverables as warnings, of
    materials as notes.
    """
    for session in semester.sessions:
        for what, url, place, severity in session_links(session):
            other = foreign_semester(url, semester.id)
            if other:
                yield Finding(
                    code="semester-link",
                    severity=severity,
                    path=place.path,
                    line=place.line,
                    column=place.column,
                    key=session.id,
                    what=f"the link of {what} is of {other}: {url}",
                    hint=f"link to {semester.id}, or waive this when the older page is meant",
                )


def session_links(session: Session) -> Iterator[tuple[str, str, Place, Severity]]:
    """Give what a row links to: name, address, place, and how severe a wrong one is."""
    for deliverable in session.deliverables:
        yield (
            deliverable.code or deliverable.title,
            deliverable.url,
            deliverable.place,
            CALENDAR_SEVERITIES["semester-link"],
        )
    for material in (*session.materials, *(m for t in session.topics for m in t.materials)):
        yield material.label, material.url, session.place, Severity.NOTE
    if session.url:
        yield session.title, session.url, session.place, Severity.NOTE
