"""A course schedule becomes a semester: rows, readings matched to works, a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from kb.importers.columns import Role, label_role
from kb.importers.deadlines import settle
from kb.importers.deliverable_cell import NO_DELIVERABLE, due_when, read_deliverables
from kb.importers.drafts import DraftReading, DraftSession
from kb.importers.grid_rows import GridRow
from kb.importers.languages import in_english, kind_named
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.match import Certainty, WorkIndex, url_key
from kb.importers.reading_cell import read_readings
from kb.importers.reading_text import LECTURE_MATERIAL, is_material, portion_only
from kb.importers.runs import ATOM, Cell
from kb.importers.schedules.layout import read_layout
from kb.importers.topic_cell import (
    badge_kind,
    is_title_of_row,
    read_topics,
    row_kind,
    says_no_class,
    strip_badge,
)
from kb.importers.tree import read_document
from kb.parse.dates import CalendarDate, find_day, guess_semester
from kb.records import Kind, Material
from kb.text import DAYS, collapse, day_name, title_key

__all__ = ["ImportedSchedule", "import_schedule", "new_key"]

LABELLED = re.compile(
    r"(?:^|(?<=[\n.;)\]]))\s*[*_]*(?P<label>(?:(?:required|optional|recommended|suggested|further|additional|supplementary)\s+)?(?:readings?|papers?))[*_]*\s*:[*_]*\s*",
    re.IGNORECASE,
)
"""`Suggested Readings:` inside a cell of another column."""

NO_READING = re.compile(
    r"\W*\bno (?:assigned |required |new )?(?:readings?|papers?)\b(?: (?:today|this week|for today))?\W*",
    re.IGNORECASE,
)
"""`Organizational meeting, no papers`."""

MIN_TITLE_WORDS = 4
"""Words from which on a link among the materials may be a work."""

MAX_TITLE_WORDS = 3
"""Words up to which text in the reading column of a row without topic is its title."""

NUMBERS = re.compile(r"(?:[\d,;\s–&+-]|and)*")
"""Numbers of chapters: `7 & 8`, `4, 6-8`."""

IN_WEEK = re.compile(r"(?P<day>\w{3}), week of (?P<week>.+)")
"""How a day of a week is handed over whose date is that of the week."""

HOMEWORK_LINE = re.compile(
    r"\W*(?:(?:hw|ps|pset|lab|homework|assignment|project|problem set|milestone)\s*#?\d+[a-z]?\b[^“\"]{0,30}?|[\w ]{2,30}?)\s*\b(?:is )?(?:due|out|released)\b[^“\"/]{0,25}",
    re.IGNORECASE,
)
"""`HW 1 out`, `Proposal due Friday` on a line of its own."""


@dataclass(frozen=True, slots=True)
class ImportedSchedule:
    """What was understood of a schedule."""

    semester: str
    term: str
    year: int
    sessions: tuple[DraftSession, ...]
    ledger: tuple[LedgerEntry, ...]
    new_works: tuple[DraftReading, ...]
    """Readings that match no work, once each."""

    @property
    def readings(self) -> int:
        """Number of readings, each member of a group counted."""
        return sum(len(s.readings) for s in self.sessions)


def import_schedule(
    text: str,
    semester: str,
    index: WorkIndex,
    shape: str = "",
    columns: dict[str, str] | None = None,
    term: str = "",
    year: int | None = None,
    shift: int = 0,
    origin: str = "",
    data: bytes | None = None,
) -> ImportedSchedule:
    """Read a schedule.

    Args:
        text: a Markdown document, an HTML page, the plain text of a page, or YAML.
        semester: name of the semester, from which term and year are guessed.
        index: known works.
        shape: `md`, `html`, `text` or `yaml`; guessed when empty.
        columns: hints, folded header to role.
        term: overrides the guess.
        year: overrides the guess.
        shift: days to add to every date, for a table of an earlier year; weekdays as written stay.

    Nothing is dropped without a line in the ledger; there are no errors, only fates.
    """
    text = text.removeprefix("\ufeff")
    english = in_english(text)
    text = english or text
    guessed_term, guessed_year = guess_semester(semester)
    term, own_year = term or guessed_term, year or guessed_year or 2000
    document = read_document(text, origin, shape, data)
    grid = read_layout(document, columns or {}, index)
    ledger = list(grid.ledger)
    sessions: list[DraftSession] = []
    new: dict[str, DraftReading] = {}
    european = day_first([row.get(Role.DATE).plain() for row in grid.rows], english is not None)
    season = over_new_year([row.get(Role.DATE).plain() for row in grid.rows], term)
    drafts = [
        read_row(row, own_year, season, index, ledger, shift, european)
        for row in with_weeks(grid.rows)
    ]
    for session in settle(drafts, ledger):
        matched = tuple(match_readings(session, index, ledger, new))
        sessions.append(replace(session, readings=matched))
        ledger.append(
            LedgerEntry(
                line=session.line,
                fate=Fate.IMPORTED,
                what=session_label(session),
                text=session.title or ", ".join(t.title for t in session.topics),
            )
        )
    months = {s.day.month for s in sessions if s.day}
    if shift and months:
        own_year = min(s.day.year for s in sessions if s.day)
    return ImportedSchedule(
        semester,
        term_of(term, months),
        own_year,
        tuple(sessions),
        tuple(sorted(ledger, key=lambda e: e.line)),
        tuple(new.values()),
    )


def over_new_year(dates: list[str], term: str) -> str:
    """Give `fall` for a winter term that begins in autumn, so that its January is next year's; else the term."""
    months = (
        {found.day.month for d in dates if (found := find_day(d, 2000)).day}
        if term in {"winter", ""}
        else set()
    )
    return "fall" if months and max(months) >= 10 and min(months) <= 3 and 6 not in months else term


