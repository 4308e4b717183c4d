"""Search: one ranking for the command line, the pages and their JSON.

All words must occur. Works whose title begins with them come first, then works whose title has
them side by side, then works with all of them in title and people, then works that have them side
by side elsewhere, then by bm25 over title, people, annotations, topics, venue, sessions and
questions. When nothing has all the words, works with the likeliest spelling are given (`searched`
says which) where that is sure, else the nearest works with what was left out (`dropped`);
`did_you_mean` offers words that may be meant. A query that is the key, DOI, arXiv id or address of
works gives these.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.search.broad import find_broad, narrowed
from kb.search.compile import Compiled, compile_query, quote
from kb.search.course_words import telling_parts
from kb.search.facets import facets_of_counts, facets_of_hits
from kb.search.identifiers import find_identified, mistyped_key
from kb.search.lexical import collection_size
from kb.search.models import Facet, Hit, Results
from kb.search.order import count, nearest_first, numbers_of, page
from kb.search.passages import Passages, read_hits
from kb.search.places import find_places
from kb.search.query import And, Asked, Filter, Node, Or, Text, conjuncts, texts
from kb.search.reader import read_query
from kb.search.relax import is_plain, name, relax
from kb.search.spelling import correct
from kb.search.understand import understand

__all__ = ["LIMIT", "SORTS", "search"]

LIMIT = 20
SORTS = ("relevance", "year")
FEW_HITS = 10
"""Fewer hits than this are filled up with works that are near."""
SMALL = 2000
"""Works up to which every one is looked at for that."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The query that is answered."""

    query: Compiled
    total: int
    words: tuple[str, ...]
    """Its words, when nothing else is asked of the text."""
    suggestion: str = ""
    searched: str = ""
    dropped: tuple[str, ...] = ()


def search(
    connection: sqlite3.Connection,
    typed: str,
    *,
    filters: Iterable[tuple[str, str]] = (),
    sort: str = "relevance",
    limit: int = LIMIT,
    offset: int = 0,
    facets: bool = False,
) -> Results:
    """Find works; the module says in which order. No input is an error.

    Args:
        connection: a built database.
        typed: a query in our language.
        filters: further fields with values, as facets give them.
        sort: `relevance` or `year` (newest first).
        limit: hits on a page.
        offset: hits before this page; pages never overlap or skip.
        facets: whether to count facet values over all hits.
    """
    identified = find_identified(connection, typed)
    asked = read_query(typed) if identified is None else Asked(identified)
    node = understand(connection, asked.node)
    extra = either_of(filters)
    query = compile_query(connection, And((*conjuncts(node), *extra)))
    notes = [*asked.notes, *query.notes]
    broad = find_broad(connection, query)
    query = replace(query, phrase="") if broad else query
    whole = broad if broad and not query.conditions else None
    numbers = numbers_of(connection, query) if facets and not whole else []
    total = whole.works if whole else len(numbers) if facets else count(connection, query)
    chosen = Chosen(query, total, plain_words(node))
    if not total and (typed.strip() or extra):
        chosen = instead(connection, typed, asked, extra)
        query, total = chosen.query, chosen.total
        numbers = numbers_of(connection, query) if facets and total else []
    passages: Passages = {}
    best = narrowed(connection, broad, query) if broad and total and sort == "relevance" else []
    shown = best[offset : offset + limit]
    if total > max(offset, len(best)) and len(shown) < limit:
        shown += page(
            connection, query, total, sort, limit - len(shown), max(offset, len(best)), passages
        )
    counted: tuple[Facet, ...] = ()
    if facets and total and whole:
        counted = facets_of_counts(connection, whole.counts)
    elif facets and total:
        counted = facets_of_hits(connection, numbers)
    if facets and total:
        counted = with_alternatives(connection, node, extra, counted)
    first = not offset
    near = near_hits(connection, query, chosen.words, total) if first and total <= limit else ()
    return Results(
        query=typed,
        hits=tuple(read_hits(connection, query, shown, passages)),
        total=total,
        offset=offset,
        limit=limit,
        sort=sort,
        facets=counted,
        notes=tuple(dict.fromkeys(notes)),
        did_you_mean=chosen.suggestion,
        searched=chosen.searched,
        dropped=chosen.dropped,
        near=near,
        places=find_places(connection, asked.node) if first and not extra else (),
    )


