"""The researcher's pages: works, topics, people, history."""

from __future__ import annotations

import html as entities
import json
import re
import sqlite3
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup

from kb.store.build import build_database
from kb.web.routes import find_route
from kb.web.serve import make_datasette

collection = pytest.mark.collection


@pytest.fixture
def site(database: Path, project: Path):
    return make_datasette(database, project)


async def soup(site, path: str) -> BeautifulSoup:
    response = await site.client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html.parser")


@collection
async def test_work_says_what_it_is_who_wrote_it_and_where_it_was_read(site) -> None:
    page = await soup(site, "/works/ribeiro2020beyond")
    assert page.h1.text.startswith("Beyond Accuracy")
    assert next(a["href"] for a in page.select(".people a")) == "/people/ribeiro-marco-tulio"
    assert "borrows black-box testing" in page.select_one(".note").text
    assert page.select_one('.note a[href="/works/ribeiro2018semantically"]')
    rows = [row.get_text(" ", strip=True) for row in page.select(".assigned tbody tr")]
    assert len(rows) == 6 and "S2025" in rows[0] and "S2021" in rows[-1]
    assert page.select_one('.assigned a[href="/sessions/F2022-0912"]')
    changes = page.select_one(".changes").get_text(" ", strip=True)
    assert (
        "In S2021 it took the place of Semantically Equivalent" in changes
        and "Who Validates the Validators" in changes
    )


@collection
async def test_work_can_be_cited_without_script(site) -> None:
    page = await soup(site, "/works/ribeiro2020beyond")
    assert page.pre.text == (await site.client.get("/works/ribeiro2020beyond.bib")).text
    assert {dt.text for dt in page.select(".cite dt")} == {"APA", "IEEE", "ACM"}
    every = await soup(site, "/works/ribeiro2020beyond/cite")
    assert {"APA", "MLA", "Chicago", "Vancouver"} <= {
        dt.text for dt in every.select(".cite dt")
    } and every.pre.text == page.pre.text
    assert (
        json.loads((await site.client.get("/works/ribeiro2020beyond.csl.json")).text)[0]["id"]
        == "ribeiro2020beyond"
    )
    script = page.select("script[src]")
    assert [s["src"].split("/")[1] for s in script] == ["assets"]
    assert (
        (await site.client.get(script[0]["src"]))
        .headers["content-type"]
        .startswith("text/javascript")
    )


@collection
async def test_near_works_say_why(site) -> None:
    page = await soup(site, "/works/ribeiro2020beyond")
    near = [a["href"] for a in page.select('section[aria-labelledby="near"] a.title')]
    assert "/works/ribeiro2018semantically" in near and "/works/ribeiro2020beyond" not in near
    assert all(p.text for p in page.select(".reasons")) and len(page.select(".reasons")) == len(
        near
    )
    more = await soup(site, "/works/ribeiro2020beyond/near")
    assert [a["href"] for a in more.select("a.title")][: len(near)] == near


