"""Datasette on the built file, through its own client."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.store.build import build_database
from kb.web.serve import ReloadingSite, make_datasette

pytestmark = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


async def get(site, path: str):
    response = await site.client.get(path)
    return response


async def test_table_search_finds_and_ranks(site) -> None:
    data = (await get(site, "/kb/search_works.json?words=technical+debt&_shape=array")).json()
    assert data[0]["key"] == "sculley2015hidden" and "breck2017ml" in {row["key"] for row in data}


async def test_table_page_searches(site) -> None:
    data = (await get(site, "/kb/works.json?_search=checklist&_shape=array")).json()
    assert {row["key"] for row in data} >= {"ribeiro2020beyond"}


@pytest.mark.parametrize(
    "path",
    [
        "/kb/due_from_day.json?from_day=2022-09-01&_shape=array",
        "/kb/where_assigned.json?work=sculley2015hidden&_shape=array",
        "/kb/readings_by_topic.json?topic=quality-assurance&_shape=array",
    ],
)
async def test_named_queries_answer(site, path: str) -> None:
    response = await get(site, path)
    assert response.status_code == 200 and len(response.json()) >= 3


@pytest.mark.parametrize("words", ['"', "(", "NEAR(", "a AND", "*", "", "title:", "x" * 5000])
async def test_no_words_are_an_error(site, words: str) -> None:
    from urllib.parse import quote

    assert (await get(site, f"/kb/search_works.json?words={quote(words)}")).status_code == 200


async def test_columns_are_described(site) -> None:
    text = (await get(site, "/kb/works")).text
    assert "Citation key" in text


async def test_staff_text_is_not_served(site) -> None:
    text = json.dumps((await get(site, "/kb/prompts.json?_shape=array&_size=max")).json())
    assert "Good faith" not in text and "Typical gaps" not in text


async def test_rebuilt_database_is_picked_up(tree) -> None:
    import httpx

    root = tree({"bib/a.bib": "@misc{a, title={One}}"})
    database = root / "kb.db"
    build_database(root, database)
    site = ReloadingSite(database, root)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site), base_url="http://localhost"
    ) as client:
        before = (await client.get("/kb/works.json?_shape=array")).json()
        (root / "bib/a.bib").write_text("@misc{a, title={Two}}")
        build_database(root, database)
        after = (await client.get("/kb/works.json?_shape=array")).json()
    assert [row["title"] for row in (*before, *after)] == ["One", "Two"]


async def test_replaced_database_is_closed_after_a_while(tree, monkeypatch) -> None:
    import asyncio
    import sqlite3

    import httpx

    from kb.web import serve

    monkeypatch.setattr(serve, "GRACE", 0.05)
    root = tree({"bib/a.bib": "@misc{a, title={One}}"})
    build_database(root, root / "kb.db")
    site = ReloadingSite(root / "kb.db", root)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site), base_url="http://localhost"
    ) as client:
        assert (await client.get("/works/a")).status_code == 200
        old = next(d for d in site.datasette.databases.values() if d.path)
        connection = old.connect()
        (root / "bib/a.bib").write_text("@misc{a, title={Two}}")
        build_database(root, root / "kb.db")
        assert "Two" in (await client.get("/works/a")).text
        await asyncio.sleep(0.3)
        with pytest.raises(sqlite3.ProgrammingError):
            connection.execute("select 1")
        assert "Two" in (await client.get("/works/a")).text
