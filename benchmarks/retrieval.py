"""How well suggestions and search find the right works, beside plain FTS5, in one run.

    python benchmarks/retrieval.py --bibliography annotated-bibliography.md --queries retrieval_dev.json [--model DIR] [--each]

The bibliography is imported with `kb import bibliography` into a scratch knowledge base. Queries are JSON:
`{"queries": [{"query_id", "set", "query", "relevant": [titles]}]}`. Printed: recall at 5 and 10, mean
reciprocal rank, nDCG at 10, each with a 95% bootstrap interval, with and without the first work of the
bibliography (a textbook that is on most lists whatever the topic).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kb.search.find import search
from kb.search.suggest import SuggestionRequest, suggest
from kb.text import fold_words, title_key

ROOT = Path(__file__).resolve().parent.parent
UPSTREAM = ROOT.parent / "shared" / "upstream"
NAMES = ("R@5", "R@10", "MRR", "nDCG@10")
Ranker = Callable[[str], list[str]]


def build(bibliography: Path, folder: Path, model: str) -> Path:
    """Import and build; give the database."""
    for name in ("bib", "quizzes"):
        (folder / name).mkdir()
    kb = [sys.executable, "-m", "cli.app"]
    subprocess.run(
        [*kb, "import", "bibliography", str(bibliography), "--source", str(folder)],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    subprocess.run(
        [
            *kb,
            "build",
            "--source",
            str(folder),
            "--db",
            str(folder / "kb.db"),
            *(["--model", model] if model else []),
        ],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    return folder / "kb.db"


def plain_fts(connection: sqlite3.Connection) -> Ranker:
    """Give FTS5 as it comes: every word of the query, joined by OR, over title, authors, annotation and section."""
    memory = sqlite3.connect(":memory:")
    memory.execute(
        "create virtual table plain using fts5(key unindexed, title, people, note, section, tokenize='porter unicode61 remove_diacritics 2')"
    )
    memory.executemany(
        "insert into plain values (?, ?, ?, ?, ?)",
        connection.execute("select work, title, people, notes, topics from documents"),
    )

    def rank(text: str) -> list[str]:
        match = " OR ".join(f'"{w}"' for w in dict.fromkeys(fold_words(text)))
        return [
            k
            for (k,) in memory.execute(
                "select key from plain where plain match ? order by rank", (match,)
            )
        ]

    return rank


def with_model(model: str, ranker: Ranker) -> Ranker:
    """Give the ranker with the model named in the environment, as `kb suggest` finds it."""

    def rank(text: str) -> list[str]:
        os.environ["KB_MODEL"] = model
        try:
            return ranker(text)
        finally:
            del os.environ["KB_MODEL"]

    return rank


def measure(ranking: list[str], relevant: set[str]) -> tuple[float, ...]:
    """Give recall at 5 and 10, reciprocal rank and nDCG at 10."""
    gains = [1 / math.log2(n + 2) for n, key in enumerate(ranking[:10]) if key in relevant]
    ideal = sum(1 / math.log2(n + 2) for n in range(min(10, len(relevant))))
    first = next((1 / (n + 1) for n, key in enumerate(ranking) if key in relevant), 0.0)
    return (
        len(relevant & set(ranking[:5])) / len(relevant),
        len(relevant & set(ranking[:10])) / len(relevant),
        first,
        sum(gains) / ideal,
    )


def interval(values: list[float], draws: int = 2000) -> tuple[float, float]:
    """Give the 95% interval of the mean by resampling queries."""
    chance = random.Random(1)
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws)]


def report(name: str, found: dict[str, tuple[float, ...]]) -> None:
    """Print one line."""
    columns = []
    for n, metric in enumerate(NAMES):
        values = [row[n] for row in found.values()]
        low, high = interval(values)
        columns.append(f"{metric} {sum(values) / len(values):.3f} [{low:.2f}, {high:.2f}]")
    print(f"  {name:<22} {'   '.join(columns)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bibliography", type=Path, default=UPSTREAM / "annotated-bibliography.md")
    parser.add_argument("--queries", type=Path, default=UPSTREAM / "retrieval_dev.json")
    parser.add_argument(
        "--model", default="", help="Folder of a sentence model: also with vectors."
    )
    parser.add_argument("--each", action="store_true", help="Also print every query.")
    given = parser.parse_args()
    for path in (given.bibliography, given.queries):
        if not path.is_file():
            sys.exit(f"{path}: not there; name a file with --bibliography and --queries")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("KB_MODEL", None)
        connection = sqlite3.connect(build(given.bibliography, Path(folder), given.model))
        keys = {
            title_key(title): key
            for key, title in connection.execute("select key, title from works")
        }
        first = connection.execute("select key from works order by line, file limit 1").fetchone()[
            0
        ]
        queries = []
        for query in json.loads(given.queries.read_text())["queries"]:
            relevant = {keys[title_key(t)] for t in query["relevant"] if title_key(t) in keys}
            missing = [t for t in query["relevant"] if title_key(t) not in keys]
            if missing:
                print(f"not in the bibliography: {missing[0]!r}", file=sys.stderr)
            queries.append((query["query_id"], query.get("set", ""), query["query"], relevant))
            if 1 in query.get("relevant_n", []):
                first = keys.get(title_key(query["relevant"][query["relevant_n"].index(1)]), first)
        rankers: dict[str, Ranker] = {
            "FTS5, OR, bm25": plain_fts(connection),
            "kb search": lambda text: [h.key for h in search(connection, text, limit=50).hits],
            "kb suggest": lambda text: [
                s.key for s in suggest(connection, SuggestionRequest(text), 50)
            ],
        }
        if given.model:
            rankers["kb suggest, vectors"] = with_model(given.model, rankers["kb suggest"])
        for label, dropped in ((f"without {first}", {first}), ("with it", set())):
            print(
                f"{label}, {sum(1 for q in queries if q[3] - dropped)} queries, {sum(len(q[3] - dropped) for q in queries)} pairs"
            )
            for name, ranker in rankers.items():
                started = time.perf_counter()
                found = {
                    q[0]: measure([k for k in ranker(q[2]) if k not in dropped], q[3] - dropped)
                    for q in queries
                    if q[3] - dropped
                }
                report(name, found)
                if not dropped:
                    print(
                        f"  {'':<22} {1000 * (time.perf_counter() - started) / len(queries):.1f} ms a query"
                    )
                if given.each and name == "kb suggest":
                    for number, values in found.items():
                        print(f"    {number:<50} {' '.join(f'{v:.2f}' for v in values)}")
            for group in sorted({q[1] for q in queries}):
                own = {
                    q[0]: measure(
                        [k for k in rankers["kb suggest"](q[2]) if k not in dropped], q[3] - dropped
                    )
                    for q in queries
                    if q[1] == group and q[3] - dropped
                }
                if own:
                    report(f"kb suggest: {group}", own)


if __name__ == "__main__":
    main()
