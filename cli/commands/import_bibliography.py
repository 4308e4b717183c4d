"""Command: import bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import JsonOption, SourceOption, source_root
from cli.importing import DryRun, LedgerOption, read_input, report, write_sources
from kb.importers.bibliography import read_bibliography
from kb.importers.bibliography_files import count_notes, plan_bibliography
from kb.validate.corpus import load_corpus_or_nothing

if TYPE_CHECKING:
    pass

__all__ = ["run"]


def run(
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
    """Turn an annotated bibliography (sections, citations, notes) into .bib files and topics.

    Examples:

      kb import bibliography README.md --dry-run

      kb import bibliography README.md --no-notes --ledger ledger.json
    """
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
            counts = (
                f"{len(found.items)} items, {plan.works} works, {count_notes(found)} notes, "
                f"{len(found.sections)} sections, {missing} without a link"
            )
            typer.echo(f"{file}: {counts}", err=True)
        if not found.items:
            typer.echo(
                f"{file}: no citations were found; sections need headings, citations a year and a "
                "title in quotes, italics or a link",
                err=True,
            )
            raise typer.Exit(1)
