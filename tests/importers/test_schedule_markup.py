"""Schedules whose tables are written in reStructuredText, MyST or Org."""

from __future__ import annotations

import pytest

from kb.importers.drafts import DraftSession
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule


def brief(session: DraftSession) -> str:
    readings = "; ".join(
        f"{r.title}{f' @{r.url}' if r.url else ''}{f' {r.locator_text}' if r.locator_text else ''}{f' [{r.role}]' if r.role != 'required' else ''}"
        for r in session.readings
    )
    name = " & ".join(t.title for t in session.topics) or session.title
    return f"{session.day:%m%d} {session.kind.value} {name}: {readings}".rstrip() + (
        f" | {', '.join(d.title for d in session.deliverables)}" if session.deliverables else ""
    )


LIST_TABLE = """Schedule
========

.. list-table::
   :header-rows: 1

   * - Date
     - Topic
     - Reading
     - Due
   * - Jan 10
     - Introduction (:download:`slides <l1.pdf>`)
     -
     -
   * - Jan 12
     - Structure
     - OSTEP ch. 2; `The UNIX System <https://u.org/1>`_
     -
   * - Jan 17
     - *No class* (MLK day)
     -
     -
   * - Jan 24
     - Scheduling
     - * OSTEP ch. 7, 8
       * `Lottery scheduling <https://l.org>`_ (optional)
     - Lab 1
   * - Jan 26
     - Memory
     - `Wasted Cores`__
     -

.. __: https://w.org/2
"""

GRID = """+-----------+------------------+---------------------------------+---------+
| Date      | Topic            | Reading                         | Due     |
+===========+==================+=================================+=========+
| Thu 09/07 | Lexing           | Cooper, *Engineering a          |         |
|           |                  | Compiler*, Ch. 2                |         |
+-----------+------------------+---------------------------------+---------+
| Thu 09/14 | Types            | Cardelli, "Type Systems"        | PA1     |
|           |                  |                                 |         |
|           |                  | Pierce, TAPL, Ch. 8             |         |
+-----------+------------------+---------------------------------+---------+
| Tue 09/19 | SSA              | `Cytron et al.`_ and more_      | PA2 due |
+-----------+------------------+---------------------------------+---------+
| Thu 09/21 | *Class cancelled*                                            |
+-----------+------------------+---------------------------------+---------+

.. _Cytron et al.: https://c.org
.. _more: https://m.org
"""

ORG = """#+TITLE: Schedule
| Lec | Date             | Topic    | Reading                                        | Due |
|-----+------------------+----------+------------------------------------------------+-----|
|   1 | <2024-01-17 Wed> | Intro    |                                                |     |
|   2 | <2024-01-22 Mon> | Analysis | [[https://a.org/spa][Static Analysis]], ch. 4-5 | P1  |
|     | <2024-03-04 Mon>--<2024-03-08 Fri> | Spring break |                          |     |
|   3 | <2024-03-11 Mon> | /Exam/   |                                                |     |
"""

MYST = """# Course

```{list-table}
:header-rows: 1

* - Date
  - Topic
  - Reading
* - Jan 10
  - Introduction
  - [A Paper](https://a.org), Sec. 1-2
* - Jan 12
  - Parsing
  -
```
"""

CSV_TABLE = """.. csv-table:: Meetings
   :header: "Date", "Topic", "Reading"

   "Jan 10", "Introduction, again", "`A Paper <https://a.org>`_"
   "Jan 12", "Parsing", ""
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            LIST_TABLE,
            [
                "0110 lecture Introduction:", "0112 lecture Structure: OSTEP ch. 2; The UNIX System @https://u.org/1", "0117 break No class (MLK day):",
                "0124 lecture Scheduling: OSTEP ch. 7, 8; Lottery scheduling @https://l.org [supplementary] | Lab 1", "0126 lecture Memory: Wasted Cores @https://w.org/2",
            ],
            id="list table",
        ),
        pytest.param(
            GRID,
            ["0907 lecture Lexing: Engineering a Compiler Ch. 2", "0914 lecture Types: Type Systems; Pierce, TAPL Ch. 8 | PA1", "0919 lecture SSA: Cytron et al. @https://c.org; more @https://m.org | PA2", "0921 break Class cancelled:"],
            id="grid table",
        ),
        pytest.param(ORG, ["0117 lecture Intro:", "0122 lecture Analysis: Static Analysis @https://a.org/spa ch. 4-5 | P1", "0304 break Spring break:", "0311 exam Exam:"], id="Org"),
        pytest.param(MYST, ["0110 lecture Introduction: A Paper @https://a.org Sec. 1-2", "0112 lecture Parsing:"], id="MyST"),
        pytest.param(CSV_TABLE, ["0110 lecture Introduction, again: A Paper @https://a.org", "0112 lecture Parsing:"], id="CSV table"),
    ],
)  # fmt: skip
def test_rows_and_readings(text: str, expected: list[str]) -> None:
    assert [brief(s) for s in import_schedule(text, "S2024", WorkIndex([])).sessions] == expected


def test_the_ledger_names_lines_of_the_input() -> None:
    found = import_schedule(GRID, "F2023", WorkIndex([]))
    assert [s.line for s in found.sessions] == [4, 7, 11, 13]
