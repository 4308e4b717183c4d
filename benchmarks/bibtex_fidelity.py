"""Compare what we read from .bib files with what BibTeX itself reads.

    python benchmarks/bibtex_fidelity.py FILE_OR_FOLDER... [--bibtex PATH]

For each file BibTeX (0.99d, any TeX distribution) prints keys, types and the common fields through a
style of our own; the same is printed from `parse_bibtex`. Files in which BibTeX itself reports an error
are counted apart: there every `@word{key` must be an entry or named in a finding. Needs no network; the
figures in docs/bibtex.md were made with the collections of TeX Live 2022 (231 files).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb.findings import Finding, Severity
from kb.ids import is_citation_key
from kb.parse.bibtex import RawEntry, parse_bibtex
from kb.parse.bibtex_text import keys_between

FIELDS = (
    "author",
    "booktitle",
    "editor",
    "journal",
    "month",
    "note",
    "number",
    "pages",
    "publisher",
    "title",
    "volume",
    "year",
)
"""Fields whose values are compared."""

STYLE = f"""ENTRY {{ {" ".join(FIELDS)} }} {{}} {{}}
FUNCTION {{default.type}} {{
  "@" cite$ * write$ newline$
  "!" type$ * write$ newline$
{"".join(f'  {name} missing$ {{ skip$ }} {{ "={name} " {name} * write$ newline$ }} if$ ' + chr(10) for name in FIELDS)}}}
TYPES
MACRO {{jan}} {{"January"}} MACRO {{feb}} {{"February"}} MACRO {{mar}} {{"March"}} MACRO {{apr}} {{"April"}}
MACRO {{may}} {{"May"}} MACRO {{jun}} {{"June"}} MACRO {{jul}} {{"July"}} MACRO {{aug}} {{"August"}}
MACRO {{sep}} {{"September"}} MACRO {{oct}} {{"October"}} MACRO {{nov}} {{"November"}} MACRO {{dec}} {{"December"}}
READ
ITERATE {{call.type$}}
"""


@dataclass
class Reading:
    """What a reader made of a file."""

    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    """By folded key: fields, and the type under `@`."""
    complaints: list[str] = field(default_factory=list)


def read_with_bibtex(data: bytes, program: str) -> Reading:
    """Run BibTeX on a file."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.joinpath("f.bib").write_bytes(data)
        types = {
            t.decode("latin-1").lower()
            for t in re.findall(rb"@\s*([A-Za-z][A-Za-z-]*)\s*[{(]", data)
        } - {*FIELDS, "comment", "string", "preamble"}
        home.joinpath("keys.bst").write_text(
            STYLE.replace(
                "TYPES", "".join(f"FUNCTION {{{t}}} {{default.type}}\n" for t in sorted(types))
            )
        )
        home.joinpath("f.aux").write_text("\\citation{*}\n\\bibdata{f}\n\\bibstyle{keys}\n")
        environment = {**os.environ, "BIBINPUTS": folder, "BSTINPUTS": folder, "openout_any": "a"}
        subprocess.run(
            [program, "-min-crossrefs=10000", "f"],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=120,
            check=False,
        )
        log = home.joinpath("f.blg").read_bytes().decode("latin-1")
        output = home.joinpath("f.bbl")
        written = output.read_bytes() if output.exists() else b""
    text = written.decode(encoding_of(data), "replace")
    reading = Reading()
    reading.complaints = [
        line
        for line in log.splitlines()
        if re.search(r"---line \d+ of file f\.bib|Repeated entry|overflow|too long", line)
    ]
    current: dict[str, str] = {}
    for line in text.replace("\n  ", " ").split("\n"):
        if line.startswith("@"):
            current = reading.entries.setdefault(ascii_lower(line[1:]), {})
        elif line.startswith("!"):
            current["@"] = line[1:].lower()
        elif line.startswith("="):
            name, _, value = line[1:].partition(" ")
            current[name] = squeeze(value)
    return reading


