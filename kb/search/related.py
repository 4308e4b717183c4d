"""What is near a work: by what it says, its topics, the sessions it was read in, its people, and
notes that name both."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from kb.search.lexical import OWN, Lexicon, LongText, match_text, open_lexicon, read_long_text
from kb.text import fold_words, plural

__all__ = ["RelatedWork", "related_works"]

NAMED, TOPICS, SESSIONS, PEOPLE = 0.5, 0.4, 0.3, 0.15
"""What each kind of nearness counts beside the words (1 for the most alike)."""

HEAVIEST = 40
"""So many of a work's own words are compared."""


@dataclass(frozen=True, slots=True)
class RelatedWork:
    """A work near another one, and why."""

    key: str
    title: str
    authors: str
    year: int | None
    why: str
    score: float
    reasons: tuple[str, ...]
    """`named in a note`, `both on slicing`, `read together in S2023`, `same author: ...`, `alike
    in: ...`"""


def related_works(
    connection: sqlite3.Connection, key: str, limit: int = 8
) -> tuple[RelatedWork, ...]:
    """Give the works nearest to one, nearest first; an empty tuple for a key that is not there."""
    row = connection.execute(
        "select id, title, notes from documents where work = ?", (key,)
    ).fetchone()
    if row is None:
        return ()
    own, title, notes = row
    scores: dict[int, float] = defaultdict(float)
    reasons: dict[int, list[str]] = defaultdict(list)
    for statement, weight, reason in SIGNALS:
        for number, share, detail in connection.execute(statement, {"key": key}):
            scores[number] += weight * share
            reasons[number].append(reason(detail))
    lexicon = open_lexicon(connection)
    text = read_long_text(lexicon, f"{title}\n{notes}" if notes.strip() else title)
    matched = match_text(
        connection,
        lexicon,
        LongText(
            dict(sorted(text.terms.items(), key=lambda i: -i[1])[:HEAVIEST]), text.pairs, text.words
        ),
        OWN,
    )
    best = max((s for n, s in matched.scores.items() if n != own), default=0.0) or 1.0
    for number, score in matched.scores.items():
        scores[number] += score / best
    scores.pop(own, None)
    ranked = sorted(scores, key=lambda n: (-round(scores[n], 9), n))[:limit]
    found = {
        n: connection.execute(
            "select key, title, authors, year, why from works where rowid = ?", (n,)
        ).fetchone()
        for n in ranked
    }
    own_names = naming_stems(connection, lexicon, own)
    for n in ranked:
        naming = own_names | naming_stems(connection, lexicon, n)
        because = matched.because.get(n, {})
        heavy = [t for t in sorted(because, key=lambda t: -because[t]) if t in naming][:3]
        if heavy:
            reasons[n].append("alike in: " + ", ".join(text.words[t] for t in heavy))
        elif not reasons[n]:
            reasons[n].append("alike in what is said about them")
    return tuple(RelatedWork(*found[n], round(scores[n], 4), tuple(reasons[n])) for n in ranked)


def naming_stems(connection: sqlite3.Connection, lexicon: Lexicon, number: int) -> frozenset[str]:
    """Give the stems of a work's title and topics: words of notes alone, such as `going`, match
    and explain nothing."""
    row = connection.execute("select title, topics from documents where id = ?", (number,))
    return frozenset(lexicon.stem(fold_words(" ".join(row.fetchone()))).values())


NAMED_TOGETHER = """
select d.id, 1.0, '' from documents d
where d.work in (select other from work_links where work = :key
                 union select work from work_links where other = :key
                 union select o.work from work_annotations a
                 join work_annotations o on o.annotation = a.annotation where a.work = :key)"""

SHARED_TOPICS = """
with own as (select topic from work_topics where work = :key),
     rare as (select o.topic, 1.0 / (1 + count(*)) as share from own o
              join work_topics t on t.topic = o.topic group by o.topic having count(*) <= 2000)
select d.id, sum(r.share) / (select sum(share) from rare), group_concat(n.title, ', ')
from rare r join work_topics t on t.topic = r.topic join topics n on n.slug = t.topic
join documents d on d.work = t.work
where t.work <> :key group by d.id"""
"""A topic of few works says more than one of many; one of thousands says nothing."""

READ_TOGETHER = """
select d.id, min(1.0, 0.5 + 0.25 * count(distinct s.id)), max(s.semester)
from readings own join sessions s on s.id = own.session
join readings r on r.session = s.id and r.work <> own.work
join documents d on d.work = r.work where own.work = :key group by d.id"""

SHARED_PEOPLE = """
select d.id, min(1.0, count(*) / 2.0), group_concat(p.display, ', ')
from authorship own join authorship a on a.person = own.person and a.work <> own.work
join people p on p.id = a.person
join documents d on d.work = a.work where own.work = :key group by d.id"""


def same_people(names: str) -> str:
    """Name at most three people."""
    listed = names.split(", ")
    more = f" and {plural(len(listed) - 3, 'other')}" if len(listed) > 3 else ""
    return "also by " + ", ".join(listed[:3]) + more


SIGNALS: tuple[tuple[str, float, Callable[[str], str]], ...] = (
    (NAMED_TOGETHER, NAMED, lambda detail: "named together in a note"),
    (READ_TOGETHER, SESSIONS, lambda semester: f"read together in {semester}"),
    (SHARED_TOPICS, TOPICS, lambda titles: f"both on {titles}"),
    (SHARED_PEOPLE, PEOPLE, same_people),
)
