"""Measure how well schedules of other people are read: rows, topics, readings, what is invented, what is lost.

    python benchmarks/schedules.py            # both halves, figures only
    python benchmarks/schedules.py --write    # into RESULTS.md as well
    python benchmarks/schedules.py --show fit # what went wrong in the half that is used for mending

`schedules/fit` is looked at while rules are mended; `schedules/held` is only ever counted.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kb.importers.drafts import DraftReading, DraftSession
from kb.importers.match import WorkIndex
from kb.importers.schedule import ImportedSchedule, import_schedule
from kb.text import fold_words

PAGES = Path(__file__).parent / "schedules"
HALVES = ("fit", "held")
WEEKDAYS_AND_MONTHS = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
)


@dataclass(slots=True)
class Score:
    """Counts over pages; each pair is (right, of)."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, right: str, of: str) -> float:
        """Give a share, 1 where there is nothing to count."""
        return self.counts[right] / self.counts[of] if self.counts[of] else 1.0

    def figures(self) -> dict[str, float]:
        """Give the figures that are printed and held by the floor."""
        return {
            "rows": self.share("row", "rows"),
            "topics": self.share("topic", "rows"),
            "readings": self.share("reading", "readings"),
            "invented": float(self.counts["invented"]),
            "lost words": float(self.counts["lost"]),
            "certain": self.share("said certain", "said"),
            "certain right": self.share("certain right", "said certain"),
        }


def read_half(half: str) -> Iterator[tuple[str, dict[str, Any], ImportedSchedule, str]]:
    """Read the pages of a half, each with what it means."""
    expected = yaml.safe_load((PAGES / half / "expected.yaml").read_text(encoding="utf-8"))
    for name, meaning in expected.items():
        text = (PAGES / half / name).read_text(encoding="utf-8")
        yield name, meaning, import_schedule(text, meaning["semester"], WorkIndex([])), text


def score_half(half: str) -> Score:
    """Score the pages of a half."""
    score = Score()
    for name, meaning, found, text in read_half(half):
        score_page(score, name, meaning, found)
        lost = lost_words(text, found)
        score.counts["lost"] += len(lost)
        if lost:
            score.wrong.append(f"{name}: lost: {' '.join(lost)}")
    return score


def score_page(score: Score, name: str, meaning: dict[str, Any], found: ImportedSchedule) -> None:
    """Score one page."""
    rows = list(found.sessions)
    probable = {(e.line, e.text) for e in found.ledger if e.fate.value == "probable"}
    for when, kind, title, *rest in meaning["rows"]:
        readings, due = [*rest, [], []][:2]
        own = next((r for r in rows if same_row(r, when, kind, title)), None)
        score.counts["rows"] += 1
        score.counts["readings"] += len(readings)
        if own is None:
            score.wrong.append(f"{name}: no row {when} {kind} {title}")
            continue
        rows.remove(own)
        score.counts["row"] += 1
        right = title is None or same_words(name_of(own), title) or kind == "due"
        score.counts["topic"] += right
        if not right:
            score.wrong.append(f"{name}: {when}: topic {name_of(own)!r}, not {title!r}")
        missing = [
            d
            for d in due
            if not any(same_words(x.title, d) or same_words(x.code, d) for x in own.deliverables)
        ]
        score.counts["due"] += len(due) - len(missing)
        if missing:
            score.wrong.append(f"{name}: {when}: due {missing}")
        score_readings(score, f"{name}: {when}", list(own.readings), readings, probable, own)
    for row in rows:
        score.counts["invented rows"] += 1
        score.wrong.append(f"{name}: invented row {row.day} {row.kind} {name_of(row)!r}")
        score.counts["invented"] += len(row.readings)


def score_readings(
    score: Score,
    where: str,
    have: list[DraftReading],
    want: list[str],
    probable: set[tuple[int, str]],
    row: DraftSession,
) -> None:
    """Score the readings of a row."""
    left = list(want)
    for reading in have:
        hit = next((w for w in left if same_reading(reading, w)), None)
        certain = not any(
            line == row.line and text.startswith(reading.title) for line, text in probable
        )
        score.counts["said"] += 1
        score.counts["said certain"] += certain
        if hit is None:
            score.counts["invented"] += 1
            score.wrong.append(f"{where}: invented {reading.title!r} {reading.locator_text!r}")
            continue
        left.remove(hit)
        score.counts["reading"] += 1
        score.counts["certain right"] += certain
    score.wrong += [f"{where}: no reading {w}" for w in left]


