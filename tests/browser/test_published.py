"""The published site on a plain web server, below a path: search and links in a browser."""

from __future__ import annotations

import contextlib
import functools
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from kb.store.build import build_database
from kb.views.read import open_database
from kb.web.publish import publish

pytestmark = [pytest.mark.browser, pytest.mark.collection]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


SEARCHED = "total => document.getElementById('status').textContent !== `${total} works`"
"""True as soon as the page says how many works it found; before, it says how many there are."""

SHELVES = ("assigned", "notebooks", "process")
"""Files of the collection that the published site of these tests holds: its search is the same with all,
and the whole site, which takes minutes, is looked at link by link in tests/web/test_publish.py."""


@pytest.fixture(scope="module")
def database(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shelves")
    (root / "bib").mkdir()
    (root / "quizzes").mkdir()
    for name in ("topics.yaml", *(f"{shelf}.bib" for shelf in SHELVES)):
        shutil.copy(project / "bib" / name, root / "bib" / name)
    build_database(root, root / "kb.db")
    return root / "kb.db"


@pytest.fixture(scope="module")
def works(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        return connection.execute("select count(*) from works").fetchone()[0]


@pytest.fixture(scope="module")
def address(
    database: Path, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    www = tmp_path_factory.mktemp("www")
    with contextlib.closing(open_database(database)) as connection:
        assert publish(connection, www / "some/course", root=project).broken == ()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=www))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/course"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser, address: str):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    problems: list[str] = []
    tab.on(
        "console",
        lambda message: (
            problems.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:")) else problems.append(request.url)
        ),
    )
    yield tab
    context.close()
    assert problems == []


def test_researcher_searches_files(page, address: str, shots: Path) -> None:
    page.goto(f"{address}/index.html")
    page.get_by_role("searchbox").fill("behavioral testing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=behavioral+testing")
    page.get_by_role("link", name="Beyond Accuracy").click()
    page.wait_for_url("**/works/ribeiro2020beyond.html")
    assert "Ribeiro" in page.locator("main").inner_text()


@pytest.mark.parametrize(
    "words, first",
    [
        pytest.param("technical debt", "Hidden Technical Debt", id="words"),
        pytest.param("kästner", "", id="accents"),
        pytest.param("Rudin explaining", "Stop Explaining", id="author-and-stem"),
        pytest.param("sculley deb", "Hidden Technical Debt", id="beginning-of-a-word"),
        pytest.param("constructor __proto__ toString", "", id="names-of-javascript"),
    ],
)
def test_words_find_works(page, address: str, words: str, first: str) -> None:
    page.goto(f"{address}/search.html")
    page.get_by_role("searchbox").fill(words)
    page.wait_for_function(
        "!/^\\d+ works$/.test(document.getElementById('status').textContent) || document.querySelector('#results li')"
    )
    if first:
        assert first in page.locator("#results li").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(
    "words, count",
    [
        pytest.param(
            "technical debt year:2015",
            "select count(*) from works where year = 2015 and key = 'sculley2015hidden'",
            id="year",
        ),
        pytest.param(
            "year:2019..2020",
            "select count(*) from works where year between 2019 and 2020",
            id="years",
        ),
        pytest.param("year:<2010", "select count(*) from works where year < 2010", id="before"),
        pytest.param(
            "author:sculley",
            "select count(distinct work) from authorship a join people p on p.id = a.person where p.family = 'Sculley'",
            id="author",
        ),
        pytest.param("-year:1900..", "select count(*) from works where year is null", id="without"),
    ],
)
def test_fields_count_what_the_database_counts(
    page, address: str, database: Path, works: int, words: str, count: str
) -> None:
    with sqlite3.connect(database) as connection:
        (expected,) = connection.execute(count).fetchone()
    page.goto(f"{address}/search.html?q={quote(words)}")
    page.wait_for_function(SEARCHED, arg=works)
    assert expected < works
    said = page.locator("#status").inner_text()
    assert said.startswith(
        "Nothing found" if not expected else "1 work" if expected == 1 else f"{expected} works"
    )


def test_words_can_be_left_out_and_common_ones_are_not_required(page, address: str) -> None:
    page.goto(f"{address}/search.html?q=how to test notebooks -jupyter kind:paper")
    page.locator("#results li").first.wait_for()
    assert "Jupyter" not in page.locator("#results").inner_text()
    assert "kind: was searched as words" in page.locator("#status").inner_text()


def test_nothing_found_says_so(page, address: str) -> None:
    page.goto(f"{address}/search.html?q=xyzzyqwert")
    page.get_by_text("Nothing found").wait_for()


def test_results_move_nothing_when_they_come(page, address: str) -> None:
    page.add_init_script(
        'new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift = (window.shift || 0) + entry.value }).observe({type: "layout-shift", buffered: true})'
    )
    page.goto(f"{address}/search.html?q=debt")
    page.locator("#results li").first.wait_for()
    assert page.evaluate("window.shift || 0") == 0
