"""Addresses of our pages: on a server below any base, or between static files."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

__all__ = ["Links", "person_path", "semester_path", "session_path", "static_file", "topic_path", "work_path"]

PLAIN = "~-._:+@!$*;,"
"""Characters of a key that stay readable in an address."""

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


def session_path(session: str) -> str:
    """Give the path of a session's page."""
    return f"/sessions/{part(session)}"


def static_file(path: str) -> str:
    """Give the file a path is published as: `/` is `index.html`, `/works/a` is `works/a.html`, `/feed.atom` stays."""
    bare = path.partition("#")[0].partition("?")[0].strip("/")
    name = re.sub(r"[^A-Za-z0-9/._+@-]", lambda m: "".join(f"~{b:02x}" for b in m[0].encode()), unquote(bare).replace("~", "~7e"))
    if not bare:
        return "index.html"
    return name if re.search(r"\.[a-z]{1,4}$", bare) else f"{name}.html"


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

    def to(self, path: str, /, **query: object) -> str:
        """Give the address of a path below the root; query values None are left out."""
        wanted = [(k, v) for k, v in query.items() if v is not None and v != ""]
        if not self.static:
            return self.base + path.lstrip("/") + (f"?{urlencode(wanted, doseq=True)}" if wanted else "")
        bare, mark, fragment = path.partition("#")
        here = posixpath.dirname(static_file(self.page)) or "."
        target = quote(posixpath.relpath(static_file(bare), here), safe="/~@+")
        return target + mark + fragment

    def absolute(self, path: str) -> str:
        """Give the full address of a path, for machines; relative to the server when its name is not known."""
        target = quote(static_file(path), safe="/~@+") if self.static else path.lstrip("/")
        return self.origin + self.base + ("" if target == "index.html" else target)

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
        return f"{self.base}{quote(self.database)}/{path}".rstrip("/") if self.database and not self.static else ""

    def prose(self, html: str) -> str:
        """Give stored HTML with the links to our own pages as they must be here."""
        return STORED_LINK.sub(lambda m: f'href="{self.to(m[1])}"', html)
