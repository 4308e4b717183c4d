"""HTTP for our pages: routes for Datasette, headers, conditional requests, permissions."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from datasette import Forbidden, Response

from kb.errors import Unknown
from kb.web.answer import Answer, answer, render
from kb.web.links import Links
from kb.web.memory import Memory
from kb.web.page import PageRequest
from kb.web.pages.missing import broken, missing
from kb.web.routes import ROUTES, Route
from kb.web.site import Site
from kb.web.templating import ASSETS, asset, asset_path

__all__ = ["HEADERS", "asset_route", "failed", "not_found", "page_routes"]

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
}
"""Nothing from elsewhere, nothing inline."""

YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

SMALL = 1000
"""Bytes below which compressing gains nothing."""

View = Callable[[Any, Any], Awaitable[Any]]


def page_routes(site: Site) -> list[tuple[str, View]]:
    """Give Datasette's routes for every page."""
    memory = Memory()
    return [(route.regex.pattern, page_view(route, site, memory)) for route in ROUTES]


def page_view(route: Route, site: Site, memory: Memory) -> View:
    """Give the view of one route."""

    async def view(datasette: Any, request: Any) -> Any:
        return await respond(route, site, memory, datasette, request)

    return view


async def respond(route: Route, site: Site, memory: Memory, datasette: Any, request: Any) -> Any:
    """Answer a request for a page: permission, 304 when nothing changed, else the page, remembered
    or made."""
    if request.method not in {"GET", "HEAD"}:
        return Response.text("Only GET and HEAD.", status=405, headers={"allow": "GET, HEAD"})
    await require_permission(datasette, request, site.database)
    now = datetime.now(UTC)
    tag = etag(route, site, request, now)
    headers = {**HEADERS, "etag": f"W/{tag}", "cache-control": REVALIDATE}
    fixed = not datasette.get_database(site.database).is_mutable
    if not fixed:
        # Whoever serves a file that may change gets no promise about it; nothing is remembered.
        del headers["etag"]
    elif tag in {
        t.strip().removeprefix("W/")
        for t in (request.headers.get("if-none-match") or "").split(",")
    }:
        return Response("", status=304, headers=headers, content_type="text/html; charset=utf-8")
    known = memory.get(tag) if fixed else None
    if known is not None:
        return response(known, headers, request)
    names = {k: v for k, v in request.url_vars.items() if v is not None}
    as_json = names.pop("json", None) is not None
    path = raw_path(datasette, request).removesuffix(".json" if as_json else "")
    ask = PageRequest(
        path="/" if path == "/index" else path,
        names={k: unquote(v, errors="replace") for k, v in names.items()},
        query=tuple(parse_qsl(request.query_string, max_num_fields=200)),
        now=now,
        unknown=route.unknown(n for n, _ in parse_qsl(request.query_string, max_num_fields=200)),
        address=links_for(datasette, site, request, path).absolute,
        hidden=(
            f"{datasette.setting('base_url')}{site.database}/",
            f"{datasette.setting('base_url')}-/",
        ),
    )
    found = await run(datasette, site, request, route.page, ask, as_json)
    if fixed:
        memory.put(tag, found)
    if found.status >= 400:
        headers.pop("etag", None)
    return response(found, headers, request)


async def run(
    datasette: Any, site: Site, request: Any, page: Any, ask: PageRequest, as_json: bool
) -> Answer:
    """Read and render in a thread of Datasette's read connections."""
    links = links_for(datasette, site, request, ask.path)
    about = await describe(datasette)
    found: Answer = await datasette.get_database(site.database).execute_fn(
        lambda connection: answer(connection, page, ask, links, about, as_json)
    )
    return found


def response(found: Answer, headers: dict[str, str], request: Any) -> Any:
    """Give Datasette's response."""
    headers = dict(headers)
    if found.location:
        headers["location"] = found.location
    if found.standalone:
        headers["content-security-policy"] = headers["content-security-policy"].replace(
            "style-src 'self'", "style-src 'unsafe-inline'"
        )
    if found.filename:
        headers["content-disposition"] = f'attachment; filename="{found.filename}"'
    if found.links:
        headers["link"] = ", ".join(
            f'<{address}>; rel="alternate"; type="{kind}"' for address, kind, _ in found.links
        )
    body = packed(found.body.encode(), headers, request)
    return Response(body, status=found.status, headers=headers, content_type=found.type)


