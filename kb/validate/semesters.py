"""Semesters: one file of `quizzes/` as a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.findings import Finding
from kb.parse.dates import guess_semester
from kb.parse.locators import parse_locator
from kb.parse.times import span_minutes
from kb.parse.yaml import Node, locate, parse_yaml
from kb.records import (
    Break,
    FollowDay,
    Meeting,
    Policy,
    PolicyRule,
    Recommended,
    Section,
    Semester,
    Session,
    Staff,
    Track,
    Waiver,
)
from kb.sources.files import SourceFile
from kb.text import clean, collapse
from kb.validate.release import NEVER
from kb.validate.salvage import salvage_model
from kb.validate.schema import (
    BreakModel,
    MeetingModel,
    SemesterModel,
    TrackModel,
)
from kb.validate.sessions import children, place_of, read_sessions

__all__ = ["read_semester"]


PRIVATE_NAME = re.compile(r"(?i)staff|private|internal|secret|rubric|confidential")
"""Names of rules that are not for the public; they stay in the sources."""


def read_semester(
    file: SourceFile,
) -> tuple[Semester | None, tuple[Waiver, ...], tuple[Finding, ...]]:
    """Read a semester file, its waivers beside it; None when its errors leave no semester.

    Findings: those of the YAML and the model, `locator`, `semester-file`.
    """
    root, findings = parse_yaml(file.text, file.path, salvage=True)
    if root is None:
        hint = "see docs/formats.md"
        empty = Finding(code="semester-file", path=file.path, what="is empty", hint=hint)
        return None, (), findings or (empty,)
    problems = list(findings)
    whole = root
    stem = file.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    model, root, errors = salvage_model(
        SemesterModel,
        root,
        file.path,
        defaults=stem_defaults(stem),
        instead={"date": "tbd", "release": NEVER},
    )
    problems.extend(errors)
    if model is None:
        return None, (), tuple(problems)
    if any(f.code == "unknown-field" and "did you mean release?" in f.hint for f in errors):
        model = model.model_copy(update={"release": NEVER})
    problems.extend(name_findings(model, root, file.path))
    sessions = tuple(read_sessions(model, root, file.path, problems, whole))
    waivers = tuple(
        Waiver(
            code=w.code,
            key=waiver_key(w.session or w.key, sessions),
            reason=w.reason.strip(),
            place=place_of(file.path, node),
        )
        for w, node in zip(model.waivers, children(root, "waivers"), strict=True)
    )
    return to_semester(model, root, file.path, sessions), waivers, tuple(problems)


def stem_defaults(stem: str) -> dict[str, str]:
    """Give what a file's name says of its semester, for fields that cannot be read."""
    term, year = guess_semester(stem)
    found = {"id": stem, "term": term, "year": str(year or ""), "title": stem}
    return {field: value for field, value in found.items() if value}


def name_findings(model: SemesterModel, root: Node, path: str) -> Iterator[Finding]:
    """Report a file that is called otherwise than its semester."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if stem != model.id:
        at = locate(root, ("id",))
        yield Finding(
            code="semester-file",
            path=path,
            line=at.line,
            column=at.column,
            what=f"semester {model.id} in a file named {stem}",
            hint="give both one name",
        )


def to_semester(
    model: SemesterModel, root: Node, path: str, sessions: tuple[Session, ...]
) -> Semester:
    """Convert what a file says of the semester as a whole."""
    return Semester(
        id=model.id,
        course=clean(collapse(model.course)),
        term=model.term,
        term_title=clean(collapse(model.term_title)),
        year=model.year,
        title=clean(collapse(model.title)),
        former_titles=tuple(model.former_titles),
        also_known_as=tuple(model.also_known_as),
        numbers=tuple(collapse(n) for n in model.numbers),
        units=model.units,
        status=model.status,
        licence=model.licence,
        home=model.home,
        notes=clean(model.notes).strip(),
        zone=model.zone,
        staff=tuple(Staff(name=clean(s.name), role=s.role, url=s.url) for s in model.staff),
        meetings=tuple(to_meeting(m) for m in model.meetings),
        sections=tuple(
            Section(
                id=s.id,
                title=clean(collapse(s.title)),
                staff=clean(collapse(s.staff)),
                meetings=tuple(to_meeting(m) for m in s.meetings),
            )
            for s in model.sections
        ),
        follow_days=tuple(FollowDay(date=f.date, follows=f.follows) for f in model.follow_days),
        first_week=model.first_week,
        tracks=tuple(to_track(t) for t in model.tracks),
        breaks=tuple(to_break(b) for b in model.breaks),
        policy=Policy(rules=tuple(policy_rules(model.policy))),
        outcomes=tuple(clean(collapse(o)) for o in model.outcomes),
        recommended=tuple(
            Recommended(
                work=r.work,
                locator=parse_locator(r.locator) if r.locator.strip() else None,
                locator_text=collapse(r.locator),
                url=r.url.strip(),
                why=clean(r.why),
                place=place_of(path, node),
            )
            for r, node in zip(model.recommended, children(root, "recommended"), strict=True)
        ),
        release=model.release,
        sessions=sessions,
        place=place_of(path, root),
    )


def to_meeting(model: MeetingModel) -> Meeting:
    """Convert a meeting pattern."""
    return Meeting(
        kind=model.kind,
        days=tuple(model.days),
        start=model.start or (model.time.start if model.time else None),
        minutes=model.minutes or (span_minutes(model.time) if model.time else None),
        place=clean(model.place),
        first=model.from_,
        last=model.to,
    )


def to_track(model: TrackModel) -> Track:
    """Convert a track."""
    return Track(
        number=model.number,
        text=clean(model.text),
        replaces=tuple(model.replaces),
        due=model.due,
    )


def to_break(model: BreakModel) -> Break:
    """Convert a break; one without last day lasts a day."""
    return Break(
        first=model.from_,
        last=model.to or model.from_,
        title=clean(model.title),
        counted=model.counted,
    )


def waiver_key(value: str, sessions: tuple[Session, ...]) -> str:
    """Let a waiver name a session by its date."""
    return next(
        (s.id for s in sessions if s.dated and s.date and s.date.isoformat() == value), value
    )


def policy_rules(policy: dict[str, object]) -> Iterator[PolicyRule]:
    """Flatten the policy: `quiz` / `minutes.reading` / `30-45`; lists of mappings by their first
    text.
    """
    for area, value in policy.items():
        if PRIVATE_NAME.search(area):
            continue
        if isinstance(value, str):
            yield PolicyRule(area=area, rule="", value=value)
        else:
            yield from flat_rules(area, "", value)


def flat_rules(area: str, prefix: str, value: object) -> Iterator[PolicyRule]:
    """Flatten one area of the policy."""
    if isinstance(value, dict):
        name = value.get("action") or value.get("name")
        if isinstance(name, str):
            rest = {k: v for k, v in value.items() if v is not name}
            text = "; ".join(
                str(v) if k in {"text", "tokens"} else f"{k}: {v}" for k, v in rest.items()
            )
            yield PolicyRule(area=area, rule=f"{prefix}.{name}" if prefix else name, value=text)
            return
        for key, inner in value.items():
            if PRIVATE_NAME.search(str(key)):
                continue
            yield from flat_rules(area, f"{prefix}.{key}" if prefix else str(key), inner)
    elif isinstance(value, list):
        if all(isinstance(v, str) for v in value):
            yield PolicyRule(area=area, rule=prefix, value=", ".join(value))
        else:
            for inner in value:
                yield from flat_rules(area, prefix, inner)
    else:
        yield PolicyRule(area=area, rule=prefix, value=clean(collapse(str(value))))
