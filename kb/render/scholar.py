"""What machines read on a work's page: Highwire tags, COinS, schema.org.

Highwire tags: the list Google Scholar documents ("Inclusion Guidelines for Webmasters", section
"Indexing") with the further ones that Zotero's translator "Embedded Metadata" reads. COinS:
OpenURL 1.0 in `key/encoded-value` form (NISO Z39.88-2004), with Zotero's types where the standard
has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from kb.links import is_safe_url
from kb.render.csl import CslItem
from kb.views.models import WorkView

__all__ = ["coins", "highwire", "json_ld"]

SCHEMA_TYPES = {
    "book": "Book", "chapter": "Chapter", "thesis": "Thesis", "report": "Report",
    "webpage": "Article", "motion_picture": "VideoObject",
    "song": "PodcastEpisode", "software": "SoftwareApplication", "dataset": "Dataset",
}  # fmt: skip
"""CSL types to schema.org; papers and everything else are a `ScholarlyArticle`."""

DC_TYPES = {
    "webpage": "webpage",
    "motion_picture": "videoRecording",
    "song": "podcast",
    "report": "report",
    "document": "document",
    "software": "computerProgram",
}
"""CSL types that COinS has no genre for, in Zotero's words."""

CONTAINERS = {"paper-conference": "citation_conference_title", "chapter": "citation_inbook_title"}


def pages_of(item: CslItem) -> tuple[str, str]:
    """Give first and last page; the last is empty for a single page or an article number."""
    found = re.fullmatch(r"\s*(\w+)\s*[-–]+\s*(\w+)\s*", str(item.get("page", "")))
    return (found[1], found[2]) if found else (str(item.get("page", "")), "")


def date_of(item: CslItem, separator: str) -> str:
    """Give the date of publication as year, or year, month, day; empty when not known."""
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    return separator.join(f"{p:02d}" for p in parts)


def names_of(item: CslItem, role: str) -> list[str]:
    """Give names as `Family, Given`, or whole."""
    found = []
    for name in item.get(role, ()):
        family = " ".join(p for p in (name.get("non-dropping-particle"), name.get("family")) if p)
        given = " ".join(p for p in (name.get("given"), name.get("suffix")) if p)
        found.append(name.get("literal") or (f"{family}, {given}" if given else family))
    return [n for n in found if n != "others"]


