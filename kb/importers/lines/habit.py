"""The habit of a document: what the words of its other lines are that stand where a word stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Habit"]

Keyed = Sequence[tuple[Sequence[str], str]]
"""The places of each word of a line, and its label."""

CLEAR = 0.7
"""Share of a place's words above which its label counts as clear."""


class Habit:
    """Counts of labels by place, over the lines of a document."""

    def __init__(self, lines: Iterable[Keyed] = ()) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        for line in lines:
            for keys, label in line:
                for key in keys:
                    self.counts[key][label] += 1

    def without(self, line: Keyed) -> Mapping[str, str]:
        """Give what the places of a line are in the other lines: `T` where that is clear, else `t`."""
        own: dict[str, Counter[str]] = defaultdict(Counter)
        for keys, label in line:
            for key in keys:
                own[key][label] += 1
        found = {}
        for key, mine in own.items():
            others = self.counts[key] - mine
            if others:
                label, count = max(others.items(), key=lambda pair: (pair[1], pair[0]))
                found[key] = label if count > CLEAR * others.total() else label.lower()
        return found
