"""The program `kb`: commands loaded when they run, one style of help and of errors."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from typing import Annotated, Any

import typer

from cli.defaults import load_defaults
from cli.help import Command, Group
from cli.table import COMMANDS, GROUPS, module_name, summary
from kb import __version__
from kb.errors import KbError

__all__ = ["COMMANDS", "main", "make_app"]

MINUS = re.compile(r"-[^\W\d_]{4,}")
"""A word of a query with a minus; options of one letter with their value are shorter."""

CONTEXT = {"help_option_names": ["-h", "--help"]}


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
    `kb help COMMAND` tells more about a command.
    """


def make_app(
    wanted: tuple[str, ...] = tuple(COMMANDS), listed: tuple[str, ...] = ()
) -> typer.Typer:
    """Give the program.

    Args:
        wanted: commands to load, so that they can run.
        listed: commands that need no more than their line in the help.
    """
    found = group("kb", common.__doc__ or "", add_completion=True)
    found.callback()(common)
    parents = {"": found}
    for name in COMMANDS:
        if name not in wanted and name not in listed:
            continue
        first, _, last = name.rpartition(" ")
        if first not in parents:
            parents[first] = group(first, GROUPS[first])
            found.add_typer(parents[first], rich_help_panel=COMMANDS[name])
        if name in wanted:
            module = import_module(module_name(name))
            run, settings = module.run, getattr(module, "SETTINGS", None)
        else:
            run, settings = placeholder(name), None
        parents[first].command(
            last, cls=Command, rich_help_panel=COMMANDS[name], context_settings=settings
        )(run)
    return found


def group(name: str, text: str, add_completion: bool = False) -> typer.Typer:
    """Give a program or a part of it that holds commands."""
    return typer.Typer(
        name=name,
        cls=Group,
        help=text,
        no_args_is_help=True,
        add_completion=add_completion,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=dict(CONTEXT),
    )


def placeholder(name: str) -> Any:
    """Give a function that stands for a command in a list."""

    def run() -> None:
        raise AssertionError(f"{name} is only listed")

    run.__doc__ = summary(name)
    return run


def __getattr__(name: str) -> Any:
    """Give `app`, the whole program, to those who ask for it."""
    if name == "app":
        return make_app()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def arguments(typed: list[str]) -> list[str]:
    """Give what was typed; `kb help X` asks for the help of X, and words with a minus that are
    searched are no options.

    Examples:
        >>> arguments(["help", "import", "bib"])
        ['import', 'bib', '--help']
        >>> arguments(["search", "-fairness", "testing", "-n", "5"])
        ['search', 'testing', '-n', '5', '--', '-fairness']
    """
    if typed[:1] == ["search"] and "--" not in typed:
        without = [word for word in typed if MINUS.fullmatch(word)]
        if without:
            return [*(word for word in typed if word not in without), "--", *without]
    return [*typed[1:], "--help"] if typed[:1] == ["help"] else typed


def app_for(typed: list[str]) -> typer.Typer:
    """Give the program with what these arguments need."""
    two = " ".join(typed[:2])
    if two in COMMANDS:
        return make_app((two,))
    if typed and typed[0] in COMMANDS:
        return make_app((typed[0],))
    return make_app((), tuple(COMMANDS))


def main() -> None:
    """Run a command; every error of ours becomes one line on stderr and an exit code."""
    typed = arguments(sys.argv[1:])
    try:
        load_defaults()
        app_for(typed)(args=typed, prog_name="kb")
    except KbError as error:
        text = " ".join(str(error).split("\n"))
        typer.echo("".join(c if c.isprintable() else "�" for c in f"kb: {text}"), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
