"""Command: search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import BomOption, OutputOption, print_json, write_output
from cli.terminal import dim, wrap
from kb.errors import UsageError
from kb.render.formats import find_format, render_works, work_formats
from kb.render.setting import Setting
from kb.search.find import SORTS
from kb.search.find import search as find
from kb.text import plural
from kb.views.selection import select_works

if TYPE_CHECKING:
    from kb.search.models import Hit, Results

__all__ = ["run"]

WordsArgument = Annotated[
    list[str],
    typer.Argument(help='Words, "phrases", prefix*, -not, OR, author: topic: year:2018..2021 ...'),
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")]
PageOption = Annotated[int, typer.Option("--page", "-p", min=1, help="Which page.")]
SortOption = Annotated[str, typer.Option("--sort", help="relevance or year (newest first).")]
FacetsOption = Annotated[
    bool, typer.Option("--facets", help="Count hits by topic, kind, year and semester.")
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help=f"Write the hits as {', '.join(f.ending for f in work_formats())}.",
    ),
]


def run(
    words: WordsArgument,
    limit: LimitOption = 10,
    page: PageOption = 1,
    sort: SortOption = "relevance",
    facets: FacetsOption = False,
    format: FormatOption = None,
    bom: BomOption = False,
    output: OutputOption = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Find works by words in titles, people, notes, topics, sessions, questions; best first.

    Fields: author: title: venue: note: topic: year:2018..2021 semester:F2022 kind:book
    assigned:yes annotated:no.

    Examples:

      kb search data quality

      kb search '"technical debt" author:sculley'

      kb search testing -fairness

      kb search 'test* -fairness topic:quality-assurance year:2019..' --sort year

      kb search data quality --limit 50 --format ris -o found.ris
    """
    if sort not in SORTS:
        raise UsageError(f"--sort {sort!r}: one of {', '.join(SORTS)}")
    with open_fresh(source, db) as connection:
        found = find(
            connection,
            " ".join(words),
            sort=sort,
            limit=limit,
            offset=(page - 1) * limit,
            facets=facets or json_output,
        )
        if format is not None:
            works = select_works(connection, tuple(hit.key for hit in found.hits))
            how = Setting(title=f"Search: {found.query}", bom=bom)
            write_output(render_works(find_format(format, work_formats()), works, how), output)
    if format is not None:
        return
    if json_output:
        print_json(found)
        return
    print_found(found)
    if not found.total and not found.places:
        raise typer.Exit(1)


def print_found(found: Results) -> None:
    """Print what was found, with what is near and how hits divide."""
    print_notes(found)
    for place in found.places:
        typer.echo(dim(f"{place.kind}: {place.label} [{place.id}]"))
    for hit in found.hits:
        print_hit(hit)
    if found.near:
        typer.echo(dim("about this, without having all the words:"))
        for hit in found.near:
            print_hit(hit)
    for facet in found.facets:
        options = "  ".join(f"{o.value} {o.count}" for o in facet.options)
        typer.echo(wrap(options, f"{facet.name}: ", "  "))
    typer.echo(how_many(found), err=True)


def how_many(found: Results) -> str:
    """Say how many works were found, and which of them are shown."""
    page, last = found.offset // found.limit + 1, -(-found.total // found.limit)
    shown = found.offset + len(found.hits)
    if not found.total:
        return (
            "no work has these words"
            if found.places
            else "nothing found; try fewer words, or `kb topics`"
        )
    if not found.hits:
        return f"page {page} is past the end; the last one is --page {last}"
    if found.total > shown or page > 1:
        more = f"; more with --page {page + 1}" if found.total > shown else ""
        return dim(f"{found.offset + 1}-{shown} of {found.total}{more}")
    return dim(plural(found.total, "work"))


def print_notes(found: Results) -> None:
    """Say on stderr how a query was read."""
    for note in found.notes:
        typer.echo(dim(wrap(note, "note: ")), err=True)
    if found.searched:
        typer.echo(f"nothing has all of these words; found for: {found.searched}", err=True)
    elif found.dropped:
        dropped = ", ".join(found.dropped)
        typer.echo(f"nothing has all of these words; left out: {dropped}", err=True)
    if found.did_you_mean not in {"", found.searched}:
        typer.echo(f"did you mean: {found.did_you_mean}", err=True)


def print_hit(hit: Hit) -> None:
    """Print a work that was found, with the passage that says why."""
    typer.echo(marked(hit.marked_title, "", "  ", bold=True))
    typer.echo(
        dim(
            wrap(
                f"{hit.authors or 'no author'}, {hit.year or 'no year'} [{hit.key}]"
                + (f"  in: {', '.join(hit.found_in)}" if hit.found_in else ""),
                "  ",
            )
        )
    )
    if hit.snippet or hit.why:
        typer.echo(marked(hit.snippet or ((hit.why, False),), "  ", "  "))
    typer.echo("")


def marked(
    pieces: tuple[tuple[str, bool], ...], first: str, indent: str, bold: bool = False
) -> str:
    """Give a passage wrapped, with what matched underlined on a terminal."""
    text = wrap("".join(f"{MARK}{t}{MARK}" if on else t for t, on in pieces), first, indent)
    parts = text.split(MARK)
    return "".join(
        typer.style(part, bold=bold, underline=n % 2 == 1) if part else ""
        for n, part in enumerate(parts)
    )


MARK = "\u2060"
"""A character without width, which no text of ours has."""
