"""What a person wants everywhere: `kb.toml`, or the environment."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from kb.errors import UsageError

__all__ = ["load_defaults"]

NAME = "kb.toml"

SETTINGS = ("semester", "style", "width")
"""What can be set; `semester` in the file is `KB_SEMESTER` in the environment."""


def load_defaults() -> None:
    """Put what `kb.toml` says into the environment, where the environment does not say otherwise.

    The file is the first of those in the current directory, in those above it, and in
    `.config/coursebib` of the home directory.

    Raises:
        UsageError: the file is no TOML, or sets what cannot be set.
    """
    try:
        here = Path.cwd()
    except OSError:  # it was removed; whoever needs it says so
        return
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "coursebib"
    path = next((p for d in (here, *here.parents, home) if (p := d / NAME).is_file()), None)
    if path is None:
        return
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: not readable: {error}") from error
    for name, value in found.items():
        if name not in SETTINGS:
            raise UsageError(f"{path}: {name!r} cannot be set; there are {', '.join(SETTINGS)}")
        os.environ.setdefault(f"KB_{name.upper()}", str(value))
