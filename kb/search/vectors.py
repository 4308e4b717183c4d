"""Suggestions with sentence vectors, where the database has them and the model that made them is
there."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from kb.encoder import Encoder, find_model

__all__ = ["blend", "has_vectors"]

TEXTS, TOPICS = 0.5, 0.5
"""What likeness to a work's text and to its topic count beside the words, each in standard
deviations."""


def has_vectors(connection: sqlite3.Connection) -> bool:
    """Tell whether the database was built with vectors."""
    return (
        connection.execute("select 1 from sqlite_master where name = 'vectors'").fetchone()
        is not None
    )


@cache
def load(folder: Path) -> Encoder:
    """Give the model, read once."""
    return Encoder(folder)


def blend(connection: sqlite3.Connection, text: str, scores: dict[int, float]) -> dict[int, float]:
    """Add likeness of meaning to scores by words; the scores as they are when vectors or model are
    missing.

    Args:
        text: title on the first line, goals below.
        scores: document and score; only these are ranked.

    Returns:
        Scores from 0 to 1.
    """
    folder = find_model() if len(scores) > 1 and text.strip() and has_vectors(connection) else None
    if folder is None:
        return scores
    encoder = load(folder)
    np = encoder.np
    numbers = sorted(scores)
    asked = encoder.encode([text, next(line for line in text.splitlines() if line.strip())])
    titles, texts = (read(connection, np, "work", part) for part in ("title", "text"))
    names = dict(connection.execute("select id, work from documents"))
    nothing = np.zeros(encoder.size, dtype="float32")
    own = np.array(
        [0.4 * titles.get(names[n], nothing) + 0.6 * texts.get(names[n], nothing) for n in numbers]
    )
    topics = topic_likeness(connection, np, texts, asked[0])
    best: dict[str, float] = defaultdict(float)
    for work, topic in connection.execute("select work, topic from work_topics"):
        best[work] = max(best[work], topics.get(topic, 0.0))
    total = (
        standard(np, np.array([scores[n] for n in numbers]))
        + TEXTS * standard(np, own @ asked[0] + own @ asked[1])
        + TOPICS * standard(np, np.array([best[names[n]] for n in numbers]))
    )
    low, high = float(total.min()), float(total.max())
    return {
        n: float((value - low) / (high - low or 1.0))
        for n, value in zip(numbers, total, strict=True)
    }


def topic_likeness(
    connection: sqlite3.Connection, np: Any, texts: dict[str, Any], asked: Any
) -> dict[str, float]:
    """Give topics by likeness of their introduction and of the mean of their works."""
    members: dict[str, list[Any]] = defaultdict(list)
    for work, topic in connection.execute(
        "select work, topic from work_topics order by topic, work"
    ):
        if work in texts:
            members[topic].append(texts[work])
    found = {}
    for topic, vector in read(connection, np, "topic", "text").items():
        mean = np.mean(members[topic], axis=0) if members[topic] else vector
        found[topic] = float(
            0.5 * vector @ asked + 0.5 * mean @ asked / (np.linalg.norm(mean) or 1.0)
        )
    return found


def read(connection: sqlite3.Connection, np: Any, kind: str, part: str) -> dict[str, Any]:
    """Give vectors by name."""
    rows = connection.execute(
        "select id, vector from vectors where kind = ? and part = ?", (kind, part)
    )
    return {name: np.frombuffer(blob, dtype="<f2").astype("float32") for name, blob in rows}


def standard(np: Any, values: Any) -> Any:
    """Give values as standard deviations from their mean."""
    return (values - values.mean()) / (values.std() or 1.0)
