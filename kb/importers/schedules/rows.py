"""One row of a schedule as a session: when, what kind, about what, what is read, due and handed out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from kb.importers.columns import Role
from kb.importers.deliverable_cell import NO_DELIVERABLE, due_when, read_deliverables
from kb.importers.drafts import DraftDeliverable, DraftReading, DraftSession, DraftTopic
from kb.importers.grid_rows import GridRow
from kb.importers.languages import kind_named
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.match import WorkIndex
from kb.importers.match_people import read_cited
from kb.importers.runs import ATOM, MARKS, Cell, Link
from kb.importers.schedules.arrange import MAX_TITLE_WORDS, arranged
from kb.importers.schedules.readings import read_readings
from kb.importers.schedules.words import LECTURE_MATERIAL
from kb.importers.topic_cell import (
    badge_kind,
    is_title_of_row,
    read_topics,
    row_kind,
    says_no_class,
    strip_badge,
)
from kb.parse.dates import CalendarDate, find_day
from kb.records import Kind, Material
from kb.text import DAYS, collapse, day_name

__all__ = ["Frame", "read_row"]

MIN_TITLE_WORDS = 4
"""Words from which on a link among the materials may be a work."""

NUMBERS = re.compile(r"(?:[\d,;\s–&+-]|and)*")
"""Numbers of chapters: `7 & 8`, `4, 6-8`."""

IN_WEEK = re.compile(r"(?P<day>\w{3}), week of (?P<week>.+)")
"""How a day of a week is handed over whose date is that of the week."""

LINKS_BEHIND = re.compile(rf"(?<=\S)\s*\((?:[\s,]|{ATOM.pattern})+\)\s*$")
"""Links in brackets at the end of a topic."""

TIME_BEHIND = re.compile(r"\s*\([^()]*\d[^()]*[ap]\.?m\.?[^()]*\)\s*$")
DUE_EVENT = re.compile(r"[^.]{2,60}\bdue(?: today| in class)?", re.IGNORECASE)
OTHER_MEETING = re.compile(r"\bno (?:labs?|recitations?|sections?|tutorials?)\b", re.IGNORECASE)
BLANK = re.compile(r"[\s_.–—-]*")
"""A blank to write into, `____`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What holds for all rows of a schedule."""

    year: int
    term: str
    """`fall` for a winter term that begins in autumn."""
    index: WorkIndex
    shift: int = 0
    european: bool = False
    """`12/9` is the twelfth of September."""


@dataclass(frozen=True, slots=True)
class When:
    """The date of a row, and whether it is struck out."""

    day: CalendarDate
    off: bool
    shown: str


def read_row(row: GridRow, frame: Frame, ledger: list[LedgerEntry]) -> Iterator[DraftSession]:
    """Read one row; two dates in one cell are two classes on one topic."""
    when = read_when(row, frame)
    found = when.day
    week = row.get(Role.WEEK).plain()
    row = arranged(row, (found.rest, find_day(week, frame.year).rest, week), when.off)
    topic_cell, badge = strip_badge(row.get(Role.TOPIC))
    kind_cell = row.get(Role.KIND).plain()
    badge = badge_kind(row.badge) or badge_kind(kind_cell) or kind_named(kind_cell) or badge
    behind = LINKS_BEHIND.search(topic_cell.text)
    own = topic_cell.text[: behind.start()] if behind else topic_cell.text
    kind, cancelled, reason = kind_of(row, topic_cell.plain(own), badge, when.off)
    tell_date(row, when, ledger)
    titled = kind in {Kind.BREAK, Kind.EXAM, Kind.EVENT} or cancelled
    topics = () if titled else read_topics(topic_cell, kind)
    reads, aside = readings_of(row, kind, frame.index)
    tell_doubts(row, reads, frame.index, ledger)
    deliverables, told = deliverables_of(row, topic_cell, kind, found, frame)
    session = DraftSession(
        line=row.line,
        day=found.day,
        tbd=found.tbd or (found.day is None and bool(row.get(Role.WEEK).plain() or found.rest)),
        last=found.last if found.is_range else None,
        weekday=found.weekday,
        time=found.time
        or (time_in(topic_cell.plain(), frame) if len(topic_cell.plain()) < 120 else None),  # type: ignore[arg-type]
        kind=kind,
        readings=tuple(
            r if r.title else replace(r, title=r.url)
            for r in reads
            if r.title or (r.url and r not in lectures(reads))
        ),
        deliverables=deliverables,
        cancelled=cancelled,
        reason=reason,
    )
    session = with_name(
        session, topics, topic_cell, own if behind and not topics else topic_cell.text, row
    )
    beside = topic_cell.links_in(behind[0]) if behind and not topics else ()
    session = with_materials(session, row, beside, lectures(reads), ledger)
    session = replace(session, note="; ".join(notes_of(row, found, reads, aside, told, session)))
    tell_rest(row, reads, ledger)
    second = further(session, found)
    yield (
        replace(session, readings=tuple(r for r in session.readings if r not in second.readings))
        if twice(session, found)
        else session
    )
    if twice(session, found):
        yield second


def twice(session: DraftSession, found: CalendarDate) -> bool:
    """Tell whether a row stands for two classes."""
    free = session.kind in {Kind.BREAK, Kind.EVENT, Kind.EXAM}
    return bool(found.last and found.day) and not found.is_range and not free


def further(session: DraftSession, found: CalendarDate) -> DraftSession:
    """Give the second of two classes on one topic."""
    topics = tuple(replace(t, continued=True, materials=(), guest="") for t in session.topics)
    day = found.last
    own = day_name(day)[:3].casefold() if day else ""
    moved = tuple(r for r in session.readings if own and r.note.casefold().startswith(own))
    weekday = session.weekday and day_name(day) if day else ""
    return DraftSession(
        line=session.line,
        day=day,
        weekday=weekday,
        kind=session.kind,
        title=session.title,
        topics=topics,
        readings=moved,
    )


def read_when(row: GridRow, frame: Frame) -> When:
    """Read the date of a row; a weekday alone (`Wed`) is one of the week that stands beside it."""
    cell = next((c for r, c in row.cells if r is Role.DATE), Cell(""))
    _, struck = cell.without_struck()
    plain, week = row.get(Role.DATE).plain(), row.get(Role.WEEK).plain()
    found = read_date(plain, week, frame)
    if frame.shift and found.day is not None:
        by = timedelta(frame.shift)
        found = replace(found, day=found.day + by, last=found.last + by if found.last else None)
    return When(found, bool(struck) and find_day(struck, 2000).day is not None, plain)


def read_date(text: str, week: str, frame: Frame) -> CalendarDate:
    """Read a date; `Wed, week of Sep 4` and a weekday alone are days of a week."""
    within = IN_WEEK.fullmatch(text)
    found = find_day(within["week"] if within else text, frame.year, frame.term, frame.european)
    weekday = within["day"].title() if within else found.weekday
    if not within and (found.day is not None or found.tbd):
        return found
    if found.day is None:
        in_week = find_day(week, frame.year, frame.term, frame.european)
        if in_week.day is None:
            return found
        found = replace(in_week, rest=found.rest)
        if not weekday:
            return found
    assert found.day is not None
    monday = found.day + timedelta(1 if found.day.weekday() == 6 else -found.day.weekday())
    day = monday + timedelta(DAYS.index(weekday))
    return replace(found, day=day, weekday=weekday, last=None, is_range=False)


def kind_of(row: GridRow, plain: str, badge: Kind | None, off: bool) -> tuple[Kind, bool, str]:
    """Give the kind of a row, whether it is cancelled, and the reason; what is read or due speaks against a free day."""
    if off:
        return Kind.BREAK, False, ""
    kind, cancelled, reason = row_kind(plain, badge)
    reads = row.get(Role.READING)
    said = " ".join(row.get(role).plain() for role in (Role.NOTE, Role.TOPIC))
    said = OTHER_MEETING.sub("", said)
    works = bool(reads.links) or len(reads.plain().split()) > MAX_TITLE_WORDS
    if (
        kind is Kind.LECTURE
        and badge is None
        and says_no_class(said)
        and not works
        and len(said) < 120
    ):
        return Kind.BREAK, False, ""
    if kind is not Kind.BREAK or badge is not None:
        return kind, cancelled, reason
    if works and not says_no_class(plain):
        kind = Kind.LECTURE
    held = re.fullmatch(r"(.*[A-Za-z]{3}.*?)\s*\([^()]*\)", plain)
    if held and (reads.text or row.get(Role.DELIVERABLE).text) and not is_title_of_row(held[1]):
        kind = row_kind(held[1], None)[0]  # `Prototyping (Labor Day Mon, no class)` of a whole week
    return kind, cancelled, reason


def time_in(plain: str, frame: Frame) -> object:
    """Give the time a topic names, when it is a span."""
    if not re.search(r"\d\s*(?:[ap]\.?m|:\d\d)", plain, re.IGNORECASE):
        return None
    found = find_day(plain, frame.year, frame.term).time
    return found if found is not None and found.end is not None else None


def with_name(
    session: DraftSession, topics: tuple[DraftTopic, ...], cell: Cell, own: str, row: GridRow
) -> DraftSession:
    """Give a session with its topics, or else its title and the address of that."""
    if topics:
        return replace(session, topics=topics)
    plain = cell.plain(own)
    titled = session.kind in {Kind.BREAK, Kind.EXAM, Kind.EVENT} or session.cancelled
    date_time = find_day(row.get(Role.DATE).plain(), 2000).time
    title = (
        collapse(TIME_BEHIND.sub("", plain)) if titled and session.time and not date_time else plain
    )
    if titled and session.kind in {Kind.BREAK, Kind.EXAM} and not title:
        title = next((x.label for x in row.get(Role.TOPIC).links if x.image), row.badge)
    links = [x for x in cell.links_in(own) if not x.image]
    return replace(
        session,
        title=title.strip("*_ ") or "",
        url=next((x.url for x in links), ""),
        materials=tuple(Material(label=x.label, url=x.url) for x in links[1:]),
    )


def readings_of(
    row: GridRow, kind: Kind, index: WorkIndex
) -> tuple[tuple[DraftReading, ...], bool]:
    """Give the readings of a row, and whether text on a free day was taken for a remark."""
    found = (
        *read_readings(row.get(Role.READING), index.knows),
        *read_readings(row.get(Role.OPTIONAL), index.knows, "supplementary"),
    )
    chapters = row.get(Role.CHAPTER)
    if chapters.text and not chapters.links and not NUMBERS.fullmatch(chapters.plain()):
        found = (*found, *(r for r in read_readings(chapters, index.knows) if r.title))
    if kind is not Kind.BREAK:
        return found, False
    aside = [is_aside(r, index) for r in found]
    return tuple(
        replace(r, title="", note=f"{r.title} {r.note}".strip()) if off else r
        for r, off in zip(found, aside, strict=True)
    ), any(aside)


def tell_doubts(
    row: GridRow, reads: tuple[DraftReading, ...], index: WorkIndex, ledger: list[LedgerEntry]
) -> None:
    """Tell the readings that nothing marks as works: no link, no quotes or italics, no portion, no known title."""
    cells = [c for r, c in row.cells if r in {Role.READING, Role.OPTIONAL, Role.CHAPTER}]
    text = " ".join(c.text for c in cells)
    for reading in reads:
        doubt = doubt_of(reading, text)
        if doubt and not index.knows(reading.title):
            shown = f"{reading.title}{', ' + reading.locator_text if reading.locator_text else ''}"
            ledger.append(
                LedgerEntry(
                    line=row.line, fate=Fate.PROBABLE, what="reading", text=f"{shown} ({doubt})"
                )
            )


def doubt_of(reading: DraftReading, text: str) -> str:
    """Give what else a reading may be; empty when it is certain."""
    if not reading.title:
        return ""
    marked = re.search(rf"[“\"⟪]\s*{re.escape(reading.title[:12])}", text) is not None
    if not marked and read_cited(reading.title) is not None and not reading.locator_text:
        return "or: a work by these people"
    if reading.locator_text and reading.locator_text not in text.translate(MARKS):
        return "the unit of its portion is a guess"
    if reading.url or marked or reading.locator is not None:
        return ""
    return "or: a remark"


def is_aside(reading: DraftReading, index: WorkIndex) -> bool:
    """Tell whether text in the reading column of a free day names no work."""
    short = reading.title[:1] == "(" or len(reading.title.split()) <= 2
    bare = not reading.url and reading.locator is None and not reading.note
    return short and bare and not index.knows(reading.title)


def lectures(readings: tuple[DraftReading, ...]) -> list[DraftReading]:
    """Give links among readings that are material of the lecture."""
    return [r for r in readings if not r.title and r.url and LECTURE_MATERIAL.fullmatch(r.note)]


def with_materials(
    session: DraftSession,
    row: GridRow,
    beside: tuple[Link, ...],
    lecture: list[DraftReading],
    ledger: list[LedgerEntry],
) -> DraftSession:
    """Give a session with the links that are no readings, at its last topic where it has one."""
    chapters, material = row.get(Role.CHAPTER), row.get(Role.MATERIAL)
    extra = [
        Material(label=f"book chapter {x.label}" if x.label.isdigit() else x.label, url=x.url)
        for x in chapters.links
        if not x.image
    ]
    if chapters.text and not extra and NUMBERS.fullmatch(chapters.plain()):
        extra = [Material(label=f"book chapter {n}", url="") for n in numbers_in(chapters.plain())]
    extra += [Material(label=r.note, url=r.url) for r in lecture]
    if not any(role in {Role.READING, Role.OPTIONAL} for role, _ in row.cells):
        what = (
            "link among the materials, perhaps a reading; --columns 'HEADER=reading' makes it one"
        )
        named = [x for x in material.links if len(x.label.split()) >= MIN_TITLE_WORDS]
        ledger.extend(
            LedgerEntry(line=row.line, fate=Fate.PROBABLE, what=what, text=f"{x.label} {x.url}")
            for x in named
        )
    used = {url for d in session.deliverables for url in (d.url, *(s.url for s in d.submissions))}
    cells = [material, *(row.get(r) for r in (Role.NOTE, Role.EXTRA, Role.DATE, Role.RELEASED))]
    links = [x for cell in cells for x in cell.links_in(cell.text)]
    links += [
        x for x in row.get(Role.DELIVERABLE).links if session.deliverables and x.url not in used
    ]
    extra += [Material(label=x.label, url=x.url) for x in links if not x.image]
    if session.topics and extra:
        last = session.topics[-1]
        topics = (*session.topics[:-1], replace(last, materials=(*last.materials, *extra)))
        return replace(session, topics=topics)
    own = [Material(label=x.label, url=x.url) for x in beside if not x.image]
    return replace(session, materials=(*session.materials, *own, *extra))


def numbers_in(text: str) -> Iterator[int]:
    """Give the numbers of a list such as `4, 6-8`, ranges spelt out."""
    for found in re.finditer(r"(\d{1,3})(?:\s*[-–]+\s*(\d{1,3}))?", text):
        first, last = int(found[1]), int(found[2] or found[1])
        yield from range(first, last + 1) if last - first < 50 else (first, last)


def deliverables_of(
    row: GridRow, topic_cell: Cell, kind: Kind, found: CalendarDate, frame: Frame
) -> tuple[tuple[DraftDeliverable, ...], list[str]]:
    """Give what is due, and remarks on what is handed out or due at a time that is no date."""
    deliverables, released = read_deliverables(row.get(Role.DELIVERABLE))
    undated = re.sub(r"\s*\([^()]*\)\W*$", "", topic_cell.text)
    if kind is Kind.EVENT and not deliverables and DUE_EVENT.fullmatch(undated.strip(" *!.")):
        deliverables, _ = read_deliverables(topic_cell.part(undated))
    told = []
    dated = []
    for one in deliverables:
        due = ""
        if found.day and one.due and not frame.shift:
            due = due_when(one.due, found.day, frame.year, frame.term, frame.european)
        if one.due and not due:
            told.append(f"{one.code + ': ' if one.code else ''}{one.title} {one.due}")
        dated.append(replace(one, due=due))
    given = row.get(Role.RELEASED).plain()
    out = [f"out: {given}"] if given and not NO_DELIVERABLE.fullmatch(given) else []
    return tuple(dated), [*told, *released, *out]


def unnamed(readings: tuple[DraftReading, ...]) -> list[str]:
    """Give what stands among readings and names no work."""
    return [
        " ".join(p for p in (r.locator_text, r.note) if p)
        for r in readings
        if not r.title and not r.url
    ]


def notes_of(
    row: GridRow,
    found: CalendarDate,
    reads: tuple[DraftReading, ...],
    aside: bool,
    told: list[str],
    session: DraftSession,
) -> Iterator[str]:
    """Give the remarks of a row, in order."""
    free = session.kind in {Kind.BREAK, Kind.EVENT, Kind.EXAM}
    if found.last and (found.is_range or free):
        yield f"{'until' if found.is_range else 'also'} {found.last}"
    if found.day is None and found.rest:
        yield found.rest
    inside = (
        TIME_BEHIND.search(row.get(Role.TOPIC).plain()) if session.title and session.time else None
    )
    if inside and not session.title.endswith(")") and (place := find_day(inside[0], 2000).rest):
        yield place
    yield from told
    yield from (text if aside else f"read: {text}" for text in unnamed(reads))
    for role in (Role.NOTE, Role.INSTRUCTOR, Role.EXTRA):
        said = row.get(role).plain()
        if said and not NO_DELIVERABLE.fullmatch(said) and not BLANK.fullmatch(said):
            yield said
    material = row.get(Role.MATERIAL)
    unlinked = re.sub(r"[\[\](),;|/\s·-]+", " ", ATOM.sub(" ", material.text)).strip()
    if unlinked and unlinked.casefold() not in {"and", "or"}:
        yield material.plain()


def tell_date(row: GridRow, when: When, ledger: list[LedgerEntry]) -> None:
    """Tell a weekday that is wrong, and what else stands in the date column."""
    found = when.day
    if found.day is not None and found.weekday and day_name(found.day) != found.weekday:
        what = f"weekday: {found.day} is a {day_name(found.day)}, not a {found.weekday}"
        ledger.append(LedgerEntry(line=row.line, fate=Fate.PROBABLE, what=what, text=when.shown))
    numbered = re.fullmatch(r"(?:week|wk) ?(?:of|\d+)", found.rest, re.IGNORECASE)
    if found.rest and not found.tbd and not numbered:
        fate = Fate.NOT_UNDERSTOOD if found.day is None else Fate.SKIPPED
        ledger.append(
            LedgerEntry(line=row.line, fate=fate, what="text in the date column", text=found.rest)
        )


def tell_rest(row: GridRow, reads: tuple[DraftReading, ...], ledger: list[LedgerEntry]) -> None:
    """Tell what among readings names no work, and columns that say nothing of a session."""
    what = "reading without a work, kept as a note"
    ledger.extend(
        LedgerEntry(line=row.line, fate=Fate.NOT_UNDERSTOOD, what=what, text=text)
        for text in unnamed(reads)
    )
    for role in (Role.EXTRA, Role.IGNORED, Role.WEEK, Role.KIND):
        if text := row.get(role).plain():
            fate = Fate.NOT_UNDERSTOOD if role is Role.EXTRA else Fate.SKIPPED
            ledger.append(
                LedgerEntry(line=row.line, fate=fate, what=f"{role.value} column", text=text)
            )
