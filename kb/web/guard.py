"""What stands between the network and Datasette: which requests are taken, what every answer says.

Datasette's own pages show paths and settings, answer odd parameters with errors of the server, and
send no policy. Here that is mended from outside, for every page alike.
"""

from __future__ import annotations

import base64
import gzip
import hmac
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

__all__ = ["App", "Guard", "with_password"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_PARAMETERS = 200
MAX_QUERY = 16_000
"""Characters of a query; a search of ten thousand words is cut before."""

CLOSED = re.compile(r"/-/(?!static/|static-plugins/|query(?:\.(?:json|csv))?$)")
"""Datasette's pages about itself: paths, threads, settings, versions; below any base.

From Datasette 1.0 on a query of one's own is at `/kb/-/query`, refused there unless offered.
"""

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (
        b"content-security-policy",
        b"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        b"frame-ancestors 'none'",
    ),
)
"""Sent with every answer that does not say it itself; our pages allow nothing inline."""

SMALL = 1000
"""Bytes below which compressing gains nothing."""

PACKABLE = re.compile(rb"text/|application/(?:json|javascript|xml)|\+xml|image/svg")


class Guard:
    """Takes the requests that are meant, and answers the others in a sentence."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = refusal(scope)
        if refused is not None:
            await refuse(Reply(scope, send), *refused)
            return
        reply = Reply(scope, send)
        try:
            await self.app(scope, receive, reply)
        except Exception as error:  # the last line of defence of the server
            number = secrets.token_hex(4)
            logging.getLogger("coursebib").error(  # noqa: TRY400  a trace would show values
                "error %s: %s at %s", number, type(error).__name__, scope["path"]
            )
            if not reply.begun:
                await refuse(Reply(scope, send), 500, f"Something went wrong here, error {number}.")


def refusal(scope: Scope) -> tuple[int, str] | None:
    """Give status and sentence for a request that is not taken; None for the others."""
    if scope["method"] not in {"GET", "HEAD"}:
        return 405, "Only GET and HEAD."
    if CLOSED.search(scope["path"]):
        return 404, "There is no such page."
    query = scope.get("query_string", b"").decode("latin-1")
    if len(query) > MAX_QUERY:
        return 414, "The address is too long."
    try:
        parameters = parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        return 400, f"The address has more than {MAX_PARAMETERS} parameters."
    if ("_searchmode", "raw") in parameters:
        return 400, "Search mode raw is not offered; /search has a language of its own."
    return None


async def refuse(send: Reply, status: int, sentence: str) -> None:
    """Send a sentence."""
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{sentence}\n".encode()})


class Reply:
    """Sends an answer with the headers that all have, packed where that is asked for.

    An error of the server for an address with parameters of Datasette's (`_sort`, `_through`,
    `_facet`) is an error of the address.
    """

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.send = send
        self.begun = False
        self.replaced = False
        self.start: dict[str, Any] = {}

    async def __call__(self, message: Any) -> None:
        """Send one message of the answer."""
        if message["type"] == "http.response.start":
            self.begun = True
            self.start = {**message, "headers": self.headers(message.get("headers", ()))}
            asked = self.scope.get("query_string", b"")
            if message["status"] >= 500 and re.search(rb"(?:^|&)_|[?&]sql=", asked):
                self.replaced = True
                await refuse(
                    Reply(self.scope, self.send), 400, "The address asks for what is not there."
                )
            return
        if self.replaced:
            return
        if self.start:
            start, self.start = self.start, {}
            if not message.get("more_body"):
                message = self.packed(start, message)
            await self.send(start)
        await self.send(message)

    def headers(self, given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Give an answer's headers with those it lacks."""
        found = list(given)
        names = {name.lower() for name, _ in found}
        return found + [(name, value) for name, value in HEADERS if name not in names]

    def packed(self, start: dict[str, Any], message: Any) -> Any:
        """Give the only message of a body, compressed where the reader takes that."""
        headers = {name.lower(): value for name, value in start["headers"]}
        accepted = dict(self.scope["headers"]).get(b"accept-encoding", b"")
        body: bytes = message.get("body", b"")
        if (
            len(body) < SMALL
            or b"gzip" not in accepted
            or b"content-encoding" in headers
            or not PACKABLE.search(headers.get(b"content-type", b""))
        ):
            return message
        small = gzip.compress(body, 5, mtime=0)
        kept = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
        start["headers"] = [
            *kept,
            (b"content-encoding", b"gzip"),
            (b"vary", b"accept-encoding"),
            (b"content-length", str(len(small)).encode()),
        ]
        return {**message, "body": small}


def with_password(app: App, password: str) -> App:
    """Give an application that asks for a password first (HTTP Basic, any user name)."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not knows(scope, password):
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"www-authenticate", b'Basic realm="staff", charset="UTF-8"'),
            ]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": b"For staff only.\n"})
            return
        await app(scope, receive, send)

    return asked


def knows(scope: Scope, password: str) -> bool:
    """Tell whether a request brings the password."""
    kind, _, written = dict(scope["headers"]).get(b"authorization", b"").partition(b" ")
    if kind.lower() != b"basic":
        return False
    try:
        given = base64.b64decode(written, validate=True).partition(b":")[2]
    except ValueError:
        return False
    return hmac.compare_digest(given, password.encode())
