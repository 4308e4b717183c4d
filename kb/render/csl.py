"""A work as a CSL-JSON item: what citation processors, Zotero and pandoc read.

Names, dates and containers are taken from the entry as written, because the columns of the database
join what a citation keeps apart (particles and suffixes, month and day, series and publisher).
Terms: CSL 1.0.2 specification, appendices III and IV; the mapping of entry types follows biblatex.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kb.lexicon import month_named, ordinal_named
from kb.parse.bibtex import parse_bibtex
from kb.parse.latex import latex_to_text
from kb.parse.names import Name, parse_names
from kb.text import clean, collapse
from kb.views.models import WorkView

__all__ = ["CslItem", "csl_item", "raw_fields"]

CslItem = dict[str, Any]

TYPES = {
    "article": "article-journal", "periodical": "article-journal",
    "suppperiodical": "article-journal",
    "inproceedings": "paper-conference", "conference": "paper-conference",
    "book": "book", "mvbook": "book", "booklet": "book", "collection": "book",
    "mvcollection": "book",
    "proceedings": "book", "mvproceedings": "book", "reference": "book", "manual": "book",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter",
    "inreference": "entry-encyclopedia",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "standard": "report",
    "online": "webpage", "www": "webpage", "electronic": "webpage",
    "video": "motion_picture", "movie": "motion_picture", "audio": "song", "music": "song",
    "software": "software", "dataset": "dataset", "unpublished": "manuscript", "patent": "patent",
}  # fmt: skip
"""BibTeX and BibLaTeX entry types to CSL types."""

GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "techreport": "Technical report",
    "video": "Video",
    "audio": "Audio podcast",
}
"""What the entry type says beyond the CSL type."""

THESIS_TYPES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
"""Values of biblatex's `type` field that are names of strings."""

PLAIN_FIELDS = (
    ("collection-title", ("series",)),
    ("edition", ("edition",)),
    ("publisher-place", ("address", "location")),
    ("event-title", ("eventtitle",)),
    ("event-place", ("venue",)),
    ("ISSN", ("issn",)),
    ("language", ("langid", "language")),
    ("number-of-pages", ("pagetotal",)),
    ("volume-title", ("volumetitle",)),
    ("version", ("version",)),
)
"""CSL variables that are one field's text."""

ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
PREPRINT = re.compile(r"arxiv|\bcorr\b|preprint", re.IGNORECASE)
"""Journals that are no journals."""


def raw_fields(work: WorkView) -> Mapping[str, str]:
    """Give the fields of a work's entry as written, by lower-case name; empty when it cannot be
    read."""
    return parse_fields(work.bibtex)


@lru_cache(maxsize=4096)
def parse_fields(bibtex: str) -> Mapping[str, str]:
    """Parse one entry; a site's files list the same works by topic, person and session."""
    entries, _ = parse_bibtex(bibtex, "")
    return {f.name: f.value for f in entries[0].fields} if entries else {}


def csl_item(work: WorkView, fields: Mapping[str, str] | None = None) -> CslItem:
    """Give the CSL-JSON item of a work; variables without a value are left out.

    Args:
        fields: the entry's fields where the caller has them already, see `raw_fields`.
    """
    raw = raw_fields(work) if fields is None else fields

    def text(*names: str) -> str:
        return next(
            (
                shown
                for name in names
                if raw.get(name) and (shown := clean(collapse(latex_to_text(raw[name]))))
            ),
            "",
        )

    kind = csl_type(work, text("journaltitle", "journal"))
    item: CslItem = {"id": work.key, "type": kind, "title": work.title}
    item["title-short"] = next((t for t in text("shorttitle").split(" | ") if t), "")
    for role in ("author", "editor", "translator"):
        names, et_al = parse_names(raw.get(role, ""))
        item[role] = [csl_name(n) for n in names if n.family or n.given]
        if et_al:
            item.setdefault("custom", {}).setdefault("et-al", []).append(role)
    if not raw:
        item["author"] = [
            {"literal": display} for _, display, role in work.people if role == "author"
        ]
    item["issued"] = csl_date(raw, work.year)
    item["accessed"] = iso_date(raw.get("urldate", ""))
    item["container-title"] = closed(container(kind, work, text))
    item["publisher"] = publisher(kind, work, text)
    item["genre"] = THESIS_TYPES.get(raw.get("type", ""), text("type")) or GENRES.get(work.type, "")
    item["volume"] = text("volume")
    number = text("number") or text("issue")
    item["number" if kind in {"report", "patent", "book"} else "issue"] = number
    item["page"] = collapse(raw.get("pages", work.pages)).replace("--", "-").replace("–", "-")
    for variable, sources in PLAIN_FIELDS:
        item[variable] = text(*sources)
    edition = str(item["edition"])
    item["edition"] = str(ordinal_named(edition) or edition)
    item["DOI"], item["URL"], item["ISBN"] = work.doi, work.url, work.isbn
    if work.arxiv:
        item["archive"], item["archive_location"] = "arXiv", work.arxiv
        if kind == "article":
            item["publisher"], item["number"], item["container-title"] = (
                "arXiv",
                f"arXiv:{work.arxiv}",
                "",
            )
            item["volume"] = item["issue"] = ""
            item["page"] = ""
    item["dimensions"] = f"{work.minutes} min" if work.minutes else ""
    item["abstract"] = work.abstract
    item["keyword"] = ", ".join((*(title for _, title in work.topics), *work.keywords))
    return {name: value for name, value in item.items() if value}


