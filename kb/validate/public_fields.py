"""The one table of BibTeX fields that may leave the sources; every other field stays there."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["OWN_FIELDS", "PUBLIC_FIELDS", "is_public", "meant_field", "swallowed_field"]

OWN_FIELDS = frozenset({"annotation", "annotation-staff", "keywords"})
"""Fields of this format: known, and not part of the BibTeX that is handed on."""

PUBLIC_FIELDS = frozenset(
    """
    author editor editora editorb editorc editortype translator annotator commentator introduction
    foreword afterword bookauthor namea shortauthor shorteditor holder
    title subtitle titleaddon shorttitle maintitle mainsubtitle maintitleaddon booktitle
    booksubtitle booktitleaddon journal journaltitle journalsubtitle shortjournal issuetitle
    issuesubtitle eventtitle eventtitleaddon eventdate venue series shortseries
    origtitle origdate origlanguage origlocation origpublisher reprinttitle
    volume volumes number issue part chapter chapters pages pagetotal numpages bookpagination
    pagination eid articleno edition version type pubstate
    year month day date urldate lastchecked language langid hyphenation
    publisher address location institution school organization howpublished
    url doi eprint eprinttype eprintclass archiveprefix primaryclass archive access
    isbn issn isrn lccn pmid pmcid mrnumber zblnumber adsurl biburl bibsource acmid
    note addendum abstract copyright license
    duration-minutes minutes words
    crossref xref xdata ids entryset entrysubtype related relatedtype relatedstring key label
    shorthand sortkey sorttitle sortname sortyear presort nameaddon options
    """.split()
)
"""Fields of BibTeX (btxdoc, section 3.2), of BibLaTeX (manual, section 2.2) and of common exports
that are about the work, and the three in which this format states its length."""

NOT_MEANT = frozenset(
    """
    annote annotate notes comment comments review reviews file files localfile pdf owner username
    timestamp groups group tags tag read readstatus priority ranking rating relevance
    qualityassured printed grade keyword creationdate modificationdate intnote extra link links
    """.split()
)
"""Private fields of reference managers that look like a public one and are none misspelt."""

FIELD_INSIDE = re.compile(
    r"(?i)(?:^|[\s,}\"])(annotation[-_]?staff|annote|comment(?:-\w+)?|review|private[\w-]*)\s*=\s*[{\"]"
)
"""A private field within a value: a brace is missing before it."""

MIN_LETTERS = 4
"""Shorter names look like each other by chance."""


def is_public(name: str) -> bool:
    """Tell whether a field may leave the sources, as part of the BibTeX that is handed on."""
    return name in PUBLIC_FIELDS


@cache
def meant_field(name: str) -> str:
    """Give the known field that a name misspells; empty when it looks like none.

    Examples:
        >>> meant_field("jounral"), meant_field("annotation_staff"), meant_field("mendeley-tags")
        ('journal', 'annotation-staff', '')
    """
    known = PUBLIC_FIELDS | OWN_FIELDS
    if name in known or name in NOT_MEANT or len(name) < MIN_LETTERS:
        return ""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  30 ms, and hardly a file asks for it

    allowed = 1 if len(name) < 7 else 2
    near = ((OSA.distance(name, other), other) for other in known if len(other) >= MIN_LETTERS)
    distance, best = min(near)
    return best if distance <= allowed else ""


def swallowed_field(value: str) -> str:
    """Name the private field that stands inside a value by a slip; empty when none does."""
    found = FIELD_INSIDE.search(value)
    return found[1] if found else ""
