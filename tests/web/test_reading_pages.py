"""The pages of students and instructors: home, next, semesters, sessions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kb.web.serve import make_datasette

pytestmark = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


async def page(site, path: str) -> BeautifulSoup:
    response = await site.client.get(path)
    assert response.status_code == 200, response.text[:500]
    return BeautifulSoup(response.text, "html.parser")


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


async def test_home_shows_next_class_with_reading_and_question(site) -> None:
    home = await page(site, "/?on=2022-09-06")
    card = words(home.find(id="read").parent)
    assert "Wed, Sep 07, 2022 , 13:25 EDT" in card and "Model Quality" in card
    assert (
        "Building Intelligent Systems , Ch. 19" in card
        and "Question due Wed, Sep 07, 13:25 EDT" in card
    )
    assert "Hand in I1: ML Product" in card
    assert (
        home.find("input", {"name": "q"})
        and home.find("a", href="/topics/quality-assurance")
        and home.select_one('a[href^="/semesters/"]')
    )


async def test_home_says_so_when_all_semesters_are_over(site) -> None:
    card = words((await page(site, "/?on=2031-01-01")).find(id="read").parent)
    assert (
        "No class is coming" in card
        and "ended on Fri, May 01, 2026" in card
        and "Spring 2026" in card
    )


async def test_home_of_an_empty_knowledge_base_is_a_page(tree) -> None:
    from kb.store.build import build_database

    root = tree({"bib/a.bib": "@misc{a, title={One}}"})
    build_database(root, root / "kb.db")
    assert "No semester yet" in words(await page(make_datasette(root / "kb.db", root), "/"))
    assert "no semester yet" in words(await page(make_datasette(root / "kb.db", root), "/next"))


@pytest.mark.parametrize(
    "moment, title",
    [
        pytest.param("2022-09-07T13:24", "Model Quality", id="just-before-class"),
        pytest.param("2022-09-07T13:26", "Model Testing Beyond Accuracy", id="just-after-class"),
        pytest.param("2021-12-24", "Introduction and Motivation", id="before-the-semester"),
    ],
)
async def test_next_is_the_class_that_begins_next(site, moment: str, title: str) -> None:
    assert title in words((await page(site, f"/next?on={moment}")).h1)


async def test_next_is_the_same_as_the_command_says(site) -> None:
    import json

    from typer.testing import CliRunner

    from cli.app import app

    data = (await site.client.get("/next.json?on=2022-09-06")).json()
    printed = CliRunner().invoke(
        app, ["next", "--on", "2022-09-06", "--json", "--source", str(Path(__file__).parents[2])]
    )
    assert data == json.loads(printed.stdout)


@pytest.mark.parametrize(
    "query, status",
    [("on=someday", 400), ("semester=F1999", 404), ("on=2022-09-06&semester=s2021", 200)],
)
async def test_next_answers_what_makes_no_sense_with_help(site, query: str, status: int) -> None:
    assert (await site.client.get(f"/next?{query}")).status_code == status


async def test_session_says_what_to_read_why_and_what_late_costs(site) -> None:
    session = await page(site, "/sessions/F2022-1109")
    text = words(session.main)
    assert "Choose one of these two" in text and "10 pages" in text
    assert (
        "Due Wed, Nov 09, 13:25 EST" in text
        and "Late or again 1 token, until the final presentation" in text
    )
    assert session.find("a", rel="prev")["href"] == "/sessions/F2022-1107"
    assert session.find("a", rel="next")["href"] == "/sessions/F2022-1111"
    group = session.find(class_="choice")
    assert [a["href"] for a in group.find_all("a", href=re.compile("^/works/"))] == [
        "/works/polich2020black",
        "/works/rudin2019stop",
    ]


async def test_semester_marks_today(site) -> None:
    on_a_class = await page(site, "/semesters/F2022?on=2022-09-07")
    assert on_a_class.find(id="today").find_parent("li")["id"] == "F2022-0907"
    between = await page(site, "/semesters/F2022?on=2022-09-06")
    assert between.find("li", id="today").find_next_sibling("li")["id"] == "F2022-0907"
    assert (await page(site, "/semesters/F2022?on=2030-01-01")).find(id="today") is None


async def test_semester_shows_one_kind_of_row(site) -> None:
    recitations = await page(site, "/semesters/F2022?kind=recitation")
    assert {li["data-kind"] for li in recitations.select("li.row")} == {"recitation"}
    assert (await site.client.get("/semesters/F2022?kind=nonsense")).status_code == 400
    everything = await page(site, "/semesters/F2022")
    assert len(everything.select("li.row")) == 46


@pytest.mark.parametrize(
    "ending, kind",
    [
        ("ics", "text/calendar"),
        ("md", "text/markdown"),
        ("csv", "text/csv"),
        ("bib", "application/x-bibtex"),
        ("json", "application/json"),
    ],
)
async def test_files_of_a_semester_are_what_the_command_prints(
    site, ending: str, kind: str, project: Path
) -> None:
    from typer.testing import CliRunner

    from cli.app import app

    response = await site.client.get(f"/semesters/F2022.{ending}")
    assert response.headers["content-type"].startswith(kind)
    printed = CliRunner().invoke(
        app,
        [
            *("list", "F2022", "--format", ending, "--source", str(project)),
            *("--base", "http://localhost"),
        ],
    )
    assert response.content == printed.stdout_bytes


async def test_semester_as_one_file_may_have_its_style(site) -> None:
    response = await site.client.get("/semesters/F2022/reading-list.html")
    assert (
        "<style>" in response.text
        and "style-src 'unsafe-inline'" in response.headers["content-security-policy"]
    )


async def test_semester_describes_itself_to_machines(site) -> None:
    import json

    semester = await page(site, "/semesters/F2022")
    course = json.loads(semester.find("script", type="application/ld+json").string)
    assert course["@type"] == "Course" and course["hasCourseInstance"]["startDate"] == "2022-08-29"
    assert course["url"] == "http://localhost/semesters/F2022"
    assert semester.find("link", type="text/calendar")["href"] == "/semesters/F2022.ics"
    assert "27 readings" in semester.find("meta", {"name": "description"})["content"]


@pytest.mark.parametrize("semester", ["F2020", "S2021", "F2022", "S2023", "S2026"])
async def test_every_session_has_a_page(site, semester: str) -> None:
    data = (await site.client.get(f"/semesters/{semester}.json")).json()
    for session in data["sessions"]:
        assert (await site.client.get(f"/sessions/{session['id']}")).status_code == 200


async def test_after_the_last_class_the_readings_of_the_semester_are_shown(site) -> None:
    over = await page(site, "/next?on=2031-01-01")
    assert "Nothing left to read" in over.h1.text
    assert "no later semester is here yet. See the whole reading list of Spring 2026" in words(
        over.main
    )
    assert over.select_one(".brief a[href^='/sessions/S2026-']")


async def test_a_grade_keeps_its_sign(site) -> None:
    rules = (await page(site, "/semesters/F2022")).find(id="rules")
    assert [dt.text for dt in rules.find("h3", string="Grades").find_next("dl")("dt")][:3] == [
        "A+",
        "A",
        "A-",
    ]
    assert "Course hours per week" in words(rules)
