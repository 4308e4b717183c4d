"""A reading list as Markdown: the course page's own table, then readings and questions in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kb.links import is_safe_url
from kb.lists.rules import late_line
from kb.render.dates import due_text, long_day, short_day
from kb.render.readings import library_label
from kb.render.setting import PLAIN, Setting
from kb.text import collapse
from kb.views.models import (
    DeliverableView,
    LinkView,
    ReadingList,
    ReadingView,
    SessionTopicView,
    SessionView,
)

__all__ = ["link", "render", "session_table"]

BADGES = {
    "recitation": "![Recitation](https://img.shields.io/badge/-rec-yellow.svg)",
    "lab": "![Lab](https://img.shields.io/badge/-lab-yellow.svg)",
    "break": "![Break](https://img.shields.io/badge/-break-red.svg)",
    "exam": "![Exam](https://img.shields.io/badge/-exam-blue.svg)",
    "midterm": "![Midterm](https://img.shields.io/badge/-midterm-blue.svg)",
}
"""The badges of the course's own schedule page."""

MEETINGS = frozenset({"lecture", "recitation", "lab"})
"""Kinds whose rows need no title."""

BESIDE = re.compile(r"#?[\w.~%-][\w./~%#?=&+@,-]*|/[\w.~%-][\w./~%#?=&+@,-]*", re.ASCII)
"""An address relative to the page: no scheme, no host."""

CODE = re.compile(r"(^ {0,3}```.*?^ {0,3}```|`+[^`]+`+)", re.MULTILINE | re.DOTALL)
"""Code in Markdown, which shows HTML as text anyway."""

TAG = re.compile(r"<(?=[a-z/!?])(?!(?:https?|mailto):)", re.IGNORECASE)
"""Where HTML would begin."""


def text(value: str) -> str:
    """Escape what a Markdown table cell would read as markup; line ends become spaces."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", collapse(value))


def link(label: str, url: str) -> str:
    """Give a link, or the label alone when the address may not be one; one beside the page
    (`slides/01.pdf`) may."""
    if not is_safe_url(url) and not BESIDE.fullmatch(url):
        return text(label)
    return f"[{text(label)}]({url.replace('(', '%28').replace(')', '%29').replace('|', '%7C')})"


def materials(links: tuple[LinkView, ...]) -> str:
    """Give material links as the page does: ` ([md](...), [pdf](...))`."""
    return f" ({', '.join(link(m.label, m.url) for m in links)})" if links else ""


def topic_cell(topic: SessionTopicView, kind: str) -> str:
    """Give a topic: its title linked to the slides, or to the page of a lab, other materials in
    brackets."""
    slides = (
        topic.materials[0]
        if topic.materials
        and topic.materials[0].label == ("slides" if kind == "lecture" else "page")
        else None
    )
    rest = tuple(m for m in topic.materials if m is not slides)
    cell = link(topic.title, slides.url) if slides else text(topic.title)
    if topic.continued:
        cell += " (continued)"
    if topic.guest:
        cell += f" (guest lecture by {text(topic.guest)})"
    return cell + materials(rest)


def session_cell(session: SessionView) -> str:
    """Give the topic column of a row."""
    named = session.title.casefold() != session.kind or session.kind not in MEETINGS
    body = " and ".join(topic_cell(t, session.kind) for t in session.topics) or (
        link(session.title, session.url) if named else ""
    )
    if session.kind == "event" and not session.topics:
        body = f"**{body}**"
    body += materials(session.materials)
    if (
        session.cancelled
        and session.reason
        and session.reason.casefold() not in session.title.casefold()
    ):
        body += f" ({text(session.reason)})"
    badge = (
        "midterm"
        if session.kind == "exam" and "midterm" in session.title.casefold()
        else session.kind
    )
    return f"{BADGES[badge]} {body}" if badge in BADGES else body


def reading_cell(reading: ReadingView) -> str:
    """Give a reading: linked title, portion, and its role where it is not simply required."""
    cell = link(reading.label, reading.url)
    if reading.locator:
        cell += f", {text(reading.portion)}"
    return cell if reading.role in {"required", "one-of"} else f"{cell} ({reading.role})"


def readings_cell(session: SessionView) -> str:
    """Give the reading column: readings joined by `and`, alternatives by `or`."""
    parts = []
    for group, members in groupby(session.readings, key=lambda r: r.alternative_group):
        found = list(members)
        cells = [reading_cell(r) for r in found]
        wanted = found[0].choose or 1
        joined = f"{wanted} of: {', '.join(cells)}" if wanted > 1 else " or ".join(cells)
        parts.extend([joined] if group is not None else cells)
    return " and ".join(parts)


def deliverable_cell(deliverable: DeliverableView, zone: str) -> str:
    """Give a deliverable with its own due moment and its public submissions."""
    cell = link(deliverable.label, deliverable.url) + (
        f" due {due_text(deliverable.due, zone)}" if deliverable.due else ""
    )
    if deliverable.released:
        cell += f" (out {short_day(deliverable.released)})"
    if deliverable.submissions:
        cell += (
            f" (submissions: {', '.join(link(s.label, s.url) for s in deliverable.submissions)})"
        )
    return cell


def date_cell(session: SessionView, pattern: frozenset[tuple[str, str]]) -> str:
    """Give the date column; empty for a row under the one above.

    Args:
        pattern: weekday and time of every lecture; an event's other time is its own and printed.
    """
    if not session.dated and session.date:
        return ""
    day = short_day(session.date)
    if session.end:
        return f"{day} ({session.start}-{session.end})"
    own = session.kind == "event" and (session.weekday, session.start) not in pattern
    return f"{day} ({session.start})" if own and session.start else day


def session_table(reading_list: ReadingList) -> Iterator[str]:
    """Give the lines of the table."""
    noted = any(session.note for session in reading_list.sessions)
    pattern = frozenset((s.weekday, s.start) for s in reading_list.sessions if s.kind == "lecture")
    yield f"| Date | Topic | Reading | Assignment due |{' Note |' if noted else ''}"
    yield f"| - | - | - | - |{' - |' if noted else ''}"
    for session in reading_list.sessions:
        cells = (
            date_cell(session, pattern),
            session_cell(session),
            readings_cell(session),
            " and ".join(
                deliverable_cell(d, reading_list.semester.zone) for d in session.deliverables
            ),
            *([text(session.note)] if noted else []),
        )
        yield f"| {' | '.join(cells)} |"


def without_tags(markdown: str) -> str:
    """Give Markdown whose HTML is text: `<script>` is shown, not run; code and addresses in angle
    brackets stay.

    Examples:
        >>> without_tags("Is `<b>` bold? <script>x</script> <https://x.org>")
        'Is `<b>` bold? &lt;script>x&lt;/script> <https://x.org>'
    """
    return "".join(
        part if n % 2 else TAG.sub("&lt;", part) for n, part in enumerate(CODE.split(markdown))
    )


NUMBER_WORDS = {1: "one", 2: "two", 3: "three"}


def full_label(reading: ReadingView) -> str:
    """Give the work's own title, told apart from others of the same."""
    if not reading.told_apart or reading.told_apart in reading.full_title:
        return reading.full_title
    return f"{reading.full_title} ({reading.told_apart})"


