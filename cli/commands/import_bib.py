"""Command: import bib."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from cli.context import JsonOption, SourceOption, source_root
from cli.editing import bib_target, read_bytes, read_tree
from cli.output import printable, write_output
from kb.edit.bib import append_entries
from kb.edit.changes import open_file
from kb.errors import SourceNotFound, UsageError
from kb.importers.bib import import_bib as plan_import
from kb.importers.bib import known_works
from kb.importers.bib_entry import NOTE_FIELDS
from kb.importers.exchange import KINDS, as_bibtex, kind_of_file
from kb.importers.ledger import Fate, ledger_json, ledger_text, summary
from kb.parse.bibtex import parse_bibtex
from kb.sources.decode import decode
from kb.sources.files import list_sources, read_source
from kb.validate.topic_names import topic_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.importers.ledger import LedgerEntry
    from kb.parse.bibtex import RawEntry

__all__ = ["run"]

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="BibTeX or BibLaTeX files, in any encoding."),
]
IntoOption = Annotated[
    Path | None,
    typer.Option(
        "--into",
        metavar="FILE",
        help="File below bib/ to append to (default: bib/imported.bib).",
    ),
]
NotesOption = Annotated[
    str,
    typer.Option(
        "--notes",
        help=(
            "Field that becomes the public annotation: annote, annotation, review, note, abstract, "
            "none, or auto for the first there is. Asked for on a terminal; else only annotation."
        ),
    ),
]
LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help="Also write the ledger, as JSON when FILE ends in .json.",
    ),
]
DryRunOption = Annotated[
    bool,
    typer.Option("--dry-run", "-n", help="Print what would be added as a diff, write nothing."),
]


def run(
    files: FilesArgument,
    into: IntoOption = None,
    notes: NotesOption = "",
    ledger: LedgerOption = None,
    dry_run: DryRunOption = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Merge somebody else's BibTeX: keys stay, keywords become topics, duplicates are told.

    Examples:

      kb import bib zotero.bib --dry-run

      kb import bib *.bib --into bib/testing.bib --ledger ledger.json
    """
    if notes not in {"", "auto", "none", *NOTE_FIELDS}:
        raise UsageError(f"--notes {notes!r}: one of auto, none, {', '.join(NOTE_FIELDS)}")
    try:
        root = source_root(source)
    except SourceNotFound:
        if source is None:
            raise
        root = source
    known, topics = known_works(own_entries(root)), topic_index(read_tree(root))
    target = open_file(bib_target(root, into, "imported.bib"), root.resolve())
    taken: list[str] = []
    ledgers: list[tuple[str, tuple[LedgerEntry, ...]]] = []
    for file in files:
        decoded, _, findings = decode(read_bytes(file), str(file))
        for finding in findings:
            typer.echo(printable(str(finding)), err=True)
        decoded = converted(decoded, file, json_output)
        notes = notes or asked_notes(decoded, str(file))
        plan = plan_import(decoded, str(file), known, topics, notes)
        taken.extend(plan.entries)
        ledgers.append((str(file), plan.ledger))
    typer.echo(render(ledgers, json_output), nl=False)
    if ledger is not None:
        write_output(render(ledgers, ledger.suffix == ".json"), ledger)
    counts = summary(entry for _, entries in ledgers for entry in entries)
    if not json_output:
        typer.echo(
            ", ".join(f"{count} {fate}" for fate, count in counts.items()) or "nothing found",
            err=True,
        )
    change = target.change(append_entries(target.text, "\n".join(taken))) if taken else None
    if change and dry_run:
        typer.echo(change.diff(), nl=False, err=json_output)
    elif change:
        change.write()
        typer.echo(f"changed {target.name}", err=True)
    if counts.get(Fate.NOT_UNDERSTOOD.value) or not counts:
        raise typer.Exit(1)


def converted(text: str, file: Path, quiet: bool) -> str:
    """Give a file of a reference manager as BibTeX, and say what it is.

    Raises:
        UsageError: it is broken.
    """
    kind = kind_of_file(text)
    if kind and not quiet:
        typer.echo(f"{file}: {KINDS[kind]}", err=True)
    try:
        return as_bibtex(text, kind)
    except ValueError as error:
        raise UsageError(f"{file}: {error}") from error


def asked_notes(text: str, name: str) -> str:
    """Ask which field of a file may be the public annotation; without a terminal, none of them."""
    fields = {f.name for entry in parse_bibtex(text, name)[0] for f in entry.fields}
    found = [field for field in ("annote", "review", "note", "abstract") if field in fields]
    if not found or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return "annotation"
    answer: str = typer.prompt(
        f"{name} has {', '.join(found)}: which may be read by everybody as annotation",
        default="none",
        type=click.Choice(["none", *found]),
        err=True,
    )
    return "annotation" if answer == "none" else answer


def own_entries(root: Path) -> Iterator[RawEntry]:
    """Give the entries of all .bib files of a source directory."""
    for path in list_sources(root).bib:
        file, _ = read_source(path, root)
        if file is not None:
            yield from parse_bibtex(file.text, file.path)[0]


def render(ledgers: Sequence[tuple[str, Sequence[LedgerEntry]]], as_json: bool) -> str:
    """Give the ledgers of all files as text or JSON; a list of documents when there are several."""
    if not as_json:
        return "".join(printable_lines(ledger_text(name, entries)) for name, entries in ledgers)
    if len(ledgers) == 1:
        return ledger_json(*ledgers[0])
    return (
        json.dumps(
            [json.loads(ledger_json(name, entries)) for name, entries in ledgers],
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def printable_lines(text: str) -> str:
    """Give text without characters that would move a terminal's cursor, line by line."""
    return "".join(f"{printable(line)}\n" for line in text.split("\n")[:-1])
