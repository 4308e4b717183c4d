"""Works, topics and people page by page: what the researcher's pages list."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from kb.errors import Unknown
from kb.views import works_sql as sql
from kb.views.models import PromptView, WorkView
from kb.views.near import near_ids
from kb.views.rows import fetch, model_of, named_rows

__all__ = [
    "PER_PAGE",
    "Neighbours",
    "PersonView",
    "Shelf",
    "TopicSession",
    "WorkLine",
    "browse_people",
    "browse_works",
    "count_people",
    "get_co_authors",
    "get_neighbours",
    "get_person",
    "get_prompts",
    "get_topic_prompts",
    "get_topic_sessions",
    "get_works_of_person",
    "years_by_area",
]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A work as lists show it."""

    key: str
    title: str
    authors: str
    year: int | None
    venue: str
    type: str
    why: str
    url: str
    length_pages: int | None
    minutes: int | None
    semesters: int
    """Number of semesters that assigned it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of works with what narrows it."""

    works: tuple[WorkLine, ...]
    total: int
    """Works on all pages."""
    page: int
    pages: int
    years: tuple[tuple[int, int], ...]
    """(year, works), newest first; 0 is "not known". The other filters hold, this one does not."""
    kinds: tuple[tuple[str, int], ...]
    """(entry type, works), most first."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """An author or editor."""

    id: str
    display: str
    family: str
    given: str
    works: int
    """Works in this collection."""


@dataclass(frozen=True, slots=True)
class TopicSession:
    """A session on a topic, in some semester."""

    semester: str
    term: str
    year: int
    session: str
    date: str
    title: str
    works: tuple[str, ...]
    """Keys of what it read on the topic."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The works before and after one on its topic's shelf, as (key, title)."""

    previous: tuple[str, str] | None
    next: tuple[str, str] | None


PER_PAGE = 25
MOST_CO_AUTHORS = 24
NEWEST = 200
"""Works of a person in which co-authors are looked for."""


