"""Addresses of our pages: on a server below any base, or between static files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlencode

__all__ = [
    "compare_path",
    "PUBLISHED_QUERIES",
    "SEARCH",
    "Links",
    "person_path",
    "row_path",
    "semester_path",
    "session_path",
    "static_file",
    "topic_path",
    "work_path",
]

PLAIN = "~-._:+@!$*;,"
"""Characters of a key that stay readable in an address."""

ROW_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
"""Characters that Datasette leaves as they are in the address of a row."""

FILE_SAFE = "/~@+="
"""Characters of published files that stay readable in an address."""

SEARCH = "/search"
"""The one published page that answers to its query, in the browser."""

PUBLISHED_QUERIES = frozenset({"page", "kind"})
"""Query parameters whose pages are published, each value as a file."""

FILE = re.compile(r"\.[a-z]{1,4}$")
"""A path that is a file, not a page."""

LONGEST = 160
"""Characters of a file's name; most file systems end at 255 bytes."""

STORED_LINK = re.compile(r'href="(/[^"/][^"]*)"')
"""A link to a page of ours in stored HTML, which knows no base."""


def part(value: str) -> str:
    """Give a key as one part of an address; one that ends like a file is kept apart from files."""
    text = quote(value, safe=PLAIN)
    return re.sub(r"\.(?=[a-z]{1,4}$)", "%2E", text)


def work_path(key: str) -> str:
    """Give the path of a work's page."""
    return f"/works/{part(key)}"


def topic_path(slug: str) -> str:
    """Give the path of a topic's page."""
    return f"/topics/{quote(slug)}"


def person_path(person: str) -> str:
    """Give the path of a person's page."""
    return f"/people/{part(person)}"


def semester_path(semester: str) -> str:
    """Give the path of a semester's page."""
    return f"/semesters/{part(semester)}"


def compare_path(old: str, new: str) -> str:
    """Give the path of the page that compares two semesters."""
    return f"{semester_path(old)}/compare/{part(new)}"


def session_path(session: str) -> str:
    """Give the path of a session's page."""
    return f"/sessions/{part(session)}"


def own_path(stored: str) -> str:
    """Give the path of a link in stored HTML as our addresses have it: a work's key may end like a
    file.

    Examples:
        >>> own_path("/works/smith2020.pdf")
        '/works/smith2020%2Epdf'
    """
    return (
        work_path(unquote(stored.removeprefix("/works/")))
        if stored.startswith("/works/")
        else stored
    )


def row_path(table: str, key: str) -> str:
    """Give the path of a row in Datasette, which writes `~2E` for a full stop.

    Examples:
        >>> row_path("works", "DBLP:conf/x.y")
        'works/DBLP~3Aconf~2Fx~2Ey'
    """
    return f"{table}/" + "".join(
        chr(b) if chr(b) in ROW_PLAIN else f"~{b:02X}" for b in key.encode()
    )


def static_file(path: str, query: Iterable[tuple[str, object]] = ()) -> str:
    """Give the file a path is published as: `/` is `index.html`, `/works/a` is `works/a.html`,
    `/feed.atom` stays.

    Pages that depend on a query get files of their own: `/semesters/F2022?kind=lab` is
    `semesters/F2022~kind=lab.html`.
    """
    bare = path.partition("#")[0].partition("?")[0].strip("/")
    tail = "".join(f"~{name}={value}" for name, value in query)
    if FILE.search(bare):
        return file_name(bare)
    return f"{file_name(bare) or 'index'}{re.sub(r'[^a-z0-9=~-]', '-', tail)}.html"


def file_name(path: str) -> str:
    """Give an encoded path as a name that every file system and web server bears."""
    name = re.sub(
        r"[^A-Za-z0-9/._+@-]", lambda m: "".join(f"~{b:02x}" for b in m[0].encode()), unquote(path)
    )
    name = re.sub(r"\.(?=[a-z]+/)", "~2e", name)  # a folder must not bear the name of a file
    return "/".join(
        p if len(p) <= LONGEST else f"{p[:LONGEST]}~{sha256(p.encode()).hexdigest()[:16]}"
        for p in name.split("/")
    )


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses as one page needs them."""

    base: str = "/"
    """Path of the site's root on its server, with a slash at both ends."""
    origin: str = ""
    """`https://example.org`, where known; absolute addresses need it."""
    static: bool = False
    """True between files: relative, with `.html`."""
    page: str = "/"
    """Path of the page that holds the links; static ones are relative to it."""
    database: str = ""
    """Name of the database in Datasette's addresses; empty when there is none."""
    rooted: bool = False
    """True for a published file that may be shown under any address: its links begin at the
    root."""
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] | None = field(default=None, compare=False)
    """Collects path and query of every link made, so that what is linked is published."""

    def to(self, path: str, /, **query: object) -> str:
        """Give the address of a path below the root; query values None are left out."""
        wanted = tuple((k, v) for k, v in query.items() if v is not None and v != "")
        if not self.static:
            return (
                self.base
                + path.lstrip("/")
                + (f"?{urlencode(wanted, doseq=True)}" if wanted else "")
            )
        bare, mark, fragment = path.partition("#")
        kept = (
            ()
            if bare == SEARCH or FILE.search(bare)
            else tuple(
                (k, v)
                for k, v in parse_qsl(urlencode(wanted, doseq=True))
                if k in PUBLISHED_QUERIES
            )
        )
        if self.seen is not None:
            self.seen.add((bare, kept))
        target = quote(static_file(bare, kept), safe=FILE_SAFE)
        if not self.rooted:
            here = posixpath.dirname(static_file(self.page)) or "."
            target = posixpath.relpath(target, here)
        else:
            target = self.base + target
        return (
            target
            + (f"?{urlencode(wanted, doseq=True)}" if bare == SEARCH and wanted else "")
            + mark
            + fragment
        )

    def absolute(self, path: str) -> str:
        """Give the full address of a path, for machines; relative where the site's own address is
        not known."""
        if not self.static:
            return self.origin + self.base + path.lstrip("/")
        bare, mark, query = path.partition("?")
        if not self.origin:
            return self.to(bare) + mark + query
        target = quote(static_file(bare), safe=FILE_SAFE)
        return self.origin + self.base + ("" if target == "index.html" else target) + mark + query

    def work(self, key: str) -> str:
        """Give the address of a work."""
        return self.to(work_path(key))

    def topic(self, slug: str) -> str:
        """Give the address of a topic."""
        return self.to(topic_path(slug))

    def person(self, person: str) -> str:
        """Give the address of a person."""
        return self.to(person_path(person))

    def semester(self, semester: str, ending: str = "") -> str:
        """Give the address of a semester, or with `.ics`, `.csv`, ... of a file of it."""
        return self.to(semester_path(semester) + ending)

    def session(self, session: str) -> str:
        """Give the address of a session."""
        return self.to(session_path(session))

    def rows(self, path: str) -> str:
        """Give the address of Datasette's own page of rows; empty where there is no Datasette."""
        return (
            f"{self.base}{quote(self.database)}/{path}".rstrip("/")
            if self.database and not self.static
            else ""
        )

    def prose(self, html: str) -> str:
        """Give stored HTML with the links to our own pages as they must be here."""
        return STORED_LINK.sub(lambda m: f'href="{self.to(own_path(m[1]))}"', html)
