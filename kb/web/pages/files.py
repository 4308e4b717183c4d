"""Files beside the pages: the same works or the same semester as other programs read them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from kb.errors import UsageError
from kb.lists.change_file import change_file, read_changes
from kb.lists.changes import Remembered
from kb.render.changes_atom import render as render_changes
from kb.render.formats import (
    BIBLIOGRAPHIC,
    Format,
    list_formats,
    render_list,
    render_works,
    work_formats,
)
from kb.render.setting import Setting
from kb.search.find import search
from kb.views.browse import get_person
from kb.views.read import (
    database_file,
    get_offering,
    get_reading_list,
    get_semester,
    get_session,
    get_work,
)
from kb.views.selection import find_topic, select_keys, select_works
from kb.web.page import Document, Feed, PageRequest

__all__ = [
    "changes_feed",
    "COLLECTIONS",
    "Collection",
    "list_feeds",
    "list_file",
    "remembered_of",
    "work_feeds",
    "works_file",
]

MOST_HITS = 1000
"""Works of a search in one file."""

MOST_WORKS = 20_000
"""Works that one file on the site holds; all of a larger collection come from `kb export`."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A page that shows works, with files of all of them beside it."""

    pattern: str
    """Of its address, to which an ending is added."""
    select: Callable[[sqlite3.Connection, PageRequest], tuple[tuple[str, ...], str]]
    """Gives the works' keys, and a name for the file."""


def of_work(connection: sqlite3.Connection, ask: PageRequest) -> tuple[tuple[str, ...], str]:
    """Select the work a page is about."""
    key = get_work(connection, ask.names["key"]).key
    return (key,), key


def of_topic(connection: sqlite3.Connection, ask: PageRequest) -> tuple[tuple[str, ...], str]:
    """Select the works of a topic and of those below it."""
    slug = find_topic(connection, ask.names["slug"])
    return select_keys(connection, slug), slug.rsplit("/", 1)[-1]


def of_person(connection: sqlite3.Connection, ask: PageRequest) -> tuple[tuple[str, ...], str]:
    """Select the works of a person."""
    person = get_person(connection, ask.names["id"]).id
    return select_keys(connection, person=person), person


def of_session(connection: sqlite3.Connection, ask: PageRequest) -> tuple[tuple[str, ...], str]:
    """Select the works a session assigns, in their order."""
    session = get_session(connection, ask.names["id"])[1]
    return tuple(dict.fromkeys(r.work for r in session.readings)), session.id


def of_everything(connection: sqlite3.Connection, ask: PageRequest) -> tuple[tuple[str, ...], str]:
    """Select all works.

    Raises:
        UsageError: there are too many for a page that is made while somebody waits.
    """
    keys = select_keys(connection)
    if len(keys) > MOST_WORKS:
        raise UsageError(f"{len(keys)} works are too many for one file here; use kb export")
    return keys, "works"


def of_search(connection: sqlite3.Connection, ask: PageRequest) -> tuple[tuple[str, ...], str]:
    """Select what a search finds, best first."""
    fields = ("topic", "kind", "year", "semester", "assigned", "annotated")
    filters = tuple((name, value) for name in fields for value in ask.all(name))
    hits = search(connection, ask.first("q").strip(), filters=filters, limit=MOST_HITS).hits
    return tuple(hit.key for hit in hits), "search"


COLLECTIONS = (
    Collection("/works/{key}", of_work),
    Collection("/topics/{slug+}", of_topic),
    Collection("/people/{id}", of_person),
    Collection("/sessions/{id}", of_session),
    Collection("/works", of_everything),
    Collection("/search", of_search),
)
"""Every page that shows works."""


def works_file(
    wanted: Format, collection: Collection
) -> Callable[[sqlite3.Connection, PageRequest], Document]:
    """Give the page function of a collection's works in one format."""

    def document(connection: sqlite3.Connection, ask: PageRequest) -> Document:
        keys, name = collection.select(connection, ask)
        content = render_works(wanted, select_works(connection, keys), setting(ask, name))
        name = quote(name)
        return Document(
            text=as_text(content), type=wanted.media, filename=f"{name}.{wanted.ending}"
        )

    return document


def list_file(
    wanted: Format, only: str = ""
) -> Callable[[sqlite3.Connection, PageRequest], Document]:
    """Give the page function of a semester's reading list in one format: as `kb list --format`."""

    def document(connection: sqlite3.Connection, ask: PageRequest) -> Document:
        section = ask.first("section")
        reading_list = get_reading_list(connection, ask.names["id"], section)
        works = select_works(connection, reading_list.works)
        remembered = remembered_of(connection, reading_list.semester.id)
        how = replace(
            setting(ask, reading_list.semester.title),
            known=remembered.events,
            only=only or ask.first("only"),
        )
        name = "" if wanted.inline else f"{quote(reading_list.semester.id)}.{wanted.ending}"
        content = render_list(wanted, reading_list, works, how)
        return Document(text=as_text(content), type=wanted.media, filename=name)

    return document


def changes_feed(connection: sqlite3.Connection, ask: PageRequest) -> Document:
    """Give the feed of what changed in a semester's calendar.

    Raises:
        Unknown: no such semester.
    """
    semester = get_semester(connection, ask.names["id"])
    offering = get_offering(connection, semester.id)
    authors = [p.name for p in offering.staff if p.role == "instructor"]
    changes = remembered_of(connection, semester.id).changes
    text = render_changes(semester, changes, authors, ask.address)
    return Document(text=text, type="application/atom+xml")


def remembered_of(connection: sqlite3.Connection, semester: str) -> Remembered:
    """Give what the builds before this one published of a semester's calendar."""
    path = change_file(Path(database_file(connection)))
    return read_changes(path).get(semester, Remembered())


def setting(ask: PageRequest, title: str) -> Setting:
    """Give what a request wishes."""
    address = ask.address("/").removesuffix("index.html").rstrip("/")
    return Setting(
        title=title,
        base=address if "//" in address else "",
        bom=ask.first("bom") == "1",
        only=ask.first("only"),
        section=ask.first("section"),
    )


def work_feeds(path: str, single: bool = False) -> tuple[Feed, ...]:
    """Give the files of works beside a page; of a `single` work those of reference managers."""
    return tuple(
        Feed(f"{path}.{f.ending}", f.media, f.label)
        for f in work_formats(site=True)
        if f.ending in BIBLIOGRAPHIC or not single
    )


def list_feeds(path: str) -> tuple[Feed, ...]:
    """Give the files of a semester beside its page."""
    return tuple(Feed(f"{path}.{f.ending}", f.media, f.label) for f in list_formats(site=True))


def as_text(content: str | bytes) -> str:
    """Give what a format wrote; those of the site are texts."""
    return content if isinstance(content, str) else content.decode("utf-8")
