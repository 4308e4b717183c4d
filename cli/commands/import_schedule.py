"""Command: import schedule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import JsonOption, SourceOption, source_root
from cli.importing import DryRun, LedgerOption, read_input, report, write_sources
from kb.errors import UsageError
from kb.ids import is_semester_id
from kb.importers.calendar_doubts import calendar_doubts, reading_doubts
from kb.importers.columns import parse_hints
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule
from kb.importers.schedule_files import plan_files
from kb.validate.corpus import load_corpus_or_nothing

if TYPE_CHECKING:
    pass

__all__ = ["run"]

FileArgument = Annotated[
    Path, typer.Argument(help="Markdown, HTML, YAML or the plain text of a page.")
]
SemesterOption = Annotated[
    str, typer.Option("--semester", "-s", help="Name of the semester, such as F2023.")
]
ColumnsOption = Annotated[
    str,
    typer.Option(
        "--columns", help="Hints such as 'Paper=reading,What=topic' when headers do not tell."
    ),
]
ShapeOption = Annotated[
    str, typer.Option("--shape", help="md, html, text or yaml (default: guessed).")
]
TermOption = Annotated[
    str, typer.Option("--term", help="spring, summer, fall or winter (default: from the name).")
]
YearOption = Annotated[int | None, typer.Option("--year", help="Year (default: from the name).")]
ShiftOption = Annotated[
    int,
    typer.Option(
        "--shift",
        metavar="DAYS",
        help="Days to add to every date: 364 for last year's table, read with --year.",
    ),
]
TitleOption = Annotated[str, typer.Option("--title", help="Title of the course.")]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace the sessions of a semester file that differs.")
]


def run(
    file: FileArgument,
    semester: SemesterOption,
    columns: ColumnsOption = "",
    shape: ShapeOption = "",
    term: TermOption = "",
    year: YearOption = None,
    shift: ShiftOption = 0,
    title: TitleOption = "",
    force: ForceOption = False,
    ledger: LedgerOption = None,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Turn a course schedule into a semester file; readings are matched, never guessed.

    Examples:

      kb import schedule schedule.md --semester F2023 --dry-run

      kb import schedule page.html -s S2024 --columns 'Paper=reading' --ledger ledger.json
    """
    check_options(semester, shape, term)
    root = source if source is not None else source_root(None)
    corpus = load_corpus_or_nothing(root)
    text = read_input(file)
    found = import_schedule(
        text, semester, WorkIndex(corpus.works), shape, parse_hints(columns), term, year, shift
    )
    plan = plan_files(root, corpus, found, file.name, title, force)
    written = next((content for path, content in plan.files.items() if path.stem == semester), "")
    doubts = (
        *calendar_doubts(found, corpus),
        *(reading_doubts(found, corpus, written) if written else ()),
    )
    report(file, (*doubts, *found.ledger, *plan.ledger), ledger, json_output)
    if not json_output:
        typer.echo(f"{semester}: {len(found.sessions)} rows, {found.readings} readings", err=True)
        for doubt in doubts:
            typer.echo(f"{file}:{doubt.line}: warning: {doubt.text}", err=True)
    if plan.refused:
        raise UsageError(plan.refused)
    write_sources(plan.files, root, dry_run)
    if "\n# zone: " in written and found.sessions:
        typer.echo(
            f"next: fill in zone and meetings at the top of quizzes/{semester}.yaml, which say "
            "when questions are due; then kb check",
            err=True,
        )
    if not found.sessions:
        typer.echo(
            "no rows were found; name the columns with --columns 'Header=date,Other=topic', or "
            "give --shape",
            err=True,
        )
        raise typer.Exit(1)


def check_options(semester: str, shape: str, term: str) -> None:
    """Look at what was typed before anything is read.

    Raises:
        UsageError: one of them is none.
    """
    if not is_semester_id(semester):
        raise UsageError(f"--semester {semester!r}: letters, digits, - and _ expected, as in F2022")
    if shape not in {"", "md", "html", "text", "yaml"}:
        raise UsageError(f"--shape {shape!r}: one of md, html, text, yaml")
    if term not in {"", "spring", "summer", "fall", "winter"}:
        raise UsageError(f"--term {term!r}: one of spring, summer, fall, winter")
