"""Readings of works that the bibliography does not have: found in the sources, because no database
is built with them.
"""

from __future__ import annotations

from dataclasses import replace

from kb.findings import Finding
from kb.plan.gaps_models import Gap
from kb.records import Corpus, Semester

__all__ = ["only_unknown_works", "unknown_gaps", "without_unknown"]


def only_unknown_works(errors: tuple[Finding, ...], corpus: Corpus) -> bool:
    """Tell whether readings of unknown works are the only errors, so that the rest can be looked
    at.
    """
    semesters = {s.place.path for s in corpus.semesters}
    return bool(errors) and all(e.code == "unknown-work" and e.path in semesters for e in errors)


def unknown_gaps(corpus: Corpus, semester: str | None = None) -> tuple[Gap, ...]:
    """Give a gap for each such reading: session, key as written with portion, and place."""
    known = {w.key for w in corpus.works}
    return tuple(
        Gap(
            "assigned-unknown",
            session.id,
            f"{r.work}{', ' + r.locator_text if r.locator_text else ''} ({r.place.path}:"
            f"{r.place.line})",
        )
        for found in corpus.semesters
        if semester in (None, found.id)
        for session in found.sessions
        for r in session.readings
        if r.work not in known
    )


def without_unknown(corpus: Corpus) -> Corpus:
    """Give the corpus without readings and recommendations of unknown works."""
    known = {w.key for w in corpus.works}

    def pruned(semester: Semester) -> Semester:
        sessions = tuple(
            replace(s, readings=tuple(r for r in s.readings if r.work in known))
            for s in semester.sessions
        )
        return replace(
            semester,
            sessions=sessions,
            recommended=tuple(r for r in semester.recommended if r.work in known),
        )

    return replace(corpus, semesters=tuple(pruned(s) for s in corpus.semesters))
