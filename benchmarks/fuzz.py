"""Fuzz the readers: whatever the bytes, records or findings come out; no exception, no hang, bounded memory.

    python benchmarks/fuzz.py TARGET [--seconds N] [--corpus FOLDER] [--seed N]
    python benchmarks/fuzz.py --list

With atheris (`pip install atheris`) coverage guides the inputs; without it the script says so and mutates
seeds at random, which finds less. An input that raises, takes longer than `--slow` seconds or is read into
more than `--grow` times its size (and 20 MB) is written to the corpus folder and ends the run with 1.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from kb.edit.bib_format import format_bib
from kb.edit.keywords import change_keywords
from kb.errors import KbError
from kb.importers.bib import import_bib, known_works
from kb.importers.bibliography import read_bibliography
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule
from kb.importers.semester_yaml import semester_yaml
from kb.parse.bibtex import parse_bibtex
from kb.parse.dates import find_day
from kb.parse.latex import decode_latex
from kb.parse.locators import parse_locator
from kb.parse.names import parse_names
from kb.parse.yaml import parse_yaml
from kb.sources.decode import decode

KNOWN = WorkIndex(())

SEEDS: dict[str, tuple[str, ...]] = {
    "bibtex": (
        '@string{a = "x"}\n@article{k, title = {A {B} c}, author = "D and E", year = 2000, month = jan # "~1",\n}\n% c\n@misc(l, note={x})\n@comment{@misc{m,}}',
        "@misc{a, title={x} year=1}\n@misc{b, annotation={\n@misc{no, x}\n}}\n@preamble{\"x\"}@book{c, }",
    ),
    "yaml": ("id: F2022\nsessions:\n  - date: 2022-08-31\n    readings: [{work: a, locator: 'Ch. 1'}]\n  - &a {kind: break}\n  - *a\n",),
    "schedule": (
        "| Week | Date | Topic | Reading | Due |\n|-|-|-|-|-|\n| 1 | Tu 9/5 | A [[s](u)] | [B](http://b) and [C](c), Ch. 2+5 (optional) | HW1 due; HW2 out |\n",
        "<table><tr><th>Date</th><th>Reading</th></tr><tr><td rowspan=2>Sep 4</td><td><ul><li><a href=a>A</a></li></ul></td></tr><tr><td colspan=3>x</td></tr></table>",
        "- week: 1\n  date: 2024-01-08\n  readings:\n    - title: A\n      url: http://a\n      optional: true\n",
        "Date,Topic,Reading\n9/5,A,\"B; C\"\n", "## Week 1 (Jan 5)\n- **Reading**: [A](http://a)\n## Week 2\n- Due: x\n", "Sep 5\n: [A](#)\n  : [s](x)\n: **HW**{: .label }\nSep 7\n: B\n",
        "<dl><dt>Sep 5</dt><dd>A</dd><dt>Sep 7</dt><dd>Reading: B</dd></dl>", "|  | Monday | Tuesday |\n|-|-|-|\n| 1 (1/8) | A | B |\n",
    ),
    "bibliography": (
        "# T\n\n## 1. A\n\nDoe, Jane, and R. Roe. \"[A](http://a_(b)).\" *J* 12, no. 3 (2019): 5-17.\n> n\n\n- [B](http://b) - X et al., Y 2019. z\n",
        "| Title | Authors | Year |\n|-|-|-|\n| [A](u) | B and C | 2019 |\n", "### A (B et al., 2019)\n\n**Link:** http://x\n\n```bibtex\n@misc{a, title={b}}\n```\n",
        "<html><body><ol><li><p><b>A.</b> B. C. <i>D</i>, 1970.</p><p>n</p></li></ol></body></html>",
    ),
    "text": (r"K{\"a}stner \& {van der} Berg, J{\o}rgen and others $x^2$ \url{a%b} Ch. 6–8, 24 Mon, Aug 29 1-4pm",),
}  # fmt: skip
"""Inputs to begin with."""


def fuzz_bibtex(text: str) -> None:
    """Read, format, tag and import BibTeX."""
    entries, _ = parse_bibtex(text, "f.bib")
    format_bib(text)
    import_bib(text, "f.bib", known_works(entries[:1]), {"a": "a"})
    for entry in entries[:2]:
        try:
            tagged = change_keywords(text, entry.key, ["new/topic"])
        except KbError:
            continue
        assert any(
            e.key == entry.key and "new/topic" in (e.get("keywords") or "")
            for e in parse_bibtex(tagged, "")[0]
        )


def fuzz_schedule(text: str) -> None:
    """Import a schedule in the shape it seems to have; what comes out is YAML."""
    found = import_schedule(text, "F2022", KNOWN)
    _, findings = parse_yaml(semester_yaml(found), "f.yaml")
    assert not findings, findings[0]


def fuzz_bibliography(text: str) -> None:
    """Import a bibliography."""
    read_bibliography(text)


def fuzz_yaml(text: str) -> None:
    """Read YAML."""
    parse_yaml(text, "f.yaml")


def fuzz_text(text: str) -> None:
    """Read the small languages: LaTeX, names, locators, dates."""
    decode_latex(text)
    parse_names(text)
    parse_locator(text)
    find_day(text, 2022, "fall")


TARGETS: dict[str, Callable[[str], None]] = {
    "bibtex": fuzz_bibtex, "yaml": fuzz_yaml, "schedule": fuzz_schedule, "bibliography": fuzz_bibliography, "text": fuzz_text,
}  # fmt: skip


def main() -> int:
    """Run one target."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="?", choices=sorted(TARGETS))
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slow", type=float, default=2.0)
    parser.add_argument("--grow", type=float, default=2000.0)
    options = parser.parse_args()
    if options.list or not options.target:
        print("\n".join(sorted(TARGETS)))
        return 0
    run = guarded(TARGETS[options.target], options)
    try:
        import atheris  # type: ignore[import-not-found]
    except ImportError:
        print("atheris is not installed; mutating seeds at random instead", file=sys.stderr)
        return mutate(run, options)
    return guided(atheris, run, options)


