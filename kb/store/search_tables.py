"""The words that describe the tables of the search index; `kb.store.search_index` creates and fills
them."""

from __future__ import annotations

from kb.store.table import Column, Table

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
            Column(
                "forms",
                str,
                "Other spellings of words: without hyphens, ae for ä, ml for machine learning",
            ),
        ),
        pk="id",
        hidden=True,
    ),
    Table(
        name="document_facets",
        doc="By what hits are narrowed.",
        columns=(
            Column("id", int, "Number of the work"),
            Column("year", int, "Year"),
            Column("kind", str, "paper, book, chapter, report, thesis, web, video, audio, ..."),
            Column("assigned", int, "1 when a semester assigned it"),
            Column("annotated", int, "1 when it has a public note"),
        ),
        pk="id",
        hidden=True,
    ),
    Table(
        name="document_topics",
        doc="Topics of works by number.",
        columns=(Column("id", int, "Number of the work"), Column("topic", str, "Topic")),
        pk=("id", "topic"),
        hidden=True,
    ),
    Table(
        name="document_semesters",
        doc="Semesters that assigned works, by number.",
        columns=(Column("id", int, "Number of the work"), Column("semester", str, "Semester")),
        pk=("id", "semester"),
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
        name="broad_words",
        doc="Words that hundreds of works have, with the best of these works: searching for one "
        "of them ranks nothing.",
        columns=(
            Column("word", str, "Stem"),
            Column("works", int, "Works that have it"),
            Column("first", str, "Numbers of the best works in order, as JSON"),
        ),
        pk="word",
        hidden=True,
    ),
    Table(
        name="broad_counts",
        doc="How the works of a broad word divide.",
        columns=(
            Column("word", str, "Stem"),
            Column("facet", str, "topic, kind, year, ..."),
            Column("value", str, "Its value"),
            Column("works", int, "Works"),
        ),
        pk=("word", "facet", "value"),
        hidden=True,
    ),
    Table(
        name="topic_terms",
        doc="What a topic's works talk about, for suggestions.",
        columns=(
            Column("term", str, "Stem"),
            Column("topic", str, "Topic"),
            Column("weight", float, "Weight; vectors of length 1"),
        ),
        pk=("term", "topic"),
        hidden=True,
    ),
    Table(
        name="synonyms",
        doc="Words that mean the same, for searching: those of the program "
        "and of bib/thesaurus.yaml.",
        columns=(
            Column("phrase", str, "Word or phrase, folded"),
            Column("other", str, "What is found with it"),
        ),
        pk=("phrase", "other"),
        hidden=True,
    ),
    Table(
        name="vectors",
        doc="Sentence vectors, when the database was built with a model.",
        columns=(
            Column("kind", str, "work or topic"),
            Column("id", str, "Key or slug"),
            Column("part", str, "title or text"),
            Column("vector", bytes, "Unit vector, 16-bit floats"),
        ),
        pk=("kind", "id", "part"),
        hidden=True,
    ),
)
