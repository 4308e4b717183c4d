"""Answers for words that stand in hundreds of works, given when the database is built.

Ranking every work that has such a word takes up to a hundred milliseconds in a collection of
100,000, counting its facets
forty more; nobody who types one word waits for that. A collection of a few hundred works has none
of these words.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kb.ids import slugs_above
from kb.ranking import LIFTED, RANKED
from kb.store.schema import TOKENIZER
from kb.text import fold_words

__all__ = ["LEAST", "fill_broad_words"]

LEAST = 300
"""Works that must have a word; ranking fewer takes less than a millisecond."""

ASPECTS = (
    "select id, 'year', year from document_facets where year is not null "
    "union all select id, 'kind', kind from document_facets"
    " union all select id, 'assigned', case assigned when 1 then 'yes' else 'no' end "
    "from document_facets"
    " union all select id, 'annotated', case annotated when 1 then 'yes' else 'no' end "
    "from document_facets",
    "select id, 'topic', topic from document_topics",
    "select id, 'semester', semester from document_semesters",
)
"""Facet values of documents, in groups whose combinations are few."""

BEST = f"""
select rowid, highlight(documents_fts, 0, char(2), '') from documents_fts
where documents_fts match ? and rank match '{RANKED}' order by rank limit {LIFTED}"""  # noqa: S608 our own

Values = tuple[tuple[str, str], ...]


def fill_broad_words(connection: sqlite3.Connection, least: int = LEAST) -> None:
    """Fill `broad_words` and `broad_counts`."""
    terms = list(broad_stems(connection, least))
    aspects = [combinations(connection, statement) for statement in ASPECTS] if terms else []
    for term, works, word in terms:
        match = f'"{word}"'
        hits = [
            n
            for (n,) in connection.execute(
                "select rowid from documents_fts where documents_fts match ?", (match,)
            )
        ]
        first = [
            n
            for n, _ in sorted(
                connection.execute(BEST, (match,)), key=lambda row: not row[1].startswith("\x02")
            )
        ]
        connection.execute(
            "insert into broad_words (word, works, first) values (?, ?, ?)",
            (term, works, json.dumps(first)),
        )
        counts: Counter[tuple[str, str]] = Counter()
        for of, values in aspects:
            for number, count in Counter(map(of.__getitem__, hits)).items():
                counts.update(dict.fromkeys(values[number], count))
        rows = ((term, facet, value, count) for (facet, value), count in sorted(counts.items()))
        connection.executemany(
            "insert into broad_counts (word, facet, value, works) values (?, ?, ?, ?)", rows
        )


def broad_stems(connection: sqlite3.Connection, least: int) -> Iterator[tuple[str, int, str]]:
    """Give (stem, works, a word with this stem): most stems are their own, but `losopal` would be
    stemmed to `losop`."""
    connection.execute(
        "create virtual table temp.index_words using fts5vocab(main, documents_fts, 'row')"
    )
    connection.execute(
        "create virtual table temp.index_places using fts5vocab(main, documents_fts, 'instance')"
    )
    connection.execute(f"create virtual table temp.stems using fts5(text, tokenize='{TOKENIZER}')")
    connection.execute("create virtual table temp.stemmed using fts5vocab(temp, stems, 'instance')")
    found = connection.execute(
        "select term, doc from temp.index_words where doc >= ? order by term", (least,)
    ).fetchall()
    words = stems_of(connection, [term for term, _ in found])
    for term, works in found:
        if term not in words:
            place = connection.execute(
                "select doc, col from temp.index_places where term = ? limit 1", (term,)
            ).fetchone()
            text = connection.execute(
                f"select {place[1]} from documents where id = ?",  # noqa: S608 a column of the index
                (place[0],),
            ).fetchone()[0]
            words = stems_of(connection, list(fold_words(text))) | words
        if term in words:
            yield term, works, words[term]
    for table in ("stemmed", "stems", "index_places", "index_words"):
        connection.execute(f"drop table temp.{table}")


def stems_of(connection: sqlite3.Connection, words: list[str]) -> dict[str, str]:
    """Give stem to word, as the index stems."""
    connection.execute("delete from temp.stems")
    connection.executemany("insert into temp.stems (rowid, text) values (?, ?)", enumerate(words))
    stems = {words[n]: term for n, term in connection.execute("select doc, term from temp.stemmed")}
    return {stem: word for word, stem in stems.items() if stem != word} | {
        stem: word for word, stem in stems.items() if stem == word
    }


def combinations(connection: sqlite3.Connection, statement: str) -> tuple[list[int], list[Values]]:
    """Give the number of each document's combination of values, and the combinations."""
    listed: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, facet, value in connection.execute(statement):
        listed[number].append((facet, str(value)))
    of = [0] * (1 + (connection.execute("select max(id) from documents").fetchone()[0] or 0))
    known: dict[Values, int] = {(): 0}
    for number, values in listed.items():
        of[number] = known.setdefault(tuple(sorted(widen(values))), len(known))
    return of, list(known)


def widen(values: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give values, topics with those above them."""
    return {
        (facet, part)
        for facet, value in values
        for part in ((value, *slugs_above(value)) if facet == "topic" else (value,))
    }
