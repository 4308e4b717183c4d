"""Facets: how hits divide by topic, year, kind, semester and annotation."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.ids import slugs_above
from kb.search.models import Facet, Option
from kb.views.read import database_file

__all__ = ["facets_of_counts", "facets_of_hits"]

PLAIN = (
    "select id, coalesce(year, '') || '', kind, iif(assigned, 'yes', 'no'), iif(annotated, "
    "'yes', 'no') from document_facets"
)


@dataclass(slots=True)
class FacetValues:
    """The facet values of every document as numbers of distinct combinations: counting ten thousand
    hits takes a millisecond."""

    plain: list[int] = field(default_factory=list)
    """Document to combination."""
    plain_values: list[tuple[str, str, str, str, tuple[str, ...]]] = field(default_factory=list)
    """Combination to year, kind, assigned, annotated, semesters."""
    topics: list[int] = field(default_factory=list)
    topic_values: list[tuple[str, ...]] = field(default_factory=list)
    """With the topics above, each once."""
    tree: list[tuple[str, str, int]] = field(default_factory=list)
    """Slug, title and depth of all topics, in order."""
    order: list[str] = field(default_factory=list)
    """All semesters, the last first."""


def facets_of_hits(connection: sqlite3.Connection, hits: list[int]) -> tuple[Facet, ...]:
    """Count the values of hits by facet; a work under a topic counts for the topics above, once."""
    values = facet_values(connection)
    return arrange(values, count_facets(values, hits))


def facets_of_counts(
    connection: sqlite3.Connection, counts: Mapping[str, Mapping[str, int]]
) -> tuple[Facet, ...]:
    """Give facets whose values have been counted before."""
    return arrange(facet_values(connection), counts)


def count_facets(values: FacetValues, hits: list[int]) -> dict[str, dict[str, int]]:
    """Count hits by facet and value."""
    years, kinds, semesters, assigned, annotated, topics = (
        defaultdict[str, int](int) for _ in range(6)
    )
    for number, count in Counter(map(values.plain.__getitem__, hits)).items():
        year, kind, is_assigned, is_annotated, read_in = values.plain_values[number]
        years[year] += count
        kinds[kind] += count
        assigned[is_assigned] += count
        annotated[is_annotated] += count
        for semester in read_in:
            semesters[semester] += count
    for number, count in Counter(map(values.topics.__getitem__, hits)).items():
        for topic in values.topic_values[number]:
            topics[topic] += count
    years.pop("", None)
    return {
        "topic": topics,
        "kind": kinds,
        "year": years,
        "semester": semesters,
        "assigned": assigned,
        "annotated": annotated,
    }


def arrange(values: FacetValues, counts: Mapping[str, Mapping[str, int]]) -> tuple[Facet, ...]:
    """Give facets in the order of pages, from the counts of their values."""
    topics, kinds, years, semesters = (
        counts.get(name, {}) for name in ("topic", "kind", "year", "semester")
    )
    return tuple(
        facet
        for facet in (
            Facet(
                "topic",
                "Topic",
                tuple(
                    Option(s, title, topics[s], depth)
                    for s, title, depth in values.tree
                    if s in topics
                ),
            ),
            Facet(
                "kind",
                "Kind",
                tuple(
                    Option(k, k, n)
                    for k, n in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
                ),
            ),
            Facet(
                "year",
                "Year",
                tuple(
                    Option(y, y, n)
                    for y, n in sorted(years.items(), key=lambda item: -int(item[0]))
                ),
            ),
            Facet(
                "semester",
                "Assigned in",
                tuple(Option(s, s, semesters[s]) for s in values.order if s in semesters),
            ),
            Facet("assigned", "Assigned", both(counts.get("assigned", {}))),
            Facet("annotated", "Annotated", both(counts.get("annotated", {}))),
        )
        if facet.options
    )


CACHE: dict[tuple[object, ...], FacetValues] = {}
"""Values by file, of the files last asked about."""


def facet_values(connection: sqlite3.Connection) -> FacetValues:
    """Give the values, read once per database file as it is now."""
    name = database_file(connection)
    if not name:
        return read_values(connection)
    status = Path(name).stat()
    identity = (name, status.st_ino, status.st_mtime_ns, status.st_size)
    found = CACHE.get(identity)
    if found is None:
        if len(CACHE) >= 4:
            CACHE.clear()
        found = CACHE[identity] = read_values(connection)
    return found


def read_values(connection: sqlite3.Connection) -> FacetValues:
    """Read the values of all documents."""
    found = FacetValues()
    size = 1 + (connection.execute("select max(id) from document_facets").fetchone()[0] or 0)
    found.plain, found.topics = [0] * size, [0] * size
    semesters = grouped(connection.execute("select id, semester from document_semesters"))
    combinations: dict[tuple[str, str, str, str, tuple[str, ...]], int] = {}
    for number, year, kind, assigned, annotated in connection.execute(PLAIN):
        values = (year, kind, assigned, annotated, tuple(semesters.get(number, ())))
        found.plain[number] = combinations.setdefault(values, len(combinations))
    found.plain_values = list(combinations)
    sets: dict[tuple[str, ...], int] = {(): 0}
    for number, listed in grouped(
        connection.execute("select id, topic from document_topics")
    ).items():
        found.topics[number] = sets.setdefault(with_above(listed), len(sets))
    found.topic_values = list(sets)
    found.tree = [
        (s, title, s.count("/"))
        for s, title in connection.execute("select slug, title from topics order by position")
    ]
    found.order = [
        s for (s,) in connection.execute("select id from semesters order by position desc")
    ]
    return found


def grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Give the values of each document."""
    listed: dict[int, list[str]] = defaultdict(list)
    for number, value in rows:
        listed[number].append(value)
    return listed


def with_above(listed: list[str]) -> tuple[str, ...]:
    """Give topics with those above them."""
    return tuple(sorted({*listed, *(above for slug in listed for above in slugs_above(slug))}))


def both(counts: Mapping[str, int]) -> tuple[Option, ...]:
    """Give the two values of a property that holds or does not."""
    return tuple(
        Option(value, value, counts[value]) for value in ("yes", "no") if counts.get(value)
    )
