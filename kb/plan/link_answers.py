"""What servers answered about links, and a file that remembers it for some days."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

__all__ = ["CACHE_NAME", "Answer", "read_cache", "write_cache"]

CACHE_NAME = ".kb-links.json"
"""The file beside the sources that remembers answers."""

DEAD_DAYS = 1
"""A dead link is asked again after a day: servers come back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of asking for an address."""

    state: str
    """`ok`, `moved` (for good), `dead` (not there, no such host), `unclear` (turned away, too slow,
    server in trouble).
    """
    status: int | None
    why: str
    """In words, `404 Not Found`."""
    final: str
    """Where redirects led; the address itself without any."""
    checked: str
    """When, in UTC, `2026-01-31T12:00:00+00:00`."""


def read_cache(path: Path, days: float, now: datetime | None = None) -> dict[str, Answer]:
    """Give the remembered answers that are young enough; none when the file is missing or not
    ours.
    """
    now = now or datetime.now(UTC)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        answers = {url: Answer(**entry) for url, entry in stored["answers"].items()}
        ages = {
            url: now - datetime.fromisoformat(answer.checked) for url, answer in answers.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    limit = timedelta(days=days)
    return {
        u: a
        for u, a in answers.items()
        if timedelta(0)
        <= ages[u]
        < (
            min(limit, timedelta(days=DEAD_DAYS))
            if a.state != "ok" and a.state != "moved"
            else limit
        )
    }


def write_cache(path: Path, answers: Mapping[str, Answer]) -> None:
    """Remember answers; a directory that cannot be written is no reason to fail."""
    text = json.dumps(
        {"answers": {url: asdict(answer) for url, answer in sorted(answers.items())}},
        ensure_ascii=False,
        indent=1,
    )
    temporary = path.with_name(f"{path.name}.new")
    with contextlib.suppress(OSError):
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(path)
