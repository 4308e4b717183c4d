"""People by family name and initial: `D. Sculley`, `Kästner C`."""

from __future__ import annotations

import sqlite3

from kb.search.compile import quote
from kb.text import fold_words

__all__ = ["people_named"]

SPELLED = (("ae", "a"), ("oe", "o"), ("ue", "u"))
"""Umlauts as people type them, and as they are folded."""

MOST = 200
"""Namesakes that are looked at."""

NAMESAKES = """
select p.id, p.family, p.given from people_fts f join people p on p.rowid = f.rowid
where people_fts match ? limit ?"""


def people_named(connection: sqlite3.Connection, initial: str, family: str) -> tuple[str, ...]:
    """Give the people of a family name whose given names begin with a letter, by id.

    Args:
        initial: one folded letter.
        family: one folded word of the family name.
    """
    forms = {family}
    for typed, folded in SPELLED:
        forms |= {form.replace(typed, folded) for form in forms}
    match = " OR ".join(quote(form) for form in sorted(forms))
    return tuple(
        sorted(
            person
            for person, last, given in connection.execute(NAMESAKES, (match, MOST))
            if forms & set(fold_words(last)) and any(w[0] == initial for w in fold_words(given)[:1])
        )
    )
