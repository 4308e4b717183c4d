"""The whole public site as files that any web server shows: the same page functions and templates
as the live site."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kb.errors import Unknown, UsageError
from kb.views.read import database_file
from kb.web.answer import answer, find, render
from kb.web.links import SEARCH, Links, static_file
from kb.web.page import Page, PageRequest
from kb.web.pages.machines import LISTED
from kb.web.pages.missing import missing
from kb.web.pages.published_search import INDEX, page, render_index
from kb.web.routes import PageFunction, find_route
from kb.web.settings import load_metadata
from kb.web.templating import ASSETS, asset, asset_path

__all__ = ["BrokenLink", "Published", "publish"]

MANIFEST = ".coursebib-files.json"
"""Lists what was published, so that the next time what is gone is removed and nothing else."""

STAGING = ".coursebib-new"
"""Folder in which the files of a site wait until all are there."""

Target = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link of ours that leads nowhere."""

    path: str
    page: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was written."""

    files: int
    written: int
    """Files that are new or changed."""
    removed: int
    size: int
    """Bytes of all files."""
    broken: tuple[BrokenLink, ...]
    failed: tuple[str, ...] = ()
    """Pages that could not be made; the others are there."""


class Folder:
    """The directory of the published site: writes what changed, removes what it wrote before and no
    longer holds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before = self.read_manifest()
        self.discard()
        self.names: dict[str, int] = {}
        self.staged: set[str] = set()
        self.written = 0

    def read_manifest(self) -> frozenset[str]:
        """Give the names written the last time.

        Raises:
            UsageError: the directory holds somebody else's site.
        """
        if self.root.exists() and not self.root.is_dir():
            raise UsageError(f"{self.root}: is a file; name a directory")
        try:
            return frozenset(json.loads((self.root / MANIFEST).read_text(encoding="utf-8")))
        except FileNotFoundError:
            if (self.root / "index.html").exists():
                raise UsageError(
                    f"{self.root}: holds an index.html that kb publish did not write; name an "
                    "empty directory"
                ) from None
            return frozenset()
        except (ValueError, TypeError, OSError) as error:
            raise UsageError(
                f"{self.root / MANIFEST}: not readable: {error}; remove the directory or name "
                "another"
            ) from error

    def write(self, name: str, content: bytes) -> None:
        """Keep a file for `finish`, beside the site, unless the site holds the same already."""
        path = self.root / name
        self.names[name] = len(content)
        self.staged.discard(name)
        if name in self.before and path.is_file() and path.read_bytes() == content:
            return
        with self.complaints(path):
            beside = self.root / STAGING / name
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
        self.staged.add(name)
        self.written += 1

    def finish(self) -> int:
        """Put every file in its place, then remove what is no longer part of the site; gives how
        many files.

        Until here the old site is as it was. The manifest names old and new files first, so that
        one who is stopped half-way leaves nothing that the next run does not know.
        """
        with self.complaints(self.root):
            self.list_files(self.before | set(self.names))
            for name in sorted(self.staged):
                target = self.root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(self.root / STAGING / name, target)
            gone = [name for name in sorted(self.before - set(self.names)) if is_inside(name)]
            for name in gone:
                (self.root / name).unlink(missing_ok=True)
            self.list_files(set(self.names))
        self.discard()
        return len(gone)

    def list_files(self, names: Set[str]) -> None:
        """Write the manifest, complete or not at all."""
        beside = self.root / STAGING / MANIFEST
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(sorted(names), indent=0), encoding="utf-8")
        os.replace(beside, self.root / MANIFEST)

    def discard(self) -> None:
        """Remove what was kept beside the site."""
        shutil.rmtree(self.root / STAGING, ignore_errors=True)

    @contextlib.contextmanager
    def complaints(self, path: Path) -> Iterator[None]:
        """Turn a full disk or a missing permission into a sentence, and leave the old site."""
        try:
            yield
        except OSError as error:
            self.discard()
            raise UsageError(
                f"{path}: cannot be written: {error.strerror or error}; the old site is as it was"
            ) from error


def is_inside(name: str) -> bool:
    """Tell whether a name of the manifest stays below the directory."""
    return not name.startswith("/") and ".." not in name.split("/")


