"""The words that describe the tables of the search index; `kb.store.search_index` creates and fills them."""

from __future__ import annotations

from kb.store.schema import Column, Table

__all__ = ["SEARCH_TABLES"]

SEARCH_TABLES: tuple[Table, ...] = (
    Table(
        name="documents",
        doc="What search knows of each work, as text; documents_fts is its index.",
        columns=(
            Column("id", int, "Number of the work"),
            Column("work", str, "Work"),
            Column("title", str, "Title, and the short titles that schedules print"),
            Column("people", str, "Authors"),
            Column("notes", str, "Public notes, abstract and keywords, without markup"),
            Column("topics", str, "Titles and other names of its topics"),
            Column("venue", str, "Venue, publisher and year"),
            Column("sessions", str, "Sessions that assigned it"),
            Column("prompts", str, "Questions about it"),
            Column("forms", str, "Other spellings of words: without hyphens, ae for ä"),
        ),
        pk="id",
        hidden=True,
    ),
    Table(
        name="profiles",
        doc="Each distinct combination of facet values.",
        columns=(
            Column("id", int, "Number"),
            Column("year", int, "Year"),
            Column("kind", str, "paper, book, chapter, report, thesis, web, video, audio, ..."),
            Column("topics", str, "Topic slugs, separated by spaces"),
            Column("semesters", str, "Semesters that assigned it, separated by spaces"),
            Column("annotated", int, "1 when it has a public note"),
        ),
        pk="id",
        hidden=True,
    ),
    Table(
        name="document_facets",
        doc="Which combination of facet values a work has.",
        columns=(Column("id", int, "Number of the work"), Column("year", int, "Year"), Column("profile", int, "Combination")),
        pk="id",
        hidden=True,
    ),
    Table(
        name="search_terms",
        doc="Words as people write them, for 'did you mean'.",
        columns=(Column("word", str, "Word, folded"), Column("works", int, "Works that have it")),
        pk="word",
        hidden=True,
    ),
    Table(
        name="topic_terms",
        doc="What a topic's works talk about, for suggestions.",
        columns=(Column("term", str, "Stem"), Column("topic", str, "Topic"), Column("weight", float, "Weight; vectors of length 1")),
        pk=("term", "topic"),
        hidden=True,
    ),
)
