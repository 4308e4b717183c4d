"""Commands for researchers: search, show, topics."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh

__all__ = ["search", "show", "topics"]


def search(
    words: Annotated[list[str], typer.Argument(help='Words, "phrases", prefix*, -not, OR, author: topic: year:2018..2021 ...')],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many.")] = 10,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Find works by words in titles, people, annotations, sessions and prompts, best first.

    Examples:

      kb search data quality

      kb search '"technical debt" author:sculley'
    """
    from kb.search.simple import search_works

    with open_fresh(source, db) as connection:
        hits = search_works(connection, " ".join(words), limit)
    if json_output:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(h) for h in hits], ensure_ascii=False, indent=2))
        return
    from cli.terminal import dim, wrap

    for hit in hits:
        typer.echo(typer.style(wrap(hit.title, "", "  "), bold=True))
        typer.echo(dim(wrap(f"{hit.authors}, {hit.year or 'no year'} [{hit.key}]", "  ")))
        if hit.why:
            typer.echo(wrap(hit.why, "  "))
        typer.echo("")
    if not hits:
        typer.echo("nothing found; try fewer words", err=True)
        raise typer.Exit(1)


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
        import json
        from dataclasses import asdict

        typer.echo(json.dumps(asdict(work), ensure_ascii=False, indent=2))
        return
    from cli.terminal import dim, wrap
    from kb.render.dates import long_day
    from kb.text import strip_markdown

    typer.echo(typer.style(wrap(work.title, "", "  "), bold=True))
    place = ", ".join(p for p in (work.venue, f"vol. {work.volume}" if work.volume else "", f"pp. {work.pages}" if work.pages else "") if p)
    typer.echo(wrap(f"{work.authors or 'no author'}, {work.year or 'no year'}. {place}".rstrip(". ") + ".", "  "))
    for label, value in (("link", work.url), ("doi", work.doi), ("arxiv", work.arxiv), ("isbn", work.isbn)):
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
            typer.echo(wrap(f"{a.semester}  {long_day(a.date)}  {a.session_title}:{portion or ' whole work'}" + (" (one of)" if a.role == "one-of" else ""), "  ", "    "))


def topics(json_output: JsonOption = False, source: SourceOption = None, db: DbOption = None) -> None:
    """Show the tree of topics with the number of works under each.

    Example:

      kb topics
    """
    from kb.views.read import get_topics

    with open_fresh(source, db) as connection:
        found = get_topics(connection)
    if json_output:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(t) for t in found], ensure_ascii=False, indent=2))
        return
    for topic in found:
        depth = topic.slug.count("/")
        name = "  " * depth + topic.title
        typer.echo(f"{typer.style(f'{name:<48}', bold=depth == 0)} {topic.works:>4}  {typer.style(topic.slug, dim=True)}")
    if not found:
        typer.echo("no topics; describe them in bib/topics.yaml", err=True)
