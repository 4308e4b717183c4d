"""Calendars that are off as a whole: last year's table under a new year, every row a day or two too
late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kb.records import Kind, Semester
from kb.text import MONTHS, day_name

__all__ = [
    "CalendarRow",
    "CalendarShift",
    "find_shift",
    "meeting_days",
    "other_year",
    "semester_rows",
    "shift_text",
    "usual_days",
]

MEETS = frozenset({Kind.LECTURE, Kind.RECITATION, Kind.LAB})
"""Kinds that follow the weekly pattern."""

FEWEST = 4
"""Rows that must be wrong before a whole calendar is doubted."""

MOST = 0.6
"""Share of the rows that must be wrong; one row in ten may have been mended by hand."""

FITS = 0.9
"""Share of the rows that an explanation must explain."""

YEARS = (-1, -2, 1, -3, -4, -5, -6, 2, 3, -7, -8)
"""Years to try, likeliest first: tables are copied from the semesters before."""

TERM_MONTHS = {"spring": range(1, 7), "summer": range(5, 10), "fall": range(8, 13)}
"""Months in which a term meets; winter terms differ too much."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A dated row as far as the calendar goes."""

    day: date
    weekday: str
    """As written; empty when not written."""
    kind: Kind
    regular: bool = True
    """False for rows with a time of their own, cancelled ones and other kinds than classes."""


@dataclass(frozen=True, slots=True)
class CalendarShift:
    """How a whole calendar is off."""

    rows: int
    """Rows looked at."""
    wrong: int
    """Rows on the wrong day."""
    sign: str
    """What shows it: `weekday` (as written) or `pattern` (days on which its kinds meet)."""
    days: int
    """Days to add to each date so that most of them fit; -3 to 3."""
    year: int | None
    """The year in which the dates as written fit, if there is one near."""
    earlier: int
    """How many days earlier the calendar lies from which the rows seem to come; 0 when unknown."""
    months: str
    """Months that do not belong to the term, `Aug-Dec`; empty when they do."""
    uniform: bool = True
    """False when a leap day lies between, so that `days` does not fit all rows."""
    dates_fit: bool = False
    """The dates are the days of class; only the weekdays beside them are wrong."""


def semester_rows(semester: Semester) -> tuple[CalendarRow, ...]:
    """Give the dated rows of a semester."""
    return tuple(
        CalendarRow(
            s.date, s.weekday, s.kind, s.kind in MEETS and s.start is None and not s.cancelled
        )
        for s in semester.sessions
        if s.date is not None and s.dated
    )


def meeting_days(semester: Semester) -> dict[Kind, frozenset[str]]:
    """Give the days on which each kind meets, as the semester states them."""
    days: dict[Kind, frozenset[str]] = {}
    for meeting in semester.meetings:
        days[meeting.kind] = days.get(meeting.kind, frozenset()) | frozenset(meeting.days)
    return days


def usual_days(semesters: Iterable[Semester]) -> dict[Kind, frozenset[str]]:
    """Give the days on which each kind ever met; empty when no semester says."""
    days: dict[Kind, frozenset[str]] = {}
    for semester in semesters:
        for kind, own in meeting_days(semester).items():
            days[kind] = days.get(kind, frozenset()) | own
    return days


def find_shift(
    rows: Sequence[CalendarRow],
    pattern: Mapping[Kind, frozenset[str]],
    term: str = "",
    certain: bool = True,
) -> CalendarShift | None:
    """Tell whether a calendar is off as a whole, and by what; None when it is not.

    Args:
        rows: its dated rows.
        pattern: days on which each kind meets.
        term: the term, whose months count as a further sign.
        certain: False when the pattern is only the usual one; then rows at week-ends must speak as
            well.

    Weekdays written beside the dates decide; without them the days of the week on which classes
    fall.
    """
    written = [(row.day, frozenset({row.weekday})) for row in rows if row.weekday]
    found = judge(written, "weekday", rows, term)
    if found is not None and certain:
        regular = [row for row in rows if row.regular and row.kind in pattern]
        fitting = sum(day_name(row.day) in pattern[row.kind] for row in regular)
        return replace(found, dates_fit=len(regular) >= FEWEST and fitting >= FITS * len(regular))
    if found is not None or len(written) * 2 > len(rows):
        return found
    classes = [row for row in rows if row.regular]
    known = [(row.day, pattern[row.kind]) for row in classes if row.kind in pattern]
    weekend = [row for row in classes if row.day.weekday() >= 5]
    if known and (certain or len(weekend) >= 3):
        return judge(known, "pattern", rows, term)
    if not known and len(weekend) >= 3 and len(weekend) * 5 >= len(classes):
        # Nothing is known of the course: classes at week-ends are the sign, any day of
        # the week would do.
        return judge_weekend(classes, rows, term)
    return None


