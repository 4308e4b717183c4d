"""History as JSON: what `kb history --json` prints and `/history.json` serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kb.plan.history import History, WorkHistory

__all__ = ["history_data"]


def history_data(found: History, works: Iterable[WorkHistory]) -> dict[str, Any]:
    """Give works, topics and chains by semesters as plain data."""
    return {
        "semesters": found.semesters,
        "works": [
            {
                "work": w.work,
                "title": w.title,
                "assigned": {
                    s: {"portions": p, "sessions": t, "topics": w.topics.get(s, ())}
                    for s, (p, t) in w.cells.items()
                },
                "absent": {s: {**asdict(a), "text": a.text} for s, a in w.absent.items()},
                "replaces": [asdict(r) for r in w.replaces],
                "replaced_by": [asdict(r) for r in w.replaced_by],
            }
            for w in works
        ],
        "topics": [
            {
                "topic": t.topic,
                "title": t.title,
                "cells": {s: {**asdict(c), "text": c.text} for s, c in t.cells.items()},
            }
            for t in found.topics
        ],
        "chains": found.chains,
    }
