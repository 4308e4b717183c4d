"""Command: bake."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.postgres.bake import bake
from kb.postgres.link import read_server

__all__ = ["run"]

FromOption = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="URL",
        help="postgresql://HOST/NAME?institution=ID; a standby will do.",
    ),
]
OutputOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")
]
AlwaysOption = Annotated[
    bool, typer.Option("--always", help="Write it even when nothing changed on the server.")
]


def run(
    from_: FromOption, output: OutputOption = Path("kb.db"), always: AlwaysOption = False
) -> None:
    """Write an institution's kb.db from a server, when the server has something newer.

    The file is written beside the old one, verified and renamed over it, so that a running
    `kb serve` picks it up.

    Example:

      kb bake --from 'postgresql://reader@standby.example.edu/kb?institution=cmu' -o kb.db
    """
    done = bake(read_server(from_), output, always)
    state = "written" if done.written else "is up to date"
    typer.echo(f"{output}: {done.institution}, load {done.load}: {state}")
