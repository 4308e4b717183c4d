"""Works, what is said about them, and what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.records.common import Person, Place

__all__ = ["Annotation", "KnownPerson", "Topic", "Work"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One BibTeX entry."""

    key: str
    type: str
    """Entry type in lower case, `inproceedings`."""
    title: str
    """Unicode, without LaTeX markup."""
    short_titles: tuple[str, ...] = ()
    """Titles that schedules print."""
    people: tuple[Person, ...] = ()
    et_al: bool = False
    """The list of authors ends in `and others`."""
    year: int | None = None
    venue: str = ""
    """Journal, proceedings, publisher or site."""
    publisher: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    length_pages: int | None = None
    """Number of pages, from the range or `pagetotal`."""
    minutes: int | None = None
    """Length of a recording."""
    url: str = ""
    doi: str = ""
    arxiv: str = ""
    isbn: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = ()
    """Topic slugs, the main one first."""
    keywords: tuple[str, ...] = ()
    """Keywords that are no topics."""
    annotation: str = ""
    """Markdown."""
    staff_annotation: str = ""
    bibtex: str = ""
    """The entry as written, without annotations."""
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Further fields as written, by lower-case name."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A note about one or several works."""

    id: str
    works: tuple[str, ...]
    text: str
    topic: str = ""
    staff: bool = False
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A node of the topic tree."""

    slug: str
    """Full name, `quality-assurance/data-quality`."""
    parent: str = ""
    title: str
    intro: str = ""
    aliases: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person whose name is written in several ways."""

    name: str
    aliases: tuple[str, ...]
    place: Place
