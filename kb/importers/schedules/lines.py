"""Lines below a row, and what stands behind a date: labels, titles, works, homework."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.importers.columns import Role, label_role
from kb.importers.runs import ATOM, Cell
from kb.importers.schedules.evidence import CERTAIN, due_score, line_role, work_score
from kb.importers.topic_cell import badge_kind, is_title_of_row

__all__ = ["CHOOSE", "Label", "label_of", "labelled_line", "parts_of"]

LABEL = re.compile(r"\s*(?P<label>[^\W\d_][\w &/()'’-]{1,40}?)\s*:\s*(?P<rest>.*)", re.DOTALL)
INSIDE = re.compile(
    r"(?:^|(?<=[.;:)\n]))\s*(?P<label>(?:(?:required|optional|recommended|suggested|further|additional|assigned)\s+)?"
    r"(?:readings?|papers?|texts?|read|due|homework|hw due|assignments?|slides|notes|video|materials?|screening))\s*:\s*",
    re.IGNORECASE,
)
"""A label inside a line: `Readings:`, `Due:`."""

BARE_LABEL = re.compile(
    r"(?:required|optional|recommended|suggested|further|additional|supplementary|background|core|secondary)?\s*(?:readings?|papers?|texts?)?",
    re.IGNORECASE,
)
CHOOSE = re.compile(
    r"\W*(?:please )?(?:read|choose|pick|select)\s+(?:at least |any )?(?:one|two|three|1|2|3)\b",
    re.IGNORECASE,
)
INSTRUCTION = re.compile(
    r"(?:skip|focus on|you (?:may|can|should|do)|ignore|think about|consider|come prepared|be (?:ready|prepared)|no need|please (?!read)|bring|post|submit)\b",
    re.IGNORECASE,
)
"""What one is to do with a reading, or besides."""

READS = frozenset({Role.READING, Role.OPTIONAL})
KEPT = frozenset({Role.INSTRUCTOR, Role.NOTE, Role.KIND, Role.IGNORED})
"""Roles whose label stays with the text."""

DUE_LINE = re.compile(r"[^\W\d_][\w ’'-]{1,40}\s(?:due|out|released)", re.IGNORECASE)
"""`Proposal due`, which is homework and labels nothing."""

SENTENCE = re.compile(r"(?<=[\w)⟫”\"’?!])[.?!](?P<close>[⟫”\"’)]*)\s+(?=[⟪“\"\w\ue000-\uf8ff§@])")
SHORT = re.compile(
    r"(?:^|[\W\d_])(?:[A-Z]|chs?|vs?|pp?|eds?|cf|al|no|secs?|vols?|dr|prof|mrs?|ms|st|jr|e\.g|i\.e|jan|feb|mar|apr|aug|sept?|oct|nov|dec)$",
    re.IGNORECASE,
)
"""Words whose full stop ends no sentence."""

READ_BEHIND = re.compile(
    r"\s+(?:--|–|—|-)\s+(?=(?:please )?(?:read|skim|watch)\s+[“\"⟪A-Z\ue000-\uf8ff])"
)
HOMEWORK_BEHIND = re.compile(
    r"\s*;\s*(?=(?:hw|ps|lab|homework|assignment|project)\s*#?\d*\s+due\b)", re.IGNORECASE
)
MAX_LABEL = 4
MAX_TITLE = 15
TITLE_LABEL = re.compile(r"\s*(?:topics?|titles?|themes?|lectures?)\s*:\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a line: its role, what is behind it, and a remark in it."""

    role: Role
    said: str
    rest: str
    remark: str = ""


def label_of(text: str, hints: dict[str, str]) -> Label | None:
    """Read the label a line begins with; one without colon only where the line is nothing else."""
    bare = text.strip(" *_:⟪⟫.")
    if len(bare.split()) <= MAX_LABEL and (
        text.rstrip(" *_⟫").endswith(":") or (bare and BARE_LABEL.fullmatch(bare))
    ):
        role = label_role(bare, hints)
        return Label(role, bare, "") if role else None
    if DUE_LINE.fullmatch(bare):
        return None
    found = LABEL.fullmatch(
        text.translate({ord("⟪"): None, ord("⟫"): None})
        if text.startswith("⟪") and "⟫:" in text[:50]
        else text
    )
    if found is None:
        return None
    said, _, remark = found["label"].partition("(")
    role = label_role(said.strip(), hints)
    return Label(role, said, found["rest"], remark.strip(" )")) if role else None


def labelled_line(
    cell: Cell, context: Role | None, hints: dict[str, str], *, item: bool, reads: bool = True
) -> tuple[Role | None, tuple[tuple[Role, Cell], ...]]:
    """Read a line below a row: by its label, else by what the label above says, else by what it seems to be.

    Args:
        item: the line is an item of a list, or below one.
        reads: a line without label that names a work is a reading.

    Returns:
        The role that holds for the lines below, and the cells.
    """
    if CHOOSE.match(cell.text):
        return Role.READING, ((Role.READING, cell),)
    label = label_of(cell.text, hints)
    if label is not None:
        return by_label(cell, label, context, item)
    guess = line_role(cell, reads or context in READS)
    if context is not None and (item or guess is Role.READING) and obeys(cell, context, guess):
        return context, ((context, cell),)
    return (context if item else None), ((guess, cell),)


def obeys(cell: Cell, context: Role, guess: Role) -> bool:
    """Tell whether a line is what the label above says; homework and instructions are no readings."""
    return context not in READS or not (
        guess in {Role.DELIVERABLE, Role.MATERIAL} or INSTRUCTION.match(cell.text)
    )


