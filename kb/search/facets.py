"""Facets: how hits divide by topic, year, kind, semester and annotation."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from kb.search.models import Facet, Option

__all__ = ["make_facets"]


def make_facets(connection: sqlite3.Connection, profiles: Iterable[tuple[int | None, str, str, str, int, int]]) -> tuple[Facet, ...]:
    """Give the facets of hits; a work under a topic counts for the topics above, once."""
    together: Counter[str] = Counter()
    years: Counter[int] = Counter()
    kinds: Counter[str] = Counter()
    semesters: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    for year, kind, slugs, assigned, annotated, hits in profiles:
        if year is not None:
            years[year] += hits
        kinds[kind] += hits
        together[slugs] += hits
        for semester in assigned.split():
            semesters[semester] += hits
        flags["annotated" if annotated else "unannotated"] += hits
        flags["assigned" if assigned else "unassigned"] += hits
    topics = count_topics(together)
    tree = connection.execute("select slug, title from topics order by position").fetchall()
    order = [s for (s,) in connection.execute("select id from semesters order by position desc")]
    return tuple(
        facet
        for facet in (
            Facet("topic", "Topic", tuple(Option(s, title, topics[s], s.count("/")) for s, title in tree if topics[s])),
            Facet("kind", "Kind", tuple(Option(k, k, n) for k, n in sorted(kinds.items(), key=lambda item: (-item[1], item[0])))),
            Facet("year", "Year", tuple(Option(str(y), str(y), n) for y, n in sorted(years.items(), reverse=True))),
            Facet("semester", "Assigned in", tuple(Option(s, s, semesters[s]) for s in order if semesters[s])),
            Facet("assigned", "Assigned", both(flags["assigned"], flags["unassigned"])),
            Facet("annotated", "Annotated", both(flags["annotated"], flags["unannotated"])),
        )
        if facet.options
    )


def count_topics(together: Mapping[str, int]) -> Counter[str]:
    """Count hits by topic, those above included, from counts by a work's topics as one text."""
    topics: Counter[str] = Counter()
    above: dict[str, tuple[str, ...]] = {}
    for slugs, hits in together.items():
        found: set[str] = set()
        for slug in slugs.split():
            if slug not in above:
                parts = slug.split("/")
                above[slug] = tuple("/".join(parts[: n + 1]) for n in range(len(parts)))
            found.update(above[slug])
        for slug in found:
            topics[slug] += hits
    return topics


def both(yes: int, no: int) -> tuple[Option, ...]:
    """Give the two values of a property that holds or does not."""
    return tuple(Option(value, value, n) for value, n in (("yes", yes), ("no", no)) if n)
