"""Command: show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import print_json
from cli.terminal import dim, paged, wrap
from cli.works import find_work, titles_in
from kb.errors import UsageError
from kb.links import is_safe_url
from kb.render.dates import long_day
from kb.render.works_json import work_data
from kb.text import name_works, strip_markdown
from kb.views.models import AssignedIn, WorkView

__all__ = ["run"]

KeyArgument = Annotated[
    str, typer.Argument(help="Citation key such as sculley2015hidden, DOI, arXiv id or address.")
]
OpenOption = Annotated[
    bool, typer.Option("--open", "-o", help="Open the work's link in the browser.")
]
BibtexOption = Annotated[bool, typer.Option("--bibtex", help="Print the BibTeX entry alone.")]


def run(
    key: KeyArgument,
    json_output: JsonOption = False,
    bibtex: BibtexOption = False,
    open_link: OpenOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show a work: who, where, why to read it, and where it was assigned.

    Examples:

      kb show sculley2015hidden

      kb show 10.1145/3442188.3445922
    """
    with open_fresh(source, db) as connection:
        work = find_work(connection, key)
        titles = titles_in(connection, *(note.text for note in work.notes))
    if open_link:
        if not is_safe_url(work.url):
            raise UsageError(f"{work.key} has no link to open")
        typer.echo(work.url)
        typer.launch(work.url)
        return
    if bibtex:
        typer.echo(work.bibtex, nl=False)
        return
    if json_output:
        print_json(work_data(work))
        return
    with paged():
        print_work(work, titles)


def print_work(work: WorkView, titles: Mapping[str, str]) -> None:
    """Print what is known about a work.

    Args:
        titles: titles of the works that its notes name, by key.
    """
    typer.echo(typer.style(wrap(work.title, "", "  "), bold=True))
    place = ", ".join(
        p
        for p in (
            work.venue,
            f"vol. {work.volume}" if work.volume else "",
            f"pp. {work.pages}" if work.pages else "",
        )
        if p
    )
    typer.echo(
        wrap(
            f"{work.authors or 'no author'}, {work.year or 'no year'}. {place}".rstrip(". ") + ".",
            "  ",
        )
    )
    for label, value in (
        ("link", work.url),
        ("doi", work.doi),
        ("arxiv", work.arxiv),
        ("isbn", work.isbn),
    ):
        if value:
            typer.echo(f"  {label:<7}{value}")
    typer.echo(f"  {'key':<7}{work.key}   {dim(f'{work.file}:{work.line}')}")
    if work.topics:
        typer.echo(wrap(", ".join(slug for slug, _ in work.topics), f"  {'topics':<7}"))
    for note in work.notes:
        typer.echo("")
        for paragraph in note.text.split("\n\n"):
            typer.echo(wrap(strip_markdown(name_works(paragraph, titles)), "  "))
    print_assigned(work.assigned)


def print_assigned(assigned: Sequence[AssignedIn]) -> None:
    """Print where a work was assigned."""
    if assigned:
        typer.echo("")
        typer.echo(typer.style("Assigned in", bold=True))
        for a in assigned:
            portion = f" {a.locator}" if a.locator else ""
            typer.echo(
                wrap(
                    f"{a.semester}  {long_day(a.date)}  "
                    f"{a.session_title}:{portion or ' whole work'}"
                    + (f" ({a.role.replace('-', ' ')})" if a.role != "required" else ""),
                    "  ",
                    "    ",
                )
            )
