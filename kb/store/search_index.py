"""The search index: one document per work, made of all that is known about it."""

from __future__ import annotations

import sqlite3

from kb.store.schema import TOKENIZER

__all__ = ["fill_search_index"]

DOCUMENTS = """
create table documents (
    id integer primary key,
    work text not null unique references works(key),
    title text not null,
    people text not null,
    body text not null,
    context text not null
)"""
"""`body` is what notes say; `context` is venue, year, topics with their other names, sessions and questions."""

FILL = """
insert into documents (id, work, title, people, body, context)
select w.rowid, w.key, w.title || ' ' || replace(w.short_titles, char(10), ' '), w.authors,
    coalesce((select group_concat(a.text, ' ') from work_annotations x join annotations a on a.id = x.annotation where x.work = w.key), ''),
    w.venue || ' ' || w.type || ' ' || coalesce(w.year, '') || ' ' || w.keywords || ' ' || w.abstract || ' '
    || coalesce((select group_concat(t.title || ' ' || coalesce((select group_concat(alias, ' ') from topic_aliases where topic = t.slug), ''), ' ')
                 from work_topics x join topics t on t.slug = x.topic where x.work = w.key), '') || ' '
    || coalesce((select group_concat(distinct s.title) from readings r join sessions s on s.id = r.session where r.work = w.key), '') || ' '
    || coalesce((select group_concat(p.text, ' ') from prompt_works x join prompts p on p.id = x.prompt where x.work = w.key), '')
from works w order by w.rowid"""


def fill_search_index(connection: sqlite3.Connection) -> None:
    """Create and fill `documents` and its FTS5 index."""
    connection.execute(DOCUMENTS)
    connection.execute(FILL)
    connection.execute(
        "create virtual table documents_fts using fts5("
        f"title, people, body, context, content='documents', content_rowid='id', tokenize='{TOKENIZER}')"
    )
    connection.execute("insert into documents_fts (documents_fts) values ('rebuild')")
