"""Command: prompts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import print_json
from cli.terminal import dim, wrap
from kb.errors import UsageError
from kb.text import strip_markdown
from kb.views.bank import BankPrompt, get_bank
from kb.views.read import get_work
from kb.views.selection import find_topic

__all__ = ["run"]

KeyArgument = Annotated[
    str | None, typer.Argument(help="Citation key: only questions on this work.")
]
TopicOption = Annotated[
    str, typer.Option("--topic", "-t", help="Only questions of this topic and those below it.")
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Only what was not asked in the two years before --on.")
]
OnOption = Annotated[
    str, typer.Option("--on", metavar="DATE", help="Day for --fresh (default: today).")
]


def run(
    key: KeyArgument = None,
    topic: TopicOption = "",
    fresh: FreshOption = False,
    on: OnOption = "",
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show the bank of questions: on what each is, and in which classes it was asked.

    Examples:

      kb prompts

      kb prompts hulten2018building --fresh --on 2026-01-12
    """
    day = on or date.today().isoformat()
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"--on {on!r}: write a day as 2022-09-06") from error
    with open_fresh(source, db, everything=True) as connection:
        work = get_work(connection, key).key if key else ""
        slug = find_topic(connection, topic) if topic else ""
        found = tuple(
            b
            for b in get_bank(connection)
            if (not work or work in b.prompt.works)
            and (not slug or b.topic == slug or b.topic.startswith(f"{slug}/"))
            and (not fresh or b.rested(day))
        )
    if json_output:
        print_json(
            {
                "prompts": [
                    {**asdict(b.prompt), "topic": b.topic, "asked": [asdict(a) for a in b.asked]}
                    for b in found
                ]
            }
        )
        return
    for prompt in found:
        show(prompt)
    if not found:
        typer.echo("no question fits", err=True)
        raise typer.Exit(1)


def show(found: BankPrompt) -> None:
    """Print a question with its history."""
    prompt = found.prompt
    about = " ".join(p for p in (", ".join(prompt.works), prompt.locator) if p)
    typer.echo(typer.style(prompt.id, bold=True) + dim(f"  {about}"))
    typer.echo(wrap(strip_markdown(prompt.text), "  "))
    asked = ", ".join(f"{a.semester} ({a.date or 'no date'}, {a.title})" for a in found.asked)
    typer.echo(dim(wrap(f"asked in {asked}" if asked else "never asked", "  ", "    ")))