def browse_works(
    connection: sqlite3.Connection,
    topic: str = "",
    year: int | None = None,
    kind: str = "",
    page: int = 1,
    size: int = PER_PAGE,
) -> Shelf:
    """Give a page of works, newest first, then by key; beyond the last page it is empty.

    Args:
        topic: slug; works of the topics below it belong to it.
        year: 0 for works without one.
    """
    wanted = {
        "topic": topic,
        "year": year,
        "kind": kind,
        "limit": size,
        "offset": (max(page, 1) - 1) * size,
    }
    table, key = ("topic_works", "work") if topic else ("works", "key")
    conditions = [
        c
        for c, given in (
            ("topic = :topic", topic),
            (year_condition(topic, year), year is not None),
            ("type = :kind", kind),
        )
        if given
    ]
    where = f" where {' and '.join(conditions)}" if conditions else ""
    found = connection.execute(
        f"select {key} from {table}{where} order by year desc, {key} limit :limit offset :offset",  # noqa: S608 made of the texts above
        wanted,
    )
    works = get_lines(connection, tuple(k for (k,) in found))
    years: Counter[int] = Counter()
    kinds: Counter[str] = Counter()
    total = 0
    for of_year, of_kind, number in connection.execute(sql.COUNTS, wanted):
        if kind in {"", of_kind}:
            years[of_year] += number
        if year in {None, of_year}:
            kinds[of_kind] += number
            total += number if kind in {"", of_kind} else 0
    by_number = tuple(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))
    return Shelf(
        works,
        total,
        max(page, 1),
        max(1, -(-total // size)),
        tuple(sorted(years.items(), reverse=True)),
        by_number,
    )


def year_condition(topic: str, year: int | None) -> str:
    """Give the condition on the year, which is null for works and 0 on shelves when it is not
    known."""
    return "year is null" if year == 0 and not topic else "year = :year"


def get_lines(connection: sqlite3.Connection, keys: tuple[str, ...]) -> tuple[WorkLine, ...]:
    """Give works as lists show them, in the order of `keys`; unknown ones are left out."""
    rows = (next(named_rows(connection, sql.LINES, {"key": key}), None) for key in keys)
    return tuple(model_of(WorkLine, row) for row in rows if row is not None)


def get_topic_sessions(connection: sqlite3.Connection, slug: str) -> tuple[TopicSession, ...]:
    """Give the sessions of all semesters on a topic, latest semester first."""
    rows = connection.execute(sql.SESSIONS_OF_TOPIC, {"slug": slug})
    return tuple(
        TopicSession(a, term, year, s, day or "", title, tuple(works.split(",")) if works else ())
        for a, term, year, s, day, title, works in rows
    )


def get_neighbours(connection: sqlite3.Connection, work: WorkView) -> Neighbours:
    """Give the works beside one on the shelf of its main topic."""
    if not work.topics:
        return Neighbours(None, None)
    wanted = {"topic": work.topics[0][0], "year": work.year or 0, "key": work.key}
    return Neighbours(
        connection.execute(sql.PREVIOUS_IN_TOPIC, wanted).fetchone(),
        connection.execute(sql.NEXT_IN_TOPIC, wanted).fetchone(),
    )


def get_prompts(connection: sqlite3.Connection, key: str) -> tuple[PromptView, ...]:
    """Give every question that can be answered from a work."""
    return fetch(connection, PromptView, sql.PROMPTS_OF_WORK, {"key": key})


def get_topic_prompts(connection: sqlite3.Connection, slug: str) -> tuple[PromptView, ...]:
    """Give every question about works of a topic."""
    return fetch(connection, PromptView, sql.PROMPTS_OF_TOPIC, {"topic": slug})


def get_person(connection: sqlite3.Connection, person: str) -> PersonView:
    """Give a person; ids are compared without case.

    Raises:
        Unknown: naming the nearest ids that begin alike.
    """
    for name in (person, person.casefold()):
        for found in fetch(connection, PersonView, sql.PERSON, {"person": name}):
            return found
    raise Unknown(
        "person", person, near_ids(connection, "person", person), "/people lists everybody"
    )


def get_co_authors(connection: sqlite3.Connection, person: str) -> tuple[tuple[str, str, int], ...]:
    """Give (id, name, number of works together), closest first; only the newest works of who wrote
    very many."""
    return tuple(
        connection.execute(
            sql.CO_AUTHORS, {"person": person, "limit": MOST_CO_AUTHORS, "newest": NEWEST}
        )
    )


def get_works_of_person(
    connection: sqlite3.Connection, person: str, page: int = 1, size: int = PER_PAGE
) -> tuple[tuple[WorkLine, str], ...]:
    """Give (work, role), newest first."""
    rows = connection.execute(
        sql.WORKS_OF_PERSON, {"person": person, "limit": size, "offset": (max(page, 1) - 1) * size}
    ).fetchall()
    roles = dict(rows)
    return tuple(
        (line, roles[line.key])
        for line in get_lines(connection, tuple(dict.fromkeys(k for k, _ in rows)))
    )


def count_people(connection: sqlite3.Connection, letter: str = "") -> int:
    """Count people, all or those whose family name begins with a letter."""
    found: int = connection.execute(
        sql.COUNT_PEOPLE, {"first": letter, "last": letter + "{"}
    ).fetchone()[0]
    return found


def browse_people(
    connection: sqlite3.Connection, letter: str = "", page: int = 1, size: int = 100
) -> tuple[PersonView, ...]:
    """Give people: those with most works first, or by name those whose family name begins with a
    letter."""
    wanted = {
        "first": letter,
        "last": letter + "{",
        "limit": size,
        "offset": (max(page, 1) - 1) * size,
    }
    return fetch(connection, PersonView, sql.PEOPLE_FROM if letter else sql.PEOPLE, wanted)


def years_by_area(connection: sqlite3.Connection) -> dict[str, dict[int, int]]:
    """Give works per year for each topic of the highest level, in the order of the tree."""
    found: dict[str, dict[int, int]] = {}
    for topic, year, works in connection.execute(sql.YEARS_BY_AREA):
        found.setdefault(topic, {})[year] = works
    return found
