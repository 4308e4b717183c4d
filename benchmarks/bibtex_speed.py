"""Seconds and megabytes to read a large BibTeX collection, beside bibtexparser alone.

    python benchmarks/bibtex_speed.py [FILE_OR_FOLDER...] [--entries 35000]

Without files a collection is made up. Each reader runs in a process of its own, so that memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ENTRY = """@inproceedings{{key{n},
  author    = {{D. Sculley and K{{\\"a}}stner, Christian and {{van der}} Berg, Ann{n}}},
  title     = {{A {{Fairly}} Long Title about Machine Learning in Production, Part {n}}},
  booktitle = proc # { 2020},
  year      = {{20{y:02}}},
  month     = jan,
  pages     = {{{n}--{m}}},
  doi       = {{10.1000/xyz.{n}}},
  keywords  = {{quality-assurance, testing}},
  abstract  = {{We study how things are built and find that 50\\% of them break. The rest does not, which surprises.}},
}}

""".replace("{ 2020}", "{{ 2020}}")


def made_up(count: int) -> str:
    """Give BibTeX with that many entries."""
    return '@string{proc = "Proceedings of Something"}\n\n' + "".join(
        ENTRY.format(n=n, m=n + 9, y=n % 25) for n in range(count)
    )


def texts_of(paths: list[str], count: int) -> list[str]:
    """Give the texts to read."""
    from kb.sources.decode import decode

    files = [
        f
        for p in paths
        for f in (sorted(Path(p).rglob("*.bib")) if Path(p).is_dir() else [Path(p)])
    ]
    return [decode(f.read_bytes(), str(f))[0] for f in files] or [made_up(count)]


def measure(reader: str, paths: list[str], count: int) -> dict[str, float]:
    """Read with one reader."""
    texts = texts_of(paths, count)
    entries = 0
    if reader == "ours":
        from kb.parse.bibtex import parse_bibtex

        started = time.process_time()
        kept = [parse_bibtex(text, "f.bib")[0] for text in texts]
        entries = sum(len(k) for k in kept)
    elif reader == "bibtexparser":
        import logging

        import bibtexparser

        logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
        started = time.process_time()
        libraries = [bibtexparser.parse_string(text, parse_stack=[]) for text in texts]
        entries = sum(len(library.entries) for library in libraries)
    else:
        from kb.edit.keywords import change_keywords

        started = time.process_time()
        text = change_keywords(texts[0], "key17", ["new/topic"]) if not paths else texts[0]
        entries = text.count("new/topic")
    return {
        "seconds": time.process_time() - started,
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "entries": entries,
        "input MB": sum(map(len, texts)) / 1e6,
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--entries", type=int, default=35_000)
    parser.add_argument("--reader", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reader:
        print(json.dumps(measure(options.reader, options.paths, options.entries)))
        return 0
    found = {}
    for reader in ("ours", "bibtexparser", *(() if options.paths else ("tag",))):
        command = [
            sys.executable,
            __file__,
            *options.paths,
            "--entries",
            str(options.entries),
            "--reader",
            reader,
        ]
        found[reader] = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout
        )
        print(
            f"{reader:14}"
            + ", ".join(f"{value:,.1f} {name}" for name, value in found[reader].items())
        )
    print(
        f"ours takes {found['ours']['seconds'] / found['bibtexparser']['seconds']:.1f} times bibtexparser's time alone"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
