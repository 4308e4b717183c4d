"""Works: the shelf page by page, and each work with its note, its history and how to cite it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import quote, quote_plus, urlsplit

from kb.errors import Unknown, UsageError
from kb.links import is_safe_url
from kb.markup import KEY_LINK
from kb.plan.history import WorkHistory, get_history
from kb.render.citations import STYLES, Citation, cite, has_citeproc, plain_citation
from kb.render.csl import csl_item
from kb.render.scholar import coins, highwire, json_ld
from kb.render.svg_years import year_bars
from kb.render.works_json import work_data
from kb.search.related import related_works
from kb.text import first_sentence, name_works, strip_markdown
from kb.views.browse import PER_PAGE, browse_works, get_neighbours, get_prompts
from kb.views.models import LinkView, WorkView
from kb.views.read import get_titles, get_topics, get_work
from kb.views.selection import find_topic
from kb.views.works_sql import LAST_ROW
from kb.web.links import person_path, row_path, work_path
from kb.web.page import Page, PageRequest, Redirect
from kb.web.pages.files import work_feeds

__all__ = ["moved_csl", "near", "page", "page_number", "references", "shelf"]

SHOWN_STYLES = ("apa", "ieee", "acm")
"""Styles on the page of a work; its page of references has more."""

SMALL = 5_000
"""Works up to which references and related works stand on each work's page, beyond it on pages of
their own.
Making three references takes about ten milliseconds, twice the rest of the page, and what is near
takes longer the
more works there are; a large collection is asked for too many different pages for that."""


def page_number(ask: PageRequest) -> int:
    """Give the page of a list that is asked for, in the path or behind the question mark.

    Raises:
        UsageError: not a number.
    """
    return number(ask, "page", 1, 100_000) or 1


def number(ask: PageRequest, name: str, least: int, most: int) -> int | None:
    """Read a number of the query; None when it is not asked for.

    Raises:
        UsageError: not a number, or out of range.
    """
    text = ask.names.get(name) or ask.first(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        raise UsageError(f"{name}={text[:40]!r}: a number from {least} to {most} is expected")
    return int(text)


def shelf(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give a page of all works, narrowed by year, kind and topic.

    Raises:
        Unknown: no such topic.
        UsageError: a year or page that is no number.
    """
    topics = get_topics(connection)
    topic = find_topic(connection, ask.first("topic")) if ask.first("topic") else ""
    year, kind = number(ask, "year", 0, 9999), ask.first("kind")
    found = browse_works(connection, topic, year, kind, page_number(ask))
    if not found.works and found.page > 1:
        raise Unknown("page of works", str(found.page))
    chosen = next((t for t in topics if t.slug == topic), None)
    filters = {"topic": topic, "year": "" if year is None else str(year), "kind": kind}
    return Page(
        template="works.html",
        title="Works"
        + (f" on {chosen.title}" if chosen else "")
        + (f", page {found.page}" if found.page > 1 else ""),
        description="Every work of the bibliography by year, kind and topic.",
        section="/topics",
        index=not any(filters.values()),
        context={
            "shelf": found,
            "topics": topics,
            "chosen": chosen,
            "filters": filters,
            "first": (found.page - 1) * PER_PAGE + 1,
            "bars": year_bars(dict(found.years))
            if len(found.years) > 2 and found.page == 1
            else None,
        },
        links=() if any(filters.values()) or found.page > 1 else work_feeds("/works"),
        data={
            "total": found.total,
            "page": found.page,
            "pages": found.pages,
            "works": found.works,
            "years": found.years,
            "kinds": found.kinds,
        },
        rows=f"topic_works?topic={quote(topic)}" if topic else "works",
    )


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give the page of a work.

    Raises:
        Unknown: no such work.
    """
    work, elsewhere = find_work(connection, ask)
    if elsewhere:
        return elsewhere
    path = work_path(work.key)
    item = csl_item(work)
    small = connection.execute(LAST_ROW).fetchone()[0] <= SMALL
    nearest = related_works(connection, work.key, 6) if small else ()
    history = (
        next((w for w in get_history(connection).works if w.work == work.key), None)
        if work.assigned
        else None
    )
    people = {i: person_path(i) for i, _, _ in work.people}
    titles = get_titles(
        connection, [k for note in work.notes for k in (*note.works, *KEY_LINK.findall(note.text))]
    )
    why = first_sentence(name_works(work.notes[0].text, titles)) if work.notes else ""
    return Page(
        template="work.html",
        title=f"{work.title} ({work.year})" if work.year else work.title,
        description=why or f"{work.authors}. {work.venue}".strip(". "),
        canonical=path,
        section="/topics",
        links=work_feeds(path, single=True),
        context={
            "work": work,
            "titles": titles,
            "people": group_people(work),
            "places": places(work),
            "libraries": libraries(work),
            "citations": citations(work, SHOWN_STYLES) if small else (),
            "small": small,
            "plain_citation": plain_citation(work),
            "coins": coins(item),
            "history": history,
            "assigned": [
                (semester, list(rows))
                for semester, rows in groupby(work.assigned, key=lambda a: a.semester)
            ][::-1],
            "folded": len(work.assigned) > MOST_UNFOLDED,
            "prompts": get_prompts(connection, work.key),
            "neighbours": get_neighbours(connection, work),
            "related": nearest,
        },
        data={**work_data(work), "history": history_data(history), "related": nearest, "csl": item},
        meta=highwire(item),
        json_ld=json_ld(work, item, path, people),
        rows=row_path("works", work.key),
    )


def near(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give the page of works near one.

    Raises:
        Unknown: no such work.
    """
    work, elsewhere = find_work(connection, ask, "/near")
    if elsewhere:
        return elsewhere
    found = related_works(connection, work.key, 20)
    return Page(
        template="near.html",
        title=f"Near {work.title}",
        description=f"Works near {work.title}: alike in words, topics, sessions and people.",
        section="/topics",
        index=False,
        context={"work": work, "related": found},
        data=found,
        rows=f"work_links?work={quote(work.key, safe='')}",
    )