def highwire(item: CslItem) -> tuple[tuple[str, str], ...]:
    """Give `<meta>` names and contents in order; one `citation_author` per person."""
    kind = item["type"]
    first, last = pages_of(item)
    url = str(item.get("URL", ""))
    tags: list[tuple[str, str]] = [("citation_title", item["title"])]
    tags += [("citation_author", name) for name in names_of(item, "author")]
    tags += [("citation_editor", name) for name in names_of(item, "editor")]
    tags += [
        ("citation_publication_date", date_of(item, "/")),
        (CONTAINERS.get(kind, "citation_journal_title"), item.get("container-title", "")),
        ("citation_volume", item.get("volume", "")),
        ("citation_issue", item.get("issue", "")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", item.get("DOI", "")),
        ("citation_isbn", item.get("ISBN", "")),
        ("citation_issn", item.get("ISSN", "")),
        (
            "citation_arxiv_id",
            item.get("archive_location", "") if item.get("archive") == "arXiv" else "",
        ),
        (
            "citation_dissertation_institution"
            if kind == "thesis"
            else "citation_technical_report_institution"
            if kind == "report"
            else "citation_publisher",
            item.get("publisher", ""),
        ),
        ("citation_technical_report_number", item.get("number", "") if kind == "report" else ""),
        (
            "citation_pdf_url",
            url if is_safe_url(url) and re.search(r"\.pdf(?:$|[?#])|arxiv\.org/pdf/", url) else "",
        ),
        ("citation_language", item.get("language", "")),
        ("citation_keywords", str(item.get("keyword", "")).replace(", ", "; ")),
    ]
    return tuple((name, str(content)) for name, content in tags if content)


def coins(item: CslItem) -> str:
    """Give the title of a COinS span: an OpenURL query, not yet escaped for HTML."""
    kind = item["type"]
    first, last = pages_of(item)
    pairs = [("ctx_ver", "Z39.88-2004")]
    if kind in DC_TYPES:
        pairs += other_pairs(item)
    elif kind in BOOK_GENRES:
        pairs += book_pairs(item)
    else:
        pairs += article_pairs(item)
    pairs += [("rft.au", name) for name in names_of(item, "author") if kind not in DC_TYPES]
    pairs += [
        ("rft.date", date_of(item, "-")),
        ("rft.spage", first if last else ""),
        ("rft.epage", last),
        ("rft.pages", str(item.get("page", ""))),
        ("rft_id", f"info:doi/{item['DOI']}" if item.get("DOI") else ""),
        ("rft_id", item.get("URL", "")),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


BOOK_GENRES = {
    "book": "book",
    "chapter": "bookitem",
    "thesis": "dissertation",
    "paper-conference": "proceeding",
}
"""Kinds that OpenURL describes as a book or a part of one, and their genres."""


def other_pairs(item: CslItem) -> list[tuple[str, str]]:
    """Describe what is neither book nor article, in Dublin Core."""
    return [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", DC_TYPES[item["type"]]),
        ("rft.title", item["title"]),
        *(("rft.creator", name) for name in names_of(item, "author")),
        ("rft.source", item.get("container-title", "")),
        ("rft.publisher", item.get("publisher", "")),
        ("rft.identifier", item.get("URL", "")),
    ]


def book_pairs(item: CslItem) -> list[tuple[str, str]]:
    """Describe a book, a part of one, or a thesis."""
    kind = item["type"]
    if kind == "thesis":
        return [
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"),
            ("rft.title", item["title"]),
            ("rft.inst", item.get("publisher", "")),
            ("rft.edition", item.get("edition", "")),
            ("rft.isbn", item.get("ISBN", "")),
        ]
    return [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", BOOK_GENRES[kind]),
        ("rft.btitle" if kind == "book" else "rft.atitle", item["title"]),
        ("rft.btitle", "" if kind == "book" else item.get("container-title", "")),
        ("rft.pub", item.get("publisher", "")),
        ("rft.edition", item.get("edition", "")),
        ("rft.isbn", item.get("ISBN", "")),
    ]


def article_pairs(item: CslItem) -> list[tuple[str, str]]:
    """Describe an article or a preprint."""
    return [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "preprint" if item["type"] == "article" else "article"),
        ("rft.atitle", item["title"]),
        ("rft.jtitle", item.get("container-title", "") or item.get("publisher", "")),
        ("rft.volume", item.get("volume", "")),
        ("rft.issue", item.get("issue", "")),
        ("rft.issn", item.get("ISSN", "")),
    ]


def json_ld(
    work: WorkView, item: CslItem, page: str, people: Mapping[str, str]
) -> dict[str, object]:
    """Give the schema.org object of a work.

    Args:
        page: path of the work's page on the site.
        people: ids of people to the paths of their pages.
    """
    kind = SCHEMA_TYPES.get(item["type"], "ScholarlyArticle")
    first, last = pages_of(item)
    elsewhere = [
        url
        for url in (
            f"https://doi.org/{work.doi}" if work.doi else "",
            work.url,
            f"https://arxiv.org/abs/{work.arxiv}" if work.arxiv else "",
        )
        if is_safe_url(url)
    ]
    container = item.get("container-title", "")
    whole = {name["literal"] for name in item.get("author", ()) if "literal" in name}
    found: dict[str, object] = {
        "@type": kind,
        "@id": page,
        "url": page,
        "mainEntityOfPage": page,
        "name": work.title,
        "headline": work.title[:110] if kind in {"ScholarlyArticle", "Article", "Report"} else None,
        "author": [
            {"@type": "Organization" if name in whole else "Person", "name": name, "url": people[i]}
            for i, name, role in work.people
            if role == "author"
        ],
        "editor": [
            {"@type": "Person", "name": name, "url": people[i]}
            for i, name, role in work.people
            if role == "editor"
        ],
        "datePublished": date_of(item, "-"),
        "isPartOf": {
            "@type": "Periodical" if item["type"] == "article-journal" else "CreativeWork",
            "name": container,
        }
        if container
        else None,
        "publisher": {"@type": "Organization", "name": item["publisher"]}
        if item.get("publisher")
        else None,
        "pageStart": first if last else "",
        "pageEnd": last,
        "isbn": work.isbn if kind in {"Book", "Chapter"} else "",
        "identifier": f"doi:{work.doi}" if work.doi else "",
        "sameAs": tuple(dict.fromkeys(elsewhere)),
        "about": [{"@type": "Thing", "name": title} for _, title in work.topics],
        "timeRequired": f"PT{work.minutes}M" if work.minutes else "",
        "abstract": work.abstract,
    }
    return {name: value for name, value in found.items() if value not in (None, "", (), [])}
