"""Links that carry a semester in their address: which they are and how they would read for the new
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.records import Semester, Term

__all__ = ["Links", "StaleLink", "StaleNames", "semester_links"]

WORDS = {
    Term.SPRING: ("spring", "spr", "sp", "s"),
    Term.SUMMER: ("summer", "sum", "su", "m"),
    Term.FALL: ("fall", "autumn", "fa", "f"),
    Term.WINTER: ("winter", "win", "wi", "w"),
}
"""How addresses name terms, long to short."""


@dataclass(frozen=True, slots=True)
class Links:
    """One link of a semester and what it belongs to."""

    where: str
    """`F2022-0907 slides`."""
    url: str


@dataclass(frozen=True, slots=True)
class StaleLink:
    """A link with an older semester in its address."""

    where: str
    url: str
    name: str
    """What in it names the semester."""
    suggestion: str
    certain: bool
    """False when it is only a year."""


def semester_links(semester: Semester) -> Iterator[Links]:
    """Give the links a semester makes for itself: its home, materials, assignments, exams; readings
    are others' pages.
    """
    if semester.home:
        yield Links("home", semester.home)
    for session in semester.sessions:
        if session.url:
            yield Links(f"{session.id} {session.title}", session.url)
        for material in (*session.materials, *(m for t in session.topics for m in t.materials)):
            if material.url:
                yield Links(f"{session.id} {material.label}", material.url)
        for deliverable in session.deliverables:
            if deliverable.url:
                yield Links(
                    f"{session.id} {deliverable.code or deliverable.title}", deliverable.url
                )


class StaleNames:
    """Finds the names of older semesters in addresses and writes the new one for them."""

    def __init__(self, old: Iterable[Semester], new_id: str, term: Term, year: int) -> None:
        self.new_id = new_id
        self.term = term
        self.year = year
        self.names: dict[str, Semester] = {}
        self.years = set()
        for semester in old:
            if semester.id.casefold() == new_id.casefold():
                continue
            self.years.add(str(semester.year))
            self.names[semester.id.casefold()] = semester
            for word in WORDS[semester.term]:
                for gap in ("", "-", "_", "%20", "/"):
                    self.names[f"{word}{gap}{semester.year}"] = semester
                    if gap in {"", "-", "_"}:
                        self.names.setdefault(f"{word}{gap}{semester.year % 100:02d}", semester)
                for gap in ("", "-", "_", "/"):
                    self.names[f"{semester.year}{gap}{word}"] = semester
        own = {
            new_id.casefold(),
            *(
                f"{w}{g}{y}"
                for w in WORDS[term]
                for g in ("", "-", "_", "%20", "/")
                for y in (year, f"{year % 100:02d}")
            ),
        }
        words = sorted(set(self.names) - own, key=lambda n: (-len(n), n))
        self.pattern = re.compile(
            rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, words))})(?![A-Za-z0-9])"
            if words
            else r"(?!)",
            re.IGNORECASE,
        )
        years = sorted(self.years - {str(year)})
        self.year_pattern = re.compile(
            rf"(?<![0-9A-Za-z])(?:{'|'.join(years)})(?![0-9A-Za-z])" if years else r"(?!)"
        )

    def look(self, link: Links) -> StaleLink | None:
        """Give what is stale in a link; None when nothing is."""
        found = self.pattern.search(link.url)
        if found:
            return StaleLink(link.where, link.url, found[0], self.renew(link.url), True)
        year = self.year_pattern.search(link.url)
        if year:
            return StaleLink(
                link.where,
                link.url,
                year[0],
                self.year_pattern.sub(str(self.year), link.url),
                False,
            )
        return None

    def renew(self, url: str) -> str:
        """Write the new semester for older ones."""
        return self.pattern.sub(lambda found: self.spelt_like(found[0]), url)

    def spelt_like(self, name: str) -> str:
        """Give the new semester's name in the manner of an old one: `F2022` F2023, `fall-2022`
        spring-2024, `f22` s24.
        """
        old = self.names[name.casefold()]
        if name.casefold() == old.id.casefold():
            written = self.new_id
        else:
            digits = re.search(r"\d+", name)
            assert digits is not None
            year = str(self.year) if len(digits[0]) == 4 else f"{self.year % 100:02d}"
            rest = name.replace(digits[0], "\0")
            word = re.sub(r"[^A-Za-z]", "", rest.replace("%20", ""))
            mine = WORDS[self.term][WORDS[old.term].index(word.casefold())]
            mine = (
                mine.upper()
                if word.isupper()
                else mine.capitalize()
                if word[:1].isupper()
                else mine
            )
            written = rest.replace(word, mine).replace("\0", year)
        return (
            written.casefold()
            if name == name.casefold()
            else written.upper()
            if name == name.upper() and not name.isdigit()
            else written
        )
