"""Works: from raw BibTeX entries to records."""

from __future__ import annotations

import re
from types import MappingProxyType

from kb.findings import Finding, Severity
from kb.ids import is_citation_key, person_id
from kb.parse.bibtex import RawEntry, year_of
from kb.parse.braces import is_balanced
from kb.parse.latex import latex_to_text
from kb.parse.names import parse_names
from kb.records import Person, Place, Work
from kb.text import clean, collapse, title_key

__all__ = ["entry_to_work", "render_entry"]

VENUE_FIELDS = (
    "journaltitle", "journal", "booktitle", "maintitle", "eventtitle", "series", "howpublished", "organization",
    "institution", "school", "publisher", "note",
)  # fmt: skip
"""Where the venue stands, best first; `note` only when nothing else is there."""

SHOWN_FIELDS = frozenset(
    {
        "title",
        "author",
        "editor",
        "year",
        "url",
        "doi",
        "keywords",
        "annotation",
        "annotation-staff",
        "shorttitle",
    }
)
"""Fields that have a place of their own in `Work`."""

OWN_FIELDS = frozenset({"annotation", "annotation-staff", "keywords"})
"""Fields that are left out of the BibTeX we hand on."""

PRIVATE_FIELDS = re.compile(
    r"file|localfile|local-url|pdf|owner|username|timestamp|groups|bdsk-file-\d+|mendeley-(?:groups|tags)|readstatus|read|priority|ranking|relevance|qualityassured|printed|grade"
)
"""Fields of reference managers about somebody's own disk and reading, which nobody else is to see."""

ARXIV_URL = re.compile(
    r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})", re.IGNORECASE
)
"""arXiv's identifiers, new and old style, in its own addresses."""

ARXIV_NAME = re.compile(r"arxiv:\s*(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})", re.IGNORECASE)
"""An identifier in a journal or note field: `arXiv preprint arXiv:1905.04223`."""

DOI = re.compile(r"10\.\d{4,9}/\S+")
"""A DOI, wherever it stands (Crossref's recommended pattern)."""

PAGE_RANGE = re.compile(r"(\d+)\s*[-–—]+\s*(\d+)")
"""`291--300`; also `e1:3--14`, whose last numbers count."""


def entry_to_work(
    entry: RawEntry, topics: dict[str, str]
) -> tuple[Work | None, tuple[Finding, ...]]:
    """Give the record of an entry; None when it cannot be one (no usable key).

    Args:
        topics: folded topic names to slugs, from `topic_index`.

    Findings: `citation-key`, `missing-title`, `year`, `names`, `latex` (warnings except the first).
    """
    problems: list[Finding] = []

    def report(
        code: str, what: str, hint: str, field: str = "", severity: Severity = Severity.WARNING
    ) -> None:
        line = entry.line_of(field) if field else entry.line
        problems.append(
            Finding(
                code=code,
                severity=severity,
                path=entry.path,
                line=line or entry.line,
                key=entry.key,
                field=field,
                what=what,
                hint=hint,
            )
        )

    if not is_citation_key(entry.key):
        what = f"{entry.key[:80]!r} cannot be a citation key"
        report(
            "citation-key", what, "letters, digits and : . _ - + expected", severity=Severity.ERROR
        )
        return None, tuple(problems)

    def shown(field: str) -> str:
        value = entry.get(field) or ""
        return clean(latex_to_text(value)) if value else ""

    title = collapse(": ".join(part for part in (shown("title"), shown("subtitle")) if part))
    if not title:
        report("missing-title", "no title", "add `title = {...}`")
        title = entry.key
    year = year_of(entry)
    written_year = entry.get("year") or entry.get("date")
    if year is None and written_year:
        field = "year" if entry.get("year") else "date"
        what = f"{field} {written_year!r} is not a year between 1000 and 2199"
        report(
            "year",
            what,
            "four digits expected",
            field,
            severity=Severity.ERROR
            if field == "year" and re.fullmatch(r"\d+", written_year)
            else Severity.WARNING,
        )
    authors, et_al, doubts = people_of(entry, "author")
    editors, editors_et_al, more_doubts = people_of(entry, "editor")
    for role, doubt in (*(("author", d) for d in doubts), *(("editor", d) for d in more_doubts)):
        report("names", doubt, "write `Family, Given and Family, Given`", role)
    slugs, keywords = split_keywords(entry.get("keywords") or "", topics)
    url = address_of(entry)
    pages = collapse(entry.get("pages") or "").replace("--", "–")
    minutes = entry.get("duration-minutes") or entry.get("minutes") or ""
    if minutes and not minutes.strip().isdigit():
        report(
            "bad-value",
            f"duration-minutes {minutes!r} is not a whole number",
            "write minutes",
            "duration-minutes",
        )
    work = Work(
        key=entry.key,
        type=entry.entry_type,
        title=title,
        short_titles=tuple(
            clean(collapse(latex_to_text(t)))
            for t in (entry.get("shorttitle") or "").split(" | ")
            if t.strip()
        ),
        people=(*authors, *editors),
        et_al=et_al if authors else editors_et_al,
        year=year,
        venue=venue_of(entry),
        publisher=collapse(shown("publisher")),
        volume=collapse(shown("volume")),
        number=collapse(shown("number") or shown("issue")),
        pages=clean(pages),
        length_pages=length_of(entry),
        minutes=int(minutes) if minutes.strip().isdigit() and len(minutes) < 6 else None,
        url=url,
        doi=doi_of(entry),
        arxiv=arxiv_of(entry),
        isbn=collapse(entry.get("isbn") or ""),
        abstract=collapse(shown("abstract")),
        topics=slugs,
        keywords=keywords,
        annotation=clean(unwrap(prose(entry.get("annotation") or ""))),
        staff_annotation=clean(unwrap(prose(entry.get("annotation-staff") or ""))),
        bibtex=render_entry(entry),
        fields=MappingProxyType(
            {f.name: f.value for f in entry.fields if f.name not in SHOWN_FIELDS}
        ),
        place=Place(path=entry.path, line=entry.line),
    )
    return work, tuple(problems)


