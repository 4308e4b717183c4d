"""Readings that a schedule names by their people, and work that is due on another day than its row's."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.importers.match import Certainty, WorkIndex
from kb.importers.schedule import import_schedule
from kb.importers.semester_yaml import semester_yaml
from kb.validate.corpus import load_corpus

WORKS = """
@inproceedings{bahdanau2015neural, author = {Bahdanau, Dzmitry and Cho, Kyunghyun and Bengio, Yoshua}, title = {Neural Machine Translation by Jointly Learning to Align and Translate}, booktitle = {ICLR}, year = {2015}}
@inproceedings{bowman2021take, author = {Bowman, Samuel R. and Dahl, George E.}, title = {What Will it Take to Fix Benchmarking?}, booktitle = {NAACL}, year = {2021}}
@book{fowler2003uml, author = {Fowler, Martin}, title = {UML Distilled}, publisher = {Addison-Wesley}, year = {2003}}
@book{fowler2018refactoring, author = {Fowler, Martin}, title = {Refactoring: Improving the Design of Existing Code}, publisher = {Addison-Wesley}, year = {2018}}
@book{sommerville2018software, author = {Ian Sommerville}, title = {Software Engineering}, publisher = {Pearson}, year = {2018}}
@article{aalst2011process, author = {van der Aalst, Wil and Gómez-López, María}, title = {Process Mining Manifesto}, journal = {BPM}, year = {2011}}
@article{smith2020one, author = {Smith, Ann}, title = {One Thing}, journal = {X}, year = {2020}}
@article{smith2020other, author = {Smith, Bob}, title = {Other Thing}, journal = {X}, year = {2020}}
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WorkIndex:
    root = tmp_path_factory.mktemp("kb")
    (root / "bib").mkdir()
    (root / "quizzes").mkdir()
    (root / "bib" / "works.bib").write_text(WORKS)
    return WorkIndex(load_corpus(root).corpus.works)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bahdanau et al. 2015", "bahdanau2015neural"),
        ("Bahdanau et al., 2015", "bahdanau2015neural"),
        ("Bahdanau, Cho, and Bengio (2015)", "bahdanau2015neural"),
        ("[Bowman & Dahl 2021]", "bowman2021take"),
        ("Bowman and Dahl (2021)", "bowman2021take"),
        ("Sommerville", "sommerville2018software"),
        ("I. Sommerville (2018)", "sommerville2018software"),
        ("van der Aalst et al. 2011", "aalst2011process"),
        ("Wil van der Aalst and María Gómez-López (2011)", "aalst2011process"),
    ],
)
def test_people_and_a_year_that_only_one_work_has_are_probably_it(
    index: WorkIndex, text: str, key: str
) -> None:
    found = index.match(text)
    assert (found.certainty, found.key, found.others) == (Certainty.PROBABLE, key, ())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Fowler: UML Distilled", "fowler2003uml"),
        ("Fowler: Refactoring", "fowler2018refactoring"),
        ("M. Fowler – “Refactoring”", "fowler2018refactoring"),
        ("van der Aalst et al. (2011): Process Mining Manifesto", "aalst2011process"),
    ],
)
def test_people_in_front_of_a_title_that_is_theirs_are_certain(
    index: WorkIndex, text: str, key: str
) -> None:
    assert (index.match(text).certainty, index.match(text).key) == (Certainty.CERTAIN, key)


def test_several_works_of_a_year_are_named_and_one_of_several_years_is_not_guessed(
    index: WorkIndex,
) -> None:
    found = index.match("Smith 2020")
    assert (found.certainty, {found.key, *found.others}) == (
        Certainty.PROBABLE,
        {"smith2020one", "smith2020other"},
    )
    assert index.match("Fowler").certainty is Certainty.NEW


@pytest.mark.parametrize(
    "text",
    [
        "Bahdanau et al. 2014",
        "Bowman & Manning 2021",
        "Fowler: Patterns of Enterprise Application Architecture",
        "Dahl 2021",
        "Cho et al. 2015",
        "Introduction",
        "Chapter 3",
        "2015",
        "Fowler 1999",
    ],
)
def test_people_or_years_that_do_not_fit_are_new(index: WorkIndex, text: str) -> None:
    assert index.match(text).certainty is Certainty.NEW


SEMINAR = """| Date | Topic | Reading | Due |
|--|--|--|--|
| Tue 1/21 | Attention | Bahdanau et al. 2015 | HW0 due |
| Thu 1/23 | Benchmarks | Bowman & Dahl 2021; Sommerville, Ch. 2-3 | HW1 due 1/28 11:59pm |
| Thu 3/13 | Presentations of projects | | Final report due Mon 3/17 |
"""


