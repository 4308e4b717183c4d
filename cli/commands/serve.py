"""Command: serve."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from cli.context import DbOption, SourceOption, readable, where
from kb.errors import DatabaseUnusable, UsageError
from kb.store.ours import STAFF, kind_of
from kb.views.read import open_database
from kb.web.guard import App
from kb.web.publish import split_base
from kb.web.serve import Offer, ReloadingSite, make_staff_site

__all__ = ["run"]


StaffOption = Annotated[
    Path | None,
    typer.Option("--staff", metavar="FILE", help="Serve this staff database, with a password."),
]

BaseUrlOption = Annotated[
    str,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="Address of the site behind a proxy, such as https://example.org/course/.",
    ),
]

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that only this machine reaches."""


def run(
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            "-p",
            min=0,
            max=65535,
            help="Port (default: 8001, for --staff 8002); 0 for any free one.",
        ),
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    sql: Annotated[
        bool, typer.Option("--sql", help="Let readers write SQL; on this machine only.")
    ] = False,
    download: Annotated[
        bool, typer.Option("--download", help="Offer the database as a file.")
    ] = False,
    base_url: BaseUrlOption = "",
    staff: StaffOption = None,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Serve the pages, and Datasette's tables below them, until Ctrl-C.

    A database that is built anew while this runs is picked up between two requests.

    With --staff the staff database is served in place of the public one, on another port and
    behind a password: that of KB_STAFF_PASSWORD, or a new one that is printed.

    Examples:

      kb serve --open

      kb build --staff staff.db && kb serve --staff staff.db
    """
    if sql and host not in LOCAL:
        raise UsageError("--sql is for this machine only; leave out --host")
    if staff is not None:
        serve_staff(staff, host, 8002 if port is None else port)
        return
    origin, base = split_base(base_url)
    port = 8001 if port is None else port
    place = where(source, db)
    database = readable(place, db is not None)
    open_database(database).close()
    listener = listen(host, port)
    address = address_of(host, listener)
    typer.echo(f"serving {database} at {address} (Ctrl-C stops)")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (address,)).start()
    offer = Offer(sql=sql, download=download, base=base, origin=origin)
    run_server(ReloadingSite(database, place.root, offer), listener)


def serve_staff(staff: Path, host: str, port: int) -> None:
    """Serve the staff database behind a password.

    Raises:
        UsageError: the file is no staff database.
    """
    if not staff.is_file() or kind_of(staff) != STAFF:
        raise UsageError(f"{staff}: no staff database; `kb build --staff {staff}` writes one")
    password = os.environ.get("KB_STAFF_PASSWORD") or secrets.token_urlsafe(12)
    site = make_staff_site(staff, password)
    listener = listen(host, port)
    typer.echo(f"serving {staff} at {address_of(host, listener)} (Ctrl-C stops)")
    if "KB_STAFF_PASSWORD" not in os.environ:
        typer.echo(f"any user name, password {password}")
    run_server(site, listener)


def listen(host: str, port: int) -> socket.socket:
    """Take a port.

    Raises:
        DatabaseUnusable: it is taken.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)  # from here on a browser waits instead of being refused
    except OSError as error:
        raise DatabaseUnusable(
            f"port {port} on {host}: {error.strerror or error}; choose another with --port"
        ) from error
    return listener


def address_of(host: str, listener: socket.socket) -> str:
    """Give the address to open."""
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host
    return f"http://{shown}:{listener.getsockname()[1]}/"


def run_server(site: App, listener: socket.socket) -> None:
    """Serve until Ctrl-C."""
    config = uvicorn.Config(site, log_level="warning", lifespan="on", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])
