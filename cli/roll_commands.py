"""The command that plans a semester: plan."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import JsonOption, SourceOption, source_root, write_output
from kb.errors import Unknown, UsageError

if TYPE_CHECKING:
    from kb.plan.breaks import AcademicCalendar
    from kb.plan.roll_plan import Plan
    from kb.records import Corpus, Semester

__all__ = ["plan"]

Many = list[str] | None


@dataclass(slots=True, kw_only=True)
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
        import shlex

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


def plan(
    new: Annotated[str, typer.Argument(help="Name of the new semester, such as S2024.")],
    old: Annotated[str, typer.Option("--from", help="Semester to plan it after.")],
    start: Annotated[str, typer.Option("--start", metavar="DATE", help="First day of classes.")],
    end: Annotated[
        str,
        typer.Option(
            "--end", metavar="DATE", help="Last day of classes (default: as many weeks as before)."
        ),
    ] = "",
    weeks: Annotated[
        int, typer.Option("--weeks", min=0, help="Number of weeks instead of --end.")
    ] = 0,
    days: Annotated[
        Many,
        typer.Option(
            "--days",
            help="Days of lectures, Mon,Wed, or of others, recitation=Fri (default: as before).",
        ),
    ] = None,
    calendar: Annotated[
        list[Path] | None,
        typer.Option(
            "--calendar", metavar="FILE", help="Breaks: YAML, or the university's calendar as .ics."
        ),
    ] = None,
    breaks: Annotated[
        Many, typer.Option("--break", metavar="DATE[..DATE]=TITLE", help="A break.")
    ] = None,
    fix: Annotated[
        Many,
        typer.Option(
            "--fix",
            metavar="SESSION=DATE|week",
            help="Date of an exam or event; week: the old week and weekday.",
        ),
    ] = None,
    rename: Annotated[
        Many, typer.Option("--rename", metavar="OLD=NEW", help="Another title for a topic.")
    ] = None,
    merge: Annotated[
        Many,
        typer.Option(
            "--merge", metavar="SESSION", help="Put a session on the date of the one before."
        ),
    ] = None,
    park: Annotated[
        Many, typer.Option("--park", metavar="SESSION", help="Leave a session without date.")
    ] = None,
    extend: Annotated[
        Many,
        typer.Option("--extend", metavar="SESSION", help="Continue a session in the next slot."),
    ] = None,
    relink: Annotated[
        bool,
        typer.Option("--relink", help="Write the new semester into links that carry an older one."),
    ] = False,
    keep_submissions: Annotated[
        bool, typer.Option("--keep-submissions", help="Keep the old public submissions.")
    ] = False,
    term: Annotated[
        str,
        typer.Option(
            "--term", help="spring, summer, fall or winter (default: from name and date)."
        ),
    ] = "",
    holidays: Annotated[
        str,
        typer.Option(
            "--holidays",
            metavar="COUNTRY",
            help="Public holidays to warn about: US, DE-BY, none (default: by time zone).",
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="File to write (default: quizzes/NEW.yaml); - prints it.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Report, write nothing.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Ask for each decision.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Also write the report, as JSON when FILE ends in .json.",
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--all", help="Report everything, not only the first of a kind.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when there are warnings.")
    ] = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Plan a semester after an old one: the same sessions in the same order on the days of a new calendar.

    Topics, readings, questions, materials and deliverables travel together. What does not fit, what changed
    and what may be out of date is reported; docs/planning.md tells more.

    Examples:

      kb plan F2023 --from F2022 --start 2023-08-28

      kb plan S2024 --from F2022 --start 2024-01-17 --calendar breaks.yaml --fix 'final=2024-05-02'

      kb plan F2023 --from F2022 --start 2023-08-28 --break 2023-10-16..2023-10-20='Fall break' -o -
    """
    from dataclasses import replace

    from kb.ids import is_semester_id
    from kb.plan.roll_text import plan_json, plan_lines
    from kb.validate.corpus import load_corpus

    if not is_semester_id(new):
        raise UsageError(f"{new!r}: letters, digits, - and _ expected, as in F2022")
    root = source_root(source)
    target = output if output is not None else root / "quizzes" / f"{new}.yaml"
    printed = str(target) == "-"
    if printed and json_output:
        raise UsageError("--json and -o - both print; use --report FILE.json")
    if not (printed or dry_run or force) and target.exists():
        raise UsageError(
            f"{target} is there already; --force replaces it, -o FILE writes elsewhere"
        )
    corpus = load_corpus(root).corpus
    base = corpus.semester(old)
    if base is None:
        from kb.findings import nearest

        broken = (root / "quizzes" / f"{old}.yaml").exists()
        raise Unknown(
            "semester",
            old,
            nearest(old, [s.id for s in corpus.semesters]),
            "its file has errors: kb check" if broken else "",
        )
    if base.zone == "UTC":  # not stated: the course is where its other semesters are
        base = replace(
            base, zone=next((s.zone for s in reversed(corpus.semesters) if s.zone != "UTC"), "UTC")
        )
    if base.id == new:
        raise UsageError(f"{new} cannot be planned after itself")
    first = read_day(start, "--start")
    last = read_day(end, "--end") if end else None
    if weeks:
        last = first - timedelta(first.weekday()) + timedelta(7 * weeks - 1)
    if last is not None and last < first:
        raise UsageError(f"the last day {last} lies before the first, {first}")
    choices = Choices(
        fix=fix or [],
        rename=rename or [],
        merge=merge or [],
        park=park or [],
        extend=extend or [],
        relink=relink,
    )
    sources = read_calendars(calendar or [], breaks or [], base, first, last, holidays)

    def planned() -> Plan:
        return planned_with(
            choices,
            corpus,
            base,
            root,
            new,
            first,
            last,
            days or [],
            sources,
            keep_submissions,
            term,
            holidays,
        )

    found = planned()
    if interactive:
        from cli.roll_questions import ask

        if ask(found, choices):
            found = planned()
            typer.echo(f"the answers as options: {' '.join(choices.options())}", err=True)
    if not (dry_run or printed):  # before the report, which may go to a pager that somebody leaves
        target.parent.mkdir(parents=True, exist_ok=True)
        write_output(found.text, target)
    for style, text in plan_lines(found, full):
        show(style, text)
    if report is not None:
        write_output(
            plan_json(found)
            if report.suffix == ".json"
            else "".join(f"{t}\n" for _, t in plan_lines(found, True)),
            report,
        )
    if json_output:
        typer.echo(plan_json(found), nl=False)
    if printed and not dry_run:
        write_output(found.text, None)
    if strict and found.warnings:
        raise typer.Exit(1)


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
    from kb.plan.breaks import AcademicCalendar, read_break
    from kb.plan.calendar_ics import read_calendar
    from kb.plan.slots import class_rows

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


