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
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from kb.render.dates import due_label, due_text, short_day
from kb.text import strip_markdown

if TYPE_CHECKING:
    from kb.views.models import ReadingList, ReadingView, SessionView

__all__ = [
    "width",
    "wrap",
    "wrap_message",
    "unstyled",
    "dim",
    "paged",
    "reading_lines",
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


def reading_lines(reading: ReadingView, label: str) -> Iterator[str]:
    """Give a reading: title and portion, authors, why, link."""
    title = f"{reading.title}, {reading.locator}" if reading.locator else reading.title
    role = "" if reading.role in {"required", "one-of"} else f" ({reading.role})"
    yield wrap(f"{title}{role}", f"  {label:<8}", " " * 12)
    year = f", {reading.year}" if reading.year else ""
    yield dim(wrap(f"{reading.authors}{year} [{reading.work}]", " " * 12))
    if reading.why:
        yield wrap(reading.why, " " * 12)
    if reading.url:
        yield dim(f"{' ' * 12}{reading.url}")


def session_lines(session: SessionView, zone: str) -> Iterator[str]:
    """Give a row of the calendar with its readings, question and deliverables."""
    day = short_day(session.date) if session.dated or not session.date else ""
    kind = "" if session.kind == "lecture" else session.kind
    title = " and ".join(t.label for t in session.topics) or session.title
    if session.end:
        title += f" ({session.start}-{session.end})"
    if session.cancelled:
        title += " [cancelled]" if "no " not in title.casefold() else ""
    head = f"{day:<12}{kind:<11}"
    colour = {
        "break": typer.colors.YELLOW,
        "exam": typer.colors.RED,
        "event": typer.colors.MAGENTA,
    }.get(session.kind)
    yield typer.style(
        wrap(title, head, " " * 23), bold=session.kind in {"lecture", "exam", "event"}, fg=colour
    )
    for group, members in groupby(session.readings, key=lambda r: r.alternative_group):
        found = list(members)
        for number, reading in enumerate(found):
            label = "read" if group is None else f"1 of {len(found)}" if number == 0 else "or"
            yield from reading_lines(reading, label)
    if session.quiz:
        due = due_text(session.quiz.due, zone)
        yield typer.style(f"  {'quiz':<8}  due {due}", fg=typer.colors.CYAN)
        for prompt in session.quiz.prompts:
            yield wrap(strip_markdown(prompt.text), " " * 12)
    for deliverable in session.deliverables:
        label = due_label(deliverable.label, deliverable.due, zone)
        more = (
            f" ({len(deliverable.submissions)} public submissions)"
            if deliverable.submissions
            else ""
        )
        yield typer.style(wrap(f"{label}{more}", f"  {'due':<8}  "), fg=typer.colors.GREEN)
    if session.note:
        yield dim(wrap(session.note, " " * 12))


def reading_list_lines(reading_list: ReadingList) -> Iterator[str]:
    """Give a whole semester."""
    semester = reading_list.semester
    numbers = f" ({', '.join(semester.numbers)})" if semester.numbers else ""
    yield typer.style(wrap(f"{semester.title}{numbers}", "", "  "), bold=True)
    rows = len(reading_list.sessions)
    count = sum(len(s.readings) for s in reading_list.sessions)
    yield dim(
        f"{semester.id}: {semester.term} {semester.year}, {rows} rows, {count} readings, times in "
        f"{semester.zone}"
    )
    yield ""
    for session in reading_list.sessions:
        yield from session_lines(session, semester.zone)
        if session.readings or session.deliverables:
            yield ""
