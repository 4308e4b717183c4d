"""Somebody else's BibTeX or BibLaTeX merged into the collection; a ledger says what became of each block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.findings import Finding, Severity
from kb.ids import own_key
from kb.importers.bib_entry import Adapted, adapt_entry
from kb.importers.ledger import Fate, LedgerEntry
from kb.parse.bibtex import RawEntry, RawField, parse_bibtex, year_of
from kb.parse.bibtex_scan import ScannedEntry, scan
from kb.parse.bibtex_text import Lines
from kb.parse.braces import is_balanced
from kb.parse.latex import latex_to_text
from kb.parse.names import parse_names
from kb.text import collapse, title_key
from kb.validate.work_facts import arxiv_of, doi_of

__all__ = ["BibImport", "Known", "KnownWorks", "import_bib", "known_works"]

NAMING_KEYS = frozenset({"crossref", "xref", "xdata", "related", "entryset"})
"""Fields that hold the keys of other entries."""


@dataclass(frozen=True, slots=True)
class Known:
    """A work that is there already, or was taken in a moment ago."""

    key: str
    place: str
    """`bib/testing.bib:41`."""
    title: str
    """Folded."""
    year: int | None
    doi: str
    arxiv: str
    people: frozenset[str] = frozenset()
    """Family names, folded."""
    place_in_print: tuple[str, str, str] = ("", "", "")
    """Venue, volume and pages, folded."""


@dataclass(frozen=True, slots=True)
class BibImport:
    """What an import would do."""

    entries: tuple[str, ...]
    """BibTeX of the entries that are taken, in the order of the input."""
    ledger: tuple[LedgerEntry, ...]
    """In the order of the input."""


@dataclass(slots=True)
class KnownWorks:
    """Known works by key, DOI, arXiv id and title; grows while files are taken in."""

    by_key: dict[str, Known] = field(default_factory=dict)
    by_id: dict[str, Known] = field(default_factory=dict)
    by_title: dict[str, list[Known]] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        """Take in a work."""
        self.by_key.setdefault(known.key.casefold(), known)
        for name in (known.doi, known.arxiv):
            if name:
                self.by_id.setdefault(name, known)
        if known.title:
            self.by_title.setdefault(known.title, []).append(known)


def known_works(entries: Iterable[RawEntry]) -> KnownWorks:
    """Give the works of the collection as an import compares them, from its own entries as they are written."""
    known = KnownWorks()
    for entry in entries:
        described = describe(entry, f"{entry.path}:{entry.line}")
        known.add(described)
        for name in (entry.get("ids") or "").split(","):
            if name.strip():
                known.by_key.setdefault(name.strip().casefold(), described)
    return known


def import_bib(
    text: str, name: str, known: KnownWorks, topics: Mapping[str, str], notes: str = "auto"
) -> BibImport:
    """Give the entries of `text` that are new, in the words of this collection, and what became of each block.

    Keys are kept. An entry whose key and title (or DOI) are there already is unchanged, one with the key
    of another work is a collision, one with the DOI or title of another is a duplicate; neither is taken.

    Args:
        name: what places call the input.
        known: works that are there; those taken are added.
        topics: folded names of topics to slugs.
        notes: see `adapt_entry`.
    """
    entries, findings = parse_bibtex(text, name)
    by_start = {entry.start: entry for entry in entries}
    lines = Lines(text)
    by_key: dict[str, list[Finding]] = {}
    for finding in findings:
        by_key.setdefault(finding.key, []).append(finding)
    ledger: list[LedgerEntry] = []
    taken: list[str] = []
    at = 0

    def say(offset: int, fate: Fate, what: str, block: str) -> None:
        ledger.append(
            LedgerEntry(line=lines(offset), fate=fate, what=what, text=collapse(block[:400])[:120])
        )

    for scanned in scan(text):
        for offset, block, what in gaps(text, at, scanned.start):
            say(offset, Fate.SKIPPED, what, block)
        at = scanned.end
        block = text[scanned.start : scanned.end]
        entry = by_start.get(scanned.start)
        if entry is None:
            fate, what = without_entry(scanned, findings, lines)
        else:
            fate, what, adapted = judge(entry, known, topics, notes)
            if adapted is not None:
                taken.append(adapted.text)
                known.add(describe(with_own_key(entry), f"{name}:{entry.line}"))
            what += slips_of(entry, by_key)
        say(scanned.start, fate, what, block)
    for offset, block, what in gaps(text, at, len(text)):
        say(offset, Fate.SKIPPED, what, block)
    return BibImport(tuple(taken), tuple(ledger))


def describe(entry: RawEntry, place: str) -> Known:
    """Give what identifies an entry."""
    title = title_key(
        latex_to_text(
            collapse(": ".join(t for t in (entry.get("title"), entry.get("subtitle")) if t))
        )
    )
    return Known(
        entry.key,
        place,
        title,
        year_of(entry),
        doi_of(entry).casefold(),
        arxiv_of(entry).casefold(),
        people_of(entry),
        tuple(title_key(latex_to_text(value)) for value in printed_in(entry)),  # type: ignore[arg-type]
    )


def people_of(entry: RawEntry) -> frozenset[str]:
    """Give the family names of an entry's people, folded."""
    names = parse_names(entry.get("author") or entry.get("editor") or "")[0]
    return frozenset(title_key(name.family) for name in names)


