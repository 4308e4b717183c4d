"""The head of a planned semester's file: name, term, days, breaks; what speaks of the old one
becomes a comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import yaml

from kb.edit.semester_file import Patch, SemesterFile, above, fields, line_start, value_end
from kb.edit.semester_rows import moved, set_value
from kb.edit.yaml_scalar import quote
from kb.plan.roll_models import Roll
from kb.plan.stale_links import StaleNames
from kb.records import Break, Kind
from kb.text import DAYS

__all__ = ["breaks_lines", "head_patches", "speaks_of_old"]

ORIGIN = "# Planned from "
"""How the first comment begins."""


def speaks_of_old(text: str, old_id: str, year: int) -> bool:
    """Tell whether free text is about the old semester: it names it, or a year around it."""
    return old_id in text or any(str(y) in text for y in range(year - 1, year + 3))


def head_patches(
    file: SemesterFile, roll: Roll, new_id: str, term: str, days: bool, relink: StaleNames | None
) -> Iterator[Patch]:
    """Give the changes above and below the rows."""
    own = fields(file.root)
    yield from origin_comment(file, roll)
    year = roll.first.year
    for name, written in (("id", new_id), ("term", term), ("year", str(year))):
        if name in own:
            yield set_value(file, own[name][1], written)
    if "status" in own:
        yield set_value(file, own["status"][1], "preliminary")
    home = own.get("home")
    if (
        relink
        and home
        and isinstance(home[1], yaml.ScalarNode)
        and relink.renew(home[1].value) != home[1].value
    ):
        yield set_value(file, home[1], quote(relink.renew(home[1].value)))
    if "notes" in own and speaks_of_old(roll.old.notes, roll.old.id, roll.old.year):
        yield from commented_out(file, own["notes"], roll.old.id)
    if days:
        yield from meeting_patches(file, roll)
    yield from track_patches(file, roll)
    yield from term_patches(file, roll)
    yield from break_patches(file, roll)


def origin_comment(file: SemesterFile, roll: Roll) -> Iterator[Patch]:
    """Say where the file comes from; the old first comment is kept as the old semester's."""
    start = file.root.value[0][0].start_mark.index
    how = (
        f"all dates {roll.weeks.days:+d} days"
        if roll.exact
        else f"lectures on {', '.join(DAYS[d] for d in sorted(roll.days.get(roll.main, ())))}"
    )
    lines = [f"{ORIGIN}{roll.old.id}: first class {roll.first}, {how}."]
    for line in file.text[:start].splitlines():
        words = line.lstrip("# ").strip()
        if words and not line.startswith((ORIGIN, "---", "%")):
            lines.append(
                f"# {roll.old.id}: {words}" if not re.match(r"\w+: ", words) else f"# {words}"
            )
    yield Patch(0, start, "".join(line + file.newline for line in lines))


def commented_out(
    file: SemesterFile, pair: tuple[yaml.ScalarNode, yaml.Node], old_id: str
) -> Iterator[Patch]:
    """Turn a field into comments."""
    start = line_start(file.text, pair[0].start_mark.index)
    end = value_end(pair[1])
    stop = (
        end
        if file.text[end - 1 : end] == "\n"
        else (file.text.find("\n", end) + 1 or len(file.text))
    )
    lines = file.text[start:stop].splitlines(keepends=True)
    yield Patch(
        start, stop, f"# of {old_id}:{file.newline}" + "".join(f"# {line}" for line in lines)
    )


def meeting_patches(file: SemesterFile, roll: Roll) -> Iterator[Patch]:
    """Write other meeting days, where they are others; entries of one kind on different days share
    the new ones in order, with their times.
    """
    meetings = fields(file.root).get("meetings")
    seen: set[str] = set()
    rows = meetings[1].value if meetings and isinstance(meetings[1], yaml.SequenceNode) else []
    entries: dict[str, list[tuple[yaml.Node, yaml.Node, frozenset[int]]]] = defaultdict(list)
    for row in rows:
        own = fields(row)
        kind = own["kind"][1].value if "kind" in own else "lecture"
        seen.add(kind)
        if "days" in own:
            entries[kind].append((row, own["days"][1], days_of(own["days"][1])))
    for kind, found in entries.items():
        wanted = roll.days.get(Kind(kind), frozenset()) if kind in set(Kind) else frozenset()
        for (row, node, before), new in zip(
            found, shared_days([days for _, _, days in found], wanted), strict=True
        ):
            if new and new != before:
                yield Patch(node.start_mark.index, value_end(node), day_list(new))
            elif not new and wanted:
                yield Patch(
                    line_start(file.text, row.start_mark.index),
                    file.text.find("\n", value_end(row)) + 1 or len(file.text),
                    "",
                )
    missing = [
        f"  - {{kind: {kind}, days: {day_list(days)}}}"
        for kind, days in roll.days.items()
        if kind.value not in seen
    ]
    if not rows and missing:
        yield before_rows(file, ["meetings:", *missing])


