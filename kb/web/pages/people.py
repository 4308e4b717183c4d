"""People: who wrote the works, and each one's works and co-authors."""

from __future__ import annotations

import sqlite3
from urllib.parse import quote, quote_plus

from kb.errors import Unknown
from kb.views.browse import (
    PER_PAGE,
    browse_people,
    count_people,
    get_co_authors,
    get_person,
    get_works_of_person,
)
from kb.views.models import LinkView
from kb.web.links import person_path
from kb.web.page import Page, PageRequest, Redirect
from kb.web.pages.files import work_feeds
from kb.web.pages.works import page_number

__all__ = ["everybody", "page"]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PEOPLE_PER_PAGE = 120


def everybody(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give people: those with most works, or those whose family name begins with a letter.

    Raises:
        Unknown: no such letter or page.
    """
    letter = ask.names.get("letter", "")
    if letter and letter not in LETTERS:
        raise Unknown("letter", letter)
    place = page_number(ask)
    total = count_people(connection, letter)
    pages = max(1, -(-total // PEOPLE_PER_PAGE))
    if place > pages:
        raise Unknown("page of people", str(place))
    people = browse_people(connection, letter, place, PEOPLE_PER_PAGE)
    return Page(
        template="people.html",
        title="People"
        + (f": {letter.upper()}" if letter else "")
        + (f", page {place}" if place > 1 else ""),
        description="Everybody who wrote a work of the bibliography.",
        section="/topics",
        context={
            "people": people,
            "letter": letter,
            "letters": LETTERS,
            "total": total,
            "page_number": place,
            "pages": pages,
            "base_path": f"/people/letters/{letter}" if letter else "/people",
        },
        data={"total": total, "page": place, "pages": pages, "people": people},
        rows="people",
    )


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give the page of a person.

    Raises:
        Unknown: no such person or page.
    """
    person = get_person(connection, ask.names["id"])
    path = person_path(person.id)
    if person.id != ask.names["id"]:
        return Redirect(path)
    place = page_number(ask)
    pages = max(1, -(-person.works // PER_PAGE))
    if place > pages:
        raise Unknown("page of works", str(place))
    works = get_works_of_person(connection, person.id, place)
    co_authors = get_co_authors(connection, person.id)
    name = quote_plus(person.display)
    return Page(
        template="person.html",
        title=person.display + (f", page {place}" if place > 1 else ""),
        description=f"Works by {person.display} in this bibliography, and co-authors.",
        section="/topics",
        context={
            "person": person,
            "person_path": path,
            "works": works,
            "co_authors": co_authors,
            "page_number": place,
            "pages": pages,
            "elsewhere": (
                LinkView(
                    "Google Scholar", f"https://scholar.google.com/scholar?q=author%3A%22{name}%22"
                ),
                LinkView("DBLP", f"https://dblp.org/search?q={name}"),
                LinkView("ORCID", f"https://orcid.org/orcid-search/search?searchQuery={name}"),
            ),
        },
        links=work_feeds(path) if person.works > 1 else (),  # one work's page has its files
        data={
            "person": person,
            "works": [{"role": role, "work": work} for work, role in works],
            "co_authors": [{"id": i, "name": n, "works": k} for i, n, k in co_authors],
        },
        json_ld={
            "@type": "Person" if person.given else "Organization",
            "@id": path,
            "name": person.display,
            "familyName": person.family if person.given else None,
            "givenName": person.given,
        },
        rows=f"authorship?person={quote(person.id, safe='')}",
    )