def with_weeks(rows: list[GridRow]) -> Iterator[GridRow]:
    """Give the rows, the week of the row above repeated where the date is a weekday alone."""
    week = Cell("")
    for row in rows:
        own = row.get(Role.WEEK)
        week = own if own.text else week
        alone = (
            not own.text
            and week.text
            and re.fullmatch(r"\s*[A-Za-z]{1,9}\.?\s*", row.get(Role.DATE).plain())
        )
        yield GridRow(row.line, (*row.cells, (Role.WEEK, week)), row.badge) if alone else row


def day_first(dates: list[str], likely: bool = False) -> bool:
    """Tell whether `12/9` is the twelfth of September here: a first number above 12, or only so the dates go up, or it is `likely` and nothing speaks against it."""
    pairs = [
        (int(m[1]), int(m[2]))
        for d in dates
        if (m := re.search(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d])", d))
    ]
    if any(first > 12 for first, _ in pairs) or any(second > 12 for _, second in pairs):
        return any(first > 12 for first, _ in pairs) and not any(second > 12 for _, second in pairs)
    swapped = [(second, first) for first, second in pairs]
    return likely or (len(pairs) > 2 and pairs != sorted(pairs) and swapped == sorted(swapped))


def term_of(term: str, months: set[int]) -> str:
    """Give the term; the months of its dates decide between spring and summer, or when nothing is said."""
    if term in {"spring", "summer", ""} and months:
        first = min(months)
        if term and first <= 4:
            return "spring"
        if first >= 5 and first <= 7 and max(months) <= 8:
            return "summer"
        return term or ("fall" if first >= 8 else "spring")
    return term or "fall"


def session_label(session: DraftSession) -> str:
    """Name a row in the ledger."""
    day = (
        session.day.isoformat()
        if session.day
        else "tbd"
        if session.tbd
        else "row under the one above"
    )
    return f"{session.kind.value} {day}"


def with_title(row: GridRow, candidates: tuple[str, ...]) -> GridRow:
    """Give a row without topic and reading that says only beside its date (`Fall Break 10/12`) what it is, with that as topic."""
    if row.get(Role.TOPIC).text or row.get(Role.READING).text:
        return row
    title = next((c for c in candidates if is_title_of_row(c)), "")
    return GridRow(row.line, (*row.cells, (Role.TOPIC, Cell(title))), row.badge) if title else row