@collection
async def test_machines_read_the_work_three_times(site) -> None:
    page = await soup(site, "/works/lipton2018mythos")
    tags = [(m["name"], m["content"]) for m in page.select('meta[name^="citation_"]')]
    assert ("citation_author", "Lipton, Zachary C") in tags and (
        "citation_journal_title",
        "Queue",
    ) in tags
    assert dict(tags)["citation_publication_date"] == "2018" and (
        dict(tags)["citation_firstpage"],
        dict(tags)["citation_lastpage"],
    ) == ("31", "57")
    coins = parse_qs(page.select_one(".Z3988")["title"])
    assert (
        coins["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
        and coins["rft.jtitle"] == ["Queue"]
        and "info:doi/10.1145/3236386.3241340" in coins["rft_id"]
    )
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert data["@type"] == "ScholarlyArticle" and data["author"][0]["name"] == "Zachary C. Lipton"
    assert data["@id"] == page.select_one('link[rel="canonical"]')["href"]
    for key, kind in (
        ("hulten2018building", "Book"),
        ("aref2020business", "VideoObject"),
        ("polich2020black", "PodcastEpisode"),
        ("lvov2019project", "Thesis"),
    ):
        other = await soup(site, f"/works/{key}")
        assert (
            json.loads(other.select_one('script[type="application/ld+json"]').string)["@type"]
            == kind
        )


@collection
async def test_neighbours_are_those_of_the_topics_shelf(site) -> None:
    shelf = [
        w["key"]
        for w in (
            await site.client.get("/topics/quality-assurance/testing-capabilities.json")
        ).json()["works"]
    ]
    place = shelf.index("ribeiro2020beyond")
    page = await soup(site, "/works/ribeiro2020beyond")
    links = [page.select_one(f'.pager a[rel="{rel}"]')["href"] for rel in ("prev", "next")]
    assert links == [f"/works/{shelf[place - 1]}", f"/works/{shelf[place + 1]}"]


@collection
async def test_shelf_is_narrowed_by_year_kind_and_topic(site) -> None:
    page = await soup(site, "/works?kind=book&topic=quality-assurance")
    data = (await site.client.get("/works.json?kind=book&topic=quality-assurance")).json()
    assert [a["href"] for a in page.select(".works a.title")] == [
        f"/works/{w['key']}" for w in data["works"]
    ]
    assert {w["type"] for w in data["works"]} == {"book"}
    assert (await site.client.get("/works.json?year=2019")).json()["total"] == dict(
        (await site.client.get("/works.json")).json()["years"]
    )[2019]
    removed = page.select('.tags[aria-label="Filters"] a')
    assert {a["href"] for a in removed} == {"/works?topic=quality-assurance", "/works?kind=book"}


@collection
async def test_pages_of_the_shelf_hold_every_work_once(site) -> None:
    seen: list[str] = []
    path = "/works"
    while path:
        page = await soup(site, path)
        seen += [a["href"] for a in page.select(".works a.title")]
        following = page.select_one('.pager a[rel="next"]')
        path = following["href"] if following else ""
    assert len(seen) == len(set(seen)) == (await site.client.get("/works.json")).json()["total"]
    assert (await site.client.get("/works/pages/99")).status_code == 404


@collection
async def test_tree_counts_what_topics_list(site) -> None:
    page = await soup(site, "/topics")
    counts = {
        a["href"]: int(a.find_next_sibling(class_="soft").text) for a in page.select(".tree a")
    }
    for path in list(counts)[::7]:
        assert (await site.client.get(f"{path}.json")).json()["total"] == counts[path], path
    area = (await site.client.get("/topics/quality-assurance.json")).json()
    assert area["total"] >= max(
        n for p, n in counts.items() if p.startswith("/topics/quality-assurance/")
    )


@collection
async def test_topic_has_goals_sessions_and_other_names(site) -> None:
    page = await soup(site, "/topics/quality-assurance/data-quality")
    assert page.select(".goals li") and page.select_one('.taught a[href^="/sessions/F2022-"]')
    assert page.select_one(".crumbs a[href='/topics/quality-assurance']")
    alias = await site.client.get("/topics/Data%20Quality")
    assert (alias.status_code, alias.headers["location"]) == (
        301,
        "/topics/quality-assurance/data-quality",
    )
    assert "data-quality" in (await site.client.get("/topics/data-qualty")).text


@collection
async def test_person_has_works_and_co_authors(site) -> None:
    page = await soup(site, "/people/kastner-christian")
    assert page.h1.text == "Christian Kästner" and len(page.select(".works > li")) >= 5
    assert page.select('aside a[href^="/people/"]')
    listed = await soup(site, "/people/letters/k")
    assert listed.select_one('a[href="/people/kastner-christian"]').text == "Kästner, Christian"
    missing = await site.client.get("/people/kaestner-christian")
    assert missing.status_code == 404 and "/people/kastner-christian" in missing.text


@collection
@pytest.mark.parametrize("path", ["/history", "/history/first", "/history/most"])
async def test_history_is_a_table_whose_marks_are_in_the_picture(site, path: str) -> None:
    page = await soup(site, path)
    table = page.select_one(".matrix table")
    semesters = [th.text for th in table.select("thead th")[1:]]
    assert (len(semesters), semesters[0], semesters[-1]) == (12, "F2019", "S2026")
    assert len(table.select("td.read")) == len(page.select(".matrix-overview rect"))
    assert all(th.get("scope") for th in table.select("th")) and table.caption
    assert len(table.select('tbody th[scope="row"]')) == len(
        (await site.client.get("/history.json")).json()["works"]
    )
    region = page.select_one(".matrix")
    assert (region["role"], region["tabindex"]) == ("region", "0")


@collection
@pytest.mark.parametrize(
    "path",
    [
        "/works?year=x",
        "/works?page=0",
        "/works?year=99999999999",
        "/history?sort=size",
        "/works?topic=zz",
        "/people/letters/kk",
        "/people/pages/99",
        "/works/pages/x",
    ],
)
async def test_senseless_requests_are_explained(site, path: str) -> None:
    response = await site.client.get(path)
    assert response.status_code in {400, 404} and 'role="search"' in response.text


@collection
async def test_every_page_leads_to_its_data_and_its_rows(site) -> None:
    for path in (
        "/works",
        "/works/hulten2018building",
        "/topics",
        "/topics/operations",
        "/people",
        "/people/kastner-christian",
        "/history",
    ):
        page = await soup(site, path)
        foot = page.select_one(".site-foot")
        data = foot.find("a", string="JSON")["href"]
        rows = foot.find("a", string="rows and SQL")["href"]
        assert data == f"{path}.json" and (await site.client.get(data)).json()
        assert (await site.client.get(rows)).status_code == 200, rows


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{7*7}} </title>"


