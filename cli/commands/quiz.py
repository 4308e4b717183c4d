"""Command: quiz."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from cli.context import DbOption, SourceOption, open_fresh
from cli.output import BaseOption, BomOption, OutputOption, write_output
from kb.errors import DatabaseUnusable, UsageError
from kb.lists.prompts import fresh_sheets
from kb.lists.quizzes import QuizSheet, bank_sheets, in_days, quiz_sheets
from kb.render.quiz.formats import QUIZ_FORMATS, find_quiz_format, render_quizzes
from kb.render.setting import Setting
from kb.text import plural
from kb.views.bank import get_bank
from kb.views.read import get_policy, get_reading_list
from kb.views.selection import find_topic

__all__ = ["run"]

SemesterArgument = Annotated[str, typer.Argument(help="Semester, such as F2022.")]
FormatOption = Annotated[
    str, typer.Option("--format", "-f", help=f"One of {', '.join(QUIZ_FORMATS)}.")
]
SessionOption = Annotated[str, typer.Option("--session", help="Only the quiz of this session.")]
FirstOption = Annotated[str, typer.Option("--from", metavar="DATE", help="Only from this day on.")]
LastOption = Annotated[str, typer.Option("--to", metavar="DATE", help="Only up to this day.")]
BankOption = Annotated[
    bool, typer.Option("--bank", help="All questions of the bank, not those of a semester.")
]
TopicOption = Annotated[
    str, typer.Option("--topic", "-t", help="With --bank: questions of this topic and below it.")
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Prefer questions not asked for two years.")
]
RubricOption = Annotated[
    bool, typer.Option("--with-rubric", help="For graders: with rubrics, from the staff file.")
]
StaffOption = Annotated[
    Path | None,
    typer.Option("--staff", metavar="FILE", help="What `kb build --staff FILE` wrote."),
]


def run(
    semester: SemesterArgument,
    format: FormatOption = "md",
    session: SessionOption = "",
    first: FirstOption = "",
    last: LastOption = "",
    bank: BankOption = False,
    topic: TopicOption = "",
    fresh: FreshOption = False,
    with_rubric: RubricOption = False,
    staff: StaffOption = None,
    base: BaseOption = "",
    bom: BomOption = False,
    output: OutputOption = None,
    source: SourceOption = None,
    db: DbOption = None,
) -> None:
    """Hand quizzes out: a package for Canvas or Moodle with due dates, or sheets to print.

    What each platform keeps and how to import is told in docs/quizzes.md. Rubrics come from the
    staff file alone, and go into nothing that students get.

    Examples:

      kb quiz F2022 --format qti -o quizzes.zip

      kb quiz F2022 --format html --session F2022-0907 -o sheet.html

      kb quiz F2022 --format grading --with-rubric --staff staff.db -o grading.csv
    """
    wanted = find_quiz_format(format)
    rubrics = read_rubrics(staff) if with_rubric else {}
    with open_fresh(source, db, everything=True) as connection:
        plan = get_reading_list(connection, semester)
        title = f"Reading quizzes, {plan.semester.term.title()} {plan.semester.year}"
        if bank:
            slug = find_topic(connection, topic) if topic else ""
            sheets = bank_sheets(get_bank(connection), slug, rubrics)
            title = f"Reading questions: {slug}" if slug else "Reading questions"
        else:
            policy = get_policy(connection, plan.semester.id)
            sections = {
                s.section: get_reading_list(connection, plan.semester.id, s.section)
                for s in plan.offering.sections
            }
            chosen = quiz_sheets(plan, policy, sections, rubrics)
            sheets = in_days(chosen, first, last, session)
            if fresh:
                sheets, notes = fresh_sheets(sheets, get_bank(connection), plan.semester.id)
                for note in notes:
                    typer.echo(note, err=True)
    how = Setting(title=title, base=base.rstrip("/"), bom=bom, only="bank" if bank else "")
    if not sheets:
        raise UsageError(f"{semester}: no quiz fits; `kb list {semester}` shows which there are")
    write_output(render_quizzes(wanted, sheets, how), output)
    tell(sheets, wanted.name)


def read_rubrics(staff: Path | None) -> dict[str, str]:
    """Read the rubrics of the staff file.

    Raises:
        UsageError: no file was named.
        DatabaseUnusable: it cannot be read.
    """
    if staff is None:
        raise UsageError(
            "--with-rubric needs --staff FILE; `kb build --staff FILE` writes it, outside the site"
        )
    try:
        address = f"{staff.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            return dict(connection.execute("select prompt, rubric from rubrics"))
    except sqlite3.Error as error:
        raise DatabaseUnusable(f"{staff}: no staff file: {error}") from error


def tell(sheets: tuple[QuizSheet, ...], name: str) -> None:
    """Say on stderr what was written, and what a platform needs to be told."""
    dated = sum(bool(s.due) for s in sheets)
    typer.echo(f"{plural(len(sheets), 'quiz', 'quizzes')}, {dated} with a due moment", err=True)
    if name == "qti":
        typer.echo(
            "Canvas: Settings, Import Course Content, QTI .zip file; before a second import tick "
            '"Overwrite assessment content with matching IDs", or everything is there twice',
            err=True,
        )