def encoding_of(data: bytes) -> str:
    """Give the encoding both readings are compared in; BibTeX itself passes bytes through."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def read_with_ours(data: bytes) -> tuple[Reading, tuple[RawEntry, ...], tuple[Finding, ...], str]:
    """Read a file with our parser."""
    text = data.decode(encoding_of(data))
    entries, findings = parse_bibtex(text, "f.bib")
    reading = Reading()
    for entry in entries:
        fields = reading.entries.setdefault(ascii_lower(entry.key), {})
        if not fields:
            fields["@"] = ascii_lower(entry.entry_type)
            fields.update(
                {
                    name: squeeze(value)
                    for name in (*FIELDS, "crossref")
                    if (value := entry.get(name)) is not None
                }
            )
    reading.complaints = [str(f) for f in findings if f.severity is Severity.ERROR]
    return reading, entries, findings, text


def squeeze(value: str) -> str:
    """Compress white space as BibTeX does."""
    return " ".join(re.sub(r"[ \t\r\n]+", " ", value).split(" ")).strip()


def ascii_lower(value: str) -> str:
    """Lower the letters that BibTeX lowers."""
    return "".join(c.lower() if c.isascii() else c for c in value)


def files_of(arguments: list[Path]) -> Iterator[Path]:
    """Give the .bib files named or below the folders named."""
    for argument in arguments:
        yield from sorted(argument.rglob("*.bib")) if argument.is_dir() else [argument]


def unnamed(text: str, entries: tuple[RawEntry, ...], findings: tuple[Finding, ...]) -> list[str]:
    """Give each `@word{key` of a file that is neither in an entry nor named in a finding."""
    spans = [(e.start, e.end) for e in entries]
    named = " ".join(f"{f.key} {f.what}" for f in findings)
    missing = []
    index = 0
    for offset, name in keys_between(text, 0, len(text)):
        while index < len(spans) and spans[index][1] <= offset:
            index += 1
        inside = index < len(spans) and spans[index][0] <= offset
        kind, _, key = name.partition("{") if "{" in name else name.partition("(")
        if (
            not inside
            and key.strip() not in named
            and kind.lower().lstrip("@ ") not in {"string", "preamble", "comment"}
        ):
            missing.append(name)
    return missing


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--bibtex", default="bibtex")
    parser.add_argument("--quiet", action="store_true", help="print only the totals")
    options = parser.parse_args()
    totals = dict.fromkeys(
        ("files", "well-formed for BibTeX", "keys there", "keys we lack", "keys we add", "values compared", "values that differ",
         "well-formed files with errors of ours", "damaged for BibTeX", "keys of damaged files", "keys BibTeX keeps and we refuse", "unnamed", "keys refused as citation keys"), 0,
    )  # fmt: skip
    seconds = 0.0
    size = 0

    def tell(path: Path, what: str) -> None:
        if not options.quiet:
            print(f"{path}: {what}")

    for path in files_of(options.paths):
        data = path.read_bytes()
        theirs = read_with_bibtex(data, options.bibtex)
        started = time.perf_counter()
        ours, entries, findings, text = read_with_ours(data)
        seconds += time.perf_counter() - started
        size += len(data)
        totals["files"] += 1
        lacking = sorted(set(theirs.entries) - set(ours.entries))
        added = sorted(set(ours.entries) - set(theirs.entries))
        refused = [e.key for e in entries if not is_citation_key(e.key)]
        totals["keys refused as citation keys"] += len(refused)
        if refused:
            tell(path, f"refused keys {refused[:8]}")
        lost = unnamed(text, entries, findings)
        totals["unnamed"] += len(lost)
        if lost:
            tell(path, f"unnamed {lost[:8]}")
        if theirs.complaints:
            totals["damaged for BibTeX"] += 1
            totals["keys of damaged files"] += len(theirs.entries)
            totals["keys BibTeX keeps and we refuse"] += len(lacking)
            tell(
                path,
                f"damaged: {theirs.complaints[0][:100]!r} ({len(theirs.complaints)}); ours: {ours.complaints[:1]}; lacking {lacking[:8]}; added {added[:8]}",
            )
            continue
        totals["well-formed for BibTeX"] += 1
        totals["keys there"] += len(theirs.entries)
        totals["keys we lack"] += len(lacking)
        totals["keys we add"] += len(added)
        if ours.complaints:
            totals["well-formed files with errors of ours"] += 1
            tell(path, f"errors of ours: {ours.complaints[:3]}")
        if lacking or added:
            tell(path, f"lacking {lacking[:8]}, added {added[:8]}")
        for key, fields in theirs.entries.items():
            mine = ours.entries.get(key, {})
            compared = mine.keys() if "crossref" in mine else fields.keys() | mine.keys()
            for name in compared - {"crossref"}:
                totals["values compared"] += 1
                if fields.get(name) != mine.get(name) and not (
                    name in mine
                    and any(f.key.casefold() == key and f.code == "bibtex-macro" for f in findings)
                ):
                    totals["values that differ"] += 1
                    tell(
                        path,
                        f"{key} {name}: BibTeX {fields.get(name)!r:.120}, ours {mine.get(name)!r:.120}",
                    )
    for what, count in totals.items():
        print(f"{count:8} {what}")
    print(f"{size / 1e6:8.1f} MB in {seconds:.1f} s")
    return 1 if totals["keys we lack"] or totals["keys we add"] or totals["unnamed"] else 0


if __name__ == "__main__":
    sys.exit(main())