def test_a_seminar_reads_what_it_names_by_people(index: WorkIndex) -> None:
    found = import_schedule(SEMINAR, "W2025", index)
    assert [r.title for s in found.sessions for r in s.readings] == [
        "",
        "",
        "",
    ]  # a list prints the work's own title then
    assert [[(r.work, r.locator_text) for r in s.readings] for s in found.sessions] == [
        [("bahdanau2015neural", "")],
        [("bowman2021take", ""), ("sommerville2018software", "Ch. 2-3")],
        [],
    ]


def test_work_that_is_due_on_another_day_has_that_date(index: WorkIndex) -> None:
    found = import_schedule(SEMINAR, "W2025", index)
    assert [(d.title, d.due) for s in found.sessions for d in s.deliverables] == [
        ("HW0", ""),
        ("HW1", "2025-01-28T23:59"),
        ("Final report", "2025-03-17"),
    ]
    assert 'due: "2025-01-28T23:59"\n' in semester_yaml(found)


def test_a_due_date_in_january_lies_behind_its_row_in_december(tmp_path: Path) -> None:
    found = import_schedule(
        "| Date | Topic | Due |\n|--|--|--|\n| 2024-12-10 | A | Essay due Jan 15 |\n| 2024-12-12 | B | Essay due Friday |\n",
        "W2024",
        WorkIndex([]),
    )
    assert [(d.due, s.note) for s in found.sessions for d in s.deliverables] == [
        ("2025-01-15", ""),
        ("", "Essay due Friday"),
    ]


GERMAN = """| Datum | Art | Thema | Lektüre | Abgabe |
|---|---|---|---|---|
| 2024-10-16 | Vorlesung | Vorgehensmodelle | Sommerville, Kap. 2 | |
| 2024-10-18 | Übung | Git | | Blatt 1 |
| 2024-11-01 | Feiertag | Allerheiligen | | |
| 2024-11-04 | Praktikum | Build-Werkzeuge | | |
| 2024-11-11 | Klausur | Zwischenklausur | | |
| 2024-11-13 | Vorlesung | Übung macht den Meister | Fowler: Refactoring, Kap. 1 | |
"""


@pytest.mark.parametrize(
    "table",
    [
        GERMAN,
        "<table>"
        + "".join(
            f"<tr>{''.join(f'<{cell}>{c.strip()}</{cell}>' for c in line.strip('|').split('|'))}</tr>\n"
            for n, line in enumerate(GERMAN.splitlines())
            if n != 1
            for cell in ["th" if n == 0 else "td"]
        )
        + "</table>",
    ],
)
def test_a_table_in_german_with_iso_dates_is_read_by_its_columns(
    index: WorkIndex, table: str
) -> None:
    found = import_schedule(table, "W2024", index)
    assert [(s.kind.value, s.title or s.topics[0].title) for s in found.sessions] == [
        ("lecture", "Vorgehensmodelle"), ("recitation", "Git"), ("break", "Allerheiligen"), ("lab", "Build-Werkzeuge"), ("exam", "Zwischenklausur"), ("lecture", "Übung macht den Meister"),
    ]  # fmt: skip
    assert [(r.work, r.locator_text) for s in found.sessions for r in s.readings] == [
        ("sommerville2018software", "Kap. 2"),
        ("fowler2018refactoring", "Kap. 1"),
    ]
    assert [d.title for s in found.sessions for d in s.deliverables] == ["Blatt 1"]
    assert not [e for e in found.ledger if e.fate.value == "not understood"]


def test_a_new_semester_file_proposes_the_days_on_which_class_met_and_says_what_is_to_be_filled_in(
    tmp_path: Path,
) -> None:
    for name in ("bib", "quizzes"):
        (tmp_path / name).mkdir()
    days = [
        ("2025-01-07", ""),
        ("2025-01-09", ""),
        ("2025-01-10", "Lab 1: "),
        ("2025-01-14", ""),
        ("2025-01-16", ""),
        ("2025-01-17", "Lab 2: "),
        ("2025-01-20", ""),
    ]
    (tmp_path / "s.md").write_text(
        "| Date | Topic |\n|--|--|\n"
        + "".join(f"| {day} | {kind}Topic {day} |\n" for day, kind in days)
    )
    result = CliRunner().invoke(
        app,
        ["import", "schedule", str(tmp_path / "s.md"), "-s", "W2025", "--source", str(tmp_path)],
    )
    text = (tmp_path / "quizzes" / "W2025.yaml").read_text()
    assert (
        "#   - {kind: lecture, days: [Tue, Thu]," in text
        and "#   - {kind: lab, days: [Fri]," in text
    )
    assert "fill in zone and meetings at the top of quizzes/W2025.yaml" in result.stderr
    (tmp_path / "quizzes" / "W2025.yaml").write_text(
        text.replace("# zone: America/New_York", "zone: UTC")
    )
    again = CliRunner().invoke(
        app,
        [
            "import",
            "schedule",
            str(tmp_path / "s.md"),
            "-s",
            "W2025",
            "--source",
            str(tmp_path),
            "--force",
        ],
    )
    assert again.exit_code == 0 and "fill in zone" not in again.stderr
