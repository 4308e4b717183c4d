"""Pages for instructors, and the page about the collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

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


async def test_comparing_says_what_the_command_says(site) -> None:
    data = (await site.client.get("/semesters/F2022/compare/S2023.json")).json()
    found = await soup(site, "/semesters/F2022/compare/S2023")
    shown = [c for c in data["changes"] if c["change"] != "link"]
    assert len(found.select(".changed > li .kind")) == len(shown) > 50
    assert (await site.client.get("/semesters/F2022/compare/F2022")).status_code == 400
    assert (await site.client.get("/semesters/F2022/compare/X")).status_code == 404


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


async def test_many_assignments_are_folded_by_semester(site) -> None:
    found = await soup(site, "/works/hulten2018building")
    folds = found.select("section details.more > summary")
    assert len(folds) >= 8 and all(": " in f.text for f in folds)
    assert found.select_one("[data-copy-from=bibtex]") and found.select_one("[data-copy-text]")
