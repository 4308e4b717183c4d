"""What reference managers write beside BibTeX: RIS, CSL-JSON and -YAML, EndNote XML, Zotero RDF; told apart by content.

Each record becomes a CSL item, and that a BibTeX entry, so that one import decides about all of them. An
entry stands in the line its record begins in, and the ledger's lines are those of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as XML

import rispy
import yaml

from kb.ids import own_key
from kb.parse.bibtex_write import write_entry
from kb.registries.record import escaped, record_from_csl

__all__ = ["KINDS", "as_bibtex", "kind_of_file"]

Item = dict[str, Any]
"""A CSL item; `keywords` and `note` beside what CSL has."""

RIS_START = re.compile(r"^\ufeff?\s*(?:\d+\.\s*)?TY  ?- ", re.MULTILINE)
RIS_TYPES = {
    "JOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "BOOK": "book", "EDBOOK": "book", "EBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter",
    "THES": "thesis", "RPRT": "report",
}  # fmt: skip
ENDNOTE_TYPES = {
    "Journal Article": "article-journal", "Conference Paper": "paper-conference", "Conference Proceedings": "paper-conference",
    "Book": "book", "Edited Book": "book", "Book Section": "chapter", "Thesis": "thesis", "Report": "report",
}  # fmt: skip
RDF_TYPES = {
    "Article": "article-journal", "Book": "book", "BookSection": "chapter", "Thesis": "thesis", "Report": "report",
    "ConferencePaper": "paper-conference", "Document": "webpage", "Manuscript": "report",
}  # fmt: skip
ZOTERO_TYPES = {
    "journalArticle": "article-journal", "conferencePaper": "paper-conference", "bookSection": "chapter", "book": "book",
    "thesis": "thesis", "report": "report",
}  # fmt: skip

KINDS = {
    "bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON", "csl-yaml": "CSL-YAML", "endnote": "EndNote XML", "rdf": "Zotero RDF",
}  # fmt: skip
"""Kinds of files, and what people call them."""

MAX_NAMES = 300


def kind_of_file(text: str) -> str:
    """Tell what a file of works is by its content; empty for none of the kinds.

    Examples:
        >>> kind_of_file("TY  - JOUR\\nTI  - Ropes\\nER  - \\n")
        'ris'
    """
    head = text.lstrip("\ufeff \t\r\n")[:5000]
    if re.match(r"\s*[\[{]", head) and re.search(r'"(?:title|type|author|DOI|items)"\s*:', head):
        return "csl-json"
    if RIS_START.search(head):
        return "ris"
    if head.startswith("<") and re.search(r"<(?:xml|records|record)\b", head):
        return "endnote"
    if head.startswith("<") and "rdf:RDF" in head:
        return "rdf"
    if re.search(r"^@\s*\w+\s*[{(]", head, re.MULTILINE):
        return "bibtex"
    if re.search(r"^references:\s*$|^-\s+(?:id|type|title):", head, re.MULTILINE):
        return "csl-yaml"
    return ""


def as_bibtex(text: str, kind: str) -> str:
    """Give the records of a file as BibTeX, each in the line it has there; nothing for a broken file.

    Raises:
        ValueError: the file is not of this kind, or broken.
    """
    if kind in {"", "bibtex"}:
        return text
    try:
        items = list(READERS[kind](text))
    except (
        XML.ParseError,
        json.JSONDecodeError,
        yaml.YAMLError,
        UnicodeError,
        KeyError,
        OSError,
    ) as error:
        raise ValueError(f"not a sound {KINDS[kind]} file: {error}") from error
    lines, taken, at = [], set[str](), 0
    count = 0
    for item in items:
        entry, key = entry_of(item, taken)
        taken.add(key)
        at = max(text.find(str(item.get("anchor", "")), at), at)
        line = text.count("\n", 0, at)
        lines.append("\n" * max(0, line - count) + entry)
        count = max(count, line) + entry.count("\n")
    return "".join(lines)


def entry_of(item: Item, taken: set[str]) -> tuple[str, str]:
    """Give an item as a BibTeX entry of one line, and its key."""
    record = record_from_csl(item, "the file")
    extra = {
        name: escaped(value)
        for name, value in (
            ("url", item.get("URL") if not record.get("url") else ""),
            ("keywords", item.get("keywords")),
            ("annote", item.get("note")),
            ("abstract", item.get("abstract")),
        )
        if value
    }
    own = own_key(str(item.get("id", "")))
    if own and own not in taken and re.fullmatch(r"[A-Za-z][\w:.-]{2,60}", own):
        text, key = write_entry(record.type, own, [*record.fields, *extra.items()]), own
    else:
        text = record.to_bibtex(taken, extra)
        key = text.partition("{")[2].partition(",")[0]
    return " ".join(text.split()) + "\n", key


def csl_items(data: Any) -> Iterator[Item]:
    """Give the items of CSL data: a list, or what holds one."""
    if isinstance(data, Mapping):
        data = data.get("items") or data.get("references") or [data]
    for item in data if isinstance(data, list) else ():
        if isinstance(item, dict) and item.get("title"):
            title = json.dumps(item["title"], ensure_ascii=False).strip('"')[:40]
            yield {"keywords": item.get("keyword", ""), "anchor": title, **item}


def from_json(text: str) -> Iterator[Item]:
    """Give the items of CSL-JSON."""
    return csl_items(json.loads(text.lstrip("\ufeff")))


def from_yaml(text: str) -> Iterator[Item]:
    """Give the items of CSL-YAML, as Pandoc and Zotero write it."""
    for item in csl_items(yaml.load(text.strip("-. \n") + "\n", Loader=yaml.CSafeLoader)):
        issued = item.get("issued")
        if isinstance(issued, list) and issued and isinstance(issued[0], Mapping):
            item["issued"] = {"date-parts": [[issued[0].get("year")]]}
        elif isinstance(issued, str | int):
            item["issued"] = dated(str(issued))
        yield item


def from_ris(text: str) -> Iterator[Item]:
    """Give the records of RIS."""
    for record in rispy.loads(text.lstrip("\ufeff")):
        title = first_of(record, "title", "primary_title", "translated_title")
        if not title:
            continue
        yield {
            "type": RIS_TYPES.get(record.get("type_of_reference", ""), "webpage"),
            "title": title,
            "anchor": title[:40],
            "author": persons(record.get("authors") or record.get("first_authors") or ()),
            "editor": persons(record.get("secondary_authors") or ()),
            "container-title": first_of(record, "journal_name", "secondary_title", "alternate_title3", "alternate_title2"),
            "issued": dated(first_of(record, "year", "publication_year", "date")),
            "volume": first_of(record, "volume"),
            "issue": first_of(record, "number"),
            "page": "-".join(filter(None, (first_of(record, "start_page"), first_of(record, "end_page")))),
            "publisher": first_of(record, "publisher"),
            "ISBN": first_of(record, "issn") if record.get("type_of_reference") == "BOOK" else "",
            "DOI": bare_doi(first_of(record, "doi")),
            "URL": first_of(record, "url") or next(iter(record.get("urls") or ()), ""),
            "keywords": ", ".join(record.get("keywords") or ()),
            "note": " ".join(record.get("notes") or ()),
            "abstract": first_of(record, "abstract", "notes_abstract"),
        }  # fmt: skip


def from_endnote(text: str) -> Iterator[Item]:
    """Give the records of EndNote's XML."""
    for record in parsed(text).iter("record"):

        def told(path: str, record: XML.Element = record) -> str:
            found = record.find(path)
            return " ".join("".join(found.itertext()).split()) if found is not None else ""

        title = told("titles/title")
        if not title:
            continue
        kind = record.find("ref-type")
        yield {
            "type": ENDNOTE_TYPES.get(kind.get("name", "") if kind is not None else "", "webpage"),
            "title": title,
            "anchor": title[:25],
            "author": persons("".join(a.itertext()) for a in record.iterfind("contributors/authors/author")),
            "editor": persons("".join(a.itertext()) for a in record.iterfind("contributors/secondary-authors/author")),
            "container-title": told("periodical/full-title") or told("titles/secondary-title"),
            "issued": dated(told("dates/year")),
            "volume": told("volume"),
            "issue": told("number"),
            "page": told("pages"),
            "publisher": told("publisher"),
            "DOI": bare_doi(told("electronic-resource-num")),
            "URL": told("urls/related-urls/url"),
            "keywords": ", ".join("".join(k.itertext()) for k in record.iterfind("keywords/keyword")),
            "note": told("research-notes"),
            "abstract": told("abstract"),
        }  # fmt: skip


RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
BIB = "{http://purl.org/net/biblio#}"
FOAF = "{http://xmlns.com/foaf/0.1/}"
PRISM = "{http://prismstandard.org/namespaces/1.2/basic/}"
Z = "{http://www.zotero.org/namespaces/export#}"


def from_rdf(text: str) -> Iterator[Item]:
    """Give the items of Zotero's RDF; what an item is part of may be told elsewhere in the file."""
    root = parsed(text)
    about = {e.get(f"{RDF}about", ""): e for e in root if e.get(f"{RDF}about")}
    for element in root:
        name = element.tag.rpartition("}")[2]
        title = (element.findtext(f"{DC}title") or "").strip()
        told = element.findtext(f"{Z}itemType") or ""
        if not title or (name not in RDF_TYPES and told not in ZOTERO_TYPES):
            continue
        whole = element.find(f"{DCTERMS}isPartOf")
        part = next(iter(whole), None) if whole is not None else None
        if whole is not None and part is None:
            part = about.get(whole.get(f"{RDF}resource", ""))
        both = [e for e in (element, part) if e is not None]
        identifiers = [
            " ".join("".join(i.itertext()).split())
            for e in both
            for i in e.iterfind(f"{DC}identifier")
        ]
        publisher = element.find(f"{DC}publisher//{FOAF}name")
        yield {
            "type": ZOTERO_TYPES.get(told) or RDF_TYPES.get(name, "webpage"),
            "title": title,
            "anchor": title[:25],
            "author": rdf_people(element, f"{BIB}authors"),
            "editor": rdf_people(element, f"{BIB}editors"),
            "container-title": part.findtext(f"{DC}title") or "" if part is not None else "",
            "issued": dated(element.findtext(f"{DC}date") or ""),
            "volume": next((v for e in both if (v := e.findtext(f"{PRISM}volume"))), ""),
            "issue": next((v for e in both if (v := e.findtext(f"{PRISM}number"))), ""),
            "page": element.findtext(f"{BIB}pages") or "",
            "publisher": publisher.text if publisher is not None else "",
            "DOI": next((bare_doi(i) for i in identifiers if bare_doi(i)), ""),
            "URL": next((i for i in identifiers if i.startswith("http")), ""),
            "keywords": ", ".join(s.text or "" for s in element.iterfind(f"{DC}subject") if not len(s)),
            "abstract": element.findtext(f"{DCTERMS}abstract") or "",
        }  # fmt: skip


