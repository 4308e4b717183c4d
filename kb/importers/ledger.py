"""The ledger of an import: what became of each block of the input. Nothing is dropped without a line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from kb.text import collapse

__all__ = ["Fate", "LedgerEntry", "ledger_json", "ledger_text", "summary"]


class Fate(StrEnum):
    """What became of a block."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    PROBABLE = "probable"
    """Imported on a guess that a person should confirm."""
    NEW = "new"
    """A stub was written for something that was not known."""
    SKIPPED = "skipped"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One block of the input and what became of it."""

    line: int
    """Line of the input, from 1."""
    fate: Fate
    what: str
    """`session 2022-08-31`, `reading hulten2018building`, `prose`, ..."""
    text: str = ""
    """The block, shortened."""


def ledger_text(path: str, entries: Iterable[LedgerEntry]) -> str:
    """Give the ledger as lines `file:line: fate: what: text`."""
    return "".join(
        f"{path}:{e.line}: {e.fate}: {e.what}{f': {collapse(e.text)}' if e.text else ''}\n"
        for e in entries
    )


def ledger_json(path: str, entries: Iterable[LedgerEntry]) -> str:
    """Give the ledger as JSON."""
    found = list(entries)
    data = {
        "file": path,
        "summary": summary(found),
        "entries": [{**asdict(e), "fate": e.fate.value} for e in found],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def summary(entries: Iterable[LedgerEntry]) -> dict[str, int]:
    """Count the entries by fate."""
    counts = Counter(e.fate.value for e in entries)
    return {fate.value: counts[fate.value] for fate in Fate if counts[fate.value]}
