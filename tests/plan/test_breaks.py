"""Calendars of breaks: YAML in its shapes, iCalendar, options."""

from __future__ import annotations

from datetime import date

import pytest

from kb.errors import UsageError
from kb.plan.breaks import read_break, read_calendar, read_ics, read_yaml_calendar
from kb.plan.holidays import country_of, public_holidays
from kb.plan.slots import read_days
from kb.records import Kind


def ics(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20230101T000000Z\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def whole(title: str, first: str, end: str = "") -> str:
    return f"DTSTART;VALUE=DATE:{first}\r\n{f'DTEND;VALUE=DATE:{end}{chr(13)}{chr(10)}' if end else ''}SUMMARY:{title}"


def spans(breaks) -> list[tuple[str, str, str]]:
    return [(str(b.first), str(b.last), b.title) for b in breaks]


@pytest.mark.parametrize(
    "text",
    [
        "breaks:\n  - {from: 2024-03-04, to: 2024-03-08, title: Spring break}\n",
        "- {from: 2024-03-04, to: 2024-03-08, title: Spring break}\n",
        "Spring break: 2024-03-04..2024-03-08\n",
        "- Spring break: 2024-03-04..2024-03-08\n",
        "breaks:\n  Spring break: {from: 2024-03-04, to: 2024-03-08}\n",
        "breaks:\n" + "".join(f"  - {{date: 2024-03-0{d}, title: Spring break}}\n" for d in range(4, 9)),
    ],
)
def test_yaml_in_its_shapes(text: str) -> None:
    assert spans(read_yaml_calendar(text, "b.yaml").breaks) == [("2024-03-04", "2024-03-08", "Spring break")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("breaks:\n  - {from: 2024-03-04, until: 2024-03-08}\n", "b.yaml:2: unknown field 'until'"),
        ("breaks:\n  - {from: 2024-03-08, to: 2024-03-04}\n", "b.yaml:2: ends on 2024-03-04, before"),
        ("breaks:\n  - {title: Break}\n", "b.yaml:2: 'Break' is not a date"),
        ("breaks: [x", "not YAML"),
        ("breaks: soon\n", "a list of breaks expected"),
        ("last-class: soon\n", "'soon' is not a date"),
    ],
)
def test_faults_in_yaml_are_named_with_their_line(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_yaml_calendar(text, "b.yaml")


def test_events_of_a_university_are_told_apart() -> None:
    data = ics(
        whole("Labor Day\\; No Classes", "20230904", "20230905"),
        whole("Fall Break begins", "20231016"),
        whole("Fall Break ends", "20231020"),
        "DTSTART:20231122T120000Z\r\nDTEND:20231124T230000Z\r\nSUMMARY:Thanksgiving Holiday\\; University closed",
        whole("Mid-semester grades due", "20231016"),
        whole("Classes resume after fall break", "20231023"),
        whole("Breakfast with the dean", "20231101"),
        whole("Last Day of Classes", "20231208"),
        whole("Winter break", "20231220", "20240110"),
        whole("Spring break of another year", "20250304", "20250309"),
    )
    found = read_ics(data, "c.ics", date(2023, 8, 21), date(2024, 3, 1))
    assert spans(found.breaks) == [
        ("2023-09-04", "2023-09-04", "Labor Day; No Classes"),
        ("2023-10-16", "2023-10-20", "Fall Break"),
        ("2023-11-22", "2023-11-24", "Thanksgiving Holiday; University closed"),
        ("2023-12-20", "2024-01-09", "Winter break"),
    ]
    assert found.last_class == date(2023, 12, 8)
    assert [line.split(": ")[1] for line in found.ignored] == ["Mid-semester grades due", "Classes resume after fall break", "Breakfast with the dean", "Last Day of Classes"]


def test_a_break_without_end_is_one_day_and_said_so() -> None:
    found = read_ics(ics(whole("Thanksgiving break begins", "20231122")), "c.ics", date(2023, 8, 21), date(2024, 3, 1))
    assert spans(found.breaks) == [("2023-11-22", "2023-11-22", "Thanksgiving break")]
    assert "taken as one day" in found.ignored[0]


@pytest.mark.parametrize("data", [b"BEGIN:VCALENDAR\r\nnonsense", b"\xff\xfe", b"BEGIN:VEVENT"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError):
        read_calendar(data, "c.ics", date(2023, 8, 21), date(2024, 3, 1))


def test_options() -> None:
    assert spans([read_break("2023-10-16..2023-10-20='Fall break'")]) == [("2023-10-16", "2023-10-20", "Fall break")]
    assert spans([read_break("2023-10-16")]) == [("2023-10-16", "2023-10-16", "No classes")]
    assert read_days(["Tue,Thu", "lab=fri"]) == {Kind.LECTURE: frozenset({1, 3}), Kind.LAB: frozenset({4})}


def test_holidays_move_by_rule_and_countries_come_from_zones() -> None:
    assert country_of("America/New_York") == "US" and country_of("Europe/Berlin") == "DE" and country_of("UTC") == ""
    days = public_holidays("US", date(2024, 1, 1), date(2024, 12, 31))
    assert {str(d) for d, t in days.items() if "Luther" in t or t in {"Labor Day", "Thanksgiving Day"}} == {"2024-01-15", "2024-09-02", "2024-11-28"}
    assert public_holidays("XX", date(2024, 1, 1), date(2024, 12, 31)) == {}
