"""Command: plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import JsonOption, SourceOption, source_root
from cli.output import printable, write_output
from cli.planning import Choices, Request, planned_with, read_calendars, read_day
from cli.planning_questions import ask
from cli.terminal import dim, wrap_message
from kb.errors import Unknown, UsageError
from kb.findings import nearest
from kb.ids import is_semester_id
from kb.plan.roll_text import plan_json, plan_lines
from kb.records import Corpus, Semester
from kb.validate.corpus import load_corpus

if TYPE_CHECKING:
    from kb.plan.roll_plan import Plan

__all__ = ["run"]

Many = list[str] | None

NewArgument = Annotated[str, typer.Argument(help="Name of the new semester, such as S2024.")]
OldOption = Annotated[str, typer.Option("--from", help="Semester to plan it after.")]
StartOption = Annotated[str, typer.Option("--start", metavar="DATE", help="First day of classes.")]
EndOption = Annotated[
    str,
    typer.Option(
        "--end", metavar="DATE", help="Last day of classes (default: as many weeks as before)."
    ),
]
WeeksOption = Annotated[
    int, typer.Option("--weeks", min=0, help="Number of weeks instead of --end.")
]
DaysOption = Annotated[
    Many,
    typer.Option(
        "--days",
        help="Days of lectures, Mon,Wed, or of others, recitation=Fri (default: as before).",
    ),
]
CalendarOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--calendar", metavar="FILE", help="Breaks: YAML, or the university's calendar as .ics."
    ),
]
BreaksOption = Annotated[
    Many, typer.Option("--break", metavar="DATE[..DATE]=TITLE", help="A break.")
]
FixOption = Annotated[
    Many,
    typer.Option(
        "--fix",
        metavar="SESSION=DATE|week",
        help="Date of an exam or event; week: the old week and weekday.",
    ),
]
RenameOption = Annotated[
    Many, typer.Option("--rename", metavar="OLD=NEW", help="Another title for a topic.")
]
MergeOption = Annotated[
    Many,
    typer.Option("--merge", metavar="SESSION", help="Put a session on the date of the one before."),
]
ParkOption = Annotated[
    Many, typer.Option("--park", metavar="SESSION", help="Leave a session without date.")
]
ExtendOption = Annotated[
    Many,
    typer.Option("--extend", metavar="SESSION", help="Continue a session in the next slot."),
]
RelinkOption = Annotated[
    bool,
    typer.Option("--relink", help="Write the new semester into links that carry an older one."),
]
KeepSubmissionsOption = Annotated[
    bool, typer.Option("--keep-submissions", help="Keep the old public submissions.")
]
TermOption = Annotated[
    str,
    typer.Option("--term", help="spring, summer, fall or winter (default: from name and date)."),
]
HolidaysOption = Annotated[
    str,
    typer.Option(
        "--holidays",
        metavar="COUNTRY",
        help="Public holidays to warn about: US, DE-BY, none (default: by time zone).",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="File to write (default: quizzes/NEW.yaml); - prints it.",
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", "-n", help="Report, write nothing.")]
InteractiveOption = Annotated[
    bool, typer.Option("--interactive", "-i", help="Ask for each decision.")
]
ReportOption = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Also write the report, as JSON when FILE ends in .json.",
    ),
]
FullOption = Annotated[
    bool, typer.Option("--all", help="Report everything, not only the first of a kind.")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 when there are warnings.")
]


def run(
    new: NewArgument,
    old: OldOption,
    start: StartOption,
    end: EndOption = "",
    weeks: WeeksOption = 0,
    days: DaysOption = None,
    calendar: CalendarOption = None,
    breaks: BreaksOption = None,
    fix: FixOption = None,
    rename: RenameOption = None,
    merge: MergeOption = None,
    park: ParkOption = None,
    extend: ExtendOption = None,
    relink: RelinkOption = False,
    keep_submissions: KeepSubmissionsOption = False,
    term: TermOption = "",
    holidays: HolidaysOption = "",
    output: OutputOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    interactive: InteractiveOption = False,
    report: ReportOption = None,
    full: FullOption = False,
    strict: StrictOption = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Plan a semester after an old one: the same sessions on the days of a new calendar.

    Topics, readings, questions and deliverables travel together; docs/planning.md tells more.

    Examples:

      kb plan F2023 --from F2022 --start 2023-08-28

      kb plan S2024 --from F2022 --start 2024-01-17 --calendar breaks.yaml --fix 'final=2024-05-02'

      kb plan F2023 --from F2022 --start 2023-08-28 --break 2023-10-16..2023-10-20='Fall break' -o -
    """
    if not is_semester_id(new):
        raise UsageError(f"{new!r}: letters, digits, - and _ expected, as in F2022")
    root = source_root(source)
    target = target_of(root, new, output, dry_run or force, json_output)
    base = base_semester(corpus := load_corpus(root).corpus, root, old, new)
    first, last = read_span(start, end, weeks)
    sources = read_calendars(calendar or [], breaks or [], base, first, last, holidays)
    request = Request(
        *(corpus, base, root, new, first, last),
        *(days or [], sources, keep_submissions, term, holidays),
    )
    choices = Choices(fix or [], rename or [], merge or [], park or [], extend or [], relink)
    found = planned_with(choices, request)
    if interactive and ask(found, choices):
        found = planned_with(choices, request)
        typer.echo(f"the answers as options: {' '.join(choices.options())}", err=True)
    deliver(found, target, dry_run, full, report, json_output)
    if strict and found.warnings:
        raise typer.Exit(1)


