"""Collections for benchmarks: real entries, multiplied with a fixed seed, one note to each.

The entries come from the `.bib` files of this project and of installed packages (`--more FOLDER` adds
others, such as the sources of bibtexparser or pybtex), not from a list of twenty words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["write_collection"]

PROJECT = Path(__file__).resolve().parent.parent
WORDS_OF_A_NOTE = 80


def seeds(more: Iterable[Path] = ()) -> list[str]:
    """Give the entries of public files as text, without notes, in a fixed order."""
    from kb.parse.bibtex import parse_bibtex
    from kb.sources.decode import decode

    found = []
    for folder in (PROJECT / "bib", *more):
        for path in sorted(folder.rglob("*.bib")):
            text, _, _ = decode(path.read_bytes(), str(path))
            entries, findings = parse_bibtex(text, str(path), library=False)
            if not findings:
                found += [
                    "\n".join(
                        f"  {f.name} = {{{f.value}}},"
                        for f in entry.fields
                        if f.name not in {"annotation", "annotation-staff", "keywords"}
                    )
                    for entry in entries
                ]
    return found


def entries(count: int, more: Iterable[Path] = ()) -> Iterator[str]:
    """Give entries: fields of real ones, words of their titles exchanged, a note of 80 words."""
    chance = random.Random(20220831)
    bodies = seeds(more)
    words = sorted({w for body in bodies for w in re.findall(r"[A-Za-z]{4,}", body)})
    rare = [f"{a}{b.lower()}" for a, b in zip(words, reversed(words), strict=True)]
    for number in range(count):
        body = bodies[number % len(bodies)]
        body = re.sub(r"(title = \{)", lambda m: m[1] + chance.choice(rare) + " ", body, count=1)
        note = " ".join(chance.choices(words, k=WORDS_OF_A_NOTE - 2))
        yield (
            f"@article{{bench{number}x,\n{body}\n  keywords = {{testing}},\n"
            f"  annotation = {{{note} {chance.choice(rare)} {number}.}},\n}}\n\n"
        )


def write_collection(root: Path, count: int, more: Iterable[Path] = ()) -> int:
    """Write a source directory with `count` works; give the size of its `.bib` in bytes."""
    (root / "bib").mkdir(parents=True, exist_ok=True)
    (root / "bib" / "topics.yaml").write_text("- {slug: testing, title: Testing}\n")
    path = root / "bib" / "all.bib"
    with path.open("w", encoding="utf-8") as handle:
        handle.writelines(entries(count, more))
    return path.stat().st_size
