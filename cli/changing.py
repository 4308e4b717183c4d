"""What the commands that change a calendar in place share: move, insert, swap, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import source_root
from cli.output import print_json, printable
from cli.planning import read_day
from cli.terminal import wrap_message
from kb.edit.changes import open_file
from kb.errors import Unknown
from kb.findings import Finding, nearest
from kb.plan.ripple_write import order_notes, rippled_text
from kb.plan.roll_plan import checked
from kb.text import dated_day, day_name
from kb.validate.corpus import load_corpus

if TYPE_CHECKING:
    from kb.plan.ripple import Calendar, Ripple
    from kb.plan.ripple_write import NewRow
    from kb.records import Corpus, Semester, Session

__all__ = [
    "SemesterArgument",
    "SessionArgument",
    "DryRun",
    "Only",
    "Undated",
    "Until",
    "Force",
    "Opened",
    "open_semester",
    "last_day",
    "weekday_line",
    "finish",
    "due_notes",
    "carry_out",
]

SemesterArgument = Annotated[
    str, typer.Argument(metavar="SEMESTER", help="Semester, such as F2022.")
]


SessionArgument = Annotated[
    str, typer.Argument(help="Id, date, or an unambiguous part of the title.")
]


DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Print the change as a diff, write nothing.")
]


Only = Annotated[
    bool, typer.Option("--only", "--no-ripple", help="Change this one alone; nothing follows.")
]


Undated = Annotated[
    bool,
    typer.Option(
        "--undated", help="Leave without date what falls off the end, instead of refusing."
    ),
]


Until = Annotated[
    str,
    typer.Option(
        "--until", metavar="DATE", help="Let classes move up to this day, behind the last class."
    ),
]


Force = Annotated[
    bool, typer.Option("--force", help="Allow breaks, and the days of exams and events.")
]


@dataclass(slots=True, kw_only=True)
class Opened:
    """A semester with its file."""

    corpus: Corpus
    semester: Semester
    root: Path
    notes: list[str] = field(default_factory=list)


def open_semester(name: str, source: Path | None) -> Opened:
    """Load the collection and find a semester.

    Raises:
        Unknown: there is none of this name.
    """
    root = source_root(source)
    corpus = load_corpus(root).corpus
    semester = corpus.semester(name)
    if semester is None:
        raise Unknown("semester", name, nearest(name, [s.id for s in corpus.semesters]))
    return Opened(corpus=corpus, semester=semester, root=root)


def last_day(until: str) -> date | None:
    """Read --until."""
    return read_day(until, "--until") if until else None


def weekday_line(opened: Opened, day: date) -> list[str]:
    """Give the weekday when the file's rows state theirs."""
    return [f"weekday: {day_name(day)}"] if any(s.weekday for s in opened.semester.sessions) else []


def finish(
    opened: Opened,
    calendar: Calendar,
    ripple: Ripple,
    *,
    new: NewRow | None = None,
    swapped: bool = False,
    undated: bool,
    dry_run: bool,
    json_output: bool,
    ways: str = "",
) -> None:
    """Write the change, or refuse it when something falls off the end."""
    file = open_file(opened.root / opened.semester.place.path, opened.root)
    text = rippled_text(file.text, calendar, ripple, [new] if new else [], swapped)
    lost = [b.head.title for b in calendar.bundles if b.number in ripple.lost]
    opened.notes += ripple.notes
    moves = [
        (b.head.id, b.head.title, b.day if b.head.dated else None, ripple.days[b.number])
        for b in calendar.bundles
        if b.number in ripple.days
    ]
    if new and new.title:
        opened.notes.append(
            f"new: {new.title!r} {f'on {new.day}' if new.day else 'on the date of the row above'}"
        )
    for bundle in calendar.bundles:
        if bundle.number in ripple.days:
            opened.notes += due_notes(bundle.rows, bundle.day, ripple.days[bundle.number])
    refused = ""
    if lost and not undated:
        refused = (
            f"no slot until {calendar.last} for {'; '.join(lost)}; nothing was written: "
            f"{ways}--undated leaves what falls off without date, --until DATE goes on behind the "
            "last week"
        )
    carry_out(opened, file.text, text, moves, dry_run, json_output, refused)


def due_notes(rows: tuple[Session, ...], before: date | None, after: date | None) -> list[str]:
    """Say when the deliverables of rows that moved are due."""
    found = []
    for session, deliverable in ((s, d) for s in rows for d in s.deliverables):
        name = deliverable.code or deliverable.title
        if after is None:
            found.append(
                f"{name} was due with {session.title!r} and has no date now"
                if deliverable.due is None
                else f"{name} stays due on {deliverable.due:%Y-%m-%d}"
            )
        else:
            due = deliverable.due.date() + (after - before) if deliverable.due and before else after
            found.append(f"{name} is due on {due} now")
    return found


def carry_out(
    opened: Opened,
    before: str,
    after: str,
    moves: Sequence[Move],
    dry_run: bool,
    json_output: bool,
    refused: str = "",
) -> None:
    """Show or write a change, and say what moved and what `kb check` will say about it."""
    path = opened.semester.place.path
    changed, findings = checked(opened.corpus, after, opened.semester.id, path)
    _, known = checked(opened.corpus, before, opened.semester.id, path)
    old = {(f.code, f.what) for f in known}
    notes = [*opened.notes, *(order_notes(opened.semester, changed) if changed else ())]
    fresh = [f for f in findings if (f.code, f.what) not in old]
    change = open_file(opened.root / path, opened.root).change(after)
    if dry_run and change:
        typer.echo(change.diff(), nl=False)
    elif change and not refused:
        change.write()

    if json_output:
        written = bool(change and not refused and not dry_run)
        print_json(change_data(moves, notes, fresh, refused, written))
    else:
        show_change(moves, (*notes, *(f"kb check: {f}" for f in fresh)))
    if refused:
        typer.echo(wrap_message(printable(f"kb: {refused}")), err=True)
        raise typer.Exit(1)
    if not json_output:
        typer.echo(
            f"{'would change' if dry_run else 'changed'} {path}"
            if change
            else f"{path}: unchanged",
            err=True,
        )


Move = tuple[str, str, date | None, date | None]
"""Id and title of a session, its day before and after."""


def change_data(
    moves: Sequence[Move],
    notes: Sequence[str],
    findings: Sequence[Finding],
    refused: str,
    written: bool,
) -> dict[str, object]:
    """Give a change as plain data."""
    return {
        "moved": [
            {
                "id": i,
                "title": t,
                "before": b.isoformat() if b else None,
                "after": a.isoformat() if a else None,
            }
            for i, t, b, a in moves
        ],
        "notes": list(notes),
        "findings": [str(f) for f in findings],
        "refused": refused,
        "written": written,
    }


def show_change(moves: Sequence[Move], notes: Sequence[str]) -> None:
    """Print a change for a person."""
    for _, title, day, new in moves:
        days = f"{dated_day(day) if day else 'no date'} -> {dated_day(new) if new else 'no date'}"
        typer.echo(printable(f"{days}  {title}"), err=True)
    label = "note: "
    for note in notes:
        text = wrap_message(printable(note), " " * len(label), "      ")[len(label) :]
        typer.echo(typer.style(label, fg=typer.colors.YELLOW) + text, err=True)
