"""Command: history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import DbOption, JsonOption, SourceOption, open_fresh
from cli.terminal import dim, width, wrap
from kb.errors import UsageError
from kb.plan.history import get_history
from kb.render.dates import long_day
from kb.render.history_json import history_data
from kb.views.read import get_work

if TYPE_CHECKING:
    from kb.plan.history import History, WorkHistory
    from kb.views.models import WorkView

__all__ = ["run"]

SHORTEST_TITLE = 24
"""Letters that a title keeps beside the semesters."""

KeyArgument = Annotated[
    str | None,
    typer.Argument(help="Citation key, or a topic's slug; left out: all works by semesters."),
]
TopicsOption = Annotated[
    bool,
    typer.Option("--topics", "-t", help="Topics by semesters: what each read, or read last."),
]
DetailOption = Annotated[
    bool,
    typer.Option(
        "--detail",
        "-d",
        help="Each work's semesters with portion and topic, and what was read instead.",
    ),
]
ChainsOption = Annotated[bool, typer.Option("--chains", "-c", help="Which work took whose place.")]


def run(
    key: KeyArgument = None,
    topics: TopicsOption = False,
    detail: DetailOption = False,
    chains: ChainsOption = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Show in which semesters works were assigned, for which session, and what came after.

    Examples:

      kb history

      kb history hulten2018building

      kb history responsible-engineering/safety

      kb history --detail

      kb history --topics

      kb history --chains
    """
    with open_fresh(source, db) as connection:
        found = get_history(connection)
        topic = next(
            (
                t
                for t in found.topics
                if key and key.casefold() in (t.topic, t.topic.split("/")[-1])
            ),
            None,
        )
        shown = get_work(connection, key) if key and topic is None else None
    if topics and key:
        raise UsageError("--topics shows all topics; leave out the key, or name one topic instead")
    works = [w for w in found.works if key is None or (shown is not None and w.work == shown.key)]
    if json_output:
        typer.echo(json.dumps(history_data(found, works), ensure_ascii=False, indent=2))
    elif chains:
        print_chains(found)
    elif topics or topic:
        print_topics(found, topic.topic if topic else "")
    elif detail:
        print_details(found, works)
    elif shown is not None:
        print_work(shown, works[0] if works else None)
    else:
        print_grid(found, works)


def print_work(shown: WorkView, work: WorkHistory | None) -> None:
    """Print one work's semesters, those without it too."""
    typer.echo(typer.style(shown.title, bold=True))
    if work is None:
        typer.echo("  never assigned")
        return
    lines = [
        (
            a.semester,
            wrap(
                f"{a.locator or 'the whole work'}: {a.session_title}",
                f"  {a.semester:<8}{long_day(a.date):<16}  ",
            ),
        )
        for a in shown.assigned
    ]
    lines += [
        (s, dim(wrap(f"not assigned; {a.text}", f"  {s:<8}{'':<18}")))
        for s, a in work.absent.items()
    ]
    order = {
        s: n
        for n, s in enumerate(dict.fromkeys((*(a.semester for a in shown.assigned), *work.absent)))
    }
    # In order of time: those that assign it are in order, others follow the one they name last.
    for semester in sorted(order, key=lambda s: (position_of(s, shown, work), order[s])):
        for _, line in (pair for pair in lines if pair[0] == semester):
            typer.echo(line)
    for r in work.replaces:
        typer.echo(
            wrap(
                f"took the place of {r.title} [{r.work}] under {r.topic_title} (read until "
                f"{r.before})",
                f"  {r.semester:<8}",
            )
        )
    for r in work.replaced_by:
        typer.echo(
            wrap(f"gave way to {r.title} [{r.work}] under {r.topic_title}", f"  {r.semester:<8}")
        )


