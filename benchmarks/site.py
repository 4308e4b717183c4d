"""Pages at 250 and at 100,000 works, beside stock Datasette's row page, measured in one run.

Prints p50 and p95 of each kind of page in milliseconds, the ratio between the sizes and the ratio to
the row page of a Datasette without our plugin on the same file. Exit code 1 when a page breaks a limit:
p95 under ten times that at the small size, and at most twice the row page's.

    python benchmarks/site.py [--small 250] [--large 100000] [--requests 60] [--keep DIR]
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

from kb.ids import person_id
from kb.records import Corpus, Person, Work
from kb.store.rows import corpus_rows
from kb.store.search_index import fill_search_index
from kb.store.write import write_database
from kb.validate.corpus import load_corpus

PROJECT = Path(__file__).resolve().parent.parent
GIVEN = "Ada Ben Chen Dana Emre Fatima Goran Hana Igor Jia Kofi Lena Mira Noor Omar Priya Quinn Rosa Sven Tariq Uma Vera Wen Ximena Yuki Zoe".split()
SYLLABLES = "ba be bi bo ca da de di do fa fe ga gi ha ja ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se si so ta te ti to va ve wa za".split()
RATIO, AGAINST_ROW = 10.0, 2.0
WORDS = 20_000
"""Made-up words; how often each stands in a text falls with its rank, as in real prose."""


def grow(corpus: Corpus, count: int, seed: int = 1) -> Corpus:
    """Give the corpus with works added until there are `count`, spread over its topics and many people."""
    chance = random.Random(seed)
    slugs = [t.slug for t in corpus.topics if t.parent]
    people = []
    for _ in range(max(20, count * 6 // 10)):
        family = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()
        given = " ".join(chance.sample(GIVEN, chance.randint(1, 2)))
        people.append(
            Person(
                id=person_id(family, given), family=family, given=given, display=f"{given} {family}"
            )
        )
    made_up = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(WORDS)]
    real = sorted(
        {
            word
            for work in corpus.works
            for word in work.title.split()
            if len(word) > 3 and word.isalpha()
        }
    )
    words = [*made_up[:200], *real, *made_up[200:]]
    works = list(corpus.works[:count])
    while len(works) < count:
        works.append(
            vary(
                chance,
                corpus.works[len(works) % len(corpus.works)],
                len(works),
                people,
                slugs,
                words,
            )
        )
    return replace(corpus, works=tuple(works))


def vary(
    chance: random.Random,
    model: Work,
    number: int,
    people: list[Person],
    slugs: list[str],
    words: list[str],
) -> Work:
    """Give a work of another one's kind, with other words, by other people, in another year, on other topics."""

    def prose(length: int) -> str:
        return " ".join(
            words[int(len(words) ** chance.random()) - 1] for _ in range(length)
        ).capitalize()

    word = "".join(chance.choices(SYLLABLES, k=3))
    year = min(2026, max(1980, int(chance.gauss(2017, 5))))
    # A few people wrote very much.
    authors = tuple(
        {
            p.id: p
            for p in (
                people[int(len(people) * chance.random() ** 3)] for _ in range(chance.randint(1, 6))
            )
        }.values()
    )
    names = " and ".join(f"{p.family}, {p.given}" for p in authors)
    title = prose(chance.randint(4, 11))
    key = f"{authors[0].family.lower()}{year}{word}{number}"
    bibtex = f"@{model.type}{{{key},\n  author = {{{names}}},\n  title = {{{title}}},\n  booktitle = {{{model.venue.replace('{', '').replace('}', '')}}},\n  year = {{{year}}},\n  pages = {{1--12}},\n}}\n"
    topics = tuple(dict.fromkeys(chance.choices(slugs, k=chance.randint(1, 3))))
    return replace(
        model,
        key=key,
        title=title,
        people=authors,
        year=year,
        topics=topics,
        bibtex=bibtex,
        annotation=f"{prose(20)}. {prose(40)}.",
        short_titles=(),
        doi="",
        url=f"https://example.org/{key}",
    )


