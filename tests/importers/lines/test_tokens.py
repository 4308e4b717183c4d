"""Words of a line with the marks they stand in."""

from __future__ import annotations

import pytest

from kb.importers.lines.tokens import read_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**[Deep](http://x.y/(a)b)**, *G. Hinton*", [("Deep", "BL"), ("⟨http://x.y/(a)b⟩", "BU"), ("G", "I"), ("Hinton", "I")]),
        ('Roe. "[Ropes](https://a.org)." <i>Sea</i> 1981', [("Roe", ""), ("Ropes", "LQ"), ("⟨https://a.org⟩", "QU"), ("Sea", "I"), ("1981", "")]),
        ("‘Rope’s end’, O’Neil", [("Rope’s", "Q"), ("end", "Q"), ("O’Neil", "")]),
        ('<a href="https://a.org">Tides</a> <b>2001</b>', [("Tides", "L"), ("⟨https://a.org⟩", "U"), ("2001", "B")]),
        ("See https://a.org/b_c_d. doi:10.1145/12.34", [("See", ""), ("⟨https://a.org/b_c_d⟩", "U"), ("⟨doi:10.1145/12.34⟩", "U")]),
        ("12(3), 45–67 CHI'19", [("12", ""), ("3", ""), ("45", ""), ("67", ""), ("CHI'19", "")]),
        ("", []),
    ],
)  # fmt: skip
def test_words_carry_their_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(t.text, t.marks) for t in read_line(text).tokens] == expected


def test_what_stands_between_words_is_kept() -> None:
    assert [(t.before, t.after) for t in read_line("Roe,  A.: Salt\nRopes").tokens] == [
        ("", ", "),
        (", ", ".: "),
        (".: ", "⏎"),
        ("⏎", ""),
    ]
