"""Suggestions: which works to assign, given a session's title and goals."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass

from kb.errors import Unknown
from kb.search.closeness import closeness
from kb.search.lexical import Lexicon, LongText, collection_size, open_lexicon, read_long_text
from kb.search.vectors import blend
from kb.text import fold_words

__all__ = ["Suggestion", "SuggestionRequest", "request_for_session", "suggest"]

HISTORY = 0.5
"""What having been assigned to such a session counts."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A work to assign, and why."""

    key: str
    title: str
    authors: str
    year: int | None
    why: str
    score: float
    """The best has 1 or more; comparable within one answer only."""
    terms: tuple[str, ...]
    """Words of the text that the work matches, the weightiest first."""
    topics: tuple[str, ...]
    """Titles of its topics that fit."""
    times: int
    """How often past semesters assigned it to such a session."""
    last: str
    """The last of these semesters."""
    assigned: tuple[str, ...]
    """All semesters that assigned it to any session."""
    already: str
    """Where the semester in question has it already; empty when it has not."""
    length_pages: int | None
    minutes: int | None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, as short phrases."""
        found = []
        if self.terms:
            found.append("matches " + ", ".join(self.terms))
        if self.topics:
            found.append("topic " + ", ".join(self.topics))
        if self.times:
            found.append(
                f"assigned {self.times} {'time' if self.times == 1 else 'times'} to this topic, "
                f"last {self.last}"
            )
        if self.minutes:
            found.append(f"{self.minutes} minutes")
        elif self.length_pages:
            found.append(f"{self.length_pages} {'page' if self.length_pages == 1 else 'pages'}")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SuggestionRequest:
    """What is asked for."""

    text: str
    """Title on the first line, goals below; or any text."""
    semester: str = ""
    """The semester that is planned: its own readings do not count as history."""
    session: str = ""


def request_for_session(connection: sqlite3.Connection, session: str) -> SuggestionRequest:
    """Give the request of a session: its title, and the goals of its topics.

    Raises:
        Unknown: no such session.
    """
    row = connection.execute(
        "select id, semester, title from sessions where id = ? collate nocase", (session,)
    ).fetchone()
    if row is None:
        raise Unknown(
            "session", session, hint="`kb list SEMESTER --format json` shows the names of sessions"
        )
    topics = [
        t
        for (t,) in connection.execute(
            "select topic from session_topics where session = ? and topic is not null order by "
            "position",
            (row[0],),
        )
    ]
    goals = [
        g
        for t in topics
        for (g,) in connection.execute(
            "select goal from learning_goals where topic = ? order by position", (t,)
        )
    ]
    return SuggestionRequest("\n".join([row[2], *goals]), row[1], row[0])


def suggest(
    connection: sqlite3.Connection, request: SuggestionRequest, limit: int = 10
) -> tuple[Suggestion, ...]:
    """Rank works to assign.

    A work's score is the sum of how well its title and annotation match the text (1 for the best),
    how
    well its best topic does, and how alike the sessions are to which other semesters assigned it.
    Where the
    database has sentence vectors and their model is at hand, likeness of meaning is added.
    """
    lexicon = open_lexicon(connection)
    text = read_long_text(lexicon, request.text)
    matched, topics, scores = closeness(connection, lexicon, text)
    history = score_history(connection, lexicon, text, matched.idf, topics, request.semester)
    for number, (likeness, _, _) in history.items():
        scores[number] = scores.get(number, 0.0) + HISTORY * likeness
    scores = blend(connection, request.text, {n: s for n, s in scores.items() if s > 0})
    ranked = sorted(scores, key=lambda n: (-round(scores[n], 9), n))[:limit]
    return tuple(
        make(
            connection,
            n,
            scores[n],
            text,
            matched.because.get(n, {}),
            topics,
            history.get(n),
            request,
        )
        for n in ranked
    )


def score_history(
    connection: sqlite3.Connection,
    lexicon: Lexicon,
    text: LongText,
    idf: dict[str, float],
    topics: dict[str, float],
    semester: str,
) -> dict[int, tuple[float, int, str]]:
    """Give documents that other semesters assigned to such a session: likeness, times, last
    semester.

    Likeness is how much of the session's title the text says, by weight of the words, or how well
    the
    session's topic fits.
    """
    rows = connection.execute(HISTORY_ROWS, (semester,)).fetchall()
    stems = lexicon.stem({w for row in rows for w in fold_words(row[2])})
    rare = math.log(1 + collection_size(connection))
    found: dict[int, tuple[float, int, str]] = {}
    for number, name, title, topic in rows:
        words = {stems[w] for w in fold_words(title) if w in stems}
        weights = {w: idf.get(w, rare / 2) for w in words}
        whole = sum(weights.values())
        said = (
            sum(weight for w, weight in weights.items() if w in text.terms) / whole
            if whole
            else 0.0
        )
        likeness = max(said, 0.8 * topics.get(topic or "", 0.0) ** 2)
        if likeness < 0.5:
            continue
        before = found.get(number, (0.0, 0, ""))
        found[number] = (max(before[0], likeness), before[1] + 1, name)
    return found


HISTORY_ROWS = """
select distinct d.id, m.id, t.title, t.topic
from readings r join documents d on d.work = r.work join sessions s on s.id = r.session
join semesters m on m.id = s.semester
join session_topics t on t.session = s.id and (r.topic is null or r.topic = '' or t.topic = r.topic)
where m.id <> ? order by m.position, s.position"""


def make(
    connection: sqlite3.Connection,
    number: int,
    score: float,
    text: LongText,
    because: dict[str, float],
    topics: dict[str, float],
    history: tuple[float, int, str] | None,
    request: SuggestionRequest,
) -> Suggestion:
    """Give a suggestion with its reasons."""
    key, title, authors, year, why, pages, minutes = connection.execute(
        "select key, title, authors, year, why, length_pages, minutes from works where rowid = ?",
        (number,),
    ).fetchone()
    heavy = sorted(because, key=lambda t: -because[t])[:5]
    strong = set(sorted(topics, key=lambda t: -topics[t])[:4])
    fitting = connection.execute(
        "select t.slug, t.title from work_topics w join topics t on t.slug = w.topic where "
        "w.work = ? order by w.position",
        (key,),
    )
    rows = connection.execute(ASSIGNED, (key,)).fetchall()
    here = [s for s, semester in rows if semester == request.semester]
    return Suggestion(
        key,
        title,
        authors,
        year,
        why,
        round(score, 4),
        terms=tuple(text.words[t] for t in heavy),
        topics=tuple(name for slug, name in fitting if slug in strong),
        times=history[1] if history else 0,
        last=history[2] if history else "",
        assigned=tuple(dict.fromkeys(semester for _, semester in rows)),
        already=("this session" if request.session in here else here[0]) if here else "",
        length_pages=pages,
        minutes=minutes,
    )


ASSIGNED = """
select s.id, s.semester from readings r join sessions s on s.id = r.session
join semesters m on m.id = s.semester
where r.work = ? order by m.position, s.position"""
