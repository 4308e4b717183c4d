"""Fifty readers for a minute, every third request malformed, the database swapped five times.

    python benchmarks/soak.py [--seconds 60] [--readers 50] [--source DIR]

Prints answers by status, errors for well-formed requests (must be none) and memory at the beginning
and at the end. Exit code 1 when a well-formed request failed or memory grew by more than half.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from kb.store.build import build_database
from kb.web.serve import ReloadingSite

WELL_FORMED = ("/", "/kb", "/kb/works", "/kb/works.json", "/topics", "/semesters", "/search?q=testing", "/history", "/feed.atom")  # fmt: skip
MALFORMED = ("/kb/works?_sort=no", "/kb/works?_through=x", "/search?q=%00%ff", "/works/..%2f..%2fetc", "/kb?sql=select", "/-/threads", "/search?" + "a=1&" * 300, "/kb/works?_searchmode=raw", "/nothing")  # fmt: skip


def memory() -> float:
    """Give the megabytes the process holds now, or at most held where the system only says that."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


async def read(client: Any, until: float, seen: Counter[tuple[bool, int]], seed: int) -> None:
    """Ask for one page after the other."""
    choose = random.Random(seed)
    while time.monotonic() < until:
        good = choose.random() > 1 / 3
        found = await client.get(choose.choice(WELL_FORMED if good else MALFORMED))
        seen[good, found.status_code] += 1
        await asyncio.sleep(choose.random() / 5)


async def soak(source: Path, seconds: float, readers: int) -> bool:
    """Run and report; true when all is well."""
    with tempfile.TemporaryDirectory() as folder:
        first, database = Path(folder) / "first.db", Path(folder) / "kb.db"
        build_database(source, first)
        shutil.copy(first, database)
        site = ReloadingSite(database, source)
        seen: Counter[tuple[bool, int]] = Counter()
        transport = httpx.ASGITransport(app=site)
        async with httpx.AsyncClient(transport=transport, base_url="http://x.org") as client:
            for path in WELL_FORMED:
                await client.get(path)
            before, until = memory(), time.monotonic() + seconds
            tasks = [asyncio.create_task(read(client, until, seen, n)) for n in range(readers)]
            for _ in range(5):
                await asyncio.sleep(seconds / 6)
                shutil.copy(first, Path(folder) / "next.db")
                (Path(folder) / "next.db").replace(database)
            await asyncio.gather(*tasks)
        after = memory()
    for (good, status), number in sorted(seen.items()):
        print(f"{'well-formed' if good else 'malformed':<12} {status} {number:>7}")
    failed = sum(n for (good, status), n in seen.items() if status >= (400 if good else 500))
    print(f"failed {failed}; memory {before:.0f} -> {after:.0f} MB")
    return not failed and after < before * 1.5


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--source", type=Path, default=Path(__file__).parent.parent)
    given = parser.parse_args()
    sys.exit(0 if asyncio.run(soak(given.source, given.seconds, given.readers)) else 1)


if __name__ == "__main__":
    main()
