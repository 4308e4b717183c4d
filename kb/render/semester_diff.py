"""A difference between semesters as Markdown and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from kb.plan.diff import AREAS, Change, SemesterDiff
from kb.text import collapse

__all__ = ["change_text", "render_json", "render_markdown"]

SIGNS = {"added": "+", "dropped": "-", "not filled in": "?"}
"""Marks in front of changes; the others have `~`."""


def change_text(change: Change) -> tuple[str, str]:
    """Give mark and text of a change: `("~", "renamed: Summary -> Summary and Review")`."""
    sign = SIGNS.get(change.change, "~")
    if change.change == "added" and change.area in {"readings", "topics", "deliverables"}:
        where = f" under {change.new}" if change.new and change.new != change.subject else ""
        text = f"{change.subject}{where}"
    elif change.change in {"dropped", "not filled in"} and change.area in {
        "readings",
        "topics",
        "deliverables",
    }:
        where = f" (was under {change.old})" if change.old and change.old != change.subject else ""
        text = f"{change.subject}{where}"
    elif change.change in {"renamed", "merged", "split", "replaced"}:
        text = f"{change.old} -> {change.new}"
    else:
        arrow = (
            f"{change.old} -> {change.new}"
            if change.old and change.new
            else change.old or change.new
        )
        text = f"{change.subject}: {arrow}" if arrow else change.subject
    word = "" if sign in "+-" and change.change in {"added", "dropped"} else f"{change.change}: "
    return sign, f"{word}{text}" + (f" [{change.note}]" if change.note else "")


def cell(value: str) -> str:
    """Escape what a Markdown table would read as its own."""
    return collapse(value).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def render_markdown(diff: SemesterDiff) -> str:
    """Give a heading, what was not filled in, and a table for each area."""
    lines = [f"# {diff.old} to {diff.new}", ""]
    if diff.not_filled:
        lines += [
            "Not filled in, and so not compared:",
            "",
            *(f"- {cell(text)}" for text in diff.not_filled),
            "",
        ]
    for area in AREAS:
        changes = diff.of(area)
        if changes:
            lines += [
                f"## {area.title()}",
                "",
                "| Change | What | Before | After | Note |",
                "| - | - | - | - | - |",
            ]
            lines += [
                f"| {c.change} | {cell(c.subject)} | {cell(c.old)} | {cell(c.new)} | "
                f"{cell(c.note)} |"
                for c in changes
            ]
            lines.append("")
    if not diff.changes:
        lines += ["No differences.", ""]
    return "\n".join(lines)


def render_json(diff: SemesterDiff) -> str:
    """Give the difference as JSON."""
    data = {
        "old": diff.old,
        "new": diff.new,
        "not_filled": diff.not_filled,
        "changes": [asdict(c) for c in diff.changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
