"""Commands for instructors who plan: gaps, history."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from kb.errors import UsageError

__all__ = ["gaps", "history"]


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


def history(
    key: Annotated[str | None, typer.Argument(help="Citation key; left out: all works by semesters.")] = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show in which semesters works were assigned, with portion and session.

    Examples:

      kb history

      kb history hulten2018building
    """
    from kb.plan.history import get_history
    from kb.views.read import get_work

    with open_fresh(source, db) as connection:
        shown = get_work(connection, key) if key else None
        found = get_history(connection)
    works = [w for w in found.works if shown is None or w.work == shown.key]
    if json_output:
        import json

        data = {"semesters": found.semesters, "works": [{"work": w.work, "title": w.title, "assigned": {s: {"portions": p, "sessions": t} for s, (p, t) in w.cells.items()}} for w in works]}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    from cli.terminal import width, wrap

    if shown is not None:
        typer.echo(typer.style(shown.title, bold=True))
        for a in shown.assigned:
            typer.echo(wrap(f"{a.locator or 'the whole work'}: {a.session_title}", f"  {a.semester:<8}{a.date}  "))
        if not shown.assigned:
            typer.echo("  never assigned")
        return
    column = 9
    title_width = max(20, width() - column * len(found.semesters) - 2)
    typer.echo(typer.style(" " * title_width + "".join(f"{s:>{column}}" for s in found.semesters), bold=True))
    for work in works:
        cells = []
        for semester in found.semesters:
            portion = work.cells.get(semester, ("", ""))[0].replace("Ch. ", "").replace(" ", "")
            cells.append(f"{(portion[: column - 3] + '…' if len(portion) > column - 2 else portion) or '·':>{column}}")
        title = work.title if len(work.title) <= title_width - 2 else work.title[: title_width - 3] + "…"
        typer.echo(f"{title:<{title_width}}{''.join(cells)}")
