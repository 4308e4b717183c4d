"""The `kb` command.

Only the module of the command that is run is imported, so that a long list of commands costs nothing.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer

from kb import __version__
from kb.errors import KbError

__all__ = ["COMMANDS", "main", "make_app"]

STUDENTS = "Reading"
RESEARCHERS = "Searching"
INSTRUCTORS = "Keeping the collection"

COMMANDS: dict[str, tuple[str, str, str]] = {
    "list": ("reading_commands", "list_semester", STUDENTS),
    "next": ("reading_commands", "next_reading", STUDENTS),
    "search": ("search_commands", "search", RESEARCHERS),
    "related": ("suggest_commands", "related", RESEARCHERS),
    "suggest": ("suggest_commands", "suggest", INSTRUCTORS),
    "show": ("search_commands", "show", RESEARCHERS),
    "cite": ("cite_commands", "cite", RESEARCHERS),
    "export": ("cite_commands", "export", RESEARCHERS),
    "topics": ("search_commands", "topics", RESEARCHERS),
    "build": ("source_commands", "build_command", INSTRUCTORS),
    "check": ("source_commands", "check", INSTRUCTORS),
    "serve": ("serve_commands", "serve", INSTRUCTORS),
    "publish": ("serve_commands", "publish", INSTRUCTORS),
    "new": ("source_commands", "new", INSTRUCTORS),
    "gaps": ("plan_commands", "gaps", INSTRUCTORS),
    "history": ("history_commands", "history", STUDENTS),
    "diff": ("diff_commands", "diff", INSTRUCTORS),
    "ready": ("ready_commands", "ready", INSTRUCTORS),
    "load": ("load_commands", "load", INSTRUCTORS),
    "plan": ("roll_commands", "plan", INSTRUCTORS),
    "move": ("change_commands", "move", INSTRUCTORS),
    "insert": ("change_commands", "insert", INSTRUCTORS),
    "swap": ("change_commands", "swap", INSTRUCTORS),
    "cancel": ("change_commands", "cancel", INSTRUCTORS),
    "add": ("bib_commands", "add", INSTRUCTORS),
    "annotate": ("bib_commands", "annotate", INSTRUCTORS),
    "tag": ("bib_commands", "tag", INSTRUCTORS),
    "rename-topic": ("bib_commands", "rename_topic", INSTRUCTORS),
    "fmt": ("bib_commands", "fmt", INSTRUCTORS),
    "import": ("import_commands", "app", INSTRUCTORS),
}
"""Name, and the module of `cli` and the function (or the Typer of commands below it) that runs it, and where the help lists it."""


def show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"coursebib {__version__}")
        raise typer.Exit


def common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """An annotated bibliography, its reading lists and its quizzes.

    Begin with `kb list` in a directory that has bib/ and quizzes/, or with `kb new DIRECTORY`.
    """


def make_app(wanted: tuple[str, ...] = tuple(COMMANDS)) -> typer.Typer:
    """Give the program with these commands."""
    found = typer.Typer(
        name="kb",
        help="An annotated bibliography, its reading lists and its quizzes.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    found.callback()(common)
    for name in wanted:
        module_name, attribute, panel = COMMANDS[name]
        module = import_module(f"cli.{module_name}")
        run = getattr(module, attribute)
        if isinstance(run, typer.Typer):
            found.add_typer(run, name=name, rich_help_panel=panel)
        else:
            settings = getattr(module, "SETTINGS", {}).get(name)
            found.command(name, rich_help_panel=panel, context_settings=settings)(run)
    return found


def __getattr__(name: str) -> Any:
    """Give `app`, the whole program, to those who ask for it."""
    if name == "app":
        return make_app()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def main() -> None:
    """Run a command; every error of ours becomes one line on stderr and an exit code."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        make_app(
            (first,) if first in COMMANDS else () if first == "--version" else tuple(COMMANDS)
        )()
    except KbError as error:
        text = " ".join(str(error).split("\n"))
        typer.echo("".join(c if c.isprintable() else "�" for c in f"kb: {text}"), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
