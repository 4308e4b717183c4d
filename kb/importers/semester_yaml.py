"""Write an imported schedule as a semester file, in the order and style people write it by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from kb.edit.yaml_scalar import quote
from kb.importers.drafts import DraftDeliverable, DraftReading, DraftSession, DraftTopic
from kb.importers.schedule import ImportedSchedule
from kb.parse.locators import format_locator
from kb.records import Kind, Material
from kb.text import DAYS, title_key

__all__ = ["quote", "semester_yaml", "sessions_yaml"]


def flow(value: str) -> str:
    """Give a value for use inside `{...}`, where commas separate."""
    plain = quote(value)
    return plain if plain.startswith('"') or not re.search(r"[,'{}\[\]]", plain) else f'"{plain}"'


def semester_yaml(
    schedule: ImportedSchedule, title: str = "", topics: Mapping[str, str] | None = None
) -> str:
    """Give a whole semester file; what a schedule does not say is left as comments to fill in."""
    facts = schedule.facts
    head = [
        f"id: {schedule.semester}",
        f"term: {schedule.term}",
        f"year: {schedule.year}",
        f"title: {quote(title or facts.title or 'Untitled course')}",
    ]
    if facts.numbers:
        head.append(f"numbers: [{', '.join(map(flow, facts.numbers))}]")
    if facts.staff:
        head += ["staff:", *(f"  - {{name: {flow(n)}, role: {r}}}" for n, r in facts.staff)]
    head += ["# zone: America/New_York", *meeting_lines(schedule)]
    breaks = [s for s in schedule.sessions if s.kind is Kind.BREAK and s.day and s.last]
    if breaks:
        head += [
            "breaks:",
            *(
                f"  - {{from: {s.day}, to: {s.last}, title: {flow(s.title or 'Break')}}}"
                for s in breaks
            ),
        ]
    return "\n".join([*head, "sessions:", *sessions_yaml(schedule.sessions, topics or {})]) + "\n"


def meeting_lines(schedule: ImportedSchedule) -> Iterator[str]:
    """Give when class meets, as the page says; else the days on which it met, to be completed."""
    if schedule.facts.meetings:
        yield "meetings:"
        for meeting in schedule.facts.meetings:
            start, end = meeting.time.start, meeting.time.end
            minutes = (end.hour - start.hour) * 60 + end.minute - start.minute if end else 0
            yield f'  - {{kind: lecture, days: [{", ".join(meeting.days)}], start: "{start:%H:%M}", minutes: {minutes}}}'
        return
    yield "# meetings:"
    for kind, days in weekdays_met(schedule.sessions):
        yield f'#   - {{kind: {kind}, days: [{", ".join(days)}], start: "13:30", minutes: 80}}'


def weekdays_met(sessions: tuple[DraftSession, ...]) -> Iterator[tuple[Kind, list[str]]]:
    """Give the weekdays on which lectures, recitations and labs met more than once, and often enough not to be exceptions."""
    for kind in (Kind.LECTURE, Kind.RECITATION, Kind.LAB):
        counts = Counter(
            s.day.weekday() for s in sessions if s.kind is kind and s.day and not s.cancelled
        )
        days = [
            DAYS[day] for day in sorted(counts) if counts[day] > max(1, max(counts.values()) / 4)
        ]
        if days:
            yield kind, days
        elif kind is Kind.LECTURE:
            yield kind, ["Mon", "Wed"]


def sessions_yaml(sessions: tuple[DraftSession, ...], topics: Mapping[str, str]) -> Iterator[str]:
    """Give the lines below `sessions:`.

    Args:
        topics: folded topic names to slugs.
    """
    for session in sessions:
        lines = list(session_lines(session, topics))
        yield f"  - {lines[0]}"
        yield from (f"    {line}" for line in lines[1:])


def session_lines(session: DraftSession, topics: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of a row without indentation."""
    if session.tbd:
        yield "date: tbd"
    elif session.day:
        yield f"date: {session.day.isoformat()}"
    if session.day and session.weekday:
        yield f"weekday: {session.weekday}"
    if session.time:
        end = f"-{session.time.end:%H:%M}" if session.time.end else ""
        yield f'time: "{session.time.start:%H:%M}{end}"'
    yield f"kind: {session.kind.value}"
    if session.title:
        yield f"title: {quote(session.title)}"
    if session.url:
        yield f"url: {quote(session.url)}"
    if session.cancelled:
        yield "cancelled: true"
        if session.reason:
            yield f"reason: {quote(session.reason)}"
    if session.topics:
        yield "topics:"
        for topic in session.topics:
            yield from topic_lines(topic, topics)
    if session.materials:
        yield "materials:"
        yield from material_lines(session.materials, "  ")
    if session.readings:
        yield "readings:"
        yield from reading_lines(session.readings)
    if session.deliverables:
        yield "deliverables:"
        for deliverable in session.deliverables:
            yield from deliverable_lines(deliverable)
    if session.note:
        yield f"note: {quote(session.note)}"


