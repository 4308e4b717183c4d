"""Schedules of seminars and reading groups: headings, days of a week, plain text, and what stands beside readings in tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.importers.drafts import DraftSession
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule
from kb.validate.corpus import load_corpus

NOTHING_KNOWN = WorkIndex([])


def rows(text: str, semester: str = "F2023") -> tuple[DraftSession, ...]:
    return import_schedule(text, semester, NOTHING_KNOWN).sessions


def brief(session: DraftSession) -> str:
    """Give a row on one line: `0905 lecture Topic: Title @url Ch. 3 [supplementary]; Other | HW1`."""
    readings = "; ".join(
        f"{r.title}{f' @{r.url}' if r.url else ''}{f' {r.locator_text}' if r.locator_text else ''}{f' [{r.role}]' if r.role != 'required' else ''}"
        for r in session.readings
    )
    due = ", ".join(d.title for d in session.deliverables)
    name = " & ".join(t.title for t in session.topics) or session.title
    return (
        (f"{session.day:%m%d}" if session.day else "tbd" if session.tbd else "")
        + f" {session.kind.value} {name}: {readings}".rstrip()
        + (f" | {due}" if due else "")
    )


DAYS_OF_WEEKS = """## Week 1: What is HCI? (Jan 13 - 17)

**Mon:** Welcome! [slides](https://docs.google.com/1)

**Wed:** Discussion
- Required
  - Bush, V. (1945). [As We May Think](https://a.com/bush). *The Atlantic*.
  - Licklider, J.C.R. (1960). Man-Computer
    Symbiosis. [pdf](lick.pdf)
- Optional
  - [The Mother of All Demos](https://y.com/demo) (video, 90 min)

## Week 2: Design (Jan 20 - 24)

**Mon:** NO CLASS -- MLK Day

**Wed:** Discussion (leads: Ana, Bo)
- Required
  - Norman, *The Design of Everyday Things*, Chapter 1
- Due: Project idea (1 page)
"""

UNLABELLED = """### Week 1 – 9/7
Intro + logistics

### Week 2 – 9/14: Data
* [Everyone wants to do the model work](https://e.org)
* [Datasheets for Datasets](https://d.org) (skim)
* (optional) [Data Statements](https://s.org)

Presenters: Kim, Lee
[Slides](https://slides)

### Week 3 – 9/28: *No class, Rosh Hashanah*

### Week 4 – 10/5: Project proposals
Due: proposal
"""

PLAIN = """CS 7001 Seminar
Fall 2023, Tuesdays 3-5pm

Sept 5 — Introduction
No readings.

Sept 12 — Interpretability
Required:
Lipton, "The Mythos of Model Interpretability," ACM Queue 2018. https://arxiv.org/abs/1606.03490
Rudin, "Stop Explaining," Nature MI 2019
Optional:
Doshi-Velez and Kim, "Towards a rigorous science"
Discussion lead: Priya

Sept 26 — Privacy (guest: Nicholas Carlini)
Required:
Abadi et al., "Deep Learning with Differential Privacy"
Assignment 1 due

Nov 28 — TBA
"""

BESIDE = """| Date | Lead | Papers | Background |
|--|--|--|--|
| T 9/5 | Prof. Smith | Organizational meeting, no papers | |
| Th 9/7 | Alice | GPipe [[arXiv](https://g.org)] and PipeDream [[pdf](pd.pdf)] [[code](https://c.org)] | [Backprop notes](b) |
| T 9/12 | Bob | Pick two: [TVM](t), [Halide](h), [TACO](c) | Tiresias (NSDI'19) |
| Th 9/14 | Cy | https://arxiv.org/abs/2006.16668 | see Canvas |
| T 9/19 | Di | ~~[Old](o)~~ [New](n) (just skim) | |
| Th 9/21 | Ed | Project proposals due / no reading | |
"""

TOPICS = """| Date | Topic | Reading | Assignments |
|--|--|--|--|
| tbd | [Recitation: Kafka](k) | | |
| Fri, 9/8 | Lab 2: Docker | | A1.1 due 9/10 11:59pm |
| Mon, 9/11 | Guest lecture: Molham Aref (RelationalAI) | Barocas, *Fairness and Machine Learning*, [Ch. 2](f) | |
| Wed, 9/13 | Model quality [slides](s), [Teamwork Primer](t) | | |
"""

NESTED = """- title: Introduction
  date: 2023-09-05
  readings:
    required:
      - {title: Datasheets, url: https://d.org}
    optional:
      - {title: Model Cards, url: https://m.org}
  assignment: {title: PS1, due: 2023-09-12}
- title: Presentations
  date: 2023-12-05
  readings: ~
"""

DEFINITIONS = """<dl><dt>Tue 9/5</dt><dd><strong>Fuzzing</strong> (guest: A. Zeller)</dd><dd>Readings: <a href="f">The Fuzzing Book</a></dd><dd>HW1 due</dd><dt>Thu 9/7</dt><dd>No class</dd></dl>"""

WEEKDAY_ROWS = """| Week | Day | Topic | Reading |
|--|--|--|--|
| 1 (9/5) | Tue | A | [X paper](x) |
| | Thu | B | |
| 2 (9/12) | Tue | C | |
"""


@pytest.mark.parametrize(
    ("text", "semester", "expected"),
    [
        pytest.param(
            DAYS_OF_WEEKS, "S2025",
            [
                "0113 lecture Welcome!:",
                "0115 lecture What is HCI?: As We May Think @https://a.com/bush; Man-Computer Symbiosis @lick.pdf; The Mother of All Demos @https://y.com/demo [supplementary]",
                "0120 break NO CLASS -- MLK Day:", "0122 lecture Design: The Design of Everyday Things Chapter 1 | Project idea (1 page)",
            ],
            id="days below a week, labels without colon, lines that go on",
        ),
        pytest.param(
            UNLABELLED, "F2022",
            [
                "0907 lecture Intro + logistics:", "0914 lecture Data: Everyone wants to do the model work @https://e.org; Datasheets for Datasets @https://d.org; Data Statements @https://s.org [supplementary]",
                "0928 break No class, Rosh Hashanah:", "1005 lecture Project proposals: | proposal",
            ],
            id="papers without label",
        ),
        pytest.param(
            PLAIN, "F2023",
            [
                "0905 lecture Introduction:",
                "0912 lecture Interpretability: The Mythos of Model Interpretability @https://arxiv.org/abs/1606.03490; Stop Explaining; Towards a rigorous science [supplementary]",
                "0926 lecture Privacy: Deep Learning with Differential Privacy | Assignment 1", "1128 lecture TBA:",
            ],
            id="plain text, several lines each",
        ),
        pytest.param(
            BESIDE, "F2023",
            [
                "0905 lecture Organizational meeting, no papers:", "0907 lecture : GPipe @https://g.org; PipeDream @pd.pdf; Backprop notes @b [supplementary]",
                "0912 lecture : TVM @t; Halide @h; TACO @c; Tiresias [supplementary]", "0914 lecture : https://arxiv.org/abs/2006.16668 @https://arxiv.org/abs/2006.16668",
                "0919 lecture : New @n", "0921 lecture Project proposals due / no reading:",
            ],
            id="titles before links, struck out, choices, bare addresses",
        ),
        pytest.param(
            TOPICS, "F2023",
            ["tbd recitation Kafka:", "0908 lab Lab 2: Docker: | A1.1", "0911 lecture Guest lecture: Fairness and Machine Learning @f Ch. 2", "0913 lecture Model quality & Teamwork Primer:"],
            id="kinds and guests in topics",
        ),
        pytest.param(NESTED, "F2023", ["0905 lecture Introduction: Datasheets @https://d.org; Model Cards @https://m.org [supplementary] | PS1", "1205 event Presentations:"], id="readings by role in YAML"),
        pytest.param(DEFINITIONS, "F2023", ["0905 lecture Fuzzing: The Fuzzing Book @f | HW1", "0907 break No class:"], id="definitions without label"),
        pytest.param(WEEKDAY_ROWS, "F2023", ["0905 lecture A: X paper @x", "0907 lecture B:", "0912 lecture C:"], id="weekday and date of the week apart"),
    ],
)  # fmt: skip
def test_rows_and_readings(text: str, semester: str, expected: list[str]) -> None:
    assert [brief(s) for s in rows(text, semester)] == expected


def test_what_is_no_reading_is_kept_as_a_note_or_told() -> None:
    found = import_schedule(BESIDE, "F2023", NOTHING_KNOWN)
    assert [s.note for s in found.sessions][2:4] == ["read: Pick two; Bob", "read: see Canvas; Cy"]
    assert [e.text for e in found.ledger if e.what == "struck out"] == ["Old"]
    assert [(s.note, [(d.title, d.due) for d in s.deliverables]) for s in rows(TOPICS)][1] == (
        "",
        [("A1.1", "2023-09-10T23:59")],
    )
    assert [t.guest for s in rows(TOPICS) for t in s.topics if t.guest] == [
        "Molham Aref (RelationalAI)"
    ]


def test_another_arxiv_id_is_another_work() -> None:
    from kb.records import Place, Work

    known = WorkIndex(
        [
            Work(
                key="a",
                type="misc",
                title="Datasheets for Datasets Help Engineers Notice",
                arxiv="2101.00001",
                place=Place(path="a.bib"),
            )
        ]
    )
    assert (
        known.match("Datasheets for Datasets", "https://arxiv.org/abs/1803.09010").certainty
        == "new"
    )
    assert known.match("Datasheets for Datasets", "https://d.org").certainty == "probable"


COMBINED = """<table><tr><th>Date</th><th>Topic &amp; Readings</th><th>Discussion leads</th><th>Questions due</th></tr>
<tr><td>Wed Sep 6</td><td><b>Introduction</b><br>Optional: <a href="b.pdf">Security and Usability</a> (Ch 1)</td><td>n/a</td><td></td></tr>
<tr><td>Mon Sep 11</td><td><b>Passwords</b><ul><li><a href="q.pdf">The Quest</a>. Bonneau, Herley. <i>IEEE S&amp;P 2012</i>.</li><li><a href="k.pdf">Of Passwords</a>. [<a href="s.pdf">slides</a>]</li></ul></td><td>Mary</td><td>9/10 at 8pm</td></tr>
<tr><td>Mon Sep 18</td><td><span class="badge">Lab</span> Phishing (guest speaker: A. Felt)</td><td></td><td></td></tr></table>"""

PLAIN_CITATIONS = """Date\tTopic\tReading\tNotes
9/6/2023\tA\tSolar-Lezama, Program Synthesis by Sketching (Ch. 1-2)\t
9/13/2023\tB\tAlur et al., Syntax-Guided Synthesis. FMCAD 2013; Reynolds et al., Counterexample-Guided Instantiation. CAV 2015\tHW1 due
9/20/2023\tC\tChen et al. Evaluating Large Models. arXiv:2107.03374\t
9/27/2023\tNO CLASS\t(snow)\t
10/4/2023\tD\tNone!\t
"""

DAYS_IN_YAML = """- week: 1
  dates: Sep 4 - Sep 8
  days:
    - {date: Mon Sep 4, event: Labor Day (no class), holiday: true}
    - date: Wed Sep 6
      title: Attention
      readings:
        - {name: Attention Is All You Need, link: "https://arxiv.org/abs/1706.03762", note: skim Section 5}
- week: 2
  dates: Sep 11 - Sep 15
  days: []
"""

PREPARATION = """| Date | Module | Pre-class prep | In class | After class |
|--|--|--|--|--|
| M Feb 1 | **1. Testing** | Read [one](https://a.org) or [two](https://b.org) of these posts | Discuss | [Survey](f) |
| W Feb 3 | | *Software Engineering at Google*, chapters 11, 12 & 14 (free [online](o)) | | HW1 due Fri |
| M Feb 8 | | Monday schedule! Fowler, [Mocks Aren't Stubs](m) | | |
| W Feb 10 | Wellness day | | | |
"""

WEEKS_OF_TWO = """| Week | Topic | Readings |
|--|--|--|
| Week 2<br>9/5, 9/7 | Fairness | *Tues*: Barocas & Selbst, [Big Data](b), §I-II<br>*Thurs*: [Machine Bias](m) |
| **Fall Break**<br>10/12 | | |
"""

BRACKETED_DAYS = """### Sep 5 (Tue) - Memory safety
- Read: [SoK](s)
- Presenter: Jo

### Sep 7 (Thu) - CFI
- Read one of the following:
  - [CFI](c)[^1]
  - [CPI](p)
- Questions: why?

[^1]: The version of 2009.
"""

CHAPTERS = """Date Topic Book Chapter Reading Assignment due
Mon, Jan 12 Introduction 1
Wed, Jan 21 Setting Goals, Gathering Requirements 5, 6 Making systems work
Mon, Jan 26 Planning for Mistakes 7 I1: ML Product
"""


@pytest.mark.parametrize(
    ("text", "semester", "expected"),
    [
        pytest.param(
            COMBINED, "F2023",
            ["0906 lecture Introduction: Security and Usability @b.pdf Ch 1 [supplementary]", "0911 lecture Passwords: The Quest @q.pdf; Of Passwords @k.pdf | Questions", "0918 lab Phishing:"],
            id="topic and readings in one column",
        ),
        pytest.param(
            PLAIN_CITATIONS, "F2023",
            [
                "0906 lecture A: Program Synthesis by Sketching Ch. 1-2", "0913 lecture B: Syntax-Guided Synthesis; Counterexample-Guided Instantiation | HW1",
                "0920 lecture C: Evaluating Large Models @https://arxiv.org/abs/2107.03374", "0927 break NO CLASS:", "1004 lecture D:",
            ],
            id="citations without quotes",
        ),
        pytest.param(DAYS_IN_YAML, "F2023", ["0904 break Labor Day (no class):", "0906 lecture Attention: Attention Is All You Need @https://arxiv.org/abs/1706.03762 Section 5"], id="days inside weeks in YAML"),
        pytest.param(
            PREPARATION, "S2021",
            [
                "0201 lecture 1. Testing: https://a.org @https://a.org; https://b.org @https://b.org | Survey", "0203 lecture : Software Engineering at Google @o chapters 11, 12 & 14 | HW1",
                "0208 lecture : Mocks Aren't Stubs @m", "0210 break Wellness day:",
            ],
            id="before, in and after class",
        ),
        pytest.param(WEEKS_OF_TWO, "F2023", ["0905 lecture Fairness: Big Data @b §I-II", "0907 lecture Fairness: Machine Bias @m", "1012 break Fall Break:"], id="two days of a week in one row"),
        pytest.param(BRACKETED_DAYS, "F2023", ["0905 lecture Memory safety: SoK @s", "0907 lecture CFI: CFI @c; CPI @p"], id="weekday behind the date"),
        pytest.param(
            CHAPTERS, "S2026", ["0112 lecture Introduction:", "0121 lecture Setting Goals, Gathering Requirements: Making systems work", "0126 lecture Planning for Mistakes: | ML Product"],
            id="chapters in plain text",
        ),
    ],
)  # fmt: skip
def test_more_rows_and_readings(text: str, semester: str, expected: list[str]) -> None:
    assert [brief(s) for s in rows(text, semester)] == expected


def test_january_of_a_winter_term_is_next_year() -> None:
    assert [
        str(s.day)
        for s in rows("| Datum | Thema |\n|-|-|\n| 19.10. | A |\n| 11.01. | B |\n", "WS2022")
    ] == ["2022-10-19", "2023-01-11"]
    assert [
        str(s.day) for s in rows("| Date | Topic |\n|-|-|\n| Jan 9 | A |\n| Mar 1 | B |\n", "W2022")
    ] == ["2022-01-09", "2022-03-01"]


ROUND = """| Date | Lead | Papers | Due |
|--|--|--|--|
| Th 9/7 | Alice | [GPipe](papers/g.pdf), Sec. I-II and [Backprop notes](http://b.org) (optional) | |
| T 9/12 | Bob | [Gavel](g) and Tiresias (NSDI'19) | HW1 due 9/14 |
| Th 9/14 | Cy | "The Mythos of Model Interpretability"; "Stop Explaining Black Boxes"; "Towards a Rigorous Science" (optional) | |
| T 9/19 | Di | [one](https://a.org/x) or [two](https://b.org/y) | [A1](hw/a1.md) |
"""


def test_what_kb_list_prints_of_a_seminar_is_the_same_seminar(tmp_path: Path) -> None:
    import_args = ["import", "schedule", "-s", "F2023", "--source", str(tmp_path)]
    (tmp_path / "s.md").write_text(ROUND)
    assert CliRunner().invoke(app, [*import_args, str(tmp_path / "s.md")]).exit_code == 0
    first = load_corpus(tmp_path).corpus.semester("F2023")
    assert (
        CliRunner()
        .invoke(app, ["build", "--source", str(tmp_path), "--db", str(tmp_path / "kb.db")])
        .exit_code
        == 0
    )
    printed = CliRunner().invoke(
        app,
        [
            "list",
            "F2023",
            "--source",
            str(tmp_path),
            "--db",
            str(tmp_path / "kb.db"),
            "--format",
            "md",
        ],
    )
    (tmp_path / "again.md").write_text(printed.output)
    (tmp_path / "quizzes" / "F2023.yaml").unlink()
    assert CliRunner().invoke(app, [*import_args, str(tmp_path / "again.md")]).exit_code == 0
    again = load_corpus(tmp_path).corpus.semester("F2023")
    assert first is not None and again is not None
    assert sum(len(s.readings) for s in first.sessions) == 9
    for have, want in zip(again.sessions, first.sessions, strict=True):
        assert (have.date, have.kind, have.title, have.note) == (
            want.date,
            want.kind,
            want.title,
            want.note,
        )
        assert [(r.work, r.title, r.url, r.locator, r.role) for r in have.readings] == [
            (r.work, r.title, r.url, r.locator, r.role) for r in want.readings
        ]
        assert [(d.title, d.url, d.due) for d in have.deliverables] == [
            (d.title, d.url, d.due) for d in want.deliverables
        ]


OLD_HTML = """<table border=1><tr><td><b>Date</b><td><b>Topic</b><td><b>Readings</b><td><b>Lead</b>
<tr><td>Tu 9/5<td>Introduction<br>[<a href="1.pdf">slides</a>] [<a href="1.mp4">video</a>]<td>Hoare, <i>An axiomatic basis</i> [<a href="h">ACM</a>]<p>Dijkstra, <i>Guarded commands</i> [<a href="d.pdf">pdf</a>]<td>Em
<tr><td>Th 9/7<td>SAT<td><a href="c.pdf">Chaff</a> (DAC'01)<br>Nelson-Oppen: see <a href="n.pdf">lecture notes</a>, Section 3<td>
<tr><td>Tu 9/12<td>SMT<td>Pick 1: <a href="a">Apples</a> / <a href="b">Pears</a><td>
</table>"""

SPACED_TEXT = """Course Schedule

Week 1

Aug 26 (Th)
Introduction: Why study this?
Readings:
• None

Aug 31 (Tu)
Classification
Readings:
• Bowker, G. C., & Star, S. L. (2000). Sorting things out. Introduction and Chapter 1. MIT Press.
• Gray, M. L., & Suri, S. (2019). Ghost work, ch. 1. [on bCourses]
Due: Reading memo

Sep 7 (Tu)
LABOR DAY WEEK - NO CLASS
"""

CALENDAR_OF_SECTIONS = """| Wk | Dates | Monday | Wednesday | Friday (section) | Readings |
|---|---|---|---|---|---|
| 0 | 9/25–9/29 | *(no class)* | Overview | — | — |
| 1 | 10/2–10/6 | Crypto | Web | Review | Anderson, *Security Engineering*, Ch. 1–2 |
"""

EVENTS = """Event | Date | Description | Course Materials
--- | --- | --- | ---
Lecture | Tue Jan 10 | **Introduction** | [[slides](l1.pdf)] [[annotated](l1a.pdf)]
A1 released | Thu Jan 12 | Assignment #1 released | [[zip](a1.zip)]
Section | Fri Jan 13 | Python review | Suggested Readings: [calculus notes](g.pdf)
A1 Due | Thu Jan 19 | Assignment #1 due |
"""


@pytest.mark.parametrize(
    ("text", "semester", "expected"),
    [
        pytest.param(
            OLD_HTML, "F2023",
            [
                "0905 lecture Introduction: An axiomatic basis @h; Guarded commands @d.pdf", "0907 lecture SAT: Chaff @c.pdf; Nelson-Oppen @n.pdf Section 3", "0912 lecture SMT: Apples @a; Pears @b",
            ],
            id="cells left open",
        ),
        pytest.param(
            SPACED_TEXT, "F2021",
            ["0826 lecture Introduction: Why study this?:", "0831 lecture Classification: Sorting things out Introduction and Chapter 1; Ghost work ch. 1 | Reading memo", "0907 break LABOR DAY WEEK - NO CLASS:"],
            id="a line each for date, title and readings",
        ),
        pytest.param(
            CALENDAR_OF_SECTIONS, "F2023",
            ["0925 break (no class):", "0927 lecture Overview:", "1002 lecture Crypto: Security Engineering Ch. 1–2", "1004 lecture Web:", "1006 recitation Review:"],
            id="kind in the header of a weekday",
        ),
        pytest.param(
            EVENTS, "W2023",
            ["0110 lecture Introduction:", "0112 event Assignment #1 released:", "0113 recitation Python review: calculus notes @g.pdf [supplementary]", "0119 event Assignment #1 due: | Assignment #1"],
            id="kinds in a column of events",
        ),
    ],
)  # fmt: skip
def test_still_more_rows_and_readings(text: str, semester: str, expected: list[str]) -> None:
    assert [brief(s) for s in rows(text, semester)] == expected


SESSIONS_BY_NUMBER = """| Session | Date | Papers | Presenter |
|---|---|---|---|
| 1 | Tue 9/5 | [Mesos](m) | Alice |
| 2 | Thu 9/7 | **Project proposals due. No class.** | |
"""

COLUMNS_OF_DIVS = """<div><h3>Week 1</h3>
<div class="row"><div>Mon, Jan 8</div><div>Introduction</div><div><a href="/1.pdf">Slides</a></div><div></div></div>
<div class="row"><div>Wed, Jan 10</div><div>Transformers</div><div></div><div><a href="a">Attention is all you need</a> <span>(optional: <a href="b">The Illustrated Transformer</a>)</span></div></div>
<div class="row"><div>Mon, Jan 15</div><div>MLK Day (no class)</div></div></div>"""

FRONT_MATTER = """---
title: Week 3
days:
  - date: 2023-09-11
    events:
      - {name: Lecture 5, title: Concurrency, reading: "[OSTEP](https://o.org)"}
  - date: 2023-09-13
    events:
      - {name: Lecture 6, title: Locks}
---
"""

BOLD_WEEKS = """**Week 1 (1/13–1/17)**

Introduction to the field

1. Winner, Langdon. 1980. "Do Artifacts Have Politics?" *Daedalus* 109(1): 121–136.

**Week 2 (1/20–1/24)** — *MLK holiday Monday*

1. EITHER Foucault, *The Order of Things* (preface) OR Hacking, "Making Up People"
"""

NO_HEADER = 'January 15\tWelcome\nJanuary 17\tThe Crisis\tNATO report (1968), pp. 1-20\n\tRandell, "Fifty years of engineering"\nJanuary 24\tNO CLASS\nJanuary 29\tAgile\thttps://agile.org\n'

LIST_OF_WEEKS = """- **Week 1** (Jan 18, 20)
  - Tue: Intro
  - Thu: What is explainability?
    - [Lipton 2018](https://a.org)
- **Week 2** (Jan 25, 27)
  - Tue: Models
    - Required: [Rudin](https://r.org)
    - Optional: [SHAP](https://s.org)
  - Thu: *cancelled*
"""


@pytest.mark.parametrize(
    ("text", "semester", "expected"),
    [
        pytest.param(SESSIONS_BY_NUMBER, "F2023", ["0905 lecture : Mesos @m", "0907 break Project proposals due. No class.:"], id="numbers are no topics"),
        pytest.param(
            COLUMNS_OF_DIVS, "S2024",
            ["0108 lecture Introduction:", "0110 lecture Transformers: Attention is all you need @a; The Illustrated Transformer @b [supplementary]", "0115 break MLK Day (no class):"],
            id="text beside a span in a block",
        ),
        pytest.param(FRONT_MATTER, "F2023", ["0911 lecture Concurrency: OSTEP @https://o.org", "0913 lecture Locks:"], id="events of days in the fields of a page"),
        pytest.param(
            BOLD_WEEKS, "S2025",
            ["0113 lecture Introduction to the field: Do Artifacts Have Politics?", "0120 lecture MLK holiday Monday: The Order of Things preface; Making Up People"],
            id="weeks in bold with a remark",
        ),
        pytest.param(
            NO_HEADER, "S2019",
            ["0115 lecture Welcome:", "0117 lecture The Crisis: NATO report (1968) pp. 1-20; Fifty years of engineering", "0124 break NO CLASS:", "0129 lecture Agile: https://agile.org @https://agile.org"],
            id="tabs without header",
        ),
        pytest.param(
            LIST_OF_WEEKS, "S2022",
            ["0118 lecture Intro:", "0120 lecture What is explainability?: Lipton 2018 @https://a.org", "0125 lecture Models: Rudin @https://r.org; SHAP @https://s.org [supplementary]", "0127 break cancelled:"],
            id="nested list of weeks and days",
        ),
    ],
)  # fmt: skip
def test_yet_more_rows_and_readings(text: str, semester: str, expected: list[str]) -> None:
    assert [brief(s) for s in rows(text, semester)] == expected


def test_other_people_wrote_another_work() -> None:
    from kb.records import Person, Place, Work

    known = WorkIndex(
        [
            Work(
                key="a",
                type="misc",
                title="AI Engineering: Eleven Practices",
                people=(Person(id="h", family="Horneman", display="A. Horneman"),),
                place=Place(path="a.bib"),
            )
        ]
    )
    assert [
        known.match("AI Engineering", "", people).certainty
        for people in ("Chip Huyen", "Horneman et al.", "")
    ] == ["new", "certain", "certain"]


BADGED_PARAGRAPHS = """<section><h2>Schedule</h2>
<div class="box"><div><p><strong>Mon, Aug 25</strong></p><span>Lecture</span></div><div><p><a href="https://docs.google.com/presentation/d/1">Introduction</a></p></div></div>
<div class="box"><div><p><strong>Wed, Aug 27</strong></p><span>Lecture</span></div><div><p><a href="s/2.pdf">Risk</a></p><p>Reading: <a href="r">Making systems work</a></p></div></div>
<div class="box"><div><p><strong>Fri, Sep 5</strong></p><span>Lab</span></div><div><p><a href="lab1.md">Git</a></p></div></div></section>"""

COURSE_TABLE = """| Date | Topic | Book Chapter | Reading | Assignment due |
|-|-|-|-|-|
| Mon, Sep 30 | Testing | 24-26 | | [M1: Model](p.md) (soft deadline), [M1 team reflection](p2.md) |
| TBD (finals week) | **Final project presentations** ([map](m)) | | | [Final report](p.md) |
"""


def test_kinds_above_titles_are_no_titles() -> None:
    assert [brief(s) for s in rows(BADGED_PARAGRAPHS, "F2025")] == [
        "0825 lecture Introduction:",
        "0827 lecture Risk: Making systems work @r",
        "0905 lab Git:",
    ]


def test_ranges_of_chapters_two_assignments_and_open_dates() -> None:
    first, last = rows(COURSE_TABLE, "F2024")
    assert [m.label for m in first.topics[0].materials] == [
        "book chapter 24",
        "book chapter 25",
        "book chapter 26",
    ]
    assert [(d.code, d.title, d.url) for d in first.deliverables] == [
        ("M1", "Model (soft deadline)", "p.md"),
        ("", "M1 team reflection", "p2.md"),
    ]
    assert (last.tbd, last.kind, last.note, [m.label for m in last.materials]) == (
        True,
        "event",
        "finals week",
        ["map"],
    )


@pytest.mark.parametrize(
    ("date", "day", "weekday"),
    [
        ("M Feb 3", "2025-02-03", "Mon"),
        ("W, Mar 12th", "2025-03-12", "Wed"),
        ("Week 3 – 1/21", "2025-01-21", ""),
        ("Sun., Mar. 9, 5pm", "2025-03-09", "Sun"),
    ],
)
def test_letters_and_weeks_beside_dates(date: str, day: str, weekday: str) -> None:
    found = import_schedule(
        f"| Date | Topic |\n|-|-|\n| {date} | A |\n| 4/1 | B |\n", "S2025", NOTHING_KNOWN
    )
    assert (str(found.sessions[0].day), found.sessions[0].weekday) == (day, weekday)
    assert not [e for e in found.ledger if e.what == "text in the date column"]


@pytest.mark.parametrize(
    ("cell", "kind", "title"),
    [
        ("Recitation Git and Collaboration", "recitation", "Git and Collaboration"),
        ("Lab MLflow tutorial", "lab", "MLflow tutorial"),
        ("Break Labor day, no classes", "break", "Labor day, no classes"),
        ("Midterm Midterm", "exam", "Midterm"),
        ("In-class exam I", "exam", "In-class exam I"),
        ("Discussion section", "recitation", "Discussion section"),
        ("Midterm review", "lecture", "Midterm review"),
        ("Breaking down pipelines", "lecture", "Breaking down pipelines"),
    ],
)
def test_badge_words_in_front_of_topics_say_what_a_row_is(cell: str, kind: str, title: str) -> None:
    row = import_schedule(
        f"Date\tTopic\tReading\nMon, Sep 05\t{cell}\t\n", "F2022", NOTHING_KNOWN
    ).sessions[0]
    assert (row.kind.value, row.title or row.topics[0].title) == (kind, title)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[Optimistic Methods](https://o.org) (skip §5)", [("Optimistic Methods", "", "required")]),
        (
            "Required: [A One](https://a.org). Further reading: [B Two](https://b.org), [C Three](https://c.org)",
            [
                ("A One", "", "required"),
                ("B Two", "", "supplementary"),
                ("C Three", "", "supplementary"),
            ],
        ),
        (
            "📕 Hulten, Some Big Book, Ch. 16-18, 20. 🗎 [How to choose](https://h.org)",
            [("Some Big Book", "Ch. 16-18, 20.", "required"), ("How to choose", "", "required")],
        ),
        (
            "Some Big Book, Ch. 2 (“Knowing when”) and Ch. 4",
            [("Some Big Book", "Ch. 2 and Ch. 4", "required")],
        ),
        (
            "Barocas, Hardt, Narayanan. Fairness and Machine Learning, chapter 2",
            [("Fairness and Machine Learning", "chapter 2", "required")],
        ),
        (
            "The Google File System ([pdf](https://g.org)), SOSP'03",
            [("The Google File System", "", "required")],
        ),
        ("(same as Tuesday)", []),
        ("All papers so far", []),
    ],
)
def test_readings_with_portions_left_out_named_or_marked_by_pictures(
    cell: str, expected: list[tuple[str, str, str]]
) -> None:
    found = import_schedule(
        f"| Date | Topic | Reading |\n|-|-|-|\n| Mon, Sep 05 | X | {cell} |\n",
        "F2022",
        NOTHING_KNOWN,
    )
    assert [(r.title, r.locator_text, r.role) for r in found.sessions[0].readings] == expected
    assert expected or any(e.fate.value == "not understood" for e in found.ledger)


def test_a_row_across_all_columns_may_be_a_break_of_several_days() -> None:
    text = "<table><tr><th>Wk</th><th>Date</th><th>Topic</th><th>Papers</th></tr><tr><td>1</td><td>2/16</td><td>A<br>Presenters: B. Kim</td><td></td></tr><tr><td colspan=4>Feb 19–23: Winter recess</td></tr></table>"
    first, second = import_schedule(text, "S2024", NOTHING_KNOWN).sessions
    assert ([t.title for t in first.topics], first.note) == (["A"], "Presenters: B. Kim")
    assert (str(second.day), str(second.last), second.kind.value, second.title) == (
        "2024-02-19",
        "2024-02-23",
        "break",
        "Winter recess",
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "[A One](https://a.org) and (optional) [B Two](https://b.org)",
            [("A One", "required", None), ("B Two", "supplementary", None)],
        ),
        (
            "[A One](https://a.org) (optional), [B Two](https://b.org)",
            [("A One", "supplementary", None), ("B Two", "required", None)],
        ),
        ("*(optional)* [A One](https://a.org)", [("A One", "supplementary", None)]),
        (
            "Read either Li et al., “A Long Title Here”, 2017,<br>or Ho et al., “Another Long Title”, 2019",
            [("A Long Title Here", "required", 1), ("Another Long Title", "required", 1)],
        ),
    ],
)
def test_roles_in_brackets_and_alternatives_over_lines(
    cell: str, expected: list[tuple[str, str, int | None]]
) -> None:
    found = rows(f"| Date | Topic | Reading |\n|-|-|-|\n| 9/5 | X | {cell} |\n")[0].readings
    assert [(r.title, r.role, r.group) for r in found] == expected


@pytest.mark.parametrize(
    ("cell", "guest", "title"),
    [
        (
            "Guest lecture by Ada Example (Google): ML at Scale",
            "Ada Example (Google)",
            "ML at Scale",
        ),
        ("Guest lecture (Ada Example): ML at Scale", "Ada Example", "ML at Scale"),
        ("Guest lecture: Ada Example, “ML at Scale”", "Ada Example", "ML at Scale"),
        ("Guest lecture: Ada Example", "Ada Example", "Guest lecture"),
    ],
)
def test_guests_and_what_they_speak_about(cell: str, guest: str, title: str) -> None:
    (topic,) = rows(f"| Date | Topic |\n|-|-|\n| 9/5 | {cell} |\n")[0].topics
    assert (topic.guest, topic.title) == (guest, title)


def test_a_column_of_labs_names_the_rows_without_lecture() -> None:
    text = "| Date | Lecture | Lab / Recitation | Reading |\n|-|-|-|-|\n| 9/5 | A | | |\n| 9/7 | | [Calling APIs](https://l.org) | |\n| 9/8 | | canceled | |\n| 9/9 | B | Lab 2 | |\n"
    first, second, third, last = rows(text)
    assert [s.kind.value for s in (first, second, third, last)] == [
        "lecture",
        "lab",
        "lab",
        "lecture",
    ]
    assert (second.topics[0].title, third.cancelled, last.note) == ("Calling APIs", True, "Lab 2")


def test_a_week_above_the_header_is_no_row() -> None:
    text = "<table><thead><tr><th colspan=3>Week 1</th></tr><tr><th>Date</th><th>Topic</th><th>Readings</th></tr></thead><tbody><tr><td>9/5</td><td>A</td><td><a href='https://o.org'>One Work</a></td></tr></tbody></table>"
    assert [brief(s) for s in rows(text)] == ["0905 lecture A: One Work @https://o.org"]


def test_citations_below_a_date_are_readings_where_others_carry_labels() -> None:
    text = "Tue 8/24 Intro\nThu 8/26 Vectors\n   Optional: Some Book ch. 6\nTue 8/31 Models\n   Peters et al. (2018). Deep contextualized word representations. NAACL.\nFinals week\nMon 12/13 Final exam\n"
    found = rows(text, "F2021")
    assert ([r.title for r in found[2].readings], found[2].note, found[3].kind.value) == (
        ["Deep contextualized word representations"],
        "",
        "exam",
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("(none)", []),
        ("[A One](https://a.org) (read Sec. 3 & skim the rest)", [("A One", "Sec. 3", "required")]),
        ("[Optional: A One](https://a.org)", [("A One", "", "supplementary")]),
    ],
)
def test_none_in_brackets_rest_to_skim_and_roles_in_links(
    cell: str, expected: list[tuple[str, str, str]]
) -> None:
    found = rows(f"| Date | Topic | Reading |\n|-|-|-|\n| 9/5 | X | {cell} |\n")[0].readings
    assert [(r.title, r.locator_text, r.role) for r in found] == expected


def test_a_break_that_only_a_badge_names_keeps_its_words() -> None:
    text = "<table><tr><th>Date</th><th>Topic</th><th>Reading</th></tr><tr><td>9/5</td><td><span class='badge'>No class</span></td><td></td></tr></table>"
    assert brief(rows(text)[0]) == "0905 break No class:"
    (topic,) = rows(
        "| Date | Topic |\n|-|-|\n| 9/5 | Guest lecture by [Ada Example](https://a.org) on “ML at Scale” |\n"
    )[0].topics
    assert (topic.guest, topic.title) == ("Ada Example", "ML at Scale")


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("11–15 Mar", "0311", "0315"),
        ("Mon, 11 – Fri, 15 Mar", "0311", "0315"),
        ("11 Mar – 15 Mar", "0311", "0315"),
        ("11 Feb – 15 Mar", "0211", "0315"),
        ("Mar 11–15", "0311", "0315"),
    ],
)
def test_ranges_of_days_before_and_behind_their_month(date: str, first: str, last: str) -> None:
    (row,) = rows(f"| Date | Topic |\n|-|-|\n| {date} | Spring break |\n", "S2019")
    assert row.day is not None and row.last is not None
    assert (f"{row.day:%m%d}", f"{row.last:%m%d}", row.kind.value) == (first, last, "break")


def test_definition_lists_whose_terms_hold_date_and_topic() -> None:
    text = "<html><body><dl><dt>Sep 7 (Wed): Introduction</dt><dd><a href='l1.pdf'>Slides</a></dd><dt>Sep 12 (Mon): MapReduce</dt><dd>Read: <a href='https://m.org'>MapReduce</a></dd><dt>Oct 10 (Mon): Indigenous Peoples' Day, no lecture</dt></dl></body></html>"
    assert [brief(s).rstrip(": ") for s in rows(text, "F2022")] == [
        "0907 lecture Introduction",
        "0912 lecture MapReduce: MapReduce @https://m.org",
        "1010 break Indigenous Peoples' Day, no lecture",
    ]


def test_the_main_part_of_a_title_with_another_name_beside_it_is_only_probable() -> None:
    from kb.records import Person, Place, Work

    horneman = Work(
        key="horneman2020ai",
        type="misc",
        title="AI Engineering: 11 Foundational Practices",
        people=(Person(id="h", family="Horneman", display="A. Horneman"),),
        place=Place(path="a.bib"),
    )
    index = WorkIndex([horneman])
    text = "| Date | Topic | Reading |\n|-|-|-|\n| 9/5 | X | {} |\n"
    doubted = import_schedule(
        text.format("Huyen, [AI Engineering](https://oreil.ly/x), Ch. 3"), "F2024", index
    )
    assert [e.fate.value for e in doubted.ledger if "horneman2020ai" in e.what] == ["probable"]
    certain = import_schedule(
        text.format("Horneman, [AI Engineering](https://oreil.ly/x), Ch. 3"), "F2024", index
    )
    assert [e.fate.value for e in certain.ledger if "horneman2020ai" in e.what] == ["imported"]
