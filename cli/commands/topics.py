"""Command: topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import print_json
from kb.views.read import get_topics

if TYPE_CHECKING:
    pass

__all__ = ["run"]


def run(json_output: JsonOption = False, source: SourceOption = None, db: DbOption = None) -> None:
    """Show the tree of topics with the number of works under each.

    Example:

      kb topics
    """
    with open_fresh(source, db) as connection:
        found = get_topics(connection)
    if json_output:
        print_json(found)
        return
    for topic in found:
        depth = topic.slug.count("/")
        name = "  " * depth + topic.title
        typer.echo(
            f"{typer.style(f'{name:<48}', bold=depth == 0)} {topic.works:>4}  "
            f"{typer.style(topic.slug, dim=True)}"
        )
    if not found:
        typer.echo("no topics; describe them in bib/topics.yaml", err=True)