def either_of(filters: Iterable[tuple[str, str]]) -> tuple[Node, ...]:
    """Give conditions, of which values of one field are alternatives."""
    values: dict[str, list[Filter]] = defaultdict(list)
    for field, value in filters:
        values[field].append(Filter(field, value))
    return tuple(found[0] if len(found) == 1 else Or(tuple(found)) for found in values.values())


def with_alternatives(
    connection: sqlite3.Connection, node: Node, extra: tuple[Node, ...], counted: tuple[Facet, ...]
) -> tuple[Facet, ...]:
    """Give facets in which a field that is narrowed counts what its other values would add."""
    found = {facet.name: facet for facet in counted}
    for narrowed_by in extra:
        field = next(f.name for f in filters_in(narrowed_by))
        others = tuple(e for e in extra if e is not narrowed_by)
        query = compile_query(connection, And((*conjuncts(node), *others)))
        for facet in facets_of_hits(connection, numbers_of(connection, query)):
            if facet.name == field:
                found[field] = facet
    return tuple(found.values())


def filters_in(node: Node) -> tuple[Filter, ...]:
    """Give the filters of a condition."""
    if isinstance(node, Or):
        return tuple(part for part in node.parts if isinstance(part, Filter))
    return (node,) if isinstance(node, Filter) else ()


def instead(
    connection: sqlite3.Connection, typed: str, asked: Asked, extra: tuple[Node, ...]
) -> Chosen:
    """Give what is answered when nothing has all the words: the likeliest spelling where it is
    sure, else the nearest query; words that may be meant are offered."""
    if key := mistyped_key(connection, typed):
        query = compile_query(connection, And((Filter("key", key), *extra)))
        if total := count(connection, query):
            return Chosen(query, total, (), key, key)
    spelling = correct(connection, typed, asked)
    node = understand(connection, asked.node)
    if spelling.sure:
        node = understand(connection, read_query(spelling.sure).node)
        query = compile_query(connection, And((*conjuncts(node), *extra)))
        if total := count(connection, query):
            return Chosen(query, total, plain_words(node), spelling.offered, spelling.sure)
    parts = conjuncts(node)
    telling = telling_parts(parts)
    if parts and not telling:
        return Chosen(compile_query(connection, And(parts)), 0, ())
    if len(telling) < len(parts):
        query = compile_query(connection, And((*telling, *extra)))
        if total := count(connection, query):
            gone = tuple(name(p) for p in parts if p not in telling)
            return Chosen(query, total, plain_words(And(telling)), dropped=gone)
    if spelling.offered and not finds(connection, spelling.offered, extra):
        spelling = replace(spelling, offered=spelling.sure)
    found = relax(connection, node, extra)
    searched = " ".join(found.kept) if spelling.sure and found.total else ""
    return Chosen(
        found.query, found.total, plain_words(node), spelling.offered, searched, found.dropped
    )


def finds(connection: sqlite3.Connection, typed: str, extra: tuple[Node, ...]) -> bool:
    """Tell whether a query finds anything: one that does not is not worth offering."""
    node = understand(connection, read_query(typed).node)
    return count(connection, compile_query(connection, And((*conjuncts(node), *extra)))) > 0


def plain_words(node: Node) -> tuple[str, ...]:
    """Give the words asked for, when nothing else is asked of the text."""
    wanted = [p for p in conjuncts(node) if isinstance(p, Text)]
    return (
        tuple(w for p in wanted for w in p.words)
        if all(is_plain(p) for p in wanted)
        and not any(True for p in conjuncts(node) if p not in wanted for _ in texts(p))
        else ()
    )


def near_hits(
    connection: sqlite3.Connection, query: Compiled, words: tuple[str, ...], total: int
) -> tuple[Hit, ...]:
    """Give works that are about the words without having them all, where hits are few and the
    collection is small enough to look at every work."""
    if (
        query.near
        or len(words) < 2
        or not 0 < total < FEW_HITS
        or collection_size(connection) > SMALL
    ):
        return ()
    any_of = replace(
        query, match=" OR ".join(quote(word) for word in words), phrase="", near=" ".join(words)
    )
    hits = set(numbers_of(connection, query))
    found = [n for n in nearest_first(connection, any_of) if n not in hits][: FEW_HITS - total]
    return tuple(read_hits(connection, any_of, found, {}))
