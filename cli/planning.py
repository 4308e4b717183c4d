"""What `kb plan` decides before it plans: dates, calendars, holidays, term, choices."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kb.edit.changes import open_file
from kb.errors import Unknown, UsageError
from kb.findings import nearest
from kb.parse.dates import guess_semester
from kb.plan.breaks import AcademicCalendar, merged, read_break
from kb.plan.calendar_ics import read_calendar
from kb.plan.find_session import find_session
from kb.plan.holidays import country_of, public_holidays
from kb.plan.roll_models import NewCalendar
from kb.plan.roll_plan import Surroundings, make_plan
from kb.plan.roll_write import Wishes
from kb.plan.slots import class_rows, read_days
from kb.records import Term
from kb.text import title_key

if TYPE_CHECKING:
    from kb.plan.roll_plan import Plan
    from kb.records import Corpus, Semester

__all__ = ["Choices", "read_day", "read_calendars", "planned_with", "holidays_of", "term_of"]


@dataclass(slots=True)
class Choices:
    """What a person decided, by options or when asked."""

    fix: list[str] = field(default_factory=list)
    rename: list[str] = field(default_factory=list)
    merge: list[str] = field(default_factory=list)
    park: list[str] = field(default_factory=list)
    extend: list[str] = field(default_factory=list)
    relink: bool = False

    def options(self) -> list[str]:
        """Give them as options of the command."""
        named = (
            ("fix", self.fix),
            ("rename", self.rename),
            ("merge", self.merge),
            ("park", self.park),
            ("extend", self.extend),
        )
        return [f"--{name} {shlex.quote(value)}" for name, values in named for value in values] + (
            ["--relink"] if self.relink else []
        )


def read_day(value: str, option: str) -> date:
    """Read a date.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise UsageError(f"{option} {value!r}: a date such as 2023-08-28 expected") from error


def read_calendars(
    files: list[Path],
    breaks: list[str],
    base: Semester,
    first: date,
    last: date | None,
    country: str,
) -> list[AcademicCalendar]:
    """Read the breaks of files and options; the old semester tells the zone and how long a term is.

    Raises:
        UsageError: a file cannot be read, or holds no calendar.
    """
    taught = [s.date for s in class_rows(base) if s.date]
    until = last or first + ((max(taught) - min(taught)) if taught else timedelta(105))
    window = first - timedelta(7), max(first + timedelta(200), until + timedelta(30))
    closed = holidays_of(base, country, *window)
    found = []
    for path in files:
        try:
            data = path.read_bytes() if str(path) != "-" else sys.stdin.buffer.read()
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
        found.append(
            read_calendar(data, str(path), *window, zone=base.zone, until=until, holidays=closed)
        )
    if breaks:
        found.append(AcademicCalendar(tuple(read_break(b) for b in breaks)))
    return found


@dataclass(frozen=True, slots=True)
class Request:
    """What a semester is planned from: all that questions do not change."""

    corpus: Corpus
    base: Semester
    root: Path
    new: str
    first: date
    last: date | None
    days: list[str]
    sources: list[AcademicCalendar]
    keep_submissions: bool
    term: str
    holidays: str


def planned_with(choices: Choices, request: Request) -> Plan:
    """Plan with what was decided.

    Raises:
        UsageError: a decision that cannot be understood.
        Unknown: a session or topic that the old semester does not have.
    """
    base, first = request.base, request.first
    calendar = new_calendar(choices, request)
    until = (calendar.last or first + timedelta(130)) + timedelta(14)
    closed = holidays_of(base, request.holidays, first, until)
    dated = [s.date for s in base.sessions if s.date]
    old_closed = holidays_of(base, request.holidays, min(dated), max(dated)) if dated else {}
    file = open_file(request.root / base.place.path, request.root)
    renames = read_renames(choices.rename, base)
    return make_plan(
        request.corpus,
        base,
        file.text,
        (request.new, term_of(request.new, first, request.term)),  # type: ignore[arg-type]
        calendar,
        Wishes(renames=renames, submissions=request.keep_submissions),
        relink=choices.relink,
        around=Surroundings(holidays=closed, old_holidays=old_closed, sources=request.sources),
    )


def new_calendar(choices: Choices, request: Request) -> NewCalendar:
    """Give the calendar a semester is planned on."""
    base, first, sources = request.base, request.first, request.sources
    parked, joined, doubled = (
        frozenset(find_session(base, name, f"--{option}").id for name in names)
        for option, names in (
            ("park", choices.park),
            ("merge", choices.merge),
            ("extend", choices.extend),
        )
    )
    stated = (s.last_class for s in sources if s.last_class and s.last_class > first)
    return NewCalendar(
        start=first,
        breaks=merged(b for source in sources for b in source.breaks),
        confirmed=bool(sources),
        days=read_days(request.days),
        last=request.last or next(stated, None),
        fixed=read_fixed(choices.fix, base),
        parked=parked,
        joined=joined,
        doubled=doubled,
    )


def read_renames(values: list[str], base: Semester) -> dict[str, str]:
    """Read `--rename`: new titles by the key of the old one.

    Raises:
        UsageError: no `OLD=NEW`.
        Unknown: no such title.
    """
    titles = {title_key(t.title): t.title for s in base.sessions for t in s.topics}
    titles |= {title_key(s.title): s.title for s in base.sessions if not s.topics}
    renames = {}
    for value in values:
        before, equals, after = value.partition("=")
        if not equals or not after.strip():
            raise UsageError(f"--rename {value!r}: 'Old title=New title' expected")
        if title_key(before) not in titles:
            near = nearest(before, titles.values())
            hint = f"--rename needs a title of {base.id}"
            raise Unknown("topic", before.strip(), near, hint)
        renames[title_key(before)] = after.strip()
    return renames


def read_fixed(values: list[str], base: Semester) -> dict[str, date | None]:
    """Read `--fix`: days by session; None for the old week and weekday.

    Raises:
        UsageError: no `SESSION=DATE`.
    """
    fixed: dict[str, date | None] = {}
    for value in values:
        name, _, day = value.rpartition("=")
        if not name:
            raise UsageError(f"--fix {value!r}: 'SESSION=2023-12-14' or 'SESSION=week' expected")
        same_week = day.strip().casefold() == "week"
        fixed[find_session(base, name, "--fix").id] = (
            None if same_week else read_day(day, f"--fix {name}=")
        )
    return fixed


def holidays_of(base: Semester, country: str, first: date, last: date) -> dict[date, str]:
    """Give the public holidays of a country, else of the old semester's; none for `none`."""
    chosen = "" if country == "none" else country or country_of(base.zone)
    return public_holidays(chosen, first, last) if chosen else {}


def term_of(new: str, first: date, stated: str) -> str:
    """Give the term: as stated, else by the first day; a name decides between neighbors.

    Raises:
        UsageError: no term.
    """
    if stated:
        if stated not in set(Term):
            raise UsageError(f"--term {stated!r}: one of {', '.join(Term)}")
        return Term(stated)
    by_month = {
        12: "winter",
        1: "spring",
        2: "spring",
        3: "spring",
        4: "spring",
        5: "summer",
        6: "summer",
        7: "summer",
    }.get(first.month, "fall")
    guessed = guess_semester(new)[0]
    near = {
        "spring": {"winter", "summer"},
        "summer": {"spring", "fall"},
        "fall": {"summer", "winter"},
        "winter": {"fall", "spring"},
    }
    return Term(guessed if guessed in near[by_month] and guessed != "spring" else by_month)
