"""Search: one ranking for the command line, the pages and their JSON."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kb.ranking import LIFTED, RANKED, SCORE
from kb.search import sql
from kb.search.broad import find_broad, narrowed
from kb.search.closeness import closest
from kb.search.compile import Compiled, compile_query, match_of, quote
from kb.search.facets import facets_of_counts, facets_of_hits
from kb.search.identifiers import find_identified
from kb.search.lexical import collection_size
from kb.search.models import Hit, Results
from kb.search.passages import Passages, read_hits
from kb.search.places import find_places
from kb.search.query import And, Asked, Condition, Filter, Node, Text, conjuncts, texts
from kb.search.reader import read_query
from kb.search.spelling import correct

__all__ = ["LIMIT", "SORTS", "search"]

LIMIT = 20
SORTS = ("relevance", "year")
MANY = 20_000
"""More hits than this are ranked before their passages are made."""
FEW = 3
"""Of more words than this it is not one that was too many."""
FEW_HITS = 10
"""Fewer hits than this are filled up with works that are near."""
SMALL = 2000
"""Works up to which every one is looked at for that."""
FIRST = 60
"""At most so many hits are put first because they hold the words as a phrase."""


def search(
    connection: sqlite3.Connection, typed: str, *, filters: Iterable[tuple[str, str]] = (), sort: str = "relevance", limit: int = LIMIT,
    offset: int = 0, facets: bool = False,
) -> Results:  # fmt: skip
    """Find works.

    All words must occur. Works whose title begins with them come first, then works whose title has them side
    by side, then works that have them side by side elsewhere, then by bm25 over title, people, annotations, topics, venue, sessions and
    questions. When nothing has all the words, works with the likeliest spelling are given
    (`did_you_mean` says which), else the nearest works with what was left out (`dropped`).
    A query that is the key, DOI, arXiv id or address of works gives these. No input is an error.

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
    extra = tuple(Filter(name, value) for name, value in filters)
    query = compile_query(connection, And((*conjuncts(asked.node), *extra)))
    notes = [*asked.notes, *query.notes]
    broad = find_broad(connection, query)
    query = replace(query, phrase="") if broad else query
    whole = broad if broad and not query.conditions else None
    numbers = numbers_of(connection, query) if facets and not whole else []
    total = whole.works if whole else len(numbers) if facets else count(connection, query)
    words = plain_words(asked.node)
    dropped: tuple[str, ...] = ()
    suggestion = ""
    if not total and (typed.strip() or extra):
        suggestion = correct(connection, typed, asked)
        better = read_query(suggestion).node if suggestion else asked.node
        corrected = (
            compile_query(connection, And((*conjuncts(better), *extra))) if suggestion else query
        )
        total = count(connection, corrected) if suggestion else 0
        words = plain_words(better) if total else words
        query, dropped = (corrected, ()) if total else relax(connection, asked, extra)
        total = total or (count(connection, query) if dropped else 0)
        numbers = numbers_of(connection, query) if facets and total else []
    passages: Passages = {}
    best = narrowed(connection, broad, query) if broad and total and sort == "relevance" else []
    shown = best[offset : offset + limit]
    if total > max(offset, len(best)) and len(shown) < limit:
        shown += page(
            connection, query, total, sort, limit - len(shown), max(offset, len(best)), passages
        )
    return Results(
        query=typed, hits=tuple(read_hits(connection, query, shown, passages)), total=total, offset=offset, limit=limit, sort=sort,
        facets=(facets_of_counts(connection, whole.counts) if whole else facets_of_hits(connection, numbers)) if facets and total else (), notes=tuple(dict.fromkeys(notes)), did_you_mean=suggestion,
        dropped=dropped, near=near_hits(connection, query, words, total) if not offset and total <= limit else (), places=find_places(connection, asked.node) if not offset and not extra else (),
    )  # fmt: skip


def parameters(query: Compiled) -> tuple[object, ...]:
    """Give the parameters of `hits_from`."""
    return (query.match, *query.values) if query.match and not query.loose else query.values


