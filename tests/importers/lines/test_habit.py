"""What the other lines of a document say of a place."""

from __future__ import annotations

from kb.importers.lines.habit import Habit


def test_a_line_sees_the_others_and_not_itself() -> None:
    lines = [
        [(["first"], "A"), (["second"], "T")],
        [(["first"], "A"), (["second"], "T")],
        [(["first"], "T"), (["third"], "Y")],
    ]
    habit = Habit(lines)
    assert habit.without(lines[2]) == {"first": "A"}
    assert habit.without(lines[0]) == {"first": "t", "second": "T"}
    assert Habit(lines[:1]).without(lines[0]) == {}
