"""Works per year of each area as a line of small bars: places for the template `svg_areas.html`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

__all__ = ["AreaYears", "area_years"]

MOST_YEARS = 15
HEIGHT = 28.0
STEP = 11.0
"""Height of the picture and width of a year, in its own units."""


@dataclass(frozen=True, slots=True)
class AreaYears:
    """One area's works per year; all areas share the years and the scale."""

    bars: tuple[tuple[int, int, float, float, float], ...]
    """(year, works, x, y, height) of years with works."""
    years: tuple[tuple[int, int], ...]
    """(year, works) for the table."""
    first: int
    last: int
    most: tuple[int, int]
    """(year, works)"""
    earlier: int
    """Works of years before `first`, and of unknown ones."""
    width: float
    height: float = HEIGHT


def area_years(years: Mapping[str, Mapping[int, int]]) -> dict[str, AreaYears]:
    """Give the pictures of all areas; empty when no work has a year."""
    last = max((year for counts in years.values() for year in counts), default=0)
    if not last:
        return {}
    first = max(
        last - MOST_YEARS + 1, min(year for counts in years.values() for year in counts if year)
    )
    peak = max(
        (n for counts in years.values() for year, n in counts.items() if year >= first), default=1
    )
    found = {}
    for slug, counts in years.items():
        bars = []
        for place, year in enumerate(range(first, last + 1)):
            works = counts.get(year, 0)
            if works:
                height = max(1.5, round(works / peak * (HEIGHT - 2), 1))
                bars.append(
                    (year, works, round(place * STEP + 0.7, 1), round(HEIGHT - height, 1), height)
                )
        shown = tuple((y, n) for y, n, *_ in bars)
        most = max(shown, key=itemgetter(1, 0), default=(last, 0))
        found[slug] = AreaYears(
            tuple(bars),
            shown,
            first,
            last,
            most,
            sum(counts.values()) - sum(n for _, n in shown),
            (last - first + 1) * STEP,
        )
    return found
