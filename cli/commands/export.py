"""Command: export."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from cli.context import DbOption, SourceOption, open_fresh
from cli.output import write_output
from cli.works import find_work
from kb.errors import UsageError
from kb.views.selection import select_keys, select_works

__all__ = ["run"]

FORMATS = {"bib": "bibtex", "csl": "csl", "csv": "csv", "json": "json", "atom": "atom"}
"""Formats of `kb export` and the ends of their modules' names."""


def run(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY]...", help="Only these works: keys, DOIs, arXiv ids or addresses."
        ),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic",
            "-t",
            help="Only works of this topic and those below it: slug, title or alias.",
        ),
    ] = None,
    semester: Annotated[
        str | None, typer.Option("--semester", "-s", help="Only works this semester assigned.")
    ] = None,
    base: Annotated[
        str,
        typer.Option(
            "--base", metavar="URL", help="Address of the site, for the links of the feed."
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file instead of the terminal."
        ),
    ] = None,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Write works as BibTeX, CSL-JSON, CSV, JSON or an Atom feed.

    Examples:

      kb export bib --topic quality-assurance -o quality.bib

      kb export csl --semester F2022

      kb export bib sculley2015hidden 10.1145/3442188.3445922
    """
    if format not in FORMATS:
        raise UsageError(f"format {format!r}: one of {', '.join(FORMATS)}")
    module = import_module(f"kb.render.works_{FORMATS[format]}")
    with open_fresh(source, db) as connection:
        chosen = select_keys(connection, topic, semester)
        if keys:
            named = dict.fromkeys(find_work(connection, key).key for key in keys)
            chosen = tuple(key for key in named if key in chosen)
        works = select_works(connection, chosen)
        text = (
            module.render(works, base=base.rstrip("/"))
            if format == "atom"
            else module.render(works)
        )
    write_output(text, output)
    if not chosen:
        typer.echo(
            "no work fits; nothing but an empty file was written" if output else "no work fits",
            err=True,
        )
