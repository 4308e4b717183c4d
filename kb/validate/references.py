"""References between records: every key, slug and id that is named must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kb.findings import Finding, Severity, nearest
from kb.records import Corpus, Place, Prompt, Reading, Semester, Session

__all__ = [
    "Broken",
    "KEY_LINK",
    "has_quizzes",
    "match_prompts",
    "prompt_fit",
    "reference_findings",
    "with_prompts",
]

KEY_LINK = re.compile(r"\[@([^\]\s]+)\]")
"""A link to a work inside an annotation: `[@sculley2015hidden]`."""


def at(place: Place, key: str, field: str = "") -> dict[str, Any]:
    """Give the place of a record as arguments of a finding."""
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "key": key,
        "field": field,
    }


def suggestion(value: str, known: frozenset[str], otherwise: str) -> str:
    """Give a hint with the nearest known names."""
    close = nearest(value, known)
    return "did you mean " + " or ".join(close) + "?" if close else otherwise


@dataclass(frozen=True, slots=True)
class Broken:
    """What could not be read: naming it is no second error."""

    keys: frozenset[str] = frozenset()
    """Works that are there, but broken."""
    codes: frozenset[str] = frozenset()
    """Findings that a file which could not be read would cause in all others."""


def reference_findings(corpus: Corpus, broken: Broken = Broken()) -> Iterator[Finding]:
    """Report names of works, topics and prompts that do not exist, repeated ids, and prompts nobody
    asks, without what only follows from something broken.
    """
    return (f for f in all_reference_findings(corpus, broken.keys) if f.code not in broken.codes)


def all_reference_findings(corpus: Corpus, broken: frozenset[str]) -> Iterator[Finding]:
    """Report as `reference_findings` says.

    Findings: `unknown-work`, `unknown-topic`, `unknown-prompt`, `prompt-twice`, `note-twice`,
    `semester-twice`, `session-twice`, `prompt-locator-unassigned`, `prompt-unused` (warning).
    """
    keys = frozenset(work.key for work in corpus.works) | broken
    slugs = frozenset(topic.slug for topic in corpus.topics)
    prompt_ids = frozenset(prompt.id for prompt in corpus.prompts)
    yield from repeated(((p.id, p.place) for p in corpus.prompts), "prompt-twice")
    yield from repeated(((n.id, n.place) for n in corpus.annotations), "note-twice")
    yield from repeated(((s.id, s.place) for s in corpus.semesters), "semester-twice")
    for work in corpus.works:
        yield from unknown_topics(work.topics, slugs, work.place, work.key)
        yield from unknown_links(
            work.annotation + work.staff_annotation, keys, work.place, work.key
        )
    for note in corpus.annotations:
        yield from unknown_works(note.works, keys, note.place, note.id)
        yield from unknown_topics((note.topic,), slugs, note.place, note.id)
        yield from unknown_links(note.text, keys, note.place, note.id)
    for prompt in corpus.prompts:
        yield from unknown_works(prompt.works, keys, prompt.place, prompt.id)
        yield from unknown_topics((prompt.topic,), slugs, prompt.place, prompt.id)
    for semester in corpus.semesters:
        yield from repeated(((s.id, s.place) for s in semester.sessions), "session-twice")
        for recommended in semester.recommended:
            yield from unknown_works((recommended.work,), keys, recommended.place, semester.id)
        for session in semester.sessions:
            yield from session_findings(session, keys, slugs, prompt_ids)
    yield from unassigned_prompts(corpus)


def repeated(named: Iterator[tuple[str, Place]], code: str) -> Iterator[Finding]:
    """Report the second and later uses of an id, naming the first."""
    seen: dict[str, Place] = {}
    for name, place in named:
        first = seen.setdefault(name, place)
        if first is not place:
            what = f"also in {first.path}:{first.line}"
            yield Finding(
                code=code, what=what, hint="give one of them another name", **at(place, name)
            )


def unknown_works(
    works: tuple[str, ...], keys: frozenset[str], place: Place, subject: str
) -> Iterator[Finding]:
    """Report keys that no work has."""
    for key in works:
        if key not in keys:
            hint = suggestion(key, keys, "add the work to bib/")
            yield Finding(
                code="unknown-work",
                what=f"no work {key!r}",
                hint=hint,
                **at(place, subject, "work"),
            )


def unknown_topics(
    topics: tuple[str, ...], slugs: frozenset[str], place: Place, subject: str
) -> Iterator[Finding]:
    """Report slugs that no topic has."""
    for slug in topics:
        if slug and slug not in slugs:
            hint = suggestion(slug, slugs, "add it to bib/topics.yaml")
            yield Finding(
                code="unknown-topic",
                what=f"no topic {slug!r}",
                hint=hint,
                **at(place, subject, "topic"),
            )


def unknown_links(text: str, keys: frozenset[str], place: Place, subject: str) -> Iterator[Finding]:
    """Report links by key that lead nowhere."""
    for key in dict.fromkeys(KEY_LINK.findall(text)):
        if key not in keys:
            hint = suggestion(key, keys, "remove the link or add the work")
            yield Finding(
                code="unknown-work",
                what=f"links to {key!r}, which no work has",
                hint=hint,
                **at(place, subject, "annotation"),
            )


def session_findings(
    session: Session, keys: frozenset[str], slugs: frozenset[str], prompt_ids: frozenset[str]
) -> Iterator[Finding]:
    """Report what one row names that does not exist."""
    for reading in session.readings:
        yield from unknown_works((reading.work,), keys, reading.place, session.id)
        yield from unknown_topics((reading.topic,), slugs, reading.place, session.id)
    yield from unknown_topics(
        tuple(t.topic for t in session.topics), slugs, session.place, session.id
    )
    for prompt in session.prompts:
        if prompt not in prompt_ids:
            hint = suggestion(prompt, prompt_ids, "add it to quizzes/prompts/")
            yield Finding(
                code="unknown-prompt",
                what=f"no prompt {prompt!r}",
                hint=hint,
                **at(session.place, session.id, "prompts"),
            )


def prompt_fit(prompt: Prompt, reading: Reading) -> int:
    """Tell how well a prompt fits a reading: 0 not at all, 1 a part of the portion, 2 the same
    portion.

    A prompt without locator asks about the whole work and fits only readings without locator.
    """
    if reading.work not in prompt.works:
        return 0
    if prompt.locator == reading.locator:
        return 2 if prompt.locator or prompt.locator_text == reading.locator_text else 0
    if prompt.locator is None or reading.locator is None:
        return 0
    if prompt.locator.unit != reading.locator.unit:
        return 0
    asked = {part.casefold() for part in prompt.locator.parts}
    given = {part.casefold() for part in reading.locator.parts}
    return 2 if asked == given else 1 if asked <= given else 0


def match_prompts(session: Session, prompts: tuple[Prompt, ...]) -> tuple[str, ...]:
    """Give the ids of the prompts a session asks: those it names, else the best fit of each
    reading.

    Of several equally good fits the first in the bank is taken; the largest part beats smaller
    ones.
    Supplementary, recommended and cited readings are not asked about.
    """
    if session.prompts:
        return session.prompts
    chosen: dict[str, None] = {}
    for reading in session.readings:
        if reading.role not in {"required", "one-of"}:
            continue
        fits = [
            (prompt_fit(p, reading), len(p.locator.parts) if p.locator else 0, -n, p.id)
            for n, p in enumerate(prompts)
        ]
        best = max(fits, default=(0, 0, 0, ""))
        if best[0]:
            chosen.setdefault(best[3])
    return tuple(chosen)


def unassigned_prompts(corpus: Corpus) -> Iterator[Finding]:
    """Report prompts about a portion that no semester assigns, and (as warnings) about works never
    assigned.
    """
    if not corpus.semesters:
        return
    readings: dict[str, list[Reading]] = {}
    named: set[str] = set()
    for semester in corpus.semesters:
        for session in semester.sessions:
            named.update(session.prompts)
            for reading in session.readings:
                readings.setdefault(reading.work, []).append(reading)
    keys = frozenset(work.key for work in corpus.works)
    for prompt in corpus.prompts:
        assigned = [r for work in prompt.works for r in readings.get(work, ())]
        if (
            prompt.id in named
            or any(prompt_fit(prompt, r) for r in assigned)
            or not keys.issuperset(prompt.works)
        ):
            continue
        where = at(prompt.place, prompt.id, "locator")
        if assigned:
            portions = ", ".join(sorted({r.locator_text or "the whole work" for r in assigned}))
            what = (
                f"no semester assigns {prompt.locator_text or 'the whole work'} of "
                f"{' or '.join(prompt.works)}"
            )
            yield Finding(
                code="prompt-locator-unassigned", what=what, hint=f"assigned: {portions}", **where
            )
        else:
            what = f"no semester assigns {' or '.join(prompt.works)}"
            yield Finding(
                code="prompt-unused",
                severity=Severity.WARNING,
                what=what,
                hint="assign it or keep it for later",
                **where,
            )


def with_prompts(semester: Semester, prompts: tuple[Prompt, ...]) -> Semester:
    """Give the semester with the prompts of each session matched, where it has quizzes.

    Where the policy says how many questions a quiz has, the prompts of a session take turns: each
    semester begins with another one. What a session names itself stays.
    """
    if not has_quizzes(semester, unless="off"):
        return semester
    most = semester.policy.get("quiz", "questions")
    sessions = []
    for session in semester.sessions:
        found = match_prompts(session, prompts)
        if most.isdigit() and int(most) < len(found) and not session.prompts:
            turn = (2 * semester.year + (semester.term.value == "fall")) % len(found)
            found = (found[turn:] + found[:turn])[: int(most)]
        sessions.append(replace(session, prompts=found))
    return replace(semester, sessions=tuple(sessions))


def has_quizzes(semester: Semester, unless: str = "none") -> bool:
    """Tell whether a semester asks questions about its readings: its policy or a session says so.

    Args:
        unless: the grading that means there are none.
    """
    rules = {r.rule: r.value for r in semester.policy.rules if r.area == "quiz"}
    if rules:
        return rules.get("grading") != unless and rules.get("") not in {"none", "no"}
    return any(session.prompts for session in semester.sessions)
