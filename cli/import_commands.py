"""Commands that read what people already have: import schedule, import bibliography, import bib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.bib_import import import_bib
from cli.context import JsonOption, SourceOption, source_root, write_output
from kb.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.importers.ledger import LedgerEntry

__all__ = ["app"]

app = typer.Typer(
    help="Read what you already have; a ledger tells what became of every block.",
    no_args_is_help=True,
)

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", metavar="FILE", help="Also write the ledger, as JSON when FILE ends in .json."
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Show what would be written, write nothing.")
]


def read_input(path: Path) -> str:
    """Read a file to import, in whatever encoding it is.

    Raises:
        UsageError: it cannot be read.
    """
    from kb.sources.decode import decode

    try:
        text, _, findings = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    for finding in findings:
        typer.echo(str(finding), err=True)
    return text


def report(
    path: Path, entries: Sequence[LedgerEntry], ledger: Path | None, json_output: bool
) -> None:
    """Print the ledger and write it where it is wanted."""
    from kb.importers.ledger import ledger_json, ledger_text, summary

    typer.echo(
        ledger_json(str(path), entries) if json_output else ledger_text(str(path), entries),
        nl=False,
    )
    if ledger is not None:
        write_output(
            ledger_json(str(path), entries)
            if ledger.suffix == ".json"
            else ledger_text(str(path), entries),
            ledger,
        )
    if not json_output:
        typer.echo(
            ", ".join(f"{count} {fate}" for fate, count in summary(entries).items()), err=True
        )


def write_sources(files: Mapping[Path, str], root: Path, dry_run: bool) -> None:
    """Write source files in the encoding they have, each beside the old one and renamed when complete; or say which would be."""
    from kb.edit.changes import open_file

    for path, content in files.items():
        if not dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            change = open_file(path, root).change(content)
            if change is not None:
                change.write()
        typer.echo(f"{'would write' if dry_run else 'wrote'} {path}", err=True)


@app.command("schedule")
def schedule(
    file: Annotated[Path, typer.Argument(help="Markdown, HTML, YAML or the plain text of a page.")],
    semester: Annotated[
        str, typer.Option("--semester", "-s", help="Name of the semester, such as F2023.")
    ],
    columns: Annotated[
        str,
        typer.Option(
            "--columns", help="Hints such as 'Paper=reading,What=topic' when headers do not tell."
        ),
    ] = "",
    shape: Annotated[
        str, typer.Option("--shape", help="md, html, text or yaml (default: guessed).")
    ] = "",
    term: Annotated[
        str, typer.Option("--term", help="spring, summer, fall or winter (default: from the name).")
    ] = "",
    year: Annotated[
        int | None, typer.Option("--year", help="Year (default: from the name).")
    ] = None,
    shift: Annotated[
        int,
        typer.Option(
            "--shift",
            metavar="DAYS",
            help="Days to add to every date: 364 for last year's table, read with --year.",
        ),
    ] = 0,
    title: Annotated[str, typer.Option("--title", help="Title of the course.")] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace the sessions of a semester file that differs.")
    ] = False,
    ledger: LedgerOption = None,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Turn a course schedule into a semester file; readings are matched to works, never silently guessed.

    Examples:

      kb import schedule schedule.md --semester F2023 --dry-run

      kb import schedule page.html -s S2024 --columns 'Paper=reading' --ledger ledger.json
    """
    from kb.ids import is_semester_id
    from kb.importers.calendar_doubts import calendar_doubts, reading_doubts
    from kb.importers.columns import parse_hints
    from kb.importers.schedule import import_schedule
    from kb.importers.schedule_files import plan_files

    if not is_semester_id(semester):
        raise UsageError(f"--semester {semester!r}: letters, digits, - and _ expected, as in F2022")
    if shape not in {"", "md", "html", "text", "yaml"}:
        raise UsageError(f"--shape {shape!r}: one of md, html, text, yaml")
    if term not in {"", "spring", "summer", "fall", "winter"}:
        raise UsageError(f"--term {term!r}: one of spring, summer, fall, winter")
    from kb.importers.match import WorkIndex
    from kb.validate.corpus import load_corpus_or_nothing

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
            f"next: fill in zone and meetings at the top of quizzes/{semester}.yaml, which say when questions are due; then kb check",
            err=True,
        )
    if not found.sessions:
        typer.echo(
            "no rows were found; name the columns with --columns 'Header=date,Other=topic', or give --shape",
            err=True,
        )
        raise typer.Exit(1)


@app.command("bibliography")
def bibliography(
    files: Annotated[list[Path], typer.Argument(help="Annotated bibliographies in Markdown.")],
    notes: Annotated[
        bool,
        typer.Option(
            "--notes/--no-notes", help="Take the notes as annotations, or the facts alone."
        ),
    ] = True,
    ledger: LedgerOption = None,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Turn an annotated bibliography (numbered sections, citations, quoted notes) into .bib files and topics.

    Examples:

      kb import bibliography README.md --dry-run

      kb import bibliography README.md --no-notes --ledger ledger.json
    """
    from kb.importers.bibliography import read_bibliography
    from kb.importers.bibliography_files import count_notes, plan_bibliography
    from kb.validate.corpus import load_corpus_or_nothing

    root = source if source is not None else source_root(None)
    for file in files:
        text = read_input(file)
        corpus = load_corpus_or_nothing(root)
        found = read_bibliography(text)
        plan = plan_bibliography(root, corpus, found, file.name, notes)
        report(
            file, sorted((*found.ledger, *plan.ledger), key=lambda e: e.line), ledger, json_output
        )
        write_sources(plan.files, root, dry_run)
        if not json_output:
            missing = sum(not i.citation.url for i in found.items)
            counts = f"{len(found.items)} items, {plan.works} works, {count_notes(found)} notes, {len(found.sections)} sections, {missing} without a link"
            typer.echo(f"{file}: {counts}", err=True)
        if not found.items:
            typer.echo(
                f"{file}: no citations were found; sections need headings, citations a year and a title in quotes, italics or a link",
                err=True,
            )
            raise typer.Exit(1)


app.command("bib")(import_bib)
