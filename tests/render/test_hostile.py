"""Hostile text is shown as text in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from icalendar import Calendar

from kb.render import reading_csv, reading_html, reading_ics, reading_json, reading_markdown
from kb.store.build import build_database
from kb.views.models import ReadingList
from kb.views.read import get_reading_list, get_work, open_database

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{7*7}} =cmd()|x"


@pytest.fixture
def evil(tree) -> tuple[ReadingList, Path]:
    text = json.dumps(EVIL)
    root = tree(
        {
            "bib/a.bib": "@misc{a, title={"
            + EVIL.replace("{", "(").replace("}", ")")
            + "}, author={{=cmd()}}, url={javascript:alert(3)}, annotation={"
            + EVIL.replace("{", "(").replace("}", ")")
            + " [x](javascript:alert(4))}}",
            "quizzes/S1.yaml": f"id: S1\nterm: fall\nyear: 2022\ntitle: {text}\nsessions:\n  - date: 2022-10-10\n    topics: [{{title: {text}, materials: [{{label: {text}, url: 'javascript:alert(5)'}}]}}]\n"
            f'    readings: [{{work: a, url: "data:text/html,x"}}]\n    note: "=1+1\\r\\nBEGIN:VEVENT"\n    deliverables: [{{title: "=HYPERLINK()", url: "javascript:x"}}]\n',
            "quizzes/prompts/p.yaml": f"- id: p\n  works: [a]\n  text: {text}\n",
        }
    )
    build_database(root, root / "kb.db")
    connection = open_database(root / "kb.db")
    found = get_reading_list(connection, "S1")
    connection.close()
    return found, root / "kb.db"


def test_html_has_no_element_of_theirs(evil) -> None:
    html = reading_html.render(evil[0])
    assert (
        "<script>alert" not in html
        and "<img" not in html
        and "javascript:" not in html.replace("javascript:alert(4)", "")
        and 'href="data:' not in html
    )
    assert "&lt;script&gt;" in html


def test_annotation_html_is_inert(evil) -> None:
    connection = open_database(evil[1])
    html = get_work(connection, "a").notes[0].html
    connection.close()
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html


def test_csv_cells_are_inert(evil) -> None:
    for row in csv.reader(io.StringIO(reading_csv.render(evil[0]))):
        assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for cell in row)


def test_calendar_has_no_event_of_theirs(evil) -> None:
    calendar = Calendar.from_ical(reading_ics.render(evil[0]))
    events = calendar.walk("VEVENT")
    assert [str(e["SUMMARY"])[:5] for e in events] == [EVIL[:5], "Due: "]


def test_json_is_json(evil) -> None:
    assert json.loads(reading_json.render(evil[0]))["sessions"][0]["topics"][0]["title"] == EVIL


def test_markdown_keeps_its_rows(evil) -> None:
    text = reading_markdown.render(evil[0])
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 3
    assert "](javascript" not in text and "](data:" not in text
