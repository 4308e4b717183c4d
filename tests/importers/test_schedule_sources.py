"""Schedules out of spreadsheets, learning platforms, course-site themes and site generators, and rows that say only what is due."""

from __future__ import annotations

import pytest

from kb.importers.drafts import DraftSession
from kb.importers.match import WorkIndex
from kb.importers.schedule import ImportedSchedule, import_schedule


def read(text: str, semester: str = "F2023") -> ImportedSchedule:
    return import_schedule(text, semester, WorkIndex([]))


def brief(session: DraftSession) -> str:
    readings = "; ".join(
        f"{r.title}{f' @{r.url}' if r.url else ''}{f' {r.locator_text}' if r.locator_text else ''}{f' [{r.role}]' if r.role != 'required' else ''}{f' ({r.note})' if r.note else ''}"
        for r in session.readings
    )
    name = (
        " & ".join(t.title + (f" <{t.guest}>" if t.guest else "") for t in session.topics)
        or session.title
    )
    when = f"{session.day:%m%d}" if session.day else "tbd"
    return f"{when} {session.kind.value} {name}: {readings}".rstrip() + (
        f" | {', '.join(f'{d.code} {d.title}'.strip() for d in session.deliverables)}"
        if session.deliverables
        else ""
    )


SHEET = """<table><thead><tr><th></th><th>A</th><th>B</th><th>C</th><th>D</th><th>E</th></tr></thead><tbody>
<tr><th>1</th><td colspan="5">CS 1 Schedule</td></tr>
<tr><th>2</th><td>Lec #</td><td>Date</td><td>Topic</td><td>Reading (before class)</td><td>Due (11:59pm)</td></tr>
<tr><th>3</th><td>1</td><td>8/30/2023</td><td>MapReduce</td><td><a href="https://www.google.com/url?q=https://m.org/p.pdf&amp;sa=D">MapReduce: Simplified</a></td><td></td></tr>
<tr><th>4</th><td>2</td><td>9/6/2023</td><td>Spark</td><td>Resilient Distributed Datasets (NSDI '12) - skip section 6</td><td>Lab 1</td></tr>
<tr><th>5</th><td></td><td>10/16/2023</td><td rowspan="2">Fall Break</td><td></td><td></td></tr>
<tr><th>6</th><td></td><td>10/18/2023</td><td></td><td></td></tr></tbody></table>"""

SITE_THEME = """<html><body><h2>Week 1</h2><dl><dt>Jan 22</dt><dd><strong class="label label-blue">Lecture</strong> Introduction<dl><dd><a href="https://s.org/1">SE at Google, Ch. 1</a></dd></dl></dd>
<dt>Jan 24</dt><dd><strong class="label label-blue">Lecture</strong> Version control</dd><dd><strong class="label label-green">Reading</strong> Pro Git, Chapters 2 and 3</dd>
<dt>Jan 26</dt><dd><strong class="label label-yellow">Due</strong> HW 0</dd></dl></body></html>"""

SUMMARY = """Course Summary:
Date\tDetails\tDue
Wed Aug 30, 2023\tCalendar Event Lecture 2: Threat models\t1:30pm to 2:50pm
Wed Aug 30, 2023\tAssignment Reading 1: Trusting Trust\tdue by 11:59pm
Mon Sep 4, 2023\tCalendar Event Labor Day (no class)\t12am
Fri Sep 8, 2023\tAssignment Homework 1\tdue by 11:59pm
"""

SITE_DATA = """- week: 1
  days:
    - {date: 2023-09-04, holiday: Labor Day}
    - {date: 2023-09-06, lab: Docker}
    - {date: 2023-09-11, exam: Midterm 1}
"""

TWO_TABLES = """| # | Date | Title | Readings |
|---|---|---|---|
| 1 | 05-Sep | Intro | |
| 2 | 12-Sep | Parsing | [A Parser](https://p.org) |

| Assignment | Out | Due |
|---|---|---|
| A1: words | 05-Sep | 12-Sep |
| A2: trees | 12-Sep | 19-Sep |
"""

CONTINUED = """| | Date | Topic | Reading | Due |
|-|-|-|-|-|
| 1 | Tue 9/5 | 🎤 Guest lecture by [Jane Roe](https://j.org), Acme: *Shipping things* | [Big Ships](https://o.org) (skim) | I2: Risks, 11:59pm |
| | | | [Small Ships](https://t.org) | I3: Plans |
| 2 | Thu 9/7 | :no_entry: No class | | |
"""

NUMBERED = """### 1. Tuesday 26 September 2023 – What is a corpus?
**Reading:** McEnery, chapter 1

### 2. Tuesday 3 October 2023 – Test 1
"""

ALIGNED = """Date        Topic               Readings                     Due
-----------------------------------------------------------------------
Jan 15      Causal inference    Angrist & Pischke, ch. 1
                                Holland (1986), Statistics
                                and Causal Inference
Jan 20      No class (MLK)
Jan 22      Experiments         Duflo, Using Randomization   PS 1
"""


