"""The database: tables and columns, with the words that describe them.

Names are public interface: people write SQL against them. `datasette-metadata.json` is made of this
file, and a test keeps the two in step.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TABLES", "TOKENIZER", "Column", "FullText", "Table"]

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""FTS5 tokenizer: English stems, accents ignored in every composed form."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, SQLite type, meaning."""

    name: str
    type: type
    doc: str


@dataclass(frozen=True, slots=True)
class FullText:
    """Columns of a table that full-text search covers."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table and what it holds."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    pk: str | tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    """Column, other table, its column."""
    not_null: tuple[str, ...] = ()
    full_text: FullText | None = None
    facets: tuple[str, ...] = ()
    sort: str = ""
    sort_desc: str = ""
    size: int = 20
    label: str = ""
    hidden: bool = False


TABLES: tuple[Table, ...] = (
    Table(
        name="works",
        doc="One row per work of the bibliography: paper, book, blog post, podcast, video.",
        columns=(
            Column("key", str, "Citation key"),
            Column("type", str, "BibTeX entry type"),
            Column("title", str, "Title without markup"),
            Column("authors", str, "Authors (or editors) as one text"),
            Column("year", int, "Year of publication"),
            Column("venue", str, "Journal, proceedings, publisher or site"),
            Column("url", str, "Where to read it"),
            Column("doi", str, "DOI without resolver"),
            Column("arxiv", str, "arXiv identifier"),
            Column("isbn", str, "ISBN"),
            Column("publisher", str, "Publisher"),
            Column("volume", str, "Volume"),
            Column("number", str, "Number or issue"),
            Column("pages", str, "Page range"),
            Column("length_pages", int, "Length in pages, where known"),
            Column("minutes", int, "Length of a recording in minutes, where known"),
            Column("et_al", int, "1 when the list of authors is not complete"),
            Column("short_titles", str, "Titles that schedules print, one per line"),
            Column("why", str, "First sentence of the annotation"),
            Column("topics", str, "Topic slugs, the main one first, one per line"),
            Column("keywords", str, "Keywords that are no topics, one per line"),
            Column("abstract", str, "Abstract, where the entry has one"),
            Column("bibtex", str, "The entry as BibTeX"),
            Column("file", str, "Source file"),
            Column("line", int, "Line of the entry in the source file"),
        ),
        pk="key",
        not_null=("type", "title", "authors", "venue"),
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
            Column("works", int, "Number of works in this collection"),
        ),
        pk="id",
        full_text=FullText(("display",)),
        sort="family",
        label="display",
    ),
    Table(
        name="authorship",
        doc="Who wrote or edited what, in order.",
        columns=(
            Column("work", str, "Work"),
            Column("person", str, "Person"),
            Column("position", int, "Place among the people of the work, from 1"),
            Column("role", str, "author or editor"),
            Column("year", int, "Year of the work; 0 when not known"),
        ),
        pk=("work", "position"),
        foreign_keys=(("work", "works", "key"), ("person", "people", "id")),
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
            Column("works", int, "Number of works on it and on the topics below"),
        ),
        pk="slug",
        full_text=FullText(("title", "intro")),
        facets=("parent",),
        sort="position",
        label="title",
    ),
    Table(
        name="topic_aliases",
        doc="Other names of a topic, so that a renamed topic stays one topic.",
        columns=(
            Column("topic", str, "Topic"),
            Column("position", int, "Order, from 1"),
            Column("alias", str, "Other name"),
        ),
        pk=("topic", "position"),
        foreign_keys=(("topic", "topics", "slug"),),
    ),
    Table(
        name="learning_goals",
        doc="What students can do after a topic.",
        columns=(
            Column("topic", str, "Topic"),
            Column("position", int, "Order, from 1"),
            Column("goal", str, "Learning goal"),
        ),
        pk=("topic", "position"),
        foreign_keys=(("topic", "topics", "slug"),),
        full_text=FullText(("goal",)),
    ),
    Table(
        name="work_topics",
        doc="Which topics a work belongs to; position 1 is the main one.",
        columns=(
            Column("work", str, "Work"),
            Column("topic", str, "Topic"),
            Column("position", int, "Order, from 1"),
        ),
        pk=("work", "topic"),
        foreign_keys=(("work", "works", "key"), ("topic", "topics", "slug")),
        facets=("topic",),
    ),
    Table(
        name="topic_works",
        doc="Which works a topic holds, those of the topics below it included: what a topic's page lists.",
        columns=(
            Column("topic", str, "Topic"),
            Column("year", int, "Year of the work; 0 when not known"),
            Column("work", str, "Work"),
            Column("type", str, "Entry type of the work"),
            Column("own", int, "1 when the work names this topic, 0 when only one below it"),
        ),
        pk=("topic", "work"),
        foreign_keys=(("topic", "topics", "slug"), ("work", "works", "key")),
        facets=("topic",),
    ),
    Table(
        name="work_counts",
        doc="How many works a topic holds by year and type, those of the topics below it included; so that no page has to count.",
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
            Column("text", str, "The note as Markdown"),
            Column("html", str, "The note as safe HTML"),
            Column("words", int, "Length in words"),
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
            Column("work", str, "Work"),
            Column("annotation", str, "Note"),
            Column("position", int, "Order, from 1"),
        ),
        pk=("work", "annotation"),
        foreign_keys=(("work", "works", "key"), ("annotation", "annotations", "id")),
    ),
    Table(
        name="work_links",
        doc="Works that an annotation names beside its own.",
        columns=(
            Column("work", str, "Work whose note it is"),
            Column("other", str, "Work that the note names"),
        ),
        pk=("work", "other"),
        foreign_keys=(("work", "works", "key"), ("other", "works", "key")),
    ),
    Table(
        name="semesters",
        doc="Offerings of the course.",
        columns=(
            Column("id", str, "Name of the semester: F2022"),
            Column("position", int, "Order in time, from 1"),
            Column("term", str, "spring, summer, fall or winter"),
            Column("year", int, "Year"),
            Column("title", str, "Title of the course in that semester"),
            Column("former_titles", str, "Titles it had before, one per line"),
            Column("also_known_as", str, "Other titles, one per line"),
            Column("numbers", str, "Cross-listed course numbers, one per line"),
            Column("units", str, "Units"),
            Column("status", str, "preliminary or final"),
            Column("licence", str, "Licence of the course material"),
            Column("home", str, "Page or repository of the offering"),
            Column("notes", str, "Remarks on the offering"),
            Column("zone", str, "Time zone (IANA name)"),
            Column("first_day", str, "Date of the first row"),
            Column("last_day", str, "Date of the last row"),
        ),
        pk="id",
        facets=("term",),
        sort_desc="position",
    ),
    Table(
        name="meetings",
        doc="The weekly pattern of a semester.",
        columns=(
            Column("semester", str, "Semester"),
            Column("position", int, "Order, from 1"),
            Column("kind", str, "lecture, recitation or lab"),
            Column("days", str, "Days, separated by spaces"),
            Column("start", str, "Local start, HH:MM"),
            Column("minutes", int, "Length"),
            Column("place", str, "Room or platform"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="breaks",
        doc="Days without class.",
        columns=(
            Column("semester", str, "Semester"),
            Column("first", str, "First day"),
            Column("last", str, "Last day"),
            Column("title", str, "Why"),
        ),
        pk=("semester", "first"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="staff",
        doc="Instructors and teaching assistants.",
        columns=(
            Column("semester", str, "Semester"),
            Column("position", int, "Order, from 1"),
            Column("name", str, "Name"),
            Column("role", str, "instructor, teaching assistant, ..."),
            Column("url", str, "Home page"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="tracks",
        doc="Variants of the course with their own work and dates.",
        columns=(
            Column("semester", str, "Semester"),
            Column("position", int, "Order, from 1"),
            Column("number", str, "Course number of the variant"),
            Column("text", str, "What is different"),
            Column("replaces", str, "Codes of the deliverables it replaces, separated by spaces"),
            Column("due", str, "Date of its first milestone"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="outcomes",
        doc="What a semester promises that students will learn.",
        columns=(
            Column("semester", str, "Semester"),
            Column("position", int, "Order, from 1"),
            Column("text", str, "Outcome"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="policies",
        doc="The rules of each semester as data: quizzes, tokens, weights, late work, collaboration.",
        columns=(
            Column("semester", str, "Semester"),
            Column("position", int, "Order, from 1"),
            Column("area", str, "quiz, tokens, weights, ..."),
            Column("rule", str, "Name of the rule within its area"),
            Column("value", str, "What holds"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
        facets=("semester", "area"),
    ),
    Table(
        name="recommended",
        doc="Works worth knowing before or beside the course, never due.",
        columns=(
            Column("semester", str, "Semester"),
            Column("position", int, "Order, from 1"),
            Column("work", str, "Work"),
            Column("why", str, "What for"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"), ("work", "works", "key")),
    ),
    Table(
        name="sessions",
        doc="Rows of the calendars: lectures, recitations, labs, breaks, exams, events.",
        columns=(
            Column("id", str, "Semester and date: F2022-0907"),
            Column("semester", str, "Semester"),
            Column("position", int, "Row in the calendar, from 1"),
            Column("date", str, "Date; empty when not fixed yet"),
            Column("dated", int, "0 for a row that shares the date of the row above, or has none"),
            Column("weekday", str, "Day of the week"),
            Column("start", str, "Local start, HH:MM, where known"),
            Column("end", str, "Local end, HH:MM, where known"),
            Column("kind", str, "lecture, recitation, lab, break, exam or event"),
            Column("title", str, "What the row is about"),
            Column("url", str, "Link of a row without topics"),
            Column("cancelled", int, "1 when it does not take place"),
            Column("reason", str, "Why it does not"),
            Column("note", str, "Remark"),
        ),
        pk="id",
        foreign_keys=(("semester", "semesters", "id"),),
        full_text=FullText(("title", "note")),
        facets=("semester", "kind"),
        sort="date",
        size=50,
        label="title",
    ),
    Table(
        name="session_topics",
        doc="Topics of a session, as the calendar names them.",
        columns=(
            Column("session", str, "Session"),
            Column("position", int, "Order, from 1"),
            Column("topic", str, "Topic of the tree, where it has one"),
            Column("title", str, "Title as printed"),
            Column("continued", int, "1 when it goes on from an earlier session"),
            Column("part", int, "Number of the part"),
            Column("guest", str, "Guest lecturer"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"), ("topic", "topics", "slug")),
        facets=("topic",),
    ),
    Table(
        name="materials",
        doc="Links of a session that are no readings: slides, book chapters, videos.",
        columns=(
            Column("session", str, "Session"),
            Column("position", int, "Order, from 1"),
            Column("topic_position", int, "Which of the session's topics; 0 for the row itself"),
            Column("label", str, "What it is"),
            Column("url", str, "Where it is"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"),),
        facets=("label",),
    ),
    Table(
        name="readings",
        doc="Assigned portions of works.",
        columns=(
            Column("session", str, "Session"),
            Column("position", int, "Order, from 1"),
            Column("work", str, "Work"),
            Column("role", str, "required, one-of, supplementary, recommended or cited"),
            Column("alternative_group", int, "Number of the group of which one is to be read"),
            Column("locator", str, "The portion, as shown: Ch. 5, 7, 8"),
            Column("locator_unit", str, "chapter, section, page, pattern, part or time"),
            Column("locator_parts", str, "The parts as a JSON list"),
            Column("title", str, "Title as the calendar prints it; empty for the work's own"),
            Column("url", str, "Link in that semester; empty for the work's own"),
            Column("topic", str, "Which of the session's topics it belongs to, when it says so"),
            Column("why", str, "Why it is assigned, when the semester says so"),
        ),
        pk=("session", "position"),
        foreign_keys=(
            ("session", "sessions", "id"),
            ("work", "works", "key"),
            ("topic", "topics", "slug"),
        ),
        facets=("role",),
    ),
    Table(
        name="prompts",
        doc="Open-ended quiz questions. Rubrics are for staff and not in this database.",
        columns=(
            Column("id", str, "Name of the prompt"),
            Column("work", str, "First of its works"),
            Column("locator", str, "The portion it asks about, as shown"),
            Column("topic", str, "Topic"),
            Column("minutes", int, "Time to answer"),
            Column("text", str, "The question as Markdown"),
            Column("html", str, "The question as safe HTML"),
        ),
        pk="id",
        foreign_keys=(("work", "works", "key"), ("topic", "topics", "slug")),
        full_text=FullText(("text",)),
        facets=("topic",),
    ),
    Table(
        name="prompt_works",
        doc="Works that a prompt can be answered from.",
        columns=(
            Column("prompt", str, "Prompt"),
            Column("position", int, "Order, from 1"),
            Column("work", str, "Work"),
        ),
        pk=("prompt", "position"),
        foreign_keys=(("prompt", "prompts", "id"), ("work", "works", "key")),
    ),
    Table(
        name="quizzes",
        doc="What a session's readings ask, and until when.",
        columns=(
            Column("session", str, "Session"),
            Column("semester", str, "Semester"),
            Column(
                "due",
                str,
                "Start of the class with its offset from UTC; the date alone where the time is not known",
            ),
            Column("due_utc", str, "The same moment in UTC, for sorting"),
        ),
        pk="session",
        foreign_keys=(("session", "sessions", "id"), ("semester", "semesters", "id")),
        facets=("semester",),
        sort="due_utc",
    ),
    Table(
        name="quiz_prompts",
        doc="Questions of a quiz, in order.",
        columns=(
            Column("session", str, "Session"),
            Column("position", int, "Order, from 1"),
            Column("prompt", str, "Prompt"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"), ("prompt", "prompts", "id")),
    ),
    Table(
        name="deliverables",
        doc="Homework and milestones due on a session.",
        columns=(
            Column("session", str, "Session"),
            Column("position", int, "Order, from 1"),
            Column("code", str, "I1, M2, ..."),
            Column("title", str, "Title"),
            Column("url", str, "Instructions"),
            Column("released", str, "Date it came out"),
            Column("due", str, "Moment it is due; empty for the start of the session"),
        ),
        pk=("session", "position"),
        foreign_keys=(("session", "sessions", "id"),),
    ),
    Table(
        name="submissions",
        doc="Public submissions to a deliverable.",
        columns=(
            Column("session", str, "Session of the deliverable"),
            Column("deliverable", int, "Position of the deliverable"),
            Column("position", int, "Order, from 1"),
            Column("title", str, "Title"),
            Column("url", str, "Where it is"),
        ),
        pk=("session", "deliverable", "position"),
        foreign_keys=(("session", "sessions", "id"),),
    ),
    Table(
        name="build",
        doc="How this file was made.",
        columns=(Column("name", str, "Property"), Column("value", str, "Value")),
        pk="name",
        hidden=True,
    ),
)
"""Every table, targets of foreign keys before those that point at them."""
