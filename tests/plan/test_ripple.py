"""kb move, insert, swap, cancel: what follows, what stays, which lines change."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app
from kb.sources.files import read_source
from kb.validate.corpus import load_corpus
from kb.validate.semesters import read_semester

COURSE = """# My course
id: E2024
term: fall
year: 2024
title: Course
policy: {quiz: {grading: pass/fail}}
meetings:
  - {kind: lecture, days: [Mon, Wed]}
  - {kind: lab, days: [Fri]}
breaks:
  - {from: 2024-09-11, title: Holiday}
sessions:
  # week 1
  - date: 2024-09-02   # room 5
    weekday: Mon
    topics: [{title: One}]
    readings: [{work: a}]
    deliverables:
      - {code: H1, title: Home, due: "2024-09-06T23:59", released: 2024-09-02}
  - date: 2024-09-04
    weekday: Wed
    topics: [{title: Two}]
  - topics: [{title: Two and a half}]
  - date: 2024-09-06
    weekday: Fri
    kind: lab
    topics: [{title: Lab one}]

  - {date: 2024-09-09, weekday: Mon, topics: [{title: Three}], readings: [{work: b}]}
  - date: 2024-09-16
    weekday: Mon
    kind: exam
    title: Test
  - date: 2024-09-18
    weekday: Wed
    topics: [{title: Four}]
  - date: tbd
    kind: event
    title: Excursion
  - date: 2024-09-25
    weekday: Wed
    topics: [{title: Five}]
  - date: 2024-09-27
    weekday: Fri
    kind: lab
    topics: [{title: Lab two}]
waivers:
  - {code: no-prompt, session: 2024-09-09, reason: later}
