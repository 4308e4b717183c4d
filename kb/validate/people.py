"""People: names of one person joined by `bib/people.yaml`, and those that look like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.findings import Finding, Severity
from kb.parse.yaml import Node
from kb.records import KnownPerson, Person, Place, Work
from kb.sources.files import SourceFile
from kb.text import clean, collapse, fold, fold_words
from kb.validate.prompts import read_list
from kb.validate.schema import PersonModel

__all__ = ["join_people", "people_findings", "read_people"]


def read_people(file: SourceFile) -> tuple[tuple[KnownPerson, ...], tuple[Finding, ...]]:
    """Read the file of people. Findings: those of the YAML and the model."""
    return read_list(file, PersonModel, to_person)


def to_person(model: PersonModel, node: Node, path: str) -> tuple[KnownPerson, tuple[Finding, ...]]:
    """Convert one person."""
    person = KnownPerson(
        name=clean(collapse(model.name)),
        aliases=tuple(clean(collapse(a)) for a in model.aliases),
        place=Place(path=path, line=node.line, column=node.column),
    )
    return person, ()


def join_people(works: Sequence[Work], known: Iterable[KnownPerson]) -> tuple[Work, ...]:
    """Give works whose people that are one share an id and the names of the one that is shown.

    A name counts as written in the entries, with or without accents. The person is called as the
    entries write `name`; where none does, by its last word as family name.
    """
    people = {fold(p.display): p for work in works for p in work.people}
    meant: dict[str, Person] = {}
    for one in known:
        shown = people.get(fold(one.name))
        if shown is None:
            continue
        meant.update({fold(alias): shown for alias in one.aliases})
    if not meant:
        return tuple(works)
    return tuple(
        replace(work, people=tuple(joined(p, meant) for p in work.people)) for work in works
    )


def joined(person: Person, meant: dict[str, Person]) -> Person:
    """Give a person under the id of the one they are; their name stays as the entry writes it."""
    shown = meant.get(fold(person.display))
    if shown is None:
        return person
    return replace(person, id=shown.id, family=shown.family, given=shown.given)


def people_findings(works: Sequence[Work]) -> Iterator[Finding]:
    """Name people who are probably one: same family name, given names that agree.

    Findings: `people-alike` (note), at the first work of the one whose name says less.
    """
    families: defaultdict[str, dict[str, tuple[Person, Work]]] = defaultdict(dict)
    for work in works:
        for person in work.people:
            if person.given:
                families[fold(person.family)].setdefault(person.id, (person, work))
    for found in families.values():
        ordered = sorted(found.values(), key=lambda pair: len(pair[0].given))
        for number, (short, work) in enumerate(ordered):
            longer = [p for p, _ in ordered[number + 1 :] if compatible(short.given, p.given)]
            if len(longer) == 1:
                what = f"{short.display!r} may be {longer[0].display!r}"
                hint = f"kb people --merge {short.id} {longer[0].id} joins them"
                yield Finding(
                    code="people-alike",
                    severity=Severity.NOTE,
                    path=work.place.path,
                    line=work.place.line,
                    key=work.key,
                    what=what,
                    hint=hint,
                )


def compatible(short: str, long: str) -> bool:
    """Tell whether given names may be one person's: each word begins the other's, in order.

    Examples:
        >>> compatible("D.", "David"), compatible("D. A.", "David"), compatible("Ann", "Anna")
        (True, False, False)
    """
    one, two = fold_words(short), fold_words(long)
    if not one or len(one) > len(two) or one == two:
        return False
    return all(b == a or (len(a) == 1 and b.startswith(a)) for a, b in zip(one, two, strict=False))
