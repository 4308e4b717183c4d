"""The file beside a database that remembers what calendars held at the last build.

Subscribers' calendars ignore an event that changed unless its number grew, so what was published
must be known when the next build is made. Commit the file, or keep it where the site is built.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from kb.lists.changes import CalendarEvent, Change, KnownEvent, Remembered

__all__ = ["change_file", "read_changes", "write_changes"]


def change_file(database: Path) -> Path:
    """Give the file that belongs to a database: `kb.changes.json` beside `kb.db`."""
    return database.with_suffix(".changes.json")


def read_changes(path: Path) -> dict[str, Remembered]:
    """Give what is remembered, by semester; nothing where the file is not there or is damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            semester: Remembered(
                events={
                    uid: KnownEvent(
                        event=CalendarEvent(**known["event"]),
                        sequence=int(known["sequence"]),
                        modified=str(known["modified"]),
                        gone=bool(known["gone"]),
                    )
                    for uid, known in found["events"].items()
                },
                changes=tuple(Change(**change) for change in found["changes"]),
            )
            for semester, found in data["semesters"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write_changes(path: Path, semesters: Mapping[str, Remembered]) -> None:
    """Write what is remembered, when it differs from what the file says.

    A folder that cannot be written costs subscribers their updates, not the builder the database.
    """
    data = {
        "about": "what calendars held at the last build; keep it, so that subscribers see changes",
        "semesters": {name: asdict(found) for name, found in semesters.items()},
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    with contextlib.suppress(OSError):
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            return
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)
