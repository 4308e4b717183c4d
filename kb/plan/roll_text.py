"""The report of a plan, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from itertools import groupby

from kb.plan.notices import HEADINGS
from kb.plan.roll_plan import Plan
from kb.text import dated_day, plural

__all__ = ["plan_json", "plan_lines", "summary_line"]

SHOWN = 8
"""Notices of one kind that are shown unless all are wanted."""


def summary_line(plan: Plan) -> str:
    """Give one line: rows, weeks, first and last class."""
    roll = plan.roll
    old = [row for row in plan.rows if row.old]
    new = sum(bool(row.new) for row in plan.rows)
    how = f"every date {roll.weeks.days:+d} days" if roll.exact else f"first class {roll.first}"
    dropped = sum(not row.new for row in old)
    gone = f", {plural(dropped, 'day')} off left to the new calendar" if dropped else ""
    return (
        f"{plan.id} from {roll.old.id}: {how}; {len(old)} old rows, {new} rows in the new file"
        f"{gone}, {plural(len(plan.warnings), 'warning')}"
    )


def plan_lines(plan: Plan, full: bool = False) -> Iterator[tuple[str, str]]:
    """Give the report as pairs of style (`heading`, `warning`, `note`, `dim`) and text."""
    yield "heading", summary_line(plan)
    for kind, group in groupby(plan.notices, key=lambda n: n.kind):
        notices = list(group)
        shown = notices if full else notices[: max(SHOWN, sum(n.warning for n in notices))]
        yield "heading", f"{HEADINGS[kind]} ({len(notices)})"
        for notice in shown:
            yield (
                ("warning" if notice.warning else "note"),
                f"{notice.what}{f'; {notice.hint}' if notice.hint else ''}",
            )
        if len(notices) > len(shown):
            yield "dim", f"... and {len(notices) - len(shown)} more; --all lists them"


def shown_day(iso: str) -> str:
    """Give `Mon 2022-09-05`; `-` for none."""
    return dated_day(date.fromisoformat(iso)) if iso else "-"


def plan_json(plan: Plan) -> str:
    """Give the report as JSON."""
    roll = plan.roll
    data = {
        "semester": plan.id,
        "from": roll.old.id,
        "first": roll.first.isoformat(),
        "last": roll.last.isoformat(),
        "exact": roll.exact,
        "days": roll.weeks.days if roll.exact else None,
        "breaks": [
            {"from": b.first.isoformat(), "to": b.last.isoformat(), "title": b.title}
            for b in roll.breaks
        ],
        "breaks_carried_over": roll.carried,
        "free": {kind.value: [d.isoformat() for d in days] for kind, days in roll.free.items()},
        "rows": [asdict(row) for row in plan.rows],
        "notices": [asdict(notice) for notice in plan.notices],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
