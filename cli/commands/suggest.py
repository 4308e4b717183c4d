"""Command: suggest."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import print_json
from cli.terminal import dim, wrap
from kb.errors import UsageError
from kb.search.suggest import SuggestionRequest, request_for_session
from kb.search.suggest import suggest as rank
from kb.views.read import get_semester

__all__ = ["run"]

TextArgument = Annotated[
    list[str] | None,
    typer.Argument(help="A session's title and goals, or any text; - reads standard input."),
]
SessionOption = Annotated[
    str | None, typer.Option("--session", help="Take title and goals of this session.")
]
SemesterOption = Annotated[
    str | None,
    typer.Option(
        "--semester", "-s", help="The semester being planned; its readings are no history."
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")]


def run(
    text: TextArgument = None,
    session: SessionOption = None,
    semester: SemesterOption = None,
    limit: LimitOption = 10,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Suggest works to assign to a session, each with the reasons.

    Examples:

      kb suggest "Data quality: cleaning, validation, drift" --semester F2022

      kb suggest --session F2022-0907

      kb suggest - < goals.txt
    """
    if (session is None) == (not text):
        raise UsageError("give a text, or --session ID")
    typed = sys.stdin.read() if text == ["-"] else " ".join(text or ())
    with open_fresh(source, db) as connection:
        if semester is not None:
            semester = get_semester(connection, semester).id
        request = (
            request_for_session(connection, session)
            if session
            else SuggestionRequest(typed, semester or "")
        )
        found = rank(connection, request, limit)
    if json_output:
        print_json(found)
        return
    if session:
        typer.echo(dim(f"for {request.session}: {request.text.splitlines()[0]}"), err=True)
    for number, work in enumerate(found, 1):
        typer.echo(typer.style(wrap(work.title, f"{number:>2}. ", "    "), bold=True))
        typer.echo(
            dim(
                wrap(
                    f"{work.authors or 'no author'}, {work.year or 'no year'} [{work.key}]", "    "
                )
            )
        )
        typer.echo(wrap("; ".join(work.reasons), "    "))
        if work.already:
            typer.echo(
                typer.style(
                    wrap(f"already assigned: {work.already}", "    "), fg=typer.colors.YELLOW
                )
            )
    if not found:
        typer.echo("nothing fits; try other words, or `kb topics`", err=True)
        raise typer.Exit(1)
