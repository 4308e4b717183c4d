"""History: which work was read in which semester, what took its place."""

from __future__ import annotations

import sqlite3

from kb.errors import Unknown, UsageError
from kb.plan.history import History, WorkHistory, get_history
from kb.plan.history_facts import WORK_TOPICS
from kb.render.history_json import history_data
from kb.render.svg_matrix import matrix
from kb.views.matrix import get_cell_sessions
from kb.views.read import get_topics
from kb.web.page import Page, PageRequest
from kb.web.pages.works import page_number

__all__ = ["page"]

SORTS = {"topic": "by topic", "first": "by first use", "most": "most often first"}
"""Orders of the table and what they are called."""

PER_PAGE = 25

Groups = list[tuple[str, str, list[WorkHistory]]]
"""(title, topic slug or empty, works)."""


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the page of the history, all works that were ever assigned.

    Raises:
        UsageError: no such order.
        Unknown: no such page.
    """
    sort = ask.names.get("sort") or ask.first("sort", "topic")
    if sort not in SORTS:
        raise UsageError(f"sort={sort[:40]!r}: one of {', '.join(SORTS)} is expected")
    history = get_history(connection)
    topics = {t.slug: t.title for t in get_topics(connection)}
    place = page_number(ask)
    pages = max(1, -(-len(history.works) // PER_PAGE))
    if place > pages:
        raise Unknown("page of works", str(place))
    groups = cut(
        grouped(history, topics, sort, own_topics(connection)),
        (place - 1) * PER_PAGE,
        place * PER_PAGE,
    )
    shown = {w.work for _, _, works in groups for w in works}
    return Page(
        template="history.html",
        title="History" + (f", page {place}" if place > 1 else ""),
        description=(
            "Which works were read in which semester, with portions, and what took their place."
        ),
        section="/history",
        context={
            "history": history,
            "groups": groups,
            "topics": topics,
            "sort": sort,
            "sorts": SORTS,
            "page_number": place,
            "pages": pages,
            "sessions": {
                key: found
                for key, found in get_cell_sessions(connection).items()
                if key[0] in shown
            },
            "matrix": matrix(history.semesters, [(title, works) for title, _, works in groups]),
        },
        data={
            **history_data(history, (w for w in history.works if w.work in shown)),
            "page": place,
            "pages": pages,
        },
        rows="assigned_in",
    )


def own_topics(connection: sqlite3.Connection) -> dict[str, str]:
    """Give the main topic of each assigned work that has one."""
    found: dict[str, str] = {}
    for work, topic in connection.execute(WORK_TOPICS):
        found.setdefault(work, topic)
    return found


def grouped(history: History, topics: dict[str, str], sort: str, own: dict[str, str]) -> Groups:
    """Give all works in groups, in the order asked for; a work read under no topic stands under its
    own."""
    if sort == "most":
        return [("", "", list(history.works))]
    groups: dict[str, list[WorkHistory]] = {}
    for work in sorted(history.works, key=lambda w: (first_use(history, w), w.title.casefold())):
        groups.setdefault(
            (main_area(work) or own.get(work.work, "").split("/")[0])
            if sort == "topic"
            else history.semesters[first_use(history, work)],
            [],
        ).append(work)
    if sort == "first":
        return [
            (f"First read in {name}", "", groups[name])
            for name in history.semesters
            if name in groups
        ]
    order = [slug for slug in topics if slug in groups]
    rest = [slug for slug in groups if slug not in topics]
    return [(topics.get(slug, "Without topic"), slug, groups[slug]) for slug in (*order, *rest)]


def first_use(history: History, work: WorkHistory) -> int:
    """Give the number of the semester that read a work first."""
    return min(history.semesters.index(name) for name in work.cells)


def main_area(work: WorkHistory) -> str:
    """Give the area under which a work was read most often; empty when it never had a topic."""
    areas = [slug.split("/")[0] for found in work.topics.values() for slug in found]
    return max(dict.fromkeys(areas), key=areas.count) if areas else ""


def cut(groups: Groups, first: int, last: int) -> Groups:
    """Give the works from place `first` to before `last`, groups that become empty left out."""
    found: Groups = []
    place = 0
    for title, slug, works in groups:
        part = works[max(0, first - place) : max(0, last - place)]
        place += len(works)
        if part:
            found.append((title, slug, part))
    return found