def with_homework(cells: list[tuple[Role, Cell]]) -> list[tuple[Role, Cell]]:
    """Give cells with lines such as `HW 1 out` among readings and notes where they belong."""
    found: list[tuple[Role, Cell]] = []
    searched = {Role.READING, Role.OPTIONAL} | (
        {Role.NOTE, Role.MATERIAL, Role.EXTRA}
        if all(role is not Role.DELIVERABLE for role, _ in cells)
        else set()
    )
    for role, cell in cells:
        lines = cell.text.split("\n")
        homework = (
            [
                line
                for line in lines
                if HOMEWORK_LINE.fullmatch(line) and not is_title_of_row(cell.plain(line))
            ]
            if role in searched
            else []
        )
        found.append(
            (
                role,
                cell.part("\n".join(line for line in lines if line not in homework))
                if homework
                else cell,
            )
        )
        found.extend((Role.DELIVERABLE, cell.part(line)) for line in homework)
    return found


def without_people(role: Role, cell: Cell) -> Iterator[tuple[Role, Cell]]:
    """Give a topic and, as a cell of its own, each line below it that says who presents."""
    first, *lines = cell.text.split("\n")
    told = (
        [
            line
            for line in lines
            if (label := re.match(r"\s*([A-Za-z][A-Za-z ]{2,30}):\s*\S", line))
            and "guest" not in label[1].casefold()
            and label_role(label[1], {}) is Role.INSTRUCTOR
        ]
        if role is Role.TOPIC
        else []
    )
    yield (
        role,
        cell.part("\n".join([first, *(line for line in lines if line not in told)]))
        if told
        else cell,
    )
    for line in told:
        yield Role.INSTRUCTOR, cell.part(line)


def with_labels(row: GridRow) -> GridRow:
    """Give a row with what `Readings:` labels inside other cells where it belongs, and titles out of the reading column."""
    cells: list[tuple[Role, Cell]] = []
    for role, cell in (part for pair in row.cells for part in without_people(*pair)):
        found = (
            LABELLED.search(cell.text)
            if role in {Role.TOPIC, Role.MATERIAL, Role.NOTE, Role.EXTRA}
            else None
        )
        if found is None:
            cells.append((role, cell))
            continue
        cells.append((role, cell.part(cell.text[: found.start()].rstrip(" .;,\n"))))
        rest = cell.text[found.end() :]
        due = re.search(r"[.;\n]\s*(?:due|assignments?|homework)\s*:\s*", rest, re.IGNORECASE)
        cells.append(
            (
                label_role(found["label"], {}) or Role.READING,
                cell.part(rest[: due.start()] if due else rest),
            )
        )
        if due:
            cells.append((Role.DELIVERABLE, cell.part(rest[due.end() :])))
    cells = [
        (
            Role.WEEK
            if role is Role.TOPIC and re.fullmatch(r"#?\d{1,2}", cell.text.strip())
            else role,
            cell,
        )
        for role, cell in with_homework(cells)
    ]
    made = GridRow(row.line, tuple(cells), row.badge)
    reading, topic = made.get(Role.READING), made.get(Role.TOPIC)
    title = reading.plain()
    if title and not reading.links and NO_READING.search(title) and not NO_READING.fullmatch(title):
        return GridRow(
            row.line,
            (
                *((r, c) for r, c in cells if r is not Role.READING),
                (Role.NOTE if topic.text else Role.TOPIC, reading.unmarked()),
            ),
            row.badge,
        )
    if (
        reading.links
        or not title
        or not (
            is_title_of_row(title)
            or (
                not topic.text
                and len(title.split()) <= MAX_TITLE_WORDS
                and not re.search(
                    r"[“\"]|(?:\b(?:chs?|chap\w*|pp?|secs?)\.?|§) ?\d", title, re.IGNORECASE
                )
            )
        )
    ):
        return made
    kept = tuple((r, c) for r, c in cells if r is not Role.READING)
    return GridRow(
        row.line,
        kept
        if topic.text and is_title_of_row(topic.plain())
        else (*kept, (Role.NOTE if topic.text else Role.TOPIC, reading.unmarked())),
        row.badge,
    )