def count(connection: sqlite3.Connection, query: Compiled) -> int:
    """Count hits."""
    return int(
        connection.execute(
            f"select count(*) from {sql.hits_from(query)}", parameters(query)
        ).fetchone()[0]
    )


def numbers_of(connection: sqlite3.Connection, query: Compiled) -> list[int]:
    """Give the numbers of all hits, in no order; as one value they come in half the time of rows."""
    found: list[int] = json.loads(
        connection.execute(
            f"select json_group_array(x.id) from {sql.hits_from(query)}", parameters(query)
        ).fetchone()[0]
    )
    return found


def page(
    connection: sqlite3.Connection, query: Compiled, total: int, sort: str, limit: int, offset: int, passages: Passages
) -> Iterator[int]:  # fmt: skip
    """Give the numbers of the documents on a page, in order; `passages` gets what ranking met on its way."""
    if sort == "year" or not query.match or query.loose:
        yield from plain_page(connection, query, sort, limit, offset)
        return
    first = (
        nearest_first(connection, query)
        if query.near
        else phrase_first(connection, query)
        if query.phrase
        else []
    )
    yield from first[offset : offset + limit]
    missing = limit - len(first[offset : offset + limit])
    if missing > 0 and len(first) < total:
        seen = set(first)
        skip = max(0, offset - len(first))
        at = 0
        many = query.conditions or total > MANY
        rows = (
            ranked_many(connection, query, offset + limit)
            if many
            else ranked(connection, query, offset + limit, with_passages=not offset)
        )
        for number, *found in rows:
            if found:
                passages[number] = tuple(found)
            if number in seen:
                continue
            if at >= skip + missing:
                break
            if at >= skip:
                yield number
            at += 1


def phrase_first(connection: sqlite3.Connection, query: Compiled) -> list[int]:
    """Give the best documents with the words side by side: titles that begin so, titles that hold them, others; for one word those whose title begins so and others."""
    several = " " in query.phrase
    held = 1 if several else 2
    statement = (
        "select f.rowid, highlight(documents_fts, 0, char(2), char(3)) from documents_fts f cross join document_facets x on x.id = f.rowid"
        f" where f.documents_fts match ? and f.rank match '{RANKED}'{sql.where(query)} order by f.rank limit ?"
    )
    rows = connection.execute(
        statement, (query.phrase, *query.values, FIRST if several else LIFTED)
    ).fetchall()
    return [
        n
        for n, title in sorted(
            rows,
            key=lambda row: 0 if row[1].startswith("\x02") else held if "\x02" in row[1] else 2,
        )
    ]


def nearest_first(connection: sqlite3.Connection, query: Compiled) -> list[int]:
    """Give the hits that are near a text, the nearest first."""
    hits = set(numbers_of(connection, query))
    return [n for n in closest(connection, query.near) if n in hits]


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
    """Give works that are about the words without having them all, where hits are few and the collection is small enough to look at every work."""
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


def ranked(
    connection: sqlite3.Connection, query: Compiled, limit: int, with_passages: bool
) -> Iterator[tuple[Any, ...]]:
    """Give documents by bm25, with passages when they are wanted: asking for each by itself would match again."""
    columns = f", {sql.SNIPPETS}" if with_passages else ""
    statement = f"select rowid{columns} from documents_fts where documents_fts match ? and rank match '{RANKED}' order by rank limit ?"
    return connection.execute(statement, (query.match, limit))


def ranked_many(
    connection: sqlite3.Connection, query: Compiled, limit: int
) -> Iterator[tuple[Any, ...]]:
    """Give documents by bm25 where there are many or few of many are left.

    Sorting by the function, not by the hidden column `rank`, takes two thirds of the time, and what conditions
    exclude is not ranked; passages cannot come along, for all documents would get them.
    """
    joined = (
        "cross join document_facets x on x.id = documents_fts.rowid" if query.conditions else ""
    )
    statement = (
        f"select documents_fts.rowid from documents_fts {joined} where documents_fts match ?{sql.where(query)}"
        f" order by {SCORE}, documents_fts.rowid limit ?"
    )
    return connection.execute(statement, (query.match, *query.values, limit))


