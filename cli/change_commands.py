"""Commands that change a semester's calendar in place: move, insert, swap, cancel. The rest follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import JsonOption, SourceOption, printable, source_root
from cli.roll_commands import read_day
from kb.errors import Unknown, UsageError

if TYPE_CHECKING:
    from kb.plan.ripple import Calendar, Ripple
    from kb.plan.ripple_write import NewRow
    from kb.records import Corpus, Kind, Semester, Session

__all__ = ["cancel", "insert", "move", "swap"]

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


def move(
    semester: SemesterArgument,
    session: SessionArgument,
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="New date.")],
    fill: Annotated[
        bool,
        typer.Option(
            "--fill", help="Those between take the slots that become free; nothing behind moves."
        ),
    ] = False,
    only: Only = False,
    undated: Undated = False,
    until: Until = "",
    force: Force = False,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Move a session; the classes behind it move on along the meeting days until one need not.

    Readings, questions and deliverables stay with their session; breaks, exams and events stay where they are.

    Examples:

      kb move F2022 Debugging --to 2022-11-28 --fill --dry-run

      kb move F2022 F2022-1218 --to 2022-12-16
    """
    from kb.plan.find_session import find_session
    from kb.plan.ripple import calendar_of, move_bundle

    opened = open_semester(semester, source)
    found = find_session(opened.semester, session)
    day = read_day(to, "--to")
    calendar = calendar_of(opened.semester, last_day(until))
    calendar, ripple = move_bundle(calendar, found, day, ripple=not only, fill=fill, force=force)
    finish(
        opened,
        calendar,
        ripple,
        undated=undated,
        dry_run=dry_run,
        json_output=json_output,
        ways="--fill lets those between fall in, ",
    )


def insert(
    semester: SemesterArgument,
    title: Annotated[str, typer.Option("--title", help="Title of the new session.")],
    after: Annotated[
        str,
        typer.Option(
            "--after",
            metavar="SESSION",
            help="Session it comes behind: id, date or part of the title.",
        ),
    ] = "",
    day: Annotated[
        str, typer.Option("--date", metavar="DATE", help="Its date (default: the next slot).")
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help="lecture, recitation, lab, exam, event or break (default: that of --after).",
        ),
    ] = "",
    topic: Annotated[str, typer.Option("--topic", help="Topic in bib/topics.yaml.")] = "",
    guest: Annotated[str, typer.Option("--guest", help="Name of a guest.")] = "",
    only: Only = False,
    undated: Undated = False,
    until: Until = "",
    force: Force = False,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Put a session in; the classes behind it move on. With --only it shares the date of --after.

    Examples:

      kb insert F2022 --after "Data Quality" --title "Data Debugging" --undated --dry-run

      kb insert F2022 --date 2022-12-12 --kind exam --title "Final exam"
    """
    from kb.plan.find_session import find_session
    from kb.plan.ripple import Ripple, calendar_of, make_room, next_slot
    from kb.plan.ripple_write import NewRow
    from kb.plan.slots import MEETS
    from kb.records import Kind

    if not after and not day:
        raise UsageError("say where: --after SESSION or --date DATE")
    opened = open_semester(semester, source)
    anchor = find_session(opened.semester, after, "--after") if after else None
    chosen = (
        read_kind(kind)
        if kind
        else anchor.kind
        if anchor and anchor.kind in MEETS
        else Kind.LECTURE
    )
    calendar = calendar_of(opened.semester, last_day(until))
    slot_kind = calendar.slot_kind(chosen)
    at = read_day(day, "--date") if day else None
    if at is None and not only:
        if anchor is None or anchor.date is None:
            raise UsageError(f"{after!r} has no date; give one with --date")
        at = next_slot(calendar, slot_kind, anchor.date)
        if at is None:
            raise UsageError(
                f"no slot for a {slot_kind} behind {anchor.title!r} until {calendar.last}; --date DATE, --until DATE, or --only to share its date"
            )
    ripple = (
        make_room(calendar, chosen, at, force=force)
        if at is not None and not only
        else Ripple(days={})
    )
    lines = new_lines(opened, at, chosen, title, topic, guest)
    row = NewRow(lines=lines, day=at, below=anchor.id if at is None and anchor else "", title=title)
    finish(
        opened,
        calendar,
        ripple,
        new=row,
        undated=undated,
        dry_run=dry_run,
        json_output=json_output,
        ways="--only shares the date of --after, ",
    )


def swap(
    semester: SemesterArgument,
    one: SessionArgument,
    other: SessionArgument,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Exchange the dates of two sessions; readings and deliverables go along.

    Example:

      kb swap F2022 "Security and Privacy" Safety --dry-run
    """
    from kb.plan.find_session import find_session
    from kb.plan.ripple import calendar_of, swap_bundles

    opened = open_semester(semester, source)
    first, second = find_session(opened.semester, one), find_session(opened.semester, other)
    calendar, ripple = swap_bundles(calendar_of(opened.semester), first, second)
    finish(
        opened,
        calendar,
        ripple,
        undated=True,
        swapped=True,
        dry_run=dry_run,
        json_output=json_output,
    )


