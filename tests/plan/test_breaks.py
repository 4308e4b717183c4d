"""Calendars of breaks: YAML in its shapes, iCalendar, options."""

from __future__ import annotations

from datetime import date

import pytest

from kb.errors import UsageError
from kb.plan.breaks import read_break, read_yaml_calendar
from kb.plan.calendar_ics import read_calendar, read_ics
from kb.plan.holidays import country_of, public_holidays
from kb.plan.slots import read_days
from kb.records import Kind


def ics(*events: str) -> bytes:
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20230101T000000Z\r\n{event}\r\nEND:VEVENT\r\n"
        for n, event in enumerate(events)
    )
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
        "breaks:\n"
        + "".join(f"  - {{date: 2024-03-0{d}, title: Spring break}}\n" for d in range(4, 9)),
    ],
)
def test_yaml_in_its_shapes(text: str) -> None:
    assert spans(read_yaml_calendar(text, "b.yaml").breaks) == [
        ("2024-03-04", "2024-03-08", "Spring break")
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("breaks:\n  - {from: 2024-03-04, until: 2024-03-08}\n", "b.yaml:2: unknown field 'until'"),
        (
            "breaks:\n  - {from: 2024-03-08, to: 2024-03-04}\n",
            "b.yaml:2: ends on 2024-03-04, before",
        ),
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
    assert [line.split(": ")[1] for line in found.ignored] == [
        "Mid-semester grades due",
        "Classes resume after fall break",
        "Breakfast with the dean",
    ]


def test_a_break_without_end_is_one_day_and_said_so() -> None:
    found = read_ics(
        ics(whole("Thanksgiving break begins", "20231122")),
        "c.ics",
        date(2023, 8, 21),
        date(2024, 3, 1),
    )
    assert spans(found.breaks) == [("2023-11-22", "2023-11-22", "Thanksgiving break")]
    assert "taken as one day" in found.doubts[0]


def test_a_lone_first_day_goes_with_the_break_behind_it() -> None:
    found = read_ics(
        ics(
            whole("Thanksgiving recess begins", "20231122"),
            whole("Thanksgiving holiday", "20231123", "20231125"),
        ),
        "c.ics",
        *AUTUMN,
    )
    assert (len(found.breaks), found.doubts) == (2, ())


AUTUMN = (date(2023, 8, 21), date(2024, 3, 1))


def test_days_are_those_where_the_course_is() -> None:
    data = ics(
        "DTSTART:20231016T040000Z\r\nDTEND:20231017T040000Z\r\nSUMMARY:No classes",
        "DTSTART:20231121T050000Z\r\nDTEND:20231125T050000Z\r\nSUMMARY:Thanksgiving break",
        "DTSTART;TZID=Europe/Berlin:20231103T050000\r\nDTEND;TZID=Europe/Berlin:20231104T050000\r\nSUMMARY:Day off",
    )
    found = read_ics(data, "c.ics", *AUTUMN, zone="America/New_York")
    assert spans(found.breaks) == [
        ("2023-10-16", "2023-10-16", "No classes"),
        ("2023-11-03", "2023-11-03", "Day off"),
        ("2023-11-21", "2023-11-24", "Thanksgiving break"),
    ]


def test_repetitions_are_followed_and_cancelled_events_left_out() -> None:
    data = ics(
        whole("Labor Day holiday", "20150907", "20150908\r\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO"),
        whole(
            "Fall break",
            "20231016",
            "20231017\r\nRRULE:FREQ=DAILY;COUNT=5\r\nEXDATE;VALUE=DATE:20231020",
        ),
        whole(
            "Thanksgiving holiday",
            "20201126",
            "20201128\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20301231T000000Z",
        ),
        whole("Day off that was given up", "20231103", "20231104\r\nSTATUS:CANCELLED"),
        whole(
            "Day off with a rule that cannot be read",
            "20231110",
            "20231111\r\nRRULE:FREQ=DAILY;BYEASTER=1",
        ),
    )
    assert spans(read_ics(data, "c.ics", *AUTUMN).breaks) == [
        ("2023-09-04", "2023-09-04", "Labor Day holiday"),
        ("2023-10-16", "2023-10-19", "Fall break"),
        ("2023-11-10", "2023-11-10", "Day off with a rule that cannot be read"),
        ("2023-11-23", "2023-11-24", "Thanksgiving holiday"),
    ]


def test_a_repetition_that_was_moved_is_where_it_was_moved_to() -> None:
    data = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
        b"BEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20221010\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=2MO\r\nSUMMARY:Mid-term break\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;VALUE=DATE:20231009\r\nDTSTART;VALUE=DATE:20231016\r\nSUMMARY:Mid-term break\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert spans(read_ics(data, "c.ics", *AUTUMN).breaks) == [
        ("2023-10-16", "2023-10-16", "Mid-term break")
    ]


