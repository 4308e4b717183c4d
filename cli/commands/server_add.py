"""Command: server add."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from cli.server_options import UrlArgument
from kb.postgres.admin import add_institution
from kb.postgres.link import connect, read_server

__all__ = ["run"]

RoleOption = Annotated[
    str, typer.Option("--role", help="The role that alone may write its rows; made if missing.")
]
TitleOption = Annotated[str, typer.Option("--title", help="Its name in words.")]


def run(
    url: UrlArgument,
    institution: Annotated[str, typer.Argument(help="Its id: lower-case letters, digits, -.")],
    role: RoleOption = "",
    title: TitleOption = "",
) -> None:
    """Add an institution that loads its repository into a server.

    Example:

      kb server add postgresql://owner@db.example.edu/kb cmu --role cmu_loader
    """
    with closing(connect(read_server(url))) as connection:
        add_institution(connection, institution, title, role)
    writes = f"; {role} writes its rows" if role else ""
    typer.echo(f"added {institution}{writes}", err=True)
