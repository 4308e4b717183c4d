"""A chain of labels from weights: the best sequence, and how sure each label is."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp

import pytest

from kb.importers.lines.decode import Chain

WEIGHTS = {
    "labels": ["A", "T", "Y"],
    "trans": [50, 20, -10, -30, 80, 40, 0, -70, 10],
    "state": {"w=roe": [0, 200], "w=salt": [1, 150], "cap": [0, 30, 1, 20], "yr": [2, 300, 1, -50]},
}
ROWS = [["w=roe", "cap"], ["w=salt", "cap"], ["cap", "unknown"], ["yr"]]


def every_sequence() -> dict[tuple[str, ...], float]:
    """Give the weight of every sequence of labels, counted out."""
    labels, steps, state = WEIGHTS["labels"], WEIGHTS["trans"], WEIGHTS["state"]
    found = {}
    for sequence in product(range(3), repeat=len(ROWS)):
        score = sum(
            pairs[k + 1]
            for at, row in zip(sequence, ROWS, strict=True)
            for name in row
            for pairs in [state.get(name, [])]
            for k in range(0, len(pairs), 2)
            if pairs[k] == at
        )  # type: ignore[attr-defined]
        score += sum(steps[a * 3 + b] for a, b in pairwise(sequence))  # type: ignore[index]
        found[tuple(labels[n] for n in sequence)] = score / 100  # type: ignore[index]
    return found


def test_the_best_sequence_is_the_one_that_counting_finds() -> None:
    scores = every_sequence()
    assert Chain(WEIGHTS).label(ROWS).labels == max(scores, key=lambda s: scores[s])


def test_shares_are_those_that_counting_finds() -> None:
    scores = every_sequence()
    total = sum(exp(s) for s in scores.values())
    shares = Chain(WEIGHTS).label(ROWS).shares
    for at in range(len(ROWS)):
        for label in ("A", "T", "Y"):
            counted = sum(exp(s) for sequence, s in scores.items() if sequence[at] == label) / total
            assert shares[at][label] == pytest.approx(counted)


def test_an_empty_line_has_no_labels() -> None:
    assert Chain(WEIGHTS).label([]).labels == ()