async def test_hostile_text_stays_text(tree) -> None:
    safe = EVIL.replace("{", "(").replace("}", ")")
    entry = '@misc{%s, title={%s}, author={{%s} and Eve "><b>}, year={2020}, journal={%s}, url={%s}, doi={10.1/x"><script>}, keywords={area/one}, annotation={%s [x](javascript:alert(4)) ![i](https://evil.example/x.png)}}\n'
    root = tree(
        {
            "bib/a.bib": entry % ("a", safe, safe, safe, "javascript:alert(3)", safe)
            + entry % ("b", safe, safe, safe, 'https://x.org/"onmouseover=alert(1)', safe),
            "bib/topics.yaml": f"- slug: area\n  title: {json.dumps(EVIL)}\n  intro: {json.dumps(EVIL)}\n  children: [{{slug: one, title: {json.dumps(EVIL)}, goals: [{json.dumps(EVIL)}], aliases: [{json.dumps(EVIL)}]}}]\n",
            "quizzes/S1.yaml": f"id: S1\nterm: fall\nyear: 2022\ntitle: {json.dumps(EVIL)}\nsessions:\n  - date: 2022-10-10\n    topics: [{{title: {json.dumps(EVIL)}, topic: area/one}}]\n    readings: [{{work: a, locator: 'Ch. “<b>{{{{7*7}}}}”'}}]\n",
            "quizzes/S2.yaml": "id: S2\nterm: spring\nyear: 2023\ntitle: T\nsessions:\n  - date: 2023-02-10\n    topics: [{title: X, topic: area/one}]\n    readings: [{work: b}]\n",
            "quizzes/prompts/p.yaml": f"- id: p\n  works: [b]\n  text: {json.dumps(EVIL)}\n",
        }
    )
    build_database(root, root / "kb.db")
    site = make_datasette(root / "kb.db", root)
    people = sqlite3.connect(root / "kb.db").execute("select id from people").fetchall()
    for path in (
        "/works",
        "/works/a",
        "/works/b",
        "/topics",
        "/topics/area",
        "/topics/area/one",
        "/people",
        "/history",
        "/works/a/cite",
        *(f"/people/{i}" for (i,) in people),
    ):
        text = (await site.client.get(path)).text
        page = BeautifulSoup(text, "html.parser")
        allowed = {None, "application/ld+json"}
        assert all(
            s.get("type") in allowed and (s.get("src") or s.get("type"))
            for s in page.select("script")
        ), path
        assert not page.select("img, iframe, object, style, b"), path
        assert not [t for t in page.find_all(True) if any(a.startswith("on") for a in t.attrs)], (
            path
        )
        for a in page.select("[href]"):
            assert not a["href"].startswith(("javascript:", "data:")) and '"' not in a["href"], (
                path,
                a,
            )
        assert "49" not in [t.strip() for t in page.get_text().split()] and entities.unescape(
            page.title.text
        )
        for block in page.select('script[type="application/ld+json"]'):
            json.loads(block.string)


