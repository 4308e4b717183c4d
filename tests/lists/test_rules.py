"""Rules in words."""

from __future__ import annotations

import pytest

from kb.lists.rules import homework_rules, price_text, quiz_rules


@pytest.mark.parametrize(
    "value, text",
    [
        ("1; who: individual", "1 token"),
        (
            "2; who: team; except: final presentation",
            "2 tokens of the team, not for the final presentation",
        ),
        (
            "3; who: individual; gain: 90 percent of the improvement",
            "3 tokens, for 90 percent of the improvement",
        ),
        ("free", "free"),
        ("", ""),
    ],
)
def test_prices_read_as_words(value: str, text: str) -> None:
    assert price_text(value) == text


def test_rules_of_a_quiz_come_from_both_its_own_and_the_prices() -> None:
    policy = {
        "quiz": {
            "late": "at most half",
            "grading": "pass/fail",
            "expectation": "good-faith effort",
        },
        "tokens": {
            "individual": "7",
            "prices.quiz late or again": "1; who: individual",
            "prices.homework one day late": "1",
            "exhausted": "no credit",
        },
    }
    assert quiz_rules(policy) == (
        ("Late", "at most half"),
        ("Late or again", "1 token"),
        ("Graded", "pass/fail, for a good-faith effort"),
    )
    assert homework_rules(policy) == (
        ("Homework one day late", "1 token"),
        ("Without tokens", "no credit"),
    )


def test_semester_without_quizzes_has_no_rules_for_them() -> None:
    assert quiz_rules({"quiz": {"weight": "0", "grading": "none"}}) == quiz_rules({}) == ()