def csl_type(work: WorkView, journal: str) -> str:
    """Give the CSL type; a preprint is an `article`, an address without more a `webpage`."""
    if (
        work.type in {"article", "misc", "unpublished"}
        and work.arxiv
        and (not journal or PREPRINT.search(journal))
    ):
        return "article"
    if work.type in TYPES:
        return TYPES[work.type]
    return "webpage" if work.url else "document"


def container(kind: str, work: WorkView, text: Any) -> str:
    """Give what the work appeared in."""
    if kind in {"article-journal", "article"}:
        return str(text("journaltitle", "journal"))
    if kind in {"chapter", "paper-conference", "entry-encyclopedia"}:
        return str(text("booktitle", "maintitle", "journaltitle", "journal"))
    if kind in {"webpage", "song", "motion_picture", "document"}:
        named = text("journaltitle", "journal", "maintitle", "organization") or text("howpublished")
        return "" if re.match(r"(?:\\url|https?:)", named) else str(named)
    return ""


def closed(venue: str) -> str:
    """Give a venue whose last bracket was cut off with that bracket: `Proc. of Things (POT`."""
    venue = re.sub(r"\s*\(pp\.?$", "", venue)
    return venue + ")" if venue.count("(") == venue.count(")") + 1 else venue


def publisher(kind: str, work: WorkView, text: Any) -> str:
    """Give who published it: press, school or institution; a site that is its own container is not
    repeated."""
    if kind == "thesis":
        return str(text("school", "institution", "publisher"))
    if kind == "report":
        return str(text("institution", "organization", "publisher"))
    named = str(
        text("publisher")
        or ("" if kind in {"webpage", "document"} else text("organization", "institution"))
    )
    return re.sub(rf",\s*{work.year}$", "", named)


def csl_name(name: Name) -> dict[str, str]:
    """Give a name; a single one without given names is literal, particles stay with the family
    name."""
    if not name.given and not name.prefix:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.prefix,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def csl_date(raw: Mapping[str, str], year: int | None) -> dict[str, Any]:
    """Give the date of publication, as exact as the entry says; an unreadable one literally."""
    written = raw.get("date", "")
    first, _, last = written.partition("/")
    if found := iso_date(first):
        end = iso_date(last)
        return {"date-parts": found["date-parts"] + end["date-parts"]} if end else found
    if year is None:
        literal = clean(collapse(latex_to_text(raw.get("year", "") or written)))
        return {"literal": literal} if literal else {}
    parts = [year]
    month = month_number(raw.get("month", ""))
    if month:
        parts.append(month)
        day = re.search(
            r"(?<!\d)(\d{1,2})(?!\d)",
            raw.get("day", "") or re.sub(r"^\s*\d+\s*$", "", raw.get("month", "")),
        )
        if day and 1 <= int(day[1]) <= 31:
            parts.append(int(day[1]))
    return {"date-parts": [parts]}


def iso_date(written: str) -> dict[str, list[list[int]]]:
    """Give `2020-07-05` as date parts; empty when it is no date."""
    found = ISO_DATE.match(written.strip())
    if not found:
        return {}
    parts = [int(p) for p in found.groups() if p]
    if (len(parts) > 1 and not 1 <= parts[1] <= 12) or (len(parts) > 2 and not 1 <= parts[2] <= 31):
        parts = parts[:1]
    return {"date-parts": [parts]}


def month_number(written: str) -> int | None:
    """Read a month: `jul`, `July`, `7`, `July 5`."""
    value = written.strip().casefold()
    if value.isdigit():
        return int(value) if 1 <= int(value) <= 12 else None
    found = re.search(r"[^\W\d_]{3,}", value)
    return month_named(found[0]) or month_named(found[0][:3]) if found else None
