"""Command: add."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.adding import entry_for, refuse_known
from cli.context import SourceOption, source_root
from cli.editing import DryRun, bib_target, carry_out, read_bytes
from cli.output import fail, printable
from kb.edit.add import plan_addition
from kb.edit.changes import open_file
from kb.findings import Finding
from kb.registries.names import read_name
from kb.sources.decode import decode
from kb.validate.corpus import load_corpus_or_nothing

__all__ = ["run"]


def run(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE.bib|-|NAME",
            help="BibTeX to add (- reads standard input), or a DOI, arXiv id, ISBN or address.",
        ),
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
    """Append entries; keys and DOIs that are there already are refused.

    What a file holds is added as it is written. A DOI, arXiv id, ISBN or address is looked up at
    its registry and becomes a complete entry with a key of the house and topics by its words;
    without a network a stub is left.

    Examples:

      kb add new.bib

      kb add 10.1145/3458723

      kb add arXiv:2110.10234 --into bib/architecture.bib

      pbpaste | kb add - --into bib/testing.bib --rekey
    """
    root = source_root(source)
    corpus = load_corpus_or_nothing(root)
    named = read_name(file) if file != "-" and not Path(file).exists() else None
    name = "standard input" if file == "-" else file
    findings: tuple[Finding, ...] = ()
    if named is not None:
        refuse_known(named, corpus)
        text = entry_for(root, named, corpus)
    else:
        data = sys.stdin.buffer.read() if file == "-" else read_bytes(Path(file))
        text, _, findings = decode(data, name)
    target = open_file(bib_target(root, into, "added.bib"), root)
    plan = plan_addition(text, name, corpus.works, target.text, rekey)
    for finding in (*findings, *plan.findings):
        typer.echo(printable(str(finding)), err=True)
    if plan.refused:
        fail("nothing was added")
    change = target.change(plan.text)
    carry_out([change] if change else [], dry_run, "nothing to add")
    for key in plan.keys:
        typer.echo(f"{'would add' if dry_run else 'added'} {key} to {target.name}", err=True)
