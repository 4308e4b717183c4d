"""Tables of an offering beside its calendar: pattern, staff, rules."""

from __future__ import annotations

from kb.store.session_tables import portion
from kb.store.table import Column, Subject, Table, lines, name_of, stamp, words

__all__ = ["SEMESTER_TABLES"]


def first_day(subject: Subject) -> str:
    """Give the date of the first row of a calendar."""
    return min((s.date.isoformat() for s in subject.it.sessions if s.date), default="")


def last_day(subject: Subject) -> str:
    """Give the date of the last row of a calendar."""
    return max((s.date.isoformat() for s in subject.it.sessions if s.date), default="")


SEMESTER_TABLES: tuple[Table, ...] = (
    Table(
        name="semesters",
        doc="Offerings of the course.",
        columns=(
            Column("id", str, "Name of the semester: F2022"),
            Column("position", int, "Order in time, from 1"),
            Column("course", str, "Course it offers, where there are several", "more"),
            Column("term_title", str, "How the university calls the term"),
            Column("term", str, "spring, summer, fall or winter", name_of("it.term")),
            Column("year", int, "Year"),
            Column("title", str, "Title of the course in that semester"),
            Column(
                "former_titles",
                str,
                "Titles it had before, one per line",
                lines("it.former_titles"),
            ),
            Column("also_known_as", str, "Other titles, one per line", lines("it.also_known_as")),
            Column(
                "numbers", str, "Cross-listed course numbers, one per line", lines("it.numbers")
            ),
            Column("units", str, "Units"),
            Column("status", str, "preliminary or final"),
            Column("licence", str, "Licence of the course material"),
            Column("home", str, "Page or repository of the offering"),
            Column("notes", str, "Remarks on the offering"),
            Column("zone", str, "Time zone (IANA name)"),
            Column("first_day", str, "Date of the first row", first_day),
            Column("last_day", str, "Date of the last row", last_day),
        ),
        pk="id",
        facets=("term",),
        sort_desc="position",
    ),
    Table(
        name="meetings",
        doc="The weekly pattern of a semester.",
        columns=(
            Column("semester", str, "Semester", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("kind", str, "lecture, recitation or lab", name_of("it.kind")),
            Column("days", str, "Days, separated by spaces", words("it.days")),
            Column("start", str, "Local start, HH:MM", stamp("it.start")),
            Column("minutes", int, "Length"),
            Column("place", str, "Room or platform"),
            Column("first", str, "First day, of a slot for a part of the term", stamp("it.first")),
            Column("last", str, "Last day, of a slot for a part of the term", stamp("it.last")),
            Column("section", str, "Section whose slot it is; empty for everybody", "more"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="sections",
        doc="Groups of a semester's students with meeting times of their own.",
        columns=(
            Column("semester", str, "Semester", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("section", str, "Name of the section", "it.id"),
            Column("title", str, "What it is called"),
            Column("staff", str, "Who teaches it"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="follow_days",
        doc="Days on which the classes of another weekday meet.",
        columns=(
            Column("semester", str, "Semester", "owner.id"),
            Column("date", str, "Day", stamp("it.date")),
            Column("follows", str, "Weekday whose classes meet"),
        ),
        pk=("semester", "date"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="breaks",
        doc="Days without class.",
        columns=(
            Column("semester", str, "Semester", "owner.id"),
            Column("first", str, "First day", stamp("it.first")),
            Column("last", str, "Last day", stamp("it.last")),
            Column("title", str, "Why"),
        ),
        pk=("semester", "first"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="staff",
        doc="Instructors and teaching assistants.",
        columns=(
            Column("semester", str, "Semester", "owner.id"),
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
            Column("semester", str, "Semester", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("number", str, "Course number of the variant"),
            Column("text", str, "What is different"),
            Column(
                "replaces",
                str,
                "Codes of the deliverables it replaces, separated by spaces",
                words("it.replaces"),
            ),
            Column("due", str, "Date of its first milestone", stamp("it.due")),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="outcomes",
        doc="What a semester promises that students will learn.",
        columns=(
            Column("semester", str, "Semester", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("text", str, "Outcome", "it"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
    Table(
        name="policies",
        doc="The rules of each semester "
        "as data: quizzes, tokens, weights, late work, collaboration.",
        columns=(
            Column("semester", str, "Semester", "owner.id"),
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
            Column("semester", str, "Semester", "owner.id"),
            Column("position", int, "Order, from 1"),
            Column("work", str, "Work"),
            Column("locator", str, "The portion, as shown", portion),
            Column("url", str, "Link in that semester; empty for the work's own"),
            Column("why", str, "What for"),
        ),
        pk=("semester", "position"),
        foreign_keys=(("semester", "semesters", "id"),),
    ),
)
