"""kb plan on real and small semesters: dates, bundles, breaks, files, reports."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from cli.app import app
from kb.records import Kind, Semester
from kb.sources.files import read_source
from kb.validate.corpus import load_corpus
from kb.validate.semesters import read_semester

BREAKS_2024 = """
breaks:
  - {from: 2024-01-15, title: "MLK day, no classes"}
  - {from: 2024-03-04, to: 2024-03-08, title: "Spring break, no classes"}
  - {from: 2024-04-11, to: 2024-04-12, title: "Spring carnival, no classes"}
"""


def plan(root: Path, *words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(
        app, ["plan", *words, "--source", str(root)], input=text, env={"COLUMNS": "200"}
    )


@pytest.fixture
def semesters(tmp_path: Path, project: Path) -> Path:
    """Five real semesters without bibliography, which takes long to read."""
    root = tmp_path / "semesters"
    (root / "quizzes").mkdir(parents=True)
    for name in ("F2020", "S2021", "F2022", "S2023", "S2026"):
        shutil.copy(project / "quizzes" / f"{name}.yaml", root / "quizzes")
    return root


def semester(root: Path, name: str) -> Semester:
    file, _ = read_source(root / f"quizzes/{name}.yaml", root)
    assert file is not None
    found, _, problems = read_semester(file)
    assert found is not None, problems
    return found


def content(found: Semester) -> list[tuple]:
    return [
        (
            s.kind,
            s.title,
            tuple((r.work, r.locator_text, r.url) for r in s.readings),
            s.prompts,
            tuple(m.url for t in s.topics for m in t.materials),
            tuple(d.title for d in s.deliverables),
        )
        for s in found.sessions
    ]


@pytest.mark.collection
def test_a_year_later_every_row_moves_by_52_weeks(semesters: Path) -> None:
    result = plan(
        semesters,
        "F2023",
        "--from",
        "F2022",
        "--start",
        "2023-08-28",
        "--rename",
        "Safety=Safety of Systems",
        "--rename",
        "Debugging=Debugging Models",
    )
    assert result.exit_code == 0, result.output
    old, new = semester(semesters, "F2022"), semester(semesters, "F2023")
    assert len(new.sessions) == len(old.sessions) == 46
    assert [s.date for s in new.sessions] == [
        s.date + timedelta(364) for s in old.sessions if s.date
    ]
    assert [s.weekday for s in new.sessions] == [s.weekday for s in old.sessions]
    renamed = {"Safety": "Safety of Systems"}
    for before, after in zip(content(old), content(new), strict=True):
        assert before[2:] == after[2:]
        assert after[1] == renamed.get(
            before[1], before[1].replace("Debugging", "Debugging Models")
        )
    assert (new.term.value, new.year, new.status) == ("fall", 2023, "preliminary")


@pytest.mark.collection
def test_a_planned_semester_passes_the_check_and_can_be_listed(collection: Path) -> None:
    assert plan(collection, "F2023", "--from", "F2022", "--start", "2023-08-28").exit_code == 0
    checked = CliRunner().invoke(app, ["check", "--strict", "--source", str(collection)])
    about = [line for line in checked.stdout.splitlines() if "F2023.yaml" in line]
    assert all(line.endswith("[semester-link]") for line in about), (
        "nothing is left but the links of the semester before"
    )
    assert len(about) == 2, "assignments as warnings, material as notes, each in one line"
    listed = json.loads(
        CliRunner()
        .invoke(
            app,
            [
                "list",
                "F2023",
                "--json",
                "--source",
                str(collection),
                "--db",
                str(collection / "kb.db"),
            ],
        )
        .stdout
    )
    debt = next(s for s in listed["sessions"] if s["id"] == "F2023-1025")
    read = [r["work"] for r in debt["readings"] if r["role"] == "required"]
    assert read == ["sculley2015hidden"]
    assert debt["quiz"]["due"].startswith("2023-10-25T13:25")


@pytest.mark.collection
def test_breaks_carried_over_are_said_to_be_unconfirmed_unless_a_holiday_confirms_them(
    semesters: Path,
) -> None:
    shown = plan(semesters, "F2023", "--from", "F2022", "--start", "2023-08-28", "--dry-run").stderr
    assert "warning: 2023-10-16 to 2023-10-20: Fall break, no classes: carried over" in shown
    assert (
        "\n  2023-09-04: Labor day, no classes: carried over from F2022, +364 days; Labor Day is on 2023-09-04"
        in shown
    )
    shown = plan(semesters, "F2023", "--from", "F2022", "--start", "2023-09-04", "--dry-run").stderr
    assert (
        "warning: 2023-09-11: Labor day, no classes: carried over from F2022, +371 days, but Labor Day is on 2023-09-04"
        in shown
    )
    assert (
        "warning: Labor Day, Mon 2023-09-04, is on a class day: 'Introduction and Motivation'"
        in shown
    )


@pytest.mark.collection
def test_an_incomplete_calendar_is_noticed(semesters: Path) -> None:
    shown = plan(
        semesters,
        "F2023",
        "--from",
        "F2022",
        "--start",
        "2023-08-28",
        "--break",
        "2023-10-16..2023-10-20=Fall break",
        "--dry-run",
    ).stderr
    assert (
        "warning: Labor Day, Mon 2023-09-04, is on a class day: 'Model Quality' with a quiz; it was a day off in F2022"
        in shown
    )
    assert (
        "warning: days off of F2022 that the new calendar does not have: 2022-09-05: Labor day, no classes"
        in shown
    )
    assert (
        "was after 'Fall break, no classes', is before 'Fall break' now: Scaling Data Storage and Data Processing"
        in shown
    )


@pytest.mark.collection
def test_fall_becomes_spring(semesters: Path, tmp_path: Path) -> None:
    calendar = tmp_path / "breaks.yaml"
    calendar.write_text(BREAKS_2024)
    report = tmp_path / "report.json"
    result = plan(
        semesters,
        "S2024",
        "--from",
        "F2022",
        "--start",
        "2024-01-17",
        "--calendar",
        str(calendar),
        "--report",
        str(report),
    )
    assert result.exit_code == 0, result.output
    old, new = semester(semesters, "F2022"), semester(semesters, "S2024")
    closed = {
        date(2024, 1, 15),
        *(date(2024, 3, d) for d in range(4, 9)),
        date(2024, 4, 11),
        date(2024, 4, 12),
    }
    classes = [s for s in new.sessions if s.kind is not Kind.BREAK]
    assert [c for c in content(new) if c[0] is Kind.LECTURE] == [
        c for c in content(old) if c[0] is Kind.LECTURE
    ]
    assert [c for c in content(new) if c[0] is Kind.RECITATION] == [
        c for c in content(old) if c[0] is Kind.RECITATION
    ]
    assert not closed & {s.date for s in classes}
    assert {s.date.strftime("%a") for s in classes if s.kind is Kind.LECTURE and s.date} == {
        "Mon",
        "Wed",
    }
    assert {s.date.strftime("%a") for s in classes if s.kind is Kind.RECITATION and s.date} == {
        "Fri"
    }
    assert [(str(s.date), s.title) for s in new.sessions if s.kind is Kind.BREAK] == [
        *((f"2024-03-0{d}", "Spring break, no classes") for d in (4, 6, 8)),
        ("2024-04-12", "Spring carnival, no classes"),
    ]
    assert (new.id, new.term.value, new.year, len(new.breaks)) == ("S2024", "spring", 2024, 3)
    data = json.loads(report.read_text())
    assert {r["old"] for r in data["rows"] if r["old"]} == {s.id for s in old.sessions}
    assert data["free"]["lecture"] == ["2024-04-24"]
    what = [n["what"] for n in data["notices"]]
    assert "'Safety' took two sessions in F2020, S2021, S2023" in what
    assert any(w.startswith("47 links carry F2022") for w in what)
    review = next(s for s in new.sessions if s.title == "Architecture & Midterm Questions")
    midterm = next(s for s in new.sessions if s.title == "Midterm")
    assert review.date and midterm.date and review.date < midterm.date


@pytest.mark.collection
@pytest.mark.parametrize(
    ("name", "new", "start"),
    [
        ("F2020", "S2028", "2028-01-18"),
        ("S2021", "F2027", "2027-08-30"),
        ("F2022", "M2028", "2028-05-15"),
        ("S2023", "F2027", "2027-08-31"),
        ("S2026", "F2027", "2027-08-30"),
    ],
)
def test_nothing_is_lost_and_nothing_is_wrong(
    collection: Path, tmp_path: Path, name: str, new: str, start: str
) -> None:
    report = tmp_path / "r.json"
    result = plan(
        collection,
        new,
        "--from",
        name,
        "--start",
        start,
        "--break",
        f"{start[:4]}-07-04=Independence Day",
        "--report",
        str(report),
        "--keep-submissions",
    )
    assert result.exit_code == 0, result.output
    data = json.loads(report.read_text())
    loaded = load_corpus(collection)
    assert [f for f in loaded.errors if f.path.endswith(f"{new}.yaml")] == []
    told = {n["what"] for n in data["notices"] if n["kind"] == "check"}
    # Links of the semester before are told in a notice of their own.
    assert all(
        str(f) in told
        for f in loaded.findings
        if f.path.endswith(f"{new}.yaml") and f.code != "semester-link"
    )
    old, planned = semester(collection, name), semester(collection, new)

    def everything(found: Semester) -> list[tuple]:
        bundles = [
            (
                tuple(t.title for t in s.topics),
                tuple((r.work, r.locator_text) for r in s.readings),
                tuple((d.code, d.title, len(d.submissions)) for d in s.deliverables),
            )
            for s in found.sessions
        ]
        return sorted(b for b in bundles if any(b))

    assert everything(planned) == everything(old)
    assert {r["old"] for r in data["rows"] if r["old"]} == {s.id for s in old.sessions}


@pytest.mark.collection
def test_links_can_be_made_to_carry_the_new_semester(semesters: Path) -> None:
    plan(semesters, "S2024", "--from", "F2022", "--start", "2024-01-17", "--relink")
    text = (semesters / "quizzes/S2024.yaml").read_text()
    assert "https://github.com/ckaestne/seai/blob/S2024/assignments/I1_mlproduct.md" in text
    assert "/F2022/" not in text
    assert semester(semesters, "S2024").home == "https://github.com/ckaestne/seai/tree/S2024"


@pytest.mark.collection
def test_a_file_that_is_there_is_not_replaced(semesters: Path) -> None:
    before = (semesters / "quizzes/S2023.yaml").read_bytes()
    result = plan(semesters, "S2023", "--from", "F2022", "--start", "2023-01-18")
    assert result.exit_code != 0 and "--force" in str(result.exception)
    assert (semesters / "quizzes/S2023.yaml").read_bytes() == before


@pytest.mark.collection
def test_the_calendar_of_a_university_is_read(semesters: Path, tmp_path: Path) -> None:
    def event(title: str, first: str, last: str) -> str:
        return f"BEGIN:VEVENT\r\nUID:{title}@x\r\nDTSTAMP:20230101T000000Z\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{last}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"

    calendar = tmp_path / "academic.ics"
    events = [
        event("Labor Day\\; No Classes", "20230904", "20230905"),
        event("Fall Break\\; No Classes", "20231016", "20231021"),
        event("Thanksgiving Break\\; No Classes", "20231122", "20231125"),
        event("Tartan Community Day\\; No Classes", "20231027", "20231028"),
        event("Semester course drop deadline", "20231009", "20231010"),
        event("Last Day of Classes", "20231208", "20231209"),
    ]
    calendar.write_bytes(
        (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(events) + "END:VCALENDAR\r\n"
        ).encode()
    )
    result = plan(
        semesters, "F2023", "--from", "F2022", "--start", "2023-08-28", "--calendar", str(calendar)
    )
    assert "every date +364 days" in result.stderr
    assert "taken as a break: 2023-10-16 to 2023-10-20: Fall Break; No Classes" in result.stderr
    assert "ignored: 2023-10-09: Semester course drop deadline" in result.stderr
    assert "carried over from" not in result.stderr
    new = semester(semesters, "F2023")
    assert [s.date for s in new.sessions if s.kind is Kind.BREAK] == [
        s.date + timedelta(364)
        for s in semester(semesters, "F2022").sessions
        if s.kind is Kind.BREAK and s.date
    ]


SMALL = """id: E2024
term: fall
year: 2024
title: Evening course
sessions:
  - date: 2024-09-05
    topics: [{title: One}]
    readings: [{work: a}]
    deliverables: [{code: H1, title: Home, due: 2024-09-09T23:59, released: 2024-09-05}]
  - date: 2024-09-12
    topics: [{title: Two}]
  - topics: [{title: Two and a half}]
  - date: tbd
    kind: event
    title: Excursion
  - date: 2024-09-19
    topics: [{title: Three, continued: true}]
  - date: 2024-09-26
    kind: exam
    title: Test
