"""Command: check."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated

import typer

from cli.building import Progress
from cli.context import SourceOption, source_root
from cli.link_check import form_summary, reach_findings
from cli.output import print_json, show_findings
from cli.registry_check import apply_confirmed, registry_findings
from kb.errors import UsageError
from kb.findings import Finding, sort_findings
from kb.validate.codes import explain_code
from kb.validate.corpus import Loaded, load_corpus

__all__ = ["run"]

FormatOption = Annotated[str, typer.Option("--format", "-f", help="text, json or github.")]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Warnings count as failures, notes are shown.")
]
FullOption = Annotated[
    bool,
    typer.Option(
        "--all", help="Show every finding: notes, and each where one code has many in a file."
    ),
]
LinksOption = Annotated[
    bool,
    typer.Option(
        "--links", help="Also count links and say how many are malformed; asks no server."
    ),
]
ReachOption = Annotated[
    bool,
    typer.Option(
        "--reach",
        help="Ask servers whether links can be reached, gently; answers are remembered.",
    ),
]
OnlineOption = Annotated[
    bool,
    typer.Option(
        "--online",
        help="Ask Crossref, DataCite and arXiv for missing identifiers and differences, gently.",
    ),
]
FixOption = Annotated[
    bool, typer.Option("--fix", help="Write the proposals you accepted in kb-proposals.yaml.")
]
MaxAgeOption = Annotated[
    float,
    typer.Option(
        "--max-age", metavar="DAYS", min=0, help="How long an answer of a server is remembered."
    ),
]
ExplainOption = Annotated[
    str | None,
    typer.Option("--explain", metavar="CODE", help="Say what a code means and how to mend it."),
]


FollowOption = Annotated[
    bool, typer.Option("--follow", help="Read links that lead out of the sources.")
]


def run(
    source: SourceOption = None,
    format: FormatOption = "text",
    strict: StrictOption = False,
    full: FullOption = False,
    links: LinksOption = False,
    reach: ReachOption = False,
    online: OnlineOption = False,
    fix: FixOption = False,
    max_age: MaxAgeOption = 7,
    explain: ExplainOption = None,
    follow: FollowOption = False,
) -> None:
    """Report every problem in the sources as file:line: what; what to do.

    More than five findings of one code in one file share a line; --all and --format json
    give every one.

    Examples:

      kb check --strict

      kb check --explain weekday

      kb check --links --reach

      kb check --online
    """
    if follow:
        os.environ["KB_FOLLOW"] = "1"
    if explain is not None:
        typer.echo(explain_code(explain))
        return
    if format not in {"text", "json", "github"}:
        raise UsageError(f"--format {format!r}: one of text, json, github")

    root = source_root(source)
    if fix:
        apply_confirmed(root)
    progress = Progress()
    loaded = load_corpus(root, progress)
    progress.clear()
    if reach:
        loaded = replace(
            loaded,
            findings=sort_findings((*loaded.findings, *reach_findings(loaded, root, max_age))),
        )
    elif links:
        form_summary(loaded)
    if online:
        more = registry_findings(loaded, root)
        loaded = replace(loaded, findings=sort_findings((*loaded.findings, *more)))
    report(loaded, format, strict, full)
    failing = {"error", "warning"} if strict else {"error"}
    if any(f.severity in failing for f in loaded.findings):
        raise typer.Exit(1)


def report(loaded: Loaded, format: str, strict: bool, full: bool) -> None:
    """Print findings; notes only where they were asked for, but those of servers always."""
    shown = (
        loaded.findings
        if strict or full or format == "json"
        else tuple(
            f
            for f in loaded.findings
            if f.severity != "note" or f.code.startswith(("link-", "registry-"))
        )
    )
    if format == "json":
        print_json(shown)
    elif format == "github":
        for finding in shown:
            typer.echo(annotation(finding))
    else:
        show_findings(shown, full=full)
        typer.echo(counts(loaded, hidden=len(shown) < len(loaded.findings)), err=True)


def annotation(finding: Finding) -> str:
    """Give a finding as GitHub's workflows want it, to show it beside the line."""
    level = "notice" if finding.severity == "note" else str(finding.severity)
    key = f"{finding.key}: " if finding.key else ""
    hint = f"; {finding.hint}" if finding.hint else ""
    message = f"{key}{finding.what}{hint}".replace("%", "%25")
    message = message.replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={finding.path},line={finding.line},col={finding.column or 1}"
    return f"::{level} {place},title={finding.code}::{message}"


def counts(loaded: Loaded, hidden: bool) -> str:
    """Give how many findings there are."""
    errors, warnings, notes = (
        sum(f.severity == s for f in loaded.findings) for s in ("error", "warning", "note")
    )
    waived = f", {len(loaded.waived)} waived" if loaded.waived else ""
    shows = " (--all shows them)" if hidden else ""
    return f"{errors} errors, {warnings} warnings, {notes} notes{shows}{waived}"
