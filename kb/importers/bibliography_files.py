"""The files an imported bibliography becomes: entries by section, the topic tree, shared notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.edit.bib import append_entries
from kb.edit.bib_place import newline_of
from kb.edit.changes import open_file
from kb.ids import make_citation_key, slugify
from kb.importers.bibliography import Bibliography, Item, Section, same_work
from kb.importers.citation import Citation
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.match import Certainty, WorkIndex
from kb.importers.semester_yaml import quote
from kb.parse.braces import is_balanced
from kb.records import Corpus
from kb.text import clean, collapse, title_key
from kb.validate.topic_names import topic_index

__all__ = ["BibliographyPlan", "count_notes", "plan_bibliography"]

VENUE_FIELD = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "book": "publisher",
    "techreport": "institution",
}
"""Where an entry type keeps its venue; others have `howpublished`."""


@dataclass(frozen=True, slots=True)
class BibliographyPlan:
    """Files to write and ledger lines about them."""

    files: dict[Path, str]
    ledger: tuple[LedgerEntry, ...]
    works: int
    """Distinct works of the input."""


@dataclass(slots=True)
class Entry:
    """A work to be written."""

    key: str
    items: list[Item]
    new: bool = True


def plan_bibliography(
    root: Path, corpus: Corpus, found: Bibliography, origin: str, notes: bool = True
) -> BibliographyPlan:
    """Give the files of an import; works and topics that are there already are left as they are.

    Args:
        notes: write the notes as annotations; without, facts alone.
    """
    ledger: list[LedgerEntry] = []
    slugs = section_slugs(found.sections, topic_index(corpus.topics))
    entries = merge(found, corpus, ledger, notes)
    keys = {id(item): entry.key for entry in entries for item in entry.items}
    files: dict[Path, str] = {}
    shared = shared_groups(found)
    for section in found.sections:
        name = section.number or section.title
        own = [e for e in entries if e.new and e.items[0].section == name]
        if not own:
            continue
        path = root / "bib" / f"{slugify(section.title, 40) or 'works'}.bib"
        before = (
            files.get(path)
            or open_file(path, root).text
            or f"% {collapse(section.title)}. Imported from {collapse(origin)}.\n"
        )
        files[path] = append_entries(
            before, "\n".join(entry_text(e, slugs, shared if notes else None) for e in own)
        )
    known = {t.slug for t in corpus.topics}
    fresh = [s for s in found.sections if slugs[s.number or s.title] not in known]
    if fresh:
        path = root / "bib" / "topics.yaml"
        files[path] = append_lines(
            open_file(path, root).text or "# The topic tree.\n",
            "\n".join(topic_lines(fresh, found.sections, slugs)) + "\n",
        )
    if notes:
        text = "".join(shared_notes(found, keys, {n.id for n in corpus.annotations}, slugs))
        if text:
            path = root / "bib" / "annotations.yaml"
            files[path] = append_lines(
                open_file(path, root).text or "# Notes about several works.\n", text
            )
    return BibliographyPlan(files, tuple(ledger), len(entries))


def append_lines(before: str, addition: str) -> str:
    """Give a text file with lines added at its end, in its line ends."""
    newline = newline_of(before)
    return (
        before
        + ("" if before.endswith(("\n", "\r")) else newline)
        + addition.replace("\n", newline)
    )


def section_slugs(sections: tuple[Section, ...], known: dict[str, str]) -> dict[str, str]:
    """Give the topic of each section: a known one of that title, else a slug below its parent's."""
    slugs: dict[str, str] = {}
    for section in sections:
        name = section.number or section.title
        parent = section.number.rpartition(".")[0] or section.above
        own = (
            known.get(title_key(section.title))
            or slugify(section.title)
            or f"section-{slugify(name)}"
        )
        alone = (
            parent not in slugs or slugs[parent] in known.values()
        )  # the tree's own topics stay as they are
        slugs[name] = (
            own
            if "/" in own or own in known.values() or alone
            else f"{slugs[parent].split('/')[0]}/{own}"
        )
    return slugs


def merge(
    found: Bibliography, corpus: Corpus, ledger: list[LedgerEntry], notes: bool = True
) -> list[Entry]:
    """Give one entry per work; a work listed twice keeps both notes, a known one keeps its key."""
    index = WorkIndex(corpus.works)
    taken = {w.key for w in corpus.works}
    said = {work.key: title_key(work.annotation) for work in corpus.works}
    for note in corpus.annotations:
        for key in note.works:
            said[key] = f"{said.get(key, '')} {title_key(note.text)}"
    entries: list[Entry] = []
    for item in found.items:
        citation = item.citation
        again = next((e for e in entries if same_work(e.items[0].citation, citation)), None)
        if again is not None:
            again.items.append(item)
            ledger.append(
                LedgerEntry(
                    line=item.line,
                    fate=Fate.IMPORTED,
                    what=f"{again.key}: listed again, under section {item.section}",
                    text=citation.title,
                )
            )
            continue
        match = index.match(citation.title, citation.url)
        if match.certainty is Certainty.CERTAIN:
            entries.append(Entry(match.key, [item], new=False))
            ledger.append(
                LedgerEntry(
                    line=item.line,
                    fate=Fate.UNCHANGED,
                    what=f"{match.key} is there already: {match.reason}",
                    text=citation.title,
                )
            )
            if notes and item.note and title_key(item.note) not in said.get(match.key, ""):
                ledger.append(
                    LedgerEntry(
                        line=item.line,
                        fate=Fate.SKIPPED,
                        what=f"note not taken: {match.key} is there already; add it by hand when you want it",
                        text=item.note,
                    )
                )
            continue
        family = citation.authors[0].split(",")[0] if citation.authors else "anonymous"
        key = make_citation_key(family, citation.year, citation.title, taken)
        taken.add(key)
        if match.certainty is Certainty.PROBABLE:
            ledger.append(
                LedgerEntry(
                    line=item.line,
                    fate=Fate.PROBABLE,
                    what=f"{key} is perhaps {match.key}: {match.reason}",
                    text=citation.title,
                )
            )
        else:
            ledger.append(
                LedgerEntry(
                    line=item.line, fate=Fate.IMPORTED, what=f"as {key}", text=citation.title
                )
            )
        entries.append(Entry(key, [item]))
    return entries


