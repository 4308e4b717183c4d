"""Words that stand in hundreds of works: their answers were given when the database was built."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from kb.search import sql
from kb.search.compile import Compiled
from kb.search.lexical import open_lexicon

__all__ = ["Broad", "find_broad", "narrowed"]

ONE_WORD = re.compile(r'"([^\W_]+)"')
"""A query for MATCH that asks for one word anywhere."""


@dataclass(frozen=True, slots=True)
class Broad:
    """A broad word: in how many works it stands, the best of them in order, its facets."""

    works: int
    first: tuple[int, ...]
    counts: dict[str, dict[str, int]]
    """Facet to value to works."""


def find_broad(connection: sqlite3.Connection, query: Compiled) -> Broad | None:
    """Give the answer for a query that is one broad word, narrowed or not; None for all others."""
    word = ONE_WORD.fullmatch(query.match)
    if word is None or query.loose:
        return None
    if connection.execute(sql.ANY_BROAD).fetchone() is None:
        return None
    stem = open_lexicon(connection).stem((word[1],)).get(word[1], "")
    row = connection.execute(sql.BROAD, (stem,)).fetchone()
    if row is None:
        return None
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for facet, value, works in connection.execute(sql.BROAD_COUNTS, (stem,)):
        counts[facet][value] = works
    return Broad(row[0], tuple(json.loads(row[1])), counts)


def narrowed(connection: sqlite3.Connection, broad: Broad, query: Compiled) -> list[int]:
    """Give those of the best works of a word that meet the conditions, in order."""
    if not query.conditions:
        return list(broad.first)
    statement = (
        "select x.id from document_facets x where x.id in (select value from "
        f"json_each(?)){sql.where(query)}"
    )
    left = {n for (n,) in connection.execute(statement, (json.dumps(broad.first), *query.values))}
    return [n for n in broad.first if n in left]
