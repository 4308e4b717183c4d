"""The search index: one document per work, made of all that is known about it.

Helpers of search stand beside the full-text index: `document_facets`, `document_topics` and
`document_semesters` (narrow, so that narrowing the hits of a broad word reads little),
`search_terms` (the words as people write them, for "did you mean": the index itself holds only
stems), `broad_words` and `broad_counts` (answers for words of hundreds of works), and `topic_terms`
(what a topic's works talk about, for suggestions).
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from kb.forms import other_forms
from kb.kinds import kind_of
from kb.store.broad_words import fill_broad_words
from kb.store.schema import TOKENIZER
from kb.text import fold_words, strip_markdown
from kb.venues import venues_of

__all__ = [
    "COLUMNS",
    "DOCUMENTS",
    "create_functions",
    "fill_search_index",
    "fill_topic_terms",
    "terms_of",
]

COLUMNS = ("title", "people", "notes", "topics", "venue", "sessions", "prompts", "forms")
"""Columns of the index. `forms` holds other spellings: words without their hyphens, `ae` for `ä`,
`ml` for `machine learning`."""

TABLES = f"""
create table documents (
    id integer primary key, work text not null unique references works(key),
    {", ".join(f"{c} text not null" for c in COLUMNS)});
create table document_facets (
    id integer primary key, year integer, kind text not null, assigned integer not null,
    annotated integer not null);
create table document_topics (id integer not null, topic text not null,
    primary key (id, topic)) without rowid;
create table document_semesters (id integer not null, semester text not null,
    primary key (id, semester)) without rowid;
create table search_terms (word text primary key, works integer not null) without rowid;
create table broad_words (
    word text primary key, works integer not null, first text not null) without rowid;
create table broad_counts (
    word text not null, facet text not null, value text not null, works integer not null,
    primary key (word, facet, value)) without rowid;
create index documents_work_in_any_case on documents (work collate nocase);
create index works_doi_in_any_case on works (doi collate nocase);
create index works_arxiv_in_any_case on works (arxiv collate nocase);
create table topic_terms (
    term text not null, topic text not null, weight real not null,
    primary key (term, topic)) without rowid;
"""

DOCUMENTS = """
select *, other_forms(title || ' ' || people, notes || ' ' || topics || ' ' || venue || ' '
                      || sessions || ' ' || prompts)
from (
select w.rowid, w.key,
    w.title || case when w.short_titles = '' then ''
               else ' ' || replace(w.short_titles, char(10), ' ') end as title,
    w.authors as people,
    plain(coalesce((select group_concat(a.text, char(10)) from work_annotations x
                    join annotations a on a.id = x.annotation where x.work = w.key), '')
          || ' ' || w.abstract || ' ' || w.keywords) as notes,
    coalesce((select group_concat(t.title || coalesce(' ' || p.title, '')
              || coalesce(' ' || (select group_concat(alias, ' ') from topic_aliases
                                  where topic = t.slug), ''), ' · ')
              from work_topics x join topics t on t.slug = x.topic
              left join topics p on p.slug = t.parent where x.work = w.key), '') as topics,
    trim(w.venue || ' ' || w.publisher || ' ' || coalesce(w.year, ''))
        || venue_names(w.venue) as venue,
    coalesce((select group_concat(title, ' · ')
              from (select s.title || ' (' || group_concat(distinct s.semester) || ')' as title
                    from readings r join sessions s on s.id = r.session
                    where r.work = w.key group by s.title order by min(s.id))), '') as sessions,
    plain(coalesce((select group_concat(p.text, char(10)) from prompt_works x
                    join prompts p on p.id = x.prompt where x.work = w.key), '')) as prompts
from works w {which})"""
"""What the index knows of works: all of them, or one."""

FILL = f"""
insert into documents (id, work, title, people, notes, topics, venue, sessions, prompts, forms)
{DOCUMENTS.format(which="order by w.rowid")}"""

FACETS = (
    """insert into document_facets (id, year, kind, assigned, annotated)
    select w.rowid, w.year, kind(w.type, w.url), exists (select 1 from readings r
        where r.work = w.key),
        exists (select 1 from work_annotations a where a.work = w.key)
    from works w order by w.rowid""",
    "insert into document_topics (id, topic) select d.id, t.topic from work_topics t "
    "join documents d on d.work = t.work order by 1, 2",
    """insert into document_semesters (id, semester) select distinct d.id, s.semester
    from readings r join sessions s on s.id = r.session join documents d on d.work = r.work
        order by 1, 2""",
)


def fill_search_index(connection: sqlite3.Connection) -> None:
    """Create and fill what search reads."""
    for statement in TABLES.strip().removesuffix(";").split(";\n"):
        connection.execute(statement)
    create_functions(connection)
    connection.execute(FILL)
    for statement in FACETS:
        connection.execute(statement)
    connection.execute(
        f"create virtual table documents_fts using fts5({', '.join(COLUMNS)}, "
        f"content='documents', content_rowid='id', tokenize='{TOKENIZER}')"
    )
    connection.execute("insert into documents_fts (documents_fts) values ('rebuild')")
    connection.execute("insert into documents_fts (documents_fts) values ('optimize')")
    fill_search_terms(connection)
    fill_topic_terms(connection)
    fill_broad_words(connection)


def create_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that documents are made with."""
    connection.create_function("plain", 1, strip_markdown, deterministic=True)
    connection.create_function("other_forms", 2, other_forms, deterministic=True)
    connection.create_function("kind", 2, kind_of, deterministic=True)
    connection.create_function("venue_names", 1, venue_names, deterministic=True)


