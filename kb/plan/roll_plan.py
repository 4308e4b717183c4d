"""A plan: the text of the new semester's file, what became of every old row, and what to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kb.findings import Finding, Severity, sort_findings
from kb.parse.dates import guess_semester
from kb.plan.breaks import AcademicCalendar
from kb.plan.notices import HEADINGS, Notice
from kb.plan.roll import roll_forward
from kb.plan.roll_models import Fate, NewCalendar, Placed, Roll
from kb.plan.roll_report import calendar_notices
from kb.plan.roll_works import content_notices
from kb.plan.roll_write import Wishes, is_plain, write_semester
from kb.plan.stale_links import StaleNames
from kb.records import Corpus, Semester, Session, Term
from kb.sources.files import SourceFile
from kb.validate.corpus import apply_waivers, corpus_findings, in_order
from kb.validate.references import with_prompts
from kb.validate.semesters import read_semester

__all__ = ["Plan", "Row", "Surroundings", "checked", "make_plan"]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row."""

    old: str
    """Id in the old semester; empty for a new break or second session."""
    new: str
    """Id in the new semester; empty for a day off that was dropped."""
    kind: str
    title: str
    before: str
    """Old date; empty for none."""
    after: str
    fate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A planned semester."""

    id: str
    text: str
    """Its file."""
    roll: Roll
    semester: Semester | None
    """As it reads back; None when the old file's errors leave none."""
    rows: tuple[Row, ...]
    """Every old row and every new one, in the order of the new file, dropped ones last."""
    notices: tuple[Notice, ...]
    """In the order of `HEADINGS`."""

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """The notices that ask for something."""
        return tuple(n for n in self.notices if n.warning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known beside the old semester and the wishes for the new one."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    """Public holidays of the term."""
    old_holidays: Mapping[date, str] = field(default_factory=dict)
    """Those of the old term."""
    sources: Sequence[AcademicCalendar] = ()
    """The calendars that were read, to report what was taken from them."""


def make_plan(
    corpus: Corpus,
    old: Semester,
    text: str,
    name: tuple[str, Term],
    calendar: NewCalendar,
    wishes: Wishes,
    *,
    relink: bool = False,
    around: Surroundings | None = None,
) -> Plan:
    """Plan a semester after an old one.

    Args:
        text: the old semester's file.
        name: id and term of the new one.
        relink: write the new semester into links that carry an older one.
        around: holidays and the calendars that were read.

    Raises:
        EditRefused: the old file is not YAML or has no rows.
    """
    new_id, term = name
    around = around or Surroundings()
    roll = roll_forward(old, calendar)
    stale = StaleNames(corpus.semesters, new_id, term, roll.first.year)
    wishes = replace(wishes, relink=stale if relink else None, days=bool(calendar.days))
    written = write_semester(text, roll, new_id, term.value, wishes)
    semester, findings = checked(corpus, written, new_id, f"quizzes/{new_id}.yaml")
    others = [s for s in corpus.semesters if s.id not in {old.id, new_id}]
    notices = [
        *calendar_notices(roll, others, around.holidays, around.old_holidays),
        *term_notices(new_id, term, roll.first),
        *content_notices(roll, corpus, stale, wishes),
        *source_notices(around.sources, old, text),
    ]
    said = {
        "semester-link",
        *(
            ("deadline-after-end",)
            if any("after the last class" in n.what for n in notices)
            else ()
        ),
    }
    notices += [
        Notice("check", str(f), "", f.key, f.severity is not Severity.NOTE)
        for f in findings
        if f.code not in said
    ]
    kinds = list(HEADINGS)
    ordered = sorted(dict.fromkeys(notices), key=lambda n: (kinds.index(n.kind), not n.warning))
    return Plan(
        id=new_id,
        text=written,
        roll=roll,
        semester=semester,
        rows=tuple(rows_of(roll, semester)),
        notices=tuple(ordered),
    )


def checked(
    corpus: Corpus, text: str, new_id: str, path: str
) -> tuple[Semester | None, tuple[Finding, ...]]:
    """Read a semester as `kb check` would, beside the others; give it and its findings."""
    semester, waivers, findings = read_semester(SourceFile(path=path, text=text))
    if semester is None:
        return None, findings
    others = [s for s in corpus.semesters if s.id != new_id]
    raw = replace(corpus, semesters=(*others, semester))
    semester = with_prompts(semester, corpus.prompts)
    whole = replace(corpus, semesters=tuple(in_order((*others, semester))))
    found = (*findings, *corpus_findings(raw, whole))
    own = tuple(w for w in corpus.waivers if w.place.path != path)
    kept, _, unused = apply_waivers(
        sort_findings(f for f in found if f.path == path), (*own, *waivers)
    )
    return semester, sort_findings((*kept, *(f for f in unused if f.path == path)))


def term_notices(new_id: str, term: Term, first: date) -> list[Notice]:
    """Warn when the name of a semester says another year than its first day: a slip in one of
    them.
    """
    year = guess_semester(new_id)[1]
    if year is None or year == first.year or (term is Term.WINTER and year == first.year + 1):
        return []
    return [
        Notice(
            "name",
            f"{new_id} starts in {first.year}, on {first}; its name says {year}",
            "look at the name and --start",
        )
    ]


def source_notices(sources: Sequence[AcademicCalendar], old: Semester, text: str) -> list[Notice]:
    """Say what was read from calendars, and when the old file could not be taken word for word."""
    found = []
    for source in sources:
        found += [Notice("calendar", line) for line in source.doubts]
        found += [Notice("calendar", f"taken as {line}", warning=False) for line in source.taken]
        if source.ignored:
            found.append(
                Notice(
                    "calendar",
                    f"ignored: {'; '.join(source.ignored)}",
                    "state with --break what has no class",
                    warning=False,
                )
            )
    if not is_plain(text):
        found.append(
            Notice(
                "calendar",
                f"the file of {old.id} has lists in brackets or aliases around its rows; "
                "they were written out and comments are lost",
            )
        )
    return found


def rows_of(roll: Roll, semester: Semester | None) -> list[Row]:
    """Account for every row."""
    names = iter([s.id for s in semester.sessions] if semester else [])
    rows: list[Row] = []
    for placed in roll.placed:
        old = placed.bundle.rows if placed.bundle and placed.fate is not Fate.CONTINUED else (None,)
        rows += [account(placed, session, next(names, "")) for session in old]
    for placed in roll.dropped:
        rows += [account(placed, s, "") for s in (placed.bundle.rows if placed.bundle else ())]
    return rows


def account(placed: Placed, session: Session | None, new: str) -> Row:
    """Say what became of a row, or what a new one is."""
    after = placed.day.isoformat() if placed.day else ""
    if session is not None:
        before = session.date.isoformat() if session.date else ""
        kind = session.kind.value
        return Row(session.id, new, kind, session.title, before, after, placed.fate.value)
    if placed.bundle is None:
        return Row("", new, "break", placed.title, "", after, placed.fate.value)
    head = placed.bundle.head
    title = placed.title or f"{head.title} (continued)"
    return Row("", new, head.kind.value, title, "", after, placed.fate.value)
