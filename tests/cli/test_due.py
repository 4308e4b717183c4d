"""Homework with a due moment of its own: every list says it, and it is still to come when its class is over."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from cli.app import app
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule

SEMESTER = """id: W2025
term: winter
year: 2025
title: Seminar
zone: America/Los_Angeles
policy: {quiz: {grading: pass/fail}}
meetings:
  - {kind: lecture, days: [Tue, Thu], start: "16:30", minutes: 80}
sessions:
  - date: 2025-03-11
    kind: lecture
    topics:
      - title: Bias
    readings:
      - work: doe2020bias
    deliverables:
      - title: Reflection
  - date: 2025-03-13
    kind: event
    title: Presentations
    deliverables:
      - {code: R, title: Final report, due: 2025-03-17, url: "https://example.org/report"}
"""

WHEN = "Mon, Mar 17, 23:59 PDT"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    (root / "bib").mkdir()
    (root / "quizzes").mkdir()
    (root / "bib" / "works.bib").write_text(
        "@article{doe2020bias, author = {Doe, Jane}, title = {Bias}, journal = {J}, year = {2020}}\n"
    )
    (root / "quizzes" / "W2025.yaml").write_text(SEMESTER)
    return root


def kb(course: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--source", str(course)], env={"COLUMNS": "100"})
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("form", ["table", "md", "html", "csv"])
def test_lists_say_when_homework_is_due_that_is_not_due_with_its_class(
    course: Path, form: str
) -> None:
    text = kb(course, "list", "W2025", "--format", form)
    assert WHEN in text
    assert "Reflection (due" not in text and "Reflection due" not in text


def test_csv_keeps_one_column_for_it(course: Path) -> None:
    rows = list(csv.DictReader(kb(course, "list", "W2025", "--format", "csv").splitlines()))
    assert [r["deliverables"] for r in rows] == ["Reflection", f"R: Final report (due {WHEN})"]


def test_calendars_have_an_event_for_it(course: Path) -> None:
    events = Calendar.from_ical(kb(course, "list", "W2025", "--format", "ics")).walk("VEVENT")
    due = [e for e in events if "Final report" in e["SUMMARY"]]
    assert [(str(e["SUMMARY"]), e["DTSTART"].dt.isoformat()) for e in due] == [
        ("Due: R: Final report", "2025-03-17T23:29:00-07:00")
    ]
    assert len({str(e["UID"]) for e in events}) == len(events) == 4


@pytest.mark.parametrize(
    ("day", "there"),
    [("2025-03-12", True), ("2025-03-14", True), ("2025-03-17T23:00", True), ("2025-03-18", False)],
)
def test_it_is_named_as_next_until_it_is_due(course: Path, day: str, there: bool) -> None:
    assert (WHEN in kb(course, "next", "--on", day)) is there
    assert (
        any(
            d["title"] == "Final report"
            for s in json.loads(kb(course, "next", "--on", day, "--json"))["also"]
            for d in s["deliverables"]
        )
        is there
    )


def test_a_session_without_question_yet_announces_none(course: Path) -> None:
    assert "Question, due Tue, Mar 11, 16:30 PDT\n" in kb(course, "list", "W2025", "--format", "md")


def test_notes_are_shown_on_demand_and_the_summary_says_so(course: Path) -> None:
    plain, full = (
        CliRunner().invoke(app, ["check", "--source", str(course), *more])
        for more in ((), ("--all",))
    )
    assert "(--all shows them)" in plain.stderr and "unannotated" not in plain.stdout
    assert "(--all shows them)" not in full.stderr and "[unannotated]" in full.stdout + full.stderr


def test_html_in_a_question_is_text_in_markdown(course: Path) -> None:
    (course / "quizzes" / "prompts").mkdir(exist_ok=True)
    (course / "quizzes" / "prompts" / "p.yaml").write_text(
        "- id: bias\n  works: [doe2020bias]\n  text: |\n    Which of `<b>` and <img src=x onerror=alert(1)> is code? See <https://example.org>, 1 < 2.\n\n    ```\n    <script>x</script>\n    ```\n\n    <script>alert(1)</script>\n"
    )
    text = kb(course, "list", "W2025", "--format", "md")
    assert (
        "`<b>` and &lt;img src=x onerror=alert(1)> is code? See <https://example.org>, 1 < 2."
        in text
    )
    assert "> <script>x</script>" in text and "> &lt;script>alert(1)&lt;/script>" in text


def test_a_final_exam_has_no_badge_of_a_midterm(tmp_path: Path) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "W2025.yaml").write_text(
        SEMESTER.partition("sessions:")[0]
        + "sessions:\n  - {date: 2025-02-04, kind: exam, title: Midterm exam}\n  - {date: 2025-03-18, kind: exam, title: Klausur}\n"
    )
    rows = [
        line
        for line in kb(tmp_path, "list", "W2025", "--format", "md").splitlines()
        if "badge" in line
    ]
    assert ["midterm" in row for row in rows] == [True, False] and "![Exam]" in rows[1]
    (tmp_path / "again.md").write_text(
        "\n".join(
            [
                "| Date | Topic |",
                "|--|--|",
                *(row.rpartition("|")[0].rsplit("|", 2)[0] + "|" for row in rows),
            ]
        )
    )
    assert [
        s.kind.value
        for s in import_schedule(
            (tmp_path / "again.md").read_text(), "W2025", WorkIndex([])
        ).sessions
    ] == ["exam", "exam"]
