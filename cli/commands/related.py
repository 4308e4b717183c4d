"""Command: related."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import print_json
from cli.terminal import dim, wrap
from cli.works import find_work
from kb.search.related import related_works

__all__ = ["run"]


def run(
    key: Annotated[
        str,
        typer.Argument(help="Citation key such as sculley2015hidden, DOI, arXiv id or address."),
    ],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")] = 8,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show the works nearest to one: by words, topics, sessions, people and notes.

    Example:

      kb related sculley2015hidden
    """
    with open_fresh(source, db) as connection:
        found = related_works(connection, find_work(connection, key).key, limit)
    if json_output:
        print_json(found)
        return
    for work in found:
        typer.echo(typer.style(wrap(work.title, "", "  "), bold=True))
        typer.echo(
            dim(wrap(f"{work.authors or 'no author'}, {work.year or 'no year'} [{work.key}]", "  "))
        )
        typer.echo(wrap("; ".join(work.reasons), "  "))
    if not found:
        typer.echo("nothing near it", err=True)
