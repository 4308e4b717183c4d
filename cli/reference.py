"""All commands and options as Markdown: `python -m cli.reference > docs/reference.md`."""

from __future__ import annotations

import sys

from typer.testing import CliRunner

from cli.app import make_app
from cli.table import COMMANDS, GROUPS

__all__ = ["reference"]


def reference() -> str:
    """Give every command's help as the program prints it at 80 columns, in the table's order."""
    program, runner = make_app(tuple(COMMANDS)), CliRunner(env={"COLUMNS": "80"})
    parts = [
        "# Commands and options",
        "Generated from the program by `python -m cli.reference`; a test keeps it in step.",
    ]
    for heading in dict.fromkeys(COMMANDS.values()):
        parts.append(f"## {heading}")
        for name in (n for n, listed in COMMANDS.items() if listed == heading):
            shown = runner.invoke(program, [*name.split(), "--help"], prog_name="kb").stdout
            parts += [f"### kb {name}", f"```text\n{shown.strip()}\n```"]
    parts.append("## Groups")
    parts.append("\n".join(f"- `kb {name}`: {text}" for name, text in GROUPS.items()))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
