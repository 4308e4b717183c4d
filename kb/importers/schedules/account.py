"""Account for every word and link of a document: each is in a record or in a line of the ledger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kb.importers.drafts import DraftSession
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.runs import Cell
from kb.importers.tree import Document, Shape
from kb.text import fold_words

__all__ = ["unaccounted"]

GUIDES = frozenset(
    """a an and at by for from in is of on or see the to via with required optional recommended suggested supplementary
    further additional reading readings read paper papers text texts skim watch due out released topic title lecture lec
    class session week wk meeting date assignment assignments homework hw notes note slides video materials material
    guest speaker by presenter lab recitation section discussion exam no break holiday am pm st nd rd th tbd tba part
    one two choose pick select of following these either both this chapter chapters ch page pages pp book corresponding
    pdf html link online slide
    description none submission submissions name events event calendar screening plus true false yes""".split()
)
"""Words that tell how to read a row and stay in no record."""

DATES = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|[mtwrf]|tu|th"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|\d+(?:st|nd|rd|th|am|pm)?"
)
KEY = re.compile(r"^\s*(?:-\s+)*[\"']?[\w-]+[\"']?:(?=\s|$)")
FLOW_KEY = re.compile(r"(?<=[{,])\s*[\w-]+:")


def unaccounted(
    document: Document, sessions: Iterable[DraftSession], ledger: Iterable[LedgerEntry]
) -> Iterator[LedgerEntry]:
    """Give a line for each line of a document of which words or links are nowhere else.

    Words that only tell how to read a row (`Reading:`, dates) are *skipped*, others *not understood*.
    """
    sessions, entries = tuple(sessions), tuple(ledger)
    kept = {word for s in sessions for text in texts_of(s) for word in fold_words(text)}
    urls = {url for s in sessions for url in urls_of(s)}
    told: defaultdict[int, set[str]] = defaultdict(set)
    shown = " ".join(e.text for e in entries)
    for entry in entries:
        if entry.fate is not Fate.IMPORTED:
            told[entry.line] |= set(fold_words(f"{entry.text} {entry.what}"))
    rows = {s.line for s in sessions} | {e.line for e in entries if e.fate is Fate.IMPORTED}
    for line, cell in units_of(document):
        words = dict.fromkeys(fold_words(cell.plain()))
        lost = [w for w in words if w not in kept and w not in told[line]]
        links = [
            x.url
            for x in cell.links
            if x.url and not x.image and x.url not in urls and x.url not in shown
        ]
        links = [
            url for url in dict.fromkeys(links) if url[:1] != "#" and not url.startswith("cite:")
        ]
        if links:
            fate = Fate.NOT_UNDERSTOOD if line in rows else Fate.SKIPPED
            yield LedgerEntry(line=line, fate=fate, what="link left out", text=" ".join(links))
        if not lost:
            continue
        guides = all(w in GUIDES or DATES.fullmatch(w) for w in lost)
        yield LedgerEntry(
            line=line,
            fate=Fate.SKIPPED if guides or line not in rows else Fate.NOT_UNDERSTOOD,
            what="words that told how to read the line" if guides else "words left out",
            text=" ".join(lost),
        )


def units_of(document: Document) -> Iterator[tuple[int, Cell]]:
    """Give the text of a document by line."""
    if document.format == "yaml":
        for number, line in enumerate(document.text.splitlines(), 1):
            yield number, Cell(FLOW_KEY.sub(" ", KEY.sub(" ", line.partition(" #")[0])))
    for block in document.blocks:
        if block.shape is Shape.TABLE:
            for row in block.rows:
                for part in row.cells:
                    yield row.line, part.cell
        else:
            yield block.line, block.cell


def texts_of(session: DraftSession) -> Iterator[str]:
    """Give every text of a session."""
    yield from (session.title, session.reason, session.note, session.kind.value)
    if session.day:
        yield f"{session.day:%a %A %b %B} {session.day.day} {session.day.month} {session.day.year}"
    if session.time:
        yield f"{session.time.start:%H %M %I} {session.time.end or ''}"
    for topic in session.topics:
        yield from (topic.title, topic.guest, "continued" if topic.continued else "")
        yield from (m.label for m in topic.materials)
    for reading in session.readings:
        yield from (reading.title, reading.note, reading.locator_text, reading.role, reading.work)
    for due in session.deliverables:
        yield from (due.code, due.title, due.due, *(s.title for s in due.submissions))
    yield from (m.label for m in session.materials)


def urls_of(session: DraftSession) -> Iterator[str]:
    """Give every address of a session."""
    yield session.url
    yield from (m.url for t in session.topics for m in t.materials)
    yield from (m.url for m in session.materials)
    yield from (r.url for r in session.readings)
    yield from (d.url for d in session.deliverables)
    yield from (s.url for d in session.deliverables for s in d.submissions)
    yield session.note
