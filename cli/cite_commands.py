"""Commands that hand works on: cite, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh, write_output
from kb.errors import UsageError

__all__ = ["cite", "export"]

FORMATS = {"bib": "bibtex", "csl": "csl", "csv": "csv", "json": "json", "atom": "atom"}
"""Formats of `kb export` and the ends of their modules' names."""


def cite(
    keys: Annotated[
        list[str],
        typer.Argument(metavar="KEY...", help="Citation keys, such as sculley2015hidden."),
    ],
    style: Annotated[
        str,
        typer.Option(
            "--style",
            "-s",
            help="apa, ieee, acm, mla, chicago, harvard, lncs, nature, vancouver, or any CSL style.",
        ),
    ] = "apa",
    html: Annotated[bool, typer.Option("--html", help="Keep italics, as HTML.")] = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Print references in a citation style, ready to paste.

    Examples:

      kb cite sculley2015hidden

      kb cite sculley2015hidden breck2017ml --style ieee

    Needs citeproc-py (`pip install "coursebib[cite]"`); without it a plain reference is printed.
    """
    from kb.render.citations import cite_all, has_citeproc, plain_citation
    from kb.views.read import get_work

    with open_fresh(source, db) as connection:
        works = [get_work(connection, key) for key in keys]
    if not has_citeproc():
        typer.echo(
            'kb: styles need citeproc-py: pip install "coursebib[cite]"; here are plain references',
            err=True,
        )
        for work in works:
            typer.echo(plain_citation(work))
        raise typer.Exit(1)
    found = cite_all(works, style, numbered=len(works) > 1)
    if json_output:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(c) for c in found], ensure_ascii=False, indent=2))
        return
    for citation in found:
        typer.echo(citation.html if html else citation.text)


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    topic: Annotated[
        str | None,
        typer.Option(
            "--topic",
            "-t",
            help="Only works of this topic and those below it: slug, title or alias.",
        ),
    ] = None,
    semester: Annotated[
        str | None, typer.Option("--semester", "-s", help="Only works this semester assigned.")
    ] = None,
    base: Annotated[
        str,
        typer.Option(
            "--base", metavar="URL", help="Address of the site, for the links of the feed."
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file instead of the terminal."
        ),
    ] = None,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Write works as BibTeX, CSL-JSON, CSV, JSON or an Atom feed.

    Examples:

      kb export bib --topic quality-assurance -o quality.bib

      kb export csl --semester F2022
    """
    from importlib import import_module

    from kb.views.selection import select_keys, select_works

    if format not in FORMATS:
        raise UsageError(f"format {format!r}: one of {', '.join(FORMATS)}")
    module = import_module(f"kb.render.works_{FORMATS[format]}")
    with open_fresh(source, db) as connection:
        keys = select_keys(connection, topic, semester)
        works = select_works(connection, keys)
        text = (
            module.render(works, base=base.rstrip("/"))
            if format == "atom"
            else module.render(works)
        )
    write_output(text, output)
    if not keys:
        typer.echo(
            "no work fits; nothing but an empty file was written" if output else "no work fits",
            err=True,
        )
