"""Entries for works that were named by DOI, arXiv id, ISBN or address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import typer

from cli.context import open_fresh
from kb.errors import KbError, UsageError
from kb.parse.bibtex_write import write_entry
from kb.records import Corpus
from kb.registries.client import CACHE_NAME, Client, Offline
from kb.registries.lookup import look_up
from kb.registries.names import Name, NameKind
from kb.registries.record import Record, plain
from kb.search.suggest import SuggestionRequest, suggest

__all__ = ["entry_for", "fitting_topics", "refuse_known"]

NEIGHBORS = 8
"""How many near works have a say in the topics of a new one."""

SHARE = 0.3
"""The share of their weight from which a topic is proposed."""


def entry_for(root: Path, name: Name, corpus: Corpus) -> str:
    """Give BibTeX for a name, looked up; a stub to be completed later without a network.

    Raises:
        NotRegistered: no registry knows it.
    """
    taken = [work.key for work in corpus.works]
    try:
        with Client(cache=root / CACHE_NAME) as client:
            record = look_up(client, name)
    except Offline as error:
        typer.echo(
            f"{error}; added a stub: `kb check --online` and `kb check --fix` complete it", err=True
        )
        return stub(name)
    topics = fitting_topics(root, record, corpus)
    if topics:
        typer.echo(f"topics by its words: {', '.join(topics)}; `kb tag` changes them", err=True)
    return record.to_bibtex(taken, {"keywords": ", ".join(topics)} if topics else {})


def refuse_known(name: Name, corpus: Corpus) -> None:
    """Refuse a work that is there already, before anybody is asked.

    Raises:
        UsageError: naming the entry.
    """
    for work in corpus.works:
        own = {
            NameKind.DOI: work.doi.casefold(),
            NameKind.ARXIV: work.arxiv.casefold(),
            NameKind.ISBN: work.isbn.replace("-", ""),
            NameKind.URL: work.url,
        }[name.kind]
        if own and own == (name.value if name.kind is NameKind.URL else name.value.casefold()):
            place = f"{work.place.path}:{work.place.line}"
            raise UsageError(f"{name.value} is {work.key} already, in {place}")


def stub(name: Name) -> str:
    """Give an entry that says nothing but the name."""
    fields = {
        NameKind.DOI: [("doi", name.value), ("url", f"https://doi.org/{name.value}")],
        NameKind.ARXIV: [
            ("doi", f"10.48550/arXiv.{name.value}"),
            ("eprint", name.value),
            ("archiveprefix", "arXiv"),
            ("url", f"https://arxiv.org/abs/{name.value}"),
        ],
        NameKind.ISBN: [("isbn", name.value)],
        NameKind.URL: [("url", name.value)],
    }[name.kind]
    kind = "book" if name.kind is NameKind.ISBN else "misc"
    words = "".join(c if c.isalnum() else "-" for c in name.value.removeprefix("https://"))
    return write_entry(kind, f"stub-{words.strip('-')[:60].lower()}", fields)


def fitting_topics(root: Path, record: Record, corpus: Corpus) -> Sequence[str]:
    """Give up to two topics that the nearest works of the collection share; best first."""
    topics_of = {work.key: work.topics for work in corpus.works}
    text = (
        f"{plain(record.get('title'))}\n{plain(record.get('journal') or record.get('booktitle'))}"
    )
    try:
        with open_fresh(root, None) as connection:
            near = suggest(connection, SuggestionRequest(text), NEIGHBORS)
    except KbError:
        return ()
    weights: dict[str, float] = defaultdict(float)
    for work in near:
        for topic in topics_of.get(work.key, ()):
            weights[topic] += work.score
    total = sum(work.score for work in near) or 1.0
    best = sorted(weights, key=lambda topic: (-weights[topic], topic))[:2]
    return [topic for topic in best if weights[topic] >= SHARE * total]
