"""Tables of the bibliography: works, people, topics, notes."""

from __future__ import annotations

from kb.markup import safe_markdown, to_html
from kb.store.table import Column, FullText, Subject, Table, flag, lines
from kb.text import word_count
from kb.validate.editions import edition_text

__all__ = ["WORK_TABLES"]


def names_of(subject: Subject) -> str:
    """Give the authors, or else the editors, as one text."""
    work = subject.it
    authors = [p.display for p in work.people if p.role == "author"]
    editors = [p.display for p in work.people if p.role == "editor"]
    names = authors or editors
    if work.et_al:
        names = [*names, "et al."]
    text = ", ".join(names)
    return text + " (ed.)" if editors and not authors else text


def address_of(subject: Subject) -> str:
    """Give where to read a work: its own link, else that of its DOI or arXiv id."""
    work = subject.it
    return str(
        work.url
        or (f"https://doi.org/{work.doi}" if work.doi else "")
        or (f"https://arxiv.org/abs/{work.arxiv}" if work.arxiv else "")
    )


def edition_of(subject: Subject) -> str:
    """Give the edition as people write it: `2nd ed.`."""
    return edition_text(subject.it.fields.get("edition", ""))


def year_of_owner(subject: Subject) -> int:
    """Give the year of the work that the row is about; 0 when not known."""
    return int(subject.owner.year or 0)


def is_own_topic(subject: Subject) -> int:
    """Tell whether the work names the topic itself."""
    return int(subject.it in subject.owner.topics)


def safe_text(subject: Subject) -> str:
    """Give a text as Markdown that is harmless where it is rendered."""
    return safe_markdown(subject.it.text)


def note_html(subject: Subject) -> str:
    """Give a note as HTML; `more` gives address and title of the works it names."""
    return to_html(subject.it.text, subject.more)


def note_words(subject: Subject) -> int:
    """Count the words of a note."""
    return word_count(subject.it.text)