def publish(
    connection: sqlite3.Connection,
    target: Path,
    base_url: str = "",
    root: Path | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
    now: datetime | None = None,
) -> Published:
    """Write the site.

    Every page is found by following the links of those written before, from the first page and the
    site map on;
    a link that leads nowhere is reported.

    Args:
        base_url: address the site will have, for feeds, the site map and canonical links; all other
        links are relative.
        root: source directory, for the title and licence of `datasette-metadata.json`.

    Raises:
        UsageError: the address is none, or the directory cannot be used.
    """
    origin, base = split_base(base_url)
    folder = Folder(target)
    about = describe(load_metadata(root, Path(database_file(connection))))
    moment = now or datetime.now(UTC)
    seen: set[Target] = set()
    links = Links(base=base, origin=origin, static=True, seen=seen)
    todo = list(starting_points(connection, bool(origin)))
    done = set(todo)
    found_on: dict[Target, str] = {}
    broken: list[BrokenLink] = []
    failed: list[str] = []
    while todo:
        current = todo.pop()
        progress(current[0], len(folder.names), len(folder.names) + len(todo))
        seen.clear()
        try:
            files = render_files(
                connection, current, replace(links, page=current[0]), about, moment
            )
        except Exception as error:  # one page that cannot be made leaves the others alone
            logging.getLogger("coursebib").info("page %s: %r", current[0], error)
            failed.append(current[0])
            continue
        if not files:
            broken.append(BrokenLink(current[0], found_on.get(current, "")))
        for target_path, content in files.items():
            done.add(target_path)
            folder.write(static_file(*target_path), content)
        for link in sorted(seen - done):  # JSON beside a page was written with it
            done.add(link)
            found_on[link] = current[0]
            todo.append(link)
    folder.write(
        "404.html",
        error_page(connection, replace(links, page="/404", rooted=bool(origin)), about, moment),
    )
    folder.write(INDEX, render_index(connection).encode())
    folder.write(".nojekyll", b"")
    removed = folder.finish()
    return Published(
        len(folder.names),
        folder.written,
        removed,
        sum(folder.names.values()),
        tuple(broken),
        tuple(failed),
    )


def split_base(base_url: str) -> tuple[str, str]:
    """Give origin and path of the site's address.

    Raises:
        UsageError: not an http address.

    Examples:
        >>> split_base("https://x.org/course")
        ('https://x.org', '/course/')
    """
    if not base_url:
        return "", "/"
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            f"--base-url {base_url!r}: write the address of the site, such as "
            "https://example.org/course/"
        )
    return f"{parts.scheme}://{parts.netloc}", f"{parts.path.rstrip('/')}/"


def describe(found: Mapping[str, object]) -> dict[str, str]:
    """Give title and licence as the templates want them."""
    names = {"title": "title", "licence": "license", "licence_url": "license_url"}
    return {ours: str(found.get(theirs) or "") for ours, theirs in names.items()}


def starting_points(connection: sqlite3.Connection, has_address: bool) -> tuple[Target, ...]:
    """Give where to begin: the first page, every page of the site map, and the files no page links
    to."""
    paths = ["/", "/feed.atom", *(("/sitemap.xml", "/robots.txt") if has_address else ())]
    for _, query, path in LISTED.values():
        paths += [path(key) for (key,) in connection.execute(query, {"limit": -1, "offset": 0})]
    return tuple((p, ()) for p in paths)


def render_files(
    connection: sqlite3.Connection,
    target: Target,
    links: Links,
    about: Mapping[str, str],
    now: datetime,
) -> dict[Target, bytes]:
    """Give the files a path is published as: a page with the data beside it; none when the path
    leads nowhere."""
    path, query = target
    if path.startswith("/assets/"):
        name = next((name for name in ASSETS if asset_path(name) == path), None)
        return {target: asset(name)} if name else {}
    found = find_route(path)
    if found is None and path != SEARCH:
        return {}
    names = {} if found is None else found[1]
    function: PageFunction = page if path == SEARCH or found is None else found[0].page
    as_json = names.pop("json", None) is not None
    bare = path.removesuffix(".json") if as_json else path
    ask = PageRequest(
        path="/" if bare == "/index" else bare,
        names={k: unquote(v) for k, v in names.items()},
        query=query,
        now=now,
        address=links.absolute,
        static=True,
    )
    content = find(connection, function, ask)
    result = render(content, ask, links, about, as_json)
    if result.status != 200:
        return {}
    files = {target: result.body.encode()}
    if isinstance(content, Page) and content.data is not None and not as_json and not query:
        beside = ("/index" if path == "/" else path) + ".json"
        files[beside, ()] = render(content, ask, links, about, True).body.encode()
    return files


def error_page(
    connection: sqlite3.Connection, links: Links, about: Mapping[str, str], now: datetime
) -> bytes:
    """Give the page that a web server shows for addresses that lead nowhere."""
    ask = PageRequest(path="/404", now=now, static=True)
    result = answer(connection, lambda c, _: missing(c, Unknown("page", "here")), ask, links, about)
    return result.body.encode()
