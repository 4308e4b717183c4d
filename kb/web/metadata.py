"""Metadata for Datasette: titles, licence, descriptions of every table and column, facets, named
queries.

`datasette-metadata.json` at the top of the project is what `render_metadata` gives; a test compares
them.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from kb.store.schema import TABLES
from kb.store.search_tables import SEARCH_TABLES
from kb.store.views import VIEWS

__all__ = ["metadata", "render_metadata"]

QUERIES: dict[str, dict[str, Any]] = {
    "due_from_day": {
        "title": "For students: what is due next",
        "description": "Quizzes from a day on, with what to read and what to answer.",
        "sql": (
            "select due, semester, title, readings, questions from due_next where due_utc >= "
            ":from_day order by due_utc limit 20"
        ),
        "params": ["from_day"],
    },
    "where_assigned": {
        "title": "For instructors: where was this assigned",
        "description": (
            "Semesters, sessions and portions in which a work was assigned; give its citation key."
        ),
        "sql": (
            "select semester, date, session_title, locator, role, prompts from assigned_in "
            "where work = :work order by semester_position, date"
        ),
        "params": ["work"],
    },
    "readings_by_topic": {
        "title": "For researchers: works by topic",
        "description": (
            "Works of a topic and of the topics below it; give a slug such as quality-assurance."
        ),
        "sql": (
            "select distinct w.key, w.title, w.authors, w.year, w.why from work_topics t join "
            "works w on w.key = t.work"
            " where t.topic = :topic or t.topic like :topic || '/%' order by w.year desc, w.key"
        ),
        "params": ["topic"],
    },
    "unannotated_works": {
        "title": "For annotators: works without a note",
        "description": "Works that still need an annotation.",
        "sql": "select key, title, authors, year, url from unannotated",
    },
    "search_works": {
        "title": "For researchers: search by relevance",
        "description": (
            "Works whose title, people, notes, topics, sessions or questions have all "
            "the words, best first."
        ),
        "sql": (
            "select w.key, w.title, w.authors, w.year, w.why from documents_fts join works w on "
            "w.rowid = documents_fts.rowid"
            " where documents_fts match escape_fts(:words) order by bm25(documents_fts, 8, 8, 3, "
            "3, 1, 2, 1, 4) limit 50"
        ),
        "params": ["words"],
    },
}
"""Named queries: SQL that nobody needs to see."""


def metadata(title: str = "coursebib", database: str = "kb") -> dict[str, Any]:
    """Give the metadata of one database.

    Facets are named and suggestions are off: with 100,000 rows suggesting them takes seconds.
    """
    tables: dict[str, Any] = {}
    for table in (*TABLES, *SEARCH_TABLES):
        entry: dict[str, Any] = {
            "description": table.doc,
            "columns": {column.name: column.doc for column in table.columns},
            "size": table.size,
        }
        if table.facets:
            entry["facets"] = list(table.facets)
        if table.sort:
            entry["sort"] = table.sort
        if table.sort_desc:
            entry["sort_desc"] = table.sort_desc
        if table.label:
            entry["label_column"] = table.label
        if table.hidden:
            entry["hidden"] = True
        tables[table.name] = entry
    for view in VIEWS:
        tables[view.name] = {"description": view.doc}
    return {
        "title": title,
        "description": (
            "An annotated bibliography, the class meetings that assign it, and the "
            "questions about it."
        ),
        "license": "Data: CC BY-SA 4.0",
        "license_url": "https://creativecommons.org/licenses/by-sa/4.0/",
        "source": "bib/ and quizzes/ of this knowledge base",
        "databases": {
            database: {
                "description": "Built by kb build; change the sources, not this file.",
                "tables": tables,
                "queries": copy.deepcopy(QUERIES),
            }
        },
    }


def render_metadata() -> str:
    """Give `datasette-metadata.json`."""
    return (
        json.dumps(
            metadata("Machine Learning in Production: readings"), indent=2, ensure_ascii=False
        )
        + "\n"
    )
