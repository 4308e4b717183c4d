"""The bank of questions, and when each was asked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta

from kb.views.models import PromptView
from kb.views.rows import fetch

__all__ = ["Asked", "BankPrompt", "get_bank"]

RESTED = timedelta(days=730)
"""A question not asked for this long is fresh: nobody who answered it is still around."""

BANK = """
select p.id, (select group_concat(work, ' ') from prompt_works where prompt = p.id) as works,
       p.locator, p.text, p.html, p.minutes
from prompts p order by p.id"""

ASKED = """
select q.prompt, s.semester, s.id, coalesce(s.date, ''), s.title
from quiz_prompts q join sessions s on s.id = q.session join semesters m on m.id = s.semester
order by q.prompt, m.position, s.position"""

TOPICS = "select id, coalesce(topic, '') from prompts"


@dataclass(frozen=True, slots=True)
class Asked:
    """A class in which a question was asked."""

    semester: str
    session: str
    date: str
    title: str


@dataclass(frozen=True, slots=True)
class BankPrompt:
    """A question with its history."""

    prompt: PromptView
    topic: str
    asked: tuple[Asked, ...]
    """In order of time."""

    def rested(self, day: str, semester: str = "") -> bool:
        """Tell whether the question was not asked in the two years before a day, elsewhere."""
        since = (date.fromisoformat(day) - RESTED).isoformat()
        return not any(since <= a.date <= day and a.semester != semester for a in self.asked)


def get_bank(connection: sqlite3.Connection) -> tuple[BankPrompt, ...]:
    """Give every question with when it was asked, by id."""
    asked: dict[str, list[Asked]] = {}
    for row in connection.execute(ASKED):
        asked.setdefault(row[0], []).append(Asked(*tuple(row)[1:]))
    topics = {row[0]: row[1] for row in connection.execute(TOPICS)}
    return tuple(
        BankPrompt(p, topics.get(p.id, ""), tuple(asked.get(p.id, ())))
        for p in fetch(connection, PromptView, BANK, {})
    )
