"""Command: server migrate."""

from __future__ import annotations

from contextlib import closing

import typer

from cli.server_options import UrlArgument
from kb.postgres.link import connect, read_server
from kb.postgres.migrations import migrate
from kb.postgres.search import refresh_vocabulary

__all__ = ["run"]


def run(url: UrlArgument) -> None:
    """Set up the schema on a server, or bring it up to date; also counts words for spelling.

    Run it as the owner of the database, before the programs that load into it are updated.
    Readers and loaders of the version before go on working while it runs.

    Example:

      kb server migrate postgresql://owner@db.example.edu/kb
    """
    with closing(connect(read_server(url))) as connection:
        ran = migrate(connection)
        refresh_vocabulary(connection)
    for step in ran:
        typer.echo(step)
    if not ran:
        typer.echo("the schema is up to date", err=True)
