"""What changed in a semester's calendar, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from xml.etree import ElementTree

from kb.lists.changes import FIRST, Change
from kb.render.feed_atom import ATOM, add
from kb.views.models import SemesterView

__all__ = ["render"]


def render(
    semester: SemesterView,
    changes: Iterable[Change],
    authors: Iterable[str],
    address: Callable[[str], str],
) -> str:
    """Give the feed, the latest change first.

    Args:
        semester: whose calendar changed.
        changes: the latest first.
        authors: people who are responsible; without any it is the course.
        address: gives the full address of a path below the site's root.
    """
    found = tuple(changes)
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    own, page = f"/semesters/{semester.id}/changes.atom", f"/semesters/{semester.id}"
    add(feed, "id", address(own))
    add(feed, "title", f"Changes: {semester.title}, {semester.term_label}")
    add(feed, "updated", found[0].at if found else FIRST)
    add(feed, "link", rel="self", type="application/atom+xml", href=address(own))
    add(feed, "link", rel="alternate", type="text/html", href=address(page))
    for name in tuple(authors) or (semester.title,):
        add(add(feed, "author"), "name", name)
    for change in found:
        where = address(f"/sessions/{change.session}")
        name = sha256(f"{change.at} {change.text}".encode("utf-8", "replace")).hexdigest()[:16]
        entry = add(feed, "entry")
        add(entry, "id", f"{where}#change-{name}")
        add(entry, "title", change.text)
        add(entry, "updated", change.at)
        add(entry, "link", rel="alternate", type="text/html", href=where)
        add(entry, "content", change.text, type="text")
    ElementTree.indent(feed, "")
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