WORK_TABLES: tuple[Table, ...] = (
    Table(
        name="works",
        doc="One row per work of the bibliography: paper, book, blog post, podcast, video.",
        columns=(
            Column("key", str, "Citation key"),
            Column("type", str, "BibTeX entry type"),
            Column("title", str, "Title without markup"),
            Column("authors", str, "Authors (or editors) as one text", names_of),
            Column("year", int, "Year of publication"),
            Column("venue", str, "Journal, proceedings, publisher or site"),
            Column("url", str, "Where to read it", address_of),
            Column("doi", str, "DOI without resolver"),
            Column("arxiv", str, "arXiv identifier"),
            Column("isbn", str, "ISBN"),
            Column("publisher", str, "Publisher"),
            Column("volume", str, "Volume"),
            Column("number", str, "Number or issue"),
            Column("pages", str, "Page range"),
            Column("length_pages", int, "Length in pages, where known"),
            Column("minutes", int, "Length of a recording in minutes, where known"),
            Column("et_al", int, "1 when the list of authors is not complete", flag("it.et_al")),
            Column(
                "short_titles",
                str,
                "Titles that schedules print, one per line",
                lines("it.short_titles"),
            ),
            Column("edition", str, "Edition, where the entry says one", edition_of),
            Column(
                "told_apart",
                str,
                "Edition or year, where another work has the same title",
                "owner",
            ),
            Column("why", str, "First sentence of the annotation", "more"),
            Column(
                "topics", str, "Topic slugs, the main one first, one per line", lines("it.topics")
            ),
            Column(
                "keywords", str, "Keywords that are no topics, one per line", lines("it.keywords")
            ),
            Column("abstract", str, "Abstract, where the entry has one"),
            Column("bibtex", str, "The entry as BibTeX"),
            Column("file", str, "Source file", "it.place.path"),
            Column("line", int, "Line of the entry in the source file", "it.place.line"),
        ),
        pk="key",
        not_null=("type", "title", "authors", "venue"),
        indexes=(
            ("-year", "key"),
            ("type", "-year", "key"),
            ("url",),
        ),
        full_text=FullText(("title", "authors", "venue", "why", "keywords", "short_titles")),
        facets=("type", "year", "venue"),
        sort_desc="year",
        label="title",
    ),
    Table(
        name="people",
        doc="Authors and editors.",
        columns=(
            Column("id", str, "Slug of the name"),
            Column("family", str, "Family name with its particles"),
            Column("given", str, "Given names"),
            Column("display", str, "Name as shown"),
            Column("works", int, "Number of works in this collection", "more"),
        ),
        pk="id",
        indexes=(("-works", "id"),),
        full_text=FullText(("display",)),
        sort="family",
        label="display",
    ),
    Table(
        name="authorship",
        doc="Who wrote or edited what, in order.",
        columns=(
            Column("work", str, "Work", "owner.key"),
            Column("person", str, "Person", "it.id"),
            Column("position", int, "Place among the people of the work, from 1"),
            Column("role", str, "author or editor"),
            Column("year", int, "Year of the work; 0 when not known", year_of_owner),
        ),
        pk=("work", "position"),
        foreign_keys=(("work", "works", "key"), ("person", "people", "id")),
        indexes=(("person", "-year", "work", "role"),),
        facets=("role",),
    ),
    Table(
        name="topics",
        doc="The tree of topics.",
        columns=(
            Column("slug", str, "Full name: area/topic"),
            Column("parent", str, "Slug of the topic above; empty for an area"),
            Column("position", int, "Order in the tree, from 1"),
            Column("title", str, "Title"),
            Column("intro", str, "What the topic asks (Markdown)"),
            Column("works", int, "Number of works on it and on the topics below", "more"),
        ),
        pk="slug",
        indexes=(("parent",),),
        full_text=FullText(("title", "intro")),
        facets=("parent",),
        sort="position",
        label="title",
    ),
    Table(
        name="topic_aliases",
        doc="Other names of a topic, so that a renamed topic stays one topic.",
        columns=(
            Column("topic", str, "Topic", "owner.slug"),
            Column("position", int, "Order, from 1"),
            Column("alias", str, "Other name", "it"),
        ),
        pk=("topic", "position"),
        foreign_keys=(("topic", "topics", "slug"),),
    ),
    Table(
        name="learning_goals",
        doc="What students can do after a topic.",
        columns=(
            Column("topic", str, "Topic", "owner.slug"),
            Column("position", int, "Order, from 1"),
            Column("goal", str, "Learning goal", "it"),
        ),
        pk=("topic", "position"),
        foreign_keys=(("topic", "topics", "slug"),),
        full_text=FullText(("goal",)),
    ),
    Table(
        name="work_topics",
        doc="Which topics a work belongs to; position 1 is the main one.",
        columns=(
            Column("work", str, "Work", "owner.key"),
            Column("topic", str, "Topic", "it"),
            Column("position", int, "Order, from 1"),
        ),
        pk=("work", "topic"),
        foreign_keys=(("work", "works", "key"), ("topic", "topics", "slug")),
        indexes=(("topic",),),
        facets=("topic",),
    ),
    Table(
        name="topic_works",
        doc="Which works a topic holds, those of the topics below it included: what a topic's "
        "page lists.",
        columns=(
            Column("topic", str, "Topic", "it"),
            Column("year", int, "Year of the work; 0 when not known", year_of_owner),
            Column("work", str, "Work", "owner.key"),
            Column("type", str, "Entry type of the work", "owner.type"),
            Column(
                "own",
                int,
                "1 when the work names this topic, 0 when only one below it",
                is_own_topic,
            ),
        ),
        pk=("topic", "work"),
        foreign_keys=(("topic", "topics", "slug"), ("work", "works", "key")),
        indexes=(
            ("topic", "-year", "work", "type", "own"),
            ("work",),
        ),
        facets=("topic",),
    ),
    Table(
        name="work_counts",
        doc="How many works a topic holds by year "
        "and type, those of the topics below it included; so that no page has to count.",
        columns=(
            Column("topic", str, "Topic; empty for all works"),
            Column("year", int, "Year; 0 when not known"),
            Column("type", str, "Entry type"),
            Column("works", int, "Number of works"),
        ),
        pk=("topic", "year", "type"),
        facets=("topic",),
    ),
    Table(
        name="annotations",
        doc="Notes about works: what they are, why read them, how they are used. Public ones only.",
        columns=(
            Column("id", str, "Name of the note; for a work's own note its key"),
            Column("text", str, "The note as Markdown without HTML and images", safe_text),
            Column("html", str, "The note as safe HTML", note_html),
            Column("words", int, "Length in words", note_words),
            Column("topic", str, "Topic the note belongs to, when it says so"),
        ),
        pk="id",
        full_text=FullText(("text",)),
        sort="id",
    ),
    Table(
        name="work_annotations",
        doc="Which notes are about which works.",
        columns=(
            Column("work", str, "Work", "it"),
            Column("annotation", str, "Note", "owner.id"),
            Column("position", int, "Order, from 1"),
        ),
        pk=("work", "annotation"),
        foreign_keys=(("work", "works", "key"), ("annotation", "annotations", "id")),
        indexes=(("annotation",),),
    ),
    Table(
        name="work_links",
        doc="Works that an annotation names beside its own.",
        columns=(
            Column("work", str, "Work whose note it is", "owner"),
            Column("other", str, "Work that the note names", "it"),
        ),
        pk=("work", "other"),
        foreign_keys=(("work", "works", "key"), ("other", "works", "key")),
        indexes=(("other",),),
    ),
)