def printed_in(entry: RawEntry) -> tuple[str, str, str]:
    """Give venue, volume and pages as written."""
    venue = next((v for n in ("journal", "journaltitle", "booktitle") if (v := entry.get(n))), "")
    return venue, entry.get("volume") or "", entry.get("pages") or ""


def agree(one: Known, other: Known) -> bool:
    """Tell whether two works of one title have the same people, venue, volume and pages, as far as both say them."""
    same_people = not one.people or not other.people or one.people == other.people
    places = zip(one.place_in_print, other.place_in_print, strict=True)
    return same_people and all(not a or not b or a == b for a, b in places)


def judge(
    entry: RawEntry, index: KnownWorks, topics: Mapping[str, str], notes: str
) -> tuple[Fate, str, Adapted | None]:
    """Decide about one entry; give its new form when it is taken."""
    given = entry.key
    entry = with_own_key(entry)
    if not entry.key:
        return Fate.NOT_UNDERSTOOD, f"{given[:80]!r} cannot be a citation key here; rename it", None
    own = describe(entry, "")
    same_key = index.by_key.get(entry.key.casefold())
    if same_key is not None:
        if same_key.key == entry.key and is_same_work(own, same_key):
            return Fate.UNCHANGED, f"work {entry.key}, there already in {same_key.place}", None
        return (
            Fate.SKIPPED,
            f"collision: {entry.key} is another work in {same_key.place} ({same_key.key}); rename one of them",
            None,
        )
    twin = next((index.by_id[i] for i in (own.doi, own.arxiv) if i and i in index.by_id), None)
    if twin is not None:
        return (
            Fate.SKIPPED,
            f"duplicate: {entry.key} is {twin.key} in {twin.place}, by its {'DOI' if twin.doi == own.doi else 'arXiv id'}",
            None,
        )
    twins = [t for t in index.by_title.get(own.title, ()) if own.title and agree(own, t)]
    twin = next(iter(twins), None)
    if (
        twin is not None
        and (own.year is None or twin.year is None or abs(own.year - twin.year) <= 1)
        and not (own.doi and twin.doi)
    ):
        return (
            Fate.SKIPPED,
            f"duplicate: {entry.key} is {twin.key} in {twin.place}, by its title",
            None,
        )
    try:
        adapted = adapt_entry(entry, topics, notes)
    except ValueError as error:
        return Fate.NOT_UNDERSTOOD, str(error), None
    what = f"work {entry.key}{f' (its key was {given!r})' if given != entry.key else ''}{decisions(adapted)}"
    if twin is not None:
        return (
            Fate.PROBABLE,
            f"{what}; {twin.key} in {twin.place} has the same title but is another edition",
            adapted,
        )
    return Fate.IMPORTED, what, adapted


