"""Command: import schedule."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cli.context import JsonOption, SourceOption, source_root
from cli.importing import (
    DryRun,
    LedgerOption,
    VerboseOption,
    files_in,
    read_input,
    report,
    write_sources,
)
from cli.output import fail
from kb.errors import UsageError
from kb.findings import Severity
from kb.ids import is_semester_id
from kb.importers.calendar_doubts import calendar_doubts, reading_doubts
from kb.importers.columns import parse_hints
from kb.importers.ledger import LedgerEntry
from kb.importers.match import WorkIndex
from kb.importers.schedule import ImportedSchedule, import_schedule, joined_schedules
from kb.importers.schedule_files import plan_files
from kb.importers.tree import FORMATS
from kb.importers.tree.office import OFFICE
from kb.importers.tree.read import SUFFIXES
from kb.sources.files import SourceFile
from kb.validate.corpus import load_corpus_or_nothing
from kb.validate.semesters import read_semester

__all__ = ["run"]

FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        help="Files or folders: Markdown, HTML, YAML, CSV, Word, spreadsheets, PDF, LaTeX, text."
    ),
]
ENDINGS = frozenset({*SUFFIXES, *OFFICE, ".md", ".markdown", ".txt"})
"""Ends of names of files that are read in a folder."""

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
    str, typer.Option("--shape", help=f"One of {', '.join(FORMATS)} (default: guessed).")
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
    files: FilesArgument,
    semester: SemesterOption,
    columns: ColumnsOption = "",
    shape: ShapeOption = "",
    term: TermOption = "",
    year: YearOption = None,
    shift: ShiftOption = 0,
    title: TitleOption = "",
    force: ForceOption = False,
    verbose: VerboseOption = False,
    ledger: LedgerOption = None,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Turn a course schedule into a semester file; readings are matched, never guessed.

    Examples:

      kb import schedule schedule.md --semester F2023 --dry-run

      kb import schedule _modules/ -s F2023

      kb import schedule page.html -s S2024 --columns 'Paper=reading' --ledger ledger.json
    """
    check_options(semester, shape, term)
    root = source if source is not None else source_root(None)
    corpus = load_corpus_or_nothing(root)
    inputs = files_in(files, ENDINGS)
    hints = parse_hints(columns)

    def read(file: Path) -> ImportedSchedule:
        data = file.read_bytes() if file.suffix.casefold() in OFFICE and file.exists() else None
        text = "" if data is not None else read_input(file)
        index = WorkIndex(corpus.works)
        return import_schedule(
            text, semester, index, shape, hints, term, year, shift, file.name, data
        )

    parts = [read(file) for file in inputs]
    found = joined_schedules(parts)
    plan = plan_files(root, corpus, found, inputs[0].name, title, force)
    path = root / "quizzes" / f"{semester}.yaml"
    written = plan.files.get(path, "")
    doubts = (
        *calendar_doubts(found, corpus),
        *(reading_doubts(found, corpus, written) if written else ()),
    )
    for file, part in zip(inputs, parts, strict=True):
        own = (*doubts, *part.ledger, *plan.ledger) if file is inputs[-1] else part.ledger
        report(file, own, ledger, json_output, verbose or dry_run)
    if not json_output:
        summarize(semester, found, inputs[0], doubts)
    if not found.sessions:
        fail(
            f"{inputs[0]}: no rows were found, nothing is written; name the columns with "
            "--columns 'Header=date,Other=topic', or give --shape"
        )
    if plan.refused:
        raise UsageError(plan.refused)
    check_written(path, written)
    write_sources(plan.files, root, dry_run)
    say_next(semester, written)


def summarize(
    semester: str, found: ImportedSchedule, file: Path, doubts: Iterable[LedgerEntry]
) -> None:
    """Say on stderr how much was read, and what is doubtful about the calendar as a whole."""
    typer.echo(f"{semester}: {len(found.sessions)} rows, {found.readings} readings", err=True)
    for doubt in doubts:
        typer.echo(f"{file}:{doubt.line}: warning: {doubt.text}", err=True)


def say_next(semester: str, written: str) -> None:
    """Say what the page did not state and a person has to."""
    if "\n# zone: " in written:
        typer.echo(
            f"next: fill in zone and meetings at the top of quizzes/{semester}.yaml, which say "
            "when questions are due; then kb check",
            err=True,
        )


def check_written(path: Path, text: str) -> None:
    """Read what would be written, as `kb build` will.

    Raises:
        UsageError: it would not be accepted.
    """
    if not text:
        return
    file = SourceFile(path=f"quizzes/{path.name}", text=text)
    semester, _, findings = read_semester(file)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    if semester is None or errors:
        told = "; ".join(str(f) for f in errors[:3]) or "it cannot be read back"
        raise UsageError(f"{path}: not written, kb build would refuse it: {told}")


def check_options(semester: str, shape: str, term: str) -> None:
    """Look at what was typed before anything is read.

    Raises:
        UsageError: one of them is none.
    """
    if not is_semester_id(semester):
        raise UsageError(f"--semester {semester!r}: letters, digits, - and _ expected, as in F2022")
    if shape not in {"", *FORMATS}:
        raise UsageError(f"--shape {shape!r}: one of {', '.join(FORMATS)}")
    if term not in {"", "spring", "summer", "fall", "winter"}:
        raise UsageError(f"--term {term!r}: one of spring, summer, fall, winter")
