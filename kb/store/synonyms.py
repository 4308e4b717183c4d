"""The thesaurus as search reads it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from itertools import permutations

from kb.text import fold_words
from kb.thesaurus import GROUPS

__all__ = ["fill_synonyms"]

TABLE = """
create table synonyms (
    phrase text not null, other text not null, primary key (phrase, other)
) without rowid"""


def fill_synonyms(own: Iterable[tuple[str, ...]]) -> Callable[[sqlite3.Connection], None]:
    """Give the function that writes what each word of a group finds: of ours
    and of the course's.
    """
    pairs = {
        pair
        for group in (*GROUPS, *own)
        for pair in permutations(dict.fromkeys(" ".join(fold_words(word)) for word in group), 2)
    }

    def fill(connection: sqlite3.Connection) -> None:
        connection.execute(TABLE)
        connection.executemany("insert into synonyms (phrase, other) values (?, ?)", sorted(pairs))

    return fill
