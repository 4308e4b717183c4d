"""Schedules as other courses write them: each shape gives its rows and readings, and nothing is invented or lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.importers.drafts import DraftSession
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule

NOTHING_KNOWN = WorkIndex([])


def rows(text: str, semester: str = "F2023") -> tuple[DraftSession, ...]:
    return import_schedule(text, semester, NOTHING_KNOWN).sessions


def brief(session: DraftSession) -> str:
    """Give a row on one line: `0905 lecture: Title @url Ch. 3 [supplementary]; Other | HW1`."""
    readings = "; ".join(
        f"{r.title}{f' @{r.url}' if r.url else ''}{f' {r.locator_text}' if r.locator_text else ''}{f' [{r.role}]' if r.role != 'required' else ''}{f' one of {r.group}' if r.group else ''}"
        for r in session.readings
    )
    due = ", ".join(d.title for d in session.deliverables)
    return (
        (f"{session.day:%m%d}" if session.day else "tbd" if session.tbd else "")
        + f" {session.kind.value}: {readings}"
        + (f" | {due}" if due else "")
    )


MARKDOWN = """| Week | Date | Topic | Reading | Due |
|--|--|--|--|--|
| 1 | Tu 9/5 | Introduction [[slides](l1.pdf)] | - | |
| 1 | Th 9/7 | MapReduce | [MapReduce: Simplified Data Processing](https://m.org) (Dean & Ghemawat, OSDI 2004) | |
| 2 | Tu 9/12 | Replication<br>Guest: Jane Roe | Required: [Raft](raft.pdf)<br>Optional: [Paxos Made Simple](paxos.pdf) [[video](v.mp4)] | Lab 1 due |
| 2 | Th 9/14 | Fault tolerance | Read one of:<br>- [A](https://a.org)<br>- [B](https://b.org)<br>Skim: [C](https://c.org) | HW1 out |
| 3 | Tu 9/19 | **No class** (career fair) | | |
| 15 | Fri 12/15 | Final exam, 9am-12pm | | |
"""

ROWSPAN = """<table><thead><tr><th>Week</th><th>Date</th><th>Topic</th><th>Before class</th><th>Assignments (out/due)</th></tr></thead>
<tr><td rowspan="2">Week 1</td><td>Sep 5</td><td>Overview</td><td></td><td rowspan="2">HW1 out</td></tr>
<tr><td>Sep 7</td><td>Networks</td><td><ul><li><a href="d">Deep Learning</a> (LeCun et al., 2015)</li><li><a href="b">Back-propagating errors</a></li></ul></td></tr>
<tr><td rowspan="2">Week 2</td><td>Sep 12</td><td>Transformers</td><td><a href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</a></td><td>HW1 due, HW2 out</td></tr>
<tr><td>Sep 14</td><td colspan="3">No class: instructor travelling</td></tr>
<tr><td colspan="5">Part II: Applications</td></tr></table>"""

YAML = """- week: 1
  date: 2023-09-05
  topic: Introduction
  slides: /slides/01.pdf
  readings:
    - title: Hidden Technical Debt
      authors: Sculley et al.
      link: https://x.org/debt
    - title: Model Cards
      url: https://x.org/cards
      optional: true
- week: 2
  date: Sep 12
  topic: Testing
  required:
    - "[The ML Test Score](https://x.org/score)"
  due: HW0
"""

KRAMDOWN = """---
title: Week 1
---

Sep 5
: [Linear regression](#)
  : [1.1](#), [1.2](#)
: Reading: [The Elements of Statistical Learning, Ch. 3](https://e.org)
: **HW 0 released**{: .label .label-red }

Sep 7
: **Section**{: .label } [Review](#)
"""

WEEKS = """## Calendar

### Week 1 (Sep 4 - Sep 8)

- **Reading**: [Bias in Computer Systems](https://b.org), Friedman & Nissenbaum
- **Due**: Response 1

### Week 2 (Sep 11 - Sep 15): Fairness

- **Reading**: [Fairness through awareness](https://f.org); [Equality of Opportunity](https://e.org)
- **Optional**: [Inherent Trade-Offs](https://i.org)

### Week 3: Fall break
"""

HEADINGS = """### Lecture 1 (8/30): Intro

**Readings:**
- [As We May Think](https://a.org), Vannevar Bush
- Shneiderman. *Direct Manipulation: A Step Beyond*

### Lecture 2 (9/1): Tools

**Due:** Project proposal

### No class 9/4 (Labor Day)
"""

CITATIONS = """| Date | Topic | Reading |
|--|--|--|
| 9/5 | A | Lampson, "Hints for Computer System Design", SOSP 1983 |
| 9/7 | B | McKusick et al., [A Fast File System](https://f.org), TOCS 1984. Rosenblum and Ousterhout, [The Log-Structured File System](https://l.org), TOCS 1992. |
| 9/12 | C | [Exokernel](https://e.org), Engler et al. and [Xen](https://x.org), Barham et al. |
| 9/14 | D | Winner, L. (1980). Do Artifacts Have Politics? *Daedalus*, 109(1), 121-136. |
| 9/19 | E | [Domain Names](https://d.org); Mockapetris and Dunlap, "Development of the Domain Name System" |
| 9/21 | F | Chapter 1 of [KT](https://k.org) |
| 9/26 | G | 1) [Smashing the Stack](https://s.org) 2) [Eternal War in Memory](https://w.org) |
"""

LETTERS = """Date | Topic | Reading
--- | --- | ---
9/5 (T) | A | "Reflections on Trusting Trust", Ken Thompson
Thu Sept. 7th | B | None
Sep 12/14 | C | ISLR ch 3
"""

EUROPE = """| Datum | Thema | Literatur |
|--|--|--|
| 17.10. | Grundlagen | Breiman (2001): Random Forests |
| 31.10. | entfällt (Feiertag) | |
"""

CALENDAR = """| | Monday | Wednesday |
|--|--|--|
| Week 1 | Sep 4: **No class** | Sep 6: Numpy. Read [Array programming](https://a.org) |
"""

AGENDA = """## Unit 1

* 9/6 Introduction
    * Slides: [lec1](1.pdf)
    * Required: [A Few Useful Things](https://d.org)
    * Optional: Mitchell, Chapter 3
    * HW1 out
* 9/11 *No class*
"""

ALIGNED = """=========  ===============  =========================
Date       Topic            Reading
=========  ===============  =========================
Sep 5      Introduction
Sep 7      Parsing          Dragon book, Ch. 4
=========  ===============  =========================
"""

LABELS_INSIDE = """| Date | Description | Course Materials | Deadlines |
|--|--|--|--|
| Tue Sep 5 | **Word Vectors** [[slides]](s1) | Suggested Readings: 1. [Efficient Estimation](https://e.org) (original paper) 2. [Distributed Representations](https://d.org) | |
| Thu Sep 7 | Review. Reading: [Calculus](https://c.org). Due: HW1 | | Assignment 1 **due** |
"""

SESSIONS = """<html><body><section><h3>Session 1: September 5 - Why ethics?</h3><p><strong>Required:</strong></p>
<ul><li>Mittelstadt, B. (2019). <a href="https://p.org">Principles alone</a>. Nature.</li></ul><p><strong>Recommended:</strong></p><ul><li><a href="https://h.org">The Ethics of Ethics</a>, Hagendorff</li></ul></section>
<section><h3>Session 2: September 12 - Privacy</h3><p><strong>Required:</strong></p><ul><li><a href="https://d.org">Differential Privacy</a>, pp. 1-30</li></ul></section></body></html>"""

ITEMS = """<html><body><ul><li><b>Sep 5</b>: Intro (<a href="l1">slides</a>)</li><li><b>Sep 7</b>: Architecture. Readings: <a href="https://f.org">Foundations</a>; <a href="https://v.org">The 4+1 View</a>. Due: HW1</li>
<li><b>Sep 12</b>: Labor Day, no class</li></ul></body></html>"""

DIVS = """<html><body><div><div class="r"><div>Sep 5</div><div>Introduction</div><div></div></div><div class="r"><div>Sep 7</div><div>Scaling</div><div><a href="https://s.org">Scaling Laws for Models</a></div></div>
<div class="r"><div>Sep 12</div><div>Ends</div><div></div></div></div></body></html>"""

DATED_TOPICS = """| Lecture | Reading |
|--|--|
| **L1** (Tue, Sep 5): Intro | |
| **L2** (Thu, Sep 7): Threads | OSTEP [Ch. 26](https://o.org/26), [Ch. 27](https://o.org/27) |
"""

WEEK_DATES = """Week | Monday | Thursday | Reading
---|---|---|---
1 (9/4) | No class | Python | [Think Python, Ch. 1](https://t.org)
"""

PAPERS = """| Date | Paper | Presenter |
|--|--|--|
| 9/6 | Overview | Instructor |
| 9/8 | [SEDA](seda.pdf) (SOSP '01) | Ann |
| 9/13 | No class: Rosh Hashanah | |
"""

COMMAS = 'Date,Topic,Reading,Due\n2023-09-05,Intro,,\n2023-09-07,"Sorting, searching","Quicksort; The Art of Computer Programming, Ch. 5",HW1\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            MARKDOWN,
            [
                "0905 lecture: ", "0907 lecture: MapReduce: Simplified Data Processing @https://m.org", "0912 lecture: Raft @raft.pdf; Paxos Made Simple @paxos.pdf [supplementary] | Lab 1",
                "0914 lecture: A @https://a.org one of 1; B @https://b.org one of 1; C @https://c.org", "0919 break: ", "1215 exam: ",
            ],
            id="table with weeks, roles, choices",
        ),
        pytest.param(
            ROWSPAN,
            ["0905 lecture: ", "0907 lecture: Deep Learning @d; Back-propagating errors @b", "0912 lecture: Attention Is All You Need @https://arxiv.org/abs/1706.03762 | HW1", "0914 break: "],
            id="HTML table with spans",
        ),
        pytest.param(
            YAML,
            ["0905 lecture: Hidden Technical Debt @https://x.org/debt; Model Cards @https://x.org/cards [supplementary]", "0912 lecture: The ML Test Score @https://x.org/score | HW0"],
            id="data file of a site generator",
        ),
        pytest.param(KRAMDOWN, ["0905 lecture: The Elements of Statistical Learning @https://e.org Ch. 3", "0907 recitation: "], id="module page with definition lists"),
        pytest.param(
            WEEKS,
            [
                "0904 lecture: Bias in Computer Systems @https://b.org | Response 1",
                "0911 lecture: Fairness through awareness @https://f.org; Equality of Opportunity @https://e.org; Inherent Trade-Offs @https://i.org [supplementary]", "tbd break: ",
            ],
            id="headings that are weeks",
        ),
        pytest.param(
            HEADINGS, ["0830 lecture: As We May Think @https://a.org; Direct Manipulation: A Step Beyond", "0901 lecture:  | Project proposal", "0904 break: "], id="headings with dates"
        ),
        pytest.param(
            CITATIONS,
            [
                "0905 lecture: Hints for Computer System Design", "0907 lecture: A Fast File System @https://f.org; The Log-Structured File System @https://l.org",
                "0912 lecture: Exokernel @https://e.org; Xen @https://x.org", "0914 lecture: Do Artifacts Have Politics?",
                "0919 lecture: Domain Names @https://d.org; Development of the Domain Name System", "0921 lecture: KT @https://k.org Chapter 1",
                "0926 lecture: Smashing the Stack @https://s.org; Eternal War in Memory @https://w.org",
            ],
            id="citations with people and venues",
        ),
        pytest.param(LETTERS, ["0905 lecture: Reflections on Trusting Trust", "0907 lecture: ", "0912 lecture: ISLR ch 3", "0914 lecture: "], id="letters for weekdays, two dates"),
        pytest.param(EUROPE, ["1017 lecture: Random Forests", "1031 break: "], id="German"),
        pytest.param(CALENDAR, ["0904 break: ", "0906 lecture: Array programming @https://a.org"], id="columns are weekdays"),
        pytest.param(AGENDA, ["0906 lecture: A Few Useful Things @https://d.org; Mitchell Chapter 3 [supplementary]", "0911 break: "], id="nested list"),
        pytest.param(ALIGNED, ["0905 lecture: ", "0907 lecture: Dragon book Ch. 4"], id="columns lined up by spaces"),
        pytest.param(COMMAS, ["0905 lecture: ", "0907 lecture: Quicksort; The Art of Computer Programming Ch. 5 | HW1"], id="comma separated"),
        pytest.param(
            LABELS_INSIDE,
            ["0905 lecture: Efficient Estimation @https://e.org [supplementary]; Distributed Representations @https://d.org [supplementary]", "0907 lecture: Calculus @https://c.org | HW1, Assignment 1"],
            id="labels inside other columns",
        ),
        pytest.param(
            SESSIONS, ["0905 lecture: Principles alone @https://p.org; The Ethics of Ethics @https://h.org [supplementary]", "0912 lecture: Differential Privacy @https://d.org pp. 1-30"], id="sections of a page"
        ),
        pytest.param(ITEMS, ["0905 lecture: ", "0907 lecture: Foundations @https://f.org; The 4+1 View @https://v.org | HW1", "0912 break: "], id="list of a page"),
        pytest.param(DIVS, ["0905 lecture: ", "0907 lecture: Scaling Laws for Models @https://s.org", "0912 lecture: "], id="columns made of blocks"),
        pytest.param(DATED_TOPICS, ["0905 lecture: ", "0907 lecture: OSTEP @https://o.org/26 Ch. 26, Ch. 27"], id="dates inside topics"),
        pytest.param(WEEK_DATES, ["0904 break: ", "0907 lecture: Think Python @https://t.org Ch. 1"], id="weeks with dates, columns of weekdays"),
        pytest.param(PAPERS, ["0906 lecture: ", "0908 lecture: SEDA @seda.pdf", "0913 break: "], id="papers without topics"),
    ],
)  # fmt: skip
def test_rows_and_readings(text: str, expected: list[str]) -> None:
    assert [brief(s) for s in rows(text)] == expected


def test_what_is_handed_out_is_no_deliverable() -> None:
    assert [s.note for s in rows(ROWSPAN)][:3] == ["out: HW1", "", "out: HW2"]


def test_remarks_stay_with_the_new_work(tmp_path: Path) -> None:
    source = tmp_path / "s.md"
    source.write_text(CITATIONS)
    arguments = ["import", "schedule", str(source), "-s", "F2023", "--source", str(tmp_path)]
    first = CliRunner().invoke(app, arguments)
    assert first.exit_code == 0, first.output
    stubs = (tmp_path / "bib" / "stubs.bib").read_text()
    assert (
        "title = {A Fast File System}" in stubs and "note  = {McKusick et al TOCS 1984.}" in stubs
    )
    again = CliRunner().invoke(app, arguments)
    assert (
        "says the same already" in again.output
        and (tmp_path / "bib" / "stubs.bib").read_text() == stubs
    )


def test_files_that_are_there_keep_their_bytes(tmp_path: Path) -> None:
    stubs, topics = (
        b"\xef\xbb\xbf% mine\r\n@misc{a, title={\xc3\x84}}\r\n\r\n\r\n",
        b"- slug: x\r\n  title: X",
    )
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "stubs.bib").write_bytes(stubs)
    (tmp_path / "bib" / "topics.yaml").write_bytes(topics)
    (tmp_path / "s.md").write_text(CITATIONS)
    (tmp_path / "b.md").write_text(
        '# T\n\n## Fairness\n\nDoe, J. "A Title." *J* 1 (2019).\n\n> A note.\n'
    )
    for arguments in (
        ["schedule", str(tmp_path / "s.md"), "-s", "F2023"],
        ["bibliography", str(tmp_path / "b.md")],
    ):
        result = CliRunner().invoke(app, ["import", *arguments, "--source", str(tmp_path)])
        assert result.exit_code == 0, result.output
    for name, before in (("stubs.bib", stubs), ("topics.yaml", topics)):
        after = (tmp_path / "bib" / name).read_bytes()
        assert after.startswith(before) and len(after) > len(before)
        assert after.count(b"\n") == after.count(b"\r\n")


def test_a_portion_without_a_work_is_told_and_kept() -> None:
    found = import_schedule(
        "| Date | Topic | Reading |\n|-|-|-|\n| 9/5 | A | Ch. 3 |\n| 9/7 | B | [Chapter 1](u) |\n| 9/12 | C | [Chapter 1](v) |\n",
        "F2023",
        NOTHING_KNOWN,
    )
    assert (found.sessions[0].readings, found.sessions[0].note) == ((), "read: Ch. 3")
    assert any(e.fate == "not understood" and e.text == "Ch. 3" for e in found.ledger)
    assert len(found.new_works) == 2, "two chapters at two addresses are two works"


def test_papers_among_materials_are_told_and_slides_are_no_readings() -> None:
    text = "| Date | Topic | Materials |\n|-|-|-|\n| 9/5 | A | [slides](s) [Hidden Technical Debt in Systems](https://h.org) |\n"
    found = import_schedule(text, "F2023", NOTHING_KNOWN)
    assert (found.readings, [e.text for e in found.ledger if e.fate == "probable"]) == (
        0,
        ["Hidden Technical Debt in Systems https://h.org"],
    )
    hinted = import_schedule(
        text, "F2023", NOTHING_KNOWN, columns={"materials": "reading"}
    ).sessions[0]
    assert brief(hinted) == "0905 lecture: Hidden Technical Debt in Systems @https://h.org"
    assert [m.label for m in hinted.topics[0].materials] == ["slides"]


def test_a_break_of_several_days_is_declared() -> None:
    from kb.importers.semester_yaml import semester_yaml

    text = "| Date | Topic |\n|-|-|\n| Oct 16 - Oct 20 | Fall break |\n| 10/23 | X |\n"
    assert "breaks:\n  - {from: 2023-10-16, to: 2023-10-20, title: Fall break}" in semester_yaml(
        import_schedule(text, "F2023", NOTHING_KNOWN)
    )


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["13/9", "20/9"], "0913"),
        (["6/9", "13/9"], "0906"),
        (["4/9", "6/9", "11/9"], "0904"),
        (["9/4", "9/6"], "0904"),
    ],
    ids=["above 12", "later one above 12", "later ones above 9", "American"],
)
def test_day_before_month_is_seen_in_the_whole_column(dates: list[str], first: str) -> None:
    text = "| Date | Topic |\n|-|-|\n" + "".join(
        f"| {d} | X |\n" for d in [*dates, "25/9" if dates[0] != "9/4" else "9/25"]
    )
    assert brief(rows(text)[0]).startswith(first)


@pytest.mark.parametrize(
    ("cell", "code", "title"),
    [
        ("I3 or PhD project", "I3", "I3 or PhD project"),
        ("I3: Tools", "I3", "Tools"),
        ("Lab 2 due 11:59pm", "", "Lab 2"),
    ],
)
def test_codes_of_deliverables(cell: str, code: str, title: str) -> None:
    due = rows(f"| Date | Topic | Due |\n|-|-|-|\n| 9/5 | X | {cell} |\n")[0].deliverables
    assert [(d.code, d.title) for d in due] == [(code, title)]
