"""Lines read by the learned reader: what it must read, whatever it was fitted on."""

from __future__ import annotations

import pytest

from kb.importers.lines.reading import read_lines


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Roe, A., & Lund, B. (1999). Salt roads of the north. *Journal of Sea History*, *12*(3), 45–67.", ("Salt roads of the north", "Roe, A., & Lund, B", 1999)),
        ("Zhou Y, Marr C. Detecting harbours from the air. Remote Sens. 2015;12(4):117-125.", ("Detecting harbours from the air", "Zhou Y, Marr C", 2015)),
        ("A. Roe and B. Lund, “Salt roads of the north,” in *Proc. 12th Int. Conf. on Harbours*, 2001, pp. 1–9.", ("Salt roads of the north", "A. Roe and B. Lund", 2001)),
        ("Roe, Anna. *Ropes: A History*. New York: Holm Press, 2011. Print.", ("Ropes: A History", "Roe, Anna", 2011)),
    ],
)  # fmt: skip
def test_plain_references(line: str, expected: tuple[str, str, int]) -> None:
    reading = read_lines([line])[0]
    assert (reading.title, reading.people, reading.year) == expected


def test_prose_is_no_work() -> None:
    assert (
        read_lines(
            [
                "Return the number of items that the list holds, or raise an error when there are none."
            ]
        )[0].title
        == ""
    )


def test_any_line_is_read() -> None:
    assert [r.title for r in read_lines(["", "—", "([)", "*", "\x00"])] == [""] * 5


def test_a_linked_title_counts_more_than_a_longer_remark() -> None:
    lines = [
        "[Salt](https://a.org/c) (2004): A short history of a mineral.",
        "[Codfish](https://a.org/d) (1997): A biography of a fish.",
    ]
    assert [(r.title, r.year) for r in read_lines(lines)] == [("Salt", 2004), ("Codfish", 1997)]