def rdf_people(element: XML.Element, role: str) -> list[dict[str, str]]:
    """Give the people of a role."""
    return [
        {
            "family": (p.findtext(f"{FOAF}surname") or p.findtext(f"{FOAF}lastName") or "").strip(),
            "given": (
                p.findtext(f"{FOAF}givenName") or p.findtext(f"{FOAF}givenname") or ""
            ).strip(),
        }
        for p in element.iterfind(f"{role}//{FOAF}Person")
    ][:MAX_NAMES]


def parsed(text: str) -> XML.Element:
    """Parse XML without entities of its own, which can grow without end.

    Raises:
        ValueError: the file declares some.
    """
    if "<!ENTITY" in text:
        raise ValueError("the file declares XML entities, which are not read")
    return XML.fromstring(re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text))


def persons(names: Iterable[str]) -> list[dict[str, str]]:
    """Give `Family, Given, Suffix` as CSL has people; a name without comma is split before its last word."""
    found = []
    for name in list(names)[:MAX_NAMES]:
        family, _, given = " ".join(name.split()).partition(",")
        given, _, suffix = given.strip().partition(",")
        if not given and " " in family and len(family.split()) <= 3:
            given, _, family = family.rpartition(" ")
        whole = (
            {"literal": family}
            if not given
            else {"family": family, "given": given, "suffix": suffix.strip()}
        )
        found.append({k: v for k, v in whole.items() if v})
    return found


def dated(text: str) -> dict[str, list[list[str]]]:
    """Give the year of a date as CSL has it."""
    year = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    return {"date-parts": [[year[0]]]} if year else {}


def bare_doi(text: str) -> str:
    """Give the DOI in a text."""
    found = re.search(r"10\.\d{4,9}/\S+", text)
    return found[0] if found else ""


def first_of(record: Mapping[str, Any], *names: str) -> str:
    """Give the first field there is."""
    return next((str(v).strip() for n in names if (v := record.get(n))), "")


READERS: dict[str, Callable[[str], Iterable[Item]]] = {
    "csl-json": from_json, "csl-yaml": from_yaml, "ris": from_ris, "endnote": from_endnote, "rdf": from_rdf,
}  # fmt: skip
