"""Public holidays, to warn about classes on them: calendars are copied by hand."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import holidays

__all__ = ["country_of", "public_holidays"]


def country_of(zone: str) -> str:
    """Give the country of an IANA time zone, `US` for `America/New_York`; empty for one without.

    Source: `zone.tab` of the time zone database.
    """
    table = files("tzdata").joinpath("zoneinfo", "zone.tab")
    try:
        lines = table.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next(
        (
            parts[0]
            for line in lines
            if not line.startswith("#") and len(parts := line.split("\t")) > 2 and parts[2] == zone
        ),
        "",
    )


def public_holidays(country: str, first: date, last: date) -> dict[date, str]:
    """Give the public holidays of a country (`US`, `DE`, `DE-BY`) between two days; none for an
    unknown one.
    """
    name, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(
            name, subdiv=part or None, years=range(first.year, last.year + 1), language="en_US"
        )
    except NotImplementedError:
        return {}
    return {
        day: title for day, title in sorted(found.items()) if first <= day <= last + timedelta(0)
    }