def read_row(
    row: GridRow,
    year: int,
    term: str,
    index: WorkIndex,
    ledger: list[LedgerEntry],
    shift: int = 0,
    european: bool = False,
) -> DraftSession:
    """Read one row."""
    date_cell, week_cell = row.get(Role.DATE), row.get(Role.WEEK)
    found = read_date(date_cell.plain(), week_cell.plain(), year, term, european)
    if shift and found.day is not None:
        found = replace(
            found,
            day=found.day + timedelta(shift),
            last=found.last + timedelta(shift) if found.last else None,
        )
    if (
        len(row.get(Role.KIND).plain().split()) > 1
        and badge_kind(row.get(Role.KIND).plain()) is None
        and not HOMEWORK_LINE.fullmatch(row.get(Role.TOPIC).plain())
    ):
        row = GridRow(
            row.line,
            tuple((Role.NOTE if role is Role.KIND else role, cell) for role, cell in row.cells),
            row.badge,
        )
    row = with_labels(
        with_title(row, (found.rest, find_day(week_cell.plain(), year).rest, week_cell.plain()))
    )
    topic_cell, badge = strip_badge(row.get(Role.TOPIC))
    badge = (
        badge_kind(row.badge)
        or badge_kind(row.get(Role.KIND).plain())
        or kind_named(row.get(Role.KIND).plain())
        or badge
    )
    plain = topic_cell.plain()
    time = found.time
    if time is None and len(plain) < 120:
        in_topic = (
            find_day(plain, year, term).time
            if re.search(r"\d\s*(?:[ap]\.?m|:\d\d)", plain, re.IGNORECASE)
            else None
        )
        if in_topic is not None and in_topic.end is not None:
            time = in_topic
    behind = re.search(rf"(?<=\S)\s*\((?:[\s,]|{ATOM.pattern})+\)\s*$", topic_cell.text)
    kind, cancelled, reason = row_kind(
        topic_cell.plain(topic_cell.text[: behind.start()]) if behind else plain, badge
    )
    reads = row.get(Role.READING)
    if (
        kind is Kind.BREAK
        and badge is None
        and not says_no_class(plain)
        and (reads.links or len(reads.plain().split()) > MAX_TITLE_WORDS)
    ):
        kind = Kind.LECTURE
    if (
        kind is Kind.BREAK
        and badge is None
        and (reads.text or row.get(Role.DELIVERABLE).text)
        and (held := re.fullmatch(r"(.*[A-Za-z]{3}.*?)\s*\([^()]*\)", plain))
        and not is_title_of_row(held[1])
    ):
        kind = row_kind(held[1], None)[0]  # `Prototyping (Labor Day Mon, no class)` of a whole week
    if found.day is not None and found.weekday and day_name(found.day) != found.weekday:
        what = f"weekday: {found.day} is a {day_name(found.day)}, not a {found.weekday}"
        ledger.append(
            LedgerEntry(line=row.line, fate=Fate.PROBABLE, what=what, text=date_cell.plain())
        )
    if (
        found.rest
        and not found.tbd
        and not re.fullmatch(r"(?:week|wk) ?(?:of|\d+)", found.rest, re.IGNORECASE)
    ):
        ledger.append(
            LedgerEntry(
                line=row.line,
                fate=Fate.NOT_UNDERSTOOD if found.day is None else Fate.SKIPPED,
                what="text in the date column",
                text=found.rest,
            )
        )
    titled = kind in {Kind.BREAK, Kind.EXAM, Kind.EVENT} or cancelled
    topics = () if titled else read_topics(topic_cell, kind)
    links = [link for link in topic_cell.links_in(topic_cell.text) if not link.image]
    beside: tuple[Material, ...] = ()
    if behind and not topics:
        plain = topic_cell.plain(topic_cell.text[: behind.start()])
        links = [
            link
            for link in topic_cell.links_in(topic_cell.text[: behind.start()])
            if not link.image
        ]
        beside = tuple(
            Material(label=link.label, url=link.url)
            for link in topic_cell.links_in(behind[0])
            if not link.image
        )
    title = (
        collapse(re.sub(r"\s*\([^()]*\d[^()]*[ap]\.?m\.?[^()]*\)\s*$", "", plain))
        if titled and time and not found.time
        else plain
    )
    if titled and kind in {Kind.BREAK, Kind.EXAM} and not title:
        title = next((link.label for link in row.get(Role.TOPIC).links if link.image), row.badge)
    found_readings = (
        *read_readings(row.get(Role.READING), index.knows),
        *read_readings(row.get(Role.OPTIONAL), index.knows, "supplementary"),
    )
    lectures = [
        r for r in found_readings if not r.title and r.url and LECTURE_MATERIAL.fullmatch(r.note)
    ]
    aside = [
        r
        for r in found_readings
        if kind is Kind.BREAK
        and not r.url
        and (r.title[:1] == "(" or len(r.title.split()) <= 2)
        and r.locator is None
        and not r.note
        and not index.knows(r.title)
    ]
    found_readings = tuple(
        replace(r, title="", note=f"{r.title} {r.note}".strip()) if r in aside else r
        for r in found_readings
    )
    readings = tuple(
        r if r.title else replace(r, title=r.url)
        for r in found_readings
        if r.title or (r.url and r not in lectures)
    )
    unnamed = [
        " ".join(p for p in (r.locator_text, r.note) if p)
        for r in found_readings
        if not r.title and not r.url
    ]
    chapters = row.get(Role.CHAPTER)
    extra_links = tuple(
        Material(
            label=f"book chapter {link.label}" if link.label.isdigit() else link.label, url=link.url
        )
        for link in chapters.links_in(chapters.text)
        if not link.image
    )
    if chapters.text and not extra_links:
        readings = (
            (*readings, *(r for r in read_readings(chapters, index.knows) if r.title))
            if not NUMBERS.fullmatch(chapters.plain())
            else readings
        )
        if NUMBERS.fullmatch(chapters.plain()) and re.search(r"\d", chapters.plain()):
            extra_links = tuple(
                Material(label=f"book chapter {n}", url="") for n in numbers_in(chapters.plain())
            )
    extra_links += tuple(Material(label=r.note, url=r.url) for r in lectures)
    material_cell = row.get(Role.MATERIAL)
    if not any(role in {Role.READING, Role.OPTIONAL} for role, _ in row.cells):
        named = [
            link
            for link in material_cell.links_in(material_cell.text)
            if len(link.label.split()) >= MIN_TITLE_WORDS
        ]
        what = (
            "link among the materials, perhaps a reading; --columns 'HEADER=reading' makes it one"
        )
        ledger.extend(
            LedgerEntry(
                line=row.line, fate=Fate.PROBABLE, what=what, text=f"{link.label} {link.url}"
            )
            for link in named
        )
    extra_links += tuple(
        Material(label=link.label, url=link.url)
        for link in material_cell.links_in(material_cell.text)
        if not link.image
    )
    extra_links += tuple(
        Material(label=link.label, url=link.url)
        for cell in map(row.get, (Role.NOTE, Role.EXTRA))
        for link in cell.links_in(cell.text)
        if not link.image
    )
    if topics and extra_links:
        topics = (
            *topics[:-1],
            replace(topics[-1], materials=(*topics[-1].materials, *extra_links)),
        )
        extra_links = ()
    notes = [f"{'until' if found.is_range else 'also'} {found.last}"] if found.last else []
    if found.day is None and found.rest:
        notes.append(found.rest)
    deliverables, released = read_deliverables(row.get(Role.DELIVERABLE))
    if (
        kind is Kind.EVENT
        and not deliverables
        and re.fullmatch(
            r"[^.]{2,60}\bdue(?: today| in class)?",
            (undated := re.sub(r"\s*\([^()]*\)\W*$", "", topic_cell.text)).strip(" *!."),
            re.IGNORECASE,
        )
    ):
        deliverables, _ = read_deliverables(topic_cell.part(undated))
    dated = tuple(
        replace(
            d,
            due=due_when(d.due, found.day, year, term, european)
            if found.day and d.due and not shift
            else "",
        )
        for d in deliverables
    )
    notes += [
        f"{d.code + ': ' if d.code else ''}{d.title} {d.due}"
        for d, own in zip(deliverables, dated, strict=True)
        if d.due and not own.due
    ]
    deliverables = dated
    given = row.get(Role.RELEASED).plain()
    notes += [
        *released,
        *([f"out: {given}"] if given and not NO_DELIVERABLE.fullmatch(given) else []),
    ]
    notes += unnamed if aside else [f"read: {text}" for text in unnamed]
    ledger.extend(
        LedgerEntry(
            line=row.line,
            fate=Fate.NOT_UNDERSTOOD,
            what="reading without a work, kept as a note",
            text=text,
        )
        for text in unnamed
    )
    notes += [
        said
        for r in (Role.NOTE, Role.INSTRUCTOR, Role.EXTRA)
        if (said := row.get(r).plain()) and not NO_DELIVERABLE.fullmatch(said)
    ]
    unlinked = re.sub(r"[\[\](),;|/\s·-]+", " ", ATOM.sub(" ", material_cell.text)).strip()
    if unlinked and unlinked.casefold() not in {"and", "or"}:
        notes.append(material_cell.plain())
    for role in (Role.EXTRA, Role.IGNORED, Role.WEEK, Role.KIND):
        if row.get(role).plain():
            fate = Fate.NOT_UNDERSTOOD if role is Role.EXTRA else Fate.SKIPPED
            ledger.append(
                LedgerEntry(
                    line=row.line,
                    fate=fate,
                    what=f"{role.value} column",
                    text=row.get(role).plain(),
                )
            )
    return DraftSession(
        line=row.line,
        day=found.day,
        tbd=found.tbd or (found.day is None and bool(week_cell.plain() or found.rest)),
        last=found.last if found.is_range else None,
        weekday=found.weekday,
        time=time,
        kind=kind,
        title="" if topics else title.strip("*_ ") or "",
        url="" if topics else next((link.url for link in links), ""),
        topics=topics,
        readings=tuple(readings),
        deliverables=deliverables,
        materials=(
            *(
                ()
                if topics
                else tuple(Material(label=link.label, url=link.url) for link in links[1:])
            ),
            *beside,
            *extra_links,
        ),
        cancelled=cancelled,
        reason=reason,
        note="; ".join(notes),
    )