def target_of(
    root: Path, new: str, output: Path | None, may_be_there: bool, json_output: bool
) -> Path | None:
    """Give the file to write; None to print it.

    Raises:
        UsageError: it is there already, or JSON is to be printed beside it.
    """
    target = output if output is not None else root / "quizzes" / f"{new}.yaml"
    if str(target) == "-":
        if json_output:
            raise UsageError("--json and -o - both print; use --report FILE.json")
        return None
    if not may_be_there and target.exists():
        raise UsageError(
            f"{target} is there already; --force replaces it, -o FILE writes elsewhere"
        )
    return target


def base_semester(corpus: Corpus, root: Path, old: str, new: str) -> Semester:
    """Give the semester to plan after; one without zone is where the course's others are.

    Raises:
        Unknown: there is none of this name.
        UsageError: it is the new one.
    """
    base = corpus.semester(old)
    if base is None:
        broken = (root / "quizzes" / f"{old}.yaml").exists()
        near = nearest(old, [s.id for s in corpus.semesters])
        raise Unknown("semester", old, near, "its file has errors: kb check" if broken else "")
    if base.zone == "UTC":
        zones = (s.zone for s in reversed(corpus.semesters) if s.zone != "UTC")
        base = replace(base, zone=next(zones, "UTC"))
    if base.id == new:
        raise UsageError(f"{new} cannot be planned after itself")
    return base


def read_span(start: str, end: str, weeks: int) -> tuple[date, date | None]:
    """Read --start, --end and --weeks.

    Raises:
        UsageError: no dates, or the last before the first.
    """
    first = read_day(start, "--start")
    last = read_day(end, "--end") if end else None
    if weeks:
        last = first - timedelta(first.weekday()) + timedelta(7 * weeks - 1)
    if last is not None and last < first:
        raise UsageError(f"the last day {last} lies before the first, {first}")
    return first, last


def deliver(
    found: Plan,
    target: Path | None,
    dry_run: bool,
    full: bool,
    report: Path | None,
    json_output: bool,
) -> None:
    """Write the plan, then the report; whoever reads that in a pager may leave early."""
    if target is not None and not dry_run:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_output(found.text, target, is_source=True)
    for style, text in plan_lines(found, full):
        show(style, text)
    if report is not None:
        lines = "".join(f"{t}\n" for _, t in plan_lines(found, True))
        write_output(plan_json(found) if report.suffix == ".json" else lines, report)
    if json_output:
        typer.echo(plan_json(found), nl=False)
    if target is None and not dry_run:
        write_output(found.text, None)


def show(style: str, text: str) -> None:
    """Print a line of the report on stderr."""
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
