"""Command: build."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.building import build
from cli.context import DbOption, SourceOption, source_root
from cli.output import fail, show_findings
from kb.encoder import find_model
from kb.errors import UsageError
from kb.store.build import Built
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
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Write nothing when there is an error.")
]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="DIR",
        help="Folder of the model (default: $KB_MODEL, or an installed one).",
    ),
]


FollowOption = Annotated[
    bool, typer.Option("--follow", help="Read links that lead out of the sources.")
]


def run(
    source: SourceOption = None,
    db: DbOption = None,
    staff: StaffOption = None,
    vectors: VectorsOption = False,
    model: ModelOption = "",
    strict: StrictOption = False,
    follow: FollowOption = False,
) -> None:
    """Check bib/ and quizzes/ and write the database of everything that is sound.

    A damaged entry, row or file is named and left out, or shown in doubt; the exit code is 1
    then. With --strict nothing is written, and the old database stays as it is.

    Examples:

      kb build

      kb build --vectors --model all-MiniLM-L6-v2

      kb build --db postgresql://loader@db.example.edu/kb
    """
    if follow:
        os.environ["KB_FOLLOW"] = "1"
    root = source_root(source)
    if db is not None and str(db).startswith("postgres"):
        from cli.server_copy import server_address  # noqa: PLC0415
        from cli.server_load import load_server  # noqa: PLC0415  only where a server is named

        if address := server_address(db):
            load_server(root, address, strict)
            return
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
    built = build(root, database, staff, folder, strict=strict)
    report(built, database, staff)


def report(built: Built, database: Path, staff: Path | None) -> None:
    """Say what was built, what is held back and what was left out; errors are exit code 1."""
    loaded = built.loaded
    show_findings(tuple(f for f in loaded.findings if f.severity != "note"), err=True)
    counts = built.counts
    parts = [
        plural(counts.get("works", 0), "work"),
        plural(counts.get("annotations", 0), "annotation"),
        plural(counts.get("semesters", 0), "semester"),
        plural(counts.get("readings", 0), "reading"),
        plural(counts.get("prompts", 0), "prompt"),
    ]
    typer.echo(f"{database}: {', '.join(parts)}")
    if built.held_back:
        typer.echo(f"{plural(built.held_back, 'question')} held back: not released, or never asked")
    if staff is not None:
        typer.echo(f"{staff}: staff notes and rubrics; keep it to yourself")
    if loaded.errors:
        fail(
            f"{plural(len(loaded.errors), 'error')}: {loaded.left_out} left out, "
            f"{loaded.in_doubt} in doubt; the rest is built"
        )
