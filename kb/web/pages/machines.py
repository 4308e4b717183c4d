"""Files for programs: the feed, the site map, the rules for robots."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from kb.errors import Unknown
from kb.lists.upcoming import choose_semester
from kb.render.feed_atom import FeedEntry, render
from kb.views.read import get_reading_list, get_semesters
from kb.web.links import person_path, semester_path, session_path, topic_path, work_path
from kb.web.page import Document, PageRequest

__all__ = ["feed", "robots", "sitemap", "sitemap_part", "sitemap_parts"]

AHEAD = timedelta(days=7)
"""A class is announced this long before it begins."""

LATEST = 20
"""Classes in the feed."""

PART = 2000
"""Addresses in one file of the site map; small, so that no file takes long to make."""

LISTED = {
    "works": (
        "select count(*) from works",
        "select key from works order by rowid limit :limit offset :offset",
        work_path,
    ),
    "people": (
        "select count(*) from people",
        "select id from people order by rowid limit :limit offset :offset",
        person_path,
    ),
    "sessions": (
        "select count(*) from sessions",
        "select id from sessions order by semester, position limit :limit offset :offset",
        session_path,
    ),
    "topics": (
        "select count(*) from topics",
        "select slug from topics order by position limit :limit offset :offset",
        topic_path,
    ),
    "semesters": (
        "select count(*) from semesters",
        "select id from semesters order by position limit :limit offset :offset",
        semester_path,
    ),
}
"""Kinds of pages: how many, their ids, their path."""

FIXED = ("/", "/next", "/semesters", "/topics", "/works", "/people", "/history", "/about")
"""Pages that are always there."""


def feed(connection: sqlite3.Connection, ask: PageRequest) -> Document:
    """Give the classes announced up to now, the latest first: a week ahead in a running semester,
    else the last ones."""
    entries: list[FeedEntry] = []
    semester = choose_semester(get_semesters(connection), ask.local("UTC"))
    if semester is not None:
        now = ask.local(semester.zone)
        zone = ZoneInfo(semester.zone)
        for session in get_reading_list(connection, semester.id).sessions:
            if session.date and (session.readings or session.deliverables):
                announced = datetime.fromisoformat(session.date) - AHEAD
                if announced <= now:
                    entries.append(FeedEntry(session, semester, announced.replace(tzinfo=zone)))
    title = f"What to read: {semester.title}" if semester else "What to read"
    return Document(
        text=render(title, tuple(reversed(entries[-LATEST:])), ask.address),
        type="application/atom+xml",
    )


def sitemap_parts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Give the paths of the site map's parts."""
    found = []
    for kind, (count, _, _) in LISTED.items():
        (total,) = connection.execute(count).fetchone()
        found += [f"/sitemap-{kind}-{n + 1}.xml" for n in range(-(-total // PART))]
    return tuple(found)


def sitemap(connection: sqlite3.Connection, ask: PageRequest) -> Document:
    """Give the index of the site map (sitemaps.org 0.9)."""
    items = [
        f"<sitemap><loc>{escape(ask.address(path))}</loc></sitemap>"
        for path in ("/sitemap-pages-1.xml", *sitemap_parts(connection))
    ]
    return Document(text=wrap("sitemapindex", items), type="application/xml")


def sitemap_part(connection: sqlite3.Connection, ask: PageRequest) -> Document:
    """Give a part of the site map.

    Raises:
        Unknown: no such part.
    """
    kind, number = ask.names["kind"], ask.names["n"]
    if (kind, number) == ("pages", "1"):
        paths = list(FIXED)
    elif kind in LISTED and number.isascii() and number.isdigit() and 0 < int(number) < 100_000:
        _, query, path = LISTED[kind]
        paths = [
            path(key)
            for (key,) in connection.execute(
                query, {"limit": PART, "offset": (int(number) - 1) * PART}
            )
        ]
    else:
        paths = []
    if not paths:
        raise Unknown("page", ask.path)
    return Document(
        text=wrap("urlset", [f"<url><loc>{escape(ask.address(p))}</loc></url>" for p in paths]),
        type="application/xml",
    )


def wrap(name: str, items: list[str]) -> str:
    """Give an XML document of the site map's name space."""
    inside = "\n".join(items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<{name} '
        f'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{inside}\n</{name}>\n'
    )


def robots(connection: sqlite3.Connection, ask: PageRequest) -> Document:
    """Give the rules for robots: our pages, not every row, facet and query below them."""
    rules = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ask.hidden),
        "Disallow: /search?",
        "",
        f"Sitemap: {ask.address('/sitemap.xml')}",
    ]
    return Document(text="\n".join(rules) + "\n", type="text/plain")
