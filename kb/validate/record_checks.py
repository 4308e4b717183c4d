"""What is stale, doubled or incomplete in bibliographic records.

Each check is a function from the corpus to findings; `RECORD_CHECKS` lists them.
Adding one means a function, its place in that tuple and its code in `kb.validate.codes`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from kb.findings import Finding, Severity
from kb.ids import SKIPPED_TITLE_WORDS
from kb.records import Corpus, Work
from kb.text import fold_words, title_key

__all__ = ["RECORD_CHECKS", "record_findings"]

Check = Callable[[Corpus], Iterator[Finding]]
"""One check; each reports one kind of flaw."""

DOI_IN_URL = re.compile(r"(?:doi\.org/|/doi/(?:\w+/)?|[?&]doi=|/)(10\.\d{4,9}/[^?#\s]+)")
"""A DOI inside an address: of the resolver, of a publisher's page, or of a parameter."""

FILE_ENDING = re.compile(r"\.(?:pdf|html?|full|abstract)$|/(?:full|abstract|pdf|meta)$")
"""What publishers put behind a DOI in their addresses."""

REGISTERED = re.compile(
    r"\b(?:acm|ieee|springer|lncs|lecture notes|elsevier|usenix security|pvldb|vldb|sigmod|"
    r"icse|fse|esec|ase|chi|facct|fat\*|kdd|acl|emnlp|naacl|nature|science|plos|mdpi|wiley|sage)\b",
    re.IGNORECASE,
)
"""Venues whose publishers register a DOI for each paper."""

PREPRINT = re.compile(r"\b(?:arxiv|corr|preprint|ssrn|biorxiv|openreview)\b", re.IGNORECASE)
"""Servers of papers before or without publication."""

TYPES_OF_PAPERS = frozenset({"article", "inproceedings", "incollection", "conference"})

ARXIV_DOI = "10.48550/"
"""Prefix of the DOIs that arXiv registers for its own versions."""


def note(code: str, work: Work, what: str, hint: str, severity: Severity) -> Finding:
    """Make a finding about a work."""
    return Finding(
        code=code,
        severity=severity,
        path=work.place.path,
        line=work.place.line,
        key=work.key,
        what=what,
        hint=hint,
    )


def doi_in_url(corpus: Corpus) -> Iterator[Finding]:
    """Report works whose address carries a DOI that has no field of its own (`doi-in-url`)."""
    for work in corpus.works:
        found = DOI_IN_URL.search(unquote(work.url)) if work.url and not work.doi else None
        if found:
            doi = FILE_ENDING.sub("", found[1].rstrip("/.,"))
            yield note(
                "doi-in-url",
                work,
                f"the address carries the DOI {doi}, and there is no doi field",
                f"add `doi = {{{doi}}}`",
                Severity.WARNING,
            )


def doi_missing(corpus: Corpus) -> Iterator[Finding]:
    """Report papers without DOI whose venue registers one (`doi-missing`)."""
    for work in corpus.works:
        if work.doi or work.type not in TYPES_OF_PAPERS or DOI_IN_URL.search(unquote(work.url)):
            continue
        where = f"{work.venue} {work.publisher} {work.fields.get('series', '')}"
        if REGISTERED.search(where) and not PREPRINT.search(where):
            yield note(
                "doi-missing",
                work,
                f"no DOI, though {work.venue or work.publisher} registers one",
                "look it up, or let `kb check --online` propose it",
                Severity.NOTE,
            )


def first_family(work: Work) -> str:
    """Give the folded family name of the first person, empty when nobody is named."""
    return " ".join(fold_words(work.people[0].family)) if work.people else ""


def is_preprint(work: Work) -> bool:
    """Tell whether a record cites a preprint: its venue is a server, or nothing else is there."""
    return bool(PREPRINT.search(work.venue)) or (not work.venue and bool(work.arxiv))


def twins(works: Iterable[Work], name_of: Callable[[Work], object]) -> Iterator[tuple[Work, Work]]:
    """Give pairs of works with the same name, each with the first that has it; no name, no pair."""
    seen: dict[object, Work] = {}
    for work in works:
        name = name_of(work)
        if name:
            first = seen.setdefault(name, work)
            if first is not work:
                yield first, work


def same_work(corpus: Corpus) -> Iterator[Finding]:
    """Report works that are there twice: by DOI, arXiv id or title with first author (`same-work`).

    Editions and volumes of one title are told apart by edition, volume or year.
    """

    def titled(work: Work) -> object:
        family = first_family(work)
        apart = (work.fields.get("edition", ""), work.volume if work.type == "book" else "")
        return family and (title_key(work.title), family, *apart)

    reported: set[tuple[str, str]] = set()
    for by, name_of in (
        ("DOI", lambda w: w.doi.casefold()),
        ("arXiv id", lambda w: w.arxiv.casefold()),
        ("title and first author", titled),
    ):
        for first, second in twins(corpus.works, name_of):
            if (first.key, second.key) in reported:
                continue
            reported.add((first.key, second.key))
            if first.type != second.type and "book" in {first.type, second.type}:
                continue  # a chapter or a review of a book carries its title
            place = f"{first.place.path}:{first.place.line}"
            hint = "keep one and name it where the other stands"
            if is_preprint(first) != is_preprint(second):
                hint = "keep the published one, with the preprint as `eprint`"
            what = f"the same {by} as {first.key} in {place}"
            yield note("same-work", second, what, hint, Severity.WARNING)


