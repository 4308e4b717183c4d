"""Works by what they are called elsewhere: a citation key, DOI, arXiv id or address, pasted as a
query."""

from __future__ import annotations

import re
import sqlite3
from urllib.parse import unquote

from rapidfuzz.distance import OSA

from kb.ids import ARXIV_PATTERN, DOI_PATTERN
from kb.search.query import Condition
from kb.views.near import near_ids

__all__ = ["find_identified", "find_key", "mistyped_key"]

SHORTEST_KEY, MOST_ERRORS = 8, 2
"""A key of fewer letters, or with more of them wrong, may be another work's."""

LONGEST = 500
"""Longer texts are no identifiers."""

NAMED = re.compile(r"(?:doi|arxiv|url|key):\s*(?=\S)", re.IGNORECASE)
"""What people write in front of an identifier."""

DOI = re.compile(rf"(?:.*/)?({DOI_PATTERN})")
ARXIV = re.compile(
    rf"(?:(?:https?://)?(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/)?({ARXIV_PATTERN})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,}(?:[/?:]\S*?)?)/*(?:#\S*)?", re.IGNORECASE
)
KEY = re.compile(r"\[?@?([^\s\[\]@]*\d[^\s\[\]@]*)\]?")
"""A citation key, bare or as notes write it (`[@key]`). One without a digit is searched as the word
that it may be."""


def find_identified(connection: sqlite3.Connection, typed: str) -> Condition | None:
    """Give the works that a whole query names by key, DOI, arXiv id or address; None when it names
    none.

    Examples of such queries: `sculley2015hidden`, `[@sculley2015hidden]`,
    `10.1145/3442188.3445922`,
    `doi:10.1145/...`, `https://arxiv.org/abs/1706.03762v5`.
    """
    found = numbers_identified(connection, typed)
    if not found:
        return None
    return Condition(f"x.id in ({', '.join('?' * len(found))})", tuple(sorted(found)))


def numbers_identified(connection: sqlite3.Connection, typed: str) -> set[int]:
    """Give the numbers of the documents that a whole query names."""
    text = NAMED.sub("", typed.strip(), count=1).strip("<>").rstrip(".,;")
    if not text or len(text) > LONGEST or re.search(r"\s", text):
        return set()
    found: set[int] = set()
    for pattern, statement in STATEMENTS:
        match = pattern.fullmatch(text)
        for value in dict.fromkeys((match[1], unquote(match[1]))) if match else ():
            found.update(n for (n,) in connection.execute(statement, {"value": value}))
    return found


def find_key(connection: sqlite3.Connection, typed: str) -> str:
    """Give the key of the one work that is named by key, DOI, arXiv id, address or a mistyped key.

    What names none is given back, so that whoever looks it up says what is near.
    """
    if connection.execute("select 1 from works where key = ?", (typed,)).fetchone():
        return typed
    found = numbers_identified(connection, typed)
    if len(found) == 1:
        row = connection.execute("select work from documents where id = ?", tuple(found))
        return str(row.fetchone()[0])
    return mistyped_key(connection, typed) or typed


def mistyped_key(connection: sqlite3.Connection, typed: str) -> str:
    """Give the key that differs from what was typed by one or two letters, where only one does so
    and digits are the same; empty when there is none.

    Examples of what is found: `sculey2015hidden`, `sculley2015hiden`, `Sculley2015-hidden`.
    """
    text = typed.strip().removeprefix("[").removesuffix("]").removeprefix("@").casefold()
    if len(text) < SHORTEST_KEY or not KEY.fullmatch(text):
        return ""
    digits = re.findall(r"\d", text)
    close = sorted(
        (OSA.distance(text, key.casefold(), score_cutoff=3), key)
        for key in near_ids(connection, "work", text)
        if re.findall(r"\d", key) == digits
    )
    if not close or close[0][0] > MOST_ERRORS:
        return ""
    alone = len(close) == 1 or close[1][0] > close[0][0]
    return close[0][1] if alone else ""


WORKS = "select id from documents where work in (select key from works where {})"
STATEMENTS = (
    (KEY, "select id from documents where work = :value collate nocase"),
    (DOI, WORKS.format("doi = :value collate nocase")),
    (ARXIV, WORKS.format("arxiv = :value collate nocase")),
    (
        ADDRESS,
        WORKS.format(
            "url in ("
            + ", ".join(
                f"'{scheme}://{www}' || :value || '{end}'"
                for scheme in ("https", "http")
                for www in ("", "www.")
                for end in ("", "/")
            )
            + ")"
        ),
    ),
)
"""What an identifier looks like, and who has it."""
