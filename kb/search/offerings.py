"""Offerings of a course by what they are called: course number, semester, title, staff."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from kb.search.models import Place
from kb.text import fold_words

__all__ = ["find_offerings", "semester_named"]

MOST = 4
"""Offerings that are shown, the latest first."""

SEMESTERS = """
select id, term, year, title, numbers, also_known_as, former_titles from semesters
order by position desc"""

STAFF = "select semester, name, role from staff order by semester, position"


def find_offerings(connection: sqlite3.Connection, words: tuple[str, ...]) -> tuple[Place, ...]:
    """Give the offerings that are called what was typed: `17-745`, `Fall 2022`, `F2022`, a title,
    or
    the name of a person who taught."""
    staff: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for semester, name, role in connection.execute(STAFF):
        staff[semester].append((name, role))
    found = []
    for semester, term, year, title, numbers, *others in connection.execute(SEMESTERS):
        names = [title, *numbers.splitlines(), *(n for o in others for n in o.splitlines())]
        named = is_semester(words, semester, term, year) or any(
            words == fold_words(name) for name in names
        )
        person = next(((n, r) for n, r in staff[semester] if is_person(words, n)), None)
        if named or person:
            label = f"{semester}: {title}" + (f" ({person[1]} {person[0]})" if person else "")
            found.append(Place("semester", semester, label))
    return tuple(found[:MOST])


def is_semester(words: tuple[str, ...], semester: str, term: str, year: int) -> bool:
    """Tell whether words name a semester: `f2022`, `fall 2022`, `2022 fall`, `fall 22`."""
    when = {str(year), str(year)[2:]}
    return words == fold_words(semester) or (
        len(words) == 2 and term in words and bool(when & set(words))
    )


def is_person(words: tuple[str, ...], name: str) -> bool:
    """Tell whether words are part of a person's name, the family name among them."""
    own = fold_words(name)
    return len(words) <= len(own) and own[-1] in words and set(words) <= set(own)


def semester_named(connection: sqlite3.Connection, words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the semester whose name is among words, and the words that are left; the latest that has
    begun to have sessions when none is named."""
    rows = list(connection.execute(SEMESTERS))
    for semester, term, year, *_ in rows:
        for length in (1, 2):
            for at in range(len(words) - length + 1):
                if is_semester(words[at : at + length], semester, term, year):
                    return (semester, *words[:at], *words[at + length :])
    return (rows[0][0], *words) if rows else ("", *words)
