"""Command: people."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh, source_root
from cli.output import fail
from kb.edit.people import merge_people
from kb.sources.replace import replace_file
from kb.views.browse import browse_people, get_person

__all__ = ["run"]


def run(
    merge: Annotated[
        tuple[str, str] | None,
        typer.Option("--merge", metavar="A B", help="Two ids of one person; B is what is shown."),
    ] = None,
    page: Annotated[int, typer.Option("--page", min=1, help="Page of the list.")] = 1,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """List authors and editors, those with most works first, or join two names of one person.

    Examples:

      kb people

      kb people --merge sculley-d sculley-david
    """
    with open_fresh(source, db) as connection:
        if merge is None:
            people = browse_people(connection, page=page)
            if json_output:
                data = [asdict(p) for p in people]
                typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
            for person in people if not json_output else ():
                typer.echo(f"{person.works:>4}  {person.display}  [{person.id}]")
            return
        one, other = (get_person(connection, name) for name in merge)
    if one.id == other.id:
        fail(f"{one.display} is one person already")
    path = source_root(source) / "bib" / "people.yaml"
    before = path.read_bytes() if path.exists() else None
    text = (before or b"").decode()
    replace_file(path, merge_people(text, other.display, one.display).encode(), before)
    typer.echo(f"{one.display} is {other.display} from now on; changed bib/people.yaml")
