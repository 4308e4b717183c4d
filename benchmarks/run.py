"""What a build costs beside bibtexparser alone, and an edit beside a hello-world Typer program.

    python benchmarks/run.py [--entries 20000] [--rounds 3] [--more FOLDER] [--write]

Whole processes, taking turns; CPU seconds (user and system, children included) and peak memory. Ratios
are between runs of one round; the spread is the lowest and the highest of them. `--write` keeps the
figures in RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from corpora import write_collection

HERE = Path(__file__).resolve().parent
HELLO = "import typer\napp = typer.Typer()\n\n@app.command()\ndef hello(name: str = 'you'):\n    print('hello', name)\n\napp()\n"
HOW = "`python benchmarks/run.py --write`: CPU seconds of whole processes that took turns."
PARSE = "import sys, bibtexparser; print(len(bibtexparser.parse_file(sys.argv[1]).entries))"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    megabytes: float


def run(*command: str) -> Cost:
    """Run a process and give its cost."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def edit(path: Path, number: int) -> None:
    """Change one note in the middle of a file."""
    text = path.read_text(encoding="utf-8")
    places = [m.end() for m in re.finditer(r"annotation\s*=\s*\{", text)]
    at = places[len(places) // 2]
    path.write_text(f"{text[:at]}Edit {number} of it. {text[at:]}", encoding="utf-8")


def compare(
    label: str, ours: Callable[[int], Cost], peer: Callable[[int], Cost], rounds: int
) -> str:
    """Let two programs take turns; give a row of the table."""
    pairs = [(peer(n), ours(n)) for n in range(rounds)]
    ratios = sorted(mine.seconds / its.seconds for its, mine in pairs)
    middle = statistics.median
    return (
        f"| {label} | {middle(m.seconds for _, m in pairs):.2f} s | {middle(p.seconds for p, _ in pairs):.2f} s"
        f" | {middle(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}) | {max(m.megabytes for _, m in pairs):.0f} MB |"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--more", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kb = str(Path(sys.executable).with_name("kb"))
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large", Path(folder) / "small"
        size = write_collection(large, options.entries, options.more)
        write_collection(small, 250, options.more)
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO)
        run(kb, "build", "--source", str(small))

        def build(_: int) -> Cost:
            return run(kb, "build", "--source", str(large))

        def after_edit(root: Path) -> Callable[[int], Cost]:
            def measured(number: int) -> Cost:
                edit(root / "bib" / "all.bib", number)
                return run(kb, "topics", "--source", str(root))

            return measured

        def greet(_: int) -> Cost:
            return run(sys.executable, str(hello))

        def parse(_: int) -> Cost:
            return run(sys.executable, "-c", PARSE, str(large / "bib" / "all.bib"))

        rows = [
            compare(f"build {options.entries} works / bibtexparser", build, parse, options.rounds),
            compare(f"edit of a note among {options.entries}, next command / full build", after_edit(large), build, options.rounds),
            compare("edit of a note among 250, next command / hello world", after_edit(small), greet, options.rounds),
            compare("command without edit, 250 works / hello world", lambda _: run(kb, "topics", "--source", str(small)), greet, options.rounds),
        ]  # fmt: skip
        database = (large / "kb.db").stat().st_size
    table = "\n".join([
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, bibtexparser {version('bibtexparser')};"
        f" {options.entries} entries, {size / 1e6:.1f} MB of BibTeX, database {database / 1e6:.1f} MB; {options.rounds} rounds.",
        "", "| what / beside | ours | peer | ratio (spread) | peak |", "| --- | --- | --- | --- | --- |", *rows,
    ])  # fmt: skip
    print(table)
    if options.write:
        write_section(HERE / "RESULTS.md", table)


def write_section(path: Path, table: str) -> None:
    """Put a table into its section of the results, or behind the others."""
    body = f"<!-- build -->\n\n## Builds and edits\n\n{HOW}\n\n{table}\n\n<!-- /build -->"
    text = path.read_text(encoding="utf-8")
    kept, found, rest = text.partition("<!-- build -->")
    rest = rest.partition("<!-- /build -->")[2]
    path.write_text(
        f"{kept.rstrip()}\n\n{body}\n{rest.lstrip() if found else ''}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
