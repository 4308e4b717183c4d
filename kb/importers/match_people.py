"""Works by the people who wrote them: `Bahdanau et al. 2015`, `Sommerville`, `Fowler: UML Distilled`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.importers.letters import UPPER
from kb.records import Work
from kb.text import fold_words, title_key

__all__ = ["Cited", "WorksByPeople", "read_cited"]

NAME = rf"(?:(?:[{UPPER}][\w’'-]*\.?\s*){{1,2}}\s)?(?:(?:van|von|vom|zu|de|der|den|del|di|da|du|la|le|el|al|ten|ter|bin)\s+){{0,3}}[{UPPER}][\w’'-]+"
PEOPLE = rf"{NAME}(?:(?:\s*,\s*|\s*,?\s*(?:&|\b(?:and|und|et|y)\b)\s*){NAME}){{0,5}}(?:,?\s*(?:et\.?\s*al\.?|and others|u\.\s?a\.))?"
CITED = re.compile(
    rf"\W*(?P<people>{PEOPLE})(?:’s|'s)?(?:[,\s]*[(\[]?(?P<year>(?:19|20)\d\d)[a-z]?[)\]]?)?\W*"
)
"""People with or without a year, and nothing else."""

TITLED = re.compile(
    rf"\W*(?P<people>{PEOPLE})[,\s]*(?:[(\[](?P<year>(?:19|20)\d\d)[a-z]?[)\]])?\s*(?::|\s[–—-])\s+[“\"„]?(?P<title>\S.*?)[”\"“]?"
)
"""People in front of a title."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A work as a text names it."""

    families: tuple[str, ...]
    """Folded family names, the first author's first."""
    year: int | None
    title: str = ""
    given: str = ""
    """What stands in front of the first family name: `Robert C.`."""


def read_cited(text: str) -> Cited | None:
    """Read a text that names people, with a year or a title behind them or without; None for others.

    Examples:
        >>> read_cited("Bowman & Dahl (2021)")
        Cited(families=('bowman', 'dahl'), year=2021, title='', given='')
        >>> read_cited("Fowler: UML Distilled").title
        'UML Distilled'
        >>> read_cited("On the Criteria to Be Used in Decomposing Systems into Modules") is None
        True
    """
    if len(text) > 300:
        return None
    found = CITED.fullmatch(text) or TITLED.fullmatch(text)
    if found is None:
        return None
    named = re.sub(r",?\s*(?:et\.?\s*al\.?|and others|u\.\s?a\.)$", "", found["people"])
    families = tuple(" ".join(fold_words(family)) for family in families_of(named))
    first = re.split(r"\s*(?:,|&|\b(?:and|und|et|y)\b)\s*", named.strip())[0].rpartition(" ")[0]
    return (
        Cited(
            families,
            int(found["year"]) if found["year"] else None,
            found.groupdict().get("title") or "",
            first,
        )
        if all(families)
        else None
    )


def families_of(people: str) -> Iterator[str]:
    """Give the last word of each name."""
    for person in re.split(
        r"\s*,\s*(?:&|and\b|und\b|et\b)?\s*|\s*(?:&|\b(?:and|und|et|y)\b)\s*", people
    ):
        words = person.split()
        if words:
            yield words[-1]


class WorksByPeople:
    """Known works by the family names of their people."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.by_first: dict[str, list[tuple[Work, set[str]]]] = defaultdict(list)
        for work in works:
            families = [fold_words(person.family) for person in work.people if person.family]
            for name in (
                {" ".join(families[0]), families[0][-1]} if families and families[0] else ()
            ):
                self.by_first[name].append((work, {word for family in families for word in family}))

    def find(self, cited: Cited) -> tuple[str, ...]:
        """Give the keys of works whose first author is the first named, whose people have the others, and whose year and title fit."""
        return tuple(
            work.key
            for work, families in self.by_first.get(cited.families[0], [])
            if {word for family in cited.families for word in family.split()} <= families
            and (cited.year is None or cited.year == work.year)
            and (not cited.title or begins(work, cited.title))
            and may_be_called(work, cited.given)
        )


def may_be_called(work: Work, given: str) -> bool:
    """Tell whether the first author's given names may be those written: `Static Program Analysis` is nobody of the family Analysis."""
    person = next((p for p in work.people if p.family), None)
    own = (
        {word[0] for word in fold_words(f"{person.given} {person.family}")[:-1]}
        if person
        else set()
    )
    written = [word for word in re.findall(r"\S+", given) if word[:1].isupper()]
    return (
        not own
        or not written
        or fold_words(written[0])[:1] == ()
        or fold_words(written[0])[0][0] in own
    )


def begins(work: Work, title: str) -> bool:
    """Tell whether a title is a work's, its short title or where it begins."""
    wanted = title_key(title)
    return (
        any(
            f"{title_key(own)} ".startswith(f"{wanted} ")
            for own in (work.title, *work.short_titles)
        )
        if wanted
        else False
    )
