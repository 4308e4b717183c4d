"""Command: annotate."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import click
import typer

from cli.context import SourceOption, source_root
from cli.editing import DryRun, carry_out, file_with
from cli.output import printable
from kb.edit.annotation import note_of, set_note, shown_note
from kb.errors import UsageError

if TYPE_CHECKING:
    pass

__all__ = ["run"]


def run(
    key: Annotated[str, typer.Argument(help="Citation key.")],
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="TEXT|-",
            help="The note; - reads standard input (default: your $EDITOR).",
        ),
    ] = None,
    staff: Annotated[
        bool, typer.Option("--staff", help="The note for staff, which is never published.")
    ] = False,
    dry_run: DryRun = False,
    source: SourceOption = None,
) -> None:
    """Write or change the note about a work, in Markdown; an empty one removes it.

    Examples:

      kb annotate breck2017ml

      kb annotate breck2017ml --text "A checklist; read it beside \\[@sculley2015hidden]."
    """
    root = source_root(source)
    file = file_with(root, key)
    field = "annotation-staff" if staff else "annotation"
    old = note_of(file.text, key, field)
    if text is None:
        text = edited(old, key)
        if text is None:
            typer.echo(f"{key}: unchanged", err=True)
            return
    elif text == "-":
        text = sys.stdin.read()
    changed = set_note(file.text, key, field, text)
    change = file.change(changed)
    carry_out([change] if change else [], dry_run, f"{key}: has this note already")
    shown = shown_note(changed, key, field)
    if change and shown:
        typer.echo(
            f"{key}: backslashes and braces are read as LaTeX; the note shows as: "
            f"{printable(' '.join(shown.split()))}",
            err=True,
        )


def edited(old: str, key: str) -> str | None:
    """Let a person edit a note in $EDITOR; None when it was left as it is.

    Raises:
        UsageError: no terminal to edit on, or no editor.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            "no terminal for an editor; give the note with --text, or --text - for standard input"
        )
    try:
        result = click.edit(old + "\n", extension=".md", require_save=True)
    except click.ClickException as error:
        raise UsageError(f"{key}: {error.format_message()}; give the note with --text") from error
    return None if result is None or result.strip() == old.strip() else result
