"""What the commands of `kb server` share."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["UrlArgument"]

UrlArgument = Annotated[str, typer.Argument(metavar="URL", help="postgresql://USER@HOST/NAME")]
