"""Works per year as bars: places and sizes for the template `svg_years.html`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Bar", "YearBars", "year_bars"]

WIDTH, HEIGHT = 640.0, 102.0
"""Size of the picture in its own units."""

BASE = 76.0
"""Where the bars stand; labels are below."""

MOST_YEARS = 30
"""Earlier years have no bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year and its works."""

    year: int
    works: int
    x: float
    y: float
    width: float
    height: float
    label: float
    """Where the middle of its label is; 0 when there is no room for one."""


@dataclass(frozen=True, slots=True)
class YearBars:
    """A picture of works per year."""

    bars: tuple[Bar, ...]
    first: int
    last: int
    total: int
    most: tuple[int, int]
    """(year, works) of the highest bar."""
    before: int
    """Works of earlier years that have no bar, and of years not known."""
    width: float = WIDTH
    height: float = HEIGHT
    base: float = BASE


def year_bars(years: Mapping[int, int]) -> YearBars | None:
    """Give the picture; None when there are fewer than two years to compare. Year 0 is "not
    known"."""
    known = {year: works for year, works in years.items() if year}
    if len(known) < 2:
        return None
    last = max(known)
    first = max(min(known), last - MOST_YEARS + 1)
    span = range(first, last + 1)
    shown = {year: known.get(year, 0) for year in span}
    peak = max(shown.values())
    step = WIDTH / len(span)
    every = max(1, -(-64 // step))
    bars = []
    for place, year in enumerate(span):
        height = round(shown[year] / peak * (BASE - 16), 1)
        if shown[year]:
            height = max(height, 2.0)
        label = (
            round(min(max((place + 0.5) * step, 26), WIDTH - 26), 1)
            if (last - year) % every == 0
            else 0
        )
        bars.append(
            Bar(
                year,
                shown[year],
                round(place * step + step * 0.1, 1),
                round(BASE - height, 1),
                round(step * 0.8, 1),
                height,
                label,
            )
        )
    most = max(shown, key=lambda year: (shown[year], year))
    return YearBars(
        tuple(bars),
        first,
        last,
        sum(shown.values()),
        (most, shown[most]),
        sum(years.values()) - sum(shown.values()),
    )
