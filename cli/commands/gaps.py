"""Command: gaps."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.terminal import dim, wrap
from kb.errors import UsageError
from kb.plan.gaps import GAPS, find_gaps
from kb.views.read import get_semester

if TYPE_CHECKING:
    pass

__all__ = ["run"]


def run(
    semester: Annotated[
        str | None, typer.Option("--semester", "-s", help="Look at one semester.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", "-k", help="Only this kind; may be repeated.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--all", help="List everything, not only the first ten of a kind.")
    ] = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show what is missing: entries, notes, questions, readings; chapters read twice or never.

    Examples:

      kb gaps

      kb gaps --semester F2022 --kind chapter-twice
    """
    unknown = sorted(set(kind or ()) - set(GAPS))
    if unknown:
        raise UsageError(f"--kind {unknown[0]!r}: one of {', '.join(GAPS)}")
    with open_fresh(source, db) as connection:
        if semester is not None:
            semester = get_semester(connection, semester).id
        found = find_gaps(connection, semester, tuple(kind or ()))
    if json_output:
        typer.echo(json.dumps([asdict(g) for g in found], ensure_ascii=False, indent=2))
        return

    for name, (heading, _) in GAPS.items():
        own = [g for g in found if g.kind == name]
        if kind and name not in kind:
            continue
        typer.echo(
            typer.style(f"{heading}: {len(own) or 'none'}", bold=bool(own)) + dim(f"  [{name}]")
        )
        shown = own if full else own[:10]
        for gap in shown:
            typer.echo(wrap(f"{gap.subject}  {gap.detail}", "  ", "    "))
        if len(own) > len(shown):
            typer.echo(dim(f"  ... and {len(own) - len(shown)} more; --all lists them"))