def stale_preprint(corpus: Corpus) -> Iterator[Finding]:
    """Report preprints whose record itself names a published version (`preprint-published`)."""
    said = re.compile(
        r"(?:to appear|appeared|published|accepted)\s+(?:in|at|by)\s+(\S.{2,60})", re.IGNORECASE
    )
    for work in corpus.works:
        if not is_preprint(work):
            continue
        if work.doi and not work.doi.startswith(ARXIV_DOI):
            yield note(
                "preprint-published",
                work,
                f"cites a preprint, and its DOI {work.doi} is that of a published version",
                "cite the version of record and keep the preprint as `eprint`",
                Severity.WARNING,
            )
        elif found := said.search(work.fields.get("note", "") or work.fields.get("comment", "")):
            yield note(
                "preprint-published",
                work,
                f"cites a preprint, and its note says {found[0]!r}",
                "cite the version of record and keep the preprint as `eprint`",
                Severity.WARNING,
            )


RANGE = re.compile(r"(?<![\w:.])([a-z]?)(\d+)\s*[-–—]+\s*\1(\d+)(?![\w:.])", re.IGNORECASE)
"""Pages from and to; article numbers with pages of their own (`12:1-12:34`) are no range."""


def backward_pages(corpus: Corpus) -> Iterator[Finding]:
    """Report page ranges that end before they begin (`page-range`); `1123-32` is short for 1132."""
    for work in corpus.works:
        for _, begin, end in RANGE.findall(work.pages):
            whole = begin[: -len(end)] + end if len(end) < len(begin) else end
            if int(whole) < int(begin):
                what = f"pages {begin} to {end} run backwards"
                yield note("page-range", work, what, "mend the range", Severity.WARNING)


def volume_years(corpus: Corpus) -> Iterator[Finding]:
    """Report years against the rule of their journal in this collection (`volume-year`).

    Many journals have one volume a year. Where at least three works of a journal agree on
    year minus volume and are three quarters of its works, the others are reported.
    """
    journals: dict[str, list[Work]] = defaultdict(list)
    for work in corpus.works:
        if work.type == "article" and work.volume.isdigit() and work.year and work.venue:
            journals[title_key(work.venue)].append(work)
    for works in journals.values():
        gaps = Counter(w.year - int(w.volume) for w in works if w.year)
        gap, count = gaps.most_common(1)[0]
        if count < 3 or count * 4 < len(works) * 3:
            continue
        for work in works:
            expected = int(work.volume) + gap
            if work.year and work.year != expected:
                what = f"year {work.year} with volume {work.volume}; others give {expected} for it"
                yield note("volume-year", work, what, "check year and volume", Severity.NOTE)


def has_title_case(title: str) -> bool | None:
    """Tell title case (True) from sentence case (False); None when it is unclear.

    Words after the first count that are no function words, names written wholly in capitals or
    words with a capital inside; at least three are needed.
    """
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", title)[1:] if len(w) > 3]
    plain = [w for w in words if w.casefold() not in SKIPPED_TITLE_WORDS and w[1:] == w[1:].lower()]
    capitals = sum(w[0].isupper() for w in plain)
    if len(plain) < 3:
        return None
    if capitals >= 0.75 * len(plain):
        return True
    return False if capitals <= 0.35 * len(plain) else None


def mixed_title_case(corpus: Corpus) -> Iterator[Finding]:
    """Report titles in the case that fewer works of the collection have (`title-case`)."""
    cases = {w.key: has_title_case(w.title) for w in corpus.works}
    counts = Counter(case for case in cases.values() if case is not None)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    name = {True: "title case", False: "sentence case"}
    for work in corpus.works:
        case = cases[work.key]
        if case is not None and case is not usual:
            what = f"the title is in {name[case]}, {counts[usual]} others are in {name[usual]}"
            hint = "write titles in one case; braces protect names and acronyms"
            yield note("title-case", work, what, hint, Severity.NOTE)


RECORD_CHECKS: tuple[Check, ...] = (
    doi_in_url,
    doi_missing,
    same_work,
    stale_preprint,
    backward_pages,
    volume_years,
    mixed_title_case,
)
"""All checks of records, in the order in which they run."""


def record_findings(corpus: Corpus) -> Iterator[Finding]:
    """Run all checks of records."""
    for check in RECORD_CHECKS:
        yield from check(corpus)