"""


def small(tree, text: str = SMALL) -> Path:
    return tree({"bib/a.bib": "@misc{a, title={A}}", "quizzes/E2024.yaml": text})


def test_one_meeting_a_week_without_days_or_times(tree) -> None:
    root = small(tree)
    result = plan(
        root,
        "E2025",
        "--from",
        "E2024",
        "--start",
        "2025-02-03",
        "--days",
        "Tue",
        "--weeks",
        "4",
        "--break",
        "2025-02-11=Carnival",
    )
    assert result.exit_code == 0, result.output
    new = semester(root, "E2025")
    assert [(str(s.date) if s.date else None, s.title) for s in new.sessions] == [
        ("2025-02-04", "One"), ("2025-02-11", "Carnival"), ("2025-02-18", "Two"), ("2025-02-18", "Two and a half"), (None, "Excursion"), ("2025-02-25", "Three (continued)"), ("2025-03-06", "Test"),
    ]  # fmt: skip
    assert str(new.sessions[0].deliverables[0].due) == "2025-02-08 23:59:00"
    assert [m.days for m in new.meetings] == [("Tue",)]
    assert not new.sessions[3].dated


def test_what_has_no_slot_stays_in_the_file(tree) -> None:
    root = small(tree)
    result = plan(
        root, "E2025", "--from", "E2024", "--start", "2025-09-04", "--end", "2025-09-16", "--strict"
    )
    assert result.exit_code == 1
    text = (root / "quizzes/E2025.yaml").read_text()
    assert (
        "  # no slot left (was Thu 2024-09-19): merge it with another, drop it or give it a date\n  - id: E2025-tbd2\n    date: tbd"
        in text
    )
    assert "'Three (continued)': continues 'Three'; --merge E2024-0919" in result.stderr
    assert [s.title for s in semester(root, "E2025").sessions if s.date is None] == [
        "Excursion",
        "Three (continued)",
    ]


def test_an_exam_whose_day_became_a_break_waits_for_a_date(tree) -> None:
    root = small(tree)
    result = plan(
        root, "E2025", "--from", "E2024", "--start", "2025-09-04", "--break", "2025-09-25=Feast"
    )
    assert result.exit_code == 0, result.output
    assert (
        "'Test' (was Thu 2024-09-26) is in the file without date: the same weekday of the same week is a break now"
        in result.stderr
    )
    assert "--fix 'E2024-0926=DATE'" in result.stderr
    text = (root / "quizzes/E2025.yaml").read_text()
    assert (
        "  # the same day of the same week is a break now (was Thu 2024-09-26): give it a date\n  - id: E2025-tbd2\n    date: tbd  # was Thu 2024-09-26\n    kind: exam\n"
        in text
    )
    told = plan(
        root,
        "E2026",
        "--from",
        "E2024",
        "--start",
        "2025-09-04",
        "--break",
        "2025-09-25=Feast",
        "--fix",
        "test=2025-09-25",
    )
    assert "which is a break (Feast)" in told.stderr, "what was told is done, and said"


def test_sessions_can_be_merged_put_aside_continued_and_fixed(tree) -> None:
    root = small(tree)
    assert (
        plan(
            root,
            "E2025",
            "--from",
            "E2024",
            "--start",
            "2025-09-04",
            "--merge",
            "Three",
            "--fix",
            "test=2025-10-01",
            "--extend",
            "One",
        ).exit_code
        == 0
    )
    new = semester(root, "E2025")
    assert [(str(s.date), s.title, s.dated) for s in new.sessions if s.date] == [
        ("2025-09-04", "One", True), ("2025-09-11", "One (continued)", True), ("2025-09-18", "Two", True), ("2025-09-18", "Two and a half", False), ("2025-09-18", "Three (continued)", False), ("2025-10-01", "Test", True),
    ]  # fmt: skip
    assert (
        plan(root, "E2026", "--from", "E2024", "--start", "2026-09-03", "--park", "Two").exit_code
        == 0
    )
    assert [s.title for s in semester(root, "E2026").sessions if not s.date] == [
        "Two",
        "Two and a half",
        "Excursion",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["--start", "soon"], "--start 'soon'", id="no date"),
        pytest.param(
            ["--start", "2025-09-04", "--rename", "Four=4"], "no topic 'Four'", id="no topic"
        ),
        pytest.param(
            ["--start", "2025-09-04", "--fix", "T=2025-10-10"], "may be any of", id="several"
        ),
        pytest.param(["--start", "2025-09-04", "--days", "Mo,Foo"], "no weekday", id="no weekday"),
        pytest.param(
            ["--start", "2025-09-04", "--break", "2025-10-10..2025-10-01"],
            "first and a last day",
            id="break backwards",
        ),
        pytest.param(
            ["--start", "2025-09-04", "--end", "2025-09-01"],
            "before the first",
            id="end before start",
        ),
    ],
)
def test_misuse_is_named(tree, words: list[str], message: str) -> None:
    result = plan(small(tree), "E2025", "--from", "E2024", *words)
    assert result.exit_code != 0 and message in str(result.exception)


def test_comments_line_ends_and_written_ids_stay(tree) -> None:
    text = (
        SMALL.replace(
            "  - date: 2024-09-12\n",
            "  # the long one\n  - id: E2024-0912\n    date: 2024-09-12  # room 5\n",
        ).replace("\n", "\r\n")
        + "waivers:\r\n  - {code: no-prompt, session: 2024-09-05, reason: none yet}\r\n"
    )
    root = small(tree, text)
    plan(root, "E2025", "--from", "E2024", "--start", "2025-09-04")
    new = (root / "quizzes/E2025.yaml").read_bytes().decode()
    assert "\n" not in new.replace("\r\n", "")
    assert "  # the long one\r\n  - id: E2025-0911\r\n    date: 2025-09-11  # room 5\r\n" in new
    assert "session: 2025-09-04, reason" in new


def test_rows_in_brackets_and_aliases_are_written_out(tree) -> None:
    text = "id: E2024\nterm: fall\nyear: 2024\ntitle: C\nx-no: 1\nsessions: [{date: 2024-09-05, topics: [{title: 'A: b'}]}, {date: 2024-09-12, title: B}]\n".replace(
        "x-no: 1\n", ""
    )
    root = small(tree, text)
    result = plan(root, "E2025", "--from", "E2024", "--start", "2025-09-04")
    assert result.exit_code == 0, result.output
    assert [(str(s.date), s.title) for s in semester(root, "E2025").sessions] == [
        ("2025-09-04", "A: b"),
        ("2025-09-11", "B"),
    ]
    assert "were written out" in result.stderr


def test_names_of_later_semesters_can_be_taken(tree) -> None:
    rows = 'sessions:\n  - date: {}\n    topics: [{{title: "{}", topic: t}}]\n  - date: {}\n    topics: [{{title: Two}}]\n'
    head = "id: E{0}\nterm: fall\nyear: {0}\ntitle: C\n"
    old = head.format(2023) + rows.format("2023-09-07", "Bugs", "2023-09-14")
    new = head.format(2024) + rows.format("2024-09-05", "Bugs' life", "2024-09-12")
    root = tree(
        {
            "bib/topics.yaml": "- {slug: t, title: T}\n",
            "quizzes/E2023.yaml": old,
            "quizzes/E2024.yaml": new,
        }
    )
    result = plan(
        root, "E2025", "--from", "E2023", "--start", "2025-09-04", "--interactive", text="y\n"
    )
    assert result.exit_code == 0, result.output
    assert [s.title for s in semester(root, "E2025").sessions] == ["Bugs' life", "Two"]


def test_questions_end_in_options(tree) -> None:
    root = small(tree)
    result = plan(
        root,
        "E2025",
        "--from",
        "E2024",
        "--start",
        "2025-09-04",
        "--end",
        "2025-09-16",
        "--interactive",
        text="m\n2025-10-02\n",
    )
    assert result.exit_code == 0, result.output
    assert "the answers as options: --fix E2024-0926=2025-10-02 --merge E2024-0919" in result.stderr
    assert [str(s.date) for s in semester(root, "E2025").sessions if s.title == "Test"] == [
        "2025-10-02"
    ]


def test_a_course_every_other_week_stays_one(tree) -> None:
    days = "\n".join(
        f"  - {{date: 2024-{d}, title: T{n}}}"
        for n, d in enumerate(["09-05", "09-19", "10-03", "10-17"])
    )
    root = small(tree, f"id: E2024\nterm: fall\nyear: 2024\ntitle: C\nsessions:\n{days}\n")
    plan(root, "E2025", "--from", "E2024", "--start", "2025-02-06", "--weeks", "8")
    assert [str(s.date) for s in semester(root, "E2025").sessions] == [
        "2025-02-06",
        "2025-02-20",
        "2025-03-06",
        "2025-03-20",
    ]
    plan(
        root,
        "E2026",
        "--from",
        "E2024",
        "--start",
        "2026-02-05",
        "--weeks",
        "5",
        "--break",
        "2026-02-12=Off",
    )
    assert [str(s.date) for s in semester(root, "E2026").sessions if s.kind is Kind.LECTURE] == [
        "2026-02-05",
        "2026-02-19",
        "2026-02-26",
        "2026-03-05",
    ]


@pytest.mark.collection
def test_one_meeting_a_week_leaves_recitations_behind_their_lectures(semesters: Path) -> None:
    words = [
        "S2027",
        "--from",
        "F2022",
        "--start",
        "2027-01-13",
        "--days",
        "Wed",
        "--break",
        "2027-03-01..2027-03-05=Spring break",
    ]
    shown = plan(semesters, *words, "--all").stderr
    assert "recitation 'Threat modeling' (was Fri 2022-12-02) is in the file without date" in shown
    assert "comes before" not in shown
    (weeks, _) = [line for line in shown.splitlines() if " in the term: " in line]
    assert "later in the term: 13 sessions, most of all 'Data Quality', week 7 became 14" in weeks
    found = load_corpus(semesters).corpus.semester("S2027")
    assert found is not None
    undated = [s.title for s in found.sessions if s.date is None]
    assert undated[:4] == [
        "Process & Technical Debt",
        "Responsible ML Engineering",
        "Measuring Fairness",
        "Monitoring: Prometheus, Grafana",
    ]
    last = max(n for n, s in enumerate(found.sessions) if s.date and s.kind.value == "lecture")
    assert all(n > last for n, s in enumerate(found.sessions) if s.date is None)


@pytest.mark.collection
def test_holidays_on_which_the_course_met_are_only_mentioned(semesters: Path) -> None:
    shown = " ".join(
        plan(
            semesters, "F2023", "--from", "F2022", "--start", "2023-08-28", "--dry-run"
        ).stderr.split()
    )
    assert (
        "Public holidays (2) Columbus Day, Mon 2023-10-09, is on a class day: 'Infrastructure Quality and MLOps' with a quiz; F2022 had class on it"
        in shown
    )
    words = [
        "F2023",
        "--from",
        "S2023",
        "--start",
        "2023-08-28",
        "--break",
        "2023-11-22..2023-11-24=Thanksgiving",
        "--dry-run",
    ]
    shown = " ".join(plan(semesters, *words).stderr.split())
    assert (
        "warning: Labor Day, Mon 2023-09-04, is on a class day: 'Gathering and Untangling Requirements' with a quiz; it was a day off in F2020, F2022"
        in shown
    )


@pytest.mark.collection
@pytest.mark.parametrize(
    ("name", "start", "warned"),
    [
        ("F2024", "2023-08-28", True),
        ("F2023", "2023-08-28", False),
        ("W2024", "2023-12-04", False),
        ("fall", "2023-08-28", False),
    ],
)
def test_a_name_of_another_year_than_its_start_is_doubted(
    semesters: Path, name: str, start: str, warned: bool
) -> None:
    shown = plan(semesters, name, "--from", "F2022", "--start", start, "--dry-run").stderr
    assert (f"warning: {name} starts in 2023, on {start}; its name says 2024" in shown) is warned


@pytest.mark.collection
def test_an_exam_with_a_day_of_its_own_leaves_no_gap_where_it_was(semesters: Path) -> None:
    words = [
        "S2024",
        "--from",
        "F2022",
        "--start",
        "2024-01-17",
        "--fix",
        "Midterm=2024-02-28",
        "--end",
        "2024-04-26",
        "--break",
        "2024-03-04..2024-03-08=Spring break",
    ]
    shown = plan(semesters, *words).stderr
    assert "slot without lecture" in shown
    found = load_corpus(semesters).corpus.semester("S2024")
    assert found is not None
    held = sorted(
        {s.date for s in found.sessions if s.date and s.kind in {Kind.LECTURE, Kind.EXAM}}
    )
    days = [
        d
        for n in range((date(2024, 4, 20) - date(2024, 1, 17)).days)
        if (d := date(2024, 1, 17) + timedelta(n)).weekday() in (0, 2)
        and not date(2024, 3, 4) <= d <= date(2024, 3, 8)
    ]
    assert held[: len(days)] == days


@pytest.mark.collection
def test_a_waiver_goes_with_a_session_that_joins_another(semesters: Path) -> None:
    plan(
        semesters,
        "S2024",
        "--from",
        "F2022",
        "--start",
        "2024-01-17",
        "--merge",
        "Planning for Mistakes",
    )
    text = (semesters / "quizzes/S2024.yaml").read_text()
    found = load_corpus(semesters).corpus.semester("S2024")
    assert found is not None
    joined = next(s for s in found.sessions if s.title == "Planning for Mistakes")
    assert (
        joined.id.endswith("b") and f"{{code: chapter-twice, session: {joined.id}, reason:" in text
    )
    assert not [
        f
        for f in load_corpus(semesters).findings
        if f.path.endswith("S2024.yaml") and f.code in {"waiver-unused", "chapter-twice"}
    ]


@pytest.mark.collection
def test_a_recitation_is_only_missed_behind_the_lectures_it_goes_with(semesters: Path) -> None:
    words = [
        "S2024",
        "--from",
        "F2022",
        "--start",
        "2024-01-17",
        "--end",
        "2024-04-26",
        "--extend",
        "Measuring Fairness",
        "--dry-run",
        "--all",
    ]
    shown = plan(
        semesters,
        *words,
        "--break",
        "2024-03-04..2024-03-08=Spring break",
        "--break",
        "2024-04-11..2024-04-12=Carnival",
    ).stderr
    assert "warning: recitation 'Git & ML APIs'" in shown
    assert "warning: recitation 'Fairness'" not in shown and "\n  recitation 'Fairness'" in shown


@pytest.mark.collection
def test_the_calendar_of_another_year_is_noticed(semesters: Path, tmp_path: Path) -> None:
    (tmp_path / "breaks.yaml").write_text(BREAKS_2024)
    words = ["S2025", "--from", "F2022", "--start", "2025-01-13", "--dry-run"]
    shown = " ".join(
        plan(semesters, *words, "--calendar", str(tmp_path / "breaks.yaml")).stderr.split()
    )
    assert (
        "warning: all breaks that were given lie outside the term: 2024-01-15: MLK day, no classes;"
        in shown
    )
    assert "is after 'Spring break" not in shown
    (tmp_path / "a.ics").write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20240304\r\nSUMMARY:No classes\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    shown = " ".join(plan(semesters, *words, "--calendar", str(tmp_path / "a.ics")).stderr.split())
    assert "no event lies between 2025-01-06 and 2025-08-01; its events are of 2024" in shown
    both = plan(
        semesters,
        *words,
        "--calendar",
        str(tmp_path / "breaks.yaml"),
        "--break",
        "2025-03-03..2025-03-07=Spring break",
    ).stderr
    assert (
        "\n  breaks that lie outside the term: 2024-01-15" in both
        and "warning: breaks that lie" not in both
    )


def test_a_semester_without_zone_is_where_the_others_are(tree) -> None:
    rows = "".join(
        f"  - {{date: 2024-{m:02}-{d:02}, topics: [{{title: T{m}{d}}}]}}\n"
        for m, d in ((8, 26), (9, 9), (9, 16), (9, 23))
    )
    head = "term: fall\nyear: {0}\ntitle: C\nid: F{0}\n"
    files = {
        "quizzes/F2024.yaml": f"{head.format(2024)}sessions:\n{rows}",
        "quizzes/F2023.yaml": f"{head.format(2023)}zone: America/Chicago\nsessions: []\n",
        "bib/a.bib": "",
    }
    root = tree(files)
    calendar = root / "c.ics"
    event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20250908T050000Z\r\nDTEND:20250909T050000Z\r\nSUMMARY:No classes\r\nEND:VEVENT\r\n"
    calendar.write_bytes(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}END:VCALENDAR\r\n".encode()
    )
    shown = plan(
        root,
        "F2025",
        "--from",
        "F2024",
        "--start",
        "2025-08-25",
        "--calendar",
        str(calendar),
        "--dry-run",
    ).stderr
    assert "taken as a break: 2025-09-08: No classes" in shown
    assert "Labor Day, Mon 2025-09-01, is on a class day" in shown


def test_a_late_deadline_is_said_once(tree) -> None:
    rows = "  - {date: 2024-09-02, topics: [{title: A}]}\n  - {date: 2024-09-09, topics: [{title: B}], deliverables: [{code: H1, title: H, due: 2024-09-20}]}\n"
    root = tree(
        {
            "quizzes/F2024.yaml": f"term: fall\nyear: 2024\ntitle: C\nid: F2024\nsessions:\n{rows}",
            "bib/a.bib": "",
        }
    )
    shown = plan(root, "F2025", "--from", "F2024", "--start", "2025-09-01", "--dry-run").stderr
    assert shown.count("after the last class") == 1


@pytest.mark.collection
def test_work_due_on_a_break_that_is_carried_over_stays_on_it(semesters: Path) -> None:
    plan(
        semesters, "S2027", "--from", "S2026", "--start", "2027-01-11", "--fix", "Final=2027-04-28"
    )
    found = load_corpus(semesters).corpus.semester("S2027")
    assert found is not None
    assert [
        (str(s.date), s.kind, s.title)
        for s in found.sessions
        for d in s.deliverables
        if d.code == "I4"
    ] == [("2027-04-14", Kind.BREAK, "No lecture")]
    assert len(found.sessions) == 46


SEMINAR = """id: W2025
term: winter
year: 2025
title: Seminar
zone: America/Los_Angeles
meetings:
  - {kind: lecture, days: [Tue, Thu], start: "16:30", minutes: 80}
