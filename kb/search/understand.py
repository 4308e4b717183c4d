"""What the words of a query may also be: other spellings, words that mean the same, names of
people.

`healthcare` is `health care`, `behaviour` is `behavior`, `concept drift` is `dataset shift`, and
`D. Sculley` is one person. Only what the collection has is added, so that nothing is found for
less.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.search import sql
from kb.search.compile import quote
from kb.search.names import people_named
from kb.search.query import And, Condition, Node, Not, Or, Text, conjuncts
from kb.search.spelling import known
from kb.thesaurus import twins

__all__ = ["understand"]

LONGEST_PHRASE = 5
"""Words of a phrase of the thesaurus."""
SHORTEST_PART, SHORTEST_SPLIT = 3, 6
"""Letters of the parts of a word that may be written apart, and of the word."""
MOST_TEXTS = 12
"""Longer queries are texts, which are searched as they are."""


def understand(connection: sqlite3.Connection, node: Node) -> Node:
    """Give a query in which words are joined by their other forms, and names are people."""
    parts = conjuncts(node)
    plain = [p for p in parts if is_word(p)]
    if len(plain) > MOST_TEXTS:
        return node
    found: list[Node] = []
    run: list[Text] = []
    for part in (*parts, And(())):
        if isinstance(part, Text) and is_word(part):
            run.append(part)
            continue
        found += read_run(connection, run)
        run = []
        if part != And(()):
            found.append(each_text(connection, part))
    return And(tuple(found))


def is_word(node: Node) -> bool:
    """Tell whether a part is a word, or a compound with hyphens, that may stand anywhere."""
    return isinstance(node, Text) and not (node.column or node.prefix or node.quoted)


def each_text(connection: sqlite3.Connection, node: Node) -> Node:
    """Give a part with the other forms of each of its words."""
    if isinstance(node, Text):
        return node if node.quoted or node.prefix else with_forms(connection, node)
    if isinstance(node, Not):
        return Not(each_text(connection, node.part))
    if isinstance(node, And | Or):
        return replace(node, parts=tuple(each_text(connection, p) for p in node.parts))
    return node


def read_run(connection: sqlite3.Connection, run: Sequence[Text]) -> list[Node]:
    """Give words that stand beside each other as phrases, people and words."""
    if not run:
        return []
    same = same_meaning(connection, run)
    joined = known_words(connection, [a.words[0] + b.words[0] for a, b in pairs(run)])
    found: list[Node] = []
    at = 0
    while at < len(run):
        length, node = read_at(connection, run, at, same, joined)
        found.append(node)
        at += length
    return found


def read_at(
    connection: sqlite3.Connection,
    run: Sequence[Text],
    at: int,
    same: dict[str, tuple[tuple[str, ...], ...]],
    joined: frozenset[str],
) -> tuple[int, Node]:
    """Give the longest thing that begins at a word, and of how many words it is."""
    for length in range(min(LONGEST_PHRASE, len(run) - at), 0, -1):
        words = tuple(w for text in run[at : at + length] for w in text.words)
        if others := same.get(" ".join(words)):
            return length, Text(words, others=others, apart=length > 1)
    text, after = run[at], run[at + 1] if at + 1 < len(run) else None
    if after is not None and len(text.words) == len(after.words) == 1:
        a, b = text.words[0], after.words[0]
        if person := as_person(connection, a, b):
            return 2, person
        if a + b in joined and min(len(a), len(b)) >= SHORTEST_PART - 1:
            return 2, Text((a, b), others=((a + b,),), apart=True)
    return 1, with_forms(connection, text)


def pairs(run: Sequence[Text]) -> list[tuple[Text, Text]]:
    """Give neighbouring single words."""
    return [(a, b) for a, b in pairwise(run) if len(a.words) == len(b.words) == 1]


def same_meaning(
    connection: sqlite3.Connection, run: Sequence[Text]
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Give phrases of a run with what the thesaurus has for them and the collection too."""
    phrases: dict[str, str] = {}
    for at in range(len(run)):
        for length in range(1, min(LONGEST_PHRASE, len(run) - at) + 1):
            phrase = " ".join(w for text in run[at : at + length] for w in text.words)
            phrases[phrase] = phrase
            phrases.setdefault(phrase.removesuffix("s"), phrase)
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    rows = connection.execute(sql.SYNONYMS, (json.dumps(list(phrases)),)).fetchall()
    for phrase, other in rows:
        if occurs(connection, other):
            found[phrases[phrase]].append(tuple(other.split()))
    return {phrase: tuple(others) for phrase, others in found.items()}


def with_forms(connection: sqlite3.Connection, text: Text) -> Text:
    """Give a word with its British or American twin, and as two words where it is written so."""
    if len(text.words) != 1:
        return text
    (word,) = text.words
    others: list[tuple[str, ...]] = [
        (twin,) for twin in sorted(known_words(connection, sorted(twins(word))))
    ]
    others += written_apart(connection, word)
    return replace(text, others=(*text.others, *others)) if others else text


def written_apart(connection: sqlite3.Connection, word: str) -> list[tuple[str, ...]]:
    """Give the two words of which a word is made, where the collection writes them so."""
    if len(word) < SHORTEST_SPLIT:
        return []
    parts = [(word[:n], word[n:]) for n in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
    both = known(connection, sorted({p for pair in parts for p in pair}))
    return [
        pair
        for pair in parts
        if pair[0] in both and pair[1] in both and occurs(connection, " ".join(pair))
    ]


def as_person(connection: sqlite3.Connection, a: str, b: str) -> Node | None:
    """Give the works of a person named by family name and initial, in either order."""
    if len(a) > 1 and len(b) > 1:
        return None
    initial, family = (a, b) if len(a) == 1 else (b, a)
    if len(family) == 1 or initial.isdigit():
        return None
    people = people_named(connection, initial, family)
    if not people:
        return None
    places = ", ".join("?" * len(people))
    return Condition(sql.OF_PEOPLE.format(places=places), people, f"{a} {b}")


def known_words(connection: sqlite3.Connection, words: Sequence[str]) -> frozenset[str]:
    """Give those words that the collection has."""
    return frozenset(known(connection, list(words))) if words else frozenset()


def occurs(connection: sqlite3.Connection, phrase: str) -> bool:
    """Tell whether a word or phrase occurs."""
    return connection.execute(sql.TERM_OCCURS, (quote(phrase),)).fetchone() is not None
