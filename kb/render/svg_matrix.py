"""Works by semesters at a glance: places for the template `svg_matrix.html`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.plan.history import WorkHistory

__all__ = ["Cell", "Group", "Matrix", "matrix"]

LEFT, TOP, ROW, WIDTH = 58.0, 6.0, 20.0, 640.0
"""Room for the semesters' names, above, per semester, and for the whole picture, in its own
units."""

WIDEST, GAP = 16.0, 0.5
"""A work's column at most, and the space between two groups in columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A work that a semester assigned."""

    x: float
    y: float
    width: float
    title: str
    """`Data Cascades: F2022 and 3 more`."""


@dataclass(frozen=True, slots=True)
class Group:
    """Works that belong together."""

    title: str
    x: float
    width: float
    works: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture."""

    semesters: tuple[tuple[str, float], ...]
    """(semester, y of its middle), earliest first."""
    cells: tuple[Cell, ...]
    groups: tuple[Group, ...]
    works: int
    always: int
    """Works that every semester since their first assigned."""
    width: float
    height: float


def matrix(
    semesters: Sequence[str], groups: Sequence[tuple[str, Sequence[WorkHistory]]]
) -> Matrix | None:
    """Give the picture of works in groups; None when nothing was ever assigned or there is only
    one semester."""
    works = [w for _, members in groups for w in members]
    if not works or len(semesters) < 2:
        return None
    columns = len(works) + GAP * (len(groups) - 1)
    step = min(WIDEST, (WIDTH - LEFT) / columns)
    rows = {name: TOP + number * ROW for number, name in enumerate(semesters)}
    cells: list[Cell] = []
    bands: list[Group] = []
    x = LEFT
    for title, members in groups:
        bands.append(Group(title, round(x, 1), round(len(members) * step, 1), len(members)))
        for work in members:
            cells.extend(
                Cell(
                    round(x, 1),
                    round(rows[name] + 2, 1),
                    round(max(step - 1.5, step * 0.7), 1),
                    f"{name}: {work.title}",
                )
                for name in work.cells
            )
            x += step
        x += GAP * step
    always = sum(1 for w in works if not w.absent)
    named = tuple((name, y + ROW / 2) for name, y in rows.items())
    return Matrix(
        named,
        tuple(cells),
        tuple(bands),
        len(works),
        always,
        round(min(WIDTH, x), 1),
        TOP + ROW * len(semesters) + 4,
    )
