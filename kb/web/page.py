"""What a page function is asked, and what it gives back. No HTTP, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kb.errors import UsageError

__all__ = ["Answered", "Document", "Feed", "Page", "PageRequest", "Redirect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """The parts of a request that a page may depend on."""

    path: str = "/"
    """Below the site's root as in the address (percent-encoded), without `.json`."""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the route's pattern named, decoded: `{"key": "sculley2015hidden"}`."""
    query: tuple[tuple[str, str], ...] = ()
    """Names and values behind the question mark, in order, empty values left out."""
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """The moment the page is asked for, with its offset."""
    address: Callable[[str], str] = str
    """Gives the full address of a path below the root, for feeds."""
    hidden: tuple[str, ...] = ()
    """Paths on this server that are for people with SQL, not for robots."""
    static: bool = False
    """True when the page is published as a file: it cannot answer to a query, and its clock stands
    still."""

    unknown: tuple[str, ...] = ()
    """Names behind the question mark that the page does not know."""

    def first(self, name: str, default: str = "") -> str:
        """Give the first value of a query parameter."""
        return next((v for n, v in self.query if n == name), default)

    def choice(self, name: str, allowed: Iterable[str], default: str = "") -> str:
        """Give the value of a query parameter that has few.

        Raises:
            UsageError: it is another one.
        """
        value, known = self.first(name, default), tuple(allowed)
        if value and value not in known:
            raise UsageError(f"{name}={value[:60]!r}: one of {', '.join(known)}")
        return value

    def all(self, name: str) -> tuple[str, ...]:
        """Give every value of a query parameter."""
        return tuple(v for n, v in self.query if n == name)

    def local(self, zone: str) -> datetime:
        """Give the moment in a time zone, without offset; `?on=2022-09-06` is taken as local time.

        Raises:
            UsageError: `?on=` is neither a day nor a moment.
        """
        wanted = self.first("on")
        if not wanted:
            return self.now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        try:
            return datetime.fromisoformat(wanted).replace(tzinfo=None)
        except ValueError as error:
            raise UsageError(
                f"on={wanted!r}: write a day as 2022-09-06 or a moment as 2022-09-06T12:00"
            ) from error


@dataclass(frozen=True, slots=True)
class Feed:
    """A file that holds the same in another format; becomes `<link rel=alternate>` and a `Link`
    header."""

    path: str
    """Below the site's root: `/semesters/F2022.ics`."""
    type: str
    """`text/calendar`."""
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its template with what it shows, and what machines want to know."""

    template: str
    """Below `kb/web/templates`: `work.html`."""
    context: Mapping[str, object] = field(default_factory=dict)
    title: str
    """Without the name of the site, which is added; empty for the home page."""
    description: str = ""
    canonical: str = ""
    """Path of this page as in an address (`kb.web.links.work_path`); empty for the path asked
    for."""
    links: tuple[Feed, ...] = ()
    data: object = None
    """What `.json` beside the page gives: dataclasses, mappings, tuples; None when there is
    none."""
    rows: str = ""
    """The rows below: a path within the database's own pages (`works/sculley2015hidden`,
    `sessions?semester=F2022`)."""
    meta: tuple[tuple[str, str], ...] = ()
    """Further `<meta name content>` in order: Highwire tags."""
    json_ld: Mapping[str, object] | None = None
    """A schema.org object; addresses that begin with `/` are completed."""
    section: str = ""
    """Which entry of the menu is the current one: its path."""
    index: bool = True
    """False keeps search engines away (searches, `?on=`)."""
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that is no page: a calendar, a feed, a table."""

    text: str
    type: str
    """Media type without character set."""
    filename: str = ""
    """Offered as a download under this name; empty shows it."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """The same is to be found elsewhere."""

    path: str
    """Below the site's root."""
    permanent: bool = True


Answered = Page | Document | Redirect
"""What page functions return."""
