"""Every kind of page in a browser: readable, accessible, light, at home on a phone."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.collection]

PAGES = {
    "home": "/?on=2022-09-06",
    "home-over": "/?on=2031-01-01",
    "next": "/next?on=2022-11-08",
    "next-over": "/next?on=2031-01-01",
    "semesters": "/semesters",
    "semester": "/semesters/F2022?on=2022-09-13",
    "semester-kind": "/semesters/S2026?kind=lab",
    "session": "/sessions/F2022-1109",
    "session-quiet": "/sessions/F2022-0905",
    "search": "/search?q=data+quality",
    "search-narrowed": "/search?q=modle+tests&kind=paper",
    "search-help": "/search",
    "work-recording": "/works/polich2020black",
    "work": "/works/ribeiro2020beyond",
    "work-often": "/works/hulten2018building",
    "cite": "/works/ribeiro2020beyond/cite",
    "near": "/works/ribeiro2020beyond/near",
    "works": "/works",
    "works-narrowed": "/works?kind=book&topic=quality-assurance",
    "works-last": "/works/pages/9",
    "topics": "/topics",
    "topic": "/topics/quality-assurance/data-quality",
    "area": "/topics/quality-assurance",
    "people": "/people",
    "people-letter": "/people/letters/k",
    "person": "/people/kastner-christian",
    "history": "/history",
    "history-first": "/history/first",
    "missing": "/works/sculey2015hiden",
    "compare": "/semesters/F2022/compare/S2023",
    "gaps": "/semesters/F2022/gaps",
    "load": "/semesters/F2022/load",
    "about": "/about",
}
"""Each kind of page with what it shows in most of its states."""

EXPECTED_ERRORS = {"missing": 404}

AXE = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules});
  return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(" | ")}`);
}"""

RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""Rules of axe; those about colours count again in the dark."""

WATCH_SHIFTS = """new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift = (window.shift || 0) + entry.value })
  .observe({type: "layout-shift", buffered: true})"""


@cache
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_light_and_fits_a_phone(
    browser, server: str, shots: Path, name: str
) -> None:
    context = browser.new_context(
        base_url=server, viewport={"width": 1280, "height": 900}, color_scheme="light"
    )
    page = context.new_page()
    problems: list[str] = []
    weights: list[int] = []
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((server, "data:")) else problems.append(request.url)
        ),
    )
    page.on("response", lambda response: weights.append(len(response.body())))
    page.add_init_script(WATCH_SHIFTS)
    response = page.goto(PAGES[name])
    assert response.status == EXPECTED_ERRORS.get(name, 200)
    page.evaluate(axe())
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        problems += [f"{scheme}: {violation}" for violation in page.evaluate(AXE, rules)]
        page.screenshot(path=shots / f"{name}-1280-{scheme}.png")
    assert page.evaluate("window.shift || 0") == 0
    page.set_viewport_size({"width": 390, "height": 844})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=shots / f"{name}-390-{scheme}.png")
    assert page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]") == [
        390,
        390,
    ]
    context.close()
    assert [p for p in problems if "404 (Not Found)" not in p] == []
    assert 2000 < sum(weights) < 100_000, weights


def test_page_reads_without_scripts(browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?on=2022-09-06")
    page.get_by_role("link", name="Model Quality", exact=True).click()
    assert page.get_by_role("heading", name="Answer").is_visible()
    context.close()


def test_printed_semester_is_a_list_and_nothing_else(browser, server: str, shots: Path) -> None:
    context = browser.new_context(base_url=server)
    page = context.new_page()
    page.goto("/semesters/F2022")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Site").is_visible()
    assert not page.get_by_role("link", name="Markdown").is_visible()
    assert page.get_by_text("Question due Wed, Aug 31, 13:25 EDT").is_visible()
    pdf = page.pdf(path=shots / "semester.pdf", format="A4")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 12
    context.close()


FOCUSED = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  const shown = part => { const found = document.elementFromPoint(r.left + r.width * part, r.top + r.height / 2); return !!found && (found === e || e.contains(found) || found.contains(e)) };
  return {name: e.innerText, outline: getComputedStyle(e).outlineStyle, seen: e.getAttribute("role") === "region" || [0.1, 0.5, 0.9].some(shown)};
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["history", "semester", "work-often", "search"])
def test_what_has_the_focus_is_seen(browser, server: str, name: str, width: int) -> None:
    """By keyboard to the end and back: nothing that stays in place covers it, and nothing holds it."""
    page = browser.new_page(base_url=server, viewport={"width": width, "height": 700})
    page.goto(PAGES[name])
    stops = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary, [tabindex=\"0\"]')].filter(e => e.checkVisibility()).length"
    )
    problems = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(stops - (key != "Tab")):
            page.keyboard.press(key)
            found = page.evaluate(FOCUSED)
            if found["outline"] != "solid" or not found["seen"]:
                problems.append((key, found))
    page.close()
    assert problems == []
