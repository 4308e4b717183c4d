"""Forms of rows met in many schedules: dates beside weekdays in brackets, ranges, guests, portions, badges written as words."""

from __future__ import annotations

import pytest

from kb.importers.drafts import DraftSession
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule
from kb.parse.locators import parse_locator
from kb.records import Person, Place, Work

INDEX = WorkIndex(
    [
        Work(
            key="hulten",
            type="book",
            title="Building Intelligent Systems",
            place=Place(path="a.bib"),
        )
    ]
)


def sessions(text: str, semester: str = "F2023") -> tuple[DraftSession, ...]:
    return import_schedule(text, semester, INDEX).sessions


def test_a_title_that_ends_in_a_name_is_nobodys_work() -> None:
    people = (Person(id="a", family="Analysis", given="General", display="General Analysis"),)
    index = WorkIndex(
        [
            Work(
                key="leak",
                type="misc",
                title="It can leak",
                people=people,
                place=Place(path="a.bib"),
            )
        ]
    )
    assert [
        index.match(title).key for title in ("Static Program Analysis", "G. Analysis", "Analysis")
    ] == ["", "leak", "leak"]


def row(topic: str = "A", reading: str = "", due: str = "") -> DraftSession:
    return sessions(
        f"| Date | Topic | Reading | Due |\n|-|-|-|-|\n| 9/5 | {topic} | {reading} | {due} |\n"
    )[0]


def brief(session: DraftSession) -> str:
    readings = "; ".join(
        f"{r.title}{f' {r.locator_text}' if r.locator_text else ''}{f' [{r.role}]' if r.role != 'required' else ''}"
        for r in session.readings
    )
    name = (
        " & ".join(t.title + (f" <{t.guest}>" if t.guest else "") for t in session.topics)
        or session.title
    )
    when = (
        f"{session.day:%m%d}{f'-{session.last:%m%d}' if session.last else ''}"
        if session.day
        else "tbd"
    )
    return f"{when} {session.kind.value} {name}: {readings}".rstrip() + (
        f" | {', '.join(d.title for d in session.deliverables)}" if session.deliverables else ""
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "BERT (Devlin et al., 2019), GPT-2 (Radford et al., 2019)",
            [
                ("BERT (Devlin et al., 2019)", "", "required"),
                ("GPT-2 (Radford et al., 2019)", "", "required"),
            ],
        ),
        (
            "[CheckList](https://c.org) and optionally [AdaTest](https://a.org)",
            [("CheckList", "", "required"), ("AdaTest", "", "supplementary")],
        ),
        (
            "[Test Score](https://t.org), Sec. 1–3 (skim the rest)",
            [("Test Score", "Sec. 1–3", "required")],
        ),
        (
            "Hulten: Building Intelligent Systems, Ch. 19",
            [("Building Intelligent Systems", "Ch. 19", "required")],
        ),
        (
            "Goods: Organizing Datasets, Ch. 19",
            [("Goods: Organizing Datasets", "Ch. 19", "required")],
        ),
        ("Szeliski 3.1, 3.2", [("Szeliski", "Sec. 3.1, 3.2", "required")]),
        ("Russell & Norvig, 5.1–5.3", [("Russell & Norvig", "Sec. 5.1–5.3", "required")]),
        ("CLRS 4, 7", [("CLRS", "Ch. 4, 7", "required")]),
        ("Llama 3.1", [("Llama 3.1", "", "required")]),
        (
            "⭐ *Optional:* [Seven Pitfalls](https://s.org)",
            [("Seven Pitfalls", "", "supplementary")],
        ),
    ],
)
def test_readings(cell: str, expected: list[tuple[str, str, str]]) -> None:
    found = row(reading=cell).readings
    assert [(r.title, r.locator_text, r.role) for r in found] == expected
    assert all(parse_locator(r.locator_text) == r.locator for r in found if r.locator_text), (
        "what is written is read again"
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "Guest lecture: [Jane Roe](https://j.org) (Duolingo) on *Evaluating tutors*",
            "0905 lecture Evaluating tutors <Jane Roe (Duolingo)>:",
        ),
        ("Guest lecture: Emina Torlak (AWS).", "0905 lecture Guest lecture <Emina Torlak (AWS)>:"),
        ("**rec** Notebooks", "0905 recitation Notebooks:"),
        ("**rec** cancelled", "0905 recitation rec cancelled:"),
        (
            "[Model Quality](https://m.org) / [Teamwork Primer](https://t.org)",
            "0905 lecture Model Quality & Teamwork Primer:",
        ),
        ("Client / server", "0905 lecture Client / server:"),
        (
            "🧪 Experiments<br><sub>[slides](s.pdf) • [recording](r.mp4)</sub>",
            "0905 lecture Experiments:",
        ),
        (
            "Project proposals due (in class).",
            "0905 event Project proposals due (in class).: | Project proposals",
        ),
    ],
)
def test_topics(cell: str, expected: str) -> None:
    assert brief(row(topic=cell)) == expected


