"""The search page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from kb.search.find import search
from kb.store.build import build_database
from kb.views.read import open_database
from kb.web.serve import make_datasette

pytestmark = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


async def page(site, **query: object) -> BeautifulSoup:
    response = await site.client.get("/search?" + urlencode(query, doseq=True))
    assert response.status_code == 200, response.text[:500]
    return BeautifulSoup(response.text, "html.parser")


def keys(found: BeautifulSoup) -> list[str]:
    return [a["href"].removeprefix("/works/") for a in found.select(".hits a.title")]


async def test_page_command_line_and_json_find_the_same(site, database: Path) -> None:
    connection = open_database(database)
    expected = [h.key for h in search(connection, "data quality").hits]
    connection.close()
    found = await page(site, q="data quality")
    data = (await site.client.get("/search.json?q=data+quality")).json()
    assert keys(found) == [h["key"] for h in data["hits"]] == expected
    assert found.select(".hits mark") and "found in" in found.select_one(".found-in").text


async def test_facets_combine_and_can_be_taken_away(site) -> None:
    found = await page(site, q="testing")
    link = next(a for a in found.select("#narrow a") if a.text == "paper")
    count = int(link.parent.select_one(".soft").text)
    narrowed = BeautifulSoup((await site.client.get(link["href"])).text, "html.parser")
    assert narrowed.select_one(".toolbar").text.strip().startswith(f"{count} works")
    year = next(a for a in narrowed.select("#narrow a") if a.text == "2019")
    both = BeautifulSoup((await site.client.get(year["href"])).text, "html.parser")
    chips = both.select('ul[aria-label="Narrowed to"] a')
    assert [c.text.split()[0] for c in chips] == ["paper", "2019"] and len(keys(both)) == int(
        year.parent.select_one(".soft").text
    )
    assert chips[1]["href"] == link["href"]
    assert both.select("input[type=hidden][name=kind][value=paper]")


async def test_pages_follow_each_other(site) -> None:
    seen: list[str] = []
    path = "/search?q=machine+learning&sort=year"
    while path:
        found = BeautifulSoup((await site.client.get(path)).text, "html.parser")
        seen += keys(found)
        following = found.select_one('a[rel="next"]')
        path = following["href"] if following else ""
    assert len(seen) == len(set(seen)) == int(found.select_one(".toolbar").text.split()[0])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sculey", "Shown: sculley"),
        ("notebook xqzzyv", "Shown without: xqzzyv"),
        ('"open fairness', "quotation mark"),
        ("xqzzyv", "Nothing found"),
        ("", "Words find works"),
    ],
)
async def test_it_says_what_it_did(site, typed: str, said: str) -> None:
    assert said in " ".join((await page(site, q=typed)).find("main").text.split())


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=<script>alert(1)</script>",
        "q=a&page=400",
        "kind=<b>&q=data",
        "topic=x'--",
        "q=" + "w+" * 3000,
        "path=x&self=y&q=data",
    ],
)
async def test_no_request_breaks_it(site, query: str) -> None:
    response = await site.client.get("/search?" + query)
    assert (
        response.status_code == 200
        and "<script>alert" not in response.text
        and "kind=<b>" not in response.text
    )


@pytest.mark.parametrize("query", ["page=99999999999", "page=-1", "page=x", "sort=nonsense&q=data"])
async def test_a_value_that_cannot_be_is_said_to_be_none(site, query: str) -> None:
    assert (await site.client.get("/search?" + query)).status_code == 400


async def test_a_name_that_means_nothing_is_named(site) -> None:
    assert "asks for colour, which this page does not know" in " ".join(
        (await page(site, q="data", colour="red")).find("main").text.split()
    )


async def test_values_of_one_facet_are_alternatives(tree) -> None:
    years = {"a": 2019, "b": 2020, "c": 2020, "d": 2021}
    root = tree(
        {
            "bib/a.bib": "\n".join(
                f"@misc{{{key}, title={{Data {key}}}, year={{{year}}}}}"
                for key, year in years.items()
            )
        }
    )
    build_database(root, root / "kb.db")
    site = make_datasette(root / "kb.db", root)
    found = {}
    for query in ("year=2019", "year=2020", "year=2019&year=2020"):
        data = (await site.client.get(f"/search.json?q=data&{query}")).json()
        found[query] = (data["total"], sorted(hit["key"] for hit in data["hits"]))
    assert found == {
        "year=2019": (1, ["a"]),
        "year=2020": (2, ["b", "c"]),
        "year=2019&year=2020": (3, ["a", "b", "c"]),
    }


async def test_links_to_the_same_as_data_keep_the_question(site) -> None:
    found = await page(site, q="data quality", kind="paper")
    link = next(a for a in found.select("footer a") if a.text == "JSON")
    assert (await site.client.get(link["href"])).json()["total"] == int(
        found.select_one(".toolbar").text.split()[0]
    )