def details(session: SessionView, zone: str) -> Iterator[str]:
    """Give the readings and questions of a session in full."""
    yield f"### {long_day(session.date)}: {text(session.title)}"
    yield ""
    groups = {r.alternative_group for r in session.readings if r.alternative_group is not None}
    for reading in session.readings:
        together = sum(r.alternative_group == reading.alternative_group for r in session.readings)
        choice = (
            f"{NUMBER_WORDS.get(reading.choose or 1, reading.choose)} of {together}: "
            if groups and reading.alternative_group
            else ""
        )
        role = "" if reading.role in {"required", "one-of"} else f" ({reading.role})"
        year = f" {reading.year}" if reading.year else ""
        portion = f", {text(reading.portion)}" if reading.locator else ""
        yield (
            f"- {choice}{text(full_label(reading))}{portion}{role}. "
            f"{text(reading.authors)}{year}. {text(reading.why)}"
        ).rstrip()
        if reading.group_why and reading.choose:
            yield f"  Why a choice: {text(reading.group_why)}"
        if reading.library:
            yield f"  {link(library_label(reading), reading.library)}"
    if session.quiz:
        yield ""
        colon = ":" if session.quiz.prompts else ""
        yield f"Question, due {due_text(session.quiz.due, zone)}{colon}"
        for prompt in session.quiz.prompts:
            yield ""
            yield from (f"> {line}".rstrip() for line in without_tags(prompt.text).splitlines())
    yield ""


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give the list as Markdown."""
    semester = reading_list.semester
    out = [
        f"# {text(semester.title)}, {text(semester.term_label)}",
        "",
        *offering_lines(reading_list),
        *session_table(reading_list),
        "",
    ]
    asked = [s for s in reading_list.sessions if s.readings or s.quiz]
    if asked:
        out += ["## Readings and questions", ""]
        for session in asked:
            out += details(session, semester.zone)
    late = late_line(reading_list.offering.policy)
    if late:
        out += ["", text(late)]
    return "\n".join(out).rstrip() + "\n"


def offering_lines(reading_list: ReadingList) -> Iterator[str]:
    """Give the section, when and where the course meets, and what to read ahead of it."""
    offering, section = reading_list.offering, reading_list.section
    if section:
        yield f"Section {text(section)}"
        yield ""
    for meeting in offering.meetings:
        if not section or meeting.section in {"", section}:
            yield f"- {text(meeting.label)}"
    if not section:
        for group in offering.sections:
            staff = f", {text(group.staff)}" if group.staff else ""
            yield f"- section {text(group.label)}{staff}"
    if offering.meetings or (offering.sections and not section):
        yield ""
    if offering.recommended:
        yield "Before or beside the course:"
        yield ""
        for work in offering.recommended:
            portion = f", {text(work.locator)}" if work.locator else ""
            year = f" {work.year}" if work.year else ""
            yield (
                f"- {link(work.title, work.url)}{portion}. {text(work.authors)}{year}. "
                f"{text(work.why)}"
            ).rstrip()
        yield ""
