"""Load, search and bake many works on a PostgreSQL server, beside the same in the file.

    python benchmarks/server.py postgresql://owner@127.0.0.1:5432/kb --works 100000

The database must be empty or hold the institution `bench`; words are drawn from the titles and notes
of the collection here with a fixed seed. Printed: seconds and rates of a first load, a repeated load, a
load with one edit, common and rare searches (median and 95th percentile), and a bake.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kb.postgres.admin import add_institution
from kb.postgres.bake import bake
from kb.postgres.link import Server, connect, read_server
from kb.postgres.load import load_corpus_rows
from kb.postgres.migrations import migrate
from kb.postgres.search import search_server
from kb.records import Annotation, Corpus, Person, Place, Work
from kb.text import fold_words
from kb.validate.corpus import load_corpus

ROOT = Path(__file__).resolve().parent.parent


def works(count: int, vocabulary: list[str], seed: int = 7) -> Iterator[Work]:
    """Draw works: titles of eight words, one to four people."""
    draw = random.Random(seed)
    for n in range(count):
        title = " ".join(draw.choices(vocabulary, k=8)).capitalize()
        people = tuple(
            Person(
                id=f"p{p}", family=f"Family{p}", given=f"G{p % 97}", display=f"G{p % 97} Family{p}"
            )
            for p in draw.sample(range(count // 3 + 4), draw.randint(1, 4))
        )
        yield Work(
            key=f"w{n}",
            type="article",
            title=title,
            people=people,
            year=1990 + n % 35,
            venue=f"Journal {n % 400}",
            doi=f"10.5555/{n}",
            place=Place(path="bib/a.bib", line=n + 1),
        )


def corpus_of(count: int) -> Corpus:
    """Give a corpus of `count` works, each with a note of forty words."""
    real = load_corpus(ROOT).corpus
    words = [w for work in real.works for w in fold_words(f"{work.title} {work.annotation}")]
    found = tuple(works(count, words))
    draw = random.Random(8)
    notes = tuple(
        Annotation(
            id=f"n{work.key}",
            works=(work.key,),
            text=" ".join(draw.choices(words, k=40)),
            place=work.place,
        )
        for work in found
    )
    return Corpus(works=found, annotations=notes)


def timed(what: str, run: Callable[[], object], count: int = 0) -> object:
    """Run and print how long it took."""
    begun = time.perf_counter()
    result = run()
    took = time.perf_counter() - begun
    rate = f", {count / took:,.0f} a second" if count else ""
    print(f"{what}: {took:.2f} s{rate}", flush=True)
    return result


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--works", type=int, default=100_000)
    chosen = parser.parse_args()
    server = read_server(chosen.url)
    with closing(connect(server)) as connection:
        migrate(connection)
        if not connection.execute("select 1 from kb.institutions where id = 'bench'").fetchone():
            add_institution(connection, "bench")
    server = Server(server.url, "bench")
    corpus = corpus_of(chosen.works)
    timed("first load", lambda: load_corpus_rows(server, corpus), chosen.works)
    timed("the same again", lambda: load_corpus_rows(server, corpus))
    edited = replace(corpus.works[len(corpus.works) // 2], title="Edited")
    changed = replace(
        corpus, works=tuple(edited if w.key == edited.key else w for w in corpus.works)
    )
    done = load_corpus_rows(server, changed)
    print(f"one edit wrote {done.written} rows")
    with closing(connect(server)) as connection:
        connection.execute("analyze")
        for name, queries in (
            ("common words", ["data", "learning", "systems", "model"]),
            ("two words", ["technical debt", "data quality", "software engineering"]),
            ("rare words", ["edited", "bibliography", "supermarket"]),
        ):
            times = []
            for query in queries * 8:
                begun = time.perf_counter()
                search_server(connection, query)
                times.append((time.perf_counter() - begun) * 1000)
            times.sort()
            print(
                f"search, {name}: p50 {statistics.median(times):.0f} ms, "
                f"p95 {times[int(len(times) * 0.95)]:.0f} ms"
            )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "kb.db"
        timed("bake", lambda: bake(server, target), chosen.works)
        timed("bake, nothing new", lambda: bake(server, target))


if __name__ == "__main__":
    main()