def packed(body: bytes, headers: dict[str, str], request: Any) -> bytes:
    """Give a body compressed where the browser takes it, and say so in the headers."""
    headers["vary"] = "Accept-Encoding"
    if len(body) < SMALL or "gzip" not in (request.headers.get("accept-encoding") or ""):
        return body
    headers["content-encoding"] = "gzip"
    return gzip.compress(body, 5, mtime=0)


def etag(route: Route, site: Site, request: Any, now: datetime) -> str:
    """Give the tag of a page: data, program, address, and the minute where the clock matters."""
    moment = now.isoformat(timespec="minutes") if route.clock else ""
    parts = (
        site.stamp,
        request.host,
        request.scheme,
        request.scope.get("raw_path"),
        request.path,
        request.query_string,
        moment,
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:20]}"'


def raw_path(datasette: Any, request: Any) -> str:
    """Give the path below the root as it came, percent-encoded."""
    scope = request.scope
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    base = datasette.setting("base_url")
    return "/" + path[len(base) :] if base != "/" and path.startswith(base) else path


def links_for(datasette: Any, site: Site, request: Any, path: str) -> Links:
    """Give the addresses as this server makes them."""
    return Links(
        base=datasette.setting("base_url"),
        origin=getattr(datasette, "coursebib_origin", "") or f"{request.scheme}://{request.host}",
        page=path,
        database=site.database,
    )


async def describe(datasette: Any) -> dict[str, str]:
    """Give title and licence of the collection, from Datasette 0.65 or 1.0."""
    if hasattr(datasette, "get_instance_metadata"):
        found = await datasette.get_instance_metadata()
    else:
        found = {name: datasette.metadata(name) for name in ("title", "license", "license_url")}
    return {
        "title": str(found.get("title") or "coursebib"),
        "licence": str(found.get("license") or ""),
        "licence_url": str(found.get("license_url") or ""),
    }


async def require_permission(datasette: Any, request: Any, database: str) -> None:
    """Check that who may not see the database does not see our pages either.

    Raises:
        Forbidden: handled by Datasette.
    """
    if hasattr(datasette, "allowed"):
        from datasette.resources import DatabaseResource  # noqa: PLC0415  since Datasette 1.0

        allowed = await datasette.allowed(
            action="view-database", resource=DatabaseResource(database), actor=request.actor
        )
    else:
        allowed = all(
            [
                await datasette.permission_allowed(request.actor, "view-instance", default=True),
                await datasette.permission_allowed(
                    request.actor, "view-database", resource=database, default=True
                ),
            ]
        )
    if not allowed:
        raise Forbidden("view-database")


async def not_found(datasette: Any, site: Site, request: Any) -> Any:
    """Give our page for an address that leads nowhere."""
    ask = PageRequest(path=raw_path(datasette, request))
    where = unquote(ask.path, errors="replace")
    found = await run(
        datasette,
        site,
        request,
        lambda connection, _: missing(connection, Unknown("page", where)),
        ask,
        False,
    )
    return response(found, {**HEADERS, "cache-control": REVALIDATE}, request)


async def failed(datasette: Any, site: Site, request: Any) -> Any:
    """Give our page for an error of the program; the error itself is in the log."""
    ask = PageRequest(path=raw_path(datasette, request))
    as_json = ask.path.endswith(".json")
    links = links_for(datasette, site, request, ask.path)
    return response(
        render(broken(), ask, links, await describe(datasette), as_json),
        {**HEADERS, "cache-control": "no-store"},
        request,
    )


async def asset_route(request: Any) -> Any:
    """Give a file that pages load; under its hash it may be kept for ever."""
    name = f"{request.url_vars['stem']}.{request.url_vars['ending']}"
    if name not in ASSETS:
        return Response.text("No such file.", status=404)
    fresh = asset_path(name).split(".")[1] == request.url_vars["hash"]
    headers = {"cache-control": YEAR if fresh else REVALIDATE, "x-content-type-options": "nosniff"}
    return Response(
        packed(asset(name), headers, request),
        headers=headers,
        content_type=f"{ASSETS[name]}; charset=utf-8",
    )