CARDS = """<html><body><div class="s">
<div class="box"><div class="level"><p>Mon, Sep 4</p><span class="tag">lecture</span></div><p><a href="https://d.org/1">Intro</a></p><div>Reading: <a href="https://r.org">On Reading</a></div></div>
<div class="box"><div class="level"><p>Fri, Sep 8</p><span class="tag">lab</span></div><p><a href="https://d.org/2">APIs: Flask</a></p></div>
<div class="box"><div class="level"><p>Mon, Sep 11</p><span class="tag">break</span></div><p>No classes</p></div></div></body></html>"""

DAYS_ABOVE = """MON 4 SEP
Lecture: Introduction

WED 6 SEP
Lecture: Ciphers
Reading: Katz & Lindell, Modern Cryptography, Ch. 3.1-3.4
Homework 1 released

MON 11 SEP
No class
"""

ORG_OUTLINE = """* Schedule
** Week 1
*** <2023-09-05 Tue> Introduction
*** <2023-09-07 Thu> Lisp
    - Reading: McCarthy, [[https://x.org/lisp.pdf][Recursive Functions]]
*** <2023-09-12 Tue> No class
"""

GROUPED_DATA = """weeks:
  - name: Week 1
    lectures:
      - {date: Tue 9/5, topic: Overview}
    labs:
      - {date: Fri 9/8, topic: R basics}
    homework:
      - {name: HW1, due: Fri 9/8}
      - {name: HW2, due: Fri 9/15}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(CARDS, ["0904 lecture Intro: On Reading @https://r.org", "0908 lab APIs: Flask:", "0911 break No classes:"], id="kinds and readings beside paragraphs"),
        pytest.param(DAYS_ABOVE, ["0904 lecture Introduction:", "0906 lecture Ciphers: Modern Cryptography Ch. 3.1-3.4 (Katz & Lindell)", "0911 break No class:"], id="days above their classes"),
        pytest.param(ORG_OUTLINE, ["0905 lecture Introduction:", "0907 lecture Lisp: Recursive Functions @https://x.org/lisp.pdf (McCarthy)", "0912 break No class:"], id="outline of Org"),
        pytest.param(GROUPED_DATA, ["0905 lecture Overview:", "0908 lab R basics: | HW1", "0915 event HW2 due: | HW2"], id="kinds above lists"),
        pytest.param(SHEET, ["0830 lecture MapReduce: MapReduce: Simplified @https://m.org/p.pdf", "0906 lecture Spark: Resilient Distributed Datasets (NSDI '12 skip section 6) | Lab 1", "1016 break Fall Break:", "1018 break Fall Break:"], id="spreadsheet"),
        pytest.param(SITE_THEME, ["0122 lecture Introduction: SE at Google @https://s.org/1 Ch. 1", "0124 lecture Version control: Pro Git Chapters 2 and 3", "0126 event HW 0 due: | HW 0"], id="labels of a theme"),
        pytest.param(SUMMARY, ["0830 lecture Lecture 2: Threat models: | Reading 1: Trusting Trust", "0904 break Labor Day (no class):", "0908 event Homework 1 due: | Homework 1"], id="learning platform"),
        pytest.param(SITE_DATA, ["0904 break Labor Day:", "0906 lab Docker:", "0911 exam Midterm 1:"], id="kinds as keys"),
        pytest.param(TWO_TABLES, ["0905 lecture Intro:", "0912 lecture Parsing: A Parser @https://p.org | A1 words", "0919 event A2: trees due: | A2 trees"], id="table of homework"),
        pytest.param(CONTINUED, ["0905 lecture Shipping things <Jane Roe, Acme>: Big Ships @https://o.org (skim); Small Ships @https://t.org | I2 Risks, I3 Plans", "0907 break No class:"], id="rows without date and topic"),
        pytest.param(NUMBERED, ["0926 lecture What is a corpus?: McEnery chapter 1", "1003 exam Test 1:"], id="numbered headings"),
        pytest.param(ALIGNED, ["0115 lecture Causal inference: Angrist & Pischke ch. 1; Statistics and Causal Inference (Holland (1986))", "0120 break No class (MLK):", "0122 lecture Experiments: Using Randomization (Duflo) | PS 1"], id="two works below each other"),
    ],
)  # fmt: skip
def test_rows_and_readings(text: str, expected: list[str]) -> None:
    assert [brief(s) for s in read(text).sessions] == expected


def test_times_are_no_readings_and_no_homework() -> None:
    row = read(
        "| Date | Topic | Reading | Due |\n|-|-|-|-|\n| 9/5 | A | 1:30pm to 2:50pm | 11:59pm |\n"
    ).sessions[0]
    assert (row.readings, row.deliverables, row.note) == (
        (),
        (),
        "due 11:59pm; read: 1:30pm to 2:50pm",
    )


def test_what_is_due_twice_is_told_once() -> None:
    found = read(TWO_TABLES.replace("Readings", "Due").replace("[A Parser](https://p.org)", "A1"))
    assert [d.code or d.title for d in found.sessions[1].deliverables] == ["A1"]
    assert any(e.what == "due on that day already" for e in found.ledger)
    assert any(e.fate == "skipped" and e.text == "05-Sep" for e in found.ledger), (
        "the day it is handed out is told"
    )
