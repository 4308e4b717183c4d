"""Command for instructors who plan: gaps."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from kb.errors import UsageError

__all__ = ["gaps"]


def gaps(
    semester: Annotated[str | None, typer.Option("--semester", "-s", help="Look at one semester.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", "-k", help="Only this kind; may be repeated.")] = None,
    full: Annotated[bool, typer.Option("--all", help="List everything, not only the first ten of a kind.")] = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show what is missing: notes, questions, readings for topics, chapters assigned twice.

    Examples:

      kb gaps

      kb gaps --semester F2022 --kind chapter-twice
    """
    from kb.plan.gaps import GAPS, find_gaps

    unknown = sorted(set(kind or ()) - set(GAPS))
    if unknown:
        raise UsageError(f"--kind {unknown[0]!r}: one of {', '.join(GAPS)}")
    with open_fresh(source, db) as connection:
        if semester is not None:
            from kb.views.read import get_semester

            semester = get_semester(connection, semester).id
        found = find_gaps(connection, semester, tuple(kind or ()))
    if json_output:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(g) for g in found], ensure_ascii=False, indent=2))
        return
    from cli.terminal import dim, wrap

    for name, (heading, _) in GAPS.items():
        own = [g for g in found if g.kind == name]
        if kind and name not in kind:
            continue
        typer.echo(typer.style(f"{heading}: {len(own) or 'none'}", bold=bool(own)) + dim(f"  [{name}]"))
        shown = own if full else own[:10]
        for gap in shown:
            typer.echo(wrap(f"{gap.subject}  {gap.detail}", "  ", "    "))
        if len(own) > len(shown):
            typer.echo(dim(f"  ... and {len(own) - len(shown)} more; --all lists them"))
