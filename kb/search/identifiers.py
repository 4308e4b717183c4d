"""Works by what they are called elsewhere: a citation key, DOI, arXiv id or address, pasted as a
query."""

from __future__ import annotations

import re
import sqlite3
from urllib.parse import unquote

from kb.ids import ARXIV_PATTERN, DOI_PATTERN
from kb.search.query import Condition

__all__ = ["find_identified"]

LONGEST = 500
"""Longer texts are no identifiers."""

NAMED = re.compile(r"(?:doi|arxiv|url|key):\s*(?=\S)", re.IGNORECASE)
"""What people write in front of an identifier."""

DOI = re.compile(rf"(?:.*/)?({DOI_PATTERN})")
ARXIV = re.compile(
    rf"(?:https?://(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/)?({ARXIV_PATTERN})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://(?:www\.)?(\S+?)/*(?:#\S*)?", re.IGNORECASE)
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
    text = NAMED.sub("", typed.strip(), count=1).strip("<>").rstrip(".,;")
    if not text or len(text) > LONGEST or re.search(r"\s", text):
        return None
    found: set[int] = set()
    for pattern, statement in STATEMENTS:
        match = pattern.fullmatch(text)
        for value in dict.fromkeys((match[1], unquote(match[1]))) if match else ():
            found.update(n for (n,) in connection.execute(statement, {"value": value}))
    if not found:
        return None
    return Condition(f"x.id in ({', '.join('?' * len(found))})", tuple(sorted(found)))


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
