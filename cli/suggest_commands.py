"""Commands that propose works: suggest, related."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh, print_json
from cli.terminal import dim, wrap
from kb.errors import UsageError

__all__ = ["related", "suggest"]


def suggest(
    text: Annotated[
        list[str] | None,
        typer.Argument(help="A session's title and goals, or any text; - reads standard input."),
    ] = None,
    session: Annotated[
        str | None, typer.Option("--session", help="Take title and goals of this session.")
    ] = None,
    semester: Annotated[
        str | None,
        typer.Option(
            "--semester", "-s", help="The semester being planned; its readings are no history."
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")] = 10,
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
    from kb.search.suggest import SuggestionRequest, request_for_session
    from kb.search.suggest import suggest as rank

    if (session is None) == (not text):
        raise UsageError("give a text, or --session ID")
    typed = sys.stdin.read() if text == ["-"] else " ".join(text or ())
    with open_fresh(source, db) as connection:
        if semester is not None:
            from kb.views.read import get_semester

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


def related(
    key: Annotated[str, typer.Argument(help="Citation key, such as sculley2015hidden.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")] = 8,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show the works nearest to one: by words, topics, sessions, people and notes.

    Example:

      kb related sculley2015hidden
    """
    from kb.search.related import related_works
    from kb.views.read import get_work

    with open_fresh(source, db) as connection:
        found = related_works(connection, get_work(connection, key).key, limit)
    if json_output:
        print_json(found)
        return
    for work in found:
        typer.echo(typer.style(wrap(work.title, "", "  "), bold=True))
        typer.echo(
            dim(wrap(f"{work.authors or 'no author'}, {work.year or 'no year'} [{work.key}]", "  "))
        )
        typer.echo(wrap("; ".join(work.reasons), "  "))
    if not found:
        typer.echo("nothing near it", err=True)
