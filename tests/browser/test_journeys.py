"""What three kinds of people come for, from the first page to the end, by mouse and by keyboard alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.collection]


def test_student_opens_the_next_class_and_its_question(tab) -> None:
    tab.goto("/?on=2022-09-06")
    tab.get_by_role("link", name="Model Quality", exact=True).click()
    assert "Wed, Sep 07, 2022" in tab.locator("main").inner_text()
    assert tab.get_by_text("Due Wed, Sep 07, 13:25 EDT").is_visible()
    assert "skin cancer" in tab.locator(".question").inner_text()
    assert tab.get_by_text("1 token, until the final presentation").is_visible()


def test_student_goes_from_class_to_class(tab) -> None:
    tab.goto("/sessions/F2022-1107")
    tab.locator("a[rel=next]").click()
    assert tab.url.endswith("/sessions/F2022-1109")
    assert tab.get_by_role("group", name="Choose one of 2 readings").is_visible()


def test_instructor_filters_and_downloads_a_semester(tab) -> None:
    tab.goto("/")
    tab.get_by_role("link", name="Semesters", exact=True).first.click()
    tab.get_by_role("link", name="Fall 2022", exact=True).click()
    tab.get_by_role("heading", level=1, name="Fall 2022").wait_for()
    tab.get_by_role("link", name="Recitations 11").click()
    tab.wait_for_url("**kind=recitation")
    assert tab.locator("li.row").count() == 11
    tab.get_by_role("link", name="All 46").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="CSV", exact=True).first.click()
    assert download.value.suggested_filename == "F2022.csv"


def tab_to(tab, name: str, most: int = 60) -> None:
    """Press Tab until the element of a name has the focus, and can be seen to have it."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        found = tab.evaluate(
            "(e => (e.getAttribute('aria-label') || e.innerText || e.labels?.[0]?.innerText || '').trim())(document.activeElement)"
        )
        if found == name:
            assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"{name!r} was not reached by keyboard")


def test_keyboard_student_skips_to_the_reading_and_its_question(tab) -> None:
    tab.goto("/?on=2022-09-06")
    tab_to(tab, "Skip to the content", 1)
    tab.keyboard.press("Enter")
    tab_to(tab, "Model Quality", 4)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sessions/F2022-0907")
    assert tab.get_by_role("heading", name="Answer").is_visible()


def test_keyboard_student_opens_what_late_work_costs(tab) -> None:
    tab.goto("/sessions/F2022-0907")
    tab_to(tab, "If it is late, or to hand it in again")
    tab.keyboard.press("Enter")
    assert tab.get_by_text("Homework one day late").is_visible()


def test_keyboard_student_walks_through_the_semester(tab) -> None:
    tab.goto("/sessions/F2022-0907")
    tab_to(tab, "Next · Wed, Sep 07\nTeamwork Primer")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sessions/F2022-0907b")


def test_keyboard_instructor_filters_a_semester(tab) -> None:
    tab.goto("/semesters")
    tab_to(tab, "Fall 2022")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/semesters/F2022")
    tab_to(tab, "Recitations 11")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**kind=recitation")
    assert tab.locator("li.row").count() == 11


def test_keyboard_researcher_searches_and_copies_bibtex(tab) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto("/")
    tab_to(tab, tab.locator("#q").evaluate("e => e.labels[0].innerText.trim()"), 12)
    tab.keyboard.type("testing models")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=testing+models")
    tab.goto("/search?q=beyond+accuracy+behavioral")
    tab_to(tab, "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/works/ribeiro2020beyond")
    tab_to(tab, "Copy BibTeX", 90)
    tab.keyboard.press("Enter")
    tab.get_by_text("BibTeX copied", exact=True).wait_for(state="attached")
    assert tab.evaluate("navigator.clipboard.readText()").startswith(
        "@inproceedings{ribeiro2020beyond,"
    )


def test_keyboard_researcher_goes_from_topic_to_person(tab) -> None:
    tab.goto("/topics/process-and-teams/technical-debt")
    tab_to(tab, "Hidden Technical Debt in Machine Learning Systems")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/works/sculley2015hidden")
    tab_to(tab, "D. Sculley")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/people/sculley-*")


