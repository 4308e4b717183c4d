"""Datasette's own pages in our frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kb.web.serve import make_datasette

pytestmark = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


@pytest.mark.parametrize(
    "path",
    ["/{db}", "/{db}/works", "/{db}/works/sculley2015hidden", "/{db}/unannotated_works"],
)
async def test_tables_rows_and_queries_stand_in_our_frame(site, database: Path, path: str) -> None:
    response = await site.client.get(path.format(db=database.stem))
    found = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 200
    menu = [a["href"] for a in found.select("header.site nav a")]
    assert menu[:3] == ["/next", "/semesters", "/topics"] and found.find("main", id="main")
    assert found.select_one("link[href*='/assets/rows.']") and not found.select("[href*='app.css']")


async def test_each_row_leads_to_its_page_and_columns_are_explained_below(
    site, database: Path
) -> None:
    text = (await site.client.get(f"/{database.stem}/works")).text
    found = BeautifulSoup(text, "html.parser")
    opened = found.select("tbody tr td:first-child a")
    assert len(opened) >= 20 and opened[0]["href"].startswith("/works/")
    assert text.index("rows-and-columns") < text.index("What the columns mean")
    labelled = found.select("form.filters select")
    assert labelled and all(s.get("aria-label") for s in labelled)


async def test_a_row_leads_to_its_page(site, database: Path) -> None:
    text = (await site.client.get(f"/{database.stem}/works/sculley2015hidden")).text
    assert '<a href="/works/sculley2015hidden">The page of this row</a>' in text
