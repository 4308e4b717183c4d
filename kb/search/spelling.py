"""Did you mean: words of the collection that are nearest to words it does not have.

A word is answered for another one only where that is nearly always what was meant; else the other
is
offered. `benchmarks/spelling.py` counts how often either is right.
"""

from __future__ import annotations

import re
import sqlite3
import string
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.search.query import Asked, texts
from kb.text import fold, fold_words

__all__ = ["Guess", "Spelling", "correct", "guess_word", "known"]

SHORTEST, SHORTEST_BY_TWO = 4, 9
"""Shorter words have too many neighbours one letter away, or two: `gdpr` is not `gap`."""

SURE, SURE_SWAPPED = 6, 5
"""From so many letters on a word one letter away is meant; two letters in each other's place betray
a typing error in shorter words too."""

SOUNDS = ("aeiouy", "cksqz", "dt", "bp", "fv", "gj", "nm")
"""Letters that are mixed up by ear."""

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Letters that lie beside each other."""

LONGEST = 40
"""Longer ones are no words, and have neighbours without number."""

LETTERS = string.ascii_lowercase + string.digits


@dataclass(frozen=True, slots=True)
class Guess:
    """A word of the collection for one it does not have."""

    word: str
    sure: bool
    """True when the word may be answered without asking."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A query with other words."""

    offered: str = ""
    """With every unknown word replaced that resembles a known one; empty when there is none."""
    sure: str = ""
    """With only those replaced that may be; empty when there is none."""


def correct(connection: sqlite3.Connection, typed: str, asked: Asked) -> Spelling:
    """Give the query with its unknown words replaced.

    Only words change: operators, quotes and fields stay as typed. Names that are written with
    capitals
    inside or digits (`NeurIPS`, `LIME`, `GPT4`) stay as well, unless all of the query is capitals.
    """
    wanted = dict.fromkeys(w for t in texts(asked.node) if not t.prefix for w in t.words)
    names = written_as_names(typed)
    guesses = {
        w: guess
        for w in list(wanted)[:12]
        if w not in names and (guess := guess_word(connection, w)) is not None
    }
    sure = {w: guess for w, guess in guesses.items() if guess.sure}
    return Spelling(replaced(typed, guesses), replaced(typed, sure))


def written_as_names(typed: str) -> frozenset[str]:
    """Give the folded words that are written as names are."""
    words = re.findall(r"[^\W_]+", typed)
    loud = len(words) > 1 and not any(c.islower() for c in typed)
    return frozenset(
        folded
        for word in words
        if any(c.isdigit() for c in word) or (not loud and any(c.isupper() for c in word[1:]))
        for folded in fold_words(word)
    )


def replaced(typed: str, guesses: Mapping[str, Guess]) -> str:
    """Give a query with words replaced; empty when nothing is."""
    if not guesses or not fold(typed):
        return ""

    def better(found: re.Match[str]) -> str:
        guess = guesses.get("".join(fold_words(found[0])))
        return guess.word if guess else found[0]

    return re.sub(r"[^\W_]+", better, typed).strip()


def guess_word(connection: sqlite3.Connection, word: str) -> Guess | None:
    """Give the likeliest word for one that does not occur; None when it occurs or nothing is
    near."""
    if not SHORTEST <= len(word) <= LONGEST:
        return None
    if known(connection, [word]) or occurs(connection, word):
        return None
    near = known(connection, sorted(edits(word)))
    if near:
        best = min(near, key=lambda found: (found[0] != word[0], -near[found], found))
        return Guess(best, is_sure(word, best))
    parts = [(word[:n], word[n:]) for n in range(3, len(word) - 2)]
    both = known(connection, sorted({p for pair in parts for p in pair}))
    whole = [pair for pair in parts if pair[0] in both and pair[1] in both]
    if whole:
        return Guess(max((min(both[a], both[b]), f"{a} {b}") for a, b in whole)[1], sure=False)
    found = similar(connection, word) if len(word) >= SHORTEST_BY_TWO else ""
    return Guess(found, sure=False) if found else None


def is_sure(word: str, best: str) -> bool:
    """Tell whether a word one letter away is what was meant: whether the letter is one that fingers
    and ears get wrong.

    That is a letter left out, written twice, or in its neighbour's place; a vowel for a vowel; a
    letter
    for one that sounds alike or lies beside it. Other letters make another word: `parsing`,
    `passing`.
    """
    if word[0] != best[0]:
        return False
    if len(word) == len(best):
        first, last = differing(word, best)
        if first != last:
            return len(word) >= SURE_SWAPPED
        return len(word) >= SURE and alike(word[first], best[first])
    if len(word) < SURE:
        return False
    if len(word) > len(best):
        at = next((n for n, c in enumerate(best) if c != word[n]), len(best))
        return word[at] == word[at - 1]
    return True


def differing(one: str, other: str) -> tuple[int, int]:
    """Give the first and the last place where two words of one length differ."""
    places = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return places[0], places[-1]


def alike(one: str, other: str) -> bool:
    """Tell whether two letters are easily taken for each other."""
    pair = {one, other}
    if any(pair <= set(group) for group in SOUNDS):
        return True
    return any(one + other in row or other + one in row for row in KEYS)


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
        "select word from search_terms where word >= ? and word < ?"
        " and length(word) between ? and ?",
        (word[0], word[0] + "\U0010ffff", len(word) - 2, len(word) + 2),
    )
    allowed = 2
    found = process.extractOne(
        word, [w for (w,) in rows], scorer=OSA.distance, score_cutoff=allowed
    )
    return str(found[0]) if found else ""