def venue_names(venue: str) -> str:
    """Give the short and full names of a venue, by which people search for it."""
    names = [n for v in venues_of(venue) for n in (v.short, *v.others, v.name)]
    return " · ".join(("", *names)) if names else ""


def fill_search_terms(connection: sqlite3.Connection) -> None:
    """Count in how many works each word stands, as written."""
    counts: Counter[str] = Counter()
    for row in connection.execute("select title, people, notes, topics, venue from documents"):
        counts.update(terms_of(row))
    connection.executemany(
        "insert into search_terms (word, works) values (?, ?)", sorted(counts.items())
    )


def terms_of(texts: Iterable[str]) -> set[str]:
    """Give the words of a work that may be meant by a misspelt one."""
    return {
        word for word in fold_words("\n".join(texts)) if 2 < len(word) < 40 and not word.isdigit()
    }


def fill_topic_terms(connection: sqlite3.Connection) -> None:
    """Weigh the stems of each topic: log-frequency times inverse document frequency, vectors of
    length 1."""
    total = connection.execute("select count(*) from documents").fetchone()[0]
    connection.execute(
        "create virtual table temp.document_terms using fts5vocab(main, documents_fts, 'row')"
    )
    connection.execute(
        f"create virtual table temp.topic_texts using fts5(text, tokenize='{TOKENIZER}')"
    )
    connection.execute(
        "create virtual table temp.topic_vocabulary using fts5vocab(temp, topic_texts, 'instance')"
    )
    slugs = dict(
        enumerate(row[0] for row in connection.execute("select slug from topics order by position"))
    )
    connection.executemany(
        TOPIC_TEXT,
        (
            {"id": number, "topic": slug, "works": WORKS_OF_A_TOPIC}
            for number, slug in slugs.items()
        ),
    )
    containing = dict(
        connection.execute("select term, doc from temp.document_terms")
    )  # one pass; looking terms up walks their lists each time
    frequency: dict[str, dict[str, float]] = defaultdict(dict)
    for number, term, count in connection.execute(
        "select doc, term, count(*) from temp.topic_vocabulary group by 1, 2"
    ):
        if term in containing:
            frequency[slugs[number]][term] = math.log1p(count) * inverse_frequency(
                total, containing[term]
            )
    for table in ("topic_vocabulary", "topic_texts", "document_terms"):
        connection.execute(f"drop table temp.{table}")
    for slug, weights in frequency.items():
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS_OF_A_TOPIC]
        connection.executemany(
            "insert into topic_terms (term, topic, weight) values (?, ?, ?)",
            ((t, slug, round(w / length, 5)) for t, w in best),
        )


WORKS_OF_A_TOPIC = 300
TERMS_OF_A_TOPIC = 300

TOPIC_TEXT = """
insert into temp.topic_texts (rowid, text)
select :id, t.title || ' ' || t.title || ' ' || t.title || ' ' || plain(t.intro)
    || coalesce(' ' || (select group_concat(alias, ' ') from topic_aliases
        where topic = t.slug), '')
    || coalesce(' ' || (select group_concat(goal, ' ') from learning_goals
        where topic = t.slug), '')
    || coalesce(' ' || (select group_concat(text, ' ') from (select d.title || ' ' || d.notes
        as text from work_topics x
                        join documents d on d.work = x.work where x.topic = t.slug
                            order by d.id limit :works)), '')
from topics t where t.slug = :topic"""
"""A topic speaks through its title (three times), aliases, introduction, goals and the titles and
notes of its works."""


def inverse_frequency(total: int, containing: int) -> float:
    """Give the inverse document frequency of BM25, never negative."""
    return math.log(1 + (total - containing + 0.5) / (containing + 0.5))
