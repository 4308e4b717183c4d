"""Command: server list."""

from __future__ import annotations

from contextlib import closing

import typer

from cli.context import JsonOption
from cli.output import print_json
from cli.server_options import UrlArgument
from kb.postgres.admin import list_institutions
from kb.postgres.link import connect, read_server

__all__ = ["run"]


def run(url: UrlArgument, json_output: JsonOption = False) -> None:
    """List the institutions on a server: works, semesters, last load.

    Example:

      kb server list postgresql://reader@db.example.edu/kb
    """
    with closing(connect(read_server(url))) as connection:
        found = list_institutions(connection)
    if json_output:
        print_json(found)
        return
    for row in found:
        loaded = f"loaded {str(row['loaded'])[:16]}" if row["loaded"] else "never loaded"
        typer.echo(f"{row['id']}: {row['works']} works, {row['semesters']} semesters, {loaded}")
