"""Command: cite."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.output import printable
from cli.works import find_work
from kb.render.citations import cite_all, has_citeproc, plain_citation

__all__ = ["run"]


def run(
    keys: Annotated[
        list[str],
        typer.Argument(metavar="KEY...", help="Citation keys, DOIs, arXiv ids or addresses."),
    ],
    style: Annotated[
        str,
        typer.Option(
            "--style",
            "-s",
            envvar="KB_STYLE",
            show_envvar=False,
            help=(
                "apa, ieee, acm, mla, chicago, harvard, lncs, nature, vancouver, any CSL style, "
                "or a file of one: FILE.csl."
            ),
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
    with open_fresh(source, db) as connection:
        works = [find_work(connection, key) for key in keys]
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
        typer.echo(json.dumps([asdict(c) for c in found], ensure_ascii=False, indent=2))
        return
    for citation in found:
        if citation.doubt:
            typer.echo(printable(citation.doubt), err=True)
        typer.echo(citation.html if html else citation.text)
