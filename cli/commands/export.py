"""Command: export."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import DbOption, SourceOption, open_fresh
from cli.output import BaseOption, BomOption, OutputOption, write_output
from cli.works import find_work
from kb.render.formats import find_format, render_works, work_formats
from kb.render.setting import Setting
from kb.views.selection import select_keys, select_works

__all__ = ["run"]

MOST = 100_000
"""Hits of a query that are written."""

FormatArgument = Annotated[
    str,
    typer.Argument(metavar="FORMAT", help=f"One of {', '.join(f.ending for f in work_formats())}."),
]
KeysArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[KEY]...", help="Citation keys (default: all works)."),
]
TopicOption = Annotated[
    str | None,
    typer.Option(
        "--topic",
        "-t",
        help="Only works of this topic and those below it: slug, title or alias.",
    ),
]
SemesterOption = Annotated[
    str | None, typer.Option("--semester", "-s", help="Only works this semester assigned.")
]
SessionOption = Annotated[
    str | None, typer.Option("--session", help="Only works this session assigned, by its id.")
]
PersonOption = Annotated[
    str | None, typer.Option("--person", help="Only works of this person, by the id in addresses.")
]
QueryOption = Annotated[
    str | None, typer.Option("--query", "-q", help="Only what `kb search` finds, best first.")
]


def run(
    format: FormatArgument,
    keys: KeysArgument = None,
    topic: TopicOption = None,
    semester: SemesterOption = None,
    session: SessionOption = None,
    person: PersonOption = None,
    query: QueryOption = None,
    base: BaseOption = "",
    bom: BomOption = False,
    output: OutputOption = None,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Write works as BibTeX, CSL-JSON, RIS, CSV, JSON or an Atom feed.

    Examples:

      kb export bib --topic quality-assurance -o quality.bib

      kb export ris sculley2015hidden 10.1145/3442188.3445922

      kb export csv --query "data quality" --bom -o found.csv
    """
    wanted = find_format(format, work_formats(), "format")
    with open_fresh(source, db) as connection:
        if keys:
            found = tuple(dict.fromkeys(find_work(connection, key).key for key in keys))
        else:
            found = select_keys(connection, topic, semester, session=session, person=person)
        if query is not None:
            from kb.search.find import search  # noqa: PLC0415  the query language is large

            chosen = set(found)
            hits = search(connection, query, limit=MOST).hits
            found = tuple(hit.key for hit in hits if hit.key in chosen)
        how = Setting(title="Works", base=base.rstrip("/"), bom=bom)
        content = render_works(wanted, select_works(connection, found), how)
    write_output(content, output)
    if not found:
        text = "no work fits"
        typer.echo(f"{text}; nothing but an empty file was written" if output else text, err=True)
