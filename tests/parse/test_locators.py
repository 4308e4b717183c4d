"""Portions as people write them: read, written back, or left alone."""

from __future__ import annotations

import pytest

from kb.parse.locators import format_locator, parse_locator
from kb.records import Locator


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ch. 3, pp. 45-67", "Ch. 3, pp. 45-67"),
        ("pp. 234–244 (chap. 1)", "Ch. 1, pp. 234-244"),
        ("pp. 12 ff.", "pp. 12 ff."),
        ("pp. xi–xxv", "pp. xi-xxv"),
        ("Preface", "Preface"),
        ("Preface and Ch. 1", "Preface, Ch. 1"),
        ("Appendix A", "Appendix A"),
        ("Vol. 2, Ch. 3", "Vol. 2, Ch. 3"),
        ("Part II, Ch. 3", "Part II, Ch. 3"),
        ("Ch. 7 (skip 7.3)", "Ch. 7 (skip 7.3)"),
        ("Acts 1-2", "Acts 1-2"),
        ("Act 1, Scenes 2-4", "Act 1, Scenes 2-4"),
        ("Book 1, lines 1-88", "Book 1, lines 1-88"),
        ("§ 1367", "§ 1367"),
        ("§§ 1367-1369", "§§ 1367-1369"),
        ("0:00–12:30", "0:00-12:30"),
        ("Cap. 3, págs. 45-67", "Ch. 3, pp. 45-67"),
        ("第3章、45-67頁", "Ch. 3, pp. 45-67"),
        ("Ch. 6–8, 24", "Ch. 6, 7, 8, 24"),
    ],
)
def test_a_portion_is_read_and_reads_back(text: str, shown: str) -> None:
    locator = parse_locator(text)
    assert locator is not None
    assert format_locator(locator) == shown
    assert parse_locator(shown) == locator


@pytest.mark.parametrize(
    "text", ["the first half", "28 U.S.C. § 1331", "Introduction to X", "all", "skip 7.3", "§"]
)
def test_what_no_rule_reads_is_not_read_as_something_else(text: str) -> None:
    assert parse_locator(text) is None


def test_pages_beside_a_chapter_are_no_chapters() -> None:
    assert parse_locator("Ch. 3, pp. 45-67") == Locator(
        unit="chapter", parts=("3",), beside=(("page", ("45-67",)),)
    )
