"""Calendars that people subscribe to, before and after a change, read by two programs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar
from typer.testing import CliRunner

from cli.app import make_app
from kb.lists.change_file import change_file, read_changes
from kb.lists.changes import FIRST

SEMESTER = """id: F2022
term: fall
year: 2022
title: "Course; with, signs\\nand more"
zone: America/New_York
meetings:
  - {kind: lecture, days: [Mon, Wed], start: "13:25", minutes: 80, place: "TEP 1308"}
  - {kind: recitation, days: [Fri], start: "10:10", minutes: 50}
policy:
  quiz: {weight: 10, grading: pass/fail, due: class start}
sessions:
  - id: F2022-a
    date: 2022-11-02
    topics: [{title: "Quality\\r\\nEND:VEVENT 😀 עברית"}]
    readings: [{work: doe2020}]
    prompts: [why]
    deliverables: [{code: I1, title: Homework, due: 2022-11-06T23:59}]
  - id: F2022-b
    date: 2022-11-04
    kind: recitation
    topics: [{title: Tools}]
  - id: F2022-c
    date: 2022-11-07
    topics: [{title: Safety}]
  - {date: 2022-11-23, until: 2022-11-25, kind: break, title: Thanksgiving}
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "quizzes" / "prompts").mkdir(parents=True)
    (tmp_path / "bib" / "a.bib").write_text(
        "@article{doe2020, title = {On Data}, author = {Doe, J.}, year = 2020}\n"
    )
    (tmp_path / "quizzes" / "prompts" / "a.yaml").write_text(
        "- {id: why, works: [doe2020], minutes: 10, text: Why?}\n"
    )
    text = SEMESTER.replace(", until: 2022-11-25", "")
    (tmp_path / "quizzes" / "F2022.yaml").write_text(text)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1667300000")
    return tmp_path


def kb(root: Path, *words: str) -> str:
    where = ["--source", str(root)]
    result = CliRunner().invoke(make_app(), [*words, *where])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def ics(root: Path, *words: str) -> str:
    target = root / "out.ics"
    kb(root, "list", "F2022", "--format", "ics", "-o", str(target), *words)
    return target.read_bytes().decode()


def events(text: str) -> dict[str, dict[str, object]]:
    """Read by icalendar, and hold against a second parser."""
    found = {}
    for event in Calendar.from_ical(text).walk("VEVENT"):
        found[str(event["uid"])] = {
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "sequence": event.decoded("sequence"),
            "modified": event.decoded("last-modified").isoformat(),
            "status": str(event["status"]),
            "summary": str(event["summary"]),
            "place": str(event.get("location", "")),
        }
    other = vobject.readOne(text)
    assert {e.uid.value for e in other.vevent_list} == set(found)
    for event in other.vevent_list:
        ours = found[event.uid.value]
        assert event.summary.value == ours["summary"]
        assert str(event.dtstart.value)[:16] == str(ours["start"])[:16]
    return found


def change(root: Path, old: str, new: str) -> None:
    path = root / "quizzes" / "F2022.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_events_have_the_length_of_their_meeting(course: Path) -> None:
    found = events(ics(course))
    zone = ZoneInfo("America/New_York")
    lengths = {
        uid: e["end"] - e["start"]
        for uid, e in found.items()
        if "quiz" not in uid and "due" not in uid  # type: ignore[operator]
    }
    assert lengths == {
        "F2022-a@coursebib": timedelta(minutes=80),
        "F2022-b@coursebib": timedelta(minutes=50),
        "F2022-c@coursebib": timedelta(minutes=80),
        "F2022-1123@coursebib": timedelta(days=1),
    }
    assert found["F2022-a@coursebib"]["start"] == datetime(2022, 11, 2, 13, 25, tzinfo=zone)
    assert found["F2022-a@coursebib"]["place"] == "TEP 1308"
    assert found["F2022-1123@coursebib"]["start"] == date(2022, 11, 23)


def test_deadlines_are_events_that_clients_show(course: Path) -> None:
    found = events(ics(course, "--only", "deadlines"))
    zone = ZoneInfo("America/New_York")
    assert {u: (e["start"], e["end"]) for u, e in found.items()} == {
        "F2022-a-quiz@coursebib": (
            datetime(2022, 11, 2, 12, 55, tzinfo=zone),
            datetime(2022, 11, 2, 13, 25, tzinfo=zone),
        ),
        "F2022-a-due-I1@coursebib": (
            datetime(2022, 11, 6, 23, 29, tzinfo=zone),
            datetime(2022, 11, 6, 23, 59, tzinfo=zone),
        ),
    }