def guarded(target: Callable[[str], None], options: argparse.Namespace) -> Callable[[bytes], None]:
    """Give a function that reads bytes and keeps an input that raises, hangs or swells."""

    def run(data: bytes) -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.process_time()
        try:
            target(decode(data, "input")[0])
        except BaseException:
            keep(data, options.corpus)
            raise
        seconds = time.process_time() - started
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        if seconds > options.slow or grown > 20e6 + options.grow * len(data):
            keep(data, options.corpus)
            raise SystemExit(f"{len(data)} bytes took {seconds:.1f} s and {grown / 1e6:.0f} MB")

    return run


def keep(data: bytes, folder: Path) -> None:
    """Write an input that matters."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    print(f"kept {path}", file=sys.stderr)


def guided(atheris: object, run: Callable[[bytes], None], options: argparse.Namespace) -> int:
    """Let coverage guide the inputs; atheris ends the process itself."""
    seeds = options.corpus / f"seeds-{options.target}"
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[options.target]):
        (seeds / f"seed{number}").write_text(seed, encoding="utf-8")
    atheris.instrument_all()  # type: ignore[attr-defined]
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={options.seconds}",
            "-max_len=4096",
            f"-seed={options.seed}",
            str(seeds),
        ],
        run,
    )  # type: ignore[attr-defined]
    atheris.Fuzz()  # type: ignore[attr-defined]
    return 0


def mutate(run: Callable[[bytes], None], options: argparse.Namespace) -> int:
    """Mutate seeds at random: pieces moved, doubled, cut, exchanged between seeds."""
    chance = random.Random(options.seed)
    seeds = [seed.encode() for seed in SEEDS[options.target]]
    until = time.monotonic() + options.seconds
    count = 0
    while time.monotonic() < until:
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 8)):
            at, other = chance.randrange(len(data) + 1), chance.choice(seeds)
            start = chance.randrange(len(other) + 1)
            piece = other[start : start + chance.randrange(1, 40)]
            match chance.randrange(5):
                case 0:
                    del data[at : at + chance.randrange(1, 30)]
                case 1:
                    data[at:at] = piece
                case 2:
                    data[at : at + len(piece)] = piece
                case 3:
                    data[at:at] = piece * chance.choice([2, 10, 100])
                case _:
                    data[at:at] = bytes([chance.randrange(256)])
        run(bytes(data))
        count += 1
        if len(seeds) < 500 and chance.random() < 0.05:
            seeds.append(bytes(data[:4096]))
    print(f"{options.target}: {count} inputs, nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
