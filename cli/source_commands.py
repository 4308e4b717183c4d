"""Commands on the sources: build, check, new."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.context import DbOption, Progress, SourceOption, build, show_findings, source_root
from kb.errors import UsageError

__all__ = ["build_command", "check", "new"]


def build_command(
    source: SourceOption = None,
    db: DbOption = None,
    staff: Annotated[
        Path | None,
        typer.Option(
            "--staff",
            metavar="FILE",
            help="Also write rubrics and staff notes, to a second file that is never served.",
        ),
    ] = None,
    vectors: Annotated[
        bool,
        typer.Option(
            "--vectors",
            help="Also write sentence vectors, for better suggestions; needs coursebib[vectors] and a model.",
        ),
    ] = False,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="DIR",
            help="Folder of the model (default: $KB_MODEL, or an installed one).",
        ),
    ] = "",
) -> None:
    """Check bib/ and quizzes/ and write the database; with errors the old one stays as it is.

    Examples:

      kb build

      kb build --vectors --model all-MiniLM-L6-v2
    """
    from kb.text import plural

    root = source_root(source)
    database = db if db is not None else root / "kb.db"
    if staff is not None and staff.resolve() == database.resolve():
        raise UsageError(
            "--staff and --db name the same file; staff notes must not be in the public one"
        )
    folder = None
    if vectors or model:
        from kb.encoder import find_model

        folder = find_model(model)
        if folder is None:
            raise UsageError(
                "--vectors: no model; name its folder with --model, or in KB_MODEL (docs/search.md says which)"
            )
    built = build(root, database, staff, folder)
    warnings = tuple(f for f in built.loaded.findings if f.severity == "warning")
    show_findings(warnings, err=True)
    counts = built.counts
    parts = [
        plural(counts.get("works", 0), "work"),
        plural(counts.get("annotations", 0), "annotation"),
        plural(counts.get("semesters", 0), "semester"),
        plural(counts.get("readings", 0), "reading"),
        plural(counts.get("prompts", 0), "prompt"),
    ]
    typer.echo(f"{database}: {', '.join(parts)}")
    if staff is not None:
        typer.echo(f"{staff}: staff notes and rubrics; keep it to yourself")


def check(
    source: SourceOption = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or github.")] = "text",
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings count as failures, notes are shown.")
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--all", help="Show every finding: notes, and each where one code has many in a file."
        ),
    ] = False,
    links: Annotated[
        bool,
        typer.Option(
            "--links", help="Also count links and say how many are malformed; asks no server."
        ),
    ] = False,
    reach: Annotated[
        bool,
        typer.Option(
            "--reach",
            help="Ask servers whether links can be reached, gently; answers are remembered.",
        ),
    ] = False,
    max_age: Annotated[
        float,
        typer.Option(
            "--max-age", metavar="DAYS", min=0, help="How long an answer of a server is remembered."
        ),
    ] = 7,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", help="Say what a code means and how to mend it."),
    ] = None,
) -> None:
    """Report every problem in the sources as file:line: what; what to do.

    More than five findings of one code in one file share a line; --all and --format json give every one.

    Examples:

      kb check --strict

      kb check --explain weekday

      kb check --links --reach
    """
    if explain is not None:
        from kb.validate.codes import explain_code

        typer.echo(explain_code(explain))
        return
    if format not in {"text", "json", "github"}:
        raise UsageError(f"--format {format!r}: one of text, json, github")
    from kb.validate.corpus import load_corpus

    root = source_root(source)
    progress = Progress()
    loaded = load_corpus(root, progress)
    progress.clear()
    if reach:
        from dataclasses import replace

        from cli.link_check import reach_findings
        from kb.findings import sort_findings

        loaded = replace(
            loaded,
            findings=sort_findings((*loaded.findings, *reach_findings(loaded, root, max_age))),
        )
    elif links:
        from cli.link_check import form_summary

        form_summary(loaded)
    failing = {"error", "warning"} if strict else {"error"}
    shown = (
        loaded.findings
        if strict or full or format == "json"
        else tuple(f for f in loaded.findings if f.severity != "note" or f.code.startswith("link-"))
    )
    if format == "json":
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(f) for f in shown], ensure_ascii=False, indent=2))
    elif format == "github":
        levels = {"error": "error", "warning": "warning", "note": "notice"}
        for f in shown:
            message = (
                f"{f.key + ': ' if f.key else ''}{f.what}{'; ' + f.hint if f.hint else ''}".replace(
                    "%", "%25"
                )
                .replace("\r", "%0D")
                .replace("\n", "%0A")
            )
            typer.echo(
                f"::{levels[f.severity]} file={f.path},line={f.line},col={f.column or 1},title={f.code}::{message}"
            )
    else:
        show_findings(shown, full=full)
        counts = {
            s: sum(f.severity == s for f in loaded.findings) for s in ("error", "warning", "note")
        }
        waived = f", {len(loaded.waived)} waived" if loaded.waived else ""
        hidden = " (--all shows them)" if len(shown) < len(loaded.findings) else ""
        typer.echo(
            f"{counts['error']} errors, {counts['warning']} warnings, {counts['note']} notes{hidden}{waived}",
            err=True,
        )
    if any(f.severity in failing for f in loaded.findings):
        raise typer.Exit(1)


def new(directory: Annotated[Path, typer.Argument(help="Directory to make.")]) -> None:
    """Start a knowledge base for another course: a small commented example that builds at once.

    Example:

      kb new my-course && cd my-course && kb list
    """
    from kb.sources.example import write_example

    for path in write_example(directory):
        typer.echo(f"wrote {path}")
    typer.echo(f"next: cd {directory} && kb list E2025")
