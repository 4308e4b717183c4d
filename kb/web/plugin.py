"""The Datasette plugin: our pages above Datasette's tables."""

from __future__ import annotations

from typing import Any

import datasette.handle_exception
from datasette import NotFound, hookimpl

from kb.text import fold_words
from kb.web.data_layer import frame
from kb.web.respond import asset_route, failed, not_found, page_routes, raw_path
from kb.web.routes import find_route
from kb.web.site import Site, find_site

__all__ = [
    "escape_fts",
    "handle_exception",
    "prepare_connection",
    "prepare_jinja2_environment",
    "register_routes",
]

# With rich installed Datasette prints local variables on every error and breaks on unmatched
# addresses.
datasette.handle_exception.rich = None

CACHE = "pragma cache_size = -65536"
"""64 MiB of pages, taken as they are needed, where SQLite starts with 2. Not mapped: whoever copies
a file over the one that is served would end the server."""
SITE = "coursebib_site"
"""Attribute of the Datasette object that holds what was found once."""


def site_of(datasette: Any) -> Site | None:
    """Give our site within a Datasette, looked for once."""
    if not hasattr(datasette, SITE):
        setattr(datasette, SITE, find_site(datasette))
    found: Site | None = getattr(datasette, SITE)
    return found


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Give the routes of our pages; none when no database is ours."""
    site = site_of(datasette)
    if site is None:
        return []
    return [
        (r"^/assets/(?P<stem>[a-z]+)\.(?P<hash>[0-9a-f]{12})\.(?P<ending>[a-z]+)$", asset_route),
        *page_routes(site),
    ]


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Put the pages of tables into our frame, when a database is ours."""
    if site_of(datasette) is not None:
        frame(env, datasette)


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Give our own page for an address that leads nowhere, and for errors of our pages; the rest is
    Datasette's."""
    site = site_of(datasette)
    if site is None:
        return None
    status = 404 if isinstance(exception, NotFound) else getattr(exception, "status", None)
    if status == 404 and request.path.rpartition(".")[2] not in {"json", "csv", "jsono"}:

        async def lost() -> Any:
            return await not_found(datasette, site, request)

        return lost
    if status is None and is_ours(datasette, request):

        async def sorry() -> Any:
            return await failed(datasette, site, request)

        return sorry
    return None


def is_ours(datasette: Any, request: Any) -> bool:
    """Tell whether an address is one of our pages."""
    return find_route(raw_path(datasette, request)) is not None


def escape_fts(words: str) -> str:
    """Give words for MATCH that are only words, whatever was typed."""
    return " ".join(f'"{word}"' for word in fold_words(words or "")[:50]) or '""'


@hookimpl
def prepare_connection(conn: Any, datasette: Any) -> None:
    """Add the SQL function that named queries use; of a database of ours keep more pages in memory,
    unless a setting says how many."""
    conn.create_function("escape_fts", 1, escape_fts, deterministic=True)
    if (
        not datasette.setting("cache_size_kb")
        and conn.execute("select 1 from sqlite_master where name = 'document_facets'").fetchone()
    ):
        conn.execute(CACHE)