PLANS = (
    "/works",
    "/works?topic=area",
    "/works?topic=area&kind=misc&year=2020",
    "/works?year=2020",
    "/works?kind=misc",
    "/works/k7",
    "/topics",
    "/topics/area",
    "/topics/area/one",
    "/people",
    "/people/letters/a",
    "/people/able-ada",
    "/history",
)


async def test_no_page_reads_a_whole_table(tree) -> None:
    """Every SELECT of the pages, asked for its plan: large tables are reached through indexes."""
    from kb.web.links import Links
    from kb.web.page import PageRequest

    entries = "".join(
        f"@misc{{k{n}, title={{T {n}}}, author={{Able, Ada and Ny, N{n}}}, year={{{2000 + n % 20}}}, keywords={{area/one}}, annotation={{N}}}}\n"
        for n in range(300)
    )
    quiz = "id: S1\nterm: fall\nyear: 2022\ntitle: T\nsessions:\n  - {date: 2022-09-05, topics: [{title: X, topic: area/one}], readings: [{work: k7}]}\n"
    root = tree(
        {
            "bib/a.bib": entries,
            "bib/topics.yaml": "- slug: area\n  title: A\n  children: [{slug: one, title: One}]\n",
            "quizzes/S1.yaml": quiz,
        }
    )
    build_database(root, root / "kb.db")
    connection = sqlite3.connect(root / "kb.db")
    large = (
        "works",
        "people",
        "authorship",
        "topic_works",
        "work_topics",
        "annotations",
        "work_annotations",
        "work_links",
    )
    for address in PLANS:
        path, _, query = address.partition("?")
        route, names = find_route(path)
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        route.page(
            connection,
            PageRequest(
                path=path,
                names=names,
                query=tuple(tuple(p.split("=")) for p in query.split("&") if p),
            ),
        )
        connection.set_trace_callback(None)
        assert asked and Links()
        for statement in set(asked):
            for *_, step in connection.execute(f"explain query plan {statement}"):
                scan = re.match(r"SCAN (\w+)(.*)", step)
                aliases = dict(re.findall(r"\b(?:from|join)\s+(\w+)\s+(\w)\b", statement))
                if scan and (aliases.get(scan[1], scan[1])) in large:
                    assert "USING" in scan[2], (address, step, statement)
    connection.close()


@collection
async def test_prose_names_works_by_title_wherever_it_stands(site, database: Path) -> None:
    """A key means nothing to a reader: neither in lists nor in descriptions nor in passages."""
    keys = {key for (key,) in sqlite3.connect(database).execute("select key from works")}
    for path in (
        "/works",
        "/topics/quality-assurance/data-quality",
        "/search?q=data+quality",
        "/search?q=interview",
        "/works/polich2020black",
        "/works/shankar2024idea",
    ):
        page = await soup(site, path)
        for code in page("pre") + page("code") + page.select("a > .meta"):
            code.decompose()
        text = " ".join(
            [page.main.get_text(" "), page.find("meta", {"name": "description"})["content"]]
        )
        assert keys & set(re.findall(r"[\w:-]+", text)) == set(), path