@pytest.mark.parametrize(
    ("begins", "span"),
    [
        ("Thanksgiving break begins", ("2023-11-22", "2023-11-26", "Thanksgiving break")),
        ("Start of Thanksgiving break", ("2023-11-22", "2023-11-26", "Thanksgiving break")),
        ("First day of Thanksgiving break", ("2023-11-22", "2023-11-26", "Thanksgiving break")),
        (
            "Thanksgiving break begins after last class",
            ("2023-11-23", "2023-11-26", "Thanksgiving break"),
        ),
    ],
)
def test_a_break_ends_before_classes_resume(begins: str, span: tuple[str, str, str]) -> None:
    found = read_ics(
        ics(
            whole(begins, "20231122"),
            whole("Classes resume", "20231127"),
            whole("Classes end", "20231208"),
        ),
        "c.ics",
        *AUTUMN,
    )
    assert spans(found.breaks) == [span]
    assert (found.last_class, found.doubts) == (date(2023, 12, 8), ())


@pytest.mark.parametrize(
    "title",
    [
        "Last Day of Classes",
        "Last class day",
        "Classes end",
        "End of lectures",
        "Semester & Mini-2 Last Day of Classes",
        "Final day of instruction",
    ],
)
def test_the_last_day_of_classes_is_that_of_the_term(title: str) -> None:
    data = ics(
        whole("Mini-1 Last Day of Classes", "20231013"),
        whole("Last day of classes before Thanksgiving", "20231121"),
        whole(title, "20231208"),
        whole("Mini-3 Last Day of Classes", "20240223"),
        whole("Last day of class, winter term", "20240229"),
    )
    found = read_ics(data, "c.ics", *AUTUMN, until=date(2023, 12, 6))
    assert (found.last_class, found.breaks) == (date(2023, 12, 8), ())


def test_a_public_holiday_by_its_name_alone_is_a_day_off() -> None:
    holidays = {
        date(2024, 1, 15): "Martin Luther King Jr. Day",
        date(2024, 2, 19): "Washington's Birthday",
        date(2023, 9, 4): "Labor Day",
    }
    data = ics(
        whole("Labor Day", "20230904"),
        whole("MLK Day", "20240115"),
        whole("Washington's Birthday: classes in session", "20240219"),
        whole("Labor fair", "20230905"),
    )
    assert spans(read_ics(data, "c.ics", *AUTUMN, holidays=holidays).breaks) == [
        ("2023-09-04", "2023-09-04", "Labor Day"),
        ("2024-01-15", "2024-01-15", "MLK Day"),
    ]


@pytest.mark.parametrize("data", [b"BEGIN:VCALENDAR\r\nnonsense", b"\xff\xfe", b"BEGIN:VEVENT"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError):
        read_calendar(data, "c.ics", date(2023, 8, 21), date(2024, 3, 1))


def test_options() -> None:
    assert spans([read_break("2023-10-16..2023-10-20='Fall break'")]) == [
        ("2023-10-16", "2023-10-20", "Fall break")
    ]
    assert spans([read_break("2023-10-16")]) == [("2023-10-16", "2023-10-16", "No classes")]
    assert read_days(["Tue,Thu", "lab=fri"]) == {
        Kind.LECTURE: frozenset({1, 3}),
        Kind.LAB: frozenset({4}),
    }


def test_holidays_move_by_rule_and_countries_come_from_zones() -> None:
    assert (
        country_of("America/New_York") == "US"
        and country_of("Europe/Berlin") == "DE"
        and country_of("UTC") == ""
    )
    days = public_holidays("US", date(2024, 1, 1), date(2024, 12, 31))
    assert {
        str(d) for d, t in days.items() if "Luther" in t or t in {"Labor Day", "Thanksgiving Day"}
    } == {"2024-01-15", "2024-09-02", "2024-11-28"}
    assert public_holidays("XX", date(2024, 1, 1), date(2024, 12, 31)) == {}


@pytest.mark.parametrize(
    "title",
    [
        "Residence halls close for Spring Break",
        "Winter holiday concert",
        "Library hours: fall break",
        "Alternative Spring Break applications open",
        "Move-in after the break",
        "Break planning committee meeting",
    ],
)
def test_what_only_names_a_break_is_no_day_off(title: str) -> None:
    found = read_ics(ics(whole(title, "20231013")), "c.ics", *AUTUMN)
    assert (found.breaks, found.ignored) == ((), (f"2023-10-13: {title}",))


@pytest.mark.parametrize(
    "title",
    [
        "Wellness Day",
        "Fall study days",
        "Reading period",
        "Election Day: no instruction",
        "Classes suspended for Labor Day",
        "No undergraduate classes",
        "Founders' Day recess",
    ],
)
def test_days_off_go_by_many_names(title: str) -> None:
    assert spans(read_ics(ics(whole(title, "20231013")), "c.ics", *AUTUMN).breaks) == [
        ("2023-10-13", "2023-10-13", title)
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Tuesday: Monday class schedule in effect",
        "Classes follow a Friday schedule",
        "Wednesday's schedule",
    ],
)
def test_a_day_with_the_classes_of_another_weekday_is_pointed_out(title: str) -> None:
    found = read_ics(ics(whole(title, "20231024")), "c.ics", *AUTUMN)
    assert (found.breaks, found.doubts) == (
        (),
        (
            f"2023-10-24: {title}: classes of another weekday meet; --fix SESSION=2023-10-24 puts one there",
        ),
    )
