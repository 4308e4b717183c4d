"""Write changed notes into the tables that hold them, and into what search made of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from kb.forms import other_forms
from kb.markup import KEY_LINK
from kb.records import Work
from kb.store.broad_words import fill_broad_words
from kb.store.rows import Note, why
from kb.store.schema import TABLES
from kb.store.search_index import (
    COLUMNS,
    DOCUMENTS,
    create_functions,
    fill_topic_terms,
    terms_of,
)
from kb.store.table import Subject
from kb.store.work_tables import note_html, note_words

__all__ = ["move_lines", "write_notes"]

FULL_TEXT = {t.name: t.full_text.columns for t in TABLES if t.full_text} | {"documents": COLUMNS}
"""Tables with a full-text index that reads their text, and the columns it covers."""


def write_notes(connection: sqlite3.Connection, works: Iterable[Work]) -> None:
    """Write the notes of works, and bring everything made of them up to date."""
    create_functions(connection)
    connection.create_function("venue_names", 1, lambda venue: "", deterministic=True)
    connection.create_function("other_forms", 2, lambda text, more: "", deterministic=True)
    titles = dict(connection.execute("select key, title from works"))
    terms: Counter[str] = Counter()
    relinked = False
    for work in works:
        relinked |= write_note(connection, work, titles)
        number, *before = connection.execute(DOCUMENT, (work.key,)).fetchone()
        update(connection, "documents", number, document_of(connection, number))
        _, *after = connection.execute(DOCUMENT, (work.key,)).fetchone()
        terms.update(terms_of(after))
        terms.subtract(terms_of(before))
    if relinked:
        write_links(connection, titles)
    connection.executemany(
        "insert into search_terms (word, works) values (?, ?)"
        " on conflict (word) do update set works = works + excluded.works",
        [(word, change) for word, change in terms.items() if change],
    )
    connection.execute("delete from search_terms where works = 0")
    for table in ("topic_terms", "broad_words", "broad_counts"):
        connection.execute(f"delete from {table}")  # noqa: S608 our own names
    fill_topic_terms(connection)
    fill_broad_words(connection)


DOCUMENT = "select id, title, people, notes, topics, venue from documents where work = ?"


def document_of(connection: sqlite3.Connection, number: int) -> dict[str, str]:
    """Give what changes of a document with the note of its work."""
    names = ", ".join(("id", *COLUMNS))
    query = f"select {names} from documents where id = ?"  # noqa: S608 our own names
    _, title, people, _, topics, venue, sessions, prompts, _ = connection.execute(
        query, (number,)
    ).fetchone()
    made = connection.execute(DOCUMENTS.format(which="where w.rowid = ?"), (number,)).fetchone()
    notes = made[2 + COLUMNS.index("notes")]
    more = " ".join((notes, topics, venue, sessions, prompts))
    return {"notes": notes, "forms": other_forms(f"{title} {people}", more)}


def write_note(connection: sqlite3.Connection, work: Work, titles: Mapping[str, str]) -> bool:
    """Write a work's own note; tell whether it names other works than before."""

    def link(key: str) -> tuple[str, str] | None:
        return (f"/works/{key}", titles[key]) if key in titles else None

    subject = Subject(Note(work.key, (work.key,), work.annotation), more=link)
    query = "select rowid, text from annotations where id = ?"
    number, old = connection.execute(query, (work.key,)).fetchone()
    query = "select rowid from works where key = ?"
    of_work = connection.execute(query, (work.key,)).fetchone()[0]
    made = {"text": work.annotation, "html": note_html(subject), "words": note_words(subject)}
    update(connection, "annotations", number, made)
    update(connection, "works", of_work, {"why": why(work, {}, titles)})
    return KEY_LINK.findall(old) != KEY_LINK.findall(work.annotation)


def update(
    connection: sqlite3.Connection, table: str, number: int, values: Mapping[str, object]
) -> None:
    """Change columns of a row and its entry in the full-text index, which keeps no text itself."""
    columns = ", ".join(FULL_TEXT[table])
    read = f"select {columns} from {table} where rowid = ?"  # noqa: S608 names come from the schema
    marks = ", ".join("?" * len(FULL_TEXT[table]))
    index = f"insert into {table}_fts ({table}_fts, rowid, {columns}) values ('delete', ?, {marks})"  # noqa: S608
    before = connection.execute(read, (number,)).fetchone()
    changes = ", ".join(f"{name} = ?" for name in values)
    connection.execute(
        f"update {table} set {changes} where rowid = ?",  # noqa: S608 names come from the schema
        (*values.values(), number),
    )
    after = connection.execute(read, (number,)).fetchone()
    if after != before:
        connection.execute(index, (number, *before))
        connection.execute(
            f"insert into {table}_fts (rowid, {columns}) values (?, {marks})",  # noqa: S608
            (number, *after),
        )


def write_links(connection: sqlite3.Connection, titles: Mapping[str, str]) -> None:
    """Write anew which works the notes of works name, in the order of a full build."""
    found: dict[tuple[str, str], None] = {}
    for text, keys in connection.execute(NOTES_IN_ORDER).fetchall():
        named = [key for key in KEY_LINK.findall(text) if key in titles]
        for key in keys.split("\n"):
            found.update(dict.fromkeys((key, other) for other in named if other != key))
    connection.execute("delete from work_links")
    connection.executemany("insert into work_links (work, other) values (?, ?)", found)


NOTES_IN_ORDER = """
select a.text, (select group_concat(work, char(10)) from
    (select work from work_annotations where annotation = a.id order by rowid))
from annotations a where a.text like '%[@%' order by a.rowid"""


def move_lines(connection: sqlite3.Connection, path: str, behind: int, shift: int) -> None:
    """Move the lines of the works behind an edit."""
    if shift:
        connection.execute(
            "update works set line = line + ? where file = ? and line > ?", (shift, path, behind)
        )
