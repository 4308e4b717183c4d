"""The search index: one document per work, annotation, session and prompt."""

from __future__ import annotations

import sqlite3

__all__ = ["fill_search_index"]


def fill_search_index(connection: sqlite3.Connection) -> None:
    """Create and fill `documents` and its FTS5 index."""
    connection.executescript(
        """
        create table documents (
            id integer primary key, kind text not null, key text not null, work text, title text not null, body text not null
        );
        insert into documents (kind, key, work, title, body)
            select 'work', key, key, title, authors || ' ' || venue || ' ' || keywords || ' ' || short_titles || ' ' || coalesce(year, '')
            from works order by rowid;
        insert into documents (kind, key, work, title, body)
            select 'annotation', a.id, wa.work, w.title, a.text
            from annotations a join work_annotations wa on wa.annotation = a.id join works w on w.key = wa.work order by a.rowid, w.key;
        insert into documents (kind, key, work, title, body)
            select 'session', id, null, title, semester || ' ' || note from sessions where kind <> 'break' order by rowid;
        insert into documents (kind, key, work, title, body)
            select 'prompt', p.id, w.key, w.title, p.text from prompts p join works w on w.key = p.work order by p.rowid;
        create virtual table documents_fts using fts5(
            title, body, content='documents', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
        );
        insert into documents_fts (documents_fts) values ('rebuild');
        """
    )
