"""From a query to FTS5 and SQL. What a person typed reaches MATCH only as quoted words of letters
and digits, SQL only as parameters."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from kb.search.query import And, Filter, Node, Not, Or, Text, conjuncts, texts
from kb.search.values import Condition, read_filter

__all__ = ["Compiled", "compile_query", "match_of", "quote"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query as the database takes it."""

    match: str
    """For MATCH; empty when no words are asked for."""
    conditions: tuple[str, ...]
    """SQL over `document_facets x`, joined by AND."""
    values: tuple[object, ...]
    """Parameters of the conditions, in order."""
    phrase: str
    """For MATCH: all plain words as one phrase; empty when there is none."""
    loose: bool = False
    """True when words are only part of alternatives: `match` then ranks and the conditions
    select."""
    notes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    """For MATCH: all plain words in title and people as written, then in their other spellings,
    too; empty when there are no two."""
    near: str = ""
    """Words of which any is enough: works are ordered by how close they are to all of them
    together."""


NAMED = ("title people", "title people forms")
"""Columns that name a work; other spellings hold long forms of abbreviations as well (`models` for
`LLMs`), so what is written counts first."""


def compile_query(connection: sqlite3.Connection, node: Node) -> Compiled:
    """Compile a query; filters that name nothing known become words, and a note says so."""
    notes: list[str] = []
    node = resolve(connection, node, notes)
    parts = conjuncts(node)
    wanted = [p for p in parts if is_text(p) and not is_negative(p)]
    unwanted = [p.part for p in parts if isinstance(p, Not) and is_text(p.part)]
    others = [p for p in parts if not is_text(p) and not (isinstance(p, Not) and is_text(p.part))]
    loose = not wanted and any(True for p in others for _ in texts(p))
    match = " AND ".join(match_of(p) for p in wanted)
    conditions: list[str] = []
    values: list[object] = []
    phrase = phrase_of(tuple(wanted))
    named = tuple(f"{{{c}}} : ({match})" for c in NAMED) if " " in phrase else ()
    if match and unwanted:
        without = f" NOT ({' OR '.join(match_of(p) for p in unwanted)})"
        match, phrase = f"({match}){without}", f"({phrase}){without}" if phrase else ""
        named = tuple(f"({n}){without}" for n in named)
    elif unwanted:
        others += [Not(p) for p in unwanted]
    for part in others:
        condition = to_sql(part)
        conditions.append(condition.sql)
        values += condition.values
    if loose:
        match = " OR ".join(match_of(t) for p in others for t in texts(p))
    return Compiled(match, tuple(conditions), tuple(values), phrase, loose, tuple(notes), named)


def resolve(connection: sqlite3.Connection, node: Node, notes: list[str]) -> Node:
    """Give the query with every filter read."""
    if isinstance(node, Filter):
        found, note = read_filter(connection, node)
        if note:
            notes.append(note)
        return found
    if isinstance(node, Not):
        return Not(resolve(connection, node.part, notes))
    if isinstance(node, And | Or):
        return replace(node, parts=tuple(resolve(connection, part, notes) for part in node.parts))
    return node


def is_text(node: Node) -> bool:
    """Tell whether MATCH alone can answer: words joined by AND and OR, NOT beside something
    wanted."""
    if isinstance(node, Text):
        return True
    if isinstance(node, And | Or):
        return (
            bool(node.parts) and all(is_text(part) for part in node.parts) and not is_negative(node)
        )
    return False


def is_negative(node: Node) -> bool:
    """Tell whether a part only says what must not be there."""
    return isinstance(node, Not) or (
        isinstance(node, And | Or) and any(is_negative(part) for part in node.parts)
    )


def match_of(node: Node) -> str:
    """Give the MATCH expression of text."""
    if isinstance(node, Text):
        return match_of_text(node)
    if isinstance(node, And | Or):
        joiner = " AND " if isinstance(node, And) else " OR "
        return "(" + joiner.join(match_of(part) for part in node.parts) + ")"
    raise TypeError(node)


def match_of_text(text: Text) -> str:
    """Give the MATCH expression of one word or phrase.

    A compound is found with and without its hyphens; people are found whichever name comes first.
    """
    words = text.words
    star = "*" if text.prefix else ""
    if text.column == "people":
        names = [w for w in words if len(w) > 1] or list(words)
        both = (
            f"NEAR({' '.join(quote(w) for w in names)}, 3)"
            if len(names) > 1
            else quote(names[0]) + star
        )
        return f"{{people forms}} : ({both})"
    phrase = quote(" ".join(words)) + star
    if text.apart:
        phrase = "(" + " AND ".join(quote(w) for w in words) + ")"
    others = [quote(" ".join(other)) + star for other in text.others]
    if len(words) > 1 and not text.quoted and not text.apart:
        others.insert(0, quote("".join(words)) + star)
    if others:
        phrase = f"({' OR '.join([phrase, *others])})"
    return f"{{{text.column}}} : ({phrase})" if text.column else phrase


def quote(words: str) -> str:
    """Give folded words as a string of FTS5."""
    return '"' + words.replace('"', "") + '"'


def phrase_of(wanted: tuple[Node, ...]) -> str:
    """Give all plain words as one phrase, or the one word, when nothing else is asked of the
    text."""
    words = [
        w
        for part in wanted
        if isinstance(part, Text) and not part.column and not part.prefix
        for w in part.words
    ]
    plain = all(isinstance(part, Text) and not part.column and not part.prefix for part in wanted)
    return quote(" ".join(words)) if plain and words else ""


def to_sql(node: Node) -> Condition:
    """Give a condition over `document_facets x` for what MATCH cannot say."""
    if isinstance(node, Condition):
        return node
    if is_text(node):
        return Condition(
            "x.id in (select rowid from documents_fts where documents_fts match ?)",
            (match_of(node),),
        )
    if isinstance(node, Not):
        inner = to_sql(node.part)
        return Condition(f"not ({inner.sql})", inner.values)
    if isinstance(node, And | Or):
        found = [to_sql(part) for part in node.parts]
        joiner = " and " if isinstance(node, And) else " or "
        sql = joiner.join(f"({c.sql})" for c in found) or ("1" if isinstance(node, And) else "0")
        return Condition(sql, tuple(v for c in found for v in c.values))
    raise TypeError(node)
