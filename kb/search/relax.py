"""What is searched when nothing has all the words: the nearest query that finds something."""

from __future__ import annotations

import sqlite3

from kb.search import sql
from kb.search.compile import Compiled, compile_query, match_of
from kb.search.order import count
from kb.search.query import And, Asked, Condition, Filter, Node, Text, conjuncts

__all__ = ["is_plain", "relax"]

FEW = 3
"""Of more words than this it is not one that was too many."""


def relax(
    connection: sqlite3.Connection, asked: Asked, extra: tuple[Filter, ...]
) -> tuple[Compiled, tuple[str, ...]]:
    """Give the nearest query that finds something, with what it leaves out.

    Words that occur nowhere are left out; then, of two or three words, the one without which fewest
    works
    remain; then any word is enough, and works come by how close they are to all of them. Filters
    are left
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