@pytest.mark.parametrize("date", ["Fr 9/8", "9/8 (Fr)", "F 9/8", "Fri, 9/8"])
def test_weekdays_of_two_letters(date: str) -> None:
    found = sessions(f"| Date | Topic |\n|-|-|\n| {date} | A |\n")[0]
    assert (found.weekday, found.day and f"{found.day:%m%d}") == ("Fri", "0908")


def test_times_behind_homework_say_when_it_is_due() -> None:
    found = row(due="I2: Requirements (Wed Sep 13, 11:59pm)")
    assert [(d.code, d.title, d.due) for d in found.deliverables] == [
        ("I2", "Requirements", "2023-09-13T23:59")
    ]
    assert [
        d.title
        for d in row(
            due="[I1: Case Study](https://i.org), [Teamwork survey](https://t.org)"
        ).deliverables
    ] == ["Case Study", "Teamwork survey"]
    assert row(due="HW1, 11:59pm").deliverables[0].due == "2023-09-05T23:59"


PASTED = """January 17 (W): Introduction

January 22 (M): What is democracy?
Dahl, Polyarchy, pp. 1-16

January 24 (W): Exam #1

March 4-8: SPRING BREAK
"""

UNNUMBERED = """Lecture  Date     Topic                   Text sections    Homework
-------  -------  ----------------------  ---------------  ----------
1        W 8/30   Proofs                  Rosen 1.4, 1.5   HW 1 out
         M 9/4    Labor Day - no class
2        W 9/6    Induction               Rosen, Ch. 2     HW 1 due
"""

COMMENCING = """| Wk | w/c | Lecture | Reading | Coursework |
|---|---|---|---|---|
| 1 | 25 Sep | Introduction | Sommerville, ch. 1 | |
| 2 | 2 Oct | Design | Sommerville, ch. 6 | CW1 |
"""

WIKI = """= Schedule =
{| class="wikitable"
! Date !! Topic !! Readings
|-
| Sep 7 || Wikis || [https://x.org/w.pdf The Wiki Way], ch. 1
|-
| Sep 12
| '''No class'''
|
|-
| Sep 14 || Bots || [[Halfaker]] (2011), "Bots and cyborgs"
|}
"""

SPANNED = """<table><tr><th>Date</th><th>Topic</th><th>Reading</th></tr>
<tr><td>Sep 11</td><td rowspan="2">Pandas</td><td><a href="https://m.org">Data Analysis</a></td></tr><tr><td>Sep 13</td><td></td></tr></table>"""

WEEKLY = """Week 1 (Sep 4 & 6) – Data
Mon: LABOR DAY, NO CLASS
Wed: Wickham, "Tidy Data"

Week 2 (Sep 11 & 13) – Visualization
Mon: ISLR ch. 3.1-3.2
Wed: Guest: Maya Rao (NYT Graphics)
"""


HEADED = """| Date | Topic | Reading | Hand in |
|---|---|---|---|
| **Week 1** | | | |
| M 9/4 | Prototyping (Labor Day Mon, no class) | [Sketches](https://s.org) | |
| **Week 2: Tests** | | | |
| M 9/11 | Oral exams | | Report |
"""

