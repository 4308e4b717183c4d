"""Which address shows which page: the whole site at a glance."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from kb.render.formats import FORMATS, list_formats, work_formats
from kb.web.page import Answered, PageRequest
from kb.web.pages import (
    about,
    files,
    history,
    home,
    machines,
    people,
    planning,
    search,
    semesters,
    sessions,
    topics,
    upcoming,
    works,
)

__all__ = ["ROUTES", "PageFunction", "Route", "find_route"]

PageFunction = Callable[[sqlite3.Connection, PageRequest], Answered]


TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|_\w*", re.IGNORECASE)
"""Names that others put behind our addresses."""


@dataclass(frozen=True, slots=True)
class Route:
    """An address and its page."""

    pattern: str
    """`{name}` is one part of the path, `{name+}` one or several; ends with a file's ending or
    none."""
    page: PageFunction
    clock: bool = False
    """True when the page depends on the time of day."""
    takes: tuple[str, ...] = ()
    """Names that the page knows behind the question mark, beside `on` where the clock matters."""

    def unknown(self, names: Iterable[str]) -> tuple[str, ...]:
        """Give the names that the page does not know; those that trackers add are left out."""
        known = {*self.takes, *(("on",) if self.clock else ())}
        return tuple(
            dict.fromkeys(n for n in names if n not in known and not TRACKING.fullmatch(n))
        )

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern for Datasette: pages without ending have a `.json` beside them."""
        return compile_pattern(self.pattern)


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Give a route's pattern as a regular expression for raw paths."""
    if pattern == "/":
        return re.compile(r"^/(?:index(?P<json>\.json))?$")
    body = re.sub(
        r"\\\{(\w+)(\\\+)?\\\}",
        lambda m: f"(?P<{m[1]}>{'.+?' if m[2] else '[^/]+?'})",
        re.escape(pattern),
    )
    ending = "" if re.search(r"\.[a-z{}]+$", pattern) else r"(?P<json>\.json)?"
    return re.compile(f"^{body}{ending}$")


LIST_FILES = tuple(
    Route(f"/semesters/{{id}}.{f.ending}", files.list_file(f)) for f in list_formats(site=True)
)
"""A semester in every format."""

WORK_FILES = tuple(
    Route(f"{c.pattern}.{f.ending}", files.works_file(f, c))
    for c in files.COLLECTIONS
    for f in work_formats(site=True)
)
"""What a page lists, in every format of works."""

ROUTES: tuple[Route, ...] = (
    Route("/", home.page, clock=True),
    Route("/next", upcoming.page, clock=True, takes=("semester",)),
    Route("/semesters", semesters.index, clock=True),
    Route("/semesters/{id}/reading-list.html", files.list_file(FORMATS["html"])),
    Route("/semesters/{id}/changes.atom", files.changes_feed),
    Route("/semesters/{id}/deadlines.ics", files.list_file(FORMATS["ics"], "deadlines")),
    *LIST_FILES,
    Route("/semesters/{id}/compare/{other}", planning.compare),
    Route("/semesters/{id}/gaps", planning.gaps),
    Route("/semesters/{id}/load", planning.load),
    Route("/semesters/{id}", semesters.page, clock=True, takes=("kind",)),
    *WORK_FILES,
    Route("/sessions/{id}", sessions.page),
    Route("/search", search.page, takes=search.TAKES),
    Route("/about", about.page),
    Route("/feed.atom", machines.feed, clock=True),
    Route("/sitemap.xml", machines.sitemap),
    Route("/sitemap-{kind}-{n}.xml", machines.sitemap_part),
    Route("/robots.txt", machines.robots),
    Route("/works", works.shelf, takes=("topic", "year", "kind", "page")),
    Route("/works/pages/{page}", works.shelf, takes=("topic", "year", "kind")),
    Route("/works/{key}.csl", works.moved_csl),
    Route("/works/{key}/cite", works.references),
    Route("/works/{key}/near", works.near),
    Route("/works/{key}", works.page),
    Route("/topics", topics.tree),
    Route("/topics/{slug+}/pages/{page}", topics.page),
    Route("/topics/{slug+}", topics.page, takes=("page",)),
    Route("/history", history.page, takes=("sort", "page")),
    Route("/history/pages/{page}", history.page),
    Route("/history/{sort}", history.page, takes=("page",)),
    Route("/history/{sort}/pages/{page}", history.page),
    Route("/people", people.everybody, takes=("page",)),
    Route("/people/pages/{page}", people.everybody),
    Route("/people/letters/{letter}", people.everybody, takes=("page",)),
    Route("/people/letters/{letter}/pages/{page}", people.everybody),
    Route("/people/{id}", people.page, takes=("page",)),
    Route("/people/{id}/pages/{page}", people.page),
)
"""The first that fits answers; Datasette's own pages come after all of these."""


def find_route(path: str) -> tuple[Route, dict[str, str]] | None:
    """Give the route of a raw path with what its pattern named, still encoded; None when it is not
    ours."""
    for route in ROUTES:
        match = route.regex.match(path)
        if match:
            return route, {k: v for k, v in match.groupdict().items() if v is not None}
    return None
