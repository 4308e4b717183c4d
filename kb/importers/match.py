"""Match a printed title and link to a known work: certain, probable or new; never silently guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from kb.importers.letters import UPPER
from kb.importers.match_people import WorksByPeople, read_cited
from kb.records import Work
from kb.text import fold_words, title_key

__all__ = ["Certainty", "Match", "WorkIndex", "url_key"]

GENERIC_HOSTS = frozenset(
    {"doi.org", "arxiv.org", "youtube.com", "youtu.be", "github.com", "medium.com"}
)
"""Hosts whose bare address says nothing about a work."""

TRACKING = re.compile(r"utm_\w+|casa_token|fbclid|gclid|usp|source|sk|si|ref|code")
"""Parameters that identify a visitor, not a document."""


class Certainty(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Match:
    """A matched work and why."""

    certainty: Certainty
    key: str = ""
    reason: str = ""
    others: tuple[str, ...] = ()
    """Further candidates."""


def url_key(url: str) -> str:
    """Give what two addresses of one document share: host without `www`, path, telling parameters.

    Examples:
        >>> url_key("http://www.x.org/a%20b/?utm_source=y#top") == url_key("https://x.org/a b")
        True
        >>> url_key("https://arxiv.org/pdf/1811.10154v3.pdf") == url_key("http://arxiv.org/abs/1811.10154")
        True
        >>> url_key("https://dl.acm.org/doi/pdf/10.1145/1.2") == url_key("https://doi.org/10.1145/1.2")
        True
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.netloc or "").casefold().removeprefix("www.").split("@")[-1]
    path = unquote(parts.path).rstrip("/").rstrip(".)")
    doi = re.search(r"(10\.\d{4,9}/[^\s?#]+)", path)
    if doi:
        return "doi:" + doi[1].casefold().removesuffix(".pdf")
    arxiv = re.search(r"(?:abs|pdf|html)/(\d{4}\.\d{4,5})", path)
    if arxiv and "arxiv" in host:
        return f"arxiv:{arxiv[1]}"
    if not path and (host in GENERIC_HOSTS or not host):
        return ""
    query = urlencode(
        sorted((k, v) for k, v in parse_qsl(parts.query) if not TRACKING.fullmatch(k))
    )
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", urlencode({"v": path.strip("/")})
    return f"{host}{path}{'?' + query if query else ''}".casefold()