TWO_LEVELS = """<table><thead><tr><th rowspan="2">Week</th><th rowspan="2">Date</th><th colspan="2">Lecture</th><th rowspan="2">Due</th></tr><tr><th>Topic</th><th>Readings</th></tr></thead>
<tbody><tr><td rowspan="2">1</td><td>Tue 5 Sep</td><td>Locks</td><td><a href="https://l.org">On Locks</a></td><td rowspan="2">Lab 1</td></tr><tr><td>Thu 7 Sep</td><td>RCU</td><td></td></tr></tbody></table>"""

LEADERS = """<html><body><h3>September 12: Types</h3><p>Leader: Kim</p><ul><li><a href="https://t.org">A Theory of Types</a></li></ul>
<h3>September 19: Effects</h3><ul><li><a href="https://e.org">Notions of Computation</a>, sections 1-2</li></ul></body></html>"""

MAIL = """9/5  Intro
9/7  Design -- read Parnas, "On the Criteria" and Brooks, "No Silver Bullet"
9/12 Testing -- skim "Flaky Tests in Practice"; HW1 due
"""

COLONS = """Tue Sep 5
: Lecture 1: Introduction [slides](l1.pdf)

Thu Sep 7
: Lecture 2: Regression
: **Reading**: ISL, Sections 3.1--3.3

Tue Sep 12
: Lecture 3: Trees
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(HEADED, ["0904 lecture Prototyping (Labor Day Mon, no class): Sketches", "0911 exam Oral exams: | Report"], id="weeks as rows"),
        pytest.param(TWO_LEVELS, ["0905 lecture Locks: On Locks | Lab 1", "0907 lecture RCU:"], id="a header of two rows"),
        pytest.param(LEADERS, ["0912 lecture Types: A Theory of Types", "0919 lecture Effects: Notions of Computation sections 1-2"], id="leaders above works"),
        pytest.param(MAIL, ["0905 lecture Intro:", "0907 lecture Design: On the Criteria; No Silver Bullet", "0912 lecture Testing: Flaky Tests in Practice | HW1"], id="read behind a dash"),
        pytest.param(COLONS, ["0905 lecture Lecture 1: Introduction:", "0907 lecture Lecture 2: Regression: ISL Sections 3.1--3.3", "0912 lecture Lecture 3: Trees:"], id="definitions with colons"),
        pytest.param(PASTED, ["0117 lecture Introduction:", "0122 lecture What is democracy?: Dahl, Polyarchy pp. 1-16", "0124 exam Exam #1:", "0304-0308 break SPRING BREAK:"], id="pasted text"),
        pytest.param(UNNUMBERED, ["0830 lecture Proofs: Rosen Sec. 1.4, 1.5", "0904 break Labor Day - no class:", "0906 lecture Induction: Rosen Ch. 2 | HW 1"], id="rows without number"),
        pytest.param(COMMENCING, ["0925 lecture Introduction: Sommerville ch. 1", "1002 lecture Design: Sommerville ch. 6 | CW1"], id="weeks that begin"),
        pytest.param(WIKI, ["0907 lecture Wikis: The Wiki Way ch. 1", "0912 break No class:", "0914 lecture Bots: Bots and cyborgs"], id="MediaWiki"),
        pytest.param(SPANNED, ["0911 lecture Pandas: Data Analysis", "0913 lecture Pandas:"], id="a topic over two days"),
        pytest.param(WEEKLY, ["0904 break LABOR DAY, NO CLASS:", "0906 lecture Data: Tidy Data", "0911 lecture Visualization: ISLR ch. 3.1-3.2", "0913 lecture Guest lecture <Maya Rao (NYT Graphics)>:"], id="days that name works"),
    ],
)  # fmt: skip
def test_rows(text: str, expected: list[str]) -> None:
    assert [brief(s) for s in sessions(text, "S2024" if "January" in text else "F2023")] == expected
