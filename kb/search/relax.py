"""What is searched when nothing has all the words: the nearest query that finds something."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import combinations

from kb.search import sql
from kb.search.compile import Compiled, compile_query, match_of
from kb.search.order import count
from kb.search.query import And, Condition, Filter, Node, Or, Text, conjuncts

__all__ = ["SOME", "Relaxed", "is_plain", "name", "relax"]

SOME = "some of the other words"
"""What is left out when works need not have all words."""

FEW = 6
"""Of up to so many words all but one must be there, if there are such works."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A query that asks for less."""

    query: Compiled
    total: int = 0
    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """What is still asked for, as a person would write it."""


def relax(connection: sqlite3.Connection, node: Node, extra: tuple[Node, ...]) -> Relaxed:
    """Give the nearest query that finds something, with what it leaves out.

    Words that occur nowhere are left out; then, of plain words, works may lack one, and of many
    words any
    is enough: those come first that have what says most. Of fields and brackets the one is left out
    without which fewest works remain. Filters are left out last.
    """
    parts = conjuncts(node)
    kept = [p for p in parts if not isinstance(p, Text) or occurs(connection, p)]
    gone = [p for p in parts if p not in kept]
    for filters in (extra, ()):
        left_out = tuple(name(p) for p in [*gone, *(f for f in extra if f not in filters)])
        if kept or filters:
            query = compile_query(connection, And((*kept, *filters)))
            if total := count(connection, query):
                return Relaxed(query, total, left_out, names(kept))
        found = (
            with_most_words(connection, kept, filters)
            if all(is_plain(p) for p in kept)
            else without_one(connection, kept, filters)
        )
        if found is not None:
            return Relaxed(found.query, found.total, left_out + found.dropped, found.kept)
    return Relaxed(Compiled("", ("0",), (), ""))


def with_most_words(
    connection: sqlite3.Connection, kept: list[Node], filters: tuple[Node, ...]
) -> Relaxed | None:
    """Give works that lack one word of a few, or have any of many, the telling words first."""
    words = [p for p in kept if isinstance(p, Text)]
    if len(words) < 2:
        return None
    others = compile_query(connection, And(filters))
    near = " ".join(word for p in words for word in p.words)
    each = [match_of(p) for p in words]
    matches = [" OR ".join(each)]
    if 2 < len(each) <= FEW:
        matches.insert(
            0, " OR ".join(f"({' AND '.join(some)})" for some in combinations(each, len(each) - 1))
        )
    for match in matches:
        query = Compiled(match, others.conditions, others.values, "", near=near)
        if total := count(connection, query):
            return Relaxed(query, total, (SOME,), names(kept))
    return None


def without_one(
    connection: sqlite3.Connection, kept: list[Node], filters: tuple[Node, ...]
) -> Relaxed | None:
    """Give the fewest works that meet all parts but one; else those with any word."""
    best: Relaxed | None = None
    for number, part in enumerate(kept):
        rest = kept[:number] + kept[number + 1 :]
        if not rest and not filters:
            continue
        query = compile_query(connection, And((*rest, *filters)))
        total = count(connection, query)
        if total and (best is None or total < best.total):
            best = Relaxed(query, total, (name(part),), names(rest))
    if best is not None:
        return best
    words = [p for p in kept if isinstance(p, Text)]
    if len(words) < 2:
        return None
    others = compile_query(connection, And((*(p for p in kept if p not in words), *filters)))
    match = " OR ".join(match_of(p) for p in words)
    query = Compiled(match, others.conditions, others.values, "")
    total = count(connection, query)
    return Relaxed(query, total, (SOME,), names(kept)) if total else None


def is_plain(node: Node) -> bool:
    """Tell whether a part is a word or phrase to be found anywhere."""
    return isinstance(node, Text) and not node.column and not node.prefix


def occurs(connection: sqlite3.Connection, text: Text) -> bool:
    """Tell whether a word or phrase occurs anywhere."""
    return connection.execute(sql.TERM_OCCURS, (match_of(text),)).fetchone() is not None


def names(parts: list[Node]) -> tuple[str, ...]:
    """Give parts of a query as a person would write them."""
    return tuple(name(p) for p in parts)


def name(node: Node) -> str:
    """Give a part of a query as a person would write it."""
    if isinstance(node, Text) and node.typed:
        return node.typed
    if isinstance(node, Text):
        words = " ".join(node.words) + ("*" if node.prefix else "")
        words = f'"{words}"' if node.quoted else words
        return f"{node.column}:{words}" if node.column else words
    if isinstance(node, Filter):
        return f"{node.name}:{node.value}"
    if isinstance(node, Or):
        return " OR ".join(names(list(node.parts)))
    return node.name or "a condition" if isinstance(node, Condition) else "a part in brackets"
