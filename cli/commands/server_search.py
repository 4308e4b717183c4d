"""Command: server search."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer

from cli.context import JsonOption
from cli.output import print_json
from cli.server_options import UrlArgument
from cli.terminal import dim, wrap
from kb.postgres.link import connect, read_server
from kb.postgres.search import search_server

__all__ = ["run"]

WordsArgument = Annotated[list[str], typer.Argument(help="Words, fields and filters.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")]


def run(
    url: UrlArgument,
    words: WordsArgument,
    limit: LimitOption = 10,
    json_output: JsonOption = False,
) -> None:
    """Find works of all institutions, or of the one that ?institution=ID names.

    The query language is that of `kb search`.

    Example:

      kb server search postgresql://reader@db.example.edu/kb '"technical debt" year:2015..'
    """
    server = read_server(url)
    with closing(connect(server)) as connection:
        found = search_server(
            connection, " ".join(words), institution=server.institution, limit=limit
        )
    if json_output:
        print_json(asdict(found))
        return
    for note in found.notes:
        typer.echo(dim(wrap(note, "note: ")), err=True)
    if found.did_you_mean:
        typer.echo(f"did you mean: {found.did_you_mean}", err=True)
    for hit in found.hits:
        typer.echo(typer.style(wrap(hit.title, "", "  "), bold=True))
        where = (
            f"{hit.authors or 'no author'}, {hit.year or 'no year'} [{hit.institution}:{hit.key}]"
        )
        typer.echo(dim(wrap(where, "  ", "    ")))
        if hit.also:
            typer.echo(dim(wrap("also " + ", ".join(hit.also), "  ", "    ")))
    typer.echo(dim(f"{len(found.hits)} of {found.total}"), err=True)
    if not found.total:
        raise typer.Exit(1)
