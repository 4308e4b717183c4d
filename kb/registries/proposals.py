"""What registries know and the collection does not, and the file in which it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from kb.errors import UsageError
from kb.records import Corpus, Work
from kb.registries.client import Client, NotRegistered, Offline
from kb.registries.lookup import find_doi, look_up, published_doi
from kb.registries.names import Name, NameKind
from kb.registries.record import Record, plain
from kb.text import fold, title_key
from kb.validate.record_checks import TYPES_OF_PAPERS, is_preprint

__all__ = ["FILE_NAME", "Asked", "Proposal", "ask_registries", "read_confirmed", "write_proposals"]

FILE_NAME = "kb-proposals.yaml"
"""The file beside the sources in which proposals are confirmed."""

HEAD = """\
# What registries say of works here, written by `kb check --online`.
# Set `accept: yes` where they are right, then run `kb check --fix`.
"""

COMPARED = ("title", "year", "volume", "number", "pages", "eprint")
"""Fields that are compared with the registered record."""

FILLED = ("author", "title", "year", "journal", "booktitle", "publisher", *COMPARED[2:])
"""Fields that are proposed where an entry has none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A field of a work as a registry has it."""

    key: str
    field: str
    ours: str
    """What the entry says; empty when it says nothing."""
    registered: str
    """As a BibTeX value."""
    source: str
    path: str
    """The file of the entry."""
    line: int

    def __str__(self) -> str:
        said = f"has {self.ours!r}, " if self.ours else "missing, "
        return f"{self.path}:{self.line}: {self.key}: {self.field} {said}{self.source} has " + repr(
            self.registered
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking gave."""

    proposals: tuple[Proposal, ...]
    looked_up: int
    offline: str = ""
    """Why asking stopped before the end; empty when it did not."""


def ask_registries(
    client: Client,
    corpus: Corpus,
    progress: Callable[[str, int, int], None] = lambda key, done, total: None,
) -> Asked:
    """Ask about every work; the first registry that cannot be reached ends it.

    Works with a DOI or arXiv id are compared with their record, papers without one are looked for,
    and preprints are asked for their published version.
    """
    found: list[Proposal] = []
    for done, work in enumerate(corpus.works):
        progress(work.key, done, len(corpus.works))
        try:
            found.extend(proposals_for(client, work))
        except NotRegistered:
            continue
        except Offline as error:
            return Asked(tuple(found), done, str(error))
    return Asked(tuple(found), len(corpus.works))


def proposals_for(client: Client, work: Work) -> Iterator[Proposal]:
    """Ask about one work."""
    doi = work.doi
    if not doi and work.type in TYPES_OF_PAPERS and not is_preprint(work):
        doi = find_doi(client, work)
        if doi:
            yield propose(work, "doi", doi, "Crossref")
    if is_preprint(work) and work.arxiv and not doi:
        published = published_doi(client, work.arxiv)
        if published:
            yield propose(work, "doi", published, "arXiv")
        return
    if doi:
        record = look_up(client, Name(NameKind.DOI, doi))
        yield from differences(work, record)


def differences(work: Work, record: Record) -> Iterator[Proposal]:
    """Give what a record says otherwise, or what only it says."""
    for name in FILLED:
        registered, ours = record.get(name), ours_of(work, name)
        if not registered:
            continue
        if not ours or (name in COMPARED and not alike(name, ours, registered)):
            yield propose(work, name, registered, record.source)


def ours_of(work: Work, name: str) -> str:
    """Give what an entry says in a field of the house or one that says the same."""
    fields = work.fields
    same = {
        "title": "" if work.title == work.key else work.title,
        "author": " and ".join(p.display for p in work.people),
        "year": str(work.year or ""),
        "journal": work.venue,
        "booktitle": work.venue,
        "publisher": work.publisher or work.venue,
        "volume": work.volume,
        "number": work.number,
        "pages": work.pages or fields.get("articleno", ""),
        "doi": work.doi,
        "eprint": work.arxiv,
    }
    return same.get(name, fields.get(name, ""))


def alike(name: str, ours: str, registered: str) -> bool:
    """Tell whether two values say the same, as far as writing them goes."""
    if name == "title":
        left, right = title_key(ours), title_key(plain(registered))
        return fuzz.ratio(left, right) >= 97 or left.startswith(right) or right.startswith(left)
    if name == "pages":
        return fold(ours).replace("-", "") == fold(registered).replace("-", "")
    return fold(ours) == fold(plain(registered))


def propose(work: Work, name: str, registered: str, source: str) -> Proposal:
    """Make a proposal."""
    return Proposal(
        key=work.key,
        field=name,
        ours=ours_of(work, name),
        registered=registered,
        source=source,
        path=work.place.path,
        line=work.place.line,
    )


def write_proposals(path: Path, proposals: Iterable[Proposal]) -> None:
    """Write proposals for a person to confirm; earlier confirmations are kept."""
    before = {(p["key"], p["field"], p["registered"]): p for p in read_file(path)}
    rows = [
        {
            "key": p.key,
            "field": p.field,
            "ours": p.ours,
            "registered": p.registered,
            "source": p.source,
            "file": p.path,
            "accept": before.get((p.key, p.field, p.registered), {}).get("accept", "no"),
        }
        for p in proposals
    ]
    body = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=1000) if rows else ""
    path.write_text(HEAD + body.replace("accept: 'no'", "accept: no"), encoding="utf-8")


def read_file(path: Path) -> list[dict[str, str]]:
    """Give the proposals of a file, all values as text; none when there is no file.

    Raises:
        UsageError: the file is no list of proposals.
    """
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path.name} cannot be read ({error}); delete it and ask anew") from error
    wanted = {"key", "field", "registered", "file", "accept"}
    if rows is None or rows == "":
        return []
    if not isinstance(rows, list) or not all(
        isinstance(r, dict) and wanted <= set(r) for r in rows
    ):
        raise UsageError(f"{path.name} is no list of proposals; delete it and ask anew")
    return rows


def read_confirmed(path: Path) -> tuple[Proposal, ...]:
    """Give the proposals that a person accepted."""
    return tuple(
        Proposal(
            key=row["key"],
            field=row["field"],
            ours=row.get("ours", ""),
            registered=row["registered"],
            source=row.get("source", ""),
            path=row["file"],
            line=1,
        )
        for row in read_file(path)
        if row["accept"].strip().casefold() in {"yes", "true", "y"}
    )
