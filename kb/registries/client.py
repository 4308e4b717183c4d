"""Asking registries: politely, with a memory, and giving up early without a network."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from kb import __version__
from kb.errors import KbError

__all__ = ["CACHE_NAME", "Client", "Hosts", "NotRegistered", "Offline"]

CACHE_NAME = ".kb-registries.json"
"""The file beside the sources that remembers answers."""

CACHE_DAYS = 90
"""Records hardly change; three months later they are asked for again."""

BUSY = frozenset({429, 500, 502, 503, 504})
"""Statuses after which a registry is asked again, at most twice."""

LARGEST_BYTES = 5_000_000
"""An answer beyond this is no record."""


class Offline(KbError, ConnectionError):
    """No registry could be reached."""


class NotRegistered(KbError, LookupError):
    """The registry answers and does not know the name."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where the registries are; `COURSEBIB_REGISTRIES=http://host` puts all below one address."""

    doi: str = "https://doi.org"
    crossref: str = "https://api.crossref.org"
    arxiv: str = "https://export.arxiv.org"
    books: str = "https://openlibrary.org"

    @classmethod
    def from_environment(cls) -> Hosts:
        """Give the public registries, or those of the environment."""
        base = os.environ.get("COURSEBIB_REGISTRIES", "").rstrip("/")
        names = ("doi", "crossref", "arxiv", "books")
        return cls(**{name: f"{base}/{name}" for name in names}) if base else cls()


@dataclass(slots=True)
class Client:
    """Asks for texts and remembers them; use it as a context manager.

    Args:
        cache: file of remembered answers; None keeps them in memory only.
        pause: seconds between two requests to one host.
    """

    cache: Path | None = None
    hosts: Hosts = field(default_factory=Hosts.from_environment)
    pause: float = 0.2
    timeout: float = 20.0
    asked: int = 0
    """Requests that went out; answers from memory are none."""
    _answers: dict[str, dict[str, str]] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _http: httpx.Client | None = None

    def __enter__(self) -> Client:
        if self.cache:
            with contextlib.suppress(OSError, ValueError):
                stored = json.loads(self.cache.read_text(encoding="utf-8"))
                if isinstance(stored, dict):
                    self._answers = {k: v for k, v in stored.items() if isinstance(v, dict)}
        contact = os.environ.get("COURSEBIB_MAILTO", "")
        agent = f"coursebib/{__version__}" + (f" (mailto:{contact})" if contact else "")
        self._http = httpx.Client(
            headers={"User-Agent": agent}, timeout=self.timeout, follow_redirects=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._http:
            self._http.close()
        if self.cache and self.asked:
            beside = self.cache.with_suffix(".tmp")
            with contextlib.suppress(OSError):
                beside.write_text(json.dumps(self._answers, sort_keys=True), encoding="utf-8")
                beside.replace(self.cache)

    def get(self, url: str, accept: str = "application/json") -> str:
        """Give the text at an address, from memory when it is young enough.

        Raises:
            NotRegistered: the server says that there is no such thing.
            Offline: the server cannot be reached or stays busy.
        """
        remembered = self._answers.get(f"{accept} {url}")
        if remembered and is_young(remembered.get("when", "")):
            return remembered.get("text", "")
        text = self._ask(url, accept)
        self._answers[f"{accept} {url}"] = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "text": text,
        }
        return text

    def _ask(self, url: str, accept: str) -> str:
        assert self._http is not None, "use the client as a context manager"
        host = httpx.URL(url).host
        wait = self._last.get(host, 0.0) + self.pause - time.monotonic()
        for attempt in range(3):
            if wait > 0:
                time.sleep(min(wait, 10.0))
            self.asked += 1
            try:
                response = self._http.get(url, headers={"Accept": accept})
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Offline(f"{host} cannot be reached ({type(error).__name__})") from error
            self._last[host] = time.monotonic()
            if response.status_code not in BUSY:
                break
            wait = seconds_to_wait(response, attempt)
        if response.status_code in BUSY:
            raise Offline(f"{host} is busy ({response.status_code}); try again later")
        if response.status_code >= 400:
            raise NotRegistered(f"{host} does not know it ({response.status_code})")
        if len(response.content) > LARGEST_BYTES:
            raise NotRegistered(f"{host} answers with {len(response.content)} bytes, no record")
        return response.text


def seconds_to_wait(response: httpx.Response, attempt: int) -> float:
    """Give how long a busy server wants to be left alone: what it says, or ever longer."""
    said = response.headers.get("retry-after", "")
    return float(said) if said.isdigit() else 0.5 * 2**attempt


def is_young(when: str) -> bool:
    """Tell whether a remembered answer still counts."""
    try:
        age = datetime.now(UTC) - datetime.fromisoformat(when)
    except (ValueError, TypeError):
        return False
    return timedelta(0) <= age < timedelta(days=CACHE_DAYS)
