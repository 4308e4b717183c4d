"""The site as one ASGI application that changes over to a rebuilt database between two requests."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from kb.web.guard import App, Guard, Receive, Scope, Send, with_password
from kb.web.settings import SETTINGS, load_metadata

__all__ = ["Offer", "ReloadingSite", "make_datasette", "make_staff_site"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What is served beside the pages; nothing that costs or reveals much, unless asked for."""

    sql: bool = False
    """Queries that readers write; one of them can fill the memory."""
    download: bool = False
    """The database as a file."""
    base: str = "/"
    """Path of the site behind a proxy, with a slash at both ends."""
    origin: str = ""
    """`https://example.org` where a proxy stands before the site; empty for what browsers say."""


def make_datasette(
    database: Path, root: Path | None, base_url: str = "/", offer: Offer = Offer()
) -> Any:
    """Give a Datasette on an immutable database, on 0.65 and on 1.0.

    1.0 takes named queries and permissions from the configuration, 0.65 from the metadata; the
    other half is ignored by each.
    """
    found = load_metadata(root, database)
    options: dict[str, Any] = {
        "immutables": [str(database)],
        "metadata": found,
        "settings": {
            **{n: convert(v) for n, v in SETTINGS.items()},
            "default_allow_sql": offer.sql,
            "allow_download": offer.download,
            "base_url": base_url,
        },
    }
    if datasette_major() >= 1:
        databases: Any = found.get("databases") or {}
        options["config"] = {
            "databases": {name: {"queries": d.get("queries", {})} for name, d in databases.items()}
        }
    return Datasette([], **options)


def datasette_major() -> int:
    """Give Datasette's major version."""
    return int(version("datasette").split(".")[0])


def convert(value: str) -> bool | int:
    """Give a setting as Datasette's class takes it."""
    return value == "on" if value in {"on", "off"} else int(value)


GRACE = 60.0
"""Seconds that requests under way have to end on a replaced database before its connections are
closed."""


def close_later(datasette: Any) -> None:
    """Close the connections and threads of a Datasette that gets no more requests, when those under
    way have ended."""

    def close() -> None:
        if hasattr(datasette, "close"):
            datasette.close()  # since 1.0
            return
        for database in datasette.databases.values():
            database.close()
        if datasette.executor is not None:
            datasette.executor.shutdown(wait=False)

    with contextlib.suppress(RuntimeError):  # without a running loop the process is about to end
        asyncio.get_running_loop().call_later(GRACE, close)


class ReloadingSite:
    """Sends each request to the application of the database as it is now.

    A build renames a new file over the old one. Requests under way end on the old file, which stays
    readable until they are done; the next request opens the new one. (A Datasette whose file is
    replaced under it mixes old and new rows for good.)
    """

    def __init__(self, database: Path, root: Path | None, offer: Offer = Offer()) -> None:
        self.database = database
        self.root = root
        self.offer = offer
        self.swap = asyncio.Lock()
        self.identity: tuple[int, int, int] | None = None
        self.app: App | None = None
        self.datasette: Any = None

    async def current(self) -> App:
        """Give the application for the file as it is now; the last good one when the file is
        missing.

        A new one answers only when it has started: Datasette starts with its first request and
        lets the second one in before it is done.
        """
        found = self.identity_now()
        if self.app is not None and found in {None, self.identity}:
            return self.app
        async with self.swap:
            found = self.identity_now()
            if self.app is None or found not in {None, self.identity}:
                await self.change_over(found)
        assert self.app is not None
        return self.app

    def identity_now(self) -> tuple[int, int, int] | None:
        """Tell which file is there; None when none is."""
        try:
            status = self.database.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino, status.st_mtime_ns

    async def change_over(self, identity: tuple[int, int, int] | None) -> None:
        """Start an application for the file, then let it answer."""
        datasette = make_datasette(self.database, self.root, self.offer.base, self.offer)
        datasette.coursebib_origin = self.offer.origin
        app = Guard(datasette.app())
        await datasette.invoke_startup()
        if self.datasette is not None:
            logging.getLogger("coursebib").info("database was rebuilt; serving the new one")
            close_later(self.datasette)
        self.datasette, self.app, self.identity = datasette, app, identity

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer a request; start-up and shut-down of the server are acknowledged."""
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        await (await self.current())(scope, receive, send)


def make_staff_site(staff: Path, password: str) -> App:
    """Give the staff database as an application that asks for a password before anything else."""
    datasette = Datasette(
        [], immutables=[str(staff)], settings={"default_allow_sql": False, "allow_download": False}
    )
    return with_password(Guard(datasette.app()), password)
