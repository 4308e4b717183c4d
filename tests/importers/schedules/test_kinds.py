"""Kinds of schedules that went wrong once: each with a neighbour, in the words of no real course."""

from __future__ import annotations

import pytest

from kb.importers.drafts import DraftSession
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule


def brief(session: DraftSession) -> str:
    """Give a row on one line: `0902 lecture Wool: Looms, ch. 1; Dyes | Essay`."""
    readings = "; ".join(
        f"{r.title}{', ' + r.locator_text if r.locator_text else ''}{f' [{r.role}]' if r.role != 'required' else ''}"
        for r in session.readings
    )
    name = " & ".join(t.title for t in session.topics) or session.title
    due = ", ".join(d.title for d in session.deliverables)
    when = f"{session.day:%m%d}" if session.day else "tbd"
    return f"{when} {session.kind.value} {name}: {readings}".rstrip(": ") + (
        f" | {due}" if due else ""
    )


KINDS = [
    pytest.param(
        "F2024", "- Sep 3\n  - Reading: [Looms](https://a.org)\n  - The weavers' year\n- Sep 5\n  - Reading: [Dyes](https://b.org)\n",
        ["0903 lecture The weavers' year: Looms", "0905 lecture : Dyes"],
        id="a title below a reading",
    ),
    pytest.param(
        "F2024", "| Date | Topic | Assignment |\n|---|---|---|\n| Sep 3 | Wool | Reader, Chap. 1; Ash, Chap. 2 |\n| Sep 5 | Flax | Reader, Chap. 3 |\n",
        ["0903 lecture Wool: Reader, Chap. 1; Ash, Chap. 2", "0905 lecture Flax: Reader, Chap. 3"],
        id="assignments that are readings",
    ),
    pytest.param(
        "F2024", "| Date | Topic | Assignment |\n|---|---|---|\n| Sep 3 | Wool | [A1: Model](a1.md) |\n| Sep 5 | Flax | [Survey](s.md) |\n",
        ["0903 lecture Wool | Model", "0905 lecture Flax | Survey"],
        id="assignments that are homework",
    ),
    pytest.param(
        "F2024", "## First half\n\n#### September 3\n\n### Looms and law\n\n- [Ash v. Birch](https://a.org)\n\n#### September 5\n\n### No Class\n",
        ["0903 lecture Looms and law: Ash v. Birch", "0905 break No Class"],
        id="a heading with the date above one with the topic",
    ),
    pytest.param(
        "S2025", "# Wool\n\n| Share | Work | Due date |\n|---|---|---|\n| 30% | Long essay | February 6 |\n\n## Weeks\n\n### Week One: Sheep (Tuesday, January 14)\n\n- The Black Sheep (1911) D. Ash\n\n### Week Two: Looms (Tuesday, January 21)\n\n- Looms (1913) E. Birch\n",
        ["0114 lecture Sheep: The Black Sheep", "0121 lecture Looms: Looms", "0206 event Long essay due | Long essay"],
        id="a table of grades beside headings",
    ),
    pytest.param(
        "F2024", "Name,Date,Topic\nW1 T,\"September 3, 2024\",Wool\nW1 Th,\"September 5, 2024\",Flax\nNo class - fair,\"September 10, 2024\",\n",
        ["0903 lecture Wool", "0905 lecture Flax", "0910 break No class - fair"],
        id="names of rows beside topics",
    ),
    pytest.param(
        "F2024", "- name: Wool\n  date: Tuesday, Sep 3\n  description: Where cloth begins.\n- name: Fair Day\n  date: Thursday, Sep 5\n  dayoff: true\n",
        ["0903 lecture Wool", "0905 break Fair Day"],
        id="names and descriptions in data",
    ),
    pytest.param(
        "S2025", "start_date: \"2025-01-12\"\nweeks:\n  - week_offset: 1\n    sessions:\n      - day: T\n        title: Wool\n        readings:\n          - title: \"Ch 1, \\\"Looms\\\"\"\n      - day: Th\n        title: Flax\n",
        ["0121 lecture Wool: Looms, Ch 1", "0123 lecture Flax"],
        id="weeks counted from the first",
    ),
    pytest.param(
        "F2024", "Date | Topic | Reading\n---|---|---\n | **One: Sheep** |\nSep 3 | Wool | [Looms](https://a.org)\n | **Two: Fields** |\nSep 5 | Flax | [Dyes](https://b.org)\n",
        ["0903 lecture Wool: Looms", "0905 lecture Flax: Dyes"],
        id="rows that head others, without outer bars",
    ),
    pytest.param(
        "F2024", "| Date | Topic | Reading |\n|---|---|---|\n| Sept 3 & 5 | Wool | *Black Sheep* |\n| ~~Sept 10~~ | | *Field trip* |\n| Sept 12/17 | Flax | |\n",
        ["0903 lecture Wool: Black Sheep", "0905 lecture Wool", "0910 break Field trip", "0912 lecture Flax", "0917 lecture Flax"],
        id="two days in a cell, a day struck out",
    ),
    pytest.param(
        "S2025", "## Week 1: Sheep (Tuesday, January 14)\n\nCore\n\n- Ash, *Black Sheep*, ch. 1\n- Birch, letter to her aunt of [Friday, May 2](https://x.org/l)\n\n## Week 2: Looms (Tuesday, January 21)\n\nFurther\n\n- Oak, *Looms*\n",
        ["0114 lecture Sheep: Black Sheep, ch. 1; letter to her aunt", "0121 lecture Looms: Looms [supplementary]"],
        id="a date inside a link",
    ),
    pytest.param(
        "F2024", "## 03.09. Schafe\n\n- <a href=\"https://a.org\">Wolle</a> (Pflichtlektüre)\n\n## 10.09. Keine Sitzung\n\n## 17.09. Webstühle\n",
        ["0903 lecture Schafe: Wolle", "0910 break Keine Sitzung", "0917 lecture Webstühle"],
        id="German days as headings",
    ),
    pytest.param(
        "S2025", "| 日期 | Topic |\n|---|---|\n| 2025年4月7日 | Wool |\n| 2025年4月14日 | Flax |\n",
        ["0407 lecture Wool", "0414 lecture Flax"],
        id="Chinese dates",
    ),
    pytest.param(
        "F2024", "### 1. Sheep\n\n* Tue, 3 Sep: Beginnings. Ash, “Fields of Wool.”\n* Thu, 5 Sep: Birch, “The Loom Is a Clock”; Oak, “Warp, Weft,\n  and Thread,” “Structures of Cloth.”\n* Tue, 10 Sep: Lab day\n",
        ["0903 lecture Beginnings: Fields of Wool", "0905 lecture : The Loom Is a Clock; Warp, Weft, and Thread; Structures of Cloth", "0910 lab Lab day"],
        id="authors and titles over broken lines",
    ),
    pytest.param(
        "F2024", "Sep 3\n: **Discussion** [Looms](https://a.org)\n  : (XY)\n\n<!-- Sep 5\n: **Discussion** [Old](https://z.org) -->\n\nSep 10\n: **Essay due**\n\nSep 12\n: **Guest Lecture** [Prof. Fay Oak](https://f.org)\n",
        ["0903 lecture : Looms", "0910 event Essay due | Essay", "0912 lecture Guest lecture"],
        id="comments over lines, initials, deadlines, guests",
    ),
    pytest.param(
        "F2024", "<nav><a href='#'>Edit this page</a></nav><h2>Week 1: Sheep (September 3)</h2><ul><li>What wool is</li></ul><h3>Readings</h3><ul><li><a href='https://a.org'>Black Sheep</a> (optional)</li></ul><h2>Week 2: Looms (September 10)</h2><h3>Readings</h3><ul><li><a href='https://b.org'>Looms</a></li></ul>",
        ["0903 lecture Sheep: Black Sheep [supplementary]", "0910 lecture Looms: Looms"],
        id="furniture of a page and points of a topic",
    ),
    pytest.param(
        "F2024", "- title: One\n  sessions:\n    - date: 2024-09-03\n      topic: Wool &#38; flax\n      readings: [\"Black Sheep\"]\n      signups: [\"Looms&#58; A Story\", \"Dyes\"]\n    - date: 2024-09-05\n      topic: Hemp\n",
        ["0903 lecture Wool & flax: Black Sheep; Looms: A Story; Dyes", "0905 lecture Hemp"],
        id="lists with the shape of readings under another key",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("semester", "text", "expected"), KINDS)
def test_rows_and_readings(semester: str, text: str, expected: list[str]) -> None:
    found = import_schedule(text, semester, WorkIndex([]))
    assert [brief(s) for s in found.sessions] == expected
