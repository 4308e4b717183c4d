"""From the query language to `tsquery` and conditions; what a person typed is only ever a value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.kinds import KINDS, kinds_named
from kb.search.query import And, Condition, Filter, Node, Not, Or, Text
from kb.text import fold_words

__all__ = ["Clause", "clause_of", "words_of"]

YES, NO = frozenset({"yes", "y", "true", "1", "on"}), frozenset({"no", "n", "false", "0", "off"})

COLUMNS = {
    "people": "people",
    "forms": "people",
    "title": "title",
    "venue": "venue",
    "notes": "notes",
    "topics": "topics",
    "sessions": "course",
    "prompts": "course",
}
"""Columns of the file's index, and those of the documents here."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition over `kb.documents d join kb.works w`, with its parameters in order."""

    sql: str
    values: tuple[object, ...] = ()


def clause_of(node: Node) -> Clause:
    """Give the condition of a query; filters that mean nothing here are searched as words."""
    if isinstance(node, Text):
        return text_clause(node)
    if isinstance(node, Filter):
        return filter_clause(node)
    if isinstance(node, Not):
        inner = clause_of(node.part)
        return Clause(f"not ({inner.sql})", inner.values)
    if isinstance(node, And | Or):
        parts = [clause_of(part) for part in node.parts]
        joiner = " and " if isinstance(node, And) else " or "
        sql = joiner.join(f"({part.sql})" for part in parts)
        values = tuple(value for part in parts for value in part.values)
        return Clause(sql or ("true" if isinstance(node, And) else "false"), values)
    raise TypeError(f"{Condition.__name__} is read for the file only")


def lexeme(word: str) -> str:
    """Give a folded word as `to_tsquery` takes it; folded words have letters and digits only."""
    return "'" + word.replace("'", "").replace("\\", "") + "'"


def text_query(text: Text) -> str:
    """Give the `tsquery` of one word or phrase."""
    words = [lexeme(word) for word in text.words]
    if text.prefix:
        words[-1] += ":*"
    if text.column == "people":
        return " & ".join(words)
    phrase = " <-> ".join(words)
    if len(words) > 1 and not text.quoted:
        return f"({phrase}) | {lexeme(''.join(text.words))}"
    return phrase


def text_clause(text: Text) -> Clause:
    """Give the condition that a text stands in a document, or in one part of it."""
    query = text_query(text)
    column = COLUMNS.get(text.column)
    if column is None:
        return Clause("d.words @@ to_tsquery('kb.words', %s)", (query,))
    # The indexed vector narrows; the part is looked at only in what is left.
    return Clause(
        "(d.words @@ to_tsquery('kb.words', %s) and "
        f"to_tsvector('kb.words', d.{column}) @@ to_tsquery('kb.words', %s))",
        (query, query),
    )


def filter_clause(found: Filter) -> Clause:
    """Give the condition of a field with a value."""
    value = found.value.strip()
    if found.name == "year" and (clause := year_clause(value)):
        return clause
    if found.name in {"assigned", "annotated"} and value.casefold() in YES | NO:
        table = "readings" if found.name == "assigned" else "work_annotations"
        wanted = "" if value.casefold() in YES else "not "
        return Clause(
            f"{wanted}exists (select from kb.{table} x where x.institution = w.institution "
            "and x.work = w.key)"
        )
    if found.name == "kind" and value.casefold() in KINDS:
        return Clause("w.kind = %s", (kinds_named(value),))
    if found.name in {"semester", "assigned"}:
        return Clause(
            "exists (select from kb.readings r join kb.sessions s on s.institution = r.institution "
            "and s.id = r.session where r.institution = w.institution and r.work = w.key "
            "and lower(s.semester) = lower(%s))",
            (value,),
        )
    if found.name == "topic":
        return Clause(
            "exists (select from kb.work_topics t where t.institution = w.institution "
            "and t.work = w.key and ('/' || t.topic || '/') like '%%/' || %s || '/%%')",
            (re.sub(r"[%_\\]", "", value.casefold().replace(" ", "-")).strip("/"),),
        )
    if found.name == "key":
        return Clause("lower(w.key) = lower(%s)", (value,))
    words = fold_words(value)
    return text_clause(Text(words)) if words else Clause("true")


def year_clause(value: str) -> Clause | None:
    """Read `2019`, `2018..2021`, `2018..`, `..2021`."""
    text = value.replace(" ", "")
    if match := re.fullmatch(r"(\d{1,4})?(?:\.{2,}|-)(\d{1,4})?", text):
        low, high = int(match[1] or 0), int(match[2] or 9999)
        return Clause("w.year between %s and %s", (min(low, high), max(low, high)))
    return Clause("w.year = %s", (int(text),)) if re.fullmatch(r"\d{1,4}", text) else None


def words_of(nodes: tuple[Text, ...]) -> str:
    """Give the `tsquery` by which hits are ranked: any of the words."""
    return " | ".join(f"({text_query(text)})" for text in nodes)
