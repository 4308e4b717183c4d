"""Titles, names, notes and links made to harm are shown as text, and break no page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.store.build import build_database

pytestmark = pytest.mark.browser

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><svg/onload=document.title='owned'>"
QUOTES = "\"'><a href=javascript:document.title=1>x</a> ]]> --> {{7*7}} {% raw %} ${7*7}"
BACKWARDS = "\u202eelttit sdrawkcab\u202c \u2066\u200f مرحبا שלום"
LONG = "Immensurable" * 900
NOTE = f"{SCRIPT} [x](javascript:document.title='owned') [y](data:text/html,<script>1</script>) ![i](https://evil.example/x.png) <iframe src=//evil.example></iframe> </script> [@b] {BACKWARDS}"

PAGES = (
    "/",
    "/?on=2030-01-02",
    "/next?on=2030-01-02",
    "/semesters",
    "/semesters/S2030?on=2030-01-02",
    "/sessions/S2030-0107",
    "/works",
    "/works/a",
    "/works/b",
    "/works/c",
    "/topics",
    "/topics/evil",
    "/people",
    "/history",
)
ADDRESSES = (
    "/works/%3Cscript%3Ealert(1)%3C/script%3E",
    "/next?on=%22%3E%3Cscript%3E",
    "/semesters/S2030?kind=%3Cscript%3E",
    "/search?q=%3Cscript%3Edocument.title=1%3C/script%3E",
    "/nope%22onload=alert(1)",
)

LEAKS = """() => [
  ...[...document.querySelectorAll("a[href], form[action]")].map(e => e.getAttribute("href") || e.getAttribute("action")).filter(a => /^\\s*(javascript|data|vbscript):/i.test(a)),
  ...[...document.querySelectorAll("main img, iframe, object, embed, base, [onerror], [onload], [onclick], style")].map(e => e.outerHTML.slice(0, 100)),
  ...[...document.querySelectorAll("script")].filter(e => !e.src && e.type !== "application/ld+json").map(e => e.outerHTML.slice(0, 100)),
]"""


def bibtex(text: str) -> str:
    return text.replace("{", "(").replace("}", ")").replace("%", "\\%")


def yaml(text: str) -> str:
    return json.dumps(text)


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("hostile")
    (root / "bib").mkdir()
    (root / "quizzes/prompts").mkdir(parents=True)
    works = [
        ("a", SCRIPT, "{Robert'); DROP TABLE works;--} and {<b>Bold</b>}"),
        ("b", QUOTES + BACKWARDS, "{\u202eEve} and {" + "Verylong" * 200 + "}"),
        ("c", LONG, "Doe, Jane"),
    ]
    entries = [
        f"@misc{{{key}, title={{{bibtex(title)}}}, author={{{author}}}, year={{2020}}, url={{javascript:document.title='owned'}}, keywords={{evil}}, "
        f"howpublished={{{bibtex(SCRIPT)}}}, annotation={{{bibtex(NOTE)}}}}}"
        for key, title, author in works
    ]
    (root / "bib/a.bib").write_text("\n".join(entries), encoding="utf-8")
    (root / "bib/topics.yaml").write_text(
        f"- slug: evil\n  title: {yaml(SCRIPT)}\n  intro: {yaml(NOTE)}\n  goals: [{yaml(QUOTES)}]\n",
        encoding="utf-8",
    )
    (root / "quizzes/prompts/p.yaml").write_text(
        f"- id: p\n  works: [a]\n  text: {yaml(NOTE)}\n", encoding="utf-8"
    )
    readings = f"[{{work: a, title: {yaml(QUOTES)}, url: 'data:text/html,x', why: {yaml(SCRIPT)}}}, {{one-of: [{{work: b}}, {{work: c}}]}}]"
    session = f"{{date: 2030-01-07, note: {yaml(SCRIPT)}, topics: [{{title: {yaml(SCRIPT + LONG[:2000])}, topic: evil, guest: {yaml(QUOTES)}, materials: [{{label: {yaml(SCRIPT)}, url: 'javascript:1'}}]}}], readings: {readings}, deliverables: [{{title: {yaml(QUOTES)}, url: 'javascript:1'}}]}}"
    (root / "quizzes/S2030.yaml").write_text(
        f"id: S2030\nterm: spring\nyear: 2030\ntitle: {yaml(SCRIPT)}\nhome: 'javascript:1'\nnotes: {yaml(QUOTES)}\nzone: Europe/Berlin\n"
        f"meetings: [{{kind: lecture, days: [Mon], start: '09:00', minutes: 90, place: {yaml(SCRIPT)}}}]\nstaff: [{{name: {yaml(SCRIPT)}, url: 'javascript:1'}}]\n"
        f"policy: {{quiz: {{late: {yaml(SCRIPT)}}}}}\nsessions: [{session}]\n",
        encoding="utf-8",
    )
    build_database(root, root / "kb.db")
    with serve(root / "kb.db", root) as address:
        yield address


def test_hostile_text_is_text_on_every_page(browser, hostile: str, shots: Path) -> None:
    context = browser.new_context(base_url=hostile, viewport={"width": 390, "height": 844})
    page = context.new_page()
    problems: list[str] = []
    where = ""
    page.on(
        "console",
        lambda message: (
            problems.append(f"{where}: {message.text}")
            if message.type in {"error", "warning"}
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((hostile, "data:"))
            else problems.append(f"{where}: {request.url}")
        ),
    )
    page.on("dialog", lambda dialog: problems.append(f"{where}: {dialog.message}"))
    for where in (*PAGES, *ADDRESSES):
        response = page.goto(where)
        expected = 200 if where in PAGES else response.status
        assert response.status == expected < 500, where
        problems += [f"{where}: {leak}" for leak in page.evaluate(LEAKS)]
        if page.title() in {"owned", "1"}:
            problems.append(f"{where}: a script ran")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            problems.append(f"{where}: {width} px wide")
    page.goto("/sessions/S2030-0107")
    page.screenshot(path=shots / "hostile-390.png", full_page=True)
    context.close()
    assert [p for p in problems if "(Not Found)" not in p and "(Bad Request)" not in p] == []
