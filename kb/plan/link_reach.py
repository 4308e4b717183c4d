"""Ask servers whether addresses can be reached: a few at a time, gently, giving up early without a
network.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kb import __version__
from kb.plan.link_answers import Answer

if TYPE_CHECKING:
    import httpx

__all__ = ["Manners", "Reached", "ask_all"]

GIVE_UP = 6
"""Hosts that cannot be connected to, without a single answer, after which there seems to be no
network.
"""

NO_CONNECTION = "no connection"
"""How the reason begins when a host could not be connected to."""

ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 429, 500, 501, 502, 503})
"""Statuses of HEAD after which GET is tried: many servers answer HEAD wrongly."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely to ask."""

    at_once: int = 12
    """Requests in flight."""
    per_host: int = 1
    """Requests in flight to one host."""
    pause: float = 0.3
    """Seconds between two requests to one host."""
    timeout: float = 15.0
    """Seconds to wait for a server."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The answers, and whether there was a network at all."""

    answers: dict[str, Answer]
    online: bool


def ask_all(
    urls: Iterable[str],
    manners: Manners = Manners(),
    progress: Callable[[str, int, int], None] = lambda host, done, total: None,
) -> Reached:
    """Ask for each address once; without a network the answers are empty and `online` is False."""
    return asyncio.run(ask(list(dict.fromkeys(urls)), manners, progress))


async def ask(
    urls: list[str], manners: Manners, progress: Callable[[str, int, int], None]
) -> Reached:
    """Ask for all addresses concurrently, each host in turn."""
    import httpx  # noqa: PLC0415 - only a look at the network needs it, and it costs 60 ms

    answers: dict[str, Answer] = {}
    unreachable: set[str] = set()
    answered = False
    done = 0
    at_once = asyncio.Semaphore(manners.at_once)
    hosts: dict[str, asyncio.Semaphore] = {}
    headers = {
        "User-Agent": f"coursebib/{__version__} (checks the links of a course's reading list)",
        "Accept": "*/*",
    }
    limits = httpx.Limits(
        max_connections=manners.at_once, max_keepalive_connections=manners.at_once
    )

    async with httpx.AsyncClient(
        headers=headers,
        timeout=manners.timeout,
        limits=limits,
        follow_redirects=True,
        max_redirects=8,
    ) as client:

        async def one(url: str) -> None:
            nonlocal answered, done
            host = urlsplit(url).netloc
            async with hosts.setdefault(host, asyncio.Semaphore(manners.per_host)):
                if not answered and len(unreachable) >= GIVE_UP:
                    return
                async with at_once:
                    answers[url] = await answer_for(client, url, host)
                if answers[url].why.startswith(NO_CONNECTION):
                    unreachable.add(host)
                else:
                    answered = True
                done += 1
                progress(host, done, len(urls))
                await asyncio.sleep(manners.pause)

        async def answer_for(client: httpx.AsyncClient, url: str, host: str) -> Answer:
            try:
                return await look(client, url)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
                return note("dead", None, f"{NO_CONNECTION} to {host}: {brief(error)}", url)
            except httpx.TimeoutException:
                return note("unclear", None, f"no answer within {manners.timeout:g} seconds", url)
            except httpx.TooManyRedirects:
                return note("dead", None, "redirects in a circle", url)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
                return note("unclear", None, f"the connection broke: {brief(error)}", url)

        await asyncio.gather(*(one(url) for url in urls))
    if urls and not answered:
        return Reached({}, online=False)
    return Reached(answers, online=True)


async def look(client: httpx.AsyncClient, url: str) -> Answer:
    """Ask with HEAD, then with GET where HEAD was refused; the body of a GET is not read."""
    response = await client.head(url)
    if response.status_code in ASK_AGAIN:
        async with client.stream("GET", url) as streamed:
            response = streamed
    return judge(url, response)


def judge(url: str, response: httpx.Response) -> Answer:
    """Turn a response into an answer; a move counts when every step of it is permanent."""
    status, words = response.status_code, f"{response.status_code} {response.reason_phrase}".strip()
    final = str(response.url)
    if status in {404, 410}:
        return note("dead", status, words, final)
    if status >= 400:
        return note("unclear", status, f"the server answers {words}", final)
    permanent = bool(response.history) and all(
        step.status_code in {301, 308} for step in response.history
    )
    if permanent and final.rstrip("/") != url.rstrip("/"):
        return note("moved", status, words, final)
    return note("ok", status, words, final)


def note(state: str, status: int | None, why: str, final: str) -> Answer:
    """Give an answer of now."""
    return Answer(state, status, why, final, datetime.now(UTC).isoformat(timespec="seconds"))


def brief(error: BaseException) -> str:
    """Give an error in a few words."""
    return (str(error) or type(error).__name__).splitlines()[0][:80]
