"""Findings about calendars, one planted flaw each, and silence on sound ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.findings import Finding
from kb.validate.codes import CALENDAR_SEVERITIES
from kb.validate.corpus import load_corpus

HEAD = """id: F2025
term: fall
year: 2025
title: C
zone: America/New_York
meetings:
  - {kind: lecture, days: [Mon, Wed], start: "14:00", minutes: 80}
  - {kind: lab, days: [Fri], start: "9:30", minutes: 80}
breaks: [{from: 2025-10-13, to: 2025-10-17, title: Fall break}]
sessions:
"""
BIB = "@misc{a, title={A}, url={https://x.org}}\n"


def check(tree, rows: str, head: str = HEAD) -> list[Finding]:
    root = tree({"bib/a.bib": BIB, "quizzes/F2025.yaml": head + rows})
    return [f for f in load_corpus(root).findings if f.code in CALENDAR_SEVERITIES]


FLAWS = [
    pytest.param(
        "  - {date: 2025-08-25, weekday: Tue}\n",
        "weekday",
        "2025-08-25 is a Mon, not a Tue",
        id="weekday against date",
    ),
    pytest.param(
        "  - {date: 2025-10-15}\n",
        "on-break",
        "lecture on 2025-10-15, which is a break (Fall break)",
        id="class in a stated break",
    ),
    pytest.param(
        "  - {date: 2025-09-01, kind: break, title: No class}\n  - {date: 2025-09-01}\n",
        "on-break",
        "(No class)",
        id="class beside a break row",
    ),
    pytest.param(
        "  - {date: 2025-10-15, readings: [{work: a}]}\n",
        "quiz-on-break",
        "its quiz is due on a break",
        id="quiz on a break",
    ),
    pytest.param(
        "  - {date: 2025-10-15, kind: break, title: Off, readings: [{work: a}]}\n",
        "quiz-on-break",
        "when there is no class (Off)",
        id="reading on a break row",
    ),
    pytest.param(
        "  - {date: 2025-09-03, cancelled: true, readings: [{work: a}]}\n",
        "quiz-on-break",
        "when there is no class",
        id="reading of a cancelled class",
    ),
    pytest.param(
        "  - {date: 2025-09-03, title: One}\n  - {date: 2025-09-03, title: Two}\n",
        "slot-twice",
        "same slot as 'One'",
        id="two lectures on a day",
    ),
    pytest.param(
        "  - {date: 2025-09-03, title: One}\n  - {date: 2025-09-03, kind: exam, title: Midterm}\n",
        "slot-twice",
        "same slot as 'One'",
        id="exam in the lecture's slot",
    ),
    pytest.param(
        '  - {date: 2025-09-03, title: One}\n  - {date: 2025-09-03, kind: lab, time: "15:00-16:00", title: L}\n',
        "slot-twice",
        "same slot as 'One'",
        id="overlapping times",
    ),
    pytest.param(
        "  - {date: 2025-09-04}\n",
        "off-pattern",
        "lecture on a Thu; the pattern is Mon, Wed",
        id="off-pattern day",
    ),
    pytest.param(
        "  - {date: 2025-09-03, deliverables: [{title: P, due: 2025-12-20}]}\n",
        "deadline-after-end",
        "P is due on 2025-12-20, after the last class (2025-09-03)",
        id="deadline after the last class",
    ),
    pytest.param(
        "  - {date: 2025-09-03, deliverables: [{title: P, due: 2025-12-08}]}\n  - {date: 2025-12-10, kind: event, title: Final}\n",
        "deadline-after-end",
        "P is due on 2025-12-08",
        id="deadline between last class and final event",
    ),
    pytest.param(
        "  - {date: 2025-09-03}\n  - {date: 2025-08-27}\n",
        "date-order",
        "2025-08-27 comes after 2025-09-03",
        id="order of dates",
    ),
    pytest.param("  - {date: 2015-09-07}\n", "year", "2015-09-07 is not in 2025", id="wrong year"),
    pytest.param(
        '  - {date: 2025-09-03, deliverables: [{code: I1, title: P, url: "https://x.org/F2024/I1.md"}]}\n',
        "semester-link",
        "the link of I1 is of F2024",
        id="assignment of the semester before",
    ),
    pytest.param(
        '  - {date: 2025-09-03, kind: break, title: "Labor day, no class"}\n',
        "holiday",
        "Labor Day is on Mon 2025-09-01, not on Wed 2025-09-03",
        id="holiday on another day",
    ),
]


@pytest.mark.parametrize(("rows", "code", "says"), FLAWS)
def test_flaw_is_found_once_with_its_severity(tree, rows: str, code: str, says: str) -> None:
    found = [f for f in check(tree, rows) if f.code == code]
    assert len(found) == 1
    assert says in found[0].what
    assert found[0].severity is CALENDAR_SEVERITIES[code]
    assert found[0].hint


SOUND = [
    pytest.param(
        "  - {date: 2025-09-03}\n  - {topics: [{title: Second topic}]}\n",
        id="second row of a class",
    ),
    pytest.param(
        '  - {date: 2025-09-06, time: "10:00-11:00"}\n', id="off-pattern with its own time"
    ),
    pytest.param(
        "  - {date: 2025-09-05, kind: break, title: No lab}\n  - {date: 2025-09-05, kind: event, title: Open day}\n",
        id="only the lab is off",
    ),
    pytest.param(
        "  - {date: 2025-09-03}\n  - {date: 2025-12-10, kind: event, title: Final, deliverables: [{title: Report}]}\n",
        id="report with the final event",
    ),
    pytest.param(
        "  - {date: 2025-11-26, kind: break, title: Thanksgiving}\n  - {date: 2025-11-28, kind: break, title: Thanksgiving}\n",
        id="Thanksgiving week",
    ),
    pytest.param("  - {date: 2025-10-15, cancelled: true}\n", id="cancelled on a break"),
    pytest.param(
        '  - {date: 2025-09-03, deliverables: [{code: I1, title: P, url: "https://x.org/f2025/old-F2024/I1.md"}]}\n',
        id="link that names this semester too",
    ),
    pytest.param(
        '  - {date: 2025-09-03, title: One}\n  - {date: 2025-09-03, kind: lab, time: "15:20-16:00", title: L}\n',
        id="one after the other",
    ),
]


@pytest.mark.parametrize("rows", SOUND)
def test_sound_calendar_is_left_alone(tree, rows: str) -> None:
    assert check(tree, rows) == []


def test_exam_and_lecture_collide_where_no_times_are_stated(tree) -> None:
    head = HEAD.replace(', start: "14:00", minutes: 80', "")
    found = check(
        tree,
        "  - {date: 2025-09-03, title: One}\n  - {date: 2025-09-03, kind: exam, title: Midterm}\n",
        head,
    )
    assert [f.code for f in found] == ["slot-twice"]


def test_holidays_of_other_countries_are_left_alone(tree) -> None:
    assert (
        check(
            tree,
            "  - {date: 2025-10-13, kind: break, title: Thanksgiving}\n",
            HEAD.replace("New_York", "Toronto"),
        )
        == []
    )


def last_years_rows(weekdays: bool, mended: int = 1) -> str:
    """Give 46 rows of fall 2024 (Mon, Wed, Fri) under the year 2025, one of them mended by hand."""
    from datetime import date, timedelta

    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    days = [
        d for n in range(120) if (d := date(2024, 8, 26) + timedelta(n)).weekday() in {0, 2, 4}
    ][:46]
    rows = ""
    for number, old in enumerate(days):
        day = old + timedelta(364) if number >= 46 - mended else old.replace(year=2025)
        written = f", weekday: {names[old.weekday()]}" if weekdays else ""
        rows += f"  - {{date: {day}{written}, kind: {'lab' if old.weekday() == 4 else 'lecture'}, title: Row {number}}}\n"
    return rows


@pytest.mark.parametrize("weekdays", [True, False], ids=["weekdays printed", "dates only"])
def test_last_years_table_is_recognised_as_a_whole(tree, weekdays: bool) -> None:
    found = [f for f in check(tree, last_years_rows(weekdays)) if f.code == "calendar-shifted"]
    assert len(found) == 1
    assert found[0].what.startswith("45 of 46 rows")
    assert "a calendar 364 days earlier, of 2024" in found[0].what
    assert "-1 day on every date would fit" in found[0].hint


def test_a_leap_day_between_the_years_is_seen_through(tree) -> None:
    """Rows of spring 2023 under 2024: one day off until February, two days from March."""
    from datetime import date, timedelta

    days = [d for n in range(100) if (d := date(2023, 1, 18) + timedelta(n)).weekday() in {0, 2}]
    rows = "".join(
        f"  - {{date: {d.replace(year=2024)}, weekday: {'Mon' if d.weekday() == 0 else 'Wed'}, title: R{n}}}\n"
        for n, d in enumerate(days)
    )
    head = (
        HEAD.replace("id: F2025", "id: S2024")
        .replace("term: fall", "term: spring")
        .replace("year: 2025", "year: 2024")
        .replace("breaks: [{from: 2025-10-13, to: 2025-10-17, title: Fall break}]\n", "")
    )
    root = tree({"bib/a.bib": BIB, "quizzes/S2024.yaml": head + rows})
    found = load_corpus(root).findings
    (whole,) = [f for f in found if f.code == "calendar-shifted"]
    assert "a calendar 364 days earlier, of 2023" in whole.what
    assert whole.hint == "date the rows anew (+364 days from 2023), then check holidays and breaks"
    assert (
        next(f.hint for f in found if f.code == "weekday") == "2024-01-17 or Thu was probably meant"
    )
    assert [f.hint for f in found if f.code == "weekday"][-1].startswith("2024-04-24")


def test_a_table_with_dates_of_another_year_than_its_semester_is_one_finding(tree) -> None:
    rows = "".join(
        f"  - {{date: 2024-{m:02}-{d:02}, title: T{m}{d}}}\n"
        for m, d in ((9, 4), (9, 9), (9, 11), (9, 16), (9, 18), (9, 23), (9, 25), (9, 30))
    )
    (found,) = check(tree, rows)
    assert (found.code, found.severity.value, found.key) == ("calendar-shifted", "error", "F2025")
    assert found.what == "nearly all rows are of 2024, the semester is of 2025"
    assert "year: 2024" in found.hint


def test_a_term_that_goes_on_in_the_new_year_is_left_alone(tree) -> None:
    rows = "".join(
        f"  - {{date: {y}-{m:02}-{d:02}, title: T{m}{d}}}\n"
        for y, m, d in (
            (2025, 12, 1),
            (2025, 12, 3),
            (2025, 12, 8),
            (2026, 1, 12),
            (2026, 1, 14),
            (2026, 1, 19),
            (2026, 1, 21),
        )
    )
    assert check(tree, rows) == []
    january = "".join(f"  - {{date: 2026-01-{d}, title: T{d}}}\n" for d in (12, 14, 19, 21))
    assert check(tree, january, HEAD.replace("fall", "winter")) == []
    assert [f.code for f in check(tree, january)] == ["calendar-shifted"]


def test_weekdays_of_another_table_beside_right_dates_are_told_from_wrong_dates(tree) -> None:
    rows = "".join(
        f"  - {{date: 2025-09-{d:02}, weekday: {day}, title: T{d}}}\n"
        for d, day in ((3, "Thu"), (8, "Tue"), (10, "Thu"), (15, "Tue"), (17, "Thu"))
    )
    found = check(tree, rows)
    assert {f.code for f in found} == {"calendar-shifted", "weekday"}
    assert (
        found[0].what
        == "5 of 5 rows contradict their weekday, while the dates are the days of class"
    )
    assert found[1].hint == "Wed was probably meant"


def test_what_follows_from_a_shifted_calendar_is_not_said_again(tree) -> None:
    assert {f.code for f in check(tree, last_years_rows(True))} == {"calendar-shifted", "weekday"}
    assert {f.code for f in check(tree, last_years_rows(False))} == {"calendar-shifted"}


def test_dates_with_the_wrong_year_written_are_told_which_is_right(tree) -> None:
    rows = "".join(
        f"  - {{date: 2024-09-{d:02}, weekday: {day}, title: T{d}}}\n"
        for d, day in ((3, "Wed"), (8, "Mon"), (10, "Wed"), (15, "Mon"), (17, "Wed"))
    )
    whole = next(f for f in check(tree, rows) if f.code == "calendar-shifted")
    assert (whole.what, whole.hint) == (
        "5 of 5 rows contradict their weekday; they are right in 2025",
        "write 2025 in the dates",
    )


def test_single_wrong_weekdays_are_no_shifted_calendar(tree) -> None:
    rows = last_years_rows(True, mended=40)
    codes = [f.code for f in check(tree, rows)]
    assert codes.count("weekday") == 6
    assert "calendar-shifted" not in codes


def test_many_findings_share_a_line_unless_all_are_wanted(tree) -> None:
    check(tree, last_years_rows(True))
    root = tree({})
    short = CliRunner().invoke(app, ["check", "--source", str(root)])
    assert short.exit_code == 1
    (line,) = (t for t in short.stdout.splitlines() if "[weekday]" in t)
    assert (
        "45 times, the first: F2025-0826: 2025-08-26 is a Tue, not a Mon; 2025-08-25 or Tue was probably meant; also in lines"
        in line
    )
    full = CliRunner().invoke(app, ["check", "--all", "--source", str(root)])
    assert full.stdout.count("[weekday]") == 45
    data = json.loads(
        CliRunner().invoke(app, ["check", "--format", "json", "--source", str(root)]).stdout
    )
    assert sum(f["code"] == "weekday" for f in data) == 45


@pytest.mark.parametrize("code", sorted(CALENDAR_SEVERITIES))
def test_every_calendar_finding_explains_itself_and_its_waiver(code: str) -> None:
    result = CliRunner().invoke(app, ["check", "--explain", code])
    assert result.stdout.startswith(f"{code} ({CALENDAR_SEVERITIES[code]}): ")
    assert f"{{code: {code}" in result.stdout


def test_waiver_with_a_reason_silences_one_case(tree) -> None:
    waiver = (
        "waivers:\n  - {code: off-pattern, session: 2025-09-04, reason: swapped with Wednesday}\n"
    )
    assert [
        f.key for f in check(tree, f"  - {{date: 2025-09-04}}\n  - {{date: 2025-09-11}}\n{waiver}")
    ] == ["F2025-0911"]


TABLE = "| Date | Topic |\n| - | - |\n"


def table(weekdays: bool) -> str:
    rows = re.findall(
        r"date: 2025-(\d\d)-(\d\d)(?:, weekday: (\w+))?, kind: (\w+), title: (Row \d+)",
        last_years_rows(weekdays, 0),
    )
    months = {"08": "Aug", "09": "Sep", "10": "Oct", "11": "Nov", "12": "Dec"}
    badge = "![Lab](https://img.shields.io/badge/-lab-yellow.svg) "
    return TABLE + "".join(
        f"| {f'{w}, ' if w else ''}{months[m]} {d} | {badge if k == 'lab' else ''}{t} |\n"
        for m, d, w, k, t in rows
    )


@pytest.mark.parametrize("weekdays", [True, False], ids=["weekdays printed", "dates only"])
def test_import_says_that_a_table_is_last_years_and_how_to_date_it_anew(
    tree, weekdays: bool
) -> None:
    root = tree({"bib/a.bib": BIB, "table.md": table(weekdays)})
    words = [
        "import",
        "schedule",
        str(root / "table.md"),
        "--semester",
        "F2025",
        "--source",
        str(root),
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert "a calendar 364 days earlier, of 2024" in result.stderr
    assert "--year 2024 --shift 364" in result.stderr
    assert ": probable: calendar: " in result.stdout
    if weekdays:
        assert CliRunner().invoke(app, ["check", "--source", str(root)]).exit_code == 1
    mended = CliRunner().invoke(app, [*words, "--year", "2024", "--shift", "364", "--force"])
    assert "days earlier" not in mended.output
    semester = load_corpus(root).corpus.semester("F2025")
    assert semester is not None
    assert str(semester.sessions[0].date) == "2025-08-25"
    assert CliRunner().invoke(app, ["check", "--source", str(root)]).exit_code == 0


def test_table_of_another_term_is_named_as_such(tree) -> None:
    root = tree({"bib/a.bib": BIB, "table.md": table(True)})
    result = CliRunner().invoke(
        app,
        ["import", "schedule", str(root / "table.md"), "-s", "S2026", "--source", str(root), "-n"],
    )
    assert "Aug-Dec is no month of this term" in result.stderr


@pytest.mark.collection
def test_no_calendar_finding_in_the_real_semesters(project: Path) -> None:
    assert [str(f) for f in load_corpus(project).findings if f.code in CALENDAR_SEVERITIES] == []
