"""How well works match a long text: BM25F over title, annotation and names of topics, with pairs of
neighbouring words.

FTS5's bm25 weighs every word of a query alike, in which long texts drown. Here a word counts by its
rarity
in the collection, by how often the text says it (saturating), and more in the first line, its
title. SQLite
still splits and stems all text (a small index in memory over the candidates), so that what the
index finds
is what is scored.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kb.search.compile import quote
from kb.search.reader import COMMON
from kb.text import fold_words

__all__ = [
    "OWN",
    "Lexicon",
    "LongText",
    "Matched",
    "collection_size",
    "idf_of",
    "match_text",
    "open_lexicon",
    "read_long_text",
]

FIRST_LINE = 3.0
"""How much more a word in the first of several lines counts."""
K1, B = 1.6, 0.75
OWN = {"title": 2.0, "notes": 1.0}
"""What a word counts in a work's own text."""
FIELDS = OWN | {"topics": 1.0}
"""The same with the names of its topics and of those above."""
PAIRS = 0.4
"""How much a pair of neighbouring words counts beside its words."""
CANDIDATES = 400
"""Works that are scored in full; a collection that is not much larger is scored whole."""
MOST_TERMS = 120
MOST_KNOWN = 20_000
"""Stems that a lexicon keeps at most."""

COMMON_MORE = frozenset(
    "has have had having he she them us am being own same other another more most much many less "
    "few very just only even still here there now"
    " yet per via upon within without across against during before after up down out off again "
    "once because while through toward towards et al"
    " eg ie etc vs also such any each all both some between among under over one two three may "
    "might must will shall using use used".split()
)


Document = tuple[int, str, str, str]
"""Number, title, notes, names of topics."""


@dataclass(frozen=True, slots=True)
class LongText:
    """A text as weighted stems."""

    terms: dict[str, float]
    """Stem and weight: times said, saturating, more in the first line."""
    pairs: dict[tuple[str, str], float]
    words: dict[str, str]
    """Stem and the word it was written as."""


class Lexicon:
    """Splits and stems with FTS5, in memory."""

    def __init__(self, tokenizer: str) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(
            f"create virtual table texts using fts5(title, notes, topics, tokenize='{tokenizer}')"
        )
        self.connection.execute("create virtual table stems using fts5vocab(texts, instance)")
        self.known: dict[str, str] = {}

    def stem(self, words: Iterable[str]) -> dict[str, str]:
        """Give each folded word with its stem."""
        asked = set(words)
        if new := [word for word in asked if word not in self.known]:
            if len(self.known) > MOST_KNOWN:
                self.known.clear()
                new = list(asked)
            self.connection.execute("delete from texts")
            self.connection.executemany(
                "insert into texts (rowid, title) values (?, ?)", enumerate(new)
            )
            self.known |= dict.fromkeys(new, "")
            self.known |= {
                new[number]: stem
                for stem, number in self.connection.execute("select term, doc from stems")
            }
        return {word: stem for word in asked if (stem := self.known[word])}

    def positions(
        self, documents: Iterable[Document], terms: Iterable[str]
    ) -> dict[str, dict[tuple[int, str], list[int]]]:
        """Give, for each stem, the places in each column of each document."""
        self.connection.execute("delete from texts")
        self.connection.executemany(
            "insert into texts (rowid, title, notes, topics) values (?, ?, ?, ?)", documents
        )
        found: dict[str, dict[tuple[int, str], list[int]]] = {}
        for term in terms:
            places: dict[tuple[int, str], list[int]] = defaultdict(list)
            for number, column, offset in self.connection.execute(
                "select doc, col, offset from stems where term = ?", (term,)
            ):
                places[number, column].append(offset)
            found[term] = places
        return found


def open_lexicon(connection: sqlite3.Connection) -> Lexicon:
    """Give a lexicon that splits and stems as the index of a database does; each thread keeps its
    own."""
    row = connection.execute(
        "select sql from sqlite_master where name = 'documents_fts'"
    ).fetchone()
    tokenizer = row[0].split("tokenize='")[1].split("'")[0]
    kept: dict[str, Lexicon] = KEPT.__dict__
    if tokenizer not in kept:
        kept[tokenizer] = Lexicon(tokenizer)
    return kept[tokenizer]


KEPT = threading.local()
"""Lexicons by tokenizer: making one takes longer than answering a rare word."""


def read_long_text(lexicon: Lexicon, text: str) -> LongText:
    """Weigh the words of a title with goals or of any text; common words are left out."""
    lines = [fold_words(line) for line in text.splitlines() if line.strip()]
    stems = lexicon.stem(w for line in lines for w in line)
    terms: dict[str, float] = defaultdict(float)
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    words: dict[str, str] = {}
    for number, line in enumerate(lines):
        weight = FIRST_LINE if number == 0 and len(lines) > 1 else 1.0
        said = [
            stems[w]
            if len(w) > 1 and w in stems and w not in COMMON and w not in COMMON_MORE
            else ""
            for w in line
        ]
        for word, stem in zip(line, said, strict=True):
            if stem:
                terms[stem] += weight
                words.setdefault(stem, word)
        for first, second in pairwise(said):
            if first and second:
                pairs[first, second] += weight
    best = sorted(terms.items(), key=lambda item: -item[1])[:MOST_TERMS]
    return LongText(
        {t: 2 * w / (w + 1) for t, w in best},
        {p: 2 * w / (w + 1) for p, w in pairs.items() if p[0] in terms and p[1] in terms},
        words,
    )


