"""No word of a schedule is lost: it is in a row or in a line of the ledger."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.importers.match import WorkIndex
from kb.importers.schedule import ImportedSchedule, import_schedule
from kb.importers.schedules.account import texts_of
from kb.text import fold_words

WORDS = st.sampled_from(
    "wool looms flax dyes essay quiz reading due ash birch chapter 3 pp. 4-9 (optional) “Black Sheep” *Hemp* Mon no class guest".split()
)
LINES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
DATES = st.sampled_from(["Sep 3", "Sep 5", "9/10", "Thu, Sep 12", "Week 3", "TBD"])


def kept(found: ImportedSchedule) -> set[str]:
    """Give the words of rows and ledger."""
    texts = [text for session in found.sessions for text in texts_of(session)]
    texts += [f"{e.text} {e.what}" for e in found.ledger]
    return {word for text in texts for word in fold_words(text)}


def words_of(text: str) -> set[str]:
    """Give the words of a text without dates, which are in the rows' days."""
    plain = re.sub(r"Sep \d+|9/10|Thu|Mon|Week \d|TBD", " ", text)
    return set(fold_words(plain))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(DATES, LINES, LINES, LINES), min_size=1, max_size=6))
def test_every_word_of_a_table_is_in_a_row_or_in_the_ledger(
    rows: list[tuple[str, str, str, str]],
) -> None:
    text = "| Date | Topic | Reading | Due |\n|---|---|---|---|\n" + "".join(
        f"| {' | '.join(row)} |\n" for row in rows
    )
    found = import_schedule(text, "F2024", WorkIndex([]))
    assert words_of(" ".join(" ".join(row) for row in rows)) <= kept(found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(DATES, LINES, st.lists(LINES, max_size=3)), min_size=1, max_size=6))
def test_every_word_of_an_outline_is_in_a_row_or_in_the_ledger(
    rows: list[tuple[str, str, list[str]]],
) -> None:
    text = "".join(
        f"## {date}: {title}\n\n" + "".join(f"- {item}\n" for item in items) + "\n"
        for date, title, items in rows
    )
    found = import_schedule(text, "F2024", WorkIndex([]))
    assert words_of(text) <= kept(found)


def test_what_no_rule_reads_is_told() -> None:
    text = "| Date | Topic | Zzz |\n|---|---|---|\n| Sep 3 | Wool [[x]](https://a.org/x) | |\n| ~~Sep 5~~ | | |\n"
    found = import_schedule(text, "F2024", WorkIndex([]))
    assert "https://a.org/x" in {m.url for t in found.sessions[0].topics for m in t.materials}


def test_a_reading_that_nothing_marks_is_probable() -> None:
    text = "| Date | Topic | Reading |\n|---|---|---|\n| Sep 3 | Wool | Something about black sheep |\n"
    found = import_schedule(text, "F2024", WorkIndex([]))
    assert [(e.fate.value, e.text) for e in found.ledger if e.what == "reading"] == [
        ("probable", "Something about black sheep (or: a remark)")
    ]
