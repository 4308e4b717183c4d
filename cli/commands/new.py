"""Command: new."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.sources.example import write_example

__all__ = ["run"]


def run(directory: Annotated[Path, typer.Argument(help="Directory to make.")]) -> None:
    """Start a knowledge base for another course: a small commented example that builds at once.

    Example:

      kb new my-course && cd my-course && kb list
    """
    for path in write_example(directory):
        typer.echo(f"wrote {path}")
    typer.echo(f"next: cd {directory} && kb list E2025")
