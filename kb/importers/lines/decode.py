"""A fitted model of label sequences read without any library: the best labels, and how sure each is."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kb.importers.lines.features import Vocabulary

__all__ = ["Chain", "Labelled", "load_models"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The best labels of a line, and for each of its words the probability of every label."""

    labels: tuple[str, ...]
    shares: tuple[dict[str, float], ...]


class Chain:
    """A linear chain: weights of features for labels, and of labels for the next one."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.labels: list[str] = data["labels"]
        count = len(self.labels)
        self.weights = {
            name: [(pairs[n], pairs[n + 1] / 100) for n in range(0, len(pairs), 2)]
            for name, pairs in data["state"].items()
        }
        self.steps = [
            [data["trans"][i * count + j] / 100 for j in range(count)] for i in range(count)
        ]
        self.factors = [[math.exp(weight) for weight in row] for row in self.steps]

    def scores(self, rows: Sequence[Sequence[str]]) -> list[list[float]]:
        """Give each word's score for each label."""
        found = []
        for row in rows:
            score = [0.0] * len(self.labels)
            for name in row:
                for label, weight in self.weights.get(name, ()):
                    score[label] += weight
            found.append(score)
        return found

    def label(self, rows: Sequence[Sequence[str]]) -> Labelled:
        """Label the words of a line."""
        if not rows:
            return Labelled((), ())
        scores = self.scores(rows)
        return Labelled(
            tuple(self.labels[n] for n in self.best(scores)),
            tuple(dict(zip(self.labels, share, strict=True)) for share in self.marginals(scores)),
        )

    def label_only(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """Give the best labels alone."""
        return [self.labels[n] for n in self.best(self.scores(rows))] if rows else []

    def best(self, scores: list[list[float]]) -> list[int]:
        """Give the best sequence (Viterbi)."""
        every = range(len(self.labels))
        so_far, back = scores[0], []
        for score in scores[1:]:
            came = [max(every, key=lambda i, j=j: so_far[i] + self.steps[i][j]) for j in every]  # type: ignore[misc]
            so_far = [so_far[came[j]] + self.steps[came[j]][j] + score[j] for j in every]
            back.append(came)
        found = [max(every, key=so_far.__getitem__)]
        for came in reversed(back):
            found.append(came[found[-1]])
        return found[::-1]

    def marginals(self, scores: list[list[float]]) -> list[list[float]]:
        """Give each word's probability of each label (forward and backward)."""
        every = range(len(self.labels))
        local = [[math.exp(v - max(score)) for v in score] for score in scores]
        ahead = [normal(local[0])]
        for here in local[1:]:
            last = ahead[-1]
            ahead.append(
                normal([here[j] * sum(last[i] * self.factors[i][j] for i in every) for j in every])
            )
        behind = [[1.0] * len(self.labels)]
        for here in reversed(local[1:]):
            weighted = [here[j] * behind[-1][j] for j in every]
            behind.append(
                normal([sum(self.factors[i][j] * weighted[j] for j in every) for i in every])
            )
        behind.reverse()
        return [
            normal([u * v for u, v in zip(a, b, strict=True)])
            for a, b in zip(ahead, behind, strict=True)
        ]


def normal(values: list[float]) -> list[float]:
    """Give values scaled to a sum of one."""
    total = sum(values) or 1.0
    return [value / total for value in values]


@cache
def load_models() -> tuple[Vocabulary, Chain, Chain]:
    """Give the vocabulary, the chain for a line alone and the one for a line among others of its document."""
    packed = files("kb.importers.lines").joinpath("model.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    known = Vocabulary(frozenset(data["words"]), data["kinds"])
    return known, Chain(data["alone"]), Chain(data["among"])