def print_details(found: History, works: list[WorkHistory]) -> None:
    """Print each work with its semesters: portion and topic, or what the topic read instead."""
    titles = {t.topic: t.title for t in found.topics}
    for work in works:
        typer.echo(typer.style(work.title, bold=True) + dim(f"  [{work.work}]"))
        for semester in found.semesters:
            if semester in work.cells:
                portions, sessions = work.cells[semester]
                topics = (
                    ", ".join(titles.get(t, t) for t in work.topics.get(semester, ())) or sessions
                )
                typer.echo(
                    wrap(
                        f"{'the whole work' if portions == 'all' else portions}: {topics}",
                        f"  {semester:<8}",
                    )
                )
            elif semester in work.absent:
                typer.echo(dim(wrap(f"- {work.absent[semester].text}", f"  {semester:<8}")))


def position_of(semester: str, shown: WorkView, work: WorkHistory) -> int:
    """Give a semester's place in time among those of a work."""
    assigned = list(dict.fromkeys(a.semester for a in shown.assigned))
    return (
        assigned.index(semester) * 2
        if semester in assigned
        else assigned.index(work.absent[semester].last) * 2 + 1
    )


def print_topics(found: History, slug: str) -> None:
    """Print topics with their readings by semester."""
    for topic in found.topics:
        if slug and topic.topic != slug:
            continue
        typer.echo(typer.style(topic.title, bold=True) + dim(f"  [{topic.topic}]"))
        for semester in found.semesters:
            cell = topic.cells.get(semester)
            if cell is not None:
                line = wrap(cell.text, f"  {semester:<8}")
                typer.echo(line if cell.readings else dim(line))
            elif slug:
                typer.echo(dim(f"  {semester:<8}not taught"))


def print_chains(found: History) -> None:
    """Print which work followed which."""
    for work in found.works:
        for r in work.replaced_by:
            newer = f"{work.title} [{work.work}] -> {r.title} [{r.work}]"
            typer.echo(wrap(newer, "", "  "))
            typer.echo(dim(f"  {r.topic_title}: until {r.before}, from {r.semester}"))
    long = [c for c in found.chains if len(c) > 2]
    for chain in long:
        typer.echo(wrap(" -> ".join(chain), "chain: ", "  "))
    if not any(w.replaced_by for w in found.works):
        typer.echo("no work took another's place")


def cell_of(work: WorkHistory, semester: str) -> str:
    """Give what a semester read of a work, as short as it can be said."""
    portion = work.cells.get(semester, ("", ""))[0].replace("Ch. ", "").replace(" ", "")
    empty = "-" if semester in work.absent and work.absent[semester].session else "·"
    return portion or empty


def fitting_columns(semesters: Sequence[str], rows: list[list[str]]) -> list[int]:
    """Give a width for each semester: what its cells need, less where titles would not fit."""
    needed = [
        1 + max(len(name), *(len(row[at]) for row in rows), 0) for at, name in enumerate(semesters)
    ]
    room = width() - SHORTEST_TITLE
    least = [1 + len(name) for name in semesters]
    while sum(needed) > room and needed != least:
        widest = max(range(len(needed)), key=lambda at: needed[at] if needed[at] > least[at] else 0)
        needed[widest] -= 1
    return needed


def cut(text: str, length: int) -> str:
    """Give a text that fits."""
    return text if len(text) <= length else text[: length - 1] + "…"


def print_grid(found: History, works: list[WorkHistory]) -> None:
    """Print works by semesters; `-` stands where the topic was taught without the work."""
    rows = {work.work: [cell_of(work, s) for s in found.semesters] for work in works}
    columns = fitting_columns(found.semesters, list(rows.values()))
    title_width = max(SHORTEST_TITLE, width() - sum(columns))
    head = "".join(f"{s:>{n}}" for s, n in zip(found.semesters, columns, strict=True))
    typer.echo(typer.style(" " * title_width + head, bold=True))
    for work in works:
        cells = "".join(
            f"{cut(cell, n - 1):>{n}}" for cell, n in zip(rows[work.work], columns, strict=True)
        )
        typer.echo(f"{cut(work.title, title_width - 1):<{title_width}}{cells}")
    typer.echo(
        dim(
            "- the topic was taught without it, · not taught; `kb history KEY` tells more, "
            "--topics what each topic read last"
        )
    )
