"""The site as one ASGI application that changes over to a rebuilt database between two requests."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from kb.web.settings import SETTINGS, load_metadata

__all__ = ["ReloadingSite", "make_datasette"]

Scope = MutableMapping[str, Any]
App = Callable[
    [Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]
]


def make_datasette(database: Path, root: Path | None, base_url: str = "/") -> Any:
    """Give a Datasette on an immutable database, on 0.65 and on 1.0.

    1.0 takes named queries and permissions from the configuration, 0.65 from the metadata; the
    other half is ignored by each.
    """
    found = load_metadata(root, database)
    options: dict[str, Any] = {
        "immutables": [str(database)],
        "metadata": found,
        "settings": {**{n: convert(v) for n, v in SETTINGS.items()}, "base_url": base_url},
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

    def __init__(self, database: Path, root: Path | None) -> None:
        self.database = database
        self.root = root
        self.identity: tuple[int, int, int] | None = None
        self.app: App | None = None
        self.datasette: Any = None

    def current(self) -> App:
        """Give the application for the file as it is now; the last good one when the file is
        missing."""
        try:
            status = self.database.stat()
            identity = (status.st_dev, status.st_ino, status.st_mtime_ns)
        except OSError:
            if self.app is None:
                raise
            return self.app
        if self.app is None or identity != self.identity:
            if self.app is not None:
                logging.getLogger("coursebib").info("database was rebuilt; serving the new one")
                close_later(self.datasette)
            self.datasette = make_datasette(self.database, self.root)
            self.app = self.datasette.app()
            self.identity = identity
        assert self.app is not None
        return self.app

    async def __call__(
        self,
        scope: Scope,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        """Answer a request; start-up and shut-down of the server are acknowledged."""
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        await self.current()(scope, receive, send)
