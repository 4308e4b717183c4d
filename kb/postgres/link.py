"""Addresses of PostgreSQL databases, and connections that say what to do when they fail."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kb.errors import DatabaseUnusable, UsageError

if TYPE_CHECKING:
    import psycopg

__all__ = ["Server", "connect", "is_server", "own_institution", "read_server", "with_retries"]

T = TypeVar("T")

SCHEMES = ("postgresql", "postgres")

TRIES = 10
"""How often work is begun when the server goes away; a failover takes seconds to half a minute."""

LONGEST_PAUSE = 5.0
"""Seconds between two tries at most; they double from half a second."""


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a server, and whose rows are meant."""

    url: str
    """For libpq, without our own parameter."""
    institution: str = ""
    """Empty: the one whose role connects, or the only one."""

    def __str__(self) -> str:
        """Give the address without a password, as messages may show it."""
        parts = urlsplit(self.url)
        hosts = parts.netloc.rpartition("@")[2]  # several with their ports, joined by commas
        return f"{parts.scheme}://{hosts}{parts.path}"


def is_server(value: str) -> bool:
    """Tell whether `--db` names a server instead of a file."""
    return value.partition("://")[0] in SCHEMES and "://" in value


def read_server(value: str) -> Server:
    """Give a server from `postgresql://user@host/name?institution=ID`.

    Raises:
        UsageError: it is no such address.
    """
    if not is_server(value):
        raise UsageError(f"{value!r} is no address of PostgreSQL; write postgresql://HOST/NAME")
    parts = urlsplit(value)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    own = next((text for name, text in pairs if name == "institution"), "")
    query = urlencode([(name, text) for name, text in pairs if name != "institution"])
    return Server(urlunsplit(parts._replace(query=query)), own)


def connect(server: Server) -> psycopg.Connection:
    """Give a connection in which each statement stands alone until a transaction is begun.

    Raises:
        DatabaseUnusable: no driver, no server, no access.
    """
    if find_spec("psycopg") is None:
        raise DatabaseUnusable('PostgreSQL needs a driver; run: pip install "coursebib[postgres]"')
    import psycopg  # noqa: PLC0415 an extra, only here where a server is asked for

    try:
        return psycopg.connect(
            server.url, autocommit=True, connect_timeout=10, application_name="coursebib"
        )
    except psycopg.Error as error:
        said = " ".join(str(error).split())
        raise DatabaseUnusable(f"{server}: cannot connect: {said}") from error


def with_retries(server: Server, work: Callable[[psycopg.Connection], T], pause: float = 0.5) -> T:
    """Run work on a fresh connection; begin it anew when the server goes away under it.

    Work must be one transaction, so that beginning anew ends the same.

    Raises:
        DatabaseUnusable: the server stays away, or refuses.
    """
    for attempt in range(TRIES):
        try:
            connection = connect(server)
        except DatabaseUnusable:
            if attempt == TRIES - 1 or find_spec("psycopg") is None:
                raise
            time.sleep(min(pause * 2**attempt, LONGEST_PAUSE))
            continue
        import psycopg  # noqa: PLC0415 an extra

        try:
            return work(connection)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            if attempt == TRIES - 1:
                said = " ".join(str(error).split())
                raise DatabaseUnusable(f"{server}: the server went away: {said}") from error
            time.sleep(min(pause * 2**attempt, LONGEST_PAUSE))
        except psycopg.Error as error:
            said = " ".join(str(error).split())
            raise DatabaseUnusable(f"{server}: nothing was changed: {said}") from error
        finally:
            connection.close()
    raise DatabaseUnusable(f"{server}: the server went away")


def own_institution(connection: psycopg.Connection, server: Server) -> str:
    """Give whose rows are meant: named in the address, the role's own, or the only one.

    Raises:
        UsageError: there are several, or the one that was named is not there.
    """
    rows = connection.execute(
        "select id, role = current_user from kb.institutions order by id"
    ).fetchall()
    names = [name for name, _ in rows]
    if server.institution:
        if server.institution not in names:
            raise UsageError(
                f"no institution {server.institution!r}; there are {', '.join(names) or 'none'}"
            )
        return server.institution
    own = [name for name, mine in rows if mine] or names
    if len(own) == 1:
        return str(own[0])
    if not own:
        raise UsageError("no institution yet; add one with `kb server add URL ID --role ROLE`")
    raise UsageError(
        f"which institution? Put ?institution={own[0]} behind the address; there are "
        + ", ".join(own)
    )