class WorkIndex:
    """Known works by link and by title."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works = tuple(works)

    @cached_property
    def by_url(self) -> dict[str, set[str]]:
        """Keys by address, DOI and arXiv id."""
        index: dict[str, set[str]] = defaultdict(set)
        for work in self.works:
            for url in (
                work.url,
                f"https://doi.org/{work.doi}" if work.doi else "",
                f"https://arxiv.org/abs/{work.arxiv}" if work.arxiv else "",
            ):
                if url and url_key(url):
                    index[url_key(url)].add(work.key)
        return index

    @cached_property
    def by_title(self) -> dict[str, set[str]]:
        """Keys by folded title, short title, and the parts of a title around its colon."""
        index: dict[str, set[str]] = defaultdict(set)
        for work in self.works:
            for title in (work.title, *work.short_titles):
                index[title_key(title)].add(work.key)
        return index

    @cached_property
    def by_title_part(self) -> dict[str, set[str]]:
        """Keys by the part of a title before or after a colon, dash or question mark."""
        index: dict[str, set[str]] = defaultdict(set)
        for work in self.works:
            for part in re.split(r":|\?| [-–—] ", work.title):
                if len(fold_words(part)) >= 2:
                    index[title_key(part)].add(work.key)
        return index

    @cached_property
    def starts(self) -> dict[str, tuple[str, ...]]:
        """Folded titles of two words or more and their parts of three or more, by first word."""
        index: dict[str, set[str]] = defaultdict(set)
        for title in (
            *self.by_title,
            *(part for part in self.by_title_part if len(part.split()) >= 3),
        ):
            if len(title.split()) >= 2:
                index[title.split()[0]].add(title)
        return {word: tuple(sorted(titles)) for word, titles in index.items()}

    def knows(self, title: str) -> bool:
        """Tell whether a printed title certainly names a known work."""
        return self.find(title).certainty is Certainty.CERTAIN

    def match(self, title: str, url: str = "", people: str = "") -> Match:
        """Match as `find` does; people named beside the title must be a work's where less than its title agrees."""
        found = self.find(title, url)
        if found.certainty is not Certainty.CERTAIN and (cited := self.cited(title)) is not None:
            return cited if cited.certainty is Certainty.CERTAIN or not found.key else found
        by_title = found.key and found.reason != "same title" and "link" not in found.reason
        if (
            by_title
            and found.certainty is Certainty.CERTAIN
            and re.fullmatch(rf"[{UPPER}][a-zß-ÿā-ɏ’'-]+", people)
            and not self.may_be_by(found.key, f"{people} et al.")
        ):
            return Match(Certainty.PROBABLE, found.key, f"{found.reason}, with {people} beside it")
        return found if not by_title or self.may_be_by(found.key, people) else Match(Certainty.NEW)

    @cached_property
    def by_people(self) -> WorksByPeople:
        """Known works by their people."""
        return WorksByPeople(self.works)

    def cited(self, text: str) -> Match | None:
        """Match a text that names people: certain with a title that fits, probable with a year or alone; None when it names none or several works fit."""
        cited = read_cited(text)
        keys = self.by_people.find(cited) if cited else ()
        if cited is None or not keys or (len(keys) > 1 and cited.year is None):
            return None
        if cited.title and len(keys) == 1:
            return Match(Certainty.CERTAIN, keys[0], "same people, its title begins so")
        when = f" of {cited.year}" if cited.year else ""
        return Match(
            Certainty.PROBABLE,
            keys[0],
            f"{'the only work' if len(keys) == 1 else 'a work'} of {cited.families[0].title()}{when}",
            keys[1:],
        )

    def is_by(self, key: str, text: str) -> bool:
        """Tell whether a text beside a work names people of it, and perhaps its year, and nothing else."""
        cited = read_cited(text)
        return cited is not None and not cited.title and key in self.by_people.find(cited)

    def find(self, title: str, url: str = "") -> Match:
        """Match a printed title, and its link where there is one.

        Certain: the same title or short title, its link agreeing or unknown; the beginning (before a
        colon, or before an ellipsis) or the end of exactly one title; the same link with a title that
        has most words in common. Probable: the same link with another title, or a similar title.
        """
        wanted = title_key(re.sub(r"(\.\.\.|…)\s*$", "", title))
        cut = bool(re.search(r"(\.\.\.|…)\s*$", title.strip()))
        linked = self.by_url.get(url_key(url), set()) if url_key(url) else set()
        same = self.by_title.get(wanted, set())
        if len(same) == 1:
            return Match(Certainty.CERTAIN, only(same), "same title")
        if len(same & linked) == 1:
            return Match(Certainty.CERTAIN, only(same & linked), "same title and link")
        if len(same) > 1:
            return Match(
                Certainty.PROBABLE,
                sorted(same)[0],
                "several works have this title",
                tuple(sorted(same)[1:]),
            )
        parts = self.by_title_part.get(wanted, set())
        if len(parts) == 1 and len(wanted.split()) >= 2:
            return Match(Certainty.CERTAIN, only(parts), "the title's main part")
        begun = (
            {w.key for w in self.works if wanted and title_key(w.title).startswith(wanted + " ")}
            if len(wanted.split()) >= 2
            else set()
        )
        if len(begun) == 1 and len(wanted.split()) >= (2 if cut else 4):
            return Match(Certainty.CERTAIN, only(begun), "beginning of the title")
        if linked:
            shared = {k for k in linked if common_words(wanted, self.title_of(k)) >= 0.5}
            if len(shared) == 1:
                return Match(Certainty.CERTAIN, only(shared), "same link, similar title")
            best = sorted(linked)
            return Match(Certainty.PROBABLE, best[0], "same link, another title", tuple(best[1:]))
        return self.similar(wanted, {key for key in begun | parts if not self.elsewhere(key, url)})

    def may_be_by(self, key: str, people: str) -> bool:
        """Tell whether the people named beside a title may be a work's; no when several are named, or before `et al.`, and none is."""
        if not re.search(
            rf"\w et\.? al\b|^(?:[{UPPER}]\S+ ){{0,2}}[{UPPER}]\S+ (?:&|and) [{UPPER}]|^[{UPPER}][a-zß-ÿā-ɏ’'-]+ [{UPPER}][a-zß-ÿā-ɏ’'-]+$",
            people,
        ):
            return True
        families = [
            fold_words(person.family)
            for work in self.works
            if work.key == key
            for person in work.people
            if person.family
        ]
        return not families or any(set(family) & set(fold_words(people)) for family in families)

    def elsewhere(self, key: str, url: str) -> bool:
        """Tell whether a link has a DOI or arXiv id and a work another of the same kind."""
        kind, _, number = url_key(url).partition(":")
        own = [k.partition(":") for k, keys in self.by_url.items() if key in keys]
        return (
            kind in {"doi", "arxiv"}
            and any(k == kind for k, _, _ in own)
            and all(n != number for k, _, n in own if k == kind)
        )

    def similar(self, wanted: str, candidates: set[str]) -> Match:
        """Match by likeness of titles."""
        from rapidfuzz import fuzz, process

        if candidates:
            ordered = sorted(candidates)
            reason = "several titles begin so" if len(ordered) > 1 else "its title begins so"
            return Match(Certainty.PROBABLE, ordered[0], reason, tuple(ordered[1:]))
        if len(wanted) < 6:
            return Match(Certainty.NEW)
        choices = {w.key: title_key(w.title) for w in self.works}
        hits = process.extract(
            wanted, choices, scorer=fuzz.token_sort_ratio, limit=3, score_cutoff=82
        )
        if hits:
            return Match(
                Certainty.PROBABLE,
                hits[0][2],
                f"similar title ({hits[0][1]:.0f} of 100)",
                tuple(h[2] for h in hits[1:]),
            )
        return Match(Certainty.NEW)

    def title_of(self, key: str) -> str:
        """Give the folded title of a known work."""
        return next(title_key(w.title) for w in self.works if w.key == key)


def only(keys: set[str]) -> str:
    """Give the one member of a set."""
    (key,) = keys
    return key


def common_words(left: str, right: str) -> float:
    """Give the share of `left`'s words that `right` has, 0 to 1."""
    words = set(left.split())
    return len(words & set(right.split())) / len(words) if words else 0.0
