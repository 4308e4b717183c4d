"""How fast search answers on many works, beside bare FTS5, Whoosh and tantivy, in one run.

    python benchmarks/search.py [--works 100000] [--queries 200] [--peers whoosh,tantivy]

Works are generated: titles and notes made of the words of our own collection, as often as they occur there.
Printed: p50 and p95 of one search through our code (parse, compile, rank, passages for 20 hits, facets), of the
bare FTS5 query for the same words on the same index, and their ratio; the same for the peers that are installed.
Times depend on the machine; the ratios are what to compare.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from kb.records import Corpus
from kb.search.find import search
from kb.search.reader import COMMON
from kb.store.rows import corpus_rows
from kb.store.search_index import fill_search_index
from kb.store.write import write_database
from kb.text import fold_words
from kb.validate.corpus import load_corpus
from kb.views.read import open_database

ROOT = Path(__file__).resolve().parent.parent
Search = Callable[[str], object]


def generate(count: int, seed: int = 1) -> Corpus:
    """Give a corpus of `count` works with notes of about 80 words."""
    corpus = load_corpus(ROOT).corpus
    chance = random.Random(seed)
    words = [w for work in corpus.works for w in work.annotation.split()]
    titles = [w for work in corpus.works for w in work.title.split()]
    slugs = [t.slug for t in corpus.topics if t.parent]
    works = list(corpus.works)
    for number in range(len(works), count):
        model = corpus.works[number % len(corpus.works)]
        key = f"{model.key}-{number}"
        title = " ".join(chance.choices(titles, k=chance.randint(4, 12)))
        works.append(
            replace(
                model,
                key=key,
                title=title,
                year=chance.randint(1990, 2026),
                topics=tuple(dict.fromkeys(chance.choices(slugs, k=2))),
                short_titles=(),
                doi="",
                annotation=" ".join(chance.choices(words, k=chance.randint(40, 120))),
            )
        )
    return replace(corpus, works=tuple(works[:count]))


def draw_queries(connection: sqlite3.Connection, count: int) -> dict[str, list[str]]:
    """Give queries of one to three words from one work, of one, two and three words from the vocabulary, and broad ones (a tenth of all works or more)."""
    chance = random.Random(2)
    total = connection.execute("select count(*) from documents").fetchone()[0]
    usual = [
        w
        for (w,) in connection.execute(
            "select word from search_terms where works between ? and ? order by word",
            (total // 2000, total // 20),
        )
    ]
    broad = [
        w
        for (w,) in connection.execute(
            "select word from search_terms where works between ? and ? order by word",
            (total // 12, total // 3),
        )
    ]
    texts = [
        row[chance.randint(0, 1)]
        for row in connection.execute(
            "select title, notes from documents where id % ? = 0", (max(1, total // count),)
        )
    ]
    return {
        "words of a work": [
            " ".join(chance.sample(plain, min(len(plain), chance.choice((1, 1, 2, 2, 2, 3)))))
            for text in texts
            if (plain := plain_words(text))
        ],
        "one word": chance.choices(usual, k=count),
        "two words": [" ".join(chance.choices(usual, k=2)) for _ in range(count)],
        "three words": [" ".join(chance.choices(usual + broad, k=3)) for _ in range(count)],
        "broad word": chance.choices(broad, k=max(10, count // 4)),
        "two broad words": [
            " ".join(chance.choices(broad, k=2)) for _ in range(max(10, count // 4))
        ],
        "phrase": [
            f'"{a} {b}"'
            for a, b in (chance.choices(broad, k=2) for _ in range(max(10, count // 4)))
        ],
        "with a field": [f"{w} year:2015..2020 kind:paper" for w in chance.choices(usual, k=count)],
    }


def plain_words(text: str) -> list[str]:
    """Give the words of a text that are not too common to be searched, each once."""
    return [
        word for word in dict.fromkeys(fold_words(text)) if len(word) > 2 and word not in COMMON
    ]


def bare(connection: sqlite3.Connection) -> Search:
    """Give FTS5 alone: the words joined by AND, the twenty best by bm25."""

    def run(text: str) -> object:
        plain = text.split(" year:")[0]
        match = (
            f'"{" ".join(fold_words(plain))}"'
            if plain.startswith('"')
            else " AND ".join(f'"{w}"' for w in fold_words(plain))
        )
        return connection.execute(
            "select rowid from documents_fts where documents_fts match ? order by rank limit 20",
            (match,),
        ).fetchall()

    return run


def whoosh_index(folder: Path, rows: Iterable[tuple[str, str, str]]) -> Search:
    """Give Whoosh on an index of its own."""
    from whoosh import fields, index
    from whoosh.qparser import MultifieldParser

    schema = fields.Schema(key=fields.ID(stored=True), title=fields.TEXT(), notes=fields.TEXT())
    found = index.create_in(str(folder), schema)
    writer = found.writer(limitmb=512)
    for key, title, notes in rows:
        writer.add_document(key=key, title=title, notes=notes)
    writer.commit()
    searcher, parser = found.searcher(), MultifieldParser(["title", "notes"], schema)
    return lambda text: searcher.search(parser.parse(text.split(" year:")[0]), limit=20)


def tantivy_index(rows: Iterable[tuple[str, str, str]]) -> Search:
    """Give tantivy on an index of its own."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True)
    for name in ("title", "notes"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    found = tantivy.Index(builder.build())
    writer = found.writer(200_000_000)
    for key, title, notes in rows:
        writer.add_document(tantivy.Document(key=key, title=title, notes=notes))
    writer.commit()
    found.reload()
    searcher = found.searcher()
    return lambda text: searcher.search(
        found.parse_query(" AND ".join(fold_words(text.split(" year:")[0])), ["title", "notes"]), 20
    )


def measure(run: Search, queries: list[str]) -> list[float]:
    """Give milliseconds, each query once after a warm-up."""
    for query in queries[:5]:
        run(query)
    times = []
    for query in queries:
        started = time.perf_counter()
        run(query)
        times.append(1000 * (time.perf_counter() - started))
    return times


def report(name: str, times: list[float], base: list[float]) -> None:
    """Print p50 and p95, and what they are of the bare query's."""
    (p50, p95), (base50, base95) = (
        (statistics.median(t), statistics.quantiles(t, n=20)[18]) for t in (times, base)
    )
    print(
        f"  {name:<9} p50 {p50:7.2f} ms  p95 {p95:7.2f} ms  ratios {p50 / base50:5.2f} {p95 / base95:5.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument(
        "--peers", default="", help="whoosh,tantivy: also build their indexes and measure them."
    )
    parser.add_argument(
        "--db", type=Path, help="Keep the database here, and use it when it is there."
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.db or Path(folder) / "kb.db"
        if not path.exists():
            started = time.perf_counter()
            write_database(
                path,
                corpus_rows(generate(given.works)),
                {"version": "benchmark"},
                (fill_search_index,),
            )
            print(
                f"{given.works} works written in {time.perf_counter() - started:.0f} s, {path.stat().st_size / 1e6:.0f} MB"
            )
        connection = open_database(path)
        runs: dict[str, Search] = {
            "bare FTS5": bare(connection),
            "ours": lambda text: search(connection, text, facets=True),
        }
        rows = "select work, title, notes from documents"
        for peer in filter(None, given.peers.split(",")):
            started = time.perf_counter()
            runs[peer] = (
                tantivy_index(connection.execute(rows))
                if peer == "tantivy"
                else whoosh_index(Path(folder), connection.execute(rows))
            )
            print(f"{peer}: index built in {time.perf_counter() - started:.0f} s")
        pooled: dict[str, list[float]] = {name: [] for name in runs}
        for kind, queries in draw_queries(connection, given.queries).items():
            print(kind)
            times = {name: measure(run, queries) for name, run in runs.items()}
            for name, own in times.items():
                report(name, own, times["bare FTS5"])
                pooled[name] += own
        print("all of these")
        for name, own in pooled.items():
            report(name, own, pooled["bare FTS5"])


if __name__ == "__main__":
    main()
