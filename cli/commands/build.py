"""Command: build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.building import build
from cli.context import DbOption, SourceOption, source_root
from cli.output import show_findings
from kb.encoder import find_model
from kb.errors import UsageError
from kb.text import plural

__all__ = ["run"]

StaffOption = Annotated[
    Path | None,
    typer.Option(
        "--staff",
        metavar="FILE",
        help="Also write rubrics and staff notes, to a second file that is never served.",
    ),
]
VectorsOption = Annotated[
    bool,
    typer.Option(
        "--vectors",
        help=(
            "Also write sentence vectors, for better suggestions; needs coursebib[vectors] and a "
            "model."
        ),
    ),
]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="DIR",
        help="Folder of the model (default: $KB_MODEL, or an installed one).",
    ),
]


def run(
    source: SourceOption = None,
    db: DbOption = None,
    staff: StaffOption = None,
    vectors: VectorsOption = False,
    model: ModelOption = "",
) -> None:
    """Check bib/ and quizzes/ and write the database; with errors the old one stays as it is.

    Examples:

      kb build

      kb build --vectors --model all-MiniLM-L6-v2
    """
    root = source_root(source)
    database = db if db is not None else root / "kb.db"
    if staff is not None and staff.resolve() == database.resolve():
        raise UsageError(
            "--staff and --db name the same file; staff notes must not be in the public one"
        )
    folder = None
    if vectors or model:
        folder = find_model(model)
        if folder is None:
            raise UsageError(
                "--vectors: no model; name its folder with --model, or in KB_MODEL (docs/search.md "
                "says which)"
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