def plain_page(
    connection: sqlite3.Connection, query: Compiled, sort: str, limit: int, offset: int
) -> Iterator[int]:
    """Give documents by year, or by bm25 where words are only alternatives to something else."""
    if query.loose and sort == "relevance":
        statement = (
            f"select x.id from document_facets x left join (select rowid as id, {SCORE} as score"
            f" from documents_fts where documents_fts match ?) f on f.id = x.id where 1{sql.where(query)}"
            " order by f.score is null, f.score, x.year desc, x.id limit ? offset ?"
        )
        values: tuple[object, ...] = (query.match, *query.values)
    else:
        by_year = "join document_facets y on y.id = x.id order by y.year is null, y.year desc, y.id limit ? offset ?"
        statement = f"select x.id from (select x.id from {sql.hits_from(query)}) x {by_year}"
        values = parameters(query)
    return (n for (n,) in connection.execute(statement, (*values, limit, offset)))


def relax(
    connection: sqlite3.Connection, asked: Asked, extra: tuple[Filter, ...]
) -> tuple[Compiled, tuple[str, ...]]:
    """Give the nearest query that finds something, with what it leaves out.

    Words that occur nowhere are left out; then, of two or three words, the one without which fewest works
    remain; then any word is enough, and works come by how close they are to all of them. Filters are left
    out last.
    """
    parts = conjuncts(asked.node)
    kept = [p for p in parts if not isinstance(p, Text) or occurs(connection, p)]
    for filters in (extra, ()):
        gone = [p for p in parts if p not in kept] + [f for f in extra if f not in filters]
        candidates = [kept]
        if 1 < len(kept) <= FEW or not all(is_plain(p) for p in kept):
            candidates += [kept[:n] + kept[n + 1 :] for n in range(len(kept))]
        best: tuple[int, int, Compiled, list[Node]] | None = None
        for number, chosen in enumerate(candidates):
            if not chosen and not filters:
                continue
            query = compile_query(connection, And((*chosen, *filters)))
            total = count(connection, query)
            if total and (best is None or (number > 0 and best[0] > 0 and total < best[1])):
                best = (number, total, query, [p for p in kept if p not in chosen])
            if best is not None and best[0] == 0:
                break
        if best is not None:
            return best[2], tuple(name(p) for p in [*gone, *best[3]])
        words = [p for p in kept if isinstance(p, Text)]
        if len(words) > 1:
            match = " OR ".join(match_of(p) for p in words)
            others = compile_query(
                connection, And((*(p for p in kept if not isinstance(p, Text)), *filters))
            )
            near = (
                " ".join(word for p in words for word in p.words)
                if all(is_plain(p) for p in words)
                else ""
            )
            query = Compiled(match, others.conditions, others.values, "", near=near)
            if count(connection, query):
                return query, (*(name(p) for p in gone), "some of the other words")
    return Compiled("", ("0",), (), ""), ()


def is_plain(node: Node) -> bool:
    """Tell whether a part is a word or phrase to be found anywhere."""
    return isinstance(node, Text) and not node.column and not node.prefix


def occurs(connection: sqlite3.Connection, text: Text) -> bool:
    """Tell whether a word or phrase occurs anywhere."""
    return connection.execute(sql.TERM_OCCURS, (match_of(text),)).fetchone() is not None


def name(node: Node) -> str:
    """Give a part of a query as a person would write it."""
    if isinstance(node, Text):
        words = " ".join(node.words) + ("*" if node.prefix else "")
        words = f'"{words}"' if node.quoted else words
        return f"{node.column}:{words}" if node.column else words
    if isinstance(node, Filter):
        return f"{node.name}:{node.value}"
    return "a condition" if isinstance(node, Condition) else "a part in brackets"
