"""Importing schedules: rows, readings, matches, ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.importers.match import Certainty, WorkIndex
from kb.importers.schedule import import_schedule
from kb.records import Corpus, Locator, Place, Role, Work
from kb.validate.corpus import load_corpus

COUNTS = [
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
]
"""Rows and assigned readings that the page of each semester shows, counted by hand."""

MENDED = {
    ("lakshmanan2020machine", Locator(unit="chapter", parts=("16",))): Locator(
        unit="pattern", parts=("16",)
    ),
    ("pair2019people", None): Locator(unit="chapter", parts=("Explainability and Trust",)),
}
"""Portions that a page names wrongly or in its title only."""


def work(key: str, title: str, url: str = "", short: str = "") -> Work:
    return Work(
        key=key,
        type="misc",
        title=title,
        url=url,
        short_titles=(short,) if short else (),
        place=Place(path="a.bib"),
    )


INDEX = WorkIndex(
    [
        work("bis", "Building Intelligent Systems: A Guide", "https://bis.example"),
        work("linter", "The Data Linter: Sanity Checking"),
        work("schelter", "Automating large-scale data quality verification"),
        work("goods", "Goods: Organizing Google's Datasets"),
        work(
            "stop",
            "Stop explaining black box machine learning models",
            "https://arxiv.org/abs/1811.10154",
            "Stop Explaining Black Box ML Models",
        ),
        work("boxes", "Black boxes are not required", "", "Black boxes not required"),
    ]
)


@pytest.fixture(scope="module")
def corpus(project: Path) -> Corpus:
    return load_corpus(project).corpus


@pytest.mark.upstream
@pytest.mark.parametrize(("semester", "rows", "readings"), COUNTS)
def test_real_schedules(
    semester: str, rows: int, readings: int, upstream: Path, corpus: Corpus
) -> None:
    schedules = upstream / "schedules"
    page = next(p for s in ("md", "html") if (p := schedules / f"{semester}.{s}").exists())
    found = import_schedule(page.read_text(), semester, WorkIndex(corpus.works))
    assert (len(found.sessions), found.readings) == (rows, readings)
    assert found.new_works == ()
    assert [e for e in found.ledger if e.fate == "not understood"] == []
    own = corpus.semester(semester)
    assert own is not None
    assert [(s.date if s.dated else None) for s in own.sessions] == [s.day for s in found.sessions]
    assigned = {Role.REQUIRED, Role.ONE_OF}
    assert [
        [(r.work, r.locator) for r in s.readings if r.role in assigned] for s in own.sessions
    ] == [
        [(r.work, MENDED.get((r.work, r.locator), r.locator)) for r in s.readings]
        for s in found.sessions
    ]


@pytest.mark.upstream
def test_html_page_gives_what_its_table_gives(upstream: Path, corpus: Corpus) -> None:
    index = WorkIndex(corpus.works)
    table = import_schedule((upstream / "schedules/S2026.md").read_text(), "S2026", index)
    page = import_schedule((upstream / "schedules/S2026.html").read_text(), "S2026", index)
    assert [(s.day, s.kind) for s in table.sessions] == [(s.day, s.kind) for s in page.sessions]
    assert [[r.work for r in s.readings] for s in table.sessions] == [
        [r.work for r in s.readings] for s in page.sessions
    ]
    assert [[(d.code, d.title) for d in s.deliverables] for s in table.sessions] == [
        [(d.code, d.title) for d in s.deliverables] for s in page.sessions
    ]


@pytest.mark.collection
@pytest.mark.parametrize("semester", [name for name, _, _ in COUNTS])
def test_our_markdown_comes_back(semester: str, corpus: Corpus, database: Path) -> None:
    from kb.importers.schedule_files import same_sessions
    from kb.render.reading_markdown import render
    from kb.views.read import get_reading_list, open_database

    connection = open_database(database)
    text = render(get_reading_list(connection, semester))
    connection.close()
    found = import_schedule(text, semester, WorkIndex(corpus.works))
    assert same_sessions(found, corpus)
    own = corpus.semester(semester)
    assert own is not None
    for have, want in zip(own.sessions, found.sessions, strict=True):
        assert (have.cancelled, have.reason, have.note, "" if have.topics else have.title) == (
            want.cancelled,
            want.reason,
            want.note,
            want.title,
        )
        assert (have.start, have.end) == (
            want.time.start if want.time else None,
            want.time.end if want.time else None,
        )
        assert [(r.title, r.url) for r in have.readings] == [
            (r.title, r.url) for r in want.readings
        ]
        assert [(t.guest, t.continued, t.materials) for t in have.topics] == [
            (t.guest, t.continued, t.materials) for t in want.topics
        ]
        assert [(d.url, d.submissions) for d in have.deliverables] == [
            (d.url, d.submissions) for d in want.deliverables
        ]


def row(cells: str) -> str:
    return f"| Date | Topic | Reading | Due |\n| - | - | - | - |\n| {cells} |\n"


READINGS = [
    pytest.param(
        "[Building Intelligent Systems](https://x.org), Ch. 17 and 18",
        [("bis", ("17", "18"), None)],
        id="and between chapters",
    ),
    pytest.param(
        "[Building Intelligent Systems](https://x.org), Ch. 2+5+20",
        [("bis", ("2", "5", "20"), None)],
        id="plus",
    ),
    pytest.param(
        "[Building Intelligent Systems](https://x.org), Ch. 6–8, 24",
        [("bis", ("6", "7", "8", "24"), None)],
        id="range",
    ),
    pytest.param(
        "Building Intelligent Systems, Chs. 14 and 15", [("bis", ("14", "15"), None)], id="plain"
    ),
    pytest.param(
        "[Building Intelligent Systems](https://x.org), Ch. 21 & [Goods: Organizing Google’s Datasets](https://y.org)",
        [("bis", ("21",), None), ("goods", (), None)],
        id="two works",
    ),
    pytest.param(
        "Automating large-scale data quality verification and The Data Linter",
        [("schelter", (), None), ("linter", (), None)],
        id="two plain works",
    ),
    pytest.param(
        "[Black boxes not required](https://d.org) or [Stop Explaining Black Box ML Models…](https://arxiv.org/abs/1811.10154)",
        [("boxes", (), 1), ("stop", (), 1)],
        id="alternatives",
    ),
    pytest.param("-", [], id="placeholder"),
    pytest.param(
        "[The Data Linter](https://d.org) (optional)", [("linter", (), None)], id="optional"
    ),
]


@pytest.mark.parametrize(("cell", "expected"), READINGS)
def test_readings(cell: str, expected: list) -> None:
    found = (
        import_schedule(row(f"Mon, Aug 29 | Topic | {cell} | "), "F2022", INDEX)
        .sessions[0]
        .readings
    )
    assert [(r.work, r.locator.parts if r.locator else (), r.group) for r in found] == expected


@pytest.mark.parametrize(
    ("cells", "kind", "cancelled"),
    [
        pytest.param("Fri, Sep 2 | ![Recitation](b.svg) Git | | ", "recitation", False, id="badge"),
        pytest.param("Mon, Sep 5 | Labor day, no class | | ", "break", False, id="no class"),
        pytest.param(
            "Fri, Apr 30 | **No recitation** | | ", "recitation", True, id="no recitation"
        ),
        pytest.param(
            "Fri, Oct 16 | ![Recitation](b.svg) **CMU Day, no class** | | ",
            "recitation",
            True,
            id="cancelled recitation",
        ),
        pytest.param("Wed, Oct 5 | [**Midterm**](x) | | ", "exam", False, id="midterm"),
        pytest.param(
            "Fri, Mar 12 | ![Recitation](b.svg) Midterm Review Session | | ",
            "recitation",
            False,
            id="review is no exam",
        ),
        pytest.param(
            "Sun, Dec 18 (9:30-11:30am) | **Final Project Presentations** | | ",
            "event",
            False,
            id="event",
        ),
        pytest.param(
            "Mon, Aug 29 | Spring Forward: time series | | ", "lecture", False, id="lecture"
        ),
    ],
)
def test_kinds(cells: str, kind: str, cancelled: bool) -> None:
    found = import_schedule(row(cells), "F2022", INDEX).sessions[0]
    assert (found.kind.value, found.cancelled) == (kind, cancelled)


def test_topics_split_only_beside_links_and_brackets() -> None:
    text = row(
        "Mon, Aug 29 | [Process & Technical Debt](a) ([md](b)) and [Teamwork, Roles, and Tools](c) | | "
    )
    assert [t.title for t in import_schedule(text, "F2022", INDEX).sessions[0].topics] == [
        "Process & Technical Debt",
        "Teamwork, Roles, and Tools",
    ]


def test_guest_continuation_and_part() -> None:
    text = row(
        "Mon, Nov 30 | [Safety 2: Cars](a) (Guest Lecture by Owen Cheng, Uber) and [Quality](b) (continued) | | "
    )
    first, second = import_schedule(text, "F2020", INDEX).sessions[0].topics
    assert (first.title, first.part, first.guest) == ("Safety 2: Cars", 2, "Owen Cheng, Uber")
    assert (second.title, second.continued) == ("Quality", True)


def test_wrong_weekday_is_told() -> None:
    found = import_schedule(row("Tue, Aug 29 | Topic | | "), "F2022", INDEX)
    assert any("is a Mon, not a Tue" in e.what for e in found.ledger)


def test_other_headers_and_hints() -> None:
    text = "| When | What | Paper | HW |\n|-|-|-|-|\n| 8/29 | Intro | The Data Linter | A1 |\n"
    found = import_schedule(text, "F2022", INDEX, columns={"what": "topic"})
    assert [r.work for r in found.sessions[0].readings] == ["linter"]
    assert found.sessions[0].topics[0].title == "Intro"


def test_unknown_work_is_new_not_guessed() -> None:
    found = import_schedule(
        row("Mon, Aug 29 | T | [Something Else Entirely](https://z.org) | "), "F2022", INDEX
    )
    assert [r.title for r in found.new_works] == ["Something Else Entirely"]


def test_same_link_other_title_is_only_probable() -> None:
    assert (
        INDEX.match("A Completely Different Name", "https://bis.example/").certainty
        is Certainty.PROBABLE
    )


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(["md", "html", "text", "yaml", ""]))
def test_any_text_is_read_without_an_exception(text: str, shape: str) -> None:
    import_schedule(text, "F2022", INDEX, shape)


AGENDA = """## Week 1

