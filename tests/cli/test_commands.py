"""The command line through its runner: output, exit codes, files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app

GOLDEN = Path(__file__).parent.parent / "golden"
ASSIGNED = {"required", "one-of"}
SEMESTERS = ["F2020", "S2021", "F2022"]


def kb(*words: str, project: Path | None = None, database: Path | None = None) -> Result:
    options = [
        *(["--source", str(project)] if project else []),
        *(["--db", str(database)] if database else []),
    ]
    return CliRunner().invoke(app, [*words, *options], env={"COLUMNS": "100"})


@pytest.mark.collection
@pytest.mark.parametrize("semester", SEMESTERS)
def test_reading_list_is_the_golden_one(
    semester: str, project: Path, database: Path, request: pytest.FixtureRequest
) -> None:
    result = kb("list", semester, "--format", "md", project=project, database=database)
    assert result.exit_code == 0
    path = GOLDEN / f"{semester}.md"
    if request.config.getoption("--update-golden"):
        path.write_text(result.stdout)
    assert result.stdout == path.read_text()


@pytest.mark.collection
@pytest.mark.parametrize(
    ("semester", "rows", "readings"),
    [
        ("F2019", 31, 25),
        ("S2020", 36, 27),
        ("F2020", 45, 27),
        ("S2021", 42, 30),
        ("S2022", 42, 29),
        ("F2022", 46, 27),
        ("S2023", 44, 26),
        ("S2024", 44, 18),
        ("F2024", 46, 9),
        ("S2025", 46, 26),
        ("F2025", 46, 24),
        ("S2026", 46, 10),
    ],
)
def test_rows_and_readings(
    semester: str, rows: int, readings: int, project: Path, database: Path
) -> None:
    data = json.loads(kb("list", semester, "--json", project=project, database=database).stdout)
    assert len(data["sessions"]) == rows
    assert sum(r["role"] in ASSIGNED for s in data["sessions"] for r in s["readings"]) == readings


@pytest.mark.collection
def test_alternatives_share_a_group_and_a_question(project: Path, database: Path) -> None:
    data = json.loads(kb("list", "F2022", "--json", project=project, database=database).stdout)
    session = next(s for s in data["sessions"] if s["date"] == "2022-11-09")
    assert [(r["work"], r["role"], r["alternative_group"]) for r in session["readings"]] == [
        ("polich2020black", "one-of", 1),
        ("rudin2019stop", "one-of", 1),
        ("kastner2024machine", "supplementary", None),
    ]
    assert [p["id"] for p in session["quiz"]["prompts"]] == ["rudin-black-boxes"]
    assert session["quiz"]["due"] == "2022-11-09T13:25-05:00"


@pytest.mark.collection
def test_chapters_are_data(project: Path, database: Path) -> None:
    data = json.loads(kb("list", "F2022", "--json", project=project, database=database).stdout)
    session = next(s for s in data["sessions"] if s["date"] == "2022-08-31")
    assert session["readings"][0]["locator"] == {
        "unit": "chapter",
        "parts": ["5", "7", "8"],
        "text": "Ch. 5, 7, 8",
    }


@pytest.mark.collection
@pytest.mark.parametrize("semester", SEMESTERS)
def test_every_session_with_reading_has_question_and_due_time(
    semester: str, project: Path, database: Path
) -> None:
    data = json.loads(kb("list", semester, "--json", project=project, database=database).stdout)
    for session in data["sessions"]:
        if any(r["role"] in ASSIGNED for r in session["readings"]):
            assert session["quiz"]["prompts"], session["id"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d-0[45]:00", session["quiz"]["due"])


@pytest.mark.collection
def test_csv_has_a_line_per_reading_and_row(project: Path, database: Path) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(
                kb("list", "F2022", "--format", "csv", project=project, database=database).stdout
            )
        )
    )
    assert sum(row["role"] in ASSIGNED for row in rows) == 27
    assert sum(row["role"] == "supplementary" for row in rows) == 32
    assert len({row["session"] for row in rows if row["session"]}) == 46
    assert [row["role"] for row in rows if not row["session"]] == ["recommended"]


@pytest.mark.collection
def test_bibtex_reads_back(project: Path, database: Path) -> None:
    from kb.parse.bibtex import parse_bibtex

    entries, findings = parse_bibtex(
        kb("list", "F2022", "--format", "bib", project=project, database=database).stdout, "out.bib"
    )
    assert findings == ()
    assert len(entries) == 20
    assert all(not e.get("annotation") for e in entries)


@pytest.mark.collection
def test_calendar_is_readable_by_icalendar(project: Path, database: Path) -> None:
    from icalendar import Calendar

    calendar = Calendar.from_ical(
        kb("list", "F2022", "--format", "ics", project=project, database=database).stdout
    )
    kinds = Counter(str(e["CATEGORIES"].to_ical(), "utf-8") for e in calendar.walk("VEVENT"))
    assert kinds == {"Class": 46, "Quiz": 22, "Homework": 9}


@pytest.mark.collection
def test_next_names_reading_question_and_deliverable(project: Path, database: Path) -> None:
    out = kb("next", "--on", "2022-09-06", project=project, database=database).stdout
    assert (
        "Wed, Sep 07" in out
        and "Ch. 19" in out
        and "due Wed, Sep 07, 13:25 EDT" in out
        and "I1: ML Product" in out
    )


@pytest.mark.collection
@pytest.mark.parametrize(
    ("on", "session"),
    [
        ("2022-09-07T13:00", "F2022-0907"),
        ("2022-09-07T14:00", "F2022-0912"),
        ("2022-08-01", "F2022-0829"),
        ("2022-12-19", None),
    ],
)
def test_next_counts_from_the_moment(
    on: str, session: str | None, project: Path, database: Path
) -> None:
    data = json.loads(
        kb(
            "next", "--on", on, "--semester", "F2022", "--json", project=project, database=database
        ).stdout
    )
    assert (data["session"] or {"id": None})["id"] == session


@pytest.mark.collection
def test_show_tells_where_a_work_was_assigned(project: Path, database: Path) -> None:
    out = kb("show", "sculley2015hidden", project=project, database=database).stdout
    assert "Hidden Technical Debt" in out
    assert all(semester in out for semester in ("F2020", "S2021", "F2022", "S2023", "S2026"))


@pytest.mark.collection
@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        pytest.param(["list", "F1999"], 1, "there are: F2019", id="semester"),
        pytest.param(["show", "scully2015hid"], 1, "sculley2015hidden", id="key"),
        pytest.param(["list", "F2022", "--format", "odt"], 2, "one of", id="format"),
        pytest.param(["next", "--on", "soon"], 2, "2022-09-06", id="date"),
    ],
)
def test_mistakes_give_one_line_and_an_exit_code(
    words: list[str], code: int, says: str, project: Path, database: Path
) -> None:
    import subprocess
    import sys

    result = subprocess.run(
        [sys.executable, "-m", "cli.app", *words, "--source", str(project), "--db", str(database)],
        capture_output=True,
        text=True,
        cwd=project,
    )
    assert result.returncode == code
    assert says in result.stderr and len(result.stderr.splitlines()) == 1 and result.stdout == ""


def test_without_sources_it_says_how_to_begin(tmp_path: Path) -> None:
    import subprocess
    import sys

    result = subprocess.run(
        [sys.executable, "-m", "cli.app", "list", "--source", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "kb new DIRECTORY" in result.stderr


def test_new_builds_at_once_and_is_clean(tmp_path: Path) -> None:
    directory = tmp_path / "course"
    assert kb("new", str(directory)).exit_code == 0
    assert kb("check", "--strict", project=directory).exit_code == 0
    assert "Information hiding" in kb("list", "E2025", project=directory).stdout


def test_no_colours_when_piped(project: Path, database: Path) -> None:
    assert "\x1b" not in kb("list", "F2022", project=project, database=database).stdout


def test_check_explains_codes() -> None:
    assert "contradicts" in kb("check", "--explain", "weekday").stdout


def test_a_command_loads_only_its_own_module(project: Path) -> None:
    import subprocess
    import sys

    script = "import sys; sys.argv = ['kb', 'topics', '--help']; from cli.app import main\ntry:\n    main()\nexcept SystemExit:\n    pass\nprint(sorted(m for m in sys.modules if m.startswith('cli.')))"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=project
    )
    loaded = result.stdout.splitlines()[-1]
    commands = [name for name in eval(loaded) if name.startswith("cli.commands.")]
    assert commands == ["cli.commands.topics"]
