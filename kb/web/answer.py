"""From a connection and a request to bytes: the same for the server and for published files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import Unknown, UsageError
from kb.web.links import Links
from kb.web.page import Answered, Document, PageRequest, Redirect
from kb.web.pages.missing import bad_request, missing
from kb.web.plain import plain
from kb.web.routes import PageFunction
from kb.web.templating import render_page

__all__ = ["Answer", "answer", "find", "render"]

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


def answer(
    connection: sqlite3.Connection,
    page: PageFunction,
    ask: PageRequest,
    links: Links,
    site: Mapping[str, str],
    as_json: bool = False,
) -> Answer:
    """Run a page function and render what it gives; what it does not know becomes a helpful
    page."""
    return render(find(connection, page, ask), ask, links, site, as_json)


def find(connection: sqlite3.Connection, page: PageFunction, ask: PageRequest) -> Answered:
    """Run a page function on rows that are tuples; what it does not know becomes a helpful page."""
    factory, connection.row_factory = connection.row_factory, None
    try:
        return page(connection, ask)
    except Unknown as error:
        return missing(connection, error)
    except UsageError as error:
        return bad_request(error)
    finally:
        connection.row_factory = factory


def render(
    found: Answered, ask: PageRequest, links: Links, site: Mapping[str, str], as_json: bool = False
) -> Answer:
    """Render what a page function gave."""
    if isinstance(found, Redirect):
        return Answer(
            status=301 if found.permanent else 302,
            body="",
            type=HTML,
            location=links.to(found.path + (".json" if as_json else "")),
        )
    if isinstance(found, Document):
        return Answer(
            body=found.text,
            type=f"{found.type}; charset=utf-8",
            filename=found.filename,
            standalone=found.type == "text/html",
        )
    if as_json:
        data = (
            found.data
            if found.data is not None
            else {"error": f"no data beside {ask.path}", "status": 404}
        )
        return Answer(
            status=found.status if found.data is not None else 404,
            body=json.dumps(plain(data), ensure_ascii=False, indent=2) + "\n",
            type=JSON,
        )
    feeds = tuple((links.to(feed.path), feed.type, feed.title) for feed in found.links)
    return Answer(
        status=found.status, body=render_page(found, ask, links, site), type=HTML, links=feeds
    )
