"""One home for names of months, weekdays, ordinals and roles."""

from __future__ import annotations

import pytest

from kb.lexicon import DAYS, MONTH_NAMES, day_named, month_named, ordinal_named, role_named
from kb.records import Role


@pytest.mark.parametrize(
    ("word", "number"),
    [
        pytest.param("Jän.", 1, id="accent"),
        pytest.param("soon", None, id="no-month"),
        pytest.param("Jänner", 1, id="Austrian"),
        pytest.param("MÄRZ", 3, id="German"),
        pytest.param("août", 8, id="French"),
        pytest.param("Sept.", 9, id="four-letters"),
        pytest.param("dicembre", 12, id="Italian"),
    ],
)
def test_a_month_is_known_in_any_language(word: str, number: int | None) -> None:
    assert month_named(word) == number


def test_every_english_name_and_its_first_letters_are_known() -> None:
    assert [month_named(name) for name in MONTH_NAMES] == list(range(1, 13))
    assert [month_named(name[:3]) for name in MONTH_NAMES] == list(range(1, 13))
    assert [day_named(f"{day}.") for day in DAYS] == list(DAYS)


def test_ordinals_are_words_or_figures() -> None:
    found = [ordinal_named(word) for word in ("first", "10th", "3.", "deuxième", "1º", "final")]
    assert found == [1, 10, 3, 2, 1, None]


def test_roles_are_roles_of_readings() -> None:
    found = [role_named(word) for word in ("Required:", "further", "empfohlen", "skim", "maybe")]
    assert found == ["required", "supplementary", "recommended", "required", None]
    assert {Role(role) for role in found if role}