def numbers_in(text: str) -> Iterator[int]:
    """Give the numbers of a list such as `4, 6-8`, ranges spelt out."""
    for found in re.finditer(r"(\d{1,3})(?:\s*[-–]+\s*(\d{1,3}))?", text):
        first, last = int(found[1]), int(found[2] or found[1])
        yield from range(first, last + 1) if last - first < 50 else (first, last)


def read_date(text: str, week: str, year: int, term: str, european: bool) -> CalendarDate:
    """Read a date; a weekday alone (`Wed`) is one of the week that stands beside it."""
    within = IN_WEEK.fullmatch(text)
    found = find_day(within["week"] if within else text, year, term, european)
    weekday = within["day"].title() if within else found.weekday
    if (
        found.day is None
        and not found.tbd
        and (in_week := find_day(week, year, term, european)).day
    ):
        found = replace(in_week, rest=found.rest)
        if not weekday:
            return found
    elif not within:
        return found
    if found.day is None:
        return found
    monday = found.day + timedelta(1 if found.day.weekday() == 6 else -found.day.weekday())
    return replace(
        found,
        day=monday + timedelta(DAYS.index(weekday)),
        weekday=weekday,
        last=None,
        is_range=False,
    )


def new_key(reading: DraftReading) -> str:
    """Give what readings of one unknown work share: the title, or the address where the title is a portion or `pdf`."""
    general = portion_only(reading.title) or is_material(reading.title) or len(reading.title) < 4
    return (
        url_key(reading.url) or reading.url
        if general and reading.url
        else title_key(reading.title) or reading.title
    )


