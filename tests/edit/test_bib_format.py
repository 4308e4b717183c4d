"""The house layout: the same entries, laid out alike, laid out once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.edit.bib_format import Reformatted, format_bib
from kb.parse.bibtex import parse_bibtex


def test_one_field_a_line() -> None:
    text = '% top\n@Misc(a, Title="x {y}", annotation={n\n  m}, month = jan # " 1" )\n@misc{b}\n'
    expected = '% top\n@misc{a,\n  title      = {x {y}},\n  annotation = {n\n  m},\n  month      = jan # " 1",\n}\n\n@misc{b,\n}\n'
    assert format_bib(text) == (
        expected,
        (
            Reformatted(2, "a", "not in the house layout"),
            Reformatted(4, "b", "no blank line before it"),
            Reformatted(4, "b", "not in the house layout"),
        ),
    )
    assert format_bib(expected) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@misc{a, title={x} year=1}\n", id="damaged"),
        pytest.param("@misc{a, title={x}, Title={y}}\n", id="repeated field"),
        pytest.param("@misc{a,\n% why\n title={x}}\n", id="comment inside"),
        pytest.param("@string{x = 1}\n@preamble{1}\n@comment{y}\n", id="no entries"),
        pytest.param("@book(b,@misc{a,)@misc{a,\n}\n", id="damaged beside another"),
        pytest.param("text only", id="text"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_not_regular_is_left_alone(text: str) -> None:
    assert format_bib(text) == (text, ())


def test_line_ends_and_text_between_stay() -> None:
    text = "@misc{a,\r\n  b = {c},\r\n}\r\nfree text\r\n\r\n\r\n@misc{d,\r\n  e = 1,\r\n}\r\n"
    assert format_bib(text) == (text, ())


PIECES = st.sampled_from(
    [
        "@misc{a,",
        "@Book(b,",
        "c = {d},",
        'E = "f g"',
        ",",
        "}",
        ")",
        "\n",
        "\n\n",
        " ",
        "% x\n",
        "@string{s=1}",
        "jan",
        "#",
        "{",
        "@comment{",
        "text",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_layout_says_the_same_and_is_stable(text: str) -> None:
    formatted, changes = format_bib(text)
    assert [
        (e.key, e.entry_type, [(f.name, f.value) for f in e.fields])
        for e in parse_bibtex(formatted, "")[0]
    ] == [
        (e.key, e.entry_type, [(f.name, f.value) for f in e.fields])
        for e in parse_bibtex(text, "")[0]
    ]
    assert bool(changes) == (formatted != text)
    assert format_bib(formatted)[0] == formatted
