"""Notes as they stand in a .bib file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.edit.annotation import note_of, set_note
from kb.edit.prose import join_lines, wrap_prose

ENTRY = "@misc{a,\n  title = {T},\n}\n"


def test_notes_are_wrapped_below_themselves() -> None:
    note = "word " * 30 + "end.\n\n- a list\n- of two\n\nMore."
    text = set_note(ENTRY, "a", "annotation", note)
    assert max(len(line) for line in text.split("\n")) <= 120
    assert note_of(text, "a", "annotation") == note
    assert set_note(text, "a", "annotation", note) == text
    assert set_note(text, "a", "annotation", "") == ENTRY


WORD = st.text(alphabet="abcdeÄ.,*[]@()`1-#>", min_size=1, max_size=12)
NOTE = st.lists(st.lists(WORD, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=4).map(
    "\n\n".join
)


@given(NOTE, st.integers(0, 40))
def test_joined_lines_are_what_was_wrapped(note: str, column: int) -> None:
    assert join_lines(wrap_prose(note, column)) == join_lines(note)
