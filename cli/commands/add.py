"""Command: add."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import SourceOption, source_root
from cli.editing import DryRun, bib_target, carry_out, read_bytes
from cli.output import fail, printable
from kb.edit.add import plan_addition
from kb.edit.changes import open_file
from kb.sources.decode import decode
from kb.validate.corpus import load_corpus_or_nothing

if TYPE_CHECKING:
    pass

__all__ = ["run"]


def run(
    file: Annotated[
        str, typer.Argument(metavar="FILE.bib|-", help="BibTeX to add; - reads standard input.")
    ],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FILE", help="File below bib/ to append to (default: bib/added.bib)."
        ),
    ] = None,
    rekey: Annotated[
        bool, typer.Option("--rekey", help="Replace the keys by ones made of name, year and title.")
    ] = False,
    dry_run: DryRun = False,
    source: SourceOption = None,
) -> None:
    """Append entries as they are written; keys and DOIs that are there already are refused.

    Examples:

      kb add new.bib

      pbpaste | kb add - --into bib/testing.bib --rekey
    """
    root = source_root(source)
    data = sys.stdin.buffer.read() if file == "-" else read_bytes(Path(file))
    name = "standard input" if file == "-" else file
    text, _, findings = decode(data, name)
    target = open_file(bib_target(root, into, "added.bib"), root)
    plan = plan_addition(text, name, load_corpus_or_nothing(root).works, target.text, rekey)
    for finding in (*findings, *plan.findings):
        typer.echo(printable(str(finding)), err=True)
    if plan.refused:
        fail("nothing was added")
    change = target.change(plan.text)
    carry_out([change] if change else [], dry_run, "nothing to add")
    for key in plan.keys:
        typer.echo(f"{'would add' if dry_run else 'added'} {key} to {target.name}", err=True)
