"""Command: serve."""

from __future__ import annotations

import socket
import threading
import webbrowser
from typing import Annotated

import typer
import uvicorn

from cli.context import DbOption, SourceOption, readable, where
from kb.errors import DatabaseUnusable
from kb.views.read import open_database
from kb.web.serve import ReloadingSite

__all__ = ["run"]


def run(
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="Port; 0 for any free one.")
    ] = 8001,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Serve the pages, and Datasette's tables below them, until Ctrl-C.

    A database that is built anew while this runs is picked up between two requests.

    Example:

      kb serve --open
    """
    place = where(source, db)
    database = readable(place, db is not None)
    open_database(database).close()
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)  # from here on a browser waits instead of being refused
    except OSError as error:
        raise DatabaseUnusable(
            f"port {port} on {host}: {error.strerror or error}; choose another with --port"
        ) from error
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    typer.echo(f"serving {database} at {address} (Ctrl-C stops)")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (address,)).start()

    config = uvicorn.Config(
        ReloadingSite(database, place.root),
        log_level="warning",
        lifespan="on",
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])