def collection_size(connection: sqlite3.Connection) -> int:
    """Count the works of a database, which are numbered without gaps."""
    return int(connection.execute("select max(id) from document_facets").fetchone()[0] or 0)


def idf_of(total: int, containing: int) -> float:
    """Give the inverse document frequency of BM25, never negative."""
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))


@dataclass(slots=True)
class Matched:
    """What matched."""

    scores: dict[int, float] = field(default_factory=dict)
    """Document and score, only where something matched."""
    because: dict[int, dict[str, float]] = field(default_factory=dict)
    """Document, stem, and what it added."""
    idf: dict[str, float] = field(default_factory=dict)


def match_text(
    connection: sqlite3.Connection,
    lexicon: Lexicon,
    text: LongText,
    fields: Mapping[str, float] = FIELDS,
) -> Matched:
    """Score works against a text.

    Args:
        fields: what a word counts in each column; others do not count.
    """
    result = Matched()
    if not text.terms:
        return result
    total = collection_size(connection)
    counting = "select count(*) from documents_fts where documents_fts match ?"
    holds = {
        t: connection.execute(counting, (f"{{title notes}} : {quote(text.words[t])}",)).fetchone()[
            0
        ]
        for t in text.terms
    }
    result.idf = {t: idf_of(total, n) for t, n in holds.items()}
    documents = list(candidates(connection, text, result.idf, holds, total))
    places = lexicon.positions(documents, text.terms)
    lengths = {
        number: {c: len(t.split()) for c, t in zip(FIELDS, texts, strict=True)}
        for number, *texts in documents
    }
    averages = {
        c: sum(n[c] for n in lengths.values()) / max(1, sum(1 for n in lengths.values() if n[c]))
        or 1.0
        for c in FIELDS
    }
    add_terms(
        result,
        text,
        places,
        {
            n: {c: weight / (1 - B + B * sizes[c] / averages[c]) for c, weight in fields.items()}
            for n, sizes in lengths.items()
        },
    )
    average = sum(weight * averages[c] for c, weight in OWN.items())
    add_pairs(
        result,
        text,
        places,
        {
            n: 1 - B + B * sum(weight * sizes[c] for c, weight in OWN.items()) / average
            for n, sizes in lengths.items()
        },
        total,
    )
    return result


def candidates(
    connection: sqlite3.Connection,
    text: LongText,
    idf: dict[str, float],
    holds: dict[str, int],
    total: int,
) -> Iterable[Document]:
    """Give the documents worth scoring: all of a small collection, else those with the heaviest
    words."""
    if total <= 5 * CANDIDATES:
        return connection.execute("select id, title, notes, topics from documents order by id")
    heavy = sorted((t for t in text.terms if holds[t]), key=lambda t: -text.terms[t] * idf[t])[:24]
    match = "{title notes topics} : (" + " OR ".join(quote(text.words[t]) for t in heavy) + ")"
    statement = (
        "select d.id, d.title, d.notes, d.topics from (select rowid as id from documents_fts "
        "where documents_fts match ? order by rank limit ?) f"
        " join documents d on d.id = f.id order by d.id"
    )
    return connection.execute(statement, (match, CANDIDATES)) if heavy else []


def add_terms(
    result: Matched,
    text: LongText,
    places: dict[str, dict[tuple[int, str], list[int]]],
    shares: dict[int, dict[str, float]],
) -> None:
    """Add BM25F of single words; `shares` says what a word counts in each column of a document of
    its length."""
    for term, found in places.items():
        weighted: dict[int, float] = defaultdict(float)
        for (number, column), offsets in found.items():
            weighted[number] += shares[number].get(column, 0.0) * len(offsets)
        for number, frequency in weighted.items():
            if not frequency:
                continue
            score = text.terms[term] * result.idf[term] * frequency * (K1 + 1) / (frequency + K1)
            result.scores[number] = result.scores.get(number, 0.0) + score
            result.because.setdefault(number, {})[term] = score


def add_pairs(
    result: Matched,
    text: LongText,
    places: dict[str, dict[tuple[int, str], list[int]]],
    norms: dict[int, float],
    total: int,
) -> None:
    """Add BM25 of neighbouring words in works' own texts."""
    for (first, second), weight in text.pairs.items():
        counts: dict[int, float] = defaultdict(float)
        after = places.get(second, {})
        for (number, column), offsets in places.get(first, {}).items():
            here = set(after.get((number, column), ()))
            count = sum(1 for offset in offsets if offset + 1 in here)
            if count and column in OWN:
                counts[number] += count * OWN[column]
        idf = idf_of(total, len(counts))
        for number, often in counts.items():
            frequency = often / norms[number]
            result.scores[number] += PAIRS * weight * idf * frequency * (K1 + 1) / (frequency + K1)
