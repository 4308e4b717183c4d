"""Measure how works are read back from how people print them.

    python benchmarks/references.py            # print the table
    python benchmarks/references.py --write    # and put it into benchmarks/RESULTS.md

Sets: works that were not fitted, printed in citation styles that were fitted, in styles that never were, and
in lists in the forms of training/templates.txt; and benchmarks/lines/held, real lists labelled by hand, none
of which was fitted. Each document goes through the importer as a whole; beside it stands the learned reader
alone. Right means the same title, the same first family name and the same year.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from kb.importers.bibliography import read_bibliography  # noqa: E402
from kb.importers.cited_people import split_authors  # noqa: E402
from kb.importers.ledger import Fate  # noqa: E402
from kb.importers.lines.reading import read_lines  # noqa: E402
from kb.text import fold, title_key  # noqa: E402
from training.generate import Habit, Maker, Printed, load_works, split_works  # noqa: E402
from training.samples import read_tsv, remarks, unescaped  # noqa: E402
from training.styles import COMMON, HELD  # noqa: E402

FLOOR = HERE / "references_floor.json"
EACH = 24


@dataclass(frozen=True, slots=True)
class Fact:
    """What a line says, or was read as."""

    title: str
    family: str
    year: int | None
    certain: bool = True


@dataclass(slots=True)
class Score:
    """Counts over lines."""

    lines: int = 0
    title: int = 0
    family: int = 0
    year: int = 0
    right: int = 0
    certain: int = 0
    certain_right: int = 0

    def add(self, want: Fact, got: Fact | None) -> None:
        """Count one line."""
        self.lines += 1
        if got is None:
            return
        title = title_key(want.title) == title_key(got.title)
        family = same_family(want.family, got.family)
        year = want.year == got.year
        self.title += title
        self.family += family
        self.year += year
        self.right += title and family and year
        self.certain += got.certain
        self.certain_right += got.certain and title and family and year

    def shares(self) -> dict[str, float]:
        """Give the shares that are compared."""
        share = lambda n, of: round(n / of, 3) if of else 1.0  # noqa: E731
        return {
            "title": share(self.title, self.lines), "people": share(self.family, self.lines), "year": share(self.year, self.lines),
            "all three": share(self.right, self.lines), "certain": share(self.certain, self.lines),
            "certain right": share(self.certain_right, self.certain), "silent wrong": share(self.certain - self.certain_right, self.lines),
        }  # fmt: skip


def same_family(want: str, got: str) -> bool:
    """Tell whether two family names are one, with or without particles."""
    one, other = key(want), key(got)
    return one == other or bool(
        one
        and other
        and (one.endswith(other) or other.endswith(one))
        and min(len(one), len(other)) > 2
    )


def key(text: str) -> str:
    """Give a name without accents and spaces."""
    return re.sub(r"[^\w]", "", fold(text))


def family_of(people: str) -> str:
    """Give the first family name of people as written."""
    authors, _ = split_authors(people)
    return authors[0].split(",")[0] if authors else ""


def wanted(line: Printed) -> Fact:
    """Give what a printed line says: what of its work can be read in it."""
    work = line.work or {}
    shown = work.get("shown", work)
    people = (
        "".join(
            c if label == "A" else "\0" for c, label in zip(line.text, line.labels, strict=True)
        )
        .strip("\0")
        .split("\0\0\0")[0]
        .replace("\0", " ")
    )
    years = re.findall(
        r"(?:1[5-9]|20)\d\d",
        "".join(
            c if label == "Y" else " " for c, label in zip(line.text, line.labels, strict=True)
        ),
    )
    short = re.findall(
        r"\d\d",
        "".join(
            c if label == "Y" else " " for c, label in zip(line.text, line.labels, strict=True)
        ),
    )
    title = (
        "".join(c for c, label in zip(line.text, line.labels, strict=True) if label == "T")
        if "shown" not in work
        else shown["title"]
    )
    family = family_of(people)
    if "shown" in work:
        first = next(iter(shown.get("author", ())), {})
        family = first.get("family", first.get("literal", ""))
    year = (
        int(years[0])
        if years
        else int(short[0]) + (1900 if int(short[0]) > 40 else 2000)
        if short
        else None
    )
    return Fact(title, family, year)


def document(lines: Sequence[str], as_list: bool) -> tuple[str, list[int]]:
    """Give a document of lines, and the number of the first line of each."""
    parts, starts = ["# Readings", ""], []
    for line in lines:
        starts.append(len(parts) + 1)
        text = line.split("\n")
        parts += (
            [f"- {text[0]}", *(f"  {t}" if t else "" for t in text[1:])] if as_list else [*text, ""]
        )
    return "\n".join(parts) + "\n", starts


def by_import(lines: Sequence[str], as_list: bool) -> list[Fact | None]:
    """Read lines as the importer does, in a document."""
    text, starts = document(lines, as_list)
    found = read_bibliography(text)
    doubted = {e.line for e in found.ledger if e.fate is Fate.PROBABLE}
    at = {i.line: i.citation for i in reversed(found.items)}
    return [
        Fact(c.title, c.authors[0].split(",")[0] if c.authors else "", c.year, start not in doubted)
        if (c := at.get(start)) is not None
        else None
        for start in starts
    ]


def by_reader(lines: Sequence[str], as_list: bool) -> list[Fact | None]:
    """Read lines as the learned reader does."""
    return [
        Fact(r.title, family_of(r.people), r.year, r.sure > 0.9) if r.title else None
        for r in read_lines(lines)
    ]


def sets(only: str) -> Iterable[tuple[str, list[list[tuple[str, Fact]]]]]:
    """Give the sets: documents of lines with what they say."""
    from kb.render.citations import load_style

    works = split_works(load_works())[1]
    for name, styles in (("styles fitted", COMMON), ("styles held out", HELD)):
        if only not in name:
            continue
        maker = Maker(works, remarks(), 11)
        documents = []
        for style in styles:
            engine, habit = load_style(style), Habit(maker.random)
            habit.chosen["remarks"] = False
            made: list[Printed] = []
            for _ in range(EACH * 3):
                line = maker.reference(maker.random.choice(works), engine, style, habit)
                if line is not None and len(made) < EACH:
                    made.append(line)
            documents.append([(p.text, wanted(p)) for p in made])
        yield name, documents
    if only in "lists printed":
        maker = Maker(works, remarks(), 13)
        yield (
            "lists printed",
            [
                [
                    (p.text, wanted(p))
                    for p in maker.listed([maker.random.choice(works) for _ in range(8)])
                ]
                for _ in range(50)
            ],
        )
    for folder in ("held", "fit"):
        real = []
        for path in sorted((HERE / "lines" / folder).glob("*.tsv")):
            rows = [r for r in read_tsv(path) if r["title"]]
            real.append(
                [
                    (
                        unescaped(r["line"]),
                        Fact(
                            r["title"],
                            r["people"].split("; ")[0].split(",")[0],
                            int(r["year"]) if r["year"] else None,
                        ),
                    )
                    for r in rows
                ]
            )
        if only in f"real lists, {folder}" and real:
            yield f"real lists, {folder}", real


READERS: dict[str, Callable[[Sequence[str], bool], list[Fact | None]]] = {
    "importer": by_import,
    "reader alone": by_reader,
}


def measure(only: str, wrong: bool) -> dict[str, dict[str, dict[str, float]]]:
    """Give the shares of each reader on each set."""
    results: dict[str, dict[str, dict[str, float]]] = {}
    for name, documents in sets(only):
        results[name] = {}
        for reader, read in READERS.items():
            score, draw = Score(), random.Random(3)
            for lines in documents:
                got = read([text for text, _ in lines], draw.random() < 0.5)
                for (text, want), one in zip(lines, got, strict=True):
                    before = score.right
                    score.add(want, one)
                    if wrong and score.right == before:
                        print(f"[{name}; {reader}] {text!r}\n    want {want}\n    got  {one}")
            results[name][reader] = {"lines": score.lines, **score.shares()}
    return results


def table(results: dict[str, dict[str, dict[str, float]]]) -> str:
    """Give results as Markdown."""
    names = list(next(iter(next(iter(results.values())).values())))
    head = f"| set | reader | {' | '.join(names)} |\n| --- | --- |{' ---: |' * len(names)}\n"
    rows = (
        f"| {name} | {reader} | {' | '.join(f'{v:g}' if k == 'lines' else f'{v:.3f}' for k, v in shares.items())} |\n"
        for name, readers in results.items()
        for reader, shares in readers.items()
    )
    return head + "".join(rows)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--only", default="", help="sets whose names hold this")
    options.add_argument("--wrong", action="store_true", help="print what is read wrongly")
    options.add_argument(
        "--write", action="store_true", help="write benchmarks/RESULTS.md and raise the floor"
    )
    wanted_options = options.parse_args()
    began = time.process_time()
    results = measure(wanted_options.only, wanted_options.wrong)
    print(table(results))
    print(f"{time.process_time() - began:.0f} s of one core")
    if wanted_options.write:
        write(results)


def write(results: dict[str, dict[str, dict[str, float]]]) -> None:
    """Put the table into RESULTS.md and raise the floor where a set got better."""
    path = HERE / "RESULTS.md"
    before = path.read_text() if path.exists() else "# Results\n"
    part = f"<!-- references -->\n\n## References and lists\n\n`python benchmarks/references.py --write`\n\n{table(results)}\n<!-- /references -->\n"
    marked = re.compile(r"<!-- references -->.*<!-- /references -->\n", re.DOTALL)
    path.write_text(
        marked.sub(lambda _: part, before) if marked.search(before) else f"{before}\n{part}"
    )
    floor = json.loads(FLOOR.read_text()) if FLOOR.exists() else {}
    for name, readers in results.items():
        own = floor.setdefault(name, {})
        for what in ("all three", "certain right"):
            own[what] = max(own.get(what, 0.0), round(readers["importer"][what] - 0.005, 3))
    FLOOR.write_text(json.dumps(floor, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
