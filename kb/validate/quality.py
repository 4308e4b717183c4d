"""Quality of the collection: what is missing or thin, as warnings and notes."""

from __future__ import annotations

from collections.abc import Iterator

from kb.findings import Finding, Severity
from kb.links import is_safe_url
from kb.records import Corpus, Kind, Place, Role

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
    """Report works without author, year, topic or annotation, links no page may show, sessions without question.

    Findings: `no-author`, `no-year`, `no-topic`, `unannotated`, `bad-link`, `no-prompt`,
    `repeated-number` (warnings), `chapter-twice` (note).
    """
    annotated = {key for note in corpus.annotations for key in note.works}
    for work in corpus.works:
        if not work.people and not work.fields.get("organization"):
            yield warn(
                "no-author",
                work.place,
                work.key,
                "no author and no editor",
                "name the people or the organisation in braces",
            )
        if work.year is None:
            yield warn("no-year", work.place, work.key, "no year", "add `year = {...}`")
        if not work.topics:
            yield warn(
                "no-topic",
                work.place,
                work.key,
                "no topic",
                "add `keywords = {area/topic}`",
                Severity.NOTE,
            )
        if not work.annotation and work.key not in annotated:
            yield warn(
                "unannotated",
                work.place,
                work.key,
                "no annotation",
                "say what it is and why one would read it",
                Severity.NOTE,
            )
        if work.url and not is_safe_url(work.url):
            yield warn(
                "bad-link",
                work.place,
                work.key,
                f"{work.url[:80]!r} is no web address",
                "begin with https://",
            )
    for semester in corpus.semesters:
        doubles = sorted({n for n in semester.numbers if semester.numbers.count(n) > 1})
        if doubles:
            what = f"course number {', '.join(doubles)} is listed twice"
            yield warn(
                "repeated-number",
                semester.place,
                semester.id,
                what,
                "perhaps another number was meant",
            )
        read_before: dict[tuple[str, str, str], str] = {}
        for session in semester.sessions:
            for reading in session.readings:
                if reading.url and not is_safe_url(reading.url):
                    yield warn(
                        "bad-link",
                        reading.place,
                        session.id,
                        f"{reading.url[:80]!r} is no web address",
                        "begin with https://",
                    )
                for part in reading.locator.parts if reading.locator else ():
                    unit = reading.locator.unit if reading.locator else ""
                    earlier = read_before.setdefault((reading.work, unit, part), session.id)
                    if earlier != session.id:
                        what = f"{unit} {part} of {reading.work} was assigned before, in {earlier}"
                        yield warn(
                            "chapter-twice",
                            reading.place,
                            session.id,
                            what,
                            "waive it when meant",
                            Severity.NOTE,
                        )
            asks = [r for r in session.readings if r.role in {Role.REQUIRED, Role.ONE_OF}]
            if asks and not session.prompts and session.kind is not Kind.BREAK:
                yield warn(
                    "no-prompt",
                    session.place,
                    session.id,
                    "has readings but no question",
                    "add a prompt to quizzes/prompts/",
                    Severity.NOTE,
                )