async def test_keys_with_odd_letters_lead_to_their_pages_and_rows(tmp_path: Path) -> None:
    (tmp_path / "bib").mkdir()
    keys = ["DBLP:conf.icse-2020", "a+b_c.json", "plain"]
    entries = [
        f"@misc{{{key}, title={{Work {n}}}, author={{Doe, Jane}}, year={{2020}}, url={{https://example.org/{n}}}, annotation={{A note.}}}}"
        for n, key in enumerate(keys)
    ]
    entries.append(
        "@misc{last, title={The last}, author={Doe, Jane}, year={2020}, url={https://example.org/x}, annotation={See "
        + ", ".join(f"[@{k}]" for k in keys)
        + ".}}"
    )
    (tmp_path / "bib/a.bib").write_text("\n".join(entries))
    build_database(tmp_path, tmp_path / "kb.db")
    site = make_datasette(tmp_path / "kb.db", tmp_path)
    named = (await soup(site, "/works/last")).select(".note a")
    assert [a.text for a in named] == ["Work 0", "Work 1", "Work 2"]
    for number, link in enumerate(named):
        page = await soup(site, link["href"])
        assert page.h1.text == f"Work {number}"
        rows = await site.client.get(page.find("a", string="rows and SQL")["href"])
        assert (
            rows.status_code == 200
            and rows.headers["content-type"].startswith("text/html")
            and f"Work {number}" in rows.text
        )


@collection
@pytest.mark.parametrize(
    ("path", "command"),
    [
        pytest.param("/semesters/F2022.json", ["list", "F2022", "--format", "json"], id="semester"),
        pytest.param(
            "/next.json?on=2022-09-06", ["next", "--on", "2022-09-06", "--json"], id="next"
        ),
        pytest.param(
            "/works/sculley2015hidden.json", ["show", "sculley2015hidden", "--json"], id="work"
        ),
        pytest.param(
            "/works/ribeiro2020beyond/near.json",
            ["related", "ribeiro2020beyond", "--limit", "20", "--json"],
            id="near",
        ),
        pytest.param("/topics.json", ["topics", "--json"], id="topics"),
        pytest.param("/history.json", ["history", "--json"], id="history"),
        pytest.param(
            "/search.json?q=data+quality",
            ["search", "data quality", "--limit", "20", "--json"],
            id="search",
        ),
    ],
)
async def test_data_beside_pages_is_what_commands_print(
    site, database: Path, project: Path, path: str, command: list[str]
) -> None:
    """A page may say more than the command, and nothing else."""
    from typer.testing import CliRunner

    from cli.app import app

    result = CliRunner().invoke(app, [*command, "--db", str(database), "--source", str(project)])
    assert result.exit_code == 0, result.output
    printed, served = json.loads(result.stdout), (await site.client.get(path)).json()
    if path.startswith("/history") and served["pages"] > 1:  # the command prints all pages
        for number in range(2, served["pages"] + 1):
            served["works"] += (await site.client.get(f"{path}?page={number}")).json()["works"]
        for found in (served, printed):
            found["works"].sort(key=lambda work: work["work"])
    if isinstance(printed, dict):
        served = {name: value for name, value in served.items() if name in printed}
    assert served == printed


@collection
async def test_machines_are_told_where_classes_meet_and_which_authors_are_organisations(
    site,
) -> None:
    async def linked(path: str) -> dict:
        return json.loads(
            (await soup(site, path)).find("script", type="application/ld+json").string
        )

    assert (await linked("/sessions/F2022-0907"))["location"] == {
        "@type": "Place",
        "name": "TEP 1308",
        "address": "TEP 1308",
    }
    assert (await linked("/works/generalanalysis2025supabase"))["author"][0][
        "@type"
    ] == "Organization"
    assert (await linked("/works/sculley2015hidden"))["author"][0]["@type"] == "Person"
    assert (await linked("/"))["name"] == "Machine Learning in Production: readings"
    assert (await linked("/works/polich2020black"))["url"].endswith("/works/polich2020black")
