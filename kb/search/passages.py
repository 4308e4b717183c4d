"""Hits as they are shown: the title with marks, and the passage that says most."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator

from kb.search import sql
from kb.search.compile import Compiled
from kb.search.models import Hit, Segment
from kb.text import head_title

__all__ = ["Passages", "read_hits"]

BADGES = (
    "title",
    "people",
    "annotation",
    "topic",
    "venue",
    "session",
    "question",
    "other spelling",
)
Passages = dict[int, tuple[str, ...]]
"""What `sql.SNIPPETS` gives of documents, by their numbers."""

SNIPPET_ORDER = (2, 6, 5, 4)
"""Which column's passage to show, the one that says most first; names of topics say less than why
to read a work, and people stand above anyway."""

KEY = re.compile(r"(?<![\w\x02])[^\W\d][\w:+/-]*\d[\w:+/-]*")
"""What may be a work's key in a passage: notes name works by key, which says nothing to a
reader."""


def read_hits(
    connection: sqlite3.Connection, query: Compiled, numbers: list[int], passages: Passages
) -> Iterator[Hit]:
    """Give hits with the passages that matched, in the order of `numbers`."""
    if not numbers:
        return
    places = ", ".join("?" * len(numbers))
    rows = {row[0]: row[1:] for row in connection.execute(sql.HITS.format(places=places), numbers)}
    if query.match:
        statement = (
            f"select {sql.SNIPPETS} from documents_fts where documents_fts match ? and rowid = ?"
        )
        for number in numbers:
            if number not in passages and (
                own := connection.execute(statement, (query.match, number)).fetchone()
            ):
                passages[number] = own
    marked = {
        number: [n for n, text in enumerate(passages.get(number, ())) if "\x02" in text]
        for number in numbers
    }
    best = {
        number: passages[number][n]
        for number, on in marked.items()
        if (n := next((n for n in SNIPPET_ORDER if n in on), None)) is not None
    }
    titles = named_titles(connection, best.values())
    for number in numbers:
        key, title, authors, year, venue, url, why, kind = rows[number]
        yield Hit(
            key,
            title,
            authors,
            year,
            venue,
            url,
            kind,
            why,
            found_in=tuple(BADGES[n] for n in marked[number]),
            marked_title=cut(segments(passages[number][0]), len(title))
            if 0 in marked[number]
            else ((title, False),),
            snippet=segments(name_keys(best[number], titles)) if number in best else (),
        )


def segments(text: str) -> tuple[Segment, ...]:
    """Split a passage with marks into pieces."""
    found: list[Segment] = []
    for number, piece in enumerate(text.split("\x02")):
        marked, _, plain = piece.rpartition("\x03") if number else ("", "", piece)
        if marked:
            found.append((marked, True))
        if plain:
            found.append((plain, False))
    return tuple(found)


def cut(pieces: tuple[Segment, ...], length: int) -> tuple[Segment, ...]:
    """Give the first `length` characters: the index has short titles behind the title."""
    found: list[Segment] = []
    for text, marked in pieces:
        if length <= 0:
            break
        found.append((text[:length], marked))
        length -= len(text)
    return tuple(found)


def named_titles(connection: sqlite3.Connection, passages: Iterable[str]) -> dict[str, str]:
    """Give the titles of the works that passages name."""
    keys = {key for text in passages for key in KEY.findall(text)}
    return dict(connection.execute(sql.TITLES, (json.dumps(sorted(keys)),))) if keys else {}


def name_keys(text: str, titles: dict[str, str]) -> str:
    """Give a passage with works by their titles."""
    return (
        KEY.sub(lambda m: head_title(titles[m[0]]) if m[0] in titles else m[0], text)
        if titles
        else text
    )
