"""Every SELECT of search, by name. What varies is made of our own words; values are parameters."""

from __future__ import annotations

from kb.ranking import WEIGHTS
from kb.search.compile import Compiled

__all__ = [
    "ANY_BROAD",
    "BROAD",
    "BROAD_COUNTS",
    "HITS",
    "OF_PEOPLE",
    "SNIPPETS",
    "SYNONYMS",
    "TERM_OCCURS",
    "TITLES",
    "hits_from",
    "where",
]

SNIPPETS = ", ".join(
    ["highlight(documents_fts, 0, char(2), char(3))"]
    + [
        f"snippet(documents_fts, {n}, char(2), char(3), '…', "
        f"{24 if name in {'notes', 'prompts'} else 12})"
        for n, name in enumerate(WEIGHTS)
        if n
    ]
)
"""The title with marks, then a passage of each other column."""

HITS = """
select w.rowid, w.key, w.title, w.authors, w.year, w.venue, w.url, w.why, x.kind
from works w join document_facets x on x.id = w.rowid where w.rowid in ({places})"""

TITLES = "select key, title from works where key in (select value from json_each(?))"

SYNONYMS = """
select phrase, other from synonyms where phrase in (select value from json_each(?))
order by phrase, other"""

OF_PEOPLE = """
x.id in (select d.id from authorship a join documents d on d.work = a.work
         where a.person in ({places}))"""

ANY_BROAD = "select 1 from broad_words limit 1"
BROAD = "select works, first from broad_words where word = ?"
BROAD_COUNTS = "select facet, value, works from broad_counts where word = ?"

TERM_OCCURS = "select 1 from documents_fts where documents_fts match ? limit 1"


def where(query: Compiled) -> str:
    """Give the conditions of a query, to stand behind others."""
    return "".join(f" and ({condition})" for condition in query.conditions)


def hits_from(query: Compiled) -> str:
    """Give tables and conditions that hold for every hit, documents as `x`; MATCH stands in the
    outer loop, which the plan must keep."""
    if query.match and not query.loose:
        if not query.conditions:
            return "(select rowid as id from documents_fts where documents_fts match ?) x"
        return (
            "documents_fts f cross join document_facets x on x.id = f.rowid where "
            f"f.documents_fts match ?{where(query)}"
        )
    return f"document_facets x where 1{where(query)}"