def make(path: Path, count: int) -> None:
    """Write a database of `count` works."""
    corpus = grow(load_corpus(PROJECT).corpus, count)
    write_database(
        path,
        corpus_rows(corpus),
        {"version": "benchmark", "listing": str(count), "fingerprint": str(count)},
        (fill_search_index,),
    )


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Server:
    """A server in a process of its own, stopped at the end."""

    def __init__(
        self, command: Callable[[int], list[str]], environment: dict[str, str] | None = None
    ) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            command(self.port),
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def time(self, path: str) -> tuple[float, int]:
        """Ask for a page; milliseconds and bytes. A page that fails ends the run."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        started = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        taken = (time.perf_counter() - started) * 1000
        connection.close()
        if response.status != 200:
            raise SystemExit(f"{path}: status {response.status}")
        return taken, len(body)


def pages(database: Path, requests: int) -> dict[str, list[str]]:
    """Give addresses for each kind of page, drawn at random."""
    chance = random.Random(7)
    connection = sqlite3.connect(database)

    def draw(query: str) -> list[str]:
        found = [str(row[0]) for row in connection.execute(query)]
        return [quote(chance.choice(found)) for _ in range(requests)]

    works = draw("select key from works")
    assigned = draw("select distinct work from readings")
    topics, areas = (
        draw("select slug from topics where parent <> ''"),
        draw("select slug from topics where parent = ''"),
    )
    largest = connection.execute(
        "select slug, works from topics order by works desc limit 1"
    ).fetchone()
    last = max(1, largest[1] // 50)
    shelves = max(1, connection.execute("select count(*) from works").fetchone()[0] // 50)
    years = draw("select distinct year from works where year is not null")
    semesters, sessions = draw("select id from semesters"), draw("select id from sessions")
    people = draw("select id from people")
    busy = draw("select id from people order by works desc limit 20")
    words = draw("select title from works limit 500")
    connection.close()
    found = {
        "/": ["/"] * requests,
        "/next": ["/next?on=2022-09-06"] * requests,
        "/works": ["/works"] * requests,
        "/works/pages/N": [f"/works/pages/{chance.randint(1, shelves)}" for _ in range(requests)],
        "/works?year": [f"/works?year={y}" for y in years],
        "/works?topic&kind": [f"/works?topic={t}&kind=article" for t in areas],
        "/works/K": [f"/works/{k}" for k in works],
        "/works/K assigned": [f"/works/{k}" for k in assigned],
        "/works/K.json": [f"/works/{k}.json" for k in works],
        "/topics": ["/topics"] * requests,
        "/topics/T": [f"/topics/{t}" for t in topics],
        "/topics/area": [f"/topics/{t}" for t in areas],
        "/topics/area/N": [
            f"/topics/{quote(largest[0])}/pages/{chance.randint(1, last)}" for _ in range(requests)
        ],
        "/people": ["/people"] * requests,
        "/people/letters": [
            f"/people/letters/{chance.choice('abcdegklmnprst')}" for _ in range(requests)
        ],
        "/people/P": [f"/people/{p}" for p in people],
        "/people/P busy": [f"/people/{p}" for p in busy],
        "/history": ["/history"] * requests,
        "/semesters": ["/semesters"] * requests,
        "/semesters/S": [f"/semesters/{s}" for s in semesters],
        "/sessions/S": [f"/sessions/{s}" for s in sessions],
        "/search": [
            f"/search?q={quote(' '.join(chance.sample([w for w in t.replace('%20', ' ').split() if w.isalpha()] or ['data'], 1)))}"
            for t in words
        ],
    }
    return {kind: addresses for kind, addresses in found.items() if kind not in NOT_YET}


NOT_YET = frozenset(os.environ.get("COURSEBIB_WITHOUT", "").split())
"""Kinds of pages to leave out."""


def percentiles(times: list[float]) -> tuple[float, float]:
    """Give p50 and p95."""
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def measure(database: Path, requests: int) -> Iterator[tuple[str, float, float, int]]:
    """Give (kind, p50, p95, bytes) of our pages, and of stock Datasette's row page as `row`.

    Both servers run at once and are asked in turn, so that whatever else the machine does hits both.
    """
    asked = pages(database, requests)
    rows = [
        address.replace("/works/", f"/{database.stem}/works/", 1) for address in asked["/works/K"]
    ]
    stock = [sys.executable, "-m", "datasette", "serve", "-i", str(database)]
    taken: list[tuple[float, int]] = []
    with (
        Server(lambda port: site_command(database, port)) as site,
        Server(lambda port: [*stock, "--port", str(port)], {"DATASETTE_LOAD_PLUGINS": ""}) as other,
    ):
        for warm in rows[:5]:
            other.time(warm)
        for kind, addresses in asked.items():
            for warm in addresses[:3]:
                site.time(warm)
            timed = []
            for address, row in zip(addresses, rows, strict=True):
                timed.append(site.time(address))
                taken.append(other.time(row))
            yield (kind, *percentiles([t for t, _ in timed]), max(size for _, size in timed))
    yield ("row", *percentiles([t for t, _ in taken]), max(size for _, size in taken))


def site_command(database: Path, port: int) -> list[str]:
    """Give the command that serves a database as `kb serve` does, without looking for newer sources."""
    program = "import sys, uvicorn; from pathlib import Path; from kb.web.serve import ReloadingSite; uvicorn.run(ReloadingSite(Path(sys.argv[1]), None), port=int(sys.argv[2]), log_level='error')"
    return [sys.executable, "-c", program, str(database), str(port)]


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--small", type=int, default=250)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument(
        "--keep", type=Path, help="directory for the databases, used again when they are there"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        where = options.keep or Path(temporary)
        where.mkdir(parents=True, exist_ok=True)
        results: dict[int, dict[str, tuple[float, float, int]]] = {}
        for count in (options.small, options.large):
            database = where / f"works{count}.db"
            if not database.exists():
                started = time.perf_counter()
                make(database, count)
                print(
                    f"{count} works written in {time.perf_counter() - started:.0f} s, {database.stat().st_size / 1e6:.0f} MB",
                    flush=True,
                )
            results[count] = {
                kind: (p50, p95, size)
                for kind, p50, p95, size in measure(database, options.requests)
            }
    return report(results[options.small], results[options.large])


def report(
    small: dict[str, tuple[float, float, int]], large: dict[str, tuple[float, float, int]]
) -> int:
    """Print the table; 1 when a limit is broken."""
    row = large["row"][1]
    broken = 0
    print(f"{'page':<20}{'p50':>8}{'p95':>8}  |{'p50':>8}{'p95':>8}{'kB':>7}  | ratio  of row")
    for kind, (p50, p95, size) in large.items():
        ratio, against = p95 / small[kind][1], p95 / row
        bad = kind != "row" and (ratio > RATIO or against > AGAINST_ROW)
        broken += bad
        print(
            f"{kind:<20}{small[kind][0]:>8.1f}{small[kind][1]:>8.1f}  |{p50:>8.1f}{p95:>8.1f}{size / 1000:>7.0f}  |{ratio:>6.1f}{against:>8.2f}{'  TOO SLOW' if bad else ''}"
        )
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
