"""Command: publish."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.building import Progress, require_sound
from cli.context import DbOption, JsonOption, SourceOption, open_fresh, where
from cli.output import fail
from kb.errors import UsageError
from kb.web.publish import publish as write_site

__all__ = ["run"]


def run(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where the files go; made when it is not there.")
    ],
    base_url: Annotated[
        str,
        typer.Option(
            "--base-url",
            metavar="URL",
            help="Address the site will have; feeds, the site map and canonical links need it.",
        ),
    ] = "",
    json_output: JsonOption = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Publish nothing when the sources have an error.")
    ] = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Write the whole public site as files that any web server shows, search included.

    Links are relative, so that the files work below any address. A second run writes what
    changed and removes what is gone; other files in the directory stay. A link that leads
    nowhere is reported and ends with exit code 1.

    Example:

      kb publish public --base-url https://example.org/course/
    """
    place = where(source, db)
    if strict:
        if place.root is None:
            raise UsageError("--strict checks the sources; name them with --source")
        require_sound(place.root)
    progress = Progress()
    with open_fresh(source, db) as connection:
        try:
            done = write_site(connection, directory, base_url, place.root, progress)
        finally:
            progress.clear()
    if json_output:
        typer.echo(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    else:
        removed = f", {done.removed} removed" if done.removed else ""
        typer.echo(
            f"{directory}: {done.files} files, {done.size / 1_000_000:.1f} MB; {done.written} "
            f"written{removed}; begin at {directory / 'index.html'}"
        )
        for link in done.broken:
            typer.echo(
                f"{link.page or 'site map'}: leads to {link.path}, which is not there", err=True
            )
    if done.failed:
        for path in done.failed:
            typer.echo(f"{path}: this page could not be made", err=True)
        fail(f"{len(done.failed)} pages could not be made; the others are there")
    if done.broken:
        fail(f"{len(done.broken)} links lead nowhere")
