"""What three kinds of people come for, from the first page to the end, by mouse and by keyboard alone."""

from __future__ import annotations

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
    tab.get_by_role("link", name="Fall 2022").click()
    assert tab.get_by_role("heading", level=1, name="Fall 2022").is_visible()
    tab.get_by_role("link", name="Recitations 11").click()
    assert tab.locator("li.row").count() == 11
    tab.get_by_role("link", name="All 46").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="CSV", exact=True).first.click()
    assert download.value.suggested_filename == "F2022.csv"


def test_keyboard_alone_reaches_the_reading(tab) -> None:
    tab.goto("/?on=2022-09-06")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Enter")
    for _ in range(12):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.textContent") == "Model Quality":
            break
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sessions/F2022-0907")


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