def other_year(rows: Sequence[CalendarRow], year: int, term: str) -> int | None:
    """Give the year of a calendar whose rows are nearly all of another year than the semester; None
    when they are of its own.

    Winter terms, and those that go on into the new year, have rows of both.
    """
    years = Counter(row.day.year for row in rows)
    own = years[year] + (years[year - 1] + years[year + 1] if term == "winter" else 0)
    if len(rows) < FEWEST or own > (1 - FITS) * len(rows):
        return None
    return years.most_common(1)[0][0]


def judge(
    expected: list[tuple[date, frozenset[str]]], sign: str, rows: Sequence[CalendarRow], term: str
) -> CalendarShift | None:
    """Compare dates with the days they should fall on and look for the shift and the year that
    explain them.
    """
    wrong = [(day, days) for day, days in expected if day_name(day) not in days]
    if len(wrong) < FEWEST or len(wrong) < MOST * len(expected):
        return None
    counts = Counter(
        {
            n: sum(day_name(day + timedelta(n)) in days for day, days in wrong)
            for n in (-1, 1, -2, 2, -3, 3)
        }
    )
    days_off, fitting = max(counts.items(), key=lambda pair: (pair[1], -abs(pair[0]), -pair[0]))
    year = fitting_year(wrong)
    if year is None and fitting < FITS * len(wrong):
        return None
    first = min(day for day, _ in wrong)
    earlier = 0
    if year is not None:
        earlier = round(((first - in_year(first, year)).days + days_off) / 7) * 7
    return CalendarShift(
        len(expected),
        len(wrong),
        sign,
        days_off,
        year,
        earlier,
        foreign_months(rows, term),
        fitting >= FITS * len(wrong),
    )


def judge_weekend(
    classes: Sequence[CalendarRow], rows: Sequence[CalendarRow], term: str
) -> CalendarShift | None:
    """Look for the smallest shift, and the year, that leave no class on a week-end."""
    days_off = next(
        (
            n
            for n in (-1, -2, 1, 2)
            if all((row.day + timedelta(n)).weekday() < 5 for row in classes)
        ),
        None,
    )
    if days_off is None:
        return None
    first = min(row.day for row in classes)
    between = (first - in_year(first, first.year - 1)).days
    year, earlier = (first.year - 1, 364) if days_off == 364 - between else (None, 0)
    wrong = sum(row.day.weekday() >= 5 for row in classes)
    return CalendarShift(
        len(classes), wrong, "pattern", days_off, year, earlier, foreign_months(rows, term)
    )


def in_year(day: date, year: int) -> date:
    """Give the same day of another year; 29 February becomes 28."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def fitting_year(expected: list[tuple[date, frozenset[str]]]) -> int | None:
    """Give the nearest year in which nearly all dates fall on the days they should."""
    base = Counter(day.year for day, _ in expected).most_common(1)[0][0]
    for step in YEARS:
        moved = [(in_year(day, day.year + step), days) for day, days in expected]
        if sum(day_name(day) in days for day, days in moved) >= FITS * len(moved):
            return base + step
    return None


def foreign_months(rows: Sequence[CalendarRow], term: str) -> str:
    """Give the span of months when most rows lie outside the term; empty otherwise."""
    months = TERM_MONTHS.get(term)
    outside = [row for row in rows if months is not None and row.day.month not in months]
    if len(outside) <= len(rows) / 2:
        return ""
    return (
        f"{MONTHS[min(r.day for r in rows).month - 1]}-{MONTHS[max(r.day for r in rows).month - 1]}"
    )


def shift_text(shift: CalendarShift, own_year: int | None = None) -> tuple[str, str]:
    """Say what is wrong with a calendar of a semester of `own_year`, and what to do."""
    sign = "contradict their weekday" if shift.sign == "weekday" else "fall on days without class"
    what = f"{shift.wrong} of {shift.rows} rows {sign}"
    if shift.dates_fit:
        return (
            f"{what}, while the dates are the days of class",
            "write the weekdays anew, and look where they come from",
        )
    plain = f"{shift.days:+d} day{'' if abs(shift.days) == 1 else 's'} on every date would fit"
    if shift.year is None:
        return (
            f"{what}, all off by the same number of days",
            f"{plain}; check where the table comes from",
        )
    if shift.year == own_year:
        return f"{what}; they are right in {shift.year}", f"write {shift.year} in the dates"
    where = f"{shift.earlier} days earlier" if shift.earlier > 0 else f"{-shift.earlier} days later"
    what += (
        f"; they look like the rows of a calendar {where}, of {shift.year}, with the year changed"
    )
    if shift.months:
        what += f" ({shift.months} is no month of this term)"
        return (
            what,
            f"this seems to be another semester's table, of {shift.year}; take it for that one",
        )
    anew = (
        f"date the rows anew ({shift.earlier:+d} days from {shift.year}), then check holidays "
        "and breaks"
    )
    return what, f"{plain}; {anew}" if shift.uniform else anew
