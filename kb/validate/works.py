"""Works: from raw BibTeX entries to records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from kb.findings import Finding, Severity
from kb.ids import is_citation_key, person_id
from kb.parse.bibtex import RawEntry, year_of
from kb.parse.braces import is_balanced
from kb.parse.latex import latex_to_text
from kb.parse.names import parse_names
from kb.records import Person, Place, Work
from kb.text import clean, collapse, title_key
from kb.validate.public_fields import is_public, meant_field, swallowed_field
from kb.validate.work_facts import address_of, arxiv_of, doi_of, length_of, venue_of

__all__ = ["entry_to_work", "render_entry"]

SHOWN_FIELDS = frozenset({"annotation", "annotation-staff", "keywords"})
"""Fields that are left out of the BibTeX we hand on."""


MAX_FIELD = 200_000
"""Characters of a field; a book's whole text is no field."""


def entry_to_work(
    entry: RawEntry, topics: dict[str, str]
) -> tuple[Work | None, tuple[Finding, ...]]:
    """Give the record of an entry; None when it cannot be one (no usable key).

    Args:
        topics: folded topic names to slugs, from `topic_index`.

    Findings: `citation-key`, `missing-title`, `year`, `names`, `latex` (warnings except the first).
    """
    given, entry = entry, without_swallowed(entry)
    if not is_citation_key(entry.key):
        what = f"{entry.key[:80]!r} cannot be a citation key"
        hint = "letters, digits and : . _ - + expected"
        return None, (doubt_in(entry, "citation-key", what, hint, severity=Severity.ERROR),)
    year = year_of(entry)
    authors, et_al, doubts = people_of(entry, "author")
    editors, editors_et_al, more_doubts = people_of(entry, "editor")
    slugs, keywords = split_keywords(entry.get("keywords") or "", topics)
    title = title_of(entry)
    minutes = (entry.get("duration-minutes") or entry.get("minutes") or "").strip()
    work = Work(
        key=entry.key,
        type=entry.entry_type,
        title=title or entry.key,
        short_titles=short_titles_of(entry),
        people=(*authors, *editors),
        et_al=et_al if authors else editors_et_al,
        year=year,
        venue=venue_of(entry),
        publisher=shown(entry, "publisher"),
        volume=shown(entry, "volume"),
        number=shown(entry, "number") or shown(entry, "issue"),
        pages=clean(collapse(entry.get("pages") or "").replace("--", "–")),
        length_pages=length_of(entry),
        minutes=int(minutes) if minutes.isdigit() and len(minutes) < 6 else None,
        url=address_of(entry),
        doi=doi_of(entry),
        arxiv=arxiv_of(entry),
        isbn=collapse(entry.get("isbn") or ""),
        abstract=shown(entry, "abstract"),
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
    problems = [*private_findings(given), *year_doubts(entry, year)]
    if not title:
        problems.append(doubt_in(entry, "missing-title", "no title", "add `title = {...}`"))
    for role, found in (("author", doubts), ("editor", more_doubts)):
        hint = "write `Family, Given and Family, Given`"
        problems.extend(doubt_in(entry, "names", doubt, hint, role) for doubt in found)
    if minutes and not minutes.isdigit():
        problems.append(minutes_doubt(entry, minutes))
    return work, tuple(problems)


def minutes_doubt(entry: RawEntry, minutes: str) -> Finding:
    """Report a length that is no number (`bad-value`)."""
    what = f"duration-minutes {minutes!r} is not a whole number"
    return doubt_in(entry, "bad-value", what, "write minutes", "duration-minutes")


def without_swallowed(entry: RawEntry) -> RawEntry:
    """Give an entry without the values that hold a private field by a slip of braces."""
    fields = tuple(
        f for f in entry.fields if len(f.value) <= MAX_FIELD and not swallowed_field(f.value)
    )
    return entry if len(fields) == len(entry.fields) else replace(entry, fields=fields)


def private_findings(entry: RawEntry) -> Iterator[Finding]:
    """Report fields that are not public and look as if they should be (`misspelt-field`), and
    values that are kept back because a private field stands inside them (`private-inside`).
    """
    for field in entry.fields:
        meant = meant_field(field.name)
        if meant:
            what = f"field {field.name!r} is not known and stays private"
            yield doubt_in(entry, "misspelt-field", what, f"did you mean {meant}?", field.name)
        if len(field.value) > MAX_FIELD:
            what = f"{field.name!r} has {len(field.value)} characters and is left out"
            hint = f"{MAX_FIELD} are read"
            yield doubt_in(entry, "too-large", what, hint, field.name, Severity.ERROR)
            continue
        inside = swallowed_field(field.value)
        if inside:
            what = f"{field.name!r} is kept back: {inside!r} stands inside its value"
            hint = "close the brace before it"
            yield doubt_in(entry, "private-inside", what, hint, field.name, Severity.ERROR)


def doubt_in(
    entry: RawEntry,
    code: str,
    what: str,
    hint: str,
    field: str = "",
    severity: Severity = Severity.WARNING,
) -> Finding:
    """Make a finding about an entry, at the line of its field where it has one."""
    line = (entry.line_of(field) if field else None) or entry.line
    return Finding(
        code=code,
        severity=severity,
        path=entry.path,
        line=line,
        key=entry.key,
        field=field,
        what=what,
        hint=hint,
    )


def shown(entry: RawEntry, field: str) -> str:
    """Give a field as a line of text; empty where there is none."""
    value = entry.get(field)
    return collapse(clean(latex_to_text(value))) if value else ""


def title_of(entry: RawEntry) -> str:
    """Give title and subtitle, joined by a colon."""
    return ": ".join(p for p in (shown(entry, "title"), shown(entry, "subtitle")) if p)


def short_titles_of(entry: RawEntry) -> tuple[str, ...]:
    """Give the short titles, which ` | ` separates."""
    return tuple(
        clean(collapse(latex_to_text(title)))
        for title in (entry.get("shorttitle") or "").split(" | ")
        if title.strip()
    )


def year_doubts(entry: RawEntry, year: int | None) -> Iterator[Finding]:
    """Report a year that is none (`year`): an error where it is only digits."""
    field = "year" if entry.get("year") else "date"
    written = entry.get(field)
    if year is None and written:
        digits = field == "year" and re.fullmatch(r"\d+", written)
        severity = Severity.ERROR if digits else Severity.WARNING
        what = f"{field} {written!r} is not a year between 1000 and 2199"
        yield doubt_in(entry, "year", what, "four digits expected", field, severity)


def people_of(entry: RawEntry, role: str) -> tuple[tuple[Person, ...], bool, tuple[str, ...]]:
    """Give the people of a role, whether the list goes on, and doubts about names."""
    value = entry.get(role) or ""
    if not value.strip():
        return (), False, ()
    names, et_al = parse_names(value)
    people: list[Person] = []
    doubts = [name.doubt for name in names if name.doubt]
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


def split_keywords(value: str, topics: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split keywords into topic slugs and others; a slug that no topic has stays a topic, to be
    reported.
    """
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
    r"""Give an annotation's Markdown: `\%`, `\&`, `\_`, `\#`, `\$` and `{}` as the characters they
    stand for.
    """
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
    """Write the public fields of an entry as BibTeX, without those that would not read back."""
    lines = [f"@{entry.entry_type}{{{entry.key},"]
    fields = [f for f in entry.fields if is_public(f.name)]
    width = max((len(f.name) for f in fields), default=0)
    lines.extend(
        f"  {field.name:<{width}} = {{{collapse(clean(field.value))}}},"
        for field in fields
        if is_balanced(field.value) and not field.value.endswith("\\")
    )
    return "\n".join([*lines, "}"]) + "\n"
