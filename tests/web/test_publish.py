"""The published site: complete, relative, every link leads somewhere, only its own files are touched."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from kb.errors import UsageError
from kb.store.build import build_database
from kb.views.read import open_database
from kb.web.pages.published_search import stem
from kb.web.publish import publish

pytestmark = pytest.mark.collection


@pytest.fixture(scope="module")
def site(published: Path) -> Path:
    return published / "some/course"


def test_every_page_is_whole_and_every_link_leads_to_a_file_and_its_place(site: Path) -> None:
    ids: dict[Path, set[str]] = {}
    links: list[tuple[Path, str]] = []
    wrong = []
    pages = sorted(
        p for p in site.rglob("*.html") if p.name not in {"404.html", "reading-list.html"}
    )
    assert len(pages) > 800
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        found = [node["id"] for node in soup.find_all(id=True)]
        ids[page] = set(found)
        if (
            len(soup.find_all("h1")) != 1
            or not soup.title.string
            or not soup.find("meta", {"name": "description"})
            or len(ids[page]) < len(found)
        ):
            wrong.append(f"{page.relative_to(site)}: title, one heading, description, unique ids")
        links += {
            (page, node[name])
            for name in ("href", "src", "action")
            for node in soup.find_all(attrs={name: True})
        }
    for page, address in links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if (
            address.startswith("/")
            or not target.is_file()
            or (parts.fragment and unquote(parts.fragment) not in ids.get(target, ()))
        ):
            wrong.append(f"{page.relative_to(site)}: {address}")
    assert wrong == []


def test_live_and_published_pages_say_the_same(site: Path, database: Path, project: Path) -> None:
    import asyncio

    from kb.web.serve import make_datasette

    live = asyncio.run(
        make_datasette(database, project).client.get("/works/sculley2015hidden")
    ).text
    published = (site / "works/sculley2015hidden.html").read_text(encoding="utf-8")

    def main(text: str) -> str:
        return " ".join(BeautifulSoup(text, "html.parser").main.get_text(" ").split())

    assert main(live) == main(published)


def test_site_has_data_feeds_and_filters(site: Path) -> None:
    assert json.loads((site / "semesters/F2022.json").read_text())["semester"]["id"] == "F2022"
    assert (site / "semesters/F2022.ics").read_text().startswith("BEGIN:VCALENDAR")
    assert (site / "semesters/F2022~kind=recitation.html").exists()
    assert "<feed" in (site / "feed.atom").read_text()
    assert "rows and SQL" not in (site / "index.html").read_text()
    assert not (site / "sitemap.xml").exists()


SEMESTER = """
id: S2030
term: spring
year: 2030
title: A course
zone: Europe/Berlin
meetings: [{kind: lecture, days: [Mon], start: "09:00", minutes: 90}]
sessions:
  - {date: 2030-01-07, topics: [{title: First}], readings: [{work: a}]}
  - {date: 2030-01-14, topics: [{title: Second}]}
