"""A registered record as BibTeX fields: CSL-JSON of Crossref and DataCite, Atom of arXiv, books.

CSL-JSON is what DOIs resolve to when asked for it (citation.crosscite.org); its types are those
of CSL 1.0.2 or Crossref's own names.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.ids import make_citation_key
from kb.parse.bibtex_write import write_entry
from kb.text import clean, collapse

__all__ = ["Record", "protected", "record_from_book", "record_from_csl"]

TYPES = {
    "article-journal": "article",
    "journal-article": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "proceedings-article": "inproceedings",
    "chapter": "incollection",
    "book-chapter": "incollection",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "report": "techreport",
    "thesis": "phdthesis",
    "dissertation": "phdthesis",
}
"""CSL's and Crossref's types, and BibTeX's; others are `online`."""

CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
"""Where the name of the container goes."""

MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
"""Tags that registries leave in titles."""

SPECIAL = re.compile(r"(?<!\\)([&%#_$])")
"""Characters that BibTeX wants escaped in text."""

PROTECTED = re.compile(
    r"(?<![\w{])(?=\w*[A-Z0-9]\w*)(\w*[a-z0-9]\w*[A-Z]\w*|[A-Z]{2,}\w*)(?![\w}])"
)
"""Words with capitals inside: names and acronyms that styles must not lower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a registry knows of a work."""

    type: str
    """BibTeX entry type."""
    fields: tuple[tuple[str, str], ...]
    """BibTeX fields in the order of the house, escaped; never empty values."""
    source: str
    """Registry, as shown: `doi.org`."""

    def get(self, name: str) -> str:
        """Give a field's value, empty when it is not there."""
        return dict(self.fields).get(name, "")

    def to_bibtex(self, taken: Iterable[str] = (), extra: Mapping[str, str] = {}) -> str:
        """Give the entry under a key in the house's form that is not `taken`.

        Args:
            extra: further fields, such as keywords.
        """
        family = self.get("author").split(" and ")[0].split(",")[0].strip("{}")
        year = self.get("year")
        key = make_citation_key(
            family, int(year) if year.isdigit() else None, plain(self.get("title")), set(taken)
        )
        return write_entry(self.type, key, [*self.fields, *extra.items()])


def plain(value: str) -> str:
    """Give a BibTeX value without braces and backslashes."""
    return value.replace("{", "").replace("}", "").replace("\\", "")


def escaped(value: object) -> str:
    """Give text of a registry as a BibTeX value: no tags, entities or stray braces."""
    text = clean(collapse(html.unescape(MARKUP.sub("", html.unescape(str(value or ""))))))
    return SPECIAL.sub(r"\\\1", text.replace("{", "(").replace("}", ")").replace("\\", "/"))


def protected(title: str) -> str:
    """Give a title with names and acronyms in braces.

    Examples:
        >>> protected("TFX: A TensorFlow-Based Platform on GitHub")
        '{TFX}: A {TensorFlow}-Based Platform on {GitHub}'
    """
    return PROTECTED.sub(r"{\1}", title)


def first(value: Any) -> str:
    """Give the first of a list, or the value itself."""
    found = value[0] if isinstance(value, list) and value else value
    return "" if isinstance(found, list | dict) or found is None else str(found)


def people(value: Any) -> str:
    """Give CSL names as BibTeX: `Family, Given and {Organization}`."""
    names = []
    for person in value if isinstance(value, list) else ():
        if not isinstance(person, dict):
            continue
        family, given = escaped(person.get("family")), escaped(person.get("given"))
        particle = escaped(person.get("non-dropping-particle"))
        whole = escaped(person.get("literal") or person.get("name"))
        suffix = escaped(person.get("suffix"))
        if family:
            parts = [f"{particle} {family}".strip(), *([suffix] if suffix else []), given]
            names.append(", ".join(part for part in parts if part))
        elif whole or given:
            names.append(f"{{{whole or given}}}")
    return " and ".join(names)


def year_of(data: Mapping[str, Any]) -> str:
    """Give the year of publication: in print, else when issued."""
    for name in ("published-print", "issued", "published-online", "published", "posted"):
        dates = data.get(name)
        parts = dates.get("date-parts") if isinstance(dates, dict) else None
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
            year = str(parts[0][0] or "")
            if re.fullmatch(r"\d{4}", year):
                return year
    return ""


def record_from_csl(data: Mapping[str, Any], source: str = "doi.org") -> Record:
    """Give the record of a CSL-JSON item.

    Args:
        data: one item, as `https://doi.org/DOI` gives it for
            `application/vnd.citationstyles.csl+json`.
    """
    kind = TYPES.get(str(data.get("type", "")), "online")
    title, subtitle = first(data.get("title")), first(data.get("subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    doi = str(data.get("DOI", "")).lower()
    arxiv = re.fullmatch(r"10\.48550/arxiv\.(.+)", doi)
    pages = re.sub(r"\s*[-–—]+\s*", "--", str(data.get("page") or ""))
    fields = {
        "author": people(data.get("author")),
        "editor": people(data.get("editor")),
        "title": protected(escaped(title)),
        CONTAINERS.get(kind, ""): escaped(first(data.get("container-title"))),
        "edition": escaped(data.get("edition-number") or data.get("edition")),
        "year": year_of(data),
        "volume": escaped(data.get("volume")),
        "number": escaped(data.get("issue") or (kind == "techreport" and data.get("number"))),
        "pages": escaped(pages),
        "articleno": escaped(data.get("article-number")),
        "publisher" if kind != "techreport" else "institution": escaped(data.get("publisher")),
        "isbn": escaped(first(data.get("ISBN"))),
        "doi": "" if arxiv else doi,
        "eprint": arxiv[1] if arxiv else "",
        "archiveprefix": "arXiv" if arxiv else "",
        "url": f"https://arxiv.org/abs/{arxiv[1]}" if arxiv else "",
    }
    if kind == "online" and not arxiv:
        fields["url"] = str(data.get("URL") or (f"https://doi.org/{doi}" if doi else ""))
    if kind == "article" and fields["journal"]:
        fields["publisher"] = ""
    return made(kind, fields, source)


def record_from_book(data: Mapping[str, Any], isbn: str) -> Record:
    """Give the record of a book as Open Library's `api/books?jscmd=data` describes it."""
    year = re.search(r"\d{4}", str(data.get("publish_date", "")))
    fields = {
        "author": people(
            [{"literal": p.get("name")} | family_first(p) for p in data.get("authors", ())]
        ),
        "title": protected(
            escaped(": ".join(filter(None, (data.get("title"), data.get("subtitle")))))
        ),
        "publisher": escaped((data.get("publishers") or [{}])[0].get("name")),
        "year": year[0] if year else "",
        "pagetotal": escaped(data.get("number_of_pages")),
        "isbn": isbn,
    }
    return made("book", fields, "openlibrary.org")


def family_first(person: Mapping[str, Any]) -> dict[str, str]:
    """Split a name written given name first; one word stays whole."""
    given, _, family = str(person.get("name", "")).rpartition(" ")
    return {"family": family, "given": given} if given else {}


def made(kind: str, fields: Mapping[str, str], source: str) -> Record:
    """Make a record of the fields that say something."""
    kept = tuple((name, value) for name, value in fields.items() if name and value)
    return Record(type=kind, fields=kept, source=source)