def test_keyboard_lost_visitor_is_led_on(tab, browser) -> None:
    tab.goto("/topics")
    tab_to(tab, "Search works, people and topics", 12)
    tab.keyboard.type("sculley")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=sculley")
    tab_to(tab, "History")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/history")


def test_researcher_finds_a_paper_by_topic_and_its_bibtex(tab) -> None:
    tab.goto("/")
    tab.get_by_role("link", name="Testing capabilities", exact=True).click()
    tab.get_by_role("link", name="Beyond Accuracy: Behavioral Testing of NLP Models").first.click()
    tab.wait_for_url("**/works/ribeiro2020beyond")
    assert "@inproceedings{ribeiro2020beyond," in tab.locator("main").text_content()


def test_instructor_prints_a_semester(tab) -> None:
    tab.goto("/semesters/F2022")
    tab.emulate_media(media="print")
    assert not tab.get_by_role("navigation", name="Site").is_visible()
    assert tab.get_by_text("Question due Wed, Aug 31, 13:25 EDT").is_visible()


def test_researcher_finds_a_paper_on_testing_models_and_copies_its_bibtex(tab) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto("/topics")
    tab.get_by_role("link", name="Testing capabilities", exact=True).first.click()
    tab.get_by_role(
        "link", name="Beyond Accuracy: Behavioral Testing of NLP Models with CheckList"
    ).click()
    assert "borrows black-box testing" in tab.locator(".note").inner_text()
    tab.get_by_role("link", name="Cite", exact=True).click()
    tab.locator(".cite").get_by_role("button", name="Copy BibTeX").click()
    tab.get_by_text("Copied", exact=True).wait_for()
    assert tab.evaluate("navigator.clipboard.readText()").startswith(
        "@inproceedings{ribeiro2020beyond,"
    )
    tab.get_by_role("button", name="Copy APA").click()
    tab.get_by_text("APA copied").wait_for(state="attached")
    assert tab.evaluate("navigator.clipboard.readText()").startswith("Ribeiro, M. T., Wu, T.")


def test_researcher_narrows_the_shelf_by_a_bar_and_by_a_kind(tab, database: Path) -> None:
    tab.goto("/works")
    tab.locator(".years a").last.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/works?year=*")
    total = tab.locator(".kicker").inner_text()
    tab.locator('.tags[aria-label="Filters"] a').click()
    tab.wait_for_url("**/works")
    assert tab.locator(".kicker").inner_text() != total
    tab.get_by_role("link", name="book", exact=True).click()
    tab.wait_for_url("**/works?kind=book")
    with sqlite3.connect(database) as connection:
        (books,) = connection.execute("select count(*) from works where type = 'book'").fetchone()
    assert books > 10
    assert tab.locator(".kicker").inner_text().casefold() == f"{books} works"
    assert tab.locator(".works > li").count() == books


def test_matrix_is_a_list_of_works_on_a_phone(tab) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto("/history")
    table = tab.get_by_role("table", name="Works by semesters")
    row = table.get_by_role("row").filter(
        has=tab.locator('a[href$="/works/hulten2018building"], a[href$="hulten2018building.html"]')
    )
    row.first.wait_for()
    cell = row.first.locator("td.read").first
    assert (
        row.first.locator("td:not(.read)").evaluate_all(
            "found => found.filter(e => e.checkVisibility()).length"
        )
        == 0
    )
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == (
        f'"{cell.get_attribute("data-semester")} "'
    )
    box = tab.get_by_role("region", name="Works by semesters")
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_matrix_scrolls_in_its_own_box(tab) -> None:
    tab.set_viewport_size({"width": 800, "height": 800})
    tab.goto("/history")
    box = tab.get_by_role("region", name="Works by semesters")
    box.focus()
    assert tab.evaluate("document.activeElement.scrollWidth > document.activeElement.clientWidth")
    tab.keyboard.press("End")
    box.evaluate("e => e.scrollTo(400, 300)")
    header = tab.locator(".matrix thead th").first
    assert header.evaluate(
        "e => { const b = e.closest('.matrix').getBoundingClientRect(), r = e.getBoundingClientRect(); return Math.abs(b.left - r.left) < 3 && Math.abs(b.top - r.top) < 3 }"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") == 800