- **Mon Sep 4**: Intro. Reading: [The Data Linter](http://x.org)

Wed Sep 6
: **Data quality**
  : [Slides](s.pdf)
: Reading: [Goods: Organizing Google's Datasets](http://g.org)

Mon Sep 11: No class
"""


def test_lists_and_definition_lists_are_agendas() -> None:
    found = import_schedule(AGENDA, "F2023", INDEX)
    assert [
        (s.day.isoformat() if s.day else "", s.kind.value, [r.work for r in s.readings])
        for s in found.sessions
    ] == [
        ("2023-09-04", "lecture", ["linter"]),
        ("2023-09-06", "lecture", ["goods"]),
        ("2023-09-11", "break", []),
    ]
    assert found.sessions[1].topics[0].title == "Data quality"


WEEKS = """| Week | Lecture | Required Reading | Optional Reading | Notes |
|---|---|---|---|---|
| 1 | Intro | [The Data Linter](http://x.org), [Goods: Organizing Google's Datasets](http://g.org) | Automating large-scale data quality verification | Bring a laptop |
| 2 | Spring Break | | | |
"""


def test_week_rows_keep_roles_and_lose_nothing() -> None:
    first, second = import_schedule(WEEKS, "S2024", INDEX).sessions
    assert [(r.work, r.role) for r in first.readings] == [
        ("linter", "required"),
        ("goods", "required"),
        ("schelter", "supplementary"),
    ]
    assert "Bring a laptop" in first.note
    assert (first.tbd, second.kind.value) == (True, "break")


SITE = """- week: 1
  days:
    - date: 2024-01-08
      title: Introduction
      readings:
        - title: The Data Linter
          url: http://x.org
      assignments:
        - name: HW1
          url: hw1.pdf
    - date: 2024-01-10
      type: holiday
      title: No class
"""


def test_yaml_of_site_generators() -> None:
    first, second = import_schedule(SITE, "S2024", INDEX).sessions
    assert ([r.work for r in first.readings], [d.title for d in first.deliverables]) == (
        ["linter"],
        ["HW1"],
    )
    assert second.kind.value == "break"


SPANS = """<table><tr><th>Date</th><th>Topic</th><th>Papers</th></tr>
<tr><td rowspan=2>Sep 4</td><td>Intro</td><td><ul><li><a href="http://a">The Data Linter</a></li><li><a href="http://b">Something New Here</a> (optional)</li></ul></td></tr>
<tr><td>Second topic</td><td></td></tr><tr><td colspan=3>Part II</td></tr></table>"""


def test_html_tables_with_spans_and_lists() -> None:
    found = import_schedule(SPANS, "F2024", INDEX)
    assert [(s.day.day if s.day else 0, [r.title for r in s.readings]) for s in found.sessions] == [
        (4, ["The Data Linter", "Something New Here"]),
        (4, []),
    ]
    assert found.sessions[0].readings[1].role == "supplementary"
    assert any(e.what == "heading row" for e in found.ledger)


def test_cells_beyond_the_header_are_not_lost() -> None:
    text = "| Date | Topic | Reading |\n|-|-|-|\n| Mon, Apr 18 | T | The Data Linter | due I4 | more |\n"
    found = import_schedule(text, "S2022", INDEX)
    assert any(
        e.what == "extra column" and "due I4" in e.text and "more" in e.text for e in found.ledger
    )
    assert [r.work for r in found.sessions[0].readings] == ["linter"]


def test_a_row_that_spans_days_keeps_both_dates() -> None:
    found = import_schedule(
        row("Mon, Mar 7 - Fri, Mar 11 | ![Break](b.svg) Spring break, no classes | | "),
        "S2022",
        INDEX,
    )
    assert (str(found.sessions[0].day), found.sessions[0].note) == (
        "2022-03-07",
        "until 2022-03-11",
    )


def test_icons_in_front_of_works_do_not_join_them() -> None:
    cell = "🗎 [The Data Linter](http://q.org), 🕮 [Building Intelligent Systems](x), Chs. 14 and 15"
    found = (
        import_schedule(row(f"Mon, Aug 29 | T | {cell} | "), "F2022", INDEX).sessions[0].readings
    )
    assert [(r.work, r.locator.parts if r.locator else ()) for r in found] == [
        ("linter", ()),
        ("bis", ("14", "15")),
    ]


@pytest.mark.parametrize("text", ["readme.md", "https://example.org/", "/etc/hosts", "a" * 300])
def test_a_page_that_is_only_an_address_is_read_without_a_warning(text: str) -> None:
    from kb.importers.html_tree import parse_html

    assert parse_html(text).get_text() == text
