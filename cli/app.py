"""The program `kb`: commands loaded when they run, one style of help and of errors."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import traceback
from importlib import import_module
from pathlib import Path
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
    `kb help COMMAND` tells more about a command; `--debug` prints the trace of an error.
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
    """Run a command; whatever goes wrong becomes one line on stderr and an exit code.

    0 fine, 1 findings or failure, 2 wrong usage, 70 an error of the program itself, whose trace
    `--debug` prints, 130 stopped by Ctrl-C.
    """
    steady_streams()
    debug = "--debug" in sys.argv[1:]
    typed = arguments([word for word in sys.argv[1:] if word != "--debug"])
    code: int | str | None = 1
    try:
        load_defaults()
        app_for(typed)(args=typed, prog_name="kb")
    except SystemExit as end:
        code = end.code
    except BrokenPipeError:
        code = 0
        drop_output()
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # the last line of defence: no person should see a trace
        if debug:
            traceback.print_exc()
        code, text = ending(error)
        say(text)
    sys.exit(flushed(code))


def ending(error: Exception) -> tuple[int, str]:
    """Give exit code and line for an exception that ended a command."""
    if isinstance(error, KbError):
        return error.exit_code, str(error)
    if isinstance(error, UnicodeEncodeError):
        shown = error.object[:60].encode("utf-8", "replace").decode()
        return 2, f"{shown!r} is not UTF-8; write it in the encoding of the terminal"
    if isinstance(error, OSError):
        drop_output()
        where = f"{error.filename}: " if error.filename else ""
        return 1, f"{where}{error.strerror or error}; nothing else was done"
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return 70, (
        f"an error of the program ({type(error).__name__} in {place}); please report the command "
        "and this line; --debug prints all of it"
    )


def say(text: str) -> None:
    """Print one line on stderr, without characters that would move a cursor."""
    line = " ".join(text.split("\n"))
    with contextlib.suppress(OSError, ValueError):
        typer.echo("".join(c if c.isprintable() else "�" for c in f"kb: {line}"), err=True)


def steady_streams() -> None:
    """Make sure that printing never fails: a stream that is closed is replaced, a character that
    its encoding lacks too; what goes to a file or a pipe is UTF-8.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def drop_output() -> None:
    """Send what is still to be printed nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def flushed(code: int | str | None) -> int | str | None:
    """Give the exit code once everything is printed; 1 where that cannot be."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
    except (OSError, ValueError) as error:
        drop_output()
        say(f"the output cannot be written: {getattr(error, 'strerror', None) or error}")
        return 1
    return code


if __name__ == "__main__":
    main()
