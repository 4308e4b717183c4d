"""Collect the facts of works from .bib files: names, titles, places, numbers; no notes and no abstracts.

    python training/collect.py FOLDER... training/works.jsonl.gz

Facts of works belong to nobody, so the result may stand in the tree; it is what lines for fitting are printed from.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kb.parse.bibtex import RawEntry, parse_bibtex
from kb.parse.latex import latex_to_text
from kb.parse.names import parse_names
from kb.text import collapse, title_key

MAX_OF_FILE = 900
"""Works taken from one file, so that no single subject outweighs the others."""

NO_WORKS = re.compile(
    r"abbrv|IEEEfull|strings|lststrings|bibcorpora|lstlocations|options|journals|amsj",
    re.IGNORECASE,
)
"""Files of names of journals, which hold no works."""

PLAIN = {
    "year": ("year", "date"),
    "container": ("journal", "journaltitle", "booktitle"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "place": ("address", "location"),
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages",),
    "edition": ("edition",),
    "series": ("series",),
}
"""Facts, and the fields they may stand in."""


def main(arguments: list[str]) -> None:
    """Write the facts of every work below the folders."""
    *folders, target = arguments
    seen: set[str] = set()
    lines = []
    for path in sorted(p for f in folders for p in Path(f).rglob("*.bib*")):
        if NO_WORKS.search(path.name):
            continue
        found = [w for w in works_of(path) if title_key(w["title"]) not in seen]
        random.Random(path.name).shuffle(found)
        for work in found[:MAX_OF_FILE]:
            if title_key(work["title"]) not in seen:
                seen.add(title_key(work["title"]))
                lines.append(json.dumps(work, ensure_ascii=False, sort_keys=True))
    with gzip.GzipFile(target, "wb", mtime=0) as file:
        file.write("".join(f"{line}\n" for line in sorted(lines)).encode())
    print(len(lines), "works")


def works_of(path: Path) -> Iterator[dict[str, object]]:
    """Give the works of a file; what cannot be printed plainly is left out."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "replace")
    for entry in parse_bibtex(text, path.name)[0]:
        work = facts(entry)
        if work is not None:
            yield work


def facts(entry: RawEntry) -> dict[str, object] | None:
    """Give what an entry says of its work; nothing when its title is no plain text."""
    title = plain(entry, "title").strip(" .")
    subtitle = plain(entry, "subtitle").strip(" .")
    title = f"{title}: {subtitle}" if subtitle and title[-1:].isalnum() else title
    if not 3 <= len(title) <= 250 or re.search(
        r"[\\{}$<>\ufffd^_]|Review:|Index$|\((?:german|french|italian|dutch|russian|latin|spanish|polish|czech|hungarian|english|portuguese|japanese|danish|swedish|catalan|slovak)\)",
        title,
        re.IGNORECASE,
    ):
        return None
    work: dict[str, object] = {"type": entry.entry_type, "title": title}
    for fact, fields in PLAIN.items():
        value = next((v for f in fields if (v := plain(entry, f))), "")
        if value and len(value) < 160 and not re.search(r"[\\{}$<>\ufffd]", value):
            work[fact] = value.strip(" ,.;")
    for role in ("author", "editor"):
        people = parse_names(entry.get(role) or "")[0]
        if any(
            p.doubt or re.search(r"[=\d\\{}<>\ufffd]", f"{p.given}{p.family}") or len(p.family) > 60
            for p in people
        ):
            return None
        if people:
            work[role] = [[p.given, p.family, p.prefix, p.suffix] for p in people[:30]]
    return work


def plain(entry: RawEntry, field: str) -> str:
    """Give a field's text."""
    value = entry.get(field) or ""
    return collapse(latex_to_text(value)) if len(value) < 1000 else ""


if __name__ == "__main__":
    main(sys.argv[1:])
