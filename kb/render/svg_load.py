"""Minutes of reading per week against the promise: places for the template `svg_load.html`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.plan.load import Load

__all__ = ["LoadPicture", "WeekBar", "load_picture", "minutes_text"]

WIDTH, HEIGHT, LEFT, BASE, TOP = 640.0, 190.0, 34.0, 160.0, 10.0
"""Size of the picture, room for the hours, where bars stand, and room above, in its own units."""

LABEL = 70.0
"""Room a date needs."""


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A week: a solid bar to the quick reader's minutes, a light one on it to the careful
    reader's."""

    number: int
    """From 1."""
    name: str
    """`Sep 5`, or `no date yet`."""
    x: float
    width: float
    low_y: float
    high_y: float
    low: str
    high: str
    """In words: `1 h 30 min`."""
    verdict: str
    label: float
    """Where the middle of its label is; 0 for none."""
    sessions: tuple[tuple[str, str], ...]
    """(session, title)"""


@dataclass(frozen=True, slots=True)
class LoadPicture:
    """The picture and what it says in words."""

    weeks: tuple[WeekBar, ...]
    hours: tuple[tuple[int, float], ...]
    """(hours, y) of the lines."""
    promise_top: float
    promise_height: float
    promise: str
    """`1 to 2 hours`."""
    promise_from: str
    summary: str
    rule: str
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    base: float = BASE


def minutes_text(minutes: int) -> str:
    """Say a span.

    Examples:
        >>> minutes_text(95), minutes_text(120), minutes_text(30)
        ('1 h 35 min', '2 h', '30 min')
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(
        p for p in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if p
    )


def load_picture(load: Load) -> LoadPicture | None:
    """Give the picture; None when fewer than two weeks have something to read."""
    if sum(1 for w in load.weeks if w.high) < 2:
        return None
    top = max(60, -(-max(load.peak, load.promise_high) // 60) * 60)
    scale = (BASE - TOP) / top
    step = (WIDTH - LEFT) / len(load.weeks)
    every = max(1, -(-int(LABEL) // max(1, int(step))))
    bars = []
    for place, week in enumerate(load.weeks):
        middle = LEFT + (place + 0.5) * step
        bars.append(
            WeekBar(
                place + 1, week_name(week.start), round(LEFT + place * step + step * 0.14, 1),
                round(step * 0.72, 1),
                round(BASE - week.low * scale, 1), round(BASE - week.high * scale, 1),
                minutes_text(week.low), minutes_text(week.high), week.verdict,
                round(min(max(middle, LEFT + 20), WIDTH - 26), 1) if place % every == 0 else 0,
                tuple((s.session, s.title) for s in week.sessions),
            )
        )  # fmt: skip
    over, read = (
        sum(1 for w in load.weeks if w.verdict == "over"),
        [w for w in load.weeks if w.high],
    )
    heaviest = max(read, key=lambda w: (w.high, w.low))
    summary = (
        f"{len(read)} of {len(load.weeks)} weeks have something to read; the heaviest begins "
        f"on {week_name(heaviest.start)} with {minutes_text(heaviest.low)} to "
        f"{minutes_text(heaviest.high)}"
    )
    summary += (
        f"; {over} {'asks' if over == 1 else 'ask'} for more than promised."
        if over
        else "; none asks for more than promised."
    )
    hours = tuple(
        (h, round(BASE - h * 60 * scale, 1)) for h in range(0, top // 60 + 1, max(1, top // 240))
    )
    band_top = round(BASE - load.promise_high * scale, 1)
    promise = (
        f"{load.promise_low / 60:g} to {load.promise_high / 60:g} hours"
        if load.promise_low != load.promise_high
        else f"{load.promise_high / 60:g} hours"
    )
    return LoadPicture(
        tuple(bars),
        hours,
        band_top,
        round((load.promise_high - load.promise_low) * scale, 1),
        promise,
        load.promise_from,
        summary,
        load.reading_rule,
    )


def week_name(start: str) -> str:
    """Give `Sep 5` for a week's Monday."""
    if not start:
        return "a week without date"
    day = date.fromisoformat(start)
    return f"{day:%b} {day.day}"
