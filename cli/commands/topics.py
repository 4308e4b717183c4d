"""Command: topics."""

from __future__ import annotations

import sqlite3
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import print_json
from cli.terminal import dim, paged, wrap
from cli.works import titles_in
from kb.text import first_sentence, name_works, plural, strip_markdown
from kb.views.models import TopicView
from kb.views.read import get_topics
from kb.views.selection import find_topic, select_keys, select_works

__all__ = ["run"]

TopicArgument = Annotated[
    str | None, typer.Argument(help="Topic: slug, title or another name; left out: the tree.")
]


def run(
    topic: TopicArgument = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show the tree of topics with the number of works under each, or one topic with its works.

    Examples:

      kb topics

      kb topics data-quality
    """
    with open_fresh(source, db) as connection:
        found = get_topics(connection)
        if topic is not None:
            chosen = next(t for t in found if t.slug == find_topic(connection, topic))
            with paged():
                show_topic(connection, chosen, found, json_output)
            return
    if json_output:
        print_json(found)
        return
    for each in found:
        depth = each.slug.count("/")
        name = "  " * depth + each.title
        typer.echo(
            f"{typer.style(f'{name:<48}', bold=depth == 0)} {each.works:>4}  "
            f"{typer.style(each.slug, dim=True)}"
        )
    if not found:
        typer.echo("no topics; describe them in bib/topics.yaml", err=True)


def show_topic(
    connection: sqlite3.Connection,
    topic: TopicView,
    topics: tuple[TopicView, ...],
    as_json: bool,
) -> None:
    """Print a topic: what it asks, what is below it, its works, the latest first."""
    works = list(select_works(connection, select_keys(connection, topic.slug)))
    works.sort(key=lambda w: (-(w.year or 0), w.title))
    if as_json:
        listed = [
            {"key": w.key, "title": w.title, "authors": w.authors, "year": w.year, "url": w.url}
            for w in works
        ]
        data = {"slug": topic.slug, "title": topic.title, "intro": topic.intro, "works": listed}
        print_json(data)
        return
    prose = (note.text for work in works for note in work.notes[:1])
    titles = titles_in(connection, topic.intro, *prose)
    typer.echo(typer.style(topic.title, bold=True) + dim(f"  [{topic.slug}]"))
    if topic.intro:
        typer.echo(wrap(strip_markdown(name_works(topic.intro, titles)), "  "))
    if topic.aliases:
        typer.echo(dim(wrap("also: " + ", ".join(topic.aliases), "  ")))
    for below in (t for t in topics if t.parent == topic.slug):
        typer.echo(f"  {below.title} ({plural(below.works, 'work')}) {dim(below.slug)}")
    typer.echo("")
    for work in works:
        typer.echo(wrap(work.title, "", "  "))
        people = f"{work.authors or 'no author'}, {work.year or 'no year'} [{work.key}]"
        typer.echo(dim(wrap(people, "  ")))
        if work.notes:
            why = name_works(first_sentence(work.notes[0].text), titles)
            typer.echo(wrap(strip_markdown(why), "  "))
    typer.echo(dim(plural(len(works), "work")), err=True)
