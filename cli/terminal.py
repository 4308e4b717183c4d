"""Text for a terminal: lists in the width there is, colours only where they are wanted."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from kb.lists.rules import Policy, all_rules, late_line
from kb.render.dates import due_label, due_text, short_day
from kb.render.readings import how_long, library_label
from kb.text import strip_markdown

if TYPE_CHECKING:
    from kb.views.facts import RecommendedView
    from kb.views.models import ReadingList, ReadingView, SessionView

__all__ = [
    "width",
    "wrap",
    "wrap_message",
    "unstyled",
    "dim",
    "paged",
    "reading_lines",
    "recommended_lines",
    "rules_lines",
    "session_lines",
    "reading_list_lines",
]


def width() -> int:
    """Give the width to fill: `KB_WIDTH`, else the terminal's, at most 110 for reading."""
    wanted = os.environ.get("KB_WIDTH", "")
    if wanted.isascii() and wanted.isdigit() and int(wanted):
        return max(40, int(wanted))
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 110))


def wrap(text: str, first: str, rest: str = "") -> str:
    """Wrap text to the terminal's width; long addresses stay whole."""
    return textwrap.fill(
        text,
        width(),
        initial_indent=first,
        subsequent_indent=rest or " " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def wrap_message(text: str, first: str = "", rest: str = "    ") -> str:
    """Wrap a message on stderr to the terminal's width; in a file or a pipe it keeps to a line."""
    return wrap(text, first, rest) if sys.stderr.isatty() else first + text


class Paper(io.TextIOWrapper):
    """What a pager reads; it shows colours, as the terminal behind it does."""

    def isatty(self) -> bool:
        """Tell that colours are shown."""
        return True


@contextlib.contextmanager
def paged() -> Iterator[None]:
    """Send what is printed through a pager, when it goes to a terminal.

    `PAGER` names the pager (default: less, which ends by itself when all fits on a screen); `cat`
    or nothing switches it off.
    """
    program = shlex.split(os.environ.get("PAGER", "less"))
    if not sys.stdout.isatty() or not program or program == ["cat"] or not shutil.which(program[0]):
        yield
        return
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    process = subprocess.Popen(program, stdin=subprocess.PIPE, env=environment)
    assert process.stdin is not None
    screen = sys.stdout
    sys.stdout = Paper(process.stdin, encoding="utf-8", errors="replace")
    try:
        yield
    finally:
        with contextlib.suppress(BrokenPipeError):  # whoever has read enough leaves the pager
            sys.stdout.close()
        sys.stdout = screen
        process.wait()


def unstyled(text: str) -> str:
    """Give text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def dim(text: str) -> str:
    """Give secondary text."""
    return typer.style(text, dim=True)


def reading_lines(reading: ReadingView, label: str, long: bool = False) -> Iterator[str]:
    """Give a reading: title and portion, authors, why, link."""
    title = f"{reading.label}, {reading.portion}" if reading.locator else reading.label
    role = "" if reading.role in {"required", "one-of"} else f" ({reading.role})"
    yield wrap(f"{title}{role}", f"  {label:<8}", " " * 12)
    year = f", {reading.year}" if reading.year else ""
    yield dim(wrap(f"{reading.authors}{year} [{reading.work}]", " " * 12))
    if reading.why:
        yield wrap(reading.why, " " * 12)
    if long and how_long(reading):
        yield dim(f"{' ' * 12}{how_long(reading)}")
    if reading.url:
        yield dim(f"{' ' * 12}{reading.url}")
    if reading.library:
        yield dim(wrap(f"{library_label(reading)}: {reading.library}", " " * 12))


def recommended_lines(recommended: Sequence[RecommendedView]) -> Iterator[str]:
    """Give what is worth reading before or beside the course."""
    for number, work in enumerate(recommended):
        label = "ahead" if number == 0 else ""
        title = f"{work.title}, {work.locator}" if work.locator else work.title
        yield wrap(title, f"  {label:<8}", " " * 12)
        year = f", {work.year}" if work.year else ""
        yield dim(wrap(f"{work.authors}{year} [{work.work}]", " " * 12))
        if work.why:
            yield wrap(work.why, " " * 12)
        if work.url:
            yield dim(f"{' ' * 12}{work.url}")


def session_lines(session: SessionView, zone: str, long: bool = False) -> Iterator[str]:
    """Give a row of the calendar with its readings, question and deliverables.

    Args:
        session: the row.
        zone: IANA zone of the semester.
        long: with time, place, lengths and slides.
    """
    day = row_day(session) if session.dated or not session.date else ""
    kind = "" if session.kind == "lecture" else session.kind
    title = " and ".join(t.label for t in session.topics) or session.title
    if session.end:
        title += f" ({session.start}-{session.end})"
    if session.cancelled:
        said = "no " in title.casefold() and not session.topics
        title += "" if said else " [cancelled]"
        new = session.reason and session.reason.casefold() not in title.casefold()
        title += f" ({session.reason})" if new else ""
    head = f"{day:<12}{kind:<11}"
    colour = {
        "break": typer.colors.YELLOW,
        "exam": typer.colors.RED,
        "event": typer.colors.MAGENTA,
    }.get(session.kind)
    yield typer.style(
        wrap(title, head, " " * 23), bold=session.kind in {"lecture", "exam", "event"}, fg=colour
    )
    if session.follows:
        yield dim(f"{' ' * 23}follows the {session.follows} schedule")
    if long:
        where = ", ".join(p for p in (session.times, session.place) if p)
        yield from (dim(wrap(where, " " * 23)),) if where else ()
    yield from group_lines(session, long)
    if session.quiz:
        due = due_text(session.quiz.due, zone)
        yield typer.style(f"  {'quiz':<8}  due {due}", fg=typer.colors.CYAN)
        for prompt in session.quiz.prompts:
            yield wrap(strip_markdown(prompt.text), " " * 12)
    yield from deliverable_lines(session, zone, long)
    if session.note:
        yield dim(wrap(session.note, " " * 12))


def group_lines(session: SessionView, long: bool) -> Iterator[str]:
    """Give the readings of a row, alternatives together."""
    for group, members in groupby(session.readings, key=lambda r: r.alternative_group):
        found = list(members)
        wanted = found[0].choose or 1
        for number, reading in enumerate(found):
            label = "read" if group is None else f"{wanted} of {len(found)}"
            if group is not None and number:
                label = "or"
            yield from reading_lines(reading, label, long)
        if group is not None and found[0].group_why:
            yield wrap(found[0].group_why, " " * 12)


def deliverable_lines(session: SessionView, zone: str, long: bool) -> Iterator[str]:
    """Give what is due with a row, and its slides when all is wanted."""
    for deliverable in session.deliverables:
        label = due_label(deliverable.label, deliverable.due, zone)
        more = (
            f" ({len(deliverable.submissions)} public submissions)"
            if deliverable.submissions
            else ""
        )
        yield typer.style(wrap(f"{label}{more}", f"  {'due':<8}  "), fg=typer.colors.GREEN)
        if long and (deliverable.released or deliverable.url):
            out = f"out {short_day(deliverable.released)}" if deliverable.released else ""
            yield dim(wrap("  ".join(p for p in (out, deliverable.url) if p), " " * 12))
    if long:
        links = (*session.materials, *(m for t in session.topics for m in t.materials))
        yield from (dim(f"{' ' * 12}{m.label}: {m.url}") for m in links if m.url)


def reading_list_lines(reading_list: ReadingList, long: bool = False) -> Iterator[str]:
    """Give a whole semester."""
    semester = reading_list.semester
    numbers = f" ({', '.join(semester.numbers)})" if semester.numbers else ""
    yield typer.style(wrap(f"{semester.title}{numbers}", "", "  "), bold=True)
    term = semester.term_title or f"{semester.term} {semester.year}"
    rows = len(reading_list.sessions)
    readings = [r for s in reading_list.sessions for r in s.readings]
    count = sum(r.role in {"required", "one-of"} for r in readings)
    more = f" and {len(readings) - count} to go further" if len(readings) > count else ""
    yield dim(
        f"{semester.id}: {term}, {rows} rows, {count} readings{more}, times in {semester.zone}"
    )
    if reading_list.section:
        section = next(
            s for s in reading_list.offering.sections if s.section == reading_list.section
        )
        yield dim(", ".join(p for p in (f"section {section.label}", section.staff) if p))
    elif reading_list.offering.sections:
        names = ", ".join(s.label for s in reading_list.offering.sections)
        yield dim(wrap(f"sections (--section X): {names}", "", "  "))
    if long:
        for member in reading_list.offering.staff:
            yield dim(wrap(", ".join(p for p in (member.name, member.role, member.url) if p), ""))
        for meeting in reading_list.offering.meetings:
            if meeting.section in {"", reading_list.section} or not reading_list.section:
                yield dim(wrap(meeting.label, "", "  "))
    yield ""
    if reading_list.offering.recommended:
        yield "Before or beside the course"
        yield from recommended_lines(reading_list.offering.recommended)
        yield ""
    for session in reading_list.sessions:
        yield from session_lines(session, semester.zone, long)
        if session.readings or session.deliverables:
            yield ""
    late = late_line(reading_list.offering.policy)
    if late:
        yield dim(wrap(f"{late} (all rules: kb list {semester.id} --rules)", "", "  "))


def row_day(session: SessionView) -> str:
    """Give a row's day; of one without date its week."""
    if not session.date and session.week:
        return f"week {session.week}"
    return short_day(session.date)


def rules_lines(policy: Policy) -> Iterator[str]:
    """Give every rule of a semester."""
    for area, rules in all_rules(policy):
        yield typer.style(area, bold=True)
        for rule, value in rules:
            yield wrap(f"{rule}: {value}" if rule else value, "  ", "    ")