def same_row(row: DraftSession, when: str, kind: str, title: str | None) -> bool:
    """Tell whether a row is that of a day and of a kind; what is only due is an event or a row with deliverables."""
    if row.day is None or not row.day.isoformat().endswith(when):
        return False
    if kind == "due":
        return bool(row.deliverables) or row.kind.value == "event"
    return row.kind.value == kind or (kind == "break" and row.cancelled)


def same_reading(reading: DraftReading, want: str) -> bool:
    """Tell whether a reading is the wanted one, portion included."""
    title, _, portion = want.partition("; ")
    return same_words(reading.title, title) and (
        not portion or numbers(reading.locator_text) == numbers(portion)
    )


def numbers(text: str) -> list[str]:
    """Give what counts of a portion: its words and numbers without names of units."""
    units = {
        "ch",
        "chs",
        "chap",
        "chapter",
        "chapters",
        "pp",
        "p",
        "pages",
        "sec",
        "sections",
        "section",
        "and",
        "the",
    }
    return [w for w in fold_words(text) if w not in units]


def same_words(left: str, right: str) -> bool:
    """Tell whether two texts have the same words."""
    return fold_words(left) == fold_words(right)


def name_of(row: DraftSession) -> str:
    """Give what a row is about."""
    return "; ".join(t.title for t in row.topics) or row.title


def words_of(value: object) -> set[str]:
    """Give the words of a value and of all that is in it."""
    return set(fold_words(re.sub(r"[_/]", " ", repr(value))))


def lost_words(text: str, found: ImportedSchedule) -> list[str]:
    """Give the words of a page that are in no record and no line of the ledger, in order, each once."""
    kept = words_of(found.sessions) | {
        w for e in found.ledger for w in fold_words(f"{e.text} {e.what}")
    }
    plain = re.sub(r"<[^>]*>|&\w+;|\{[^{}]*\}|\\[a-z]+\*?|\]\([^)]*\)|%.*", " ", text)
    plain = re.sub(r"(?m)^\s*[-\w]+:(?=\s|$)|https?://\S+", " ", plain)
    seen = dict.fromkeys(fold_words(plain))
    return [
        w
        for w in seen
        if w not in kept and len(w) > 2 and not w.isdigit() and not WEEKDAYS_AND_MONTHS.fullmatch(w)
    ]


BEFORE = {
    "fit": "57 | 0.895 | 0.789 | 0.585 | 7 | - | 1.000 | 0.774",
    "held": "73 | 0.699 | 0.603 | 0.281 | 12 | - | 1.000 | 0.750",
}
"""Figures of the readers these replaced, measured on the same pages in November 2026."""

RESULTS = Path(__file__).parent / "RESULTS.md"
SECTION = re.compile(r"<!-- schedules -->.*?<!-- /schedules -->\n?", re.DOTALL)


def write_results(scores: dict[str, Score]) -> None:
    """Write the figures into RESULTS.md."""
    lines = [
        "<!-- schedules -->",
        "",
        "## Schedules of other courses",
        "",
        "`python benchmarks/schedules.py --write`; 12 pages are looked at while rules are mended, 12 are only counted.",
        "",
        "| half | reader | rows | rows right | topics | readings | invented | lost words | certain | certain right |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for half, score in scores.items():
        lines.append(f"| {half} | before | {BEFORE[half]} |")
        figures = " | ".join(
            f"{v:.0f}" if name in {"invented", "lost words"} else f"{v:.3f}"
            for name, v in score.figures().items()
        )
        lines.append(f"| {half} | now | {score.counts['rows']} | {figures} |")
    section = "\n".join([*lines, "", "<!-- /schedules -->", ""])
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\n"
    new = (
        SECTION.sub(lambda _: section, old)
        if SECTION.search(old)
        else f"{old.rstrip()}\n\n{section}"
    )
    RESULTS.write_text(new, encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=HALVES, help="print what went wrong in a half")
    parser.add_argument("--write", action="store_true", help="write the figures into RESULTS.md")
    options = parser.parse_args(arguments)
    scores = {half: score_half(half) for half in HALVES}
    if options.write:
        write_results(scores)
    for half, score in scores.items():
        if options.show == half:
            print("\n".join(score.wrong))
        figures = ", ".join(
            f"{name} {value:.3f}" if value != int(value) or value == 1 else f"{name} {value:.0f}"
            for name, value in score.figures().items()
        )
        print(
            f"{half}: {score.counts['rows']} rows, {score.counts['readings']} readings: {figures}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
