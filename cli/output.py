"""How a command prints: findings, JSON, files, failures."""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.errors import UsageError
from kb.findings import Finding, group_findings

__all__ = [
    "BaseOption",
    "BomOption",
    "OutputOption",
    "fail",
    "print_json",
    "printable",
    "show_findings",
    "write_output",
]

OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to the terminal."),
]
BaseOption = Annotated[
    str,
    typer.Option("--base", metavar="URL", help="Address of the site, for links in the file."),
]
BomOption = Annotated[
    bool, typer.Option("--bom", help="Begin a CSV table with the mark Excel knows UTF-8 by.")
]


def show_findings(findings: tuple[Finding, ...], err: bool = False, full: bool = False) -> None:
    """Print findings, one line each; many of one code in a file share a line unless `full`."""
    colours = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.CYAN}
    groups = group_findings(findings, len(findings)) if full else group_findings(findings)
    for group in groups:
        finding = group.findings[0]
        place, _, rest = str(group).partition(": ")
        label = typer.style(f"{finding.severity}: ", fg=colours[finding.severity])
        typer.echo(f"{place}: {label}{printable(rest)} [{finding.code}]", err=err)
    if len(groups) < len(findings):
        typer.echo("`kb check --all` shows every one", err=True)


def printable(text: str) -> str:
    """Give text without characters that would move a terminal's cursor."""
    return "".join(c if c.isprintable() or c == " " else "�" for c in text)


def fail(message: str, code: int = 1) -> None:
    """End a command with one line on stderr."""
    typer.echo(printable(message), err=True)
    raise typer.Exit(code)


def write_output(content: str | bytes, output: Path | None, *, is_source: bool = False) -> None:
    """Print text or bytes, or write them to a file beside which no half-written file is left.

    Raises:
        UsageError: the file cannot be written, or bytes would go to a terminal.
    """
    if output is None or str(output) == "-":
        if isinstance(content, str):
            sys.stdout.write(content)
        elif sys.stdout.isatty():
            raise UsageError("this format is not for reading in a terminal; name a file with -o")
        else:
            sys.stdout.buffer.write(content)
        return
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if not is_source:
        refuse_source(output)
    temporary = output.with_name(f".{output.name}.new")
    try:
        temporary.write_bytes(data)
        temporary.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UsageError(f"{output}: cannot be written: {error.strerror or error}") from error
    typer.echo(f"wrote {output}", err=True)


def refuse_source(output: Path) -> None:
    """Refuse to write over a database, or over a source of this or another collection.

    Raises:
        UsageError: the file is as it was.
    """
    if not output.exists():
        return
    if not output.is_file():
        raise UsageError(f"{output}: is no file; name another")
    with contextlib.suppress(OSError), open(output, "rb") as stream:
        if stream.read(16) == b"SQLite format 3\0":
            raise UsageError(f"{output}: is a database; name another file")
    source = output.suffix.lower() in {".bib", ".yaml", ".yml"}
    if source and {"bib", "quizzes"} & {parent.name for parent in output.resolve().parents}:
        raise UsageError(f"{output}: is a source; name a file outside bib/ and quizzes/")


def print_json(value: Any) -> None:
    """Print dataclasses, tuples of them, or plain data, as JSON."""
    data = (
        value
        if isinstance(value, dict)
        else [asdict(v) for v in value]
        if isinstance(value, tuple | list)
        else asdict(value)
    )
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
