"""A feed of classes as Atom (RFC 4287): what to read, and which question is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from kb.render.dates import due_label, due_text, short_day
from kb.render.templating import session_title
from kb.text import clean, strip_markdown
from kb.views.models import SemesterView, SessionView

__all__ = ["ATOM", "FeedEntry", "add", "render"]

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A class with the moment it is announced."""

    session: SessionView
    semester: SemesterView
    announced: datetime
    """With its offset."""


def render(title: str, entries: tuple[FeedEntry, ...], address: Callable[[str], str]) -> str:
    """Give the feed, newest first.

    Args:
        address: gives the full address of a path below the site's root.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    add(feed, "id", address("/feed.atom"))
    add(feed, "title", title)
    add(
        feed,
        "updated",
        max(
            (e.announced for e in entries),
            default=datetime.fromisoformat("2020-01-01T00:00:00+00:00"),
        ).isoformat(),
    )
    add(feed, "link", rel="self", type="application/atom+xml", href=address("/feed.atom"))
    add(feed, "link", rel="alternate", type="text/html", href=address("/next"))
    add(add(feed, "author"), "name", title)
    for entry in entries:
        add_entry(feed, entry, address)
    ElementTree.indent(feed, "")
    return (
        '<?xml version="1.0" '
        f'encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'
    )


def add_entry(feed: ElementTree.Element, entry: FeedEntry, address: Callable[[str], str]) -> None:
    """Add a class."""
    session = entry.session
    where = address(f"/sessions/{session.id}")
    element = add(feed, "entry")
    add(element, "id", where)
    add(element, "title", f"{short_day(session.date)}: {session_title(session)}")
    add(element, "updated", entry.announced.isoformat())
    add(element, "link", rel="alternate", type="text/html", href=where)
    lines = [
        f"Read {r.title}{', ' + r.locator if r.locator else ''}. {r.why}".strip()
        for r in session.readings
    ]
    if session.quiz:
        lines += [
            f"Question due {due_text(session.quiz.due, entry.semester.zone)}: "
            f"{strip_markdown(p.text)}"
            for p in session.quiz.prompts
        ]
    lines += [
        f"Hand in {due_label(d.label, d.due, entry.semester.zone)}." for d in session.deliverables
    ]
    add(element, "content", "\n\n".join(lines), type="text")


def add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    """Add an element; characters that XML cannot hold are left out."""
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = clean(text) or None
    return element
