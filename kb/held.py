"""When and where a session is held: for everybody, or for one section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kb.records import Deliverable, Kind, Meeting, Section, SectionChange, Semester, Session
from kb.text import DAYS, day_name

__all__ = [
    "Held",
    "Moment",
    "due_moment",
    "followed",
    "held",
    "moment_of",
    "usual_due",
    "week_start",
]

MIDNIGHT_NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A session as a group of students meets."""

    date: date | None
    start: time | None = None
    minutes: int | None = None
    room: str = ""
    cancelled: bool = False

    @property
    def ends(self) -> datetime | None:
        """Local end; behind midnight for a class that runs over it."""
        if self.date is None or self.start is None or self.minutes is None:
            return None
        return datetime.combine(self.date, self.start) + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Moment:
    """A due moment: local ISO text with offset, and UTC; the date alone without a time."""

    local: str = ""
    utc: str = "9999"


def held(session: Session, semester: Semester, section: str = "") -> Held:
    """Say when and where a session is held.

    A row without time of its own meets in the slot of its kind on its weekday, or on the weekday
    whose schedule it follows; an exam or event in class time in that of the lecture. A section that
    meets on other days meets as many classes into the week as the plan's day is.

    Args:
        session: a row of the plan.
        semester: whose patterns hold.
        section: id of a section; empty for the plan itself.

    Returns:
        Everything that is known; the date stays None for a row without one.
    """
    group = next((s for s in semester.sections if s.id == section), None)
    change = next((c for c in session.changes if c.section == section), None)
    change = change or SectionChange(section=section)
    cancelled = session.cancelled or change.cancelled
    if session.date is None and change.date is None:
        return Held(None, change.start or session.start, own_minutes(change, session), session.room)
    day = change.date or day_of_section(session, semester, group)
    assert day is not None
    slot = slot_of(session, semester, group, day)
    start = change.start or session.start or (slot.start if slot else None)
    minutes = own_minutes(change, session)
    if minutes is None and slot and (change.start or session.start) in {None, slot.start}:
        minutes = slot.minutes
    room = change.room or session.room or (slot.place if slot else "")
    return Held(day, start, minutes, room, cancelled)


def own_minutes(change: SectionChange, session: Session) -> int | None:
    """Give the length that the row states itself; an end before the start is on the next day."""
    row = change if change.start else session
    if row.start is None or row.end is None:
        return None
    first, last = (datetime.combine(date.min, t) for t in (row.start, row.end))
    return (last - first) % MIDNIGHT_NEXT // timedelta(minutes=1) or None


def patterns(semester: Semester, group: Section | None, kind: Kind) -> tuple[Meeting, ...]:
    """Give the slots of a kind: a section's own, else the semester's, else those of the first
    section that has any.
    """
    candidates = [group.meetings if group else (), semester.meetings]
    candidates += [s.meetings for s in semester.sections] if not group else []
    for meetings in candidates:
        found = tuple(m for m in meetings if m.kind is kind)
        if found:
            return found
    return ()


def slot_of(
    session: Session, semester: Semester, group: Section | None, day: date
) -> Meeting | None:
    """Give the slot of the weekly pattern that a row takes; None for one beside it."""
    names = [n for n in (followed(session, semester, day), day_name(day)) if n]
    for kind in (session.kind, Kind.LECTURE):
        for name in names:
            for meeting in patterns(semester, group, kind):
                inside = (meeting.first or day) <= day <= (meeting.last or day)
                if name in meeting.days and meeting.start is not None and inside:
                    return meeting
    return None


def followed(session: Session, semester: Semester, day: date) -> str:
    """Give the weekday whose schedule holds on a day; empty for its own."""
    if session.follows:
        return session.follows
    return next((f.follows for f in semester.follow_days if f.date == day), "")


def day_of_section(session: Session, semester: Semester, group: Section | None) -> date | None:
    """Give the day on which a section has a class of the plan."""
    day = session.date
    if day is None or group is None or session.kind is Kind.BREAK:
        return day
    kind = session.kind if session.kind in {m.kind for m in group.meetings} else Kind.LECTURE
    if session.kind in {Kind.EXAM, Kind.EVENT} and session.start is not None:
        return day
    own = weekdays(m for m in group.meetings if m.kind is kind)
    base = weekdays(patterns(semester, None, kind))
    name = followed(session, semester, day) or day_name(day)
    if not own or own == base or DAYS.index(name) not in base:
        return day
    nth = base.index(DAYS.index(name))
    return week_start(day) + timedelta(own[min(nth, len(own) - 1)])


def weekdays(meetings: Iterable[Meeting]) -> tuple[int, ...]:
    """Give the weekdays of slots as numbers, Monday first."""
    return tuple(sorted({DAYS.index(day) for meeting in meetings for day in meeting.days}))


def week_start(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(day.weekday())


def moment_of(when: datetime, zone: str) -> Moment:
    """Give a local moment with its offset and in UTC."""
    local = when.replace(tzinfo=ZoneInfo(zone))
    utc = local.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return Moment(local.isoformat(timespec="minutes"), utc)


def class_moment(meets: Held, zone: str) -> Moment:
    """Give when a class starts; without a date it sorts behind all that have one."""
    if meets.date is None:
        return Moment()
    if meets.start is None:
        return Moment(meets.date.isoformat(), meets.date.isoformat())
    return moment_of(datetime.combine(meets.date, meets.start), zone)


def due_moment(
    deliverable: Deliverable | None, session: Session, semester: Semester, section: str = ""
) -> Moment:
    """Say when homework is due, or a quiz when there is no deliverable.

    The written moment of the section, else the written moment, else what the semester's policy says
    of deliverables (`due: Mon 23:59`), else the start of the class.
    """
    meets = held(session, semester, section)
    if deliverable is not None:
        written = dict(deliverable.section_due).get(section) or deliverable.due
        if written is not None:
            return moment_of(written, semester.zone)
        usual = usual_due(semester.policy.get("deliverables", "due"), meets.date)
        if usual is not None:
            return moment_of(usual, semester.zone)
    return class_moment(meets, semester.zone)


def usual_due(rule: str, day: date | None) -> datetime | None:
    """Read a rule such as `23:59` or `Mon 23:59`: that time, on that day of the row's week."""
    *name, clock = rule.split() or [""]
    hour, colon, minute = clock.partition(":")
    if day is None or not colon or not (hour.isdigit() and minute.isdigit()):
        return None
    short = name[0][:3].title() if name else ""
    if short in DAYS:
        day = week_start(day) + timedelta(DAYS.index(short))
    return datetime.combine(day, time(int(hour) % 24, int(minute) % 60))
