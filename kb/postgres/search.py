"""Search over the works of all institutions, in the query language of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.postgres.migrations import require_current
from kb.postgres.query import Clause, clause_of, words_of
from kb.search.query import Not, Text, conjuncts, texts
from kb.search.reader import read_query

if TYPE_CHECKING:
    import psycopg

__all__ = ["ServerHit", "ServerResults", "refresh_vocabulary", "search_server"]

CANDIDATES = 2000
"""Hits that are ranked by where their words stand; of a broader query the index gives the first."""

WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"
"""Weights of D (venue, course), C (notes), B (people, topics) and A (title), as `ts_rank` takes
them: the proportions of the file's columns."""


@dataclass(frozen=True, slots=True)
class ServerHit:
    """A work that was found, and who has it."""

    institution: str
    key: str
    title: str
    authors: str
    year: int | None
    venue: str
    doi: str
    also: tuple[str, ...]
    """Other institutions' keys of the same work, as `institution:key`."""


@dataclass(frozen=True, slots=True)
class ServerResults:
    """One page of hits."""

    query: str
    hits: tuple[ServerHit, ...]
    total: int
    notes: tuple[str, ...] = ()
    did_you_mean: str = ""


RANKED = """
with found as (
  select d.institution, d.work, d.title, d.words
  from kb.documents d join kb.works w on w.institution = d.institution and w.key = d.work
  where {where}),
first as (select * from found limit {candidates}),
ranked as (
  select f.institution, f.work,
         ts_rank('{weights}', f.words, to_tsquery('kb.words', %s), 1)
         + case when to_tsvector('kb.words', f.title) @@ to_tsquery('kb.words', %s)
                then 1 else 0 end as score
  from first f)
select r.institution, w.key, w.title, w.authors, w.year, w.venue, w.doi,
       (select count(*) from found)
from ranked r join kb.works w on w.institution = r.institution and w.key = r.work
order by r.score desc, w.year desc nulls last, w.key, r.institution
limit %s offset %s
"""

ALSO = """
select o.work, array_agg(distinct i.institution || ':' || i.work)
from kb.identities o
join kb.identities i on (i.kind, i.value) = (o.kind, o.value)
  and (i.institution, i.work) <> (o.institution, o.work)
where o.institution = %s and o.work = any(%s) group by o.work
"""


def search_server(
    connection: psycopg.Connection,
    typed: str,
    *,
    institution: str = "",
    limit: int = 20,
    offset: int = 0,
) -> ServerResults:
    """Find works by the query language of the command line.

    Works that have all words in their title come first; then position and number of the words
    decide, weighted by where they stand.

    Args:
        institution: only works of this one; empty for all.
    """
    require_current(connection)
    asked = read_query(typed)
    node = asked.node
    wanted = tuple(t for part in conjuncts(node) if not isinstance(part, Not) for t in texts(part))
    hits, total = run(connection, clause_of(node), wanted, institution, limit, offset)
    suggestion = "" if total else spelled(connection, wanted, typed)
    notes = list(asked.notes)
    if not total and len(wanted) > 1:
        hits, total = run(connection, any_of(wanted), wanted, institution, limit, offset)
        if total:
            notes.append("no work has all of these words; those with some of them follow")
    return ServerResults(typed, hits, total, tuple(notes), suggestion)


def any_of(wanted: tuple[Text, ...]) -> Clause:
    """Give the condition that any of the texts stands in a document."""
    return Clause("d.words @@ to_tsquery('kb.words', %s)", (words_of(wanted),))


def run(
    connection: psycopg.Connection,
    clause: Clause,
    wanted: tuple[Text, ...],
    institution: str,
    limit: int,
    offset: int,
) -> tuple[tuple[ServerHit, ...], int]:
    """Run a query and give one page of hits with how many there are."""
    where, values = clause.sql, clause.values
    if institution:
        where, values = f"({where}) and d.institution = %s", (*values, institution)
    rank = words_of(wanted)
    every = " & ".join(f"({word})" for word in rank.split(" | ")) if wanted else ""
    sql = RANKED.format(where=where, candidates=CANDIDATES, weights=WEIGHTS)
    rows = connection.execute(sql, (*values, rank, every, limit, offset)).fetchall()
    also: dict[tuple[str, str], tuple[str, ...]] = {}
    for name in {row[0] for row in rows}:
        keys = [row[1] for row in rows if row[0] == name]
        for work, others in connection.execute(ALSO, (name, keys)):
            also[name, work] = tuple(others)
    hits = tuple(
        ServerHit(
            institution=row[0],
            key=row[1],
            title=row[2],
            authors=row[3],
            year=row[4],
            venue=row[5],
            doi=row[6],
            also=also.get((row[0], row[1]), ()),
        )
        for row in rows
    )
    return hits, int(rows[0][7]) if rows else 0


def spelled(connection: psycopg.Connection, wanted: tuple[Text, ...], typed: str) -> str:
    """Give the query with each unknown word replaced by its nearest by trigrams; empty if none."""
    found = typed
    for text in wanted:
        for word in text.words:
            row = connection.execute(
                "select word from kb.vocabulary where word %% %s and left(word, 1) = left(%s, 1) "
                "and word <> %s order by similarity(word, %s) desc, works desc, word limit 1",
                (word, word, word, word),
            ).fetchone()
            known = connection.execute(
                "select 1 from kb.vocabulary where word = %s", (word,)
            ).fetchone()
            if row and not known and len(word) > 3:
                found = found.replace(word, row[0])
    return found if found != typed else ""


def refresh_vocabulary(connection: psycopg.Connection) -> None:
    """Count the words of all documents anew; the owner of the tables does it after loads."""
    with connection.transaction():
        connection.execute("delete from kb.vocabulary")
        connection.execute(
            "insert into kb.vocabulary (word, works) select word, ndoc from ts_stat("
            "$$ select to_tsvector('kb.plain', title || ' ' || people || ' ' || topics || ' ' "
            "|| notes) from kb.documents $$) where length(word) between 3 and 40 "
            "and word !~ '[0-9]'"
        )