def cancel(
    semester: SemesterArgument,
    session: SessionArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    only: Only = False,
    undated: Undated = False,
    until: Until = "",
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Cancel a class: its day stays in the calendar as cancelled, the session and those behind it move on.

    With --only the session itself is cancelled and nothing moves.

    Examples:

      kb cancel F2022 2022-11-30 --reason "snow day" --undated --dry-run

      kb cancel F2022 F2022-1202 --reason "instructor ill" --only
    """
    from kb.edit.changes import open_file
    from kb.plan.find_session import find_session
    from kb.plan.ripple import Ripple, calendar_of, follow
    from kb.plan.ripple_write import NewRow, cancel_text
    from kb.text import plural

    opened = open_semester(semester, source)
    found = find_session(opened.semester, session)
    if found.cancelled:
        raise UsageError(f"{found.title!r} is cancelled already")
    calendar = calendar_of(opened.semester, last_day(until))
    bundle = calendar.bundle_of(found)
    if only or not calendar.leads_slot(found) or bundle.day is None:
        file = open_file(opened.root / opened.semester.place.path, opened.root)
        opened.notes += [
            f"{d.code or d.title} was due with it and still is"
            for d in found.deliverables
            if not d.due
        ]
        opened.notes += (
            [
                f"it has {plural(len(found.readings), 'reading')}; move them with kb insert or by hand if they are to be read"
            ]
            if found.readings
            else []
        )
        carry_out(
            opened,
            file.text,
            cancel_text(file.text, opened.semester, found, reason),
            [],
            dry_run,
            json_output,
        )
        return
    days = follow(calendar, bundle.kind, bundle.day, bundle.day, [])
    lines = [
        f"date: {bundle.day}",
        *weekday_line(opened, bundle.day),
        f"kind: {bundle.head.kind}",
        "title: No class",
        "cancelled: true",
    ]
    if reason:
        from kb.edit.yaml_scalar import quote

        lines.append(f"reason: {quote(reason)}")
    finish(
        opened,
        calendar,
        Ripple(days=days),
        new=NewRow(lines=tuple(lines), day=bundle.day),
        undated=undated,
        dry_run=dry_run,
        json_output=json_output,
        ways="--only cancels the session itself, ",
    )


def open_semester(name: str, source: Path | None) -> Opened:
    """Load the collection and find a semester.

    Raises:
        Unknown: there is none of this name.
    """
    from kb.findings import nearest
    from kb.validate.corpus import load_corpus

    root = source_root(source)
    corpus = load_corpus(root).corpus
    semester = corpus.semester(name)
    if semester is None:
        raise Unknown("semester", name, nearest(name, [s.id for s in corpus.semesters]))
    return Opened(corpus=corpus, semester=semester, root=root)


def last_day(until: str) -> date | None:
    """Read --until."""
    return read_day(until, "--until") if until else None


def read_kind(value: str) -> Kind:
    """Read --kind.

    Raises:
        UsageError: no kind.
    """
    from kb.records import Kind

    if value not in set(Kind):
        raise UsageError(f"--kind {value!r}: one of {', '.join(Kind)}")
    return Kind(value)


def weekday_line(opened: Opened, day: date) -> list[str]:
    """Give the weekday when the file's rows state theirs."""
    from kb.text import day_name

    return [f"weekday: {day_name(day)}"] if any(s.weekday for s in opened.semester.sessions) else []


def new_lines(
    opened: Opened, day: date | None, kind: str, title: str, topic: str, guest: str
) -> tuple[str, ...]:
    """Give the fields of a new row.

    Raises:
        Unknown: no such topic.
    """
    from kb.edit.yaml_scalar import quote
    from kb.findings import nearest

    slugs = [t.slug for t in opened.corpus.topics]
    if topic and topic not in slugs:
        raise Unknown("topic", topic, nearest(topic, slugs), "kb topics lists them all")
    lines = [f"date: {day}", *weekday_line(opened, day)] if day else []
    lines.append(f"kind: {kind}")
    if kind in {"break", "exam", "event"} and not (topic or guest):
        return (*lines, f"title: {quote(title)}")
    lines += ["topics:", f"  - title: {quote(title)}"]
    lines += [f"    topic: {topic}"] if topic else []
    lines += [f"    guest: {quote(guest)}"] if guest else []
    return tuple(lines)


def finish(
    opened: Opened, calendar: Calendar, ripple: Ripple, *, new: NewRow | None = None, swapped: bool = False,
    undated: bool, dry_run: bool, json_output: bool, ways: str = "",
) -> None:  # fmt: skip
    """Write the change, or refuse it when something falls off the end."""
    from kb.edit.changes import open_file
    from kb.plan.ripple_write import rippled_text

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
        refused = f"no slot until {calendar.last} for {'; '.join(lost)}; nothing was written: {ways}--undated leaves what falls off without date, --until DATE goes on behind the last week"
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
    moves: list[tuple[str, str, date | None, date | None]],
    dry_run: bool,
    json_output: bool,
    refused: str = "",
) -> None:
    """Show or write a change, and say what moved and what `kb check` will say about it."""
    import json

    from cli.terminal import wrap_message
    from kb.edit.changes import open_file
    from kb.plan.ripple_write import order_notes
    from kb.plan.roll_plan import checked
    from kb.text import dated_day

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

    def shown(day: date | None) -> str:
        return dated_day(day) if day else "no date"

    if json_output:
        rows = [
            {
                "id": i,
                "title": t,
                "before": b.isoformat() if b else None,
                "after": a.isoformat() if a else None,
            }
            for i, t, b, a in moves
        ]
        typer.echo(
            json.dumps(
                {
                    "moved": rows,
                    "notes": notes,
                    "findings": [str(f) for f in fresh],
                    "refused": refused,
                    "written": bool(change and not refused and not dry_run),
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        for _, title, day, new in moves:
            typer.echo(printable(f"{shown(day)} -> {shown(new)}  {title}"), err=True)
        for line in (*notes, *(f"kb check: {f}" for f in fresh)):
            label = "note: "
            typer.echo(
                typer.style(label, fg=typer.colors.YELLOW)
                + wrap_message(printable(line), " " * len(label), "      ")[len(label) :],
                err=True,
            )
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