sessions:
"""


@pytest.mark.parametrize(
    ("days", "weeks", "expected"),
    [
        ("Mon,Wed", "4", ["2026-04-20", "2026-04-22"]),
        ("Tue,Thu", "4", ["2026-04-21", "2026-04-23"]),
        ("Mon,Wed", "3", [None, None]),
    ],
)
def test_presentations_on_the_meeting_days_behind_the_last_lecture_take_slots(
    tmp_path: Path, days: str, weeks: str, expected: list[str | None]
) -> None:
    rows = [
        ("2025-02-18", "Tue", "A"),
        ("2025-02-20", "Thu", "B"),
        ("2025-02-25", "Tue", "C"),
        ("2025-02-27", "Thu", "D"),
        ("2025-03-04", "Tue", "E"),
        ("2025-03-06", "Thu", "F"),
    ]
    text = SEMINAR + "".join(
        f"  - {{date: {day}, weekday: {name}, kind: lecture, topics: [{{title: {title}}}]}}\n"
        for day, name, title in rows
    )
    text += "".join(
        f"  - {{date: {day}, weekday: {name}, kind: event, title: Presentations {number}}}\n"
        for day, name, number in (("2025-03-11", "Tue", "I"), ("2025-03-13", "Thu", "II"))
    )
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "W2025.yaml").write_text(text)
    result = plan(
        tmp_path,
        "S2026",
        "--from",
        "W2025",
        "--start",
        "2026-03-30" if days[0] == "M" else "2026-03-31",
        "--days",
        days,
        "--weeks",
        weeks,
    )
    assert result.exit_code == 0, result.output
    events = [s for s in semester(tmp_path, "S2026").sessions if s.kind is Kind.EVENT]
    assert [s.date and s.date.isoformat() for s in events] == expected


TWO_TIMES = """id: W2024
term: winter
year: 2024
title: Softwaretechnik
zone: Europe/Berlin
meetings:
  - {kind: lecture, days: [Mon], start: "10:15", minutes: 90}
  - {kind: lecture, days: [Wed], start: "14:15", minutes: 90}
  - {kind: recitation, days: [Fri], start: "08:30", minutes: 90}
  - {kind: recitation, days: [Fri], start: "10:15", minutes: 90}
