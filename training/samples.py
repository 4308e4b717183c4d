"""Lines of real lists, labelled by hand, and sentences of prose: what else the reader is fitted on."""

from __future__ import annotations

import ast
import csv
import re
import sysconfig
from pathlib import Path

from training.generate import Aligner, Printed, spread

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "benchmarks" / "lines" / "fit"


def remarks() -> list[str]:
    """Give sentences of prose: what the standard library and the collection's own notes say."""
    found = set()
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))[:220]:
        try:
            tree = ast.parse(path.read_text())
        except (SyntaxError, UnicodeDecodeError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                found.add(" ".join((ast.get_docstring(node) or "").split("\n\n")[0].split()))
    for path in sorted((HERE.parent / "bib").glob("*.bib")):
        for note in re.findall(r"annotation\s*=\s*\{((?:[^{}]|\{[^{}]*\})*)\}", path.read_text()):
            found.update(re.split(r"(?<=[a-z]\.)\s+(?=[A-Z])", " ".join(note.split())))
    return sorted(
        t
        for t in found
        if 30 < len(t) < 400 and t[:1].isupper() and not re.search(r"[<>|=#\[\]`*_{}\\$]|::", t)
    )


def labelled(row: dict[str, str]) -> Printed | None:
    """Give a labelled line of a real list with a label for each character; nothing when its title is not in it."""
    text = unescaped(row["line"])
    if not row["title"]:
        return Printed(text, "R" * len(text), None, "prose")
    found = Aligner(text)
    start = found.find(row["title"], "T")
    if start < 0:
        return None
    if row["venue"]:
        found.find(row["venue"], "C", start) >= 0 or found.find(row["venue"], "C")
    if row["year"]:
        found.dates(row["year"])
    found.people([person_of(person) for person in row["people"].split("; ") if person], "A")
    found.numbers(set())
    labels = spread(text, found)
    note = text.find(row["note"]) if row["note"] else -1
    if note >= 0:  # a remark goes on to the end
        labels = labels[:note] + re.sub(r"[^U]", "R", labels[note:])
    return Printed(text, labels, {"title": row["title"]}, "real")


def person_of(text: str) -> dict[str, str]:
    """Give `Family, Given` as CSL has a person."""
    family, _, given = text.partition(",")
    return {"family": family, "given": given.strip()}


def unescaped(text: str) -> str:
    """Give a line of a file with its line ends."""
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Give the labelled lines of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line for line in file if not line.startswith("#!")),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
        return [{k: v or "" for k, v in row.items()} for row in rows]


def real_documents() -> list[list[Printed]]:
    """Give the labelled lists of benchmarks/lines/fit."""
    found = ([labelled(row) for row in read_tsv(path)] for path in sorted(SAMPLES.glob("*.tsv")))
    return [[line for line in document if line is not None] for document in found]
