"""Rows of a semester file as text."""

from __future__ import annotations

from datetime import date

import pytest

from kb.edit.bib_place import EditRefused
from kb.edit.semester_file import block_text, canonical, open_semester, reassembled
from kb.edit.semester_rows import date_patches, drop_fields

TEXT = """id: X
sessions:
  # first
  - date: 2024-01-01
    weekday: Mon   # really
    kind: lecture

  - kind: exam
    date: '2024-01-03'
  -
    date: 2024-01-05  # was Mon 2023-01-02
    note: |
      Two
      lines
  # loose end
waivers: []
"""


def test_rows_put_back_together_are_the_file() -> None:
    file = open_semester(TEXT)
    assert len(file.blocks) == 3
    assert reassembled(file, [block_text(file, b) for b in file.blocks]) == TEXT
    assert block_text(file, file.blocks[0]).startswith("  # first\n  - date")
    assert TEXT[file.tail_start :] == "waivers: []\n"


def test_dates_change_and_nothing_else() -> None:
    file = open_semester(TEXT)
    patches = [
        p for b in file.blocks for p in date_patches(file, b, date(2024, 2, 6), "was long ago")
    ]
    new = reassembled(file, [block_text(file, b, patches) for b in file.blocks])
    assert new == TEXT.replace("2024-01-01", "2024-02-06  # was long ago").replace(
        "Mon   #", "Tue   #"
    ).replace("'2024-01-03'", "2024-02-06  # was long ago").replace(
        "2024-01-05  # was Mon 2023-01-02", "2024-02-06  # was long ago"
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"date", "weekday"}, "  - kind: lecture\n"),
        ({"weekday"}, "  - date: 2024-01-01\n    kind: lecture\n"),
        ({"kind"}, "  - date: 2024-01-01\n    weekday: Mon\n"),
        ({"weekday", "kind"}, "  - date: 2024-01-01\n"),
    ],
)
@pytest.mark.parametrize("flow", [False, True])
def test_fields_go_with_their_lines(names: set[str], expected: str, flow: bool) -> None:
    row = "  - date: 2024-01-01\n    weekday: Mon\n    kind: lecture\n"

    def written(text: str) -> str:
        return (
            "  - {" + ", ".join(line.strip(" -") for line in text.splitlines()) + "}\n"
            if flow
            else text
        )

    file = open_semester("sessions:\n" + written(row))
    assert block_text(
        file, file.blocks[0], drop_fields(file, file.blocks[0].node, names)
    ) == written(expected)


@pytest.mark.parametrize(
    "text",
    [
        "sessions: []",
        "sessions: [{date: 2024-01-01}]",
        "a: [",
        "sessions:\n  - &a {date: 2024-01-01}\n  - *a\n",
        "- 1",
        "id: X\n",
    ],
)
def test_other_shapes_are_refused(text: str) -> None:
    with pytest.raises(EditRefused):
        open_semester(text)


def test_other_shapes_can_be_written_out() -> None:
    text = "sessions: [{date: 2024-01-01, note: 'a: \"b\"', prompts: [], topics: [{title: no}, &t {title: x}, *t]}]"
    plain = canonical(text, "x.yaml")
    assert (
        plain
        == 'sessions:\n  - date: 2024-01-01\n    note: "a: \\"b\\""\n    prompts: []\n    topics:\n      - title: "no"\n      - title: x\n      - title: x\n'
    )
    assert len(open_semester(plain).blocks) == 1


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        (None, "2024-02-06  # was Mon 2023-01-02"),
        ("", "2024-02-06"),
        ("was Fri 2024-01-05", "2024-02-06  # was Fri 2024-01-05"),
    ],
)
def test_a_comment_on_the_origin_stays_goes_or_is_renewed(
    comment: str | None, expected: str
) -> None:
    file = open_semester(TEXT)
    row = block_text(
        file, file.blocks[2], date_patches(file, file.blocks[2], date(2024, 2, 6), comment)
    )
    assert row.splitlines()[1] == f"    date: {expected}"
