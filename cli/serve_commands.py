"""Commands that put the knowledge base on the web: serve, publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.context import DbOption, JsonOption, Progress, SourceOption, build, fail, open_fresh, where

__all__ = ["publish", "serve"]


def serve(
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
    import socket

    from kb.errors import DatabaseUnusable
    from kb.store.fresh import is_fresh
    from kb.views.read import open_database

    place = where(source, db)
    if place.root is not None and not is_fresh(place.database, place.root):
        build(place.root, place.database)
    open_database(place.database).close()
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)  # from here on a browser waits instead of being refused
    except OSError as error:
        raise DatabaseUnusable(
            f"port {port} on {host}: {error.strerror or error}; choose another with --port"
        ) from error
    address = f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0'} else host}:{listener.getsockname()[1]}/"
    typer.echo(f"serving {place.database} at {address} (Ctrl-C stops)")
    if open_browser:
        import threading
        import webbrowser

        threading.Timer(1.0, webbrowser.open, (address,)).start()
    import uvicorn

    from kb.web.serve import ReloadingSite

    config = uvicorn.Config(
        ReloadingSite(place.database, place.root),
        log_level="warning",
        lifespan="on",
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


def publish(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where the files go; made when it is not there.")
    ],
    base_url: Annotated[
        str,
        typer.Option(
            "--base-url",
            metavar="URL",
            help="Address the site will have; feeds, the site map and canonical links need it.",
        ),
    ] = "",
    json_output: JsonOption = False,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Write the whole public site as files that any web server shows, search included.

    Links are relative, so that the files work below any address. A second run writes what changed and removes
    what is gone; other files in the directory stay. A link that leads nowhere is reported and ends with exit code 1.

    Example:

      kb publish public --base-url https://example.org/course/
    """
    from kb.web.publish import publish as write_site

    place = where(source, db)
    progress = Progress()
    with open_fresh(source, db) as connection:
        try:
            done = write_site(connection, directory, base_url, place.root, progress)
        finally:
            progress.clear()
    if json_output:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    else:
        removed = f", {done.removed} removed" if done.removed else ""
        typer.echo(
            f"{directory}: {done.files} files, {done.size / 1_000_000:.1f} MB; {done.written} written{removed}; begin at {directory / 'index.html'}"
        )
        for link in done.broken:
            typer.echo(
                f"{link.page or 'site map'}: leads to {link.path}, which is not there", err=True
            )
    if done.broken:
        fail(f"{len(done.broken)} links lead nowhere")