"""


def small(tree, more: str = "") -> Path:
    root = tree({"bib/a.bib": "@misc{a, title={One}}\n" + more, "quizzes/S2030.yaml": SEMESTER})
    build_database(root, root / "kb.db")
    return root


def test_address_of_the_site_makes_feeds_and_canonical_links_complete(tree) -> None:
    root = small(tree)
    target = root / "public"
    done = publish(
        open_database(root / "kb.db"),
        target,
        "https://example.org/course",
        now=datetime(2030, 1, 2, tzinfo=UTC),
    )
    assert done.broken == ()
    page = BeautifulSoup((target / "sessions/S2030-0107.html").read_text(), "html.parser")
    assert (
        page.find("link", rel="canonical")["href"]
        == "https://example.org/course/sessions/S2030-0107.html"
    )
    assert "https://example.org/course/sitemap-works-1.xml" in (target / "sitemap.xml").read_text()
    assert (
        'href="https://example.org/course/sessions/S2030-0107.html"'
        in (target / "feed.atom").read_text()
    )
    assert 'href="/course/semesters.html"' in (target / "404.html").read_text()
    assert "Mon, Jan 07, 2030" in (target / "index.html").read_text()


def test_second_run_writes_what_changed_and_removes_what_is_gone(tree) -> None:
    root = tree({"bib/a.bib": "@misc{a, title={One}}\n@misc{b, title={Two}}"})
    target = root / "public"
    build_database(root, root / "kb.db")
    first = publish(open_database(root / "kb.db"), target)
    (target / "CNAME").write_text("example.org")
    again = publish(open_database(root / "kb.db"), target)
    assert (again.files, again.written, again.removed) == (first.files, 0, 0)
    (root / "bib/a.bib").write_text("@misc{a, title={One and a half}}")
    build_database(root, root / "kb.db")
    third = publish(open_database(root / "kb.db"), target)
    assert third.removed >= 1 and 0 < third.written < third.files
    assert (
        not (target / "works/b.html").exists() and (target / "CNAME").read_text() == "example.org"
    )
    assert "One and a half" in (target / "works/a.html").read_text()


def test_somebody_elses_site_is_left_alone(tree, database: Path) -> None:
    root = tree({"index.html": "mine"})
    with pytest.raises(UsageError, match="did not write"):
        publish(open_database(database), root)
    assert (root / "index.html").read_text() == "mine"
    with pytest.raises(UsageError, match="is a file"):
        publish(open_database(database), root / "index.html")
    with pytest.raises(UsageError, match="write the address"):
        publish(open_database(database), root / "x", "example.org")


def test_manifest_cannot_remove_files_elsewhere(tree) -> None:
    root = small(tree)
    tree(
        {
            "precious.txt": "mine",
            "public/.coursebib-files.json": '["../precious.txt", "/etc/passwd"]',
        }
    )
    publish(open_database(root / "kb.db"), root / "public")
    assert (root / "precious.txt").exists()


def test_keys_that_are_no_file_names_are_published(tree) -> None:
    key = "x" * 190
    root = tree(
        {
            "bib/a.bib": f"@misc{{a:b+c, title={{One}}}}\n@misc{{{key}, title={{Two}}}}\n@misc{{a.json, title={{Three}}}}\n@misc{{a, title={{Four}}}}"
        }
    )
    build_database(root, root / "kb.db")
    done = publish(open_database(root / "kb.db"), root / "public")
    assert done.broken == ()
    works = {
        p.name
        for p in (root / "public/works").iterdir()
        if p.suffix == ".html" and "pages" not in p.parts
    }
    assert {"a~3ab+c.html", "a.json.html", "a.html"} <= works and len(works) == 4


def test_index_holds_every_work_under_its_words(site: Path) -> None:
    index = json.loads((site / "search-index.json").read_text())
    assert (
        len(index["works"]) == len(list((site / "works").glob("*.bib"))) > 200
        and (site / "search-index.json").stat().st_size < 400_000
    )
    flat = index["words"][stem("debt")]
    numbers, total = set(), 0
    for step in flat[::2]:
        total += step
        numbers.add(total)
    assert "works/sculley2015hidden.html" in {index["works"][n][0] for n in numbers}


def test_command_says_what_it_did(tree) -> None:
    from typer.testing import CliRunner

    from cli.app import app

    root = small(tree)
    result = CliRunner().invoke(app, ["publish", str(root / "public"), "--source", str(root)])
    assert result.exit_code == 0, result.output
    assert re.search(r"\d+ files, [\d.]+ MB; \d+ written; begin at .*index\.html", result.stdout)
    assert (
        CliRunner()
        .invoke(app, ["publish", str(root), "--base-url", "x", "--source", str(root)])
        .exit_code
        != 0
    )


@pytest.mark.parametrize("at", [1, 3, 20])
@pytest.mark.parametrize("call", ["write_bytes", "replace"])
def test_a_full_disk_leaves_a_whole_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, call: str
) -> None:
    """Every page of the old site is there whenever writing stops, and the next run mends the rest."""
    import contextlib
    import os

    from kb.errors import UsageError
    from kb.web import publish as module

    folder = module.Folder(tmp_path / "site")
    for n in range(5):
        folder.write(f"p{n}.html", b"old")
    folder.finish()
    count = 0

    def failing(real):
        def run(*args, **kwargs):
            nonlocal count
            count += 1
            if count == at:
                raise OSError(28, "No space left on device")
            return real(*args, **kwargs)

        return run

    with monkeypatch.context() as patch:
        if call == "write_bytes":
            patch.setattr(Path, "write_bytes", failing(Path.write_bytes))
        else:
            patch.setattr(os, "replace", failing(os.replace))
        again = module.Folder(tmp_path / "site")
        with contextlib.suppress(UsageError):
            for n in range(5):
                again.write(f"p{n}.html", b"new")
            again.write("more/p.html", b"new")
            again.finish()
    pages = {p.name: p.read_bytes() for p in (tmp_path / "site").glob("p*.html")}
    assert set(pages) == {f"p{n}.html" for n in range(5)}
    assert set(pages.values()) <= {b"old", b"new"}
    assert not (tmp_path / "site" / module.STAGING).exists()
    last = module.Folder(tmp_path / "site")
    last.write("p0.html", b"last")
    last.finish()
    left = {p.name for p in (tmp_path / "site").rglob("*") if p.is_file()}
    assert left == {"p0.html", module.MANIFEST}
