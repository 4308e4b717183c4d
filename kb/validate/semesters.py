"""Semesters: one file of `quizzes/` as a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kb.findings import Finding
from kb.ids import session_id, undated_session_id
from kb.parse.yaml import Node, locate, parse_yaml
from kb.records import (
    Break,
    Deliverable,
    Material,
    Meeting,
    Place,
    Policy,
    PolicyRule,
    Reading,
    Recommended,
    Role,
    Semester,
    Session,
    SessionTopic,
    Staff,
    Submission,
    Track,
    Waiver,
)
from kb.sources.files import SourceFile
from kb.text import clean, collapse
from kb.validate.model import check_model
from kb.validate.prompts import read_locator
from kb.validate.schema import (
    DeliverableModel,
    MaterialModel,
    OneOfModel,
    ReadingModel,
    SemesterModel,
    SessionModel,
    SessionTopicModel,
)

__all__ = ["read_semester", "row_title"]


def read_semester(
    file: SourceFile,
) -> tuple[Semester | None, tuple[Waiver, ...], tuple[Finding, ...]]:
    """Read a semester file, its waivers beside it; None when its errors leave no semester.

    Findings: those of the YAML and the model, `locator`, `semester-file`.
    """
    root, findings = parse_yaml(file.text, file.path)
    if root is None:
        if not findings:
            findings = (
                Finding(
                    code="semester-file",
                    path=file.path,
                    what="is empty",
                    hint="see docs/formats.md",
                ),
            )
        return None, (), findings
    problems = list(findings)
    model, errors = check_model(SemesterModel, root, file.path)
    problems.extend(errors)
    if model is None:
        return None, (), tuple(problems)
    stem = file.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if stem != model.id:
        at = locate(root, ("id",))
        what = f"semester {model.id} in a file named {stem}"
        problems.append(
            Finding(
                code="semester-file",
                path=file.path,
                line=at.line,
                column=at.column,
                what=what,
                hint="give both one name",
            )
        )
    sessions = list(read_sessions(model, root, file.path, problems))
    waiver_places = children(root, "waivers")
    semester = Semester(
        id=model.id,
        term=model.term,
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
        meetings=tuple(
            Meeting(
                kind=m.kind,
                days=tuple(m.days),
                start=m.start,
                minutes=m.minutes,
                place=clean(m.place),
            )
            for m in model.meetings
        ),
        tracks=tuple(
            Track(number=t.number, text=clean(t.text), replaces=tuple(t.replaces), due=t.due)
            for t in model.tracks
        ),
        breaks=tuple(
            Break(first=b.from_, last=b.to or b.from_, title=clean(b.title)) for b in model.breaks
        ),
        policy=Policy(rules=tuple(policy_rules(model.policy))),
        outcomes=tuple(clean(collapse(o)) for o in model.outcomes),
        recommended=tuple(
            Recommended(work=r.work, why=clean(r.why), place=place_of(file.path, node))
            for r, node in zip(model.recommended, children(root, "recommended"), strict=True)
        ),
        sessions=tuple(sessions),
        place=place_of(file.path, root),
    )
    waivers = tuple(
        Waiver(
            code=w.code,
            key=waiver_key(w.session or w.key, sessions),
            reason=w.reason.strip(),
            place=place_of(file.path, node),
        )
        for w, node in zip(model.waivers, waiver_places, strict=True)
    )
    return semester, waivers, tuple(problems)


def waiver_key(value: str, sessions: list[Session]) -> str:
    """Let a waiver name a session by its date."""
    return next(
        (s.id for s in sessions if s.dated and s.date and s.date.isoformat() == value), value
    )


def children(node: Node, field: str) -> tuple[Node, ...]:
    """Give the elements of a list field."""
    child = node.value.get(field) if isinstance(node.value, dict) else None
    return child.value if child is not None and isinstance(child.value, tuple) else ()


def place_of(path: str, node: Node) -> Place:
    """Give a node's place."""
    return Place(path=path, line=node.line, column=node.column)


def policy_rules(policy: dict[str, object]) -> Iterator[PolicyRule]:
    """Flatten the policy: `quiz` / `minutes.reading` / `30-45`; lists of mappings by their first text."""
    for area, value in policy.items():
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
            yield from flat_rules(area, f"{prefix}.{key}" if prefix else str(key), inner)
    elif isinstance(value, list):
        if all(isinstance(v, str) for v in value):
            yield PolicyRule(area=area, rule=prefix, value=", ".join(value))
        else:
            for inner in value:
                yield from flat_rules(area, prefix, inner)
    else:
        yield PolicyRule(area=area, rule=prefix, value=clean(collapse(str(value))))