def by_label(
    cell: Cell, label: Label, context: Role | None, item: bool
) -> tuple[Role | None, tuple[tuple[Role, Cell], ...]]:
    """Read a line by its label."""
    chosen = ((label.role, Cell(f"{label.remark}:")),) if CHOOSE.match(label.remark) else ()
    if not label.rest.strip():
        return label.role, chosen
    if label.role is Role.INSTRUCTOR:
        return context, (*chosen, (label.role, cell))
    numbered = label.role is Role.DELIVERABLE and re.search(r"\d|\b(?:out|released)\b", label.said)
    kept = label.role in KEPT or numbered
    return (context if item else label.role), (
        *chosen,
        *parts_by_label((label.role, cell if kept else cell.part(label.rest))),
    )


def parts_by_label(first: tuple[Role, Cell]) -> tuple[tuple[Role, Cell], ...]:
    """Split what is behind a label at further labels inside it."""
    role, cell = first
    found = list(INSIDE.finditer(cell.text))
    cells = [(role, cell.part(cell.text[: found[0].start()] if found else cell.text))]
    for label, following in zip(found, [*found[1:], None], strict=False):
        part = cell.text[label.end() : following.start() if following else len(cell.text)]
        cells.append(
            (label_role(label["label"].strip(), {}) or Role.NOTE, cell.part(part.strip(" .;")))
        )
    return tuple((r, c) for r, c in cells if c.text.strip())


def parts_of(cell: Cell, *, bold: str = "") -> tuple[tuple[Role, Cell], ...]:
    """Split what stands behind a date into topic, readings, homework and labelled parts.

    Args:
        bold: words in bold it begins with, which are its title when more follows.
    """
    text = cell.text
    label = label_of(text, {})
    if label is not None and label.rest.strip() and label.role not in KEPT:
        return parts_by_label((label.role, cell.part(label.rest)))
    told = READ_BEHIND.search(text)
    if told:
        return (
            (Role.TOPIC, cell.part(text[: told.start()])),
            *works_and_due(cell, text[told.end() :]),
        )
    if INSIDE.search(text):
        at_start = INSIDE.match(text)
        (_, first), *others = parts_by_label((Role.TOPIC, cell))
        if others and at_start is None:
            return ((Role.TOPIC, first.part(first.text.strip(" .;:-"))), *others)
        if at_start is not None:
            return parts_by_label((Role.TOPIC, cell))
    return by_sentence(cell, bold)


def works_and_due(cell: Cell, text: str) -> tuple[tuple[Role, Cell], ...]:
    """Split works and the homework behind them."""
    due = HOMEWORK_BEHIND.search(text)
    if due is None:
        return ((Role.READING, cell.part(text)),)
    return (Role.READING, cell.part(text[: due.start()])), (
        Role.DELIVERABLE,
        cell.part(text[due.end() :]),
    )


def by_sentence(cell: Cell, bold: str) -> tuple[tuple[Role, Cell], ...]:
    """Give sentences before the first that names a work as the topic, those from there on as readings until homework."""
    pieces = sentences(cell.text)
    if len(pieces) == 1:
        plain = cell.plain()
        if due_score(cell) >= CERTAIN and not is_title_of_row(plain):
            return ((Role.DELIVERABLE, cell),)
        strong = work_score(cell.part(ATOM.sub("", cell.text))) >= CERTAIN and not is_title_of_row(
            plain
        )
        return ((Role.READING if strong else Role.TOPIC, cell),)
    cells: list[tuple[Role, Cell]] = []
    for number, piece in enumerate(pieces):
        part = cell.part(piece)
        titled = number == 0 and bool(bold) and bold.strip(" .:") == part.plain().strip(" .:")
        short = number == 0 and ITALIC_ALONE.fullmatch(piece.strip(" .")) is not None
        role = Role.TOPIC if titled or short or is_title_of_row(part.plain()) else line_role(part)
        if role in {Role.NOTE, Role.MATERIAL}:
            role = cells[-1][0] if cells and cells[-1][0] in READS else Role.TOPIC
        further = bool(cells) and (
            is_title_of_row(part.plain()) or any(r is not Role.TOPIC for r, _ in cells)
        )
        if role is Role.TOPIC and further:
            role = Role.NOTE
        if cells and cells[-1][0] is role and role is not Role.DELIVERABLE:
            cells[-1] = (
                role,
                cell.part(
                    f"{cells[-1][1].text}. {piece}"
                    if not cells[-1][1].text.rstrip().endswith(("?", "!"))
                    else f"{cells[-1][1].text} {piece}"
                ),
            )
        else:
            cells.append((role, part))
    return tuple(cells)


ITALIC_ALONE = re.compile(r"⟪[^⟪⟫]+⟫")


def sentences(text: str) -> list[str]:
    """Split text at full stops that end sentences; question marks stay."""
    found: list[str] = []
    last = 0
    for match in SENTENCE.finditer(text):
        before = text[last : match.start() + 1].rstrip(".") + match["close"]
        if match[0][0] == "." and SHORT.search(text[last : match.start()]):
            continue
        if (
            before.count("“") > before.count("”")
            or before.count("(") > before.count(")")
            or before.count('"') % 2
            or before.count("⟪") > before.count("⟫")
        ):
            continue
        found.append(before.strip())
        last = match.end()
    rest = text[last:].strip()
    return [part for part in (*found, rest) if part] or [text]


def is_badge(word: str) -> bool:
    """Tell whether a word in bold says what kind a row is."""
    return badge_kind(word) is not None