def find_work(
    connection: sqlite3.Connection, ask: PageRequest, below: str = ""
) -> tuple[WorkView, Redirect | None]:
    """Give the work that is asked for, and where to go when its key is written otherwise.

    Raises:
        Unknown: no such work.
    """
    work = get_work(connection, ask.names["key"])
    return work, None if work.key == ask.names["key"] else Redirect(work_path(work.key) + below)


def group_people(work: WorkView) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Give (role, people as (id, name)) in order: authors, then editors."""
    roles = dict.fromkeys(role for _, _, role in work.people)
    return tuple(
        (role, tuple((i, name) for i, name, r in work.people if r == role)) for role in roles
    )


MOST_UNFOLDED = 8
"""Assignments that are shown at once; more are folded by semester."""

LOGIN = (
    "dl.acm.org ieeexplore.ieee.org computer.org sciencedirect.com elsevier.com springer.com"
    " wiley.com tandfonline.com sagepub.com jstor.org nature.com science.org oreilly.com"
    " safaribooksonline.com medium.com hbr.org nytimes.com wsj.com"
).split()
"""Sites that show some works only to those who subscribe."""


def may_need_login(url: str) -> bool:
    """Tell whether a site may ask for a login."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return any(host == site or host.endswith(f".{site}") for site in LOGIN)


def places(work: WorkView) -> tuple[LinkView, ...]:
    """Give where the work is to be found, its own address first."""
    found: dict[str, str] = {}
    if is_safe_url(work.url):
        found[work.url] = (
            "Watch it"
            if work.type == "video"
            else "Listen to it"
            if work.type == "audio"
            else "Read it"
        )
    for url, label in (
        (f"https://doi.org/{quote(work.doi, safe='/()')}" if work.doi else "", "DOI"),
        (f"https://arxiv.org/abs/{quote(work.arxiv)}" if work.arxiv else "", "arXiv"),
    ):
        if url and is_safe_url(url):
            found.setdefault(url, label)
    return tuple(
        LinkView(f"{label} (may need a login)" if may_need_login(url) else label, url)
        for url, label in found.items()
    )


def libraries(work: WorkView) -> tuple[LinkView, ...]:
    """Give searches for the work in libraries."""
    words = quote_plus(
        f"{strip_markdown(work.title)} {work.people[0][1] if work.people else ''}".strip()
    )
    by_number = quote_plus(f"bn:{work.isbn}") if work.isbn else words
    return (
        LinkView("Google Scholar", f"https://scholar.google.com/scholar?q={words}"),
        LinkView("Semantic Scholar", f"https://www.semanticscholar.org/search?q={words}"),
        LinkView("WorldCat", f"https://search.worldcat.org/search?q={by_number}"),
    )


def citations(work: WorkView, styles: Iterable[str]) -> tuple[tuple[str, Citation], ...]:
    """Give (label, reference) in styles; none when citeproc-py is not installed."""
    return (
        tuple((STYLES[name].label, cite(work, name)) for name in styles) if has_citeproc() else ()
    )


def references(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give the page that cites a work in every style with a short name.

    Raises:
        Unknown: no such work.
    """
    work, elsewhere = find_work(connection, ask, "/cite")
    if elsewhere:
        return elsewhere
    found = citations(work, STYLES)
    return Page(
        template="cite.html",
        title=f"Cite {work.title}",
        description=plain_citation(work),
        section="/topics",
        index=False,
        context={"work": work, "citations": found, "plain_citation": plain_citation(work)},
        data={
            "key": work.key,
            "bibtex": work.bibtex,
            "references": {c.style: {"text": c.text, "html": c.html} for _, c in found},
        },
        rows=row_path("works", work.key),
    )


def history_data(history: WorkHistory | None) -> dict[str, object]:
    """Give what took whose place as plain data."""
    if history is None:
        return {"replaces": (), "replaced_by": ()}
    return {"replaces": history.replaces, "replaced_by": history.replaced_by}


def moved_csl(connection: sqlite3.Connection, ask: PageRequest) -> Redirect:
    """Lead to the file that bore the ending of citation styles before.

    Raises:
        Unknown: no such work.
    """
    return Redirect(f"{work_path(get_work(connection, ask.names['key']).key)}.csl.json")
