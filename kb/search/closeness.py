"""How close works are to a text by what they say and by their topics: the common ground of
suggestions and of searches that nothing answers in full."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from kb.search.lexical import (
    Lexicon,
    LongText,
    Matched,
    collection_size,
    match_text,
    open_lexicon,
    read_long_text,
)

__all__ = ["closeness", "closest"]

TOPIC = 0.4
"""What a work's topic counts beside its own words (1 for the best match)."""


def closest(connection: sqlite3.Connection, text: str) -> list[int]:
    """Give the numbers of works by how close they are to a text, the closest first."""
    lexicon = open_lexicon(connection)
    _, _, scores = closeness(connection, lexicon, read_long_text(lexicon, text))
    return sorted(scores, key=lambda n: (-round(scores[n], 9), n))


def closeness(
    connection: sqlite3.Connection, lexicon: Lexicon, text: LongText
) -> tuple[Matched, dict[str, float], dict[int, float]]:
    """Give what matched, how well each topic fits (1 for the best), and the scores of works: 1 for
    the best match, and a share of the topic's."""
    matched = match_text(connection, lexicon, text)
    topics = score_topics(connection, text, matched.idf)
    best = max(matched.scores.values(), default=0.0) or 1.0
    scores = {number: score / best for number, score in matched.scores.items()}
    for number, score in topic_scores(connection, topics, scores).items():
        scores[number] = scores.get(number, 0.0) + TOPIC * score
    return matched, topics, scores


def score_topics(
    connection: sqlite3.Connection, text: LongText, idf: dict[str, float]
) -> dict[str, float]:
    """Give topics by cosine of their words with the text, 1 for the best."""
    found: dict[str, float] = defaultdict(float)
    terms = list(text.terms)
    for start in range(0, len(terms), 400):
        some = terms[start : start + 400]
        rows = connection.execute(
            "select topic, term, weight from topic_terms where term in "
            f"({', '.join('?' * len(some))})",
            some,
        )
        for topic, term, weight in rows:
            found[topic] += weight * text.terms[term] * idf.get(term, 0.0)
    best = max(found.values(), default=0.0)
    return {topic: score / best for topic, score in found.items()} if best else {}


def topic_scores(
    connection: sqlite3.Connection, topics: dict[str, float], scored: dict[int, float]
) -> dict[int, float]:
    """Give documents the score of their best topic; works that match no word only come in under the
    best three."""
    strong = sorted(topics, key=lambda t: -topics[t])[:3]
    found: dict[int, float] = {}
    statement = (
        "select d.id, t.topic, t.position from work_topics t join documents d on d.work = t.work"
    )
    if len(scored) > 1000 or collection_size(connection) > 2000:
        rows = [
            row for n in scored for row in connection.execute(f"{statement} where d.id = ?", (n,))
        ]
    else:
        rows = connection.execute(statement).fetchall()
    for number, topic, _ in rows:
        if number in scored or topic in strong:
            found[number] = max(found.get(number, 0.0), topics.get(topic, 0.0))
    return found
