"""Sessions: the rows of a semester file as records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from kb.findings import Finding
from kb.ids import session_id, undated_session_id
from kb.parse.yaml import Node, locate, plain
from kb.records import (
    Deliverable,
    Material,
    Place,
    Reading,
    Role,
    SectionChange,
    Session,
    SessionTopic,
    Submission,
)
from kb.text import clean, collapse
from kb.validate.prompts import read_locator
from kb.validate.salvage import salvage_model
from kb.validate.schema import (
    UNDATED,
    ChooseModel,
    DeliverableModel,
    MaterialModel,
    OneOfModel,
    ReadingModel,
    SemesterModel,
    SessionModel,
    SessionTopicModel,
)
from kb.validate.weeks import WeekCalendar

__all__ = ["children", "place_of", "read_sessions", "row_title"]


def read_sessions(
    model: SemesterModel, root: Node, path: str, problems: list[Finding], whole: Node
) -> Iterator[Session]:
    """Give the rows in order, with ids; a row without date shares the date of the row above.

    An id that is made of the date never repeats one that is written: that stayed with a session
    which moved.

    Args:
        model: the semester.
        root: its YAML, without what was left out.
        path: its file.
        problems: findings; added to here.
        whole: its YAML as written.
    """
    written = {(n.line, n.column): n for n in children(whole, "sessions")}
    previous: date | None = None
    repeats: dict[date, int] = {}
    undated = 0
    taken = {row.id for row in model.sessions if row.id}
    calendar = WeekCalendar(model)
    for position, (row, node) in enumerate(
        zip(model.sessions, children(root, "sessions"), strict=True), 1
    ):
        own = row.date if isinstance(row.date, date) else None
        if row.date is None and row.week is not None:
            own = calendar.day(row)
        day = own if row.date is not None or row.week is not None else previous
        if day is None:
            undated += 1
            ids = (undated_session_id(model.id, n) for n in count(undated))
        else:
            ids = (session_id(model.id, day, n) for n in count(repeats.get(day, 0)))
            repeats[day] = repeats.get(day, 0) + 1
            previous = day
        default_id = next(name for name in ids if row.id or name not in taken)
        if not row.id:
            taken.add(default_id)
        session = to_session(
            row,
            node,
            (path, model.zone),
            (row.id or default_id, position),
            day,
            own is not None,
            problems,
        )
        said = plain(locate(written[node.line, node.column], ("date",)))
        if row.date == "tbd" and isinstance(said, str) and day_or_tbd_text(said):
            session = replace(session, doubt=f"the date {said!r} cannot be read")
        yield session


def day_or_tbd_text(value: str) -> bool:
    """Tell whether a date was written that cannot be read."""
    return bool(value.strip()) and value.strip().casefold() not in UNDATED


def to_session(
    row: SessionModel,
    node: Node,
    where: tuple[str, str],
    named: tuple[str, int],
    day: date | None,
    dated: bool,
    problems: list[Finding],
) -> Session:
    """Convert one row.

    Args:
        where: its file, and the semester's time zone.
        named: its id and its place in the calendar.
    """
    (path, zone), (name, position) = where, named
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
            to_deliverable(d, n, path, zone)
            for d, n in zip(row.deliverables, children(node, "deliverables"), strict=True)
        ),
        url=row.url,
        materials=to_materials(row.materials),
        cancelled=row.cancelled,
        reason=clean(row.reason),
        note=clean(row.note).strip(),
        room=clean(row.place),
        follows=row.follows or "",
        week=row.week,
        changes=tuple(
            SectionChange(
                section=section,
                date=c.date,
                start=c.time.start if c.time else None,
                end=c.time.end if c.time else None,
                room=clean(c.place),
                cancelled=c.cancelled,
            )
            for section, c in row.sections.items()
        ),
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
            one_of, sound, errors = salvage_model(OneOfModel, at, path, name)
            problems.extend(errors)
            group += 1
            choice = Choice(group, 1, clean(collapse(one_of.why)) if one_of else "")
            readings, members = (one_of.one_of if one_of else []), children(sound, "one-of")
        elif "choose" in raw:
            some_of, sound, errors = salvage_model(ChooseModel, at, path, name)
            problems.extend(errors)
            group += 1
            why = clean(collapse(some_of.why)) if some_of else ""
            choice = Choice(group, some_of.choose if some_of else 1, why)
            readings, members = (some_of.from_ if some_of else []), children(sound, "from")
        else:
            model, at, errors = salvage_model(ReadingModel, at, path, name)
            problems.extend(errors)
            choice = None
            readings, members = ([model] if model else []), (at,)
        for reading, member in zip(readings, members, strict=False):
            yield to_reading(reading, member, path, name, choice, problems)


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of alternatives."""

    group: int
    count: int
    """How many are to be read."""
    why: str


def to_reading(
    model: ReadingModel,
    node: Node,
    path: str,
    session: str,
    choice: Choice | None,
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
        role=Role.ONE_OF if choice else Role(model.role),
        alternative_group=choice.group if choice else None,
        choose=choice.count if choice else None,
        group_why=choice.why if choice else "",
        library=model.library.strip(),
        access=clean(collapse(model.access)),
        title=clean(collapse(model.title)),
        url=model.url.strip(),
        topic=model.topic.strip(),
        why=clean(collapse(model.why)),
        place=place_of(path, node),
    )


def local_moment(moment: datetime, zone: str) -> datetime:
    """Give a moment as the clocks of the course show it; one without zone is local already."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def to_deliverable(model: DeliverableModel, node: Node, path: str, zone: str) -> Deliverable:
    """Convert one deliverable."""
    return Deliverable(
        code=model.code.strip(),
        title=clean(collapse(model.title)),
        url=model.url.strip(),
        released=model.released,
        due=local_moment(model.due, zone) if model.due else None,
        section_due=tuple(
            (section, local_moment(due, zone)) for section, due in model.due_by_section.items()
        ),
        submissions=tuple(
            Submission(title=clean(collapse(s.title)), url=s.url.strip()) for s in model.submissions
        ),
        place=place_of(path, node),
    )


def children(node: Node, field: str) -> tuple[Node, ...]:
    """Give the elements of a list field."""
    child = node.value.get(field) if isinstance(node.value, dict) else None
    return child.value if child is not None and isinstance(child.value, tuple) else ()


def place_of(path: str, node: Node) -> Place:
    """Give a node's place."""
    return Place(path=path, line=node.line, column=node.column)
