"""What the commands that read other people's material share: input, ledger, writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import write_output
from kb.edit.changes import open_file
from kb.errors import UsageError
from kb.importers.ledger import Fate, ledger_json, ledger_text, summary
from kb.sources.decode import decode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.importers.ledger import LedgerEntry

__all__ = [
    "DryRun",
    "LedgerOption",
    "VerboseOption",
    "files_in",
    "read_input",
    "report",
    "write_sources",
]

MOST_LINES = 20
"""Lines of a ledger on the terminal; all of them stand in the file, or come with `-v`."""

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", metavar="FILE", help="Also write the ledger, as JSON when FILE ends in .json."
    ),
]


DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Show what would be written, write nothing.")
]


VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Print every line of the ledger.")
]


def files_in(paths: Sequence[Path], endings: frozenset[str]) -> list[Path]:
    """Give files as named, and those with one of the endings in folders, in order of their names.

    Raises:
        UsageError: there are none.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.suffix.casefold() in endings)
        found += inside if path.is_dir() else [path]
    if not found:
        raise UsageError(f"{paths[0]}: no file in it has one of {', '.join(sorted(endings))}")
    return found


def read_input(path: Path) -> str:
    """Read a file to import, in whatever encoding it is.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        text, _, findings = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    for finding in findings:
        typer.echo(str(finding), err=True)
    return text


def report(
    path: Path,
    entries: Sequence[LedgerEntry],
    ledger: Path | None,
    json_output: bool,
    verbose: bool = True,
) -> None:
    """Print the ledger and write it where it is wanted; short, only what asks for a look."""
    doubted = [e for e in entries if e.fate in {Fate.PROBABLE, Fate.NOT_UNDERSTOOD, Fate.UNCHANGED}]
    shown = entries if verbose else doubted[:MOST_LINES]
    if json_output:
        typer.echo(ledger_json(str(path), entries), nl=False)
    else:
        typer.echo(ledger_text(str(path), shown), nl=False)
    if not verbose and len(doubted) > MOST_LINES and not json_output:
        typer.echo(f"... {len(doubted) - MOST_LINES} more; -v or --ledger FILE shows all", err=True)
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
    """Write source files in the encoding they have, renamed when complete; or say which."""
    for path, content in files.items():
        if not dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            change = open_file(path, root).change(content)
            if change is not None:
                change.write()
        typer.echo(f"{'would write' if dry_run else 'wrote'} {path}", err=True)
