"""Whatever is imported, records or ledger lines come out: no exception, no hang, memory in proportion."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.importers.bib import import_bib, known_works
from kb.importers.bibliography import read_bibliography
from kb.importers.ledger import ledger_json, ledger_text
from kb.importers.match import WorkIndex
from kb.importers.schedule import import_schedule
from kb.importers.semester_yaml import semester_yaml
from kb.parse.bibtex import parse_bibtex
from kb.parse.yaml import parse_yaml
from kb.sources.decode import decode

KNOWN = WorkIndex([])
PIECES = st.sampled_from(
    [
        "| Date | Topic | Reading |\n|-|-|-|\n", "| 9/5 | ", " | ", " |\n", "[A](http://a)", "[[pdf]](u)", "<br>", "<td rowspan=3>", "<table><tr><th>Date</th><th>Paper</th></tr>", "</td></tr>", "<li>", "<dl><dt>Sep 5</dt><dd>",
        "Ch. 1-3", "Mon, Aug 29", "Sep 5 - Sep 9", "31/12", "- ", "## Week 1 (9/5)\n", "Readings:", "Optional: ", "Read one of:\n", " and ", " or ", "; ", "\n", "\n\n", "  ", "- date: 2024-01-08\n", "  readings:\n", "    - title: A\n",
        "Doe, J. (2019). ", "\"A title\"", "*J* 1(2), 3-4.", "> note\n", "**B**", "@misc{a, title={b}}", "```bibtex\n", "```\n", "Title: x\n", "2019", "et al.", "Date,Topic,Reading\n", ",", "{: .label }", "\ue000", "⟪", "\x00", "’", "Ä",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.sampled_from(["", "", "md", "html", "text", "yaml"]))
def test_a_schedule_becomes_a_readable_semester(text: str, shape: str) -> None:
    found = import_schedule(text, "F2022", KNOWN, shape)
    root, findings = parse_yaml(semester_yaml(found), "f.yaml")
    assert root is not None and findings == ()
    assert all(r.title for s in found.sessions for r in s.readings)
    ledger_text("f", found.ledger)
    ledger_json("f", found.ledger)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_a_bibliography_has_titles_and_a_ledger(text: str) -> None:
    found = read_bibliography(text)
    assert {i.section for i in found.items} <= {s.number or s.title for s in found.sections}
    assert bool(found.ledger) or not text.strip()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    text, _, _ = decode(data, "f")
    parse_bibtex(text, "f")
    parse_yaml(text, "f")
    import_schedule(text, "F2022", KNOWN)
    read_bibliography(text)
    import_bib(text, "f", known_works(()), {})


READERS: list[tuple[str, Callable[[str], object]]] = [
    ("bibtex", lambda text: parse_bibtex(text, "f")),
    ("yaml", lambda text: parse_yaml(text, "f")),
    ("schedule", lambda text: import_schedule(text, "F2022", KNOWN)),
    ("bibliography", read_bibliography),
]
ROWS = {
    "bibtex": "@misc{{k{n}, title = {{A {{B}}}}, year = 2000, month = jan # {{~1}}}}\n",
    "yaml": "- {{id: k{n}, works: [a, b], text: 'x y'}}\n",
    "schedule": "| 9/5 | Topic {n} | [A{n}](http://a.org/{n}), Ch. 1 and [B](http://b.org) | HW1 |\n",
    "bibliography": 'Doe, Jane, and R. Roe. "[Title {n}](http://a.org/{n})." *Journal* 12, no. 3 (2019): 5-17.\n\n> A note about {n}.\n\n',
}
HEADS = {
    "schedule": "| Date | Topic | Reading | Due |\n|-|-|-|-|\n",
    "bibliography": "# T\n\n## 1. S\n\n",
}


@pytest.mark.parametrize(("name", "read"), READERS, ids=[name for name, _ in READERS])
def test_memory_grows_with_the_input_and_no_faster(
    name: str, read: Callable[[str], object]
) -> None:
    def peak(count: int) -> float:
        text = HEADS.get(name, "") + "".join(ROWS[name].format(n=n) for n in range(count))
        tracemalloc.start()
        read(text)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size / len(text)

    peak(20)
    small, large = peak(60), peak(240)
    assert large < 1.6 * small, f"{small:.0f} bytes for each of the input, then {large:.0f}"


@pytest.mark.parametrize(
    "piece",
    [
        "<b>",
        "<li>",
        "<td>",
        "<i>a",
        "[a](b) ",
        "A, B. ",
        "(2019) ",
        "Aa Bb, ",
        "**a",
        "“a",
        "| a ",
        "- a: b\n",
        "A and ",
        "# a\n",
        "> a\n",
        "Ch. 1, ",
        "{",
        "@misc{a,\n",
    ],
)
def test_no_repetition_hangs_or_breaks_a_reader(piece: str) -> None:
    text = piece * (1500 // len(piece))
    started = time.process_time()
    for shaped in (
        text,
        f"# T\n\n## S\n\n{text}\n",
        f"| Date | Topic | Reading |\n|-|-|-|\n| 9/5 | {text} | {text} |\n",
        f"<html><body>{text}",
    ):
        read_bibliography(shaped)
        import_schedule(shaped, "F2022", KNOWN)
    assert time.process_time() - started < 8
