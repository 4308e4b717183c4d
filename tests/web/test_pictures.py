"""Pictures: what they show is what the data says, in shapes and in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kb.plan.load import get_load
from kb.render.svg_areas import area_years
from kb.render.svg_load import load_picture, minutes_text
from kb.render.svg_years import year_bars
from kb.views.read import open_database
from kb.web.serve import make_datasette

pytestmark = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


async def soup(site, path: str) -> BeautifulSoup:
    return BeautifulSoup((await site.client.get(path)).text, "html.parser")


@pytest.mark.parametrize("path", ["/works", "/topics", "/history", "/semesters/F2022"])
async def test_every_picture_has_words_and_no_colour_of_its_own(site, path: str) -> None:
    pictures = (await soup(site, path)).select("svg")
    assert pictures
    for svg in pictures:
        named = svg.get("aria-label") or " ".join(
            svg.find(id=i).text for i in svg["aria-labelledby"].split()
        )
        assert len(named) > 8, svg
        assert not re.search(r'(fill|stroke|style|color)="', str(svg).replace('class="', "")), path
        for shape in svg.select("rect"):
            assert (
                float(shape["width"]) > 0 and float(shape["height"]) >= 0 and float(shape["y"]) >= 0
            )


async def test_ids_on_a_page_are_unique(site) -> None:
    for path in (
        "/works",
        "/topics",
        "/history",
        "/semesters/F2022",
        "/works/hulten2018building",
        "/topics/operations",
    ):
        ids = [t["id"] for t in (await soup(site, path)).select("[id]")]
        assert len(ids) == len(set(ids)), path


def test_load_is_drawn_to_scale(database: Path) -> None:
    connection = open_database(database)
    load = get_load(connection, "F2022")
    picture = load_picture(load)
    connection.close()
    assert picture is not None
    heights = [
        (w.low, round((picture.base - bar.high_y) / max(w.high, 1), 3))
        for w, bar in zip(load.weeks, picture.weeks, strict=True)
        if w.high
    ]
    assert max(h for _, h in heights) - min(h for _, h in heights) < 0.01
    heaviest = max(load.weeks, key=lambda w: w.high)
    assert minutes_text(heaviest.high) in picture.summary
    assert f"{sum(1 for w in load.weeks if w.verdict == 'over')} ask" in picture.summary


async def test_semester_page_says_the_load_of_each_week(site) -> None:
    page = await soup(site, "/semesters/F2022")
    rows = page.select(".load tbody tr")
    assert len(rows) == len(page.select(".load svg rect.careful"))
    assert {kind.text.strip() for kind in page.select(".load .kind")} >= {
        "over the promise",
        "under the promise",
    }


def test_years_count_every_work_once() -> None:
    bars = year_bars({2020: 4, 2019: 2, 1950: 1, 0: 3})
    assert bars is not None
    assert (bars.total, bars.before, bars.most) == (6, 4, (2020, 4))
    assert [b.works for b in bars.bars if b.works] == [2, 4]
    assert year_bars({2020: 4}) is None and year_bars({}) is None


def test_areas_share_years_and_scale() -> None:
    areas = area_years({"a": {2020: 10, 1990: 2}, "b": {2018: 5, 0: 1}})
    assert areas["a"].first == areas["b"].first and areas["a"].last == areas["b"].last == 2020
    heights = {
        slug: {year: height for year, _, _, _, height in found.bars}
        for slug, found in areas.items()
    }
    assert heights["a"][2020] == pytest.approx(2 * heights["b"][2018], abs=0.2)
    assert (areas["a"].earlier, areas["b"].earlier) == (2, 1)
    assert area_years({}) == {}


async def test_dots_say_how_many_readings(site) -> None:
    page = await soup(site, "/topics")
    dots = page.select(".dots svg")
    assert len(dots) > 60
    assert all(re.fullmatch(r"\d+ sessions?, (\d+|no) readings?", d["aria-label"]) for d in dots)
    assert len(page.select(".dots .ring")) == sum("no reading" in d["aria-label"] for d in dots)
    table = page.select_one(".numbers")
    assert len(table.select("thead th")) == len(table.select("tbody tr")[0].select("th, td"))
