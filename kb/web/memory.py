"""Answers that were given already: a page stays the same until the database or the program
changes."""

from __future__ import annotations

from collections import OrderedDict

from kb.web.answer import Answer

__all__ = ["Memory"]

MOST_BYTES = 16_000_000
LARGEST = 1_000_000
"""Answers beyond this size are not kept."""


class Memory:
    """The answers asked for last, by the tag under which they were sent; the oldest go when there
    is no room."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self.answers: OrderedDict[str, Answer] = OrderedDict()

    def get(self, tag: str) -> Answer | None:
        """Give the answer sent under a tag; None when it is not known any more."""
        found = self.answers.get(tag)
        if found is not None:
            self.answers.move_to_end(tag)
        return found

    def put(self, tag: str, answer: Answer) -> None:
        """Keep a good answer."""
        if answer.status != 200 or len(answer.body) > LARGEST or tag in self.answers:
            return
        self.answers[tag] = answer
        self.size += len(answer.body)
        while self.size > self.most_bytes:
            _, gone = self.answers.popitem(last=False)
            self.size -= len(gone.body)
