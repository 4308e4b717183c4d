"""The server is safe as it stands: what it refuses, what it sends, what it does not offer."""

from __future__ import annotations

import asyncio
import base64
import gzip
import shutil
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.web.guard import Guard
from kb.web.serve import Offer, ReloadingSite, make_staff_site

T = TypeVar("T")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("guard") / "course"
    CliRunner().invoke(app, ["new", str(root)])
    words = ["build", "--source", str(root), "--staff", str(root / "staff.db")]
    assert CliRunner().invoke(app, words).exit_code == 0
    return root


def run(work: Awaitable[T]) -> T:
    async def wait() -> T:
        return await work

    return asyncio.run(wait())


async def ask(site: Any, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=site)
    async with httpx.AsyncClient(transport=transport, base_url="http://x.org") as client:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.request(method, path, headers=names, follow_redirects=True)


MANY = "&".join(f"a{n}=1" for n in range(201))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/", 405),
        ("POST", "/kb/works", 405),
        ("PUT", "/search?q=x", 405),
        ("DELETE", "/kb/works/1", 405),
        ("GET", "/-/databases.json", 404),
        ("GET", "/-/threads", 404),
        ("GET", "/-/settings.json", 404),
        ("GET", "/-/versions", 404),
        ("GET", "/-/metadata", 404),
        ("GET", "/-/plugins", 404),
        ("GET", f"/search?{MANY}", 400),
        ("GET", f"/kb/works?{MANY}", 400),
        ("GET", "/kb/works?_search=x&_searchmode=raw", 400),
        ("GET", "/kb/works?_sort=nothing", 400),
        ("GET", "/kb/works?_through=x", 400),
        ("GET", "/kb?sql=select+zeroblob(1000000000)", 403),
        ("GET", "/kb.json?sql=select+1", 403),
        ("GET", "/-/query/analyze", 404),
        ("GET", "/kb.db", 403),
        ("GET", f"/search?q={'x' * 20000}", 414),
    ],
)
def test_what_is_refused(course: Path, method: str, path: str, status: int) -> None:
    site = ReloadingSite(course / "kb.db", course)
    found = run(ask(site, path, method))
    assert found.status_code == status
    assert "Traceback" not in found.text
    assert str(course) not in found.text


PATHS = ["/", "/works/parnas1972criteria", "/search?q=x", "/kb", "/kb/works", "/kb/works.json", "/kb/works.csv", "/nothing", "/-/threads", "/feed.atom", "/-/static/app.css"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_what_every_answer_says(course: Path, path: str) -> None:
    found = run(ask(ReloadingSite(course / "kb.db", course), path))
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in found.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/kb/works", "/kb/works.json"])
def test_answers_are_packed(course: Path, path: str) -> None:
    found = run(ask(ReloadingSite(course / "kb.db", course), path, accept_encoding="gzip"))
    assert (found.status_code, found.headers["content-encoding"]) == (200, "gzip")


def test_what_is_asked_for_is_offered(course: Path) -> None:
    site = ReloadingSite(course / "kb.db", course, Offer(sql=True, download=True))
    assert run(ask(site, "/kb.json?sql=select+1+as+n&_shape=array")).json() == [{"n": 1}]
    assert run(ask(site, "/kb.db")).content.startswith(b"SQLite format 3")


def test_sql_is_for_this_machine_only(course: Path) -> None:
    words = ["serve", "--sql", "--host", "0.0.0.0", "--source", str(course)]
    result = CliRunner().invoke(app, words)
    assert "this machine only" in str(result.exception)


def test_no_request_fails_while_the_database_is_swapped(course: Path, tmp_path: Path) -> None:
    database = tmp_path / "kb.db"
    shutil.copy(course / "kb.db", database)
    site = ReloadingSite(database, course)
    paths = ["/kb", "/", "/kb/works", "/works/parnas1972criteria", "/search?q=modules", "/topics"]

    async def readers() -> list[int]:
        found: list[int] = []
        for _ in range(3):
            shutil.copy(course / "kb.db", tmp_path / "next.db")
            (tmp_path / "next.db").replace(database)
            answers = await asyncio.gather(*(ask(site, path) for path in paths * 4))
            found += [answer.status_code for answer in answers]
        return found

    assert set(run(readers())) == {200}


def test_staff_pages_ask_for_a_password(course: Path) -> None:
    site = make_staff_site(course / "staff.db", "right")

    def basic(word: str) -> str:
        return "Basic " + base64.b64encode(f"me:{word}".encode()).decode()

    for path in ("/", "/staff/rubrics", "/staff/rubrics.json", "/-/static/app.css"):
        assert run(ask(site, path)).status_code == 401
        assert run(ask(site, path, authorization=basic("wrong"))).status_code == 401
        assert run(ask(site, path, authorization="Basic ???")).status_code == 401
        assert run(ask(site, path, authorization=basic("right"))).status_code == 200
    assert "rubric" in run(ask(site, "/staff/rubrics", authorization=basic("right"))).text


def test_an_error_of_a_page_is_a_sentence_with_a_number(caplog: pytest.LogCaptureFixture) -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        raise KeyError("SECRET")

    found = run(ask(Guard(failing), "/x"))
    assert found.status_code == 500
    assert "SECRET" not in found.text + caplog.text
    assert found.text.split()[-1].rstrip(".") in caplog.text


def test_a_stream_is_passed_on_as_it_comes() -> None:
    async def streaming(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/csv")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for _ in range(3):
            await send({"type": "http.response.body", "body": b"x" * 2000, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    found = run(ask(Guard(streaming), "/x", accept_encoding="gzip"))
    assert found.content == b"x" * 6000
    assert gzip.compress(found.content)


def test_behind_a_proxy_addresses_are_those_of_the_proxy(course: Path) -> None:
    offer = Offer(base="/course/", origin="https://example.org")
    site = ReloadingSite(course / "kb.db", course, offer)
    about = run(ask(site, "/course/about"))
    assert about.status_code == 200
    assert 'rel="canonical" href="https://example.org/course/about"' in about.text
    assert 'href="/course/semesters"' in about.text
    assert (
        run(ask(ReloadingSite(course / "kb.db", course, offer), "/course/-/versions")).status_code
        == 404
    )