def days_of(node: yaml.Node) -> frozenset[int]:
    """Give the weekdays of a list in a file, 0 is Monday."""
    return frozenset(
        DAYS.index(n.value[:3].title())
        for n in (node.value if isinstance(node, yaml.SequenceNode) else [node])
        if n.value[:3].title() in DAYS
    )


def shared_days(before: list[frozenset[int]], wanted: frozenset[int]) -> list[frozenset[int]]:
    """Give each entry of a kind its share of the new days: all of them where entries had the same
    days (sections), else the first new day for the first old one and so on, further ones for the
    last.

    Examples:
        >>> shared_days([frozenset({0}), frozenset({2})], frozenset({1, 3}))
        [frozenset({1}), frozenset({3})]
    """
    old = sorted(frozenset().union(*before))
    if frozenset(old) == wanted or not wanted:
        return before if wanted else [frozenset() for _ in before]
    if len(set(before)) == 1:
        return [wanted for _ in before]
    taken = {day: old[min(number, len(old) - 1)] for number, day in enumerate(sorted(wanted))}
    return [frozenset(day for day, place in taken.items() if place in days) for days in before]


def day_list(days: frozenset[int]) -> str:
    """Give `[Mon, Wed]`."""
    return f"[{', '.join(DAYS[d] for d in sorted(days))}]"


def term_patches(file: SemesterFile, roll: Roll) -> Iterator[Patch]:
    """Move the days of slots for a part of the term and of week 1; days that follow another
    weekday's schedule are the old university calendar's and become comments.
    """
    own = fields(file.root)
    if "term-title" in own:
        yield from commented_out(file, own["term-title"], roll.old.id)
    if "first-week" in own:
        yield set_value(file, own["first-week"][1], roll.first.isoformat())
    if "follow-days" in own:
        yield from commented_out(file, own["follow-days"], roll.old.id)
    meetings = own.get("meetings")
    for row in meetings[1].value if meetings and isinstance(meetings[1], yaml.SequenceNode) else []:
        for name in ("from", "to"):
            value = fields(row).get(name)
            if value and isinstance(value[1], yaml.ScalarNode):
                yield set_value(file, value[1], moved(value[1].value, roll.weeks))


def track_patches(file: SemesterFile, roll: Roll) -> Iterator[Patch]:
    """Move the dates of tracks by the same weeks."""
    tracks = fields(file.root).get("tracks")
    for row in tracks[1].value if tracks and isinstance(tracks[1], yaml.SequenceNode) else []:
        due = fields(row).get("due") if isinstance(row, yaml.MappingNode) else None
        if due and isinstance(due[1], yaml.ScalarNode):
            yield set_value(file, due[1], moved(due[1].value, roll.weeks))


def break_patches(file: SemesterFile, roll: Roll) -> Iterator[Patch]:
    """Write the new breaks; those that only rows told before stay in rows when they are carried
    over.
    """
    own = fields(file.root).get("breaks")
    if roll.carried:
        for row in own[1].value if own and isinstance(own[1], yaml.SequenceNode) else []:
            for name in ("from", "to"):
                value = fields(row).get(name)
                if value and isinstance(value[1], yaml.ScalarNode):
                    yield set_value(file, value[1], moved(value[1].value, roll.weeks))
        return
    lines = breaks_lines(roll.breaks, roll.first, roll.last)
    if own:
        start = line_start(file.text, own[0].start_mark.index)
        end = value_end(own[1])
        stop = (
            end
            if file.text[end - 1 : end] == "\n"
            else (file.text.find("\n", end) + 1 or len(file.text))
        )
        yield Patch(start, stop, "".join(line + file.newline for line in lines))
    elif lines:
        yield before_rows(file, lines)


def breaks_lines(breaks: tuple[Break, ...], first: date, last: date) -> list[str]:
    """Give the lines of `breaks:`, those of the term and the weeks around it."""
    around = timedelta(21)
    shown = [b for b in breaks if b.last >= first - around and b.first <= last + around]
    rows = [
        f"  - {{from: {b.first}{f', to: {b.last}' if b.last != b.first else ''}, title: "
        f"{flow_quote(b.title)}}}"
        for b in shown
    ]
    return ["breaks:", *rows] if rows else []


def flow_quote(value: str) -> str:
    """Give a title for use inside braces."""
    plain = quote(value)
    return plain if plain.startswith('"') or not re.search(r"[,'{}\[\]]", plain) else f'"{plain}"'


def before_rows(file: SemesterFile, lines: list[str]) -> Patch:
    """Put lines before the policy, else before the rows."""
    own = fields(file.root)
    key = own.get("policy") or own["sessions"]
    at = above(file.text, line_start(file.text, key[0].start_mark.index), 0)
    return Patch(at, at, "".join(line + file.newline for line in lines))
