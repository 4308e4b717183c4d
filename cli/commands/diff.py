"""Command: diff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.building import load
from cli.context import DbOption, JsonOption, SourceOption, source_root
from cli.output import write_output
from cli.terminal import dim, unstyled, wrap
from kb.errors import UsageError
from kb.plan.diff import AREAS, diff_semesters
from kb.plan.diff_sources import get_semester_state
from kb.render.semester_diff import change_text, render_json, render_markdown
from kb.text import plural

if TYPE_CHECKING:
    from kb.plan.diff import SemesterDiff

__all__ = ["run"]

COLOURS = {"+": typer.colors.GREEN, "-": typer.colors.RED, "?": typer.colors.YELLOW}

OldArgument = Annotated[
    str,
    typer.Argument(help="Semester, F2020, or a state of it in git, F2022@HEAD~3 or F2022@v1."),
]
NewArgument = Annotated[
    str | None,
    typer.Argument(help="The other semester or state; left out with @: the file as it is now."),
]
FormatOption = Annotated[str, typer.Option("--format", "-f", help="table, md or json.")]
LinksOption = Annotated[
    bool,
    typer.Option("--links", help="In the table, list readings of which only the link changed."),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of the terminal."),
]


def run(
    old: OldArgument,
    new: NewArgument = None,
    format: FormatOption = "table",
    links: LinksOption = False,
    output: OutputOption = None,
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Compare two semesters, or two states of one in git: topics, readings, rows, policy.

    What a semester never filled in is named, not listed as dropped.

    Examples:

      kb diff F2020 S2021

      kb diff F2022@HEAD~3 F2022 --format md
    """
    format = "json" if json_output else format
    if format not in {"table", "md", "json"}:
        raise UsageError(f"--format {format!r}: one of table, md, json")
    if new is None and "@" not in old:
        raise UsageError(
            f"compare {old} with what? name a second semester, or a state in git: {old}@HEAD~1"
        )
    root = source_root(source)
    corpus = load(root)
    other = new if new is not None else old.partition("@")[0]
    states = [get_semester_state(root, corpus, name) for name in (old, other)]
    found = diff_semesters(
        states[0],
        states[1],
        corpus,
        *(n if "@" in n else s.id for n, s in zip((old, other), states, strict=True)),
    )
    if format == "table":
        if output is not None:
            write_output(unstyled("\n".join(diff_lines(found, links))) + "\n", output)
            return
        for line in diff_lines(found, links):
            typer.echo(line)
        return

    write_output(render_json(found) if format == "json" else render_markdown(found), output)


def diff_lines(found: SemesterDiff, links: bool) -> list[str]:
    """Give the difference as lines for a terminal."""
    lines = [typer.style(f"{found.old} -> {found.new}", bold=True)]
    lines += [typer.style(wrap(text, "  ? ", "    "), fg=COLOURS["?"]) for text in found.not_filled]
    for area in AREAS:
        changes = found.of(area)
        hidden = 0 if links else sum(c.change == "link" for c in changes)
        shown = [c for c in changes if links or c.change != "link"]
        if changes:
            lines.append(typer.style(f"{area}: {plural(len(shown), 'change')}", bold=True))
        for change in shown:
            sign, text = change_text(change)
            lines.append(typer.style(wrap(text, f"  {sign} ", "    "), fg=COLOURS.get(sign)))
        if hidden:
            lines.append(
                dim(f"  ~ {plural(hidden, 'reading')} with another link; --links lists them")
            )
    if not found.changes:
        lines.append("no differences")
    return lines