def read_sessions(
    model: SemesterModel, root: Node, path: str, problems: list[Finding]
) -> Iterator[Session]:
    """Give the rows in order, with ids; a row without date shares the date of the row above."""
    previous: date | None = None
    repeats: dict[date, int] = {}
    undated = 0
    for position, (row, node) in enumerate(
        zip(model.sessions, children(root, "sessions"), strict=True), 1
    ):
        own = row.date if isinstance(row.date, date) else None
        day = own if row.date is not None else previous
        if day is None:
            undated += 1
            default_id = undated_session_id(model.id, undated)
        else:
            default_id = session_id(model.id, day, repeats.get(day, 0))
            repeats[day] = repeats.get(day, 0) + 1
            previous = day
        yield to_session(
            row, node, path, row.id or default_id, position, day, own is not None, problems
        )


def to_session(
    row: SessionModel,
    node: Node,
    path: str,
    name: str,
    position: int,
    day: date | None,
    dated: bool,
    problems: list[Finding],
) -> Session:
    """Convert one row."""
    topics = tuple(to_topic(t) for t in row.topics)
    return Session(
        id=name,
        position=position,
        date=day,
        dated=dated,
        weekday=row.weekday or "",
        start=row.time.start if row.time else None,
        end=row.time.end if row.time else None,
        kind=row.kind,
        title=clean(collapse(row.title)) or row_title(topics) or row.kind.value.title(),
        topics=topics,
        readings=tuple(to_readings(row, node, path, name, problems)),
        prompts=tuple(row.prompts),
        deliverables=tuple(
            to_deliverable(d, n, path)
            for d, n in zip(row.deliverables, children(node, "deliverables"), strict=True)
        ),
        url=row.url,
        materials=to_materials(row.materials),
        cancelled=row.cancelled,
        reason=clean(row.reason),
        note=clean(row.note).strip(),
        place=place_of(path, node),
    )


def to_topic(model: SessionTopicModel) -> SessionTopic:
    """Convert one topic of a row."""
    return SessionTopic(
        title=clean(collapse(model.title)),
        topic=model.topic.strip(),
        continued=model.continued,
        part=model.part,
        guest=clean(model.guest),
        materials=to_materials(model.materials),
    )


def to_materials(models: list[MaterialModel]) -> tuple[Material, ...]:
    """Convert links."""
    return tuple(Material(label=clean(collapse(m.label)), url=m.url.strip()) for m in models)


def row_title(topics: tuple[SessionTopic, ...]) -> str:
    """Give the title of a row made of its topics: `Model Quality (continued) and Teamwork`."""
    return " and ".join(
        t.title
        + (" (continued)" if t.continued else "")
        + (f" (guest lecture by {t.guest})" if t.guest else "")
        for t in topics
    )


def to_readings(
    row: SessionModel, node: Node, path: str, name: str, problems: list[Finding]
) -> Iterator[Reading]:
    """Give a row's readings in order, the members of one-of groups numbered by group."""
    group = 0
    for raw, at in zip(row.readings, children(node, "readings"), strict=True):
        if "one-of" in raw:
            one_of, errors = check_model(OneOfModel, at, path, name)
            problems.extend(errors)
            group += 1
            members = children(at, "one-of")
            for reading, member in zip(one_of.one_of if one_of else (), members, strict=False):
                yield to_reading(reading, member, path, name, group, problems)
        else:
            model, errors = check_model(ReadingModel, at, path, name)
            problems.extend(errors)
            if model is not None:
                yield to_reading(model, at, path, name, None, problems)


def to_reading(
    model: ReadingModel,
    node: Node,
    path: str,
    session: str,
    group: int | None,
    problems: list[Finding],
) -> Reading:
    """Convert one reading."""
    where: dict[str, Any] = {
        "path": path,
        "line": locate(node, ("locator",)).line,
        "key": f"{session}: {model.work}",
        "field": "locator",
    }
    locator, findings = read_locator(model.locator, where)
    problems.extend(findings)
    return Reading(
        work=model.work.strip(),
        locator=locator,
        locator_text=collapse(model.locator),
        role=Role.ONE_OF if group is not None else Role(model.role),
        alternative_group=group,
        title=clean(collapse(model.title)),
        url=model.url.strip(),
        topic=model.topic.strip(),
        why=clean(collapse(model.why)),
        place=place_of(path, node),
    )


def to_deliverable(model: DeliverableModel, node: Node, path: str) -> Deliverable:
    """Convert one deliverable."""
    return Deliverable(
        code=model.code.strip(),
        title=clean(collapse(model.title)),
        url=model.url.strip(),
        released=model.released,
        due=model.due,
        submissions=tuple(
            Submission(title=clean(collapse(s.title)), url=s.url.strip()) for s in model.submissions
        ),
        place=place_of(path, node),
    )
