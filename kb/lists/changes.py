"""What changed in a calendar that people subscribed to: numbers that grow, and a sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

__all__ = ["FIRST", "CalendarEvent", "Change", "KnownEvent", "Remembered", "grow"]

FIRST = "2020-01-01T00:00:00Z"
"""Moment of what was there when remembering began; a clock would make two builds differ."""

MOST = 300
"""Changes of a semester that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """A class, a quiz or homework as a calendar shows it."""

    uid: str
    """From the session's id and not its date: it stays when the event moves."""
    session: str
    kind: str
    """`class`, `quiz` or `homework`."""
    summary: str
    start: str
    """Local ISO moment, or a date for a whole day; empty where no date is set."""
    end: str
    zone: str
    place: str = ""
    description: str = ""
    readings: str = ""
    """What is to be read, on one line."""
    question: str = ""
    cancelled: bool = False
    busy: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvent:
    """An event as it was published, with how often and when it changed."""

    event: CalendarEvent
    sequence: int = 0
    modified: str = FIRST
    gone: bool = False
    """True for one that is no longer in the plan; subscribers still see it, as cancelled."""


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence about something that changed."""

    at: str
    """UTC moment."""
    session: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is known of one semester's calendar."""

    events: Mapping[str, KnownEvent] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    """The latest first."""


def grow(known: Remembered | None, events: Iterable[CalendarEvent], at: str) -> Remembered:
    """Give what is known after a build.

    Args:
        known: what was known before; None for a semester not seen yet, whose events are no news.
        events: the calendar as it is now.
        at: UTC moment of this build.

    Returns:
        Each event with a number that is larger and a moment that is later when it changed.
    """
    now = {e.uid: slim(e) for e in events}
    if known is None:
        return Remembered(events={uid: KnownEvent(event=e) for uid, e in now.items()})
    found: dict[str, KnownEvent] = {}
    news: list[Change] = []
    for uid, event in now.items():
        found[uid], said = compared(known.events.get(uid), event, at)
        news += [Change(at, event.session, text) for text in said]
    for uid, before in known.events.items():
        if uid not in now:
            found[uid], said = vanished(before, at)
            news += [Change(at, before.event.session, text) for text in said]
    return Remembered(events=found, changes=(*news, *known.changes)[:MOST])


def compared(
    before: KnownEvent | None, event: CalendarEvent, at: str
) -> tuple[KnownEvent, list[str]]:
    """Give what is known of an event now, and sentences about what changed."""
    if before is None:
        return KnownEvent(event=event, modified=at), [f"{event.summary}: new, {day_of(event)}"]
    old = before.event
    if not event.start:
        event = replace(event, start=old.start, end=old.end, cancelled=bool(old.start))
    if event == old and not before.gone:
        return before, []
    grown = KnownEvent(event=event, sequence=before.sequence + 1, modified=at)
    return grown, differences(old, event)


def vanished(before: KnownEvent, at: str) -> tuple[KnownEvent, list[str]]:
    """Give what is known of an event that is no longer in the plan."""
    if before.gone:
        return before, []
    event = replace(before.event, cancelled=True)
    gone = KnownEvent(event=event, sequence=before.sequence + 1, modified=at, gone=True)
    said = f"{event.summary}: no longer in the plan"
    return gone, [said] if event.kind == "class" else []


def slim(event: CalendarEvent) -> CalendarEvent:
    """Give an event as it is remembered: long texts as their digests."""
    return replace(event, description=digest(event.description), question=digest(event.question))


def digest(text: str) -> str:
    """Give a short name of a text; empty for none."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16] if text else ""


def day_of(event: CalendarEvent) -> str:
    """Give when an event is, for a sentence."""
    return event.start[:16].replace("T", " ") or "without date"


def differences(before: CalendarEvent, after: CalendarEvent) -> list[str]:
    """Say in sentences what changed in an event; a new wording alone is one, too."""
    name = after.summary
    found = []
    if after.cancelled and not before.cancelled:
        found.append(f"{name}: cancelled")
    if before.start != after.start:
        found.append(f"{name}: {day_of(after)} instead of {day_of(before)}")
    elif before.end != after.end:
        found.append(f"{name}: ends {after.end[11:16] or after.end}")
    if before.place != after.place:
        found.append(f"{name}: now in {after.place}" if after.place else f"{name}: no room")
    if after.kind == "class" and before.readings != after.readings:
        found.append(
            f"{name}: the reading changed: {after.readings}"
            if after.readings
            else f"{name}: no reading any more"
        )
    if after.kind == "quiz" and before.question != after.question:
        found.append(f"{name}: the question changed")
    if before.summary != after.summary:
        found.append(f"{name}: was {before.summary}")
    return found
