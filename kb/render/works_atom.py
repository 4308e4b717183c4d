"""Works as an Atom feed (RFC 4287), newest first."""

from __future__ import annotations

import xml.etree.ElementTree as XML
from collections.abc import Iterable
from urllib.parse import quote

from kb.links import is_safe_url
from kb.render.setting import PLAIN, Setting
from kb.text import clean
from kb.views.models import WorkView

__all__ = ["render"]

SPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"


def render(works: Iterable[WorkView], how: Setting = PLAIN) -> str:
    """Give the feed.

    An entry's moment is the beginning of the work's year: sources do not say when a work was added,
    and the same sources give the same feed. Without the site's address entries link to the works.
    """
    base, title = how.base, how.title or "Works"
    XML.register_namespace("", SPACE)
    feed = XML.Element(
        f"{{{SPACE}}}feed",
        {"{http://www.w3.org/XML/1998/namespace}base": f"{base}/"} if base else {},
    )
    found = sorted(works, key=lambda w: (-(w.year or 0), w.key))
    add(feed, "title", title)
    add(feed, "id", f"{base}/feed.atom" if base else "urn:coursebib:works")
    add(feed, "updated", moment(found[0].year) if found else NEVER)
    add(feed, "generator", "coursebib")
    if base:
        add(feed, "link", "", rel="self", href=f"{base}/feed.atom")
        add(feed, "link", "", rel="alternate", href=f"{base}/works")
    for work in found:
        add_entry(feed, work, base)
    XML.indent(feed)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n' + XML.tostring(feed, encoding="unicode") + "\n"
    )


def add_entry(feed: XML.Element, work: WorkView, base: str) -> None:
    """Add a work to the feed."""
    entry = XML.SubElement(feed, f"{{{SPACE}}}entry")
    page = f"{base}/works/{quote(work.key)}" if base else ""
    add(entry, "title", work.title)
    add(entry, "id", page or f"urn:coursebib:work:{quote(work.key)}")
    add(entry, "updated", moment(work.year))
    for _, name, role in work.people:
        if role == "author":
            add(XML.SubElement(entry, f"{{{SPACE}}}author"), "name", name)
    if not any(role == "author" for _, _, role in work.people):
        add(XML.SubElement(entry, f"{{{SPACE}}}author"), "name", work.authors or "unknown")
    if page or is_safe_url(work.url):
        add(entry, "link", "", rel="alternate", href=page or work.url)
    if page and is_safe_url(work.url):
        add(entry, "link", "", rel="via", href=work.url)
    for slug, title in work.topics:
        add(entry, "category", "", term=slug, label=title)
    if work.notes:
        add(entry, "content", "".join(note.html for note in work.notes), type="html")


def add(parent: XML.Element, name: str, text: str, **attributes: str) -> None:
    """Add an element with text that XML can hold."""
    element = XML.SubElement(parent, f"{{{SPACE}}}{name}", attributes)
    element.text = clean(text) or None


def moment(year: int | None) -> str:
    """Give the beginning of a year."""
    return f"{year:04d}-01-01T00:00:00Z" if year else NEVER
