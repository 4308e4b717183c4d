"""The site's machinery: routes, headers, conditional requests, errors, base paths."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.web.links import Links, static_file
from kb.web.plain import plain
from kb.web.routes import find_route
from kb.web.serve import make_datasette

pytestmark = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


async def test_home_page_is_ours_and_datasette_stays_beneath(site) -> None:
    assert "<main" in (await site.client.get("/")).text
    assert (await site.client.get("/index.json")).json()["semesters"][-1]["id"] == "F2019"
    assert (await site.client.get("/kb/works.json?_shape=array")).status_code == 200
    assert "Citation key" in (await site.client.get("/kb/works")).text


async def test_every_page_refuses_what_comes_from_elsewhere(site) -> None:
    response = await site.client.get("/")
    assert response.headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'self';"
    )
    assert not re.search(
        r'(?:src|href)="(?:https?:)?//(?!localhost)', response.text.split("<main")[0]
    )
    assert "<style" not in response.text and "onclick" not in response.text


async def test_page_is_not_sent_again_while_nothing_changed(site) -> None:
    first = await site.client.get("/sessions/F2022-0907")
    again = await site.client.get(
        "/sessions/F2022-0907", headers={"if-none-match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = await site.client.get(
        "/sessions/F2022-0912", headers={"if-none-match": first.headers["etag"]}
    )
    assert other.status_code == 200


async def test_assets_are_kept_for_a_year_under_their_hash(site) -> None:
    path = re.search(r'rel="stylesheet" href="([^"]+)"', (await site.client.get("/")).text)[1]
    response = await site.client.get(path)
    assert "max-age=31536000" in response.headers["cache-control"] and response.headers[
        "content-type"
    ].startswith("text/css")
    stale = await site.client.get(re.sub(r"\.[0-9a-f]{12}\.", ".000000000000.", path))
    assert stale.headers["cache-control"] == "no-cache"
    assert (await site.client.get("/assets/passwd.000000000000.css")).status_code == 404


@pytest.mark.parametrize(
    "path, shown",
    [
        pytest.param("/sessions/F2022-0970", "/sessions/F2022-0907", id="near-session"),
        pytest.param("/nope", 'value="nope"', id="unknown-page"),
        pytest.param("/sessions/%3Cscript%3E", "&lt;script&gt;", id="markup-in-path"),
        pytest.param("/sessions/%FF%00", "no session", id="not-utf8"),
    ],
)
async def test_page_that_is_not_there_helps(site, path: str, shown: str) -> None:
    response = await site.client.get(path)
    assert response.status_code == 404
    assert (
        shown in response.text
        and 'role="search"' in response.text
        and "<script>" not in response.text
    )


async def test_data_that_is_not_there_says_so_as_data(site) -> None:
    response = await site.client.get("/sessions/F2022-0970.json")
    assert response.status_code == 404
    assert "F2022-0907" in response.json()["nearest"]


async def test_ids_in_another_case_lead_on(site) -> None:
    response = await site.client.get("/sessions/f2022-0907")
    assert (response.status_code, response.headers["location"]) == (301, "/sessions/F2022-0907")


async def test_pages_are_for_reading_only(site) -> None:
    assert (await site.client.post("/sessions/F2022-0907", data={})).status_code in {403, 405}


async def test_site_below_a_path_links_below_it(database: Path, project: Path) -> None:
    site = make_datasette(database, project, base_url="/course/")
    text = (await site.client.get("/sessions/F2022-0907")).text
    addresses = re.findall(r'(?:href|action)="(/[^"]*)"', text)
    assert addresses and all(a.startswith("/course/") for a in addresses)
    assert (await site.client.get("/")).status_code == 200


async def test_who_may_not_see_the_database_sees_no_page(database: Path) -> None:
    from datasette.app import Datasette

    closed = {"databases": {database.stem: {"allow": False}}}
    site = Datasette(
        [], immutables=[str(database)], **{"config" if is_alpha() else "metadata": closed}
    )
    assert (await site.client.get("/")).status_code == 403
    assert (await site.client.get("/sessions/F2022-0907.json")).status_code == 403


async def test_other_peoples_databases_stay_as_they_are(tmp_path: Path) -> None:
    import sqlite3

    from datasette.app import Datasette

    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("create table works (key text)")
    connection.close()
    text = (await Datasette([str(path)]).client.get("/")).text
    assert "other" in text and 'id="site-q"' not in text
    assert (
        await pages_kept(Datasette([str(path)]), "other")
        == sqlite3.connect(path).execute("pragma cache_size").fetchone()[0]
    )


def is_alpha() -> bool:
    from importlib.metadata import version

    return version("datasette").startswith("1")


@pytest.mark.parametrize(
    "path, name",
    [
        ("/", "index.html"), ("/works/a", "works/a.html"), ("/works/a%2Ejson", "works/a.json.html"), ("/works/a.json", "works/a.json"),
        ("/semesters/F2022.ics", "semesters/F2022.ics"), ("/works/a%3Ab", "works/a~3ab.html"), ("/topics/qa/data-quality", "topics/qa/data-quality.html"),
    ],
)  # fmt: skip
def test_paths_become_files_of_their_own(path: str, name: str) -> None:
    assert static_file(path) == name


def test_links_between_files_are_relative() -> None:
    links = Links(static=True, page="/topics/qa/data-quality")
    assert links.work("a:b") == "../../works/a~3ab.html"
    assert links.to("/") == "../../index.html"
    assert (
        links.prose('<a href="/works/x">x</a> <a href="https://x.org">y</a>')
        == '<a href="../../works/x.html">x</a> <a href="https://x.org">y</a>'
    )


@pytest.mark.parametrize("key", ["a.json", "a.b", "a+b", "a:b", "a?b", "ä&b", "a;b@c", "x" * 200])
def test_keys_survive_their_address(key: str) -> None:
    from urllib.parse import unquote, urlsplit

    address = Links().session(key)
    found = find_route(urlsplit(address).path)
    assert found is not None and "json" not in found[1]
    assert unquote(found[1]["id"]) == key


def test_plain_data_has_no_dataclasses() -> None:
    from kb.views.models import LinkView

    assert plain({"a": (LinkView("x", "y"), {2, 1})}) == {"a": [{"label": "x", "url": "y"}, [1, 2]]}


async def test_feed_announces_classes_a_week_ahead(site) -> None:
    from xml.etree import ElementTree

    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring((await site.client.get("/feed.atom?on=2022-09-06")).text)
    entries = feed.findall(f"{atom}entry")
    assert [e.find(f"{atom}title").text for e in entries] == [
        "Mon, Sep 12: Model Testing Beyond Accuracy",
        "Wed, Sep 07: Model Quality",
        "Wed, Aug 31: From Models to Systems",
        "Mon, Aug 29: Introduction and Motivation",
    ]
    assert entries[0].find(f"{atom}link").get("href") == "http://localhost/sessions/F2022-0912"
    assert feed.find(f"{atom}updated").text == "2022-09-05T00:00:00-04:00"


async def test_site_map_names_every_page_and_each_of_them_answers(site) -> None:
    index = (await site.client.get("/sitemap.xml")).text
    parts = re.findall(r"<loc>http://localhost([^<]+)</loc>", index)
    addresses = [
        a
        for part in parts
        for a in re.findall(
            r"<loc>http://localhost([^<]+)</loc>", (await site.client.get(part)).text
        )
    ]
    assert len(addresses) == len(set(addresses)) > 500
    assert {"/", "/works/sculley2015hidden", "/sessions/F2022-0907", "/semesters/S2021"} <= set(
        addresses
    )
    assert (await site.client.get("/sitemap-works-99.xml")).status_code == 404


async def test_robots_are_kept_from_rows(site) -> None:
    text = (await site.client.get("/robots.txt")).text
    assert "Disallow: /kb/" in text and "Sitemap: http://localhost/sitemap.xml" in text


@pytest.mark.parametrize("path", ["/semesters", "/semesters.json"])
async def test_error_of_the_program_is_not_told_to_the_visitor(
    site, monkeypatch, path: str
) -> None:
    from kb.web import respond

    def fail(*args: object) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr(respond, "answer", fail)
    response = await site.client.get(path)
    assert (
        response.status_code == 500
        and "secret" not in response.text
        and "etag" not in response.headers
    )
    assert "could not be made" in response.text


async def test_pages_are_compressed_where_the_browser_takes_it(site) -> None:
    packed = await site.client.get("/semesters/F2022", headers={"accept-encoding": "gzip"})
    plain = await site.client.get("/semesters/F2022", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.text == plain.text and "Accept-Encoding" in packed.headers["vary"]
    assert packed.headers["etag"] == plain.headers["etag"]


async def test_database_that_may_change_promises_nothing(database: Path) -> None:
    from datasette.app import Datasette

    response = await Datasette([str(database)]).client.get("/semesters/F2022")
    assert response.status_code == 200 and "etag" not in response.headers


@pytest.mark.parametrize(("settings", "pages"), [({}, -65536), ({"cache_size_kb": 1000}, -1000)])
async def test_connections_keep_pages_unless_a_setting_says_how_many(
    database: Path, settings: dict[str, int], pages: int
) -> None:
    from datasette.app import Datasette

    assert (
        await pages_kept(
            Datasette([], immutables=[str(database)], settings=settings), database.stem
        )
        == pages
    )


async def pages_kept(datasette, name: str) -> int:
    rows = await datasette.get_database(name).execute_fn(
        lambda connection: connection.execute("pragma cache_size").fetchall()
    )
    return rows[0][0]
