"""A fresh knowledge base for a course of one's own: its semester with the days of class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kb.errors import UsageError
from kb.text import DAYS

__all__ = ["NewCourse", "write_course"]

WORKS = """% Works, one entry each: paste BibTeX here, or `kb add FILE.bib`.
% docs/formats.md names the fields; keywords are topics of bib/topics.yaml.
"""

README = """# {title}

Edit `bib/` and `quizzes/`, then:

    kb check
    kb list {id}
    kb serve --open
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """What is known of a course that begins."""

    title: str
    zone: str = "UTC"
    first: date
    """First day of class, or a day before it."""
    days: tuple[str, ...] = ("Mon",)
    """`Mon` ... `Sun`."""
    start: str = ""
    """`HH:MM`; empty where it is not known."""
    minutes: int | None = None
    weeks: int = 14
    quizzes: bool = False

    @property
    def term(self) -> str:
        """The part of the year in which it begins."""
        month = self.first.month
        return "spring" if month < 6 else "summer" if month < 8 else "fall"

    @property
    def id(self) -> str:
        """`F2024`; summer terms are `Su2024`."""
        letter = {"spring": "S", "summer": "Su", "fall": "F"}[self.term]
        return f"{letter}{self.first.year}"


def write_course(directory: Path, course: NewCourse) -> tuple[Path, ...]:
    """Write the files of a course and give their paths.

    Raises:
        UsageError: a file is there already, or the directory cannot be written.
    """
    texts = {
        "bib/works.bib": WORKS,
        f"quizzes/{course.id}.yaml": semester_text(course),
        "README.md": README.format(title=course.title, id=course.id),
    }
    taken = [name for name in texts if (directory / name).exists()]
    if taken:
        raise UsageError(f"{directory}: has {', '.join(taken)} already; choose an empty directory")
    try:
        for name, text in texts.items():
            target = directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{directory}: cannot be written: {error.strerror or error}") from error
    return tuple(directory / name for name in texts)


def semester_text(course: NewCourse) -> str:
    """Give the semester's file: its head, and a row for every day of class."""
    slot = f"kind: lecture, days: [{', '.join(course.days)}]"
    slot += f', start: "{course.start}"' if course.start else ""
    slot += f", minutes: {course.minutes}" if course.minutes else ""
    quoted = course.title.replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        "# docs/formats.md names every field; `kb check` finds slips.",
        f"id: {course.id}",
        f"term: {course.term}",
        f"year: {course.first.year}",
        f'title: "{quoted}"',
        f"zone: {course.zone}",
        "meetings:",
        f"  - {{{slot}}}",
    ]
    if course.quizzes:
        lines += ["policy:", "  quiz: {grading: pass/fail, due: class start, questions: 1}"]
    lines.append("sessions:")
    for number, day in enumerate(class_days(course), 1):
        lines += [
            f"  - date: {day}",
            f"    weekday: {DAYS[day.weekday()]}",
            f"    topics: [{{title: Class {number}}}]",
            "    # readings:",
            '    #   - {work: KEY, locator: "Ch. 1"}',
        ]
    return "\n".join(lines) + "\n"


def class_days(course: NewCourse) -> list[date]:
    """Give the days of class, in order."""
    every = (course.first + timedelta(n) for n in range(7 * course.weeks))
    return [day for day in every if DAYS[day.weekday()] in course.days]
