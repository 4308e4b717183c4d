"""The deliverable column: homework that is due, what is handed out, lists of public submissions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kb.importers.drafts import DraftDeliverable
from kb.importers.runs import ATOM, Cell
from kb.importers.schedules.words import is_material
from kb.importers.topic_cell import LEADING_PICTURE
from kb.parse.dates import find_day
from kb.records import Submission

__all__ = ["NO_DELIVERABLE", "due_when", "read_deliverables"]

CODE = re.compile(
    r"\s*((?:HW|PS|[A-Z])[ -]?\d{1,2}(?:\.\d|[a-z])?)(?:\s*[:–-]\s*|\.\s+)(.+)", re.DOTALL
)
"""`I1: ML Product`, `HW2 - Testing`."""

CODE_OR = re.compile(r"\s*((?:HW|PS|[A-Z])[ -]?\d{1,2}[a-z]?)\s+or\b.+", re.DOTALL)
"""`I3 or PhD project`."""

CODED = re.compile(
    r"(?:[A-Z]\d{1,2}|(?:HW|PS|Lab|Homework|Assignment|Project|Milestone|Problem Set|Quiz|Final)\b ?#?\d{0,2})(?=\W|\s|$)"
)
"""How labels begin that name homework."""

SUBMISSIONS = re.compile(r"\(?\s*(?:submissions?\s*:)\s*(.*?)\)?\s*$", re.IGNORECASE | re.DOTALL)
NO_DELIVERABLE = re.compile(r"[-–—\s]*|none|n/?a|nothing(?: due)?\.?", re.IGNORECASE)
WHEN = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?(?:20\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?)[^()]{0,20}"
OUT = re.compile(
    r"(?:[\s:(-]+(?:is |goes )?(?:out|released|posted|assigned|handed out|starts?)(?: today)?[\s)!.]*(?:$|(?=:\s))|^\W*(?:out|released|release|assigned|start)\s*:?\s+(?=\S))",
    re.IGNORECASE,
)
"""`HW1 out`: handed out, not due."""

DUE_AT = re.compile(
    rf"[\s:,(-]+(?:is )?(?P<due>due\b[\s:]+(?:on |by )?{'(?:' + WHEN + ')'})\W*$", re.IGNORECASE
)
"""`HW1 due 9/20 11:59pm`: due on another day."""

CLOCK = re.compile(
    r"\s*\((?:due )?(?P<day>[^()]{3,24}?\d,?\s+(?:at |by |@ ?)?\d{1,2}(?::\d\d)?\s*[ap]m)\)\W*$|(?:^(?=\S)|\s*[,(@]\s*|\s+(?=by|at|due)\b)(?:due\s+)?(?:by |at |@ ?)?(?P<when>\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\.?(?:\s*(?:-|–|to)\s*\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\.?)?|\d\d:\d\d)\)?\W*$",
    re.IGNORECASE,
)
"""`, 11:59pm` behind homework; a time alone is no homework."""

DUE = re.compile(
    r"(?:[\s:,(-]+(?:is )?due\b(?:\s+(?:today|(?:at |@ ?|by )?(?:\d{1,2}(?::\d\d)? ?(?:[ap]m)?|midnight|noon)|before class|in class))?[\s)!.]*$|^\W*due\s*:?\s+(?=\S))",
    re.IGNORECASE,
)
"""`HW1 due`, `Due: HW1`."""


def read_deliverables(cell: Cell) -> tuple[tuple[DraftDeliverable, ...], tuple[str, ...]]:
    """Give the homework of a cell that is due, with its list of public submissions, and remarks on what is handed out."""
    due: list[DraftDeliverable] = []
    released: list[str] = []
    for whole in pieces_of(cell):
        clock = CLOCK.search(whole.title)
        if clock and not clock.start():
            released.append(f"due {clock['when']}")
            continue
        found = (
            replace(
                whole,
                title=whole.title[: clock.start()],
                due=f"due {clock['day'] or clock['when']}",
            )
            if clock
            else whole
        )
        at = DUE_AT.search(found.title)
        if at and at.start() > 0:
            due.append(
                replace(
                    found,
                    title=OUT.sub("", found.title[: at.start()].strip(" ,;:(")),
                    due=at["due"],
                )
            )
        elif OUT.search(found.title) and not DUE.search(found.title):
            released.append(
                f"out: {found.code + ': ' if found.code else ''}{OUT.sub('', found.title)}{f' {found.url}' if found.url else ''}".strip()
            )
        else:
            due.append(found)
    return tuple(due), tuple(released)


def due_when(written: str, row: date, year: int, term: str, day_first: bool) -> str:
    """Give `due 9/10 11:59pm` as `2023-09-10T23:59`; empty when it names no date, or none of the months around its row."""
    found = find_day(
        re.sub(r"^due\b[\s:]*", "", written, flags=re.IGNORECASE), year, term, day_first
    )
    if found.day is None:
        return (
            f"{row}T{found.time.start:%H:%M}"
            if found.time and found.time.end is None and not found.rest
            else ""
        )
    try:
        day = min(
            (
                found.day.replace(year=found.day.year + more)
                for more in ((0,) if found.year_written else (-1, 0, 1))
            ),
            key=lambda d: abs((d - row).days),
        )
    except ValueError:
        day = found.day
    at = found.time.start if found.time and found.time.end is None else None
    return (
        ""
        if not timedelta(-30) < day - row < timedelta(120)
        else f"{day}T{at:%H:%M}"
        if at
        else str(day)
    )


def pieces_of(cell: Cell) -> Iterator[DraftDeliverable]:
    """Give what stands in a cell, one by one."""
    if NO_DELIVERABLE.fullmatch(cell.plain()) and not cell.links_in(cell.text):
        return
    for line in split_deliverables(cell):
        piece = cell.part(line)
        links = [link for link in piece.links_in(line) if not link.image]
        atoms = [
            m
            for m in ATOM.finditer(line)
            if (linked := piece.link_at(m[0])) is not None and not linked.image
        ]
        submissions: tuple[Submission, ...] = ()
        head = line
        if len(links) > 1 and (
            SUBMISSIONS.search(line) or re.match(r"\W*\S\s*:", line[atoms[0].start() :])
        ):
            head = line[: atoms[1].start()]
            submissions = tuple(Submission(title=link.label, url=link.url) for link in links[1:])
        elif SUBMISSIONS.search(line) or re.match(r"\s*[A-Z]\d+:[^:]+:\s", line):
            found = SUBMISSIONS.search(line) or re.search(r"(?<=:)([^:]*)$", line)
            assert found is not None
            head = line[: found.start()]
            submissions = tuple(
                Submission(title=t.strip())
                for t in re.split(r",", piece.plain(found[1]))
                if t.strip()
            )
        plain = re.sub(
            r"\s*\(?\s*submissions?\s*:?\s*$", "", piece.plain(head), flags=re.IGNORECASE
        ).strip(" ,;:(")
        plain = LEADING_PICTURE.sub("", plain)
        plain = DUE.sub("", plain).strip(" ,;:") or plain
        address = links[0].url if links and links[0].label == links[0].url else ""
        plain = plain.replace(address, "").strip(" ,;:()") or plain if address else plain
        code = CODE.fullmatch(plain)
        alternative = CODE_OR.fullmatch(plain)
        if plain:
            yield DraftDeliverable(
                code=code[1] if code else alternative[1] if alternative else "",
                title=(code[2] if code else plain).strip(),
                url=links[0].url if links else "",
                submissions=submissions,
            )


def split_deliverables(cell: Cell) -> list[str]:
    """Split a cell into deliverables: lines, and `and` before a further code."""
    lines = [line for line in cell.text.split("\n") if line.strip()]
    pieces: list[str] = []
    for line in lines:
        parts = (
            re.split(
                r"\s*(?:,|;|\band\b|&)\s+(?=[A-Z]\d{1,2}\b|(?:HW|PS|Lab|Homework|Assignment|Project|Problem Set|Quiz) ?\d)|;\s+",
                line,
            )
            if not SUBMISSIONS.search(line)
            else [line]
        )
        if (
            len(parts) == 1
            and re.fullmatch(r"\s*[\ue000-\uf8ff](?:\s*,\s*[\ue000-\uf8ff])+\s*", line)
            and all(
                len(link.label.split()) > 1 and not is_material(link.label)
                for link in cell.links_in(line)
            )
        ):
            parts = re.split(r"\s*,\s*", line)
        for found in reversed(
            [m for m in re.finditer(r"\s*(?:,|;|\band\b|&)\s+(?=([\ue000-\uf8ff]))", line)]
            if len(parts) == 1 and not SUBMISSIONS.search(line)
            else []
        ):
            link = cell.link_at(found[1])
            if link is not None and CODED.match(link.label):
                parts[0:1] = [parts[0][: found.start()], parts[0][found.end() :]]
        parts = [
            part
            for piece in parts
            for part in re.split(
                r"(?<=\b(?:due|out)),?\s+(?:and\s+|&\s+)?(?=[\ue000-\uf8ff])", piece
            )
        ]
        joined = (
            re.split(r"(?<=[\ue000-\uf8ff])\s+(?:and|&)\s+(?=[\ue000-\uf8ff])", line)
            if len(parts) == 1 and "(" not in line and ":" not in ATOM.sub("", line)
            else parts
        )
        pieces.extend(joined)
    return pieces
