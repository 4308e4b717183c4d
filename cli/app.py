"""The `kb` command."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cli import (
    bib_commands,
    change_commands,
    cite_commands,
    diff_commands,
    history_commands,
    import_commands,
    load_commands,
    plan_commands,
    reading_commands,
    ready_commands,
    roll_commands,
    search_commands,
    serve_commands,
    source_commands,
    suggest_commands,
)
from kb import __version__
from kb.errors import KbError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kb",
    help="An annotated bibliography, its reading lists and its quizzes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"coursebib {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """An annotated bibliography, its reading lists and its quizzes.

    Begin with `kb list` in a directory that has bib/ and quizzes/, or with `kb new DIRECTORY`.
    """


STUDENTS = "Reading"
RESEARCHERS = "Searching"
INSTRUCTORS = "Keeping the collection"

app.command("list", rich_help_panel=STUDENTS)(reading_commands.list_semester)
app.command("next", rich_help_panel=STUDENTS)(reading_commands.next_reading)
app.command("search", rich_help_panel=RESEARCHERS)(search_commands.search)
app.command("related", rich_help_panel=RESEARCHERS)(suggest_commands.related)
app.command("suggest", rich_help_panel=INSTRUCTORS)(suggest_commands.suggest)
app.command("show", rich_help_panel=RESEARCHERS)(search_commands.show)
app.command("cite", rich_help_panel=RESEARCHERS)(cite_commands.cite)
app.command("export", rich_help_panel=RESEARCHERS)(cite_commands.export)
app.command("topics", rich_help_panel=RESEARCHERS)(search_commands.topics)
app.command("build", rich_help_panel=INSTRUCTORS)(source_commands.build_command)
app.command("check", rich_help_panel=INSTRUCTORS)(source_commands.check)
app.command("serve", rich_help_panel=INSTRUCTORS)(serve_commands.serve)
app.command("publish", rich_help_panel=INSTRUCTORS)(serve_commands.publish)
app.command("new", rich_help_panel=INSTRUCTORS)(source_commands.new)

app.command("gaps", rich_help_panel=INSTRUCTORS)(plan_commands.gaps)
app.command("history", rich_help_panel=STUDENTS)(history_commands.history)
app.command("diff", rich_help_panel=INSTRUCTORS)(diff_commands.diff)
app.command("ready", rich_help_panel=INSTRUCTORS)(ready_commands.ready)
app.command("load", rich_help_panel=INSTRUCTORS)(load_commands.load)
app.command("plan", rich_help_panel=INSTRUCTORS)(roll_commands.plan)
app.command("move", rich_help_panel=INSTRUCTORS)(change_commands.move)
app.command("insert", rich_help_panel=INSTRUCTORS)(change_commands.insert)
app.command("swap", rich_help_panel=INSTRUCTORS)(change_commands.swap)
app.command("cancel", rich_help_panel=INSTRUCTORS)(change_commands.cancel)
app.command("add", rich_help_panel=INSTRUCTORS)(bib_commands.add)
app.command("annotate", rich_help_panel=INSTRUCTORS)(bib_commands.annotate)
app.command("tag", rich_help_panel=INSTRUCTORS, context_settings=bib_commands.TAG_SETTINGS)(bib_commands.tag)
app.command("rename-topic", rich_help_panel=INSTRUCTORS)(bib_commands.rename_topic)
app.command("fmt", rich_help_panel=INSTRUCTORS)(bib_commands.fmt)
app.add_typer(import_commands.app, name="import", rich_help_panel=INSTRUCTORS)


def main() -> None:
    """Run a command; every error of ours becomes one line on stderr and an exit code."""
    try:
        app()
    except KbError as error:
        text = " ".join(str(error).split("\n"))
        typer.echo("".join(c if c.isprintable() else "�" for c in f"kb: {text}"), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
