"""The order of hits: titles that begin with the words, phrases, then bm25; or by year; or by
nearness."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kb.ranking import LIFTED, RANKED, SCORE
from kb.search import sql
from kb.search.closeness import closest
from kb.search.compile import Compiled, quote
from kb.search.lexical import collection_size, idf_of
from kb.search.passages import Passages

__all__ = ["count", "nearest_first", "numbers_of", "page"]

BEST_OF = f"""
select rowid from documents_fts where documents_fts match ? and rank match '{RANKED}'
and rowid in (select value from json_each(?)) order by rank"""

MANY = 20_000
"""More hits than this are ranked before their passages are made."""
MOST_COVERED = 2000
"""Up to so many hits all are ordered by what they have of the words."""
MOST_WORDS = 6
"""More words are a text."""
OTHERS = 4
"""Tier of works that hold the words side by side, but in neither title nor people."""
FIRST = 60
"""At most so many hits are put first because they hold the words as a phrase."""


def count(connection: sqlite3.Connection, query: Compiled) -> int:
    """Count hits."""
    return int(
        connection.execute(
            f"select count(*) from {sql.hits_from(query)}", parameters(query)
        ).fetchone()[0]
    )


def numbers_of(connection: sqlite3.Connection, query: Compiled) -> list[int]:
    """Give the numbers of all hits, in no order; as one value they come in half the time of
    rows."""
    found: list[int] = json.loads(
        connection.execute(
            f"select json_group_array(x.id) from {sql.hits_from(query)}", parameters(query)
        ).fetchone()[0]
    )
    return found


def parameters(query: Compiled) -> tuple[object, ...]:
    """Give the parameters of `hits_from`."""
    return (query.match, *query.values) if query.match and not query.loose else query.values


def page(
    connection: sqlite3.Connection,
    query: Compiled,
    total: int,
    sort: str,
    limit: int,
    offset: int,
    passages: Passages,
) -> Iterator[int]:
    """Give the numbers of the documents on a page, in order; `passages` gets what ranking met on
    its way."""
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
    """Give the best documents with the words side by side: titles that begin so, titles that hold
    them, works with all words in title and people, others; for one word those whose title begins so
    and others."""
    several = " " in query.phrase
    held = 1 if several else OTHERS
    statement = (
        "select f.rowid, highlight(documents_fts, 0, char(2), char(3)) from documents_fts f "
        "cross join document_facets x on x.id = f.rowid"
        f" where f.documents_fts match ? and f.rank match '{RANKED}'{sql.where(query)} order by "
        "f.rank limit ?"
    )
    rows = connection.execute(
        statement, (query.phrase, *query.values, FIRST if several else LIFTED)
    ).fetchall()
    tiers = [(0 if t.startswith("\x02") else held if "\x02" in t else OTHERS, n) for n, t in rows]
    for tier, words in enumerate(query.named, 2):
        named = [n for n, _ in connection.execute(statement, (words, *query.values, FIRST))]
        best = connection.execute(BEST_OF, (query.match, json.dumps(named)))
        tiers += [(tier, n) for (n,) in best]
    return list(dict.fromkeys(n for _, n in sorted(tiers, key=lambda tier: tier[0])))


def nearest_first(connection: sqlite3.Connection, query: Compiled) -> list[int]:
    """Give the hits that are near a text: those first that have what says most of it, then by
    closeness."""
    hits = set(numbers_of(connection, query))
    close = [n for n in closest(connection, query.near) if n in hits]
    if len(hits) <= MOST_COVERED:
        close += sorted(hits - set(close))
    said = coverage(connection, query.near.split(), close)
    return sorted(close, key=lambda n: -said.get(n, 0.0))


def coverage(
    connection: sqlite3.Connection, words: list[str], numbers: list[int]
) -> dict[int, float]:
    """Give how much of the words each document has, where a word counts by its rarity.

    Of many words nothing is said: there a text is asked for, and closeness knows best.
    """
    if len(words) > MOST_WORDS:
        return {}
    total = collection_size(connection)
    found: dict[int, float] = defaultdict(float)
    counted = "select count(*) from documents_fts where documents_fts match ?"
    within = (
        "select rowid from documents_fts where documents_fts match ?"
        " and rowid in (select value from json_each(?))"
    )
    listed = json.dumps(numbers)
    for word in dict.fromkeys(words):
        (works,) = connection.execute(counted, (quote(word),)).fetchone()
        weight = round(idf_of(total, works), 6)
        for (number,) in connection.execute(within, (quote(word), listed)):
            found[number] += weight
    return found


def ranked(
    connection: sqlite3.Connection, query: Compiled, limit: int, with_passages: bool
) -> Iterator[tuple[Any, ...]]:
    """Give documents by bm25, with passages when they are wanted: asking for each by itself would
    match again."""
    columns = f", {sql.SNIPPETS}" if with_passages else ""
    statement = (
        f"select rowid{columns} from documents_fts where documents_fts match ? and rank "
        f"match '{RANKED}' order by rank limit ?"
    )
    return connection.execute(statement, (query.match, limit))


def ranked_many(
    connection: sqlite3.Connection, query: Compiled, limit: int
) -> Iterator[tuple[Any, ...]]:
    """Give documents by bm25 where there are many or few of many are left.

    Sorting by the function, not by the hidden column `rank`, takes two thirds of the time, and what
    conditions
    exclude is not ranked; passages cannot come along, for all documents would get them.
    """
    joined = (
        "cross join document_facets x on x.id = documents_fts.rowid" if query.conditions else ""
    )
    statement = (
        f"select documents_fts.rowid from documents_fts {joined} where documents_fts match "
        f"?{sql.where(query)}"
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
            " from documents_fts where documents_fts match ?) f on f.id = x.id where "
            f"1{sql.where(query)}"
            " order by f.score is null, f.score, x.year desc, x.id limit ? offset ?"
        )
        values: tuple[object, ...] = (query.match, *query.values)
    else:
        by_year = (
            "join document_facets y on y.id = x.id order by y.year is null, y.year desc, "
            "y.id limit ? offset ?"
        )
        statement = f"select x.id from (select x.id from {sql.hits_from(query)}) x {by_year}"
        values = parameters(query)
    return (n for (n,) in connection.execute(statement, (*values, limit, offset)))