def match_readings(
    session: DraftSession, index: WorkIndex, ledger: list[LedgerEntry], new: dict[str, DraftReading]
) -> Iterator[DraftReading]:
    """Match the readings of a row; what is not certain gets a line of its own."""
    for reading in session.readings:
        match = index.match(reading.title, reading.url, reading.note)
        shown = f"{reading.title}{', ' + reading.locator_text if reading.locator_text else ''}"
        if match.certainty is Certainty.NEW:
            new.setdefault(new_key(reading), reading)
            ledger.append(
                LedgerEntry(
                    line=session.line,
                    fate=Fate.NEW,
                    what="reading of a work that is not in the bibliography",
                    text=f"{shown} {reading.note}",
                )
            )
            yield reading
            continue
        fate = Fate.IMPORTED if match.certainty is Certainty.CERTAIN else Fate.PROBABLE
        more = f" (or {', '.join(match.others)})" if match.others else ""
        ledger.append(
            LedgerEntry(
                line=session.line,
                fate=fate,
                what=f"reading {match.key}{more}: {match.reason}",
                text=shown,
            )
        )
        if reading.note and not index.is_by(match.key, reading.note):
            ledger.append(
                LedgerEntry(
                    line=session.line,
                    fate=Fate.NOT_UNDERSTOOD,
                    what="text beside a reading",
                    text=reading.note,
                )
            )
        yield replace(
            reading,
            work=match.key,
            title="" if index.is_by(match.key, reading.title) else reading.title,
        )
