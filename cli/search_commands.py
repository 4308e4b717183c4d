"""Commands for researchers: search, show, topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh, print_json
from cli.terminal import dim, wrap
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.search.models import Hit

__all__ = ["search", "show", "topics"]


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help='Words, "phrases", prefix*, -not, OR, author: topic: year:2018..2021 ...'
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")] = 10,
    page: Annotated[int, typer.Option("--page", "-p", min=1, help="Which page.")] = 1,
    sort: Annotated[
        str, typer.Option("--sort", help="relevance or year (newest first).")
    ] = "relevance",
    facets: Annotated[
        bool, typer.Option("--facets", help="Count hits by topic, kind, year and semester.")
    ] = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Find works by words in titles, people, annotations, topics, sessions and questions, best first.

    Fields: author: title: venue: note: topic: year:2018..2021 semester:F2022 kind:book assigned:yes annotated:no.

    Examples:

      kb search data quality

      kb search '"technical debt" author:sculley'

      kb search 'test* -fairness topic:quality-assurance year:2019..' --sort year
    """
    from kb.search.find import SORTS
    from kb.search.find import search as find

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
    if json_output:
        print_json(found)
        return
    for note in found.notes:
        typer.echo(dim(wrap(note, "note: ")), err=True)
    if found.did_you_mean:
        typer.echo(
            f"nothing has all of these words; {'found for' if found.hits else 'did you mean'}: {found.did_you_mean}",
            err=True,
        )
    elif found.dropped:
        typer.echo(
            "nothing has all of these words; left out: " + ", ".join(found.dropped), err=True
        )
    for place in found.places:
        typer.echo(dim(f"{place.kind}: {place.label} [{place.id}]"))
    for hit in found.hits:
        print_hit(hit)
    if found.near:
        typer.echo(dim("about this, without having all the words:"))
        for hit in found.near:
            print_hit(hit)
    if not found.total:
        typer.echo("nothing found; try fewer words, or `kb topics`", err=True)
        raise typer.Exit(1)
    for facet in found.facets:
        typer.echo(
            wrap("  ".join(f"{o.value} {o.count}" for o in facet.options), f"{facet.name}: ", "  ")
        )
    shown = found.offset + len(found.hits)
    if found.total > shown or page > 1:
        typer.echo(
            dim(
                f"{found.offset + 1}-{shown} of {found.total}"
                + (f"; more with --page {page + 1}" if found.total > shown else "")
            ),
            err=True,
        )


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


def show(
    key: Annotated[str, typer.Argument(help="Citation key, such as sculley2015hidden.")],
    json_output: JsonOption = False,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Print the BibTeX entry alone.")] = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show a work: who, where, why to read it, and where it was assigned.

    Example:

      kb show sculley2015hidden
    """
    from kb.views.read import get_work

    with open_fresh(source, db) as connection:
        work = get_work(connection, key)
    if bibtex:
        typer.echo(work.bibtex, nl=False)
        return
    if json_output:
        from kb.render.works_json import work_data

        print_json(work_data(work))
        return
    from kb.render.dates import long_day
    from kb.text import strip_markdown

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
            typer.echo(wrap(strip_markdown(paragraph), "  "))
    if work.assigned:
        typer.echo("")
        typer.echo(typer.style("Assigned in", bold=True))
        for a in work.assigned:
            portion = f" {a.locator}" if a.locator else ""
            typer.echo(
                wrap(
                    f"{a.semester}  {long_day(a.date)}  {a.session_title}:{portion or ' whole work'}"
                    + (" (one of)" if a.role == "one-of" else ""),
                    "  ",
                    "    ",
                )
            )


def topics(
    json_output: JsonOption = False, source: SourceOption = None, db: DbOption = None
) -> None:
    """Show the tree of topics with the number of works under each.

    Example:

      kb topics
    """
    from kb.views.read import get_topics

    with open_fresh(source, db) as connection:
        found = get_topics(connection)
    if json_output:
        print_json(found)
        return
    for topic in found:
        depth = topic.slug.count("/")
        name = "  " * depth + topic.title
        typer.echo(
            f"{typer.style(f'{name:<48}', bold=depth == 0)} {topic.works:>4}  {typer.style(topic.slug, dim=True)}"
        )
    if not found:
        typer.echo("no topics; describe them in bib/topics.yaml", err=True)