def people_of(entry: RawEntry, role: str) -> tuple[tuple[Person, ...], bool, tuple[str, ...]]:
    """Give the people of a role, whether the list goes on, and doubts about names."""
    value = entry.get(role) or ""
    if not value.strip():
        return (), False, ()
    names, et_al = parse_names(value)
    people: list[Person] = []
    doubts: list[str] = []
    doubts.extend(name.doubt for name in names if name.doubt)
    for name in names:
        family = clean(collapse(" ".join(p for p in (name.prefix, name.family) if p)))
        given = clean(collapse(", ".join(p for p in (name.given, name.suffix) if p)))
        display = clean(collapse(" ".join(p for p in (name.given, name.prefix, name.family) if p)))
        if name.suffix:
            display += f", {name.suffix}"
        if not display:
            doubts.append(f"an empty name in {role}")
            continue
        people.append(
            Person(
                id=person_id(family or given, given if family else ""),
                family=family or given,
                given=given,
                display=display,
                role=role,
            )
        )
    return tuple(people), et_al, tuple(doubts)


def venue_of(entry: RawEntry) -> str:
    """Give the venue: the first filled of `VENUE_FIELDS`."""
    for field in VENUE_FIELDS:
        value = entry.get(field)
        if value and value.strip():
            return clean(collapse(latex_to_text(value)))
    if arxiv_of(entry):
        return "arXiv"
    return ""


def address_of(entry: RawEntry) -> str:
    r"""Give the URL as written, without `\url{}`; BibLaTeX and old `howpublished` places as well."""
    for field in ("url", "howpublished", "note"):
        value = (entry.get(field) or "").strip()
        match = re.search(r"\\url\s*\{([^}]*)\}", value)
        if match:
            return clean(match[1].strip())
        if field == "url" and value:
            return clean(
                value.strip("<> ")
                .replace("\\_", "_")
                .replace("\\%", "%")
                .replace("\\&", "&")
                .replace("\\#", "#")
            )
        if re.fullmatch(r"https?://\S+", value):
            return clean(value)
    return ""


def doi_of(entry: RawEntry) -> str:
    """Give the DOI without its resolver."""
    match = DOI.search((entry.get("doi") or "").replace("\\_", "_"))
    return clean(match[0].rstrip(".,;")) if match else ""


def arxiv_of(entry: RawEntry) -> str:
    """Give the arXiv identifier from `eprint`, the address or the journal field."""
    eprint = (entry.get("eprint") or "").strip()
    scheme = (entry.get("archiveprefix") or entry.get("eprinttype") or "").casefold()
    if eprint and (
        scheme == "arxiv" or (not scheme and re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?", eprint))
    ):
        return clean(eprint.removeprefix("arXiv:"))
    match = ARXIV_URL.search(entry.get("url") or "")
    if match is None:
        match = next(
            (
                m
                for f in ("journal", "journaltitle", "note", "howpublished")
                if (m := ARXIV_NAME.search(entry.get(f) or ""))
            ),
            None,
        )
    return match[1] if match else ""


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


def split_keywords(value: str, topics: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split keywords into topic slugs and others; a slug that no topic has stays a topic, to be reported."""
    slugs: list[str] = []
    others: list[str] = []
    for word in re.split(r"[,;]", value):
        keyword = clean(collapse(latex_to_text(word)))
        if not keyword:
            continue
        if keyword in topics.values():
            slugs.append(keyword)
        elif title_key(keyword) in topics:
            slugs.append(topics[title_key(keyword)])
        elif re.fullmatch(r"[a-z0-9-]+/[a-z0-9/-]+", keyword):
            slugs.append(keyword)
        else:
            others.append(keyword)
    return tuple(dict.fromkeys(slugs)), tuple(dict.fromkeys(others))


def prose(value: str) -> str:
    r"""Give an annotation's Markdown: `\%`, `\&`, `\_`, `\#`, `\$` and `{}` as the characters they stand for."""
    text = re.sub(r"\\([%&_#$])", r"\1", value)
    if "\\" in text or "``" in text or re.search(r"\{[^{}]*\}", text):
        text = "\n\n".join(latex_to_text(paragraph) for paragraph in re.split(r"\n\s*\n", text))
    return text


def unwrap(value: str) -> str:
    """Join the lines of each paragraph; blank lines and list lines stay."""
    paragraphs = re.split(r"\n\s*\n", value.strip())
    return "\n\n".join(
        re.sub(r"\s*\n\s*(?![-*+] |\d+\. )", " ", p.strip()) for p in paragraphs if p.strip()
    )


def render_entry(entry: RawEntry) -> str:
    """Write an entry as BibTeX without annotations, keywords and private fields; values that would not read back are left out."""
    lines = [f"@{entry.entry_type}{{{entry.key},"]
    fields = [
        f for f in entry.fields if f.name not in OWN_FIELDS and not PRIVATE_FIELDS.fullmatch(f.name)
    ]
    width = max((len(f.name) for f in fields), default=0)
    for field in fields:
        if is_balanced(field.value) and not field.value.endswith("\\"):
            lines.append(f"  {field.name:<{width}} = {{{collapse(clean(field.value))}}},")
    return "\n".join([*lines, "}"]) + "\n"
