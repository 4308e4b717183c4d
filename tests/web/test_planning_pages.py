"""Pages for instructors, and the page about the collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kb.store.build import build_database
from kb.web.serve import make_datasette

pytestmark = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


async def soup(site, path: str) -> BeautifulSoup:
    response = await site.client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html.parser")


async def test_a_semester_leads_to_its_neighbours_and_what_changed(site) -> None:
    found = await soup(site, "/semesters/F2022")
    assert found.find("a", rel="prev")["href"] == "/semesters/S2022"
    assert found.find("a", rel="next")["href"] == "/semesters/S2023"
    assert found.find("a", href="/semesters/S2022/compare/F2022")
    assert [a.text for a in found.select(".jump a")] == ["Aug", "Sep", "Oct", "Nov", "Dec"]


def semester(id: str, term: str, sessions: str) -> str:
    """Write one semester with lectures on Mondays."""
    return (
        f"id: {id}\nterm: {term}\nyear: {id[1:]}\ntitle: A course\nzone: Europe/Berlin\n"
        'meetings: [{kind: lecture, days: [Mon], start: "09:00", minutes: 90}]\n'
        f"sessions:\n{sessions}"
    )


def served(root: Path):
    build_database(root, root / "kb.db")
    return make_datasette(root / "kb.db", root)


async def test_comparing_says_what_the_command_says(tree) -> None:
    site = served(
        tree(
            {
                "bib/a.bib": "@misc{a, title={One}}\n@misc{b, title={Two}}\n@misc{c, title={Three}}",
                "quizzes/S2030.yaml": semester(
                    "S2030",
                    "spring",
                    "  - {date: 2030-01-07, topics: [{title: First}], readings: [{work: a}]}\n"
                    "  - {date: 2030-01-14, topics: [{title: Second}],"
                    " readings: [{work: b, url: 'https://example.org/old'}]}\n",
                ),
                "quizzes/S2031.yaml": semester(
                    "S2031",
                    "spring",
                    "  - {date: 2031-01-06, topics: [{title: First}], readings: [{work: c}]}\n"
                    "  - {date: 2031-01-13, topics: [{title: Third}],"
                    " readings: [{work: b, url: 'https://example.org/new'}, {work: a}]}\n",
                ),
            }
        )
    )
    data = (await site.client.get("/semesters/S2030/compare/S2031.json")).json()
    assert [
        (c["area"], c["change"], c["subject"], c["old"], c["new"]) for c in data["changes"]
    ] == [
        ("topics", "renamed", "Third", "Second", "Third"),
        ("readings", "moved", "One", "First", "Third"),
        ("readings", "link", "Two", "https://example.org/old", "https://example.org/new"),
        ("readings", "added", "Three", "", "First"),
    ]
    found = await soup(site, "/semesters/S2030/compare/S2031")
    assert [" ".join(row.text.split()) for row in found.select(".changed > li")] == [
        "renamed Second → Third",
        "moved One: First → Third",
        "added Three under First",
        "1 reading with another link only",
    ]
    assert (await site.client.get("/semesters/S2030/compare/S2030")).status_code == 400
    assert (await site.client.get("/semesters/S2030/compare/X")).status_code == 404


async def test_gaps_and_load_have_pages(site) -> None:
    load = await soup(site, "/semesters/F2022/load")
    assert len(load.select("table.weeks tbody tr")) > 10
    gaps = await soup(site, "/semesters/F2022/gaps")
    assert gaps.select("main section h2") and gaps.find("a", href="/semesters/F2022")


async def test_a_topic_shows_its_questions(site) -> None:
    assert (await soup(site, "/topics/quality-assurance/data-quality")).select(".question")


async def test_the_page_about_the_collection_says_who_and_how(site) -> None:
    found = await soup(site, "/about")
    headings = [h.text for h in found.select("main h2")]
    assert headings == [
        "Who teaches it",
        "How to cite it",
        "How to report an error",
        "Licence",
        "The data",
    ]


async def test_many_assignments_are_folded_by_semester(tree) -> None:
    """The newest is open; other folds of the page, such as of many questions, are none of these."""
    files = {"bib/a.bib": "@misc{a, title={One}, doi={10.1000/xyz}}"}
    for year in range(2030, 2040):
        week = "  - {date: %d-03-%02d, topics: [{title: T}], readings: [{work: a}]}\n"
        twice = week % (year, 1) + week % (year, 8) if year % 2 else week % (year, 1)
        files[f"quizzes/S{year}.yaml"] = semester(f"S{year}", "spring", twice)
    site = served(tree(files))
    found = await soup(site, "/works/a")
    folds = found.select("section[aria-labelledby=history] details.more")
    assert [(fold.summary.text, fold.has_attr("open")) for fold in folds] == [
        (f"S{year}: {'2 classes' if year % 2 else '1 class'}", year == 2039)
        for year in range(2039, 2029, -1)
    ]
    assert found.select_one("[data-copy-from=bibtex]")
    assert found.select_one("[data-copy-text]")["data-copy-text"] == "10.1000/xyz"