def with_own_key(entry: RawEntry) -> RawEntry:
    """Give an entry with a key that may be used here, its own one kept in `ids`, and with the keys it names alike."""
    key = own_key(entry.key)
    fields = [
        replace(f, value=", ".join(own_key(k) or k.strip() for k in f.value.split(",")))
        if f.name in NAMING_KEYS
        else f
        for f in entry.fields
    ]
    if key and key != entry.key and entry.get("ids") is None and is_balanced(entry.key):
        fields.append(RawField("ids", entry.key, entry.line))
    return replace(entry, key=key, fields=tuple(fields))


def is_same_work(left: Known, right: Known) -> bool:
    """Tell whether two entries are one work: the same DOI, or the same title where one of them has none."""
    if left.doi and right.doi:
        return left.doi == right.doi
    return left.title == right.title or bool(left.arxiv and left.arxiv == right.arxiv)


def decisions(adapted: Adapted) -> str:
    """Say what was made of notes and keywords."""
    parts = []
    if adapted.note_from:
        parts.append(f"annotation from {adapted.note_from}")
    if adapted.other_notes:
        public = [name for name in adapted.other_notes if name not in adapted.private]
        if public:
            parts.append(f"{' and '.join(public)} kept")
    if adapted.private:
        parts.append(f"left private: {', '.join(adapted.private)}")
    if adapted.topics:
        parts.append(f"topics {', '.join(adapted.topics)}")
    if adapted.keywords:
        parts.append(f"no topics: {', '.join(adapted.keywords)}")
    return "".join(f"; {part}" for part in parts)


def without_entry(
    scanned: ScannedEntry, findings: Sequence[Finding], lines: Lines
) -> tuple[Fate, str]:
    """Say what became of a block that is no entry."""
    kind = scanned.type.casefold()
    if scanned.commented:
        return Fate.SKIPPED, f"{scanned.key} is commented out"
    if scanned.closed and kind == "string":
        names = ", ".join(f.name for f in scanned.fields)
        return Fate.SKIPPED, f"macro {names}: its text is written out where it is used"
    if scanned.closed and kind == "preamble":
        return Fate.SKIPPED, "TeX code"
    line = lines(scanned.start)
    reasons = [f for f in findings if f.line == line and f.severity is Severity.ERROR]
    swallowed = sum(p.code == "bibtex-swallowed" for p in scanned.problems)
    more = f"; {swallowed} entries inside it are not read" if swallowed else ""
    return (
        Fate.NOT_UNDERSTOOD,
        f"{scanned.key or '@' + scanned.type}: {reasons[0].what if reasons else 'cannot be read'}{more}",
    )


def slips_of(entry: RawEntry, by_key: Mapping[str, Sequence[Finding]]) -> str:
    """Say what is odd about an entry that is read all the same."""
    found = [
        f
        for f in by_key.get(entry.key, ())
        if entry.line <= f.line <= entry.end_line and f.severity is not Severity.NOTE
    ]
    return (
        f" (line {found[0].line}: {found[0].what}{f'; {len(found) - 1} more' if len(found) > 1 else ''})"
        if found
        else ""
    )


def gaps(text: str, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Give offset, text and name of what stands between entries: comments, prose, what is left over."""
    for found in re.finditer(
        r"\S[^\r\n]*(?:(?:\r\n|\n|\r)(?!\s*(?:\r\n|\n|\r|@))[^\r\n]*)*", text[start:end]
    ):
        block = found[0].strip()
        if not block.strip(",}{ \t"):
            continue
        comment = re.match(r"@\s*comment\b\s*[{(]?\s*(jabref|bibdesk)?", block, re.IGNORECASE)
        what = (
            ("settings of another program" if comment[1] else "comment")
            if comment
            else "comment"
            if block.startswith("%")
            else "text between entries"
        )
        yield start + found.start(), block, what
