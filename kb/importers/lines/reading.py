"""What a line says of a work, read from learned labels, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.importers.lines.decode import Labelled, load_models
from kb.importers.lines.features import features, habit_keys
from kb.importers.lines.habit import Habit
from kb.importers.lines.tokens import BREAK, Line, read_line

__all__ = ["LineReading", "read_lines"]

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
SHORT_YEAR = re.compile(r"\d\d")

MARKED = 6.0
"""Words that a link or quotes around a title are worth against a longer run without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReading:
    """A reading of one line."""

    title: str = ""
    people: str = ""
    """As they are written."""
    year: int | None = None
    venue: str = ""
    numbers: str = ""
    """Volume, number and pages, as written."""
    publisher: str = ""
    url: str = ""
    note: str = ""
    sure: float = 0.0
    """How sure title, people and year are, from 0 to 1; the least sure word counts."""
    work: float = 0.0
    """How much of the line is parts of a work rather than prose, from 0 to 1."""
    order: str = ""
    """The parts in the order of the line: `AYTCN`."""


def read_lines(texts: Sequence[str]) -> list[LineReading]:
    """Read the lines of one document; what stands alike in its other lines counts as evidence.

    Examples:
        >>> read_lines(["Roe, A. (1999). Salt roads of the north. Sea Press."])[0].title
        'Salt roads of the north'
    """
    known, alone, among = load_models()
    lines = [read_line(text) for text in texts]
    keyed = [
        list(zip(habit_keys(line, known), alone.label_only(features(line, known)), strict=True))
        for line in lines
    ]
    habit = Habit(keyed)
    return [
        reading_of(line, among.label(features(line, known, habit=habit.without(own))))
        for line, own in zip(lines, keyed, strict=True)
    ]


def reading_of(line: Line, found: Labelled) -> LineReading:
    """Give what the labels of a line say."""
    if not line.tokens:
        return LineReading()
    labels = found.labels
    title = main_run(line, found)
    order = "".join(
        label for at, label in enumerate(labels) if label != "O" and labels[at - 1 : at] != (label,)
    )
    share = sum(1 - s.get("R", 0) for s in found.shares[:12]) / min(12, len(labels))
    if title is None:
        return LineReading(
            work=0.0 if "T" not in labels else share, order=order, note=part_of(line, labels, "R")
        )
    year_at = next(
        (
            at
            for at, label in enumerate(labels)
            if label == "Y" and YEAR.search(line.tokens[at].text)
        ),
        None,
    )
    if year_at is None:
        year_at = next(
            (
                at
                for at, label in enumerate(labels)
                if label == "Y" and SHORT_YEAR.fullmatch(line.tokens[at].text)
            ),
            None,
        )
    people = next(iter(runs_of(labels, "A")), None)
    address = next(
        (t.text.strip("⟨⟩") for t in line.tokens[title[0] :] if "U" in t.marks), ""
    ) or next((t.text.strip("⟨⟩") for t in line.tokens if "U" in t.marks), "")
    return LineReading(
        title=text_of(line, *title),
        people=text_of(line, *people) if people else "",
        year=None if year_at is None else year_in(line.tokens[year_at].text),
        venue=part_of(line, labels, "C"),
        numbers=part_of(line, labels, "N"),
        publisher=part_of(line, labels, "P"),
        url=address,
        note=part_of(line, labels, "R"),
        sure=sureness(found, title),
        work=share,
        order=order,
    )


def year_in(text: str) -> int:
    """Give the year a date names; of two digits, the nearest century."""
    year = YEAR.search(text)
    return int(year[0]) if year else int(text) + (1900 if int(text) > 40 else 2000)


def runs_of(labels: Sequence[str], label: str, gap: int = 1) -> list[tuple[int, int]]:
    """Give the runs of a label; single words without one do not part them."""
    found: list[tuple[int, int]] = []
    for at, own in enumerate(labels):
        if own != label:
            continue
        if found and at - found[-1][1] <= gap and all(x == "O" for x in labels[found[-1][1] : at]):
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def main_run(line: Line, found: Labelled) -> tuple[int, int] | None:
    """Give where the title stands: the run that is title most; nothing in prose."""
    runs = runs_of(found.labels, "T")
    if not runs:
        return None

    def weight(run: tuple[int, int]) -> float:
        marked = all({"L", "Q"} & set(t.marks) for t in line.tokens[run[0] : run[1]])
        return sum(s["T"] for s in found.shares[run[0] : run[1]]) - 0.02 * run[0] + MARKED * marked

    return max(runs, key=weight)


def sureness(found: Labelled, title: tuple[int, int]) -> float:
    """Give how sure the words in and beside the title, the people and the year are of their labels."""
    near = range(max(0, title[0] - 2), min(len(found.labels), title[1] + 2))
    sure = [found.shares[at][found.labels[at]] for at in near]
    sure += [
        share[label] if own == label else 1 - share.get(label, 0.0)
        for own, share in zip(found.labels, found.shares, strict=True)
        for label in "AY"
    ]
    return min(sure)


def part_of(line: Line, labels: Sequence[str], label: str) -> str:
    """Give the first run of a label as text."""
    runs = runs_of(labels, label, 2)
    return text_of(line, *runs[0]) if runs else ""


def text_of(line: Line, first: int, last: int) -> str:
    """Give the text of words, with the brackets and the question mark that belong to them."""
    text = line.plain[line.tokens[first].start : line.tokens[last - 1].end]
    behind = line.plain[line.tokens[last - 1].end :]
    asked = re.match(r"[?!]+", behind)
    if asked:
        text += asked[0]
    if behind.startswith(")") and text.count("(") > text.count(")"):
        text += ")"
    if line.plain[: line.tokens[first].start].endswith("(") and text.count(")") > text.count("("):
        text = f"({text}"
    return " ".join(re.sub(r"⟨[^⟩]*⟩", " ", text).replace(BREAK, " ").split())
