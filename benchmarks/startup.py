"""How long a person waits for the first line: our commands beside a hello-world Typer program, in one run.

    python benchmarks/startup.py [--runs 15]

Prints medians in milliseconds and ratios to hello-world.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELLO = """
import typer

app = typer.Typer(add_completion=False)


@app.command()
def hello(name: str = "world") -> None:
    typer.echo(f"hello {name}")


app()
"""


def median(command: list[str], runs: int) -> float:
    """Give the median time of a command in milliseconds, after one run that fills caches."""
    times = []
    for number in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        if number:
            times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO)
        database = Path(folder) / "kb.db"
        kb = [sys.executable, "-m", "cli.app"]
        subprocess.run(
            [*kb, "build", "--source", str(root), "--db", str(database)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        where = ["--source", str(root), "--db", str(database)]
        cases = {
            "bare python": [sys.executable, "-c", "pass"],
            "hello-world Typer": [sys.executable, str(hello)],
            "kb --version": [*kb, "--version"],
            "kb list F2022": [*kb, "list", "F2022", *where],
            "kb next": [*kb, "next", "--on", "2022-09-06", *where],
            "kb search": [*kb, "search", "technical", "debt", *where],
        }
        times = {name: median(command, runs) for name, command in cases.items()}
    base = times["hello-world Typer"]
    for name, value in times.items():
        print(f"{name:<20} {value:7.1f} ms  {value / base:5.2f} x hello-world")


if __name__ == "__main__":
    main()