def entry_text(entry: Entry, slugs: dict[str, str], shared: set[int] | None) -> str:
    """Give an entry as BibTeX, with its own notes but not those in `shared`; without any when that is None."""
    fields = list(fields_of(entry, slugs, shared))
    width = max(len(name) for name, _ in fields)
    lines = [
        f"@{entry.items[0].citation.type}{{{entry.key},",
        *(f"  {name:<{width}} = {{{value}}}," for name, value in fields),
        "}",
    ]
    return "\n".join(lines) + "\n"


def fields_of(
    entry: Entry, slugs: dict[str, str], shared: set[int] | None
) -> Iterator[tuple[str, str]]:
    """Give the fields of an entry in their usual order."""
    citation = entry.items[0].citation
    authors = [
        f"{{{escape(a)}}}" if " " in a and "," not in a else escape(a) for a in citation.authors
    ] + (["others"] if citation.et_al else [])
    if authors:
        yield "author", " and ".join(authors)
    yield "title", escape(citation.title)
    yield from venue_fields(citation)
    if citation.year is not None:
        yield "year", str(citation.year)
    for name, value in (
        ("volume", citation.volume),
        ("number", citation.number),
        ("pages", citation.pages),
        ("doi", citation.doi),
    ):
        if value:
            yield name, escape(value) if name != "doi" else value
    if citation.url and is_balanced(citation.url):
        yield "url", citation.url
    if citation.arxiv:
        yield "eprint", citation.arxiv
        yield "archiveprefix", "arXiv"
    yield (
        "keywords",
        ", ".join(
            dict.fromkeys(slugs[item.section] for item in entry.items if item.section in slugs)
        ),
    )
    if shared is not None:
        text = "\n\n".join(i.note for i in entry.items if i.note and i.note_group not in shared)
        if text:
            yield "annotation", escape(text)


def venue_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    """Give the venue in the field its type has for it."""
    if citation.venue:
        name = VENUE_FIELD.get(citation.type, "howpublished")
        yield (
            name,
            escape(
                citation.publisher if name == "publisher" and citation.publisher else citation.venue
            ),
        )
    if citation.publisher and citation.type == "incollection":
        yield "publisher", escape(citation.publisher)


def escape(text: str) -> str:
    r"""Give text as a BibTeX value: LaTeX's special characters escaped, braces in pairs."""
    value = clean(text)
    if not is_balanced(value):
        value = value.replace("{", "(").replace("}", ")")
    value = value.replace("\\", "")
    return re.sub(r"(?<!\\)([%&#$_])", r"\\\1", value)


def topic_lines(
    fresh: list[Section], sections: tuple[Section, ...], slugs: dict[str, str]
) -> Iterator[str]:
    """Give new topics as YAML, parents with their new children."""
    written: set[str] = set()
    for section in fresh:
        name = section.number or section.title
        slug = slugs[name]
        area = slug.split("/")[0]
        if (
            "/" in slug
            and area not in written
            and not any(slugs[s.number or s.title] == area for s in fresh)
        ):
            continue
        if "/" in slug or slug in written:
            continue
        written.add(slug)
        yield f"- slug: {slug}"
        yield f"  title: {quote(section.title)}"
        if section.intro:
            yield f"  intro: {quote(section.intro)}"
        children = [s for s in fresh if slugs[s.number or s.title].startswith(slug + "/")]
        if children:
            yield "  children:"
        for child in children:
            yield f"    - slug: {slugs[child.number or child.title].split('/', 1)[1]}"
            yield f"      title: {quote(child.title)}"
            if child.intro:
                yield f"      intro: {quote(child.intro)}"


def shared_notes(
    found: Bibliography, keys: dict[int, str], known: set[str], slugs: dict[str, str]
) -> Iterator[str]:
    """Give the notes that several works share, as YAML."""
    for group in sorted(shared_groups(found)):
        items = [i for i in found.items if i.note_group == group]
        works = [keys[id(i)] for i in items]
        name = "-and-".join(works)[:120]
        if name in known:
            continue
        topic = slugs.get(items[0].section, "")
        lines = [
            f"- id: {name}",
            f"  works: [{', '.join(works)}]",
            *([f"  topic: {topic}"] if topic else []),
            "  text: |",
        ]
        lines += [f"    {line}".rstrip() for line in items[0].note.split("\n")]
        yield "\n".join(lines) + "\n"


def shared_groups(found: Bibliography) -> set[int]:
    """Give the numbers of notes that several works share."""
    counts: dict[int, int] = {}
    for item in found.items:
        if item.note_group:
            counts[item.note_group] = counts.get(item.note_group, 0) + 1
    return {group for group, count in counts.items() if count > 1}


def count_notes(found: Bibliography) -> int:
    """Count notes, a shared one once."""
    return len({i.note_group for i in found.items if i.note_group})