def test_calendar_asks_for_refreshing_and_knows_its_zone(course: Path) -> None:
    text = ics(course)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in text
    assert "X-PUBLISHED-TTL:PT6H\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1 and "DTSTART;TZID=America/New_York" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("BEGIN:VEVENT") == text.count("\r\nEND:VEVENT") == 6


def test_same_sources_give_the_same_bytes(course: Path) -> None:
    first = ics(course)
    kb(course, "build")
    assert ics(course) == first
    assert "DTSTAMP:20200101T000000Z" in first


def test_moved_class_keeps_its_name_and_grows(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = events(ics(course))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1667400000")
    kb(course, "build")
    change(course, "date: 2022-11-07", "date: 2022-11-09")
    after = events(ics(course))
    assert set(after) == set(before)
    moved = after["F2022-c@coursebib"]
    assert moved["sequence"] == 1
    assert moved["modified"] == "2022-11-02T14:40:00+00:00"
    assert moved["start"] == datetime(2022, 11, 9, 13, 25, tzinfo=ZoneInfo("America/New_York"))
    rest = [u for u in before if u != "F2022-c@coursebib"]
    assert {u: after[u] for u in rest} == {u: before[u] for u in rest}
    assert before["F2022-c@coursebib"]["modified"].replace("+00:00", "Z") == FIRST  # type: ignore[attr-defined]


def test_class_that_lost_its_date_or_was_removed_stays_as_cancelled(course: Path) -> None:
    before = events(ics(course))
    change(
        course,
        "    date: 2022-11-07\n    topics: [{title: Safety}]",
        "    date: tbd\n    topics: [{title: Safety}]",
    )
    path = course / "quizzes" / "F2022.yaml"
    text = path.read_text()
    start, end = text.index("  - id: F2022-b"), text.index("  - id: F2022-c")
    path.write_text(text[:start] + text[end:])
    after = events(ics(course))
    for name in ("F2022-b@coursebib", "F2022-c@coursebib"):
        assert after[name]["status"] == "CANCELLED", name
        assert after[name]["start"] == before[name]["start"]
        assert after[name]["sequence"] == 1
    again = events(ics(course))
    assert again == after


def test_changes_are_sentences(course: Path) -> None:
    ics(course)
    change(course, "readings: [{work: doe2020}]", "readings: [{work: doe2020, locator: 'pp. 3-4'}]")
    change(course, "date: 2022-11-07", "date: 2022-11-09")
    ics(course)
    found = read_changes(change_file(course / "kb.db"))["F2022"].changes
    texts = [c.text for c in found]
    assert any("the reading changed: Read: On Data" in t for t in texts)
    assert "Safety: 2022-11-09 13:25 instead of 2022-11-07 13:25" in texts
    assert {c.at for c in found} == {"2022-11-01T10:53:20Z"}


def test_damaged_memory_is_no_obstacle(course: Path) -> None:
    ics(course)
    change_file(course / "kb.db").write_text('{"semesters": {"F2022": 5}}')
    kb(course, "build")
    assert len(events(ics(course))) == 6


def test_address_of_the_site_makes_links(course: Path) -> None:
    text = ics(course, "--base", "https://x.org/course/")
    assert "URL:https://x.org/course/sessions/F2022-a\r\n" in text


def test_changes_feed(course: Path) -> None:
    import sqlite3
    import xml.etree.ElementTree as XML
    from contextlib import closing

    from kb.web.page import PageRequest
    from kb.web.routes import find_route

    ics(course)
    change(course, "date: 2022-11-07", "date: 2022-11-09")
    ics(course)
    found = find_route("/semesters/F2022/changes.atom")
    assert found is not None
    with closing(sqlite3.connect(course / "kb.db")) as connection:
        ask = PageRequest(path="x", names=found[1], address=lambda p: f"https://x.org{p}")
        answer = found[0].page(connection, ask)
    feed = XML.fromstring(answer.text)  # type: ignore[union-attr]
    space = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{space}updated") == "2022-11-01T10:53:20Z"
    (entry,) = feed.findall(f"{space}entry")
    assert entry.find(f"{space}link").get("href") == "https://x.org/sessions/F2022-c"  # type: ignore[union-attr]
