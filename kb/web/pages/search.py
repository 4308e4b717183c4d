"""Search: hits with their passages, facets that combine, did you mean."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.errors import UsageError
from kb.search.find import SORTS, search
from kb.search.models import Facet, Place, Results
from kb.text import clean
from kb.views.read import get_topics
from kb.web.links import person_path, semester_path, session_path, topic_path, work_path
from kb.web.page import Page, PageRequest
from kb.web.pages.files import work_feeds
from kb.web.pages.works import page_number

__all__ = ["page"]

PER_PAGE = 20
MOST_SHOWN = 500
"""Letters of a query that are repeated on the page."""
MOST_PAGES = 500
FACETS = ("topic", "kind", "year", "semester", "assigned", "annotated")
TAKES = ("q", *FACETS, "sort", "page")
"""What the page knows behind the question mark."""
EXAMPLES = (
    '"technical debt"',
    "author:sculley",
    "test* -fairness",
    "topic:data-quality year:2019..",
    "kind:book assigned:yes",
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A facet value that narrows the hits."""

    name: str
    value: str
    label: str


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the search page; without a query, the form with help."""
    whole = clean(ask.first("q")).strip()
    typed = whole[:MOST_SHOWN]
    chosen = tuple((name, value) for name in FACETS for value in dict.fromkeys(ask.all(name)))
    sort = ask.choice("sort", SORTS, SORTS[0])
    number = page_number(ask)
    if number > MOST_PAGES:
        raise UsageError(f"page={number}: the last one that is shown is {MOST_PAGES}")
    asked = bool(typed or chosen)
    found = (
        search(
            connection,
            whole,
            filters=chosen,
            sort=sort,
            limit=PER_PAGE,
            offset=(number - 1) * PER_PAGE,
            facets=True,
        )
        if asked
        else None
    )
    titles = {t.slug: t.title for t in get_topics(connection)}
    return Page(
        template="search.html",
        title=f"Search: {typed}" if typed else "Search",
        description="Search works, their people, annotations, topics, sessions and questions.",
        section="/search",
        context={
            "typed": typed,
            "found": found,
            "chips": tuple(
                Chip(
                    name,
                    value,
                    titles.get(value, value) if name == "topic" else label_of(name, value),
                )
                for name, value in chosen
            ),
            "chosen": chosen,
            "facets": tuple(visible(f, chosen) for f in found.facets) if found else (),
            "pages": min(MOST_PAGES, -(-found.total // PER_PAGE)) if found else 0,
            "number": number,
            "first": (number - 1) * PER_PAGE + 1,
            "query": {
                "q": typed,
                **{name: tuple(v for n, v in chosen if n == name) for name in FACETS},
                "sort": sort if sort != SORTS[0] else "",
            },
            "places": tuple((place_path(p), p) for p in found.places) if found else (),
            "examples": EXAMPLES,
        },
        links=work_feeds("/search") if found and found.total else (),
        data=found or Results("", (), 0, 0, PER_PAGE, sort),
        rows="works",
        index=False,
    )


def label_of(name: str, value: str) -> str:
    """Name a facet value outside its list."""
    return {
        "assigned": {"yes": "assigned", "no": "not assigned"},
        "annotated": {"yes": "annotated", "no": "not annotated"},
    }.get(name, {}).get(value, value)


def visible(facet: Facet, chosen: tuple[tuple[str, str], ...]) -> Facet:
    """Give the values worth showing: areas, and the topics of areas that were chosen or are alone;
    nothing that does not divide."""
    options = facet.options
    if facet.name == "topic":
        areas = [o.value for o in options if not o.depth]
        open_areas = {v.split("/")[0] for n, v in chosen if n == "topic"} | (
            set(areas) if len(areas) == 1 else set()
        )
        options = tuple(o for o in options if not o.depth or o.value.split("/")[0] in open_areas)
    options = tuple(o for o in options if (facet.name, o.value) not in chosen)
    return Facet(
        facet.name, facet.label, options if len(options) > 1 or facet.name == "topic" else ()
    )


def place_path(place: Place) -> str:
    """Give the address of a place."""
    paths = {
        "topic": topic_path,
        "person": person_path,
        "session": session_path,
        "semester": semester_path,
        "question": work_path,
    }
    return paths[place.kind](place.id)
