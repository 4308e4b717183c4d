"""What an entry says about its work: venue, address, identifiers, length."""

from __future__ import annotations

import re

from kb.ids import arxiv_named, arxiv_of_address, find_doi, is_new_arxiv
from kb.parse.bibtex import RawEntry
from kb.parse.latex import latex_to_text
from kb.text import clean, collapse

__all__ = ["address_of", "arxiv_of", "doi_of", "length_of", "venue_of"]

VENUE_FIELDS = (
    "journaltitle",
    "journal",
    "booktitle",
    "maintitle",
    "eventtitle",
    "series",
    "howpublished",
    "organization",
    "institution",
    "school",
    "publisher",
    "note",
)
"""Where the venue stands, best first; `note` only when nothing else is there."""

PAGE_RANGE = re.compile(r"(\d+)\s*[-–—]+\s*(\d+)")
"""`291--300`; also `e1:3--14`, whose last numbers count."""


def venue_of(entry: RawEntry) -> str:
    """Give the venue: the first filled of `VENUE_FIELDS`."""
    for field in VENUE_FIELDS:
        value = entry.get(field)
        if value and value.strip():
            return clean(collapse(latex_to_text(value)))
    if arxiv_of(entry):
        return "arXiv"
    return ""


ESCAPED = re.compile(r"\{\\([_%&#$~])(?:\{\})?\}|\\([_%&#$])(?:\{\})?|\\~(?:\{\}|\{ \})?")
TILDE = re.compile(
    r"\{?\\(?:text)?asciitilde\s*(?:\{\})?\}?|\{?\$\\sim\$\}?"
    r"|\{\\raise\.\d+ex\\hbox\{\$\\scriptstyle\\(?:mathtt\{)?\\?sim\}?\$\}\}"
)
UNDERSCORE = re.compile(r"\{?\\textunderscore\s*(?:\{\})?\}?")


def verbatim(value: str) -> str:
    r"""Give an address or identifier without the escapes that programs put into it.

    Examples:
        >>> verbatim(r"http://x.org/my{\_}file\%20\~{}me"), verbatim(r"a{\textasciitilde}b")
        ('http://x.org/my_file%20~me', 'a~b')
    """
    text = UNDERSCORE.sub("_", TILDE.sub("~", value))
    return ESCAPED.sub(lambda m: m[1] or m[2] or "~", text)


def address_of(entry: RawEntry) -> str:
    r"""Give the URL as written, without `\url{}`; also from old `howpublished` places."""
    for field in ("url", "howpublished", "note"):
        value = (entry.get(field) or "").strip()
        match = re.search(r"\\url\s*\{([^}]*)\}", value)
        if match:
            return clean(verbatim(match[1].strip()))
        if field == "url" and value:
            return clean(verbatim(value.strip("<> ")))
        if re.fullmatch(r"https?://\S+", value):
            return clean(value)
    return ""


def doi_of(entry: RawEntry) -> str:
    """Give the DOI without its resolver."""
    return clean(find_doi(verbatim(entry.get("doi") or "")))


def arxiv_of(entry: RawEntry) -> str:
    """Give the arXiv identifier from `eprint`, the address or the journal field."""
    eprint = (entry.get("eprint") or "").strip()
    scheme = (entry.get("archiveprefix") or entry.get("eprinttype") or "").casefold()
    if eprint and (scheme == "arxiv" or (not scheme and is_new_arxiv(eprint))):
        return clean(eprint.removeprefix("arXiv:"))
    named = ("journal", "journaltitle", "note", "howpublished")
    return arxiv_of_address(entry.get("url") or "") or next(
        filter(None, (arxiv_named(entry.get(field) or "") for field in named)), ""
    )


def length_of(entry: RawEntry) -> int | None:
    """Give the number of pages from `pagetotal`, else from the range."""
    total = (entry.get("pagetotal") or entry.get("numpages") or "").strip()
    if total.isdigit() and len(total) < 6:
        return int(total)
    lengths = [
        int(last) - int(first) + 1
        for first, last in PAGE_RANGE.findall(entry.get("pages") or "")
        if len(first) < 9 and len(last) < 9
    ]
    return sum(lengths) if lengths and all(0 < n < 3000 for n in lengths) else None