"""


@pytest.fixture
def course(tree) -> Path:
    return tree(
        {"bib/a.bib": "@misc{a, title={A}}\n@misc{b, title={B}}\n", "quizzes/E2024.yaml": COURSE}
    )


def kb(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--source", str(root)])


def rows(root: Path, name: str = "E2024") -> list[str]:
    found = load_corpus(root).corpus.semester(name)
    assert found is not None
    return [f"{s.date:%m-%d} {s.title}" if s.date else f"tbd {s.title}" for s in found.sessions]


BEFORE = [
    "09-02 One",
    "09-04 Two",
    "09-04 Two and a half",
    "09-06 Lab one",
    "09-09 Three",
    "09-16 Test",
    "09-18 Four",
    "tbd Excursion",
    "09-25 Five",
    "09-27 Lab two",
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            ["move", "E2024", "One", "--to", "2024-09-04"],
            [
                "09-04 One",
                "09-06 Lab one",
                "09-09 Two",
                "09-09 Two and a half",
                "09-16 Test",
                "09-18 Three",
                "tbd Excursion",
                "09-23 Four",
                "09-25 Five",
                "09-27 Lab two",
            ],
            id="followers move on, over the holiday and the test, into the free slot",
        ),
        pytest.param(
            ["move", "E2024", "One", "--to", "2024-09-09", "--fill"],
            [
                "09-02 Two",
                "09-02 Two and a half",
                "09-04 Three",
                "09-06 Lab one",
                "09-09 One",
                "09-16 Test",
                "09-18 Four",
                "tbd Excursion",
                "09-25 Five",
                "09-27 Lab two",
            ],
            id="those between fall in",
        ),
        pytest.param(
            ["move", "E2024", "One", "--to", "2024-09-18", "--undated"],
            [
                "09-04 Two",
                "09-04 Two and a half",
                "09-06 Lab one",
                "09-09 Three",
                "09-16 Test",
                "09-18 One",
                "tbd Excursion",
                "09-23 Four",
                "09-25 Five",
                "09-27 Lab two",
            ],
            id="far later: those between stay where they are",
        ),
        pytest.param(
            ["move", "E2024", "Four", "--to", "2024-09-04"],
            [
                "09-02 One",
                "09-04 Four",
                "09-06 Lab one",
                "09-09 Two",
                "09-09 Two and a half",
                "09-16 Test",
                "09-18 Three",
                "tbd Excursion",
                "09-25 Five",
                "09-27 Lab two",
            ],
            id="earlier: up to the slot that became free",
        ),
        pytest.param(
            ["move", "E2024", "One", "--to", "2024-09-23"],
            [
                "09-04 Two",
                "09-04 Two and a half",
                "09-06 Lab one",
                "09-09 Three",
                "09-16 Test",
                "09-18 Four",
                "tbd Excursion",
                "09-23 One",
                "09-25 Five",
                "09-27 Lab two",
            ],
            id="into a free slot: alone",
        ),
        pytest.param(
            ["move", "E2024", "Two and a half", "--to", "2024-09-23", "--only"],
            [*BEFORE[:2], *BEFORE[3:8], "09-23 Two and a half", *BEFORE[8:]],
            id="a row that shared a date",
        ),
        pytest.param(
            ["move", "E2024", "Test", "--to", "2024-09-18"],
            [
                "09-02 One",
                "09-04 Two",
                "09-04 Two and a half",
                "09-06 Lab one",
                "09-09 Three",
                "09-16 Four",
                "09-18 Test",
                "tbd Excursion",
                "09-25 Five",
                "09-27 Lab two",
            ],
            id="an exam changes places",
        ),
        pytest.param(
            ["move", "E2024", "Lab one", "--to", "2024-09-13"],
            [*BEFORE[:3], "09-09 Three", "09-13 Lab one", *BEFORE[5:]],
            id="labs leave lectures alone",
        ),
        pytest.param(
            ["move", "E2024", "Excursion", "--to", "2024-09-20"],
            [*BEFORE[:7], "09-20 Excursion", *BEFORE[8:]],
            id="a row gets a date",
        ),
        pytest.param(
            ["swap", "E2024", "One", "2024-09-09"],
            ["09-02 Three", *BEFORE[1:4], "09-09 One", *BEFORE[5:]],
            id="swap",
        ),
        pytest.param(
            ["swap", "E2024", "Four", "Excursion"],
            [*BEFORE[:6], "09-18 Excursion", "tbd Four", *BEFORE[8:]],
            id="swap with a row without date",
        ),
        pytest.param(
            ["insert", "E2024", "--after", "Three", "--title", "New: one"],
            [*BEFORE[:6], "09-18 New: one", "tbd Excursion", "09-23 Four", *BEFORE[8:]],
            id="insert",
        ),
        pytest.param(
            ["insert", "E2024", "--after", "Three", "--title", "More", "--only"],
            [*BEFORE[:5], "09-09 More", *BEFORE[5:]],
            id="insert beside",
        ),
        pytest.param(
            ["insert", "E2024", "--date", "2024-09-20", "--kind", "event", "--title", "Fair"],
            [*BEFORE[:8], "09-20 Fair", *BEFORE[8:]],
            id="insert an event",
        ),
        pytest.param(
            ["insert", "E2024", "--date", "2024-09-18", "--kind", "break", "--title", "Storm"],
            [*BEFORE[:6], "09-18 Storm", "tbd Excursion", "09-23 Four", *BEFORE[8:]],
            id="insert a break",
        ),
        pytest.param(
            ["cancel", "E2024", "Four", "--reason", "no: heat"],
            [*BEFORE[:6], "09-18 No class", "tbd Excursion", "09-23 Four", *BEFORE[8:]],
            id="cancel",
        ),
        pytest.param(["cancel", "E2024", "Four", "--only"], BEFORE, id="cancel alone"),
    ],
)
def test_rows_come_to_stand(course: Path, words: list[str], expected: list[str]) -> None:
    result = kb(course, *words)
    assert result.exit_code == 0, (result.output, result.exception)
    assert sorted(rows(course)) == sorted(expected)
    dated = [r for r in rows(course) if not r.startswith("tbd")]
    assert dated == [r for r in expected if not r.startswith("tbd")]
    found = load_corpus(course)
    assert {f.code for f in found.findings} & {
        "on-break",
        "slot-twice",
        "date-order",
        "weekday",
        "session-twice",
        "waiver-unused",
    } == set()


def test_sessions_keep_their_ids_when_they_move(course: Path) -> None:
    """Links and calendar events hang on the id, so a date that changes does not change it."""
    before = {s.title: s.id for s in load_corpus(course).corpus.semester("E2024").sessions}
    for words in (
        ("move", "E2024", "One", "--to", "2024-09-04"),
        ("swap", "E2024", "Two", "Four"),
        ("insert", "E2024", "--after", "One", "--title", "Guest", "--until", "2024-12-01"),
        ("move", "E2024", "One", "--to", "2024-09-02"),
    ):
        result = kb(course, *words)
        assert result.exit_code == 0, result.output
        after = {s.title: s.id for s in load_corpus(course).corpus.semester("E2024").sessions}
        assert {t: i for t, i in after.items() if t != "Guest"} == before
        assert len(set(after.values())) == len(after)


def test_only_lines_with_dates_change(course: Path) -> None:
    # A written id comes first in its row, so the dash changes its line.
    before = [line.lstrip(" -") for line in COURSE.splitlines()]
    assert kb(course, "move", "E2024", "One", "--to", "2024-09-04").exit_code == 0
    after = (course / "quizzes/E2024.yaml").read_text().splitlines()
    now = Counter(line.lstrip(" -") for line in after)
    gone, come = Counter(before) - now, now - Counter(before)
    written = ("2024-09", "weekday", "id: E2024-")
    assert all(any(w in line for w in written) for line in (*gone, *come)), (gone, come)
    assert (
        "    date: 2024-09-04   # room 5" in after
        and "  - id: E2024-0902" in after
        and "  # week 1" in after
    )
    assert '      - {code: H1, title: Home, due: "2024-09-08T23:59", released: 2024-09-04}' in after
    assert "  - {code: no-prompt, session: 2024-09-18, reason: later}" in after
    assert (
        "  - {id: E2024-0909, date: 2024-09-18, weekday: Wed, topics: [{title: Three}], readings: [{work: b}]}"
        in after
    )


def test_line_ends_and_a_missing_last_one_stay(course: Path) -> None:
    path = course / "quizzes/E2024.yaml"
    path.write_bytes(
        COURSE.replace("waivers:\n  - {code: no-prompt, session: 2024-09-09, reason: later}\n", "")
        .rstrip("\n")
        .replace("\n", "\r\n")
        .encode()
    )
    kb(course, "swap", "E2024", "Four", "Five")
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") and not data.endswith(b"\n")
    assert "09-18 Five" in rows(course)


def test_dry_run_prints_a_diff_and_writes_nothing(course: Path) -> None:
    result = kb(course, "cancel", "E2024", "Four", "--only", "--reason", "heat", "--dry-run")
    assert (
        "+    cancelled: true\n+    reason: heat\n" in result.stdout
        and result.stdout.startswith("--- quizzes/E2024.yaml")
    )
    assert (course / "quizzes/E2024.yaml").read_text() == COURSE


def test_what_falls_off_the_end_is_refused_unless_told(course: Path) -> None:
    result = kb(course, "insert", "E2024", "--date", "2024-09-25", "--title", "Guest")
    assert (
        result.exit_code == 1
        and "no slot until 2024-09-29 for Five; nothing was written" in result.stderr
    )
    assert (course / "quizzes/E2024.yaml").read_text() == COURSE
    assert (
        kb(
            course, "insert", "E2024", "--date", "2024-09-25", "--title", "Guest", "--undated"
        ).exit_code
        == 0
    )
    assert rows(course)[-4:] == ["tbd Excursion", "09-25 Guest", "09-27 Lab two", "tbd Five"]
    assert (
        kb(
            course,
            "insert",
            "E2024",
            "--date",
            "2024-09-25",
            "--title",
            "Other",
            "--until",
            "2024-10-02",
        ).exit_code
        == 0
    )
    assert rows(course)[-1] == "09-30 Guest" or "09-30 Guest" in rows(course)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["move", "E2024", "One", "--to", "2024-09-11"], "is a break (Holiday)"),
        (["move", "E2024", "One", "--to", "2024-09-16"], "has 'Test', which stays"),
        (["move", "E2024", "One", "--to", "2024-09-02"], "already"),
        (["move", "E2024", "Lab", "--to", "2024-09-02"], "may be any of"),
        (["move", "E2024", "Seven", "--to", "2024-09-02"], "no session 'Seven'"),
        (["move", "E2023", "One", "--to", "2024-09-02"], "no semester"),
        (["swap", "E2024", "Two", "E2024-0904b"], "same date"),
        (["insert", "E2024", "--title", "X"], "say where"),
        (["insert", "E2024", "--title", "X", "--date", "2024-09-16"], "has 'Test', which stays"),
    ],
)
def test_misuse_is_named(course: Path, words: list[str], message: str) -> None:
    result = kb(course, *words)
    assert result.exit_code != 0 and message in str(result.exception), result.output
    assert (course / "quizzes/E2024.yaml").read_text() == COURSE


def test_moves_as_json(course: Path) -> None:
    result = kb(course, "move", "E2024", "One", "--to", "2024-09-04", "--json", "--dry-run")
    data = json.loads(result.stdout[result.stdout.index("\n{\n") :])
    assert [(m["id"], m["after"]) for m in data["moved"]] == [
        ("E2024-0902", "2024-09-04"),
        ("E2024-0904", "2024-09-09"),
        ("E2024-0909", "2024-09-18"),
        ("E2024-0918", "2024-09-23"),
    ]
    assert (
        "lab 'Lab one' (2024-09-06) comes before 'Two' (2024-09-09), 'Two and a half' (2024-09-09) now"
        in data["notes"]
    )


def test_what_is_out_of_order_after_a_move_is_said_once_for_each_row(tree) -> None:
    titles = ("One", "Two", "Three", "Four", "Five", "Six")
    rows = "".join(
        f"  - {{date: 2024-09-{2 + 7 * n:02}, topics: [{{title: {t}}}]}}\n"
        for n, t in enumerate(titles[:4])
    )
    rows += "  - {date: 2024-09-27, kind: lab, topics: [{title: Practice}]}\n"
    rows += "  - {date: 2024-09-30, topics: [{title: Five, topic: t}], deliverables: [{code: H1, title: H}]}\n"
    rows += "  - {date: 2024-10-07, topics: [{title: Five, topic: t, continued: true}], deliverables: [{code: H2, title: H}]}\n"
    head = "id: E2024\nterm: fall\nyear: 2024\ntitle: C\nmeetings:\n  - {kind: lecture, days: [Mon]}\n  - {kind: lab, days: [Fri]}\nsessions:\n"
    root = tree(
        {
            "bib/a.bib": "",
            "bib/topics.yaml": "- {slug: t, title: T}\n",
            "quizzes/E2024.yaml": head + rows,
        }
    )
    notes = kb(root, "move", "E2024", "Practice", "--to", "2024-08-30", "--dry-run").stderr
    assert (
        "note: lab 'Practice' (2024-08-30) comes before 'One' (2024-09-02), 'Two' (2024-09-09), 'Three' (2024-09-16) and 1 more now\n"
        in notes
    )
    notes = kb(root, "swap", "E2024", "2024-09-30", "2024-10-07", "--dry-run").stderr
    assert (
        "note: 'Five (continued)' (2024-09-30) comes before 'Five' (2024-10-07), which it continues\n"
        in notes
    )
    assert "note: H2 (due 2024-09-30) is due before H1 (2024-10-07) now\n" in notes
    assert "out of order" not in notes and notes.count("is due before") == 1


@pytest.mark.collection
def test_a_guest_lecture_pushes_topics_with_their_readings(tmp_path: Path, project: Path) -> None:
    collection = tmp_path / "course"
    (collection / "quizzes").mkdir(parents=True)
    shutil.copy(project / "quizzes/F2022.yaml", collection / "quizzes/F2022.yaml")
    words = [
        "insert",
        "F2022",
        "--after",
        "Debugging",
        "--title",
        "Guest",
        "--guest",
        "A. Turing",
        "--undated",
    ]

    def read():
        file, _ = read_source(collection / "quizzes/F2022.yaml", collection)
        return read_semester(file)[0]  # type: ignore[arg-type]

    before = {s.title: (s.readings, [d.title for d in s.deliverables]) for s in read().sessions}
    assert kb(collection, *words).exit_code == 0
    found = read()
    safety = next(s for s in found.sessions if s.title == "Safety")
    assert (
        str(safety.date),
        [r.work for r in safety.readings],
        [d.code for d in safety.deliverables],
    ) == ("2022-12-05", ["mohseni2020practical", "kastner2024machine"], ["M3"])
    for session in found.sessions:
        if session.title in before:
            readings, due = before[session.title]
            assert [r.work for r in session.readings] == [r.work for r in readings] and [
                d.title for d in session.deliverables
            ] == due


def test_a_class_beside_the_pattern_gives_way_too(tree) -> None:
    rows = "".join(
        f"  - {{date: {day}, topics: [{{title: {title}}}]}}\n"
        for day, title in (
            ("2024-09-02", "One"),
            ("2024-09-05", "Makeup"),
            ("2024-09-09", "Two"),
            ("2024-09-16", "Three"),
        )
    )
    root = tree(
        {
            "bib/a.bib": "",
            "quizzes/E2024.yaml": f"id: E2024\nterm: fall\nyear: 2024\ntitle: C\nmeetings:\n  - {{kind: lecture, days: [Mon]}}\nsessions:\n{rows}",
        }
    )
    result = kb(root, "move", "E2024", "Three", "--to", "2024-09-05")
    assert result.exit_code == 0, result.output
    file, _ = read_source(root / "quizzes/E2024.yaml", root)
    found, _, _ = read_semester(file)
    assert [(str(s.date), s.title) for s in found.sessions] == [
        ("2024-09-02", "One"),
        ("2024-09-05", "Three"),
        ("2024-09-09", "Makeup"),
        ("2024-09-16", "Two"),
    ]


def test_filling_moves_nobody_when_the_earlier_day_was_empty(course: Path) -> None:
    for to in ("2024-09-23", "2024-09-04"):
        result = kb(course, "move", "E2024", "Five", "--to", to, "--fill")
        assert result.exit_code == 0, result.output
    assert "Five" in result.stderr and "Four" in result.stderr, (
        "on the second day there was a class"
    )
