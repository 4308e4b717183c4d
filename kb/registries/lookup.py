"""From a name to its record, and from a record without DOI to the one that is registered."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup
from rapidfuzz import fuzz

from kb.records import Work
from kb.registries.client import Client, NotRegistered
from kb.registries.names import Name, NameKind, read_name
from kb.registries.record import Record, record_from_book, record_from_csl
from kb.text import fold_words, title_key

__all__ = ["find_doi", "look_up", "published_doi"]

CSL = "application/vnd.citationstyles.csl+json"
"""The media type under which DOIs resolve to a record."""

SAME_TITLE = 95
"""Likeness (0 to 100) from which titles are of one work; lower ones were sequels and comments."""


def look_up(client: Client, name: Name) -> Record:
    """Give the record of a DOI, arXiv id, ISBN or address.

    Raises:
        NotRegistered: nobody knows it, or the answer is no record.
        Offline: no registry can be reached.
    """
    if name.kind is NameKind.DOI:
        return csl_record(client, name.value)
    if name.kind is NameKind.ARXIV:
        return csl_record(client, f"10.48550/arXiv.{name.value}", "arXiv")
    if name.kind is NameKind.ISBN:
        query = urlencode({"bibkeys": f"ISBN:{name.value}", "jscmd": "data", "format": "json"})
        found = parsed(client.get(f"{client.hosts.books}/api/books?{query}"))
        book = found.get(f"ISBN:{name.value}")
        if not isinstance(book, dict):
            raise NotRegistered(f"Open Library does not know ISBN {name.value}")
        return record_from_book(book, name.value)
    return page_record(client, name.value)


def csl_record(client: Client, doi: str, source: str = "doi.org") -> Record:
    """Give what a DOI resolves to."""
    return record_from_csl(
        parsed(client.get(f"{client.hosts.doi}/{quote(doi, safe='/:;()')}", CSL)), source
    )


def parsed(text: str) -> dict[str, Any]:
    """Give an answer as JSON object.

    Raises:
        NotRegistered: it is none.
    """
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise NotRegistered("the answer is no record")
    return data


def page_record(client: Client, url: str) -> Record:
    """Give the record of a page that names its work as scholars' indexes read it.

    Publishers put `citation_doi` or `citation_title` into the head of their pages (the tags that
    Google Scholar documents); a page without is a web page with its title.
    """
    page = BeautifulSoup(client.get(url, "text/html"), "html.parser")
    said: dict[str, list[str]] = {}
    for tag in page.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or "").lower()
        said.setdefault(name, []).append(str(tag.get("content") or ""))
    for name in ("citation_doi", "dc.identifier", "prism.doi", "bepress_citation_doi"):
        found = next((read_name(value) for value in said.get(name, ()) if value), None)
        if found and found.kind is NameKind.DOI:
            return csl_record(client, found.value)

    def one(*names: str) -> str:
        return next((said[name][0] for name in names if said.get(name)), "")

    title = one("citation_title", "og:title") or (page.title.get_text() if page.title else "")
    if not title.strip():
        raise NotRegistered(f"{url} names no work")
    year = re.search(
        r"\d{4}", one("citation_publication_date", "citation_date", "article:published_time")
    )
    data = {
        "type": "article-journal" if said.get("citation_journal_title") else "webpage",
        "title": title,
        "author": [{"literal": n} | split(n) for n in said.get("citation_author", ())],
        "container-title": one("citation_journal_title", "og:site_name"),
        "issued": {"date-parts": [[year[0]]]} if year else {},
        "URL": url,
    }
    return record_from_csl(data, "the page")


def split(name: str) -> dict[str, str]:
    """Split `Family, Given` or `Given Family`."""
    family, comma, given = name.partition(", ")
    if not comma:
        given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given and family else {}


def find_doi(client: Client, work: Work) -> str:
    """Give the DOI that Crossref registers for a work; empty when none is surely its own.

    Sure means: title alike from `SAME_TITLE`, the first author's family among those registered,
    and years at most one apart.
    """
    if not work.people or not work.title:
        return ""
    words = (work.title, work.people[0].family, str(work.year or ""))
    query = urlencode(
        {
            "query.bibliographic": " ".join(words).strip(),
            "rows": 5,
            "select": "DOI,title,subtitle,author,issued,type",
        }
    )
    found = parsed(client.get(f"{client.hosts.crossref}/works?{query}"))
    message = found.get("message")
    items = message.get("items", ()) if isinstance(message, dict) else ()
    return next(
        (str(i.get("DOI", "")).lower() for i in items if is_of(record_from_csl(i), work)), ""
    )


def is_of(record: Record, work: Work) -> bool:
    """Tell whether a record is surely of a work."""
    titles = fuzz.ratio(title_key(record.get("title")), title_key(work.title))
    families = set(fold_words(record.get("author")))
    first = set(fold_words(work.people[0].family)) if work.people else set()
    year = record.get("year")
    near = not (year.isdigit() and work.year) or abs(int(year) - work.year) <= 1
    return titles >= SAME_TITLE and bool(first) and first <= families and near


def published_doi(client: Client, arxiv: str) -> str:
    """Give the DOI of the published version that arXiv knows of a preprint; empty when none."""
    query = urlencode({"id_list": arxiv, "max_results": 1})
    answer = client.get(f"{client.hosts.arxiv}/api/query?{query}", "application/atom+xml")
    found = re.search(r"<arxiv:doi[^>]*>\s*([^<\s]+)\s*</arxiv:doi>", answer)
    return found[1].lower() if found else ""
