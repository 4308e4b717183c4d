"""Gaps among readings: portions that changed topic, chapters nobody reads."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from kb.plan.history_facts import read_facts

__all__ = ["other_topic", "unassigned_chapters"]

FEWEST = 3
"""Chapters of a book that must have been assigned before it counts as a textbook."""

ASSIGNED = frozenset({"required", "one-of"})

BOOKS = (
    "select key, title, bibtex from works where key in (select work from readings where "
    "locator_unit = 'chapter') order by key"
)


def other_topic(connection: sqlite3.Connection, semester: str | None) -> Iterator[tuple[str, str]]:
    """Give (session, detail) for portions that all earlier semesters assigned under other topics.

    Portions are compared by their parts: chapter 18 after chapters 17 and 18 is the same portion in
    part.
    """
    facts = read_facts(connection)
    for number, current in enumerate(facts.semesters):
        if semester is not None and current != semester:
            continue
        found: list[tuple[str, str]] = []
        for work, by_semester in facts.by_work.items():
            before = [a for s in facts.semesters[:number] for a in by_semester.get(s, ())]
            for own in (a for a in by_semester.get(current, ()) if a.role in ASSIGNED):
                same = [a for a in before if a.parts & own.parts and a.topics]
                earlier = list(dict.fromkeys(t for a in same for t in a.topics))
                if same and own.topics and not set(earlier) & set(own.topics):
                    portion = "" if own.portion == "all" else f", {own.portion}"
                    found.append(
                        (
                            own.session,
                            f"{facts.titles[work]}{portion}: now {', '.join(own.topics)}, "
                            f"before {', '.join(earlier)}",
                        )
                    )
        yield from sorted(found)


def unassigned_chapters(
    connection: sqlite3.Connection, semester: str | None
) -> Iterator[tuple[str, str]]:
    """Give (citation key, chapters) for textbooks: books of which several chapters were assigned.

    How many chapters a book has says its field `chapters`; else the highest that was ever assigned.
    """
    facts = read_facts(connection)
    for key, title, bibtex in connection.execute(BOOKS):
        uses = [
            a for s, found in facts.by_work[key].items() for a in found if semester in (None, s)
        ]
        read = {
            int(n[1])
            for a in uses
            for part in a.parts
            if (n := re.fullmatch(r"chapter (\d+)", part))
        }
        if len(read) < FEWEST:
            continue
        stated = re.search(
            r"^\s*chapters\s*=\s*[{\"]?\s*(\d+)", bibtex, re.IGNORECASE | re.MULTILINE
        )
        count = int(stated[1]) if stated else max(read)
        left = [str(n) for n in range(1, count + 1) if n not in read]
        if left:
            about = (
                f"of {count}"
                if stated
                else f"of at least {count} (`chapters` in the entry would say how many there are)"
            )
            yield key, f"{title}: chapter{'s' if len(left) > 1 else ''} {', '.join(left)} {about}"