def material_lines(materials: tuple[Material, ...], indent: str) -> Iterator[str]:
    """Give links."""
    for material in materials:
        url = f", url: {flow(material.url)}" if material.url else ""
        yield f"{indent}- {{label: {flow(material.label)}{url}}}"


def topic_slug(title: str, topics: Mapping[str, str]) -> str:
    """Give the slug for a printed title, numbering ignored; empty when none fits."""
    plain = re.sub(r"(?:\s*[:(].*|\s+(?:\d+|I{1,3}|IV))$", "", title)
    return next(
        (
            topics[key]
            for name in (title, plain, re.sub(r"\s+\d+$", "", plain))
            if (key := title_key(name)) in topics
        ),
        "",
    )


def topic_lines(topic: DraftTopic, topics: Mapping[str, str]) -> Iterator[str]:
    """Give a topic."""
    yield f"  - title: {quote(topic.title)}"
    slug = topic_slug(topic.title, topics)
    if slug:
        yield f"    topic: {slug}"
    if topic.continued:
        yield "    continued: true"
    if topic.part is not None:
        yield f"    part: {topic.part}"
    if topic.guest:
        yield f"    guest: {quote(topic.guest)}"
    if topic.materials:
        yield "    materials:"
        yield from material_lines(topic.materials, "      ")


def reading_lines(readings: tuple[DraftReading, ...]) -> Iterator[str]:
    """Give readings, alternatives under `one-of`."""
    group: int | None = None
    for reading in readings:
        indent = "  "
        if reading.group is not None:
            if reading.group != group:
                yield "  - one-of:"
            indent = "      "
        group = reading.group
        yield f"{indent}- work: {quote(reading.work)}"
        if reading.locator is not None or reading.locator_text:
            yield f"{indent}  locator: {quote(reading.locator_text or (format_locator(reading.locator) if reading.locator else ''))}"
        if reading.title:
            yield f"{indent}  title: {quote(reading.title)}"
        if reading.url:
            yield f"{indent}  url: {quote(reading.url)}"
        if reading.role != "required" and reading.group is None:
            yield f"{indent}  role: {reading.role}"


def deliverable_lines(deliverable: DraftDeliverable) -> Iterator[str]:
    """Give a deliverable."""
    first = True
    for name, value in (
        ("code", deliverable.code),
        ("title", deliverable.title),
        ("url", deliverable.url),
        ("due", deliverable.due),
    ):
        if value:
            yield f"  {'- ' if first else '  '}{name}: {quote(value)}"
            first = False
    if deliverable.submissions:
        yield "    submissions:"
        for submission in deliverable.submissions:
            url = f", url: {flow(submission.url)}" if submission.url else ""
            yield f"      - {{title: {flow(submission.title)}{url}}}"
