"""Quality of the collection: what is missing or thin, as warnings and notes."""

from __future__ import annotations

from collections.abc import Container, Iterator

from kb.findings import Finding, Severity
from kb.links import is_safe_url
from kb.records import Corpus, Kind, Place, Reading, Role, Semester, Session, Work
from kb.validate.references import has_quizzes

__all__ = ["quality_findings"]


def warn(
    code: str, place: Place, key: str, what: str, hint: str, severity: Severity = Severity.WARNING
) -> Finding:
    """Make a finding."""
    return Finding(
        code=code,
        severity=severity,
        path=place.path,
        line=place.line,
        column=place.column,
        key=key,
        what=what,
        hint=hint,
    )


def quality_findings(corpus: Corpus) -> Iterator[Finding]:
    """Report works without author, year, topic or annotation, links no page may show, sessions
    without question.

    Findings: `no-author`, `no-year`, `no-topic`, `unannotated`, `bad-link`, `no-prompt`,
    `repeated-number` (warnings), `chapter-twice` (note).
    """
    annotated = {key for note in corpus.annotations for key in note.works}
    for work in corpus.works:
        yield from work_findings(work, annotated)
    for semester in corpus.semesters:
        yield from number_findings(semester)
        asking = has_quizzes(semester)
        read_before: dict[tuple[str, str, str], str] = {}
        for session in semester.sessions:
            for reading in session.readings:
                yield from reading_findings(reading, session.id, read_before)
            yield from prompt_findings(session) if asking else ()


def work_findings(work: Work, annotated: Container[str]) -> Iterator[Finding]:
    """Report what a work lacks."""
    place, key, note = work.place, work.key, Severity.NOTE
    if not work.people and not work.fields.get("organization"):
        hint = "name the people or the organisation in braces"
        yield warn("no-author", place, key, "no author and no editor", hint)
    if work.year is None:
        yield warn("no-year", place, key, "no year", "add `year = {...}`")
    if not work.topics:
        yield warn("no-topic", place, key, "no topic", "add `keywords = {area/topic}`", note)
    if not work.annotation and key not in annotated:
        hint = "say what it is and why one would read it"
        yield warn("unannotated", place, key, "no annotation", hint, note)
    if work.url and not is_safe_url(work.url):
        what = f"{work.url[:80]!r} is no web address"
        yield warn("bad-link", place, key, what, "begin with https://")


def number_findings(semester: Semester) -> Iterator[Finding]:
    """Report a course number that a semester lists twice."""
    doubles = sorted({n for n in semester.numbers if semester.numbers.count(n) > 1})
    if doubles:
        what = f"course number {', '.join(doubles)} is listed twice"
        hint = "perhaps another number was meant"
        yield warn("repeated-number", semester.place, semester.id, what, hint)


def reading_findings(
    reading: Reading, session: str, read_before: dict[tuple[str, str, str], str]
) -> Iterator[Finding]:
    """Report a reading's link that is none, and portions that were assigned before.

    Args:
        read_before: the session that first assigned each portion; added to here.
    """
    if reading.url and not is_safe_url(reading.url):
        what = f"{reading.url[:80]!r} is no web address"
        yield warn("bad-link", reading.place, session, what, "begin with https://")
    assigned = reading.role in {Role.REQUIRED, Role.ONE_OF}
    for part in reading.locator.parts if reading.locator and assigned else ():
        unit = reading.locator.unit if reading.locator else ""
        earlier = read_before.setdefault((reading.work, unit, part), session)
        if earlier != session:
            what = f"{unit} {part} of {reading.work} was assigned before, in {earlier}"
            hint = "waive it when meant"
            yield warn("chapter-twice", reading.place, session, what, hint, Severity.NOTE)


def prompt_findings(session: Session) -> Iterator[Finding]:
    """Report a session with readings that asks nothing."""
    asks = any(r.role in {Role.REQUIRED, Role.ONE_OF} for r in session.readings)
    if asks and not session.prompts and session.kind is not Kind.BREAK:
        what, hint = "has readings but no question", "add a prompt to quizzes/prompts/"
        yield warn("no-prompt", session.place, session.id, what, hint, Severity.NOTE)
