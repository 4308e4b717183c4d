"""From a connection and a request to bytes: the same for the server and for published files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import Unknown, UsageError
from kb.web.links import Links
from kb.web.page import Document, PageRequest, Redirect
from kb.web.pages.missing import bad_request, missing
from kb.web.plain import plain
from kb.web.routes import PageFunction
from kb.web.templating import render_page

__all__ = ["Answer", "answer"]

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, body and what the headers need."""

    status: int = 200
    body: str
    type: str
    links: tuple[tuple[str, str, str], ...] = ()
    """(address, type, title) of the same in other formats."""
    location: str = ""
    filename: str = ""
    standalone: bool = False
    """True for a page that carries its own style."""


def answer(connection: sqlite3.Connection, page: PageFunction, ask: PageRequest, links: Links, site: Mapping[str, str], as_json: bool = False) -> Answer:
    """Run a page function and render what it gives; what it does not know becomes a helpful page."""
    factory, connection.row_factory = connection.row_factory, None
    try:
        found = page(connection, ask)
    except Unknown as error:
        found = missing(connection, error)
    except UsageError as error:
        found = bad_request(error)
    finally:
        connection.row_factory = factory
    if isinstance(found, Redirect):
        return Answer(status=301 if found.permanent else 302, body="", type=HTML, location=links.to(found.path + (".json" if as_json else "")))
    if isinstance(found, Document):
        return Answer(body=found.text, type=f"{found.type}; charset=utf-8", filename=found.filename, standalone=found.type == "text/html")
    if as_json:
        if found.data is None:
            found = missing(connection, Unknown("page", f"{ask.path}.json"))
        return Answer(status=found.status, body=json.dumps(plain(found.data), ensure_ascii=False, indent=2) + "\n", type=JSON)
    feeds = tuple((links.to(feed.path), feed.type, feed.title) for feed in found.links)
    return Answer(status=found.status, body=render_page(found, ask, links, site), type=HTML, links=feeds)
