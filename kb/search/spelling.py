"""Did you mean: words of the collection that are nearest to words it does not have."""

from __future__ import annotations

import re
import sqlite3
import string

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kb.search.query import Asked, texts
from kb.text import fold, fold_words

__all__ = ["correct", "correct_word"]

SHORTEST, SHORTEST_BY_TWO = 4, 5
"""Shorter words have too many neighbours one letter away, or two: `gdpr` is not `gap`."""

LONGEST = 40
"""Longer ones are no words, and have neighbours without number."""

LETTERS = string.ascii_lowercase + string.digits


def correct(connection: sqlite3.Connection, typed: str, asked: Asked) -> str:
    """Give the query with its unknown words replaced; empty when nothing is to be replaced.

    Only words change: operators, quotes and fields stay as typed.
    """
    wanted = dict.fromkeys(w for t in texts(asked.node) if not t.prefix for w in t.words)
    changes = {
        w: better
        for w in list(wanted)[:12]
        if (better := correct_word(connection, w)) and better != w
    }
    if not changes:
        return ""
    return (
        re.sub(r"[^\W_]+", lambda m: changes.get("".join(fold_words(m[0])), m[0]), typed).strip()
        if fold(typed)
        else ""
    )


def correct_word(connection: sqlite3.Connection, word: str) -> str:
    """Give the likeliest word for one that does not occur; the word itself when it occurs, empty
    when nothing is near."""
    if known(connection, [word]) or occurs(connection, word):
        return word
    if not SHORTEST <= len(word) <= LONGEST:
        return ""
    near = known(connection, sorted(edits(word)))
    if near:
        return min(near, key=lambda found: (found[0] != word[0], -near[found], found))
    parts = [(word[:n], word[n:]) for n in range(3, len(word) - 2)]
    both = known(connection, sorted({p for pair in parts for p in pair}))
    whole = [pair for pair in parts if pair[0] in both and pair[1] in both]
    if whole:
        return max((min(both[a], both[b]), f"{a} {b}") for a, b in whole)[1]
    return similar(connection, word) if len(word) >= SHORTEST_BY_TWO else ""


def known(connection: sqlite3.Connection, words: list[str]) -> dict[str, int]:
    """Give those words that occur, with the number of works."""
    found: dict[str, int] = {}
    for start in range(0, len(words), 500):
        some = words[start : start + 500]
        found.update(
            connection.execute(
                "select word, works from search_terms where word in "
                f"({', '.join('?' * len(some))})",
                some,
            )
        )
    return found


def occurs(connection: sqlite3.Connection, word: str) -> bool:
    """Tell whether the index has the stem of a word, or another spelling of it."""
    return (
        connection.execute(
            "select 1 from documents_fts where documents_fts match ? limit 1", (f'"{word}"',)
        ).fetchone()
        is not None
    )


def edits(word: str) -> set[str]:
    """Give every word one letter away: left out, doubled, swapped or another (Norvig)."""
    splits = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in splits if b),
        *(a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1),
        *(a + c + b[1:] for a, b in splits if b for c in LETTERS),
        *(a + c + b for a, b in splits for c in LETTERS),
    } - {word}


def similar(connection: sqlite3.Connection, word: str) -> str:
    """Give the most similar word of about the same length that begins alike."""
    rows = connection.execute(
        "select word from search_terms where word >= ? and word < ? and length(word) between ? "
        "and ?",
        (word[0], word[0] + "\U0010ffff", len(word) - 2, len(word) + 2),
    )
    allowed = 2 if len(word) < 9 else 3
    found = process.extractOne(
        word, [w for (w,) in rows], scorer=DamerauLevenshtein.distance, score_cutoff=allowed
    )
    return str(found[0]) if found else ""