sessions:
  - {date: 2024-10-14, kind: lecture, topics: [{title: A}]}
  - {date: 2024-10-16, kind: lecture, topics: [{title: B}]}
  - {date: 2024-10-18, kind: recitation, topics: [{title: R}]}
  - {date: 2024-10-21, kind: lecture, topics: [{title: C}]}
"""


@pytest.mark.parametrize(
    ("days", "lectures", "recitations"),
    [
        (["Tue,Thu"], [("Tue", "10:15"), ("Thu", "14:15")], ["Fri", "Fri"]),
        (["recitation=Mon"], [("Mon", "10:15"), ("Wed", "14:15")], ["Mon", "Mon"]),
        (["Wed,Mon"], [("Mon", "10:15"), ("Wed", "14:15")], ["Fri", "Fri"]),
        (["Tue"], [("Tue", "10:15")], ["Fri", "Fri"]),
        (["Mon,Tue,Thu"], [("Mon", "10:15"), ("Tue Thu", "14:15")], ["Fri", "Fri"]),
    ],
)
def test_each_meeting_keeps_its_time_on_its_new_day(
    tmp_path: Path, days: list[str], lectures: list[tuple[str, str]], recitations: list[str]
) -> None:
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "W2024.yaml").write_text(TWO_TIMES)
    result = plan(
        tmp_path,
        "S2025",
        "--from",
        "W2024",
        "--start",
        "2025-04-14",
        *(word for d in days for word in ("--days", d)),
    )
    assert result.exit_code == 0, result.output
    meetings = yaml.safe_load((tmp_path / "quizzes" / "S2025.yaml").read_text())["meetings"]
    assert [
        (" ".join(m["days"]), m["start"]) for m in meetings if m["kind"] == "lecture"
    ] == lectures
    assert [" ".join(m["days"]) for m in meetings if m["kind"] == "recitation"] == recitations
