"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Facet", "Hit", "Option", "Place", "Results", "Segment"]

Segment = tuple[str, bool]
"""A piece of text, and whether it matched."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A work that was found."""

    key: str
    title: str
    authors: str
    year: int | None
    venue: str
    url: str
    kind: str
    why: str
    """First sentence of the annotation."""
    found_in: tuple[str, ...]
    """Where words matched: title, people, annotation, topic, venue, session, question."""
    marked_title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    """The passage around the words; empty when only the title or a filter matched."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet."""

    value: str
    label: str
    count: int
    """Hits that have it."""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A property by which hits can be narrowed."""

    name: str
    """The field of the query language: `year`."""
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A topic, person, session, offering or question that is called what was typed."""

    kind: str
    """topic, person, session, semester or question."""
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, with what else a person wants to know."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    """Hits on all pages."""
    offset: int
    limit: int
    sort: str
    facets: tuple[Facet, ...] = ()
    notes: tuple[str, ...] = ()
    """What was ignored or taken otherwise."""
    did_you_mean: str = ""
    """The query with words that occur, when words did not occur."""
    searched: str = ""
    """The query that was answered, when words were taken for others; empty when as typed."""
    dropped: tuple[str, ...] = ()
    """Words without which these hits were found, because nothing has them all."""
    near: tuple[Hit, ...] = ()
    """Works that are about the words without having them all, when hits are few."""
    places: tuple[Place, ...] = ()