def planned_with(
    choices: Choices, corpus: Corpus, base: Semester, root: Path, new: str, first: date, last: date | None, days: list[str],
    sources: list[AcademicCalendar], keep_submissions: bool, term: str, holidays: str,
) -> Plan:  # fmt: skip
    """Plan with what was decided.

    Raises:
        UsageError: a decision that cannot be understood.
        Unknown: a session or topic that the old semester does not have.
    """
    from kb.edit.changes import open_file
    from kb.findings import nearest
    from kb.plan.breaks import merged
    from kb.plan.find_session import find_session
    from kb.plan.roll_models import NewCalendar
    from kb.plan.roll_plan import Surroundings, make_plan
    from kb.plan.roll_write import Wishes
    from kb.plan.slots import read_days
    from kb.text import title_key

    titles = {title_key(t.title): t.title for s in base.sessions for t in s.topics}
    titles |= {title_key(s.title): s.title for s in base.sessions if not s.topics}
    renames = {}
    for value in choices.rename:
        before, equals, after = value.partition("=")
        if not equals or not after.strip():
            raise UsageError(f"--rename {value!r}: 'Old title=New title' expected")
        if title_key(before) not in titles:
            raise Unknown(
                "topic",
                before.strip(),
                nearest(before, titles.values()),
                f"--rename needs a title of {base.id}",
            )
        renames[title_key(before)] = after.strip()
    fixed: dict[str, date | None] = {}
    for value in choices.fix:
        name, _, day = value.rpartition("=")
        if not name:
            raise UsageError(f"--fix {value!r}: 'SESSION=2023-12-14' or 'SESSION=week' expected")
        fixed[find_session(base, name, "--fix").id] = (
            None if day.strip().casefold() == "week" else read_day(day, f"--fix {name}=")
        )
    ids = [
        frozenset(find_session(base, name, f"--{option}").id for name in names)
        for option, names in (
            ("park", choices.park),
            ("merge", choices.merge),
            ("extend", choices.extend),
        )
    ]
    breaks = merged(b for source in sources for b in source.breaks)
    stated = last or next(
        (
            source.last_class
            for source in sources
            if source.last_class and source.last_class > first
        ),
        None,
    )
    new_calendar = NewCalendar(
        start=first,
        breaks=breaks,
        confirmed=bool(sources),
        days=read_days(days),
        last=stated,
        fixed=fixed,
        parked=ids[0],
        joined=ids[1],
        doubled=ids[2],
    )
    closed = holidays_of(base, holidays, first, (stated or first + timedelta(130)) + timedelta(14))
    dated = [s.date for s in base.sessions if s.date]
    old_closed = holidays_of(base, holidays, min(dated), max(dated)) if dated else {}
    file = open_file(root / base.place.path, root)
    wishes = Wishes(renames=renames, submissions=keep_submissions)
    return make_plan(
        corpus,
        base,
        file.text,
        (new, term_of(new, first, term)),  # type: ignore[arg-type]
        new_calendar,
        wishes,
        relink=choices.relink,
        around=Surroundings(holidays=closed, old_holidays=old_closed, sources=sources),
    )


def holidays_of(base: Semester, country: str, first: date, last: date) -> dict[date, str]:
    """Give the public holidays of a country, else of that of the old semester's zone; none for `none`."""
    from kb.plan.holidays import country_of, public_holidays

    chosen = "" if country == "none" else country or country_of(base.zone)
    return public_holidays(chosen, first, last) if chosen else {}


def term_of(new: str, first: date, stated: str) -> str:
    """Give the term: as stated, else from the first day; a name that says otherwise decides between neighbours.

    Raises:
        UsageError: no term.
    """
    from kb.parse.dates import guess_semester
    from kb.records import Term

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


def show(style: str, text: str) -> None:
    """Print a line of the report on stderr."""
    from cli.context import printable
    from cli.terminal import dim, wrap_message

    clean = printable(text)
    if style == "heading":
        typer.echo(typer.style(wrap_message(clean), bold=True), err=True)
    elif style == "dim":
        typer.echo(dim(f"    {clean}"), err=True)
    else:
        label = "warning: " if style == "warning" else "  "
        shown = wrap_message(clean, " " * len(label))[len(label) :]
        typer.echo(
            (typer.style(label, fg=typer.colors.YELLOW) if style == "warning" else label) + shown,
            err=True,
        )
