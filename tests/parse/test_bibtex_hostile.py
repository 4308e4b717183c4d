"""Damaged and hostile BibTeX: everything is named, and time grows with the input only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.findings import Finding, Severity
from kb.parse.bibtex import RawEntry, parse_bibtex
from kb.parse.bibtex_text import keys_between


def read(text: str) -> tuple[dict[str, RawEntry], tuple[Finding, ...]]:
    entries, findings = parse_bibtex(text, "a.bib")
    assert len({e.key for e in entries}) == len(entries)
    return {e.key: e for e in entries}, findings


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        pytest.param(
            '@misc{a, title="{zeitgem{"a}} x", year=1}',
            "title",
            '{zeitgem{"a}} x',
            id="quote inside braces inside quotes",
        ),
        pytest.param(
            "@misc{a, title={x\\\\{y} z}}", "title", "x\\\\{y} z", id="line break before a group"
        ),
        pytest.param(
            "@misc{a, file={C:\\dir\\}, year=1}",
            "file",
            "C:\\dir\\",
            id="value ends in a backslash",
        ),
        pytest.param("@misc{a,\n% old = {x}\n title={t}}", "title", "t", id="percent line inside"),
        pytest.param(
            "@misc{a, title={t}, % why\n year=1}", "year", "1", id="percent at the end of a line"
        ),
        pytest.param(
            '@misc(a, title="f(x) ) y", note={)})', "note", ")", id="parentheses inside a value"
        ),
        pytest.param("@misc(a)", "title", None, id="nothing but a key in parentheses"),
        pytest.param(
            '@string(x = "X")\n@misc{a, title = x # { and } # "Y"}',
            "title",
            "X and Y",
            id="string in parentheses",
        ),
        pytest.param(
            '@string{x="1"}\n@string{X="2"}\n@misc{a, title=x}',
            "title",
            "2",
            id="macro defined anew",
        ),
        pytest.param("\ufeff@misc{a, title={x}}", "title", "x", id="byte order mark in the text"),
        pytest.param("@misc{a,\rtitle={x},\ryear=1\r}", "year", "1", id="CR alone"),
        pytest.param("@MISC{a, TITLE={x}}", "title", "x", id="capitals"),
        pytest.param("@misc {a , title = {x} , }", "title", "x", id="spaces"),
        pytest.param(
            "@misc{a, bdsk-url-1={http://x/%20}}",
            "bdsk-url-1",
            "http://x/%20",
            id="hyphens in a name",
        ),
        pytest.param(
            "@misc{a, author+an={1=highlight}}", "author+an", "1=highlight", id="annotation of data"
        ),
    ],
)
def test_values_are_read_as_bibtex_reads_them(text: str, field: str, value: str | None) -> None:
    entries, findings = read(text)
    assert entries["a"].get(field) == value
    assert not [f for f in findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("text", "keys", "code", "line"),
    [
        pytest.param(
            "@misc{a, title={x\n}\n\n@misc{b}\n", ["b"], "bibtex-unclosed", 1, id="unclosed value"
        ),
        pytest.param(
            "@misc{b}\n@misc{a, title={x},\n\n@misc{c}\n",
            ["b", "c"],
            "bibtex-unclosed",
            2,
            id="unclosed entry",
        ),
        pytest.param(
            "@misc{a, title={x},\n@misc{b}\n}\n",
            ["b"],
            "bibtex-unclosed",
            1,
            id="unclosed entry and a brace too many",
        ),
        pytest.param(
            '@misc(a, title="x"\n@misc{b}\n', ["b"], "bibtex-unclosed", 1, id="unclosed parenthesis"
        ),
        pytest.param(
            "@misc{a, note={\n@article{foo, x}\n}, title={x\n}\n@misc{b}",
            ["b"],
            "bibtex-unclosed",
            1,
            id="no phantom from a broken entry",
        ),
        pytest.param(
            "@misc{a}}\n@misc{b}", ["a", "b"], "bibtex-leftover", 1, id="a brace too many"
        ),
        pytest.param(
            "@misc{a, title={x}},\n  year={2000}\n}\n@misc{b}",
            ["a", "b"],
            "bibtex-leftover",
            2,
            id="a brace too many in the middle",
        ),
        pytest.param(
            "@misc{a, title={x} year={2000}}\n@misc{b}",
            ["a", "b"],
            "bibtex-comma",
            1,
            id="missing comma",
        ),
        pytest.param(
            "@misc{a b c, title={x}}",
            ["a b c"],
            "",
            0,
            id="a key with spaces is for the next step to refuse",
        ),
        pytest.param("@misc{title={x}}\n@misc{b}", ["b"], "bibtex-key", 1, id="no key"),
        pytest.param("@misc{a, title=}\n@misc{b}", ["a", "b"], "bibtex-value", 1, id="no value"),
        pytest.param(
            "@misc{a, title}\n@misc{b}", ["a", "b"], "bibtex-field", 1, id="no equals sign"
        ),
        pytest.param(
            "% @misc{a,\n%  title={x}\n% }\n@misc{b}",
            ["b"],
            "bibtex-comment",
            1,
            id="commented out line by line",
        ),
        pytest.param(
            "% @misc{a, title={x}}\n@misc{b}",
            ["a", "b"],
            "bibtex-comment",
            1,
            id="one line behind a percent sign, as BibTeX",
        ),
        pytest.param("me@misc.org (home) @misc{b}", ["b"], "", 0, id="address in the text"),
    ],
)
def test_slips_name_their_line_and_spare_the_neighbours(
    text: str, keys: list[str], code: str, line: int
) -> None:
    entries, findings = read(text)
    assert list(entries) == keys
    if code:
        assert (code, line) in {(f.code, f.line) for f in findings}
    else:
        assert findings == ()


def test_entries_inside_a_broken_one_are_named() -> None:
    _, findings = read("@misc{a, title={x @misc{b, title={y}}\n")
    assert [str(f) for f in findings if f.code == "bibtex-swallowed"] == [
        "a.bib:1: a: @misc{b stands inside an entry that is never closed (a) and is not read; mend that entry first"
    ]


def test_code_in_an_annotation_is_a_note_elsewhere_a_warning() -> None:
    text = "@misc{a, annotation={\n@foo{x, y}\n}, title={\n@foo{z, y}\n}}"
    assert [(f.line, f.severity) for f in read(text)[1]] == [
        (2, Severity.NOTE),
        (4, Severity.WARNING),
    ]


SIZE = 20_000
HOSTILE = {
    "one field": "@misc{k, title={" + "a" * SIZE * 20 + "}}",
    "nested braces": "@misc{k, title=" + "{" * SIZE + "}" * SIZE + "}",
    "open braces": "@misc{k, title=" + "{" * SIZE,
    "unclosed, a line each": "@misc{k, title={x\n" * SIZE,
    "unclosed on one line": "@misc{k, title={x " * SIZE,
    "unclosed, closed at the end": "@misc{k, title={{x\n" * SIZE + "}" * 3 * SIZE,
    "unclosed parentheses": '@misc(k, title="x ' * SIZE,
    "at signs": "@ " * SIZE * 10,
    "junk fields": "@misc{k, " + "x, " * SIZE + "}",
    "percent lines": "@misc{k, " + "%\n" * SIZE + "}",
    "sums": "@misc{k, title=" + "a # " * SIZE + "a}",
    "no commas": "@misc{k, title={x} year={2000}} " * SIZE,
    "repeated field": "@misc{k, " + "f={x}, " * SIZE + "}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_input(name: str, in_proportion) -> None:
    half, whole = HOSTILE[name][: len(HOSTILE[name]) // 2], HOSTILE[name]
    in_proportion(lambda text: parse_bibtex(text, "a.bib"), half, whole)


def test_macros_that_double_stay_small_in_a_whole_file() -> None:
    text = '@string{s0="xxxxxxxxxx"}\n' + "".join(
        f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(16)
    )
    entries, findings = parse_bibtex(
        text + "@misc{k, title=s16}\n@misc{j, title=s16}\n" * 500, "a.bib"
    )
    assert sum(len(e.get("title") or "") for e in entries) < 2_000_000
    assert any(f.code == "bibtex-macro-size" for f in findings)


PIECES = st.sampled_from(
    [
        "@misc{",
        "@article(",
        "@string{",
        "@comment{",
        "@preamble{",
        "key",
        ",",
        " = ",
        "{",
        "}",
        '"',
        "#",
        ")",
        "\n",
        "% ",
        "title",
        "2000",
        "jan",
        "\\",
        " and ",
        "@",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_key_is_stored_or_named(text: str) -> None:
    entries, findings = parse_bibtex(text, "a.bib")
    named = " ".join(f"{f.key} {f.what}" for f in findings)
    for offset, name in keys_between(text, 0, len(text)):
        key = name.replace("(", "{").partition("{")[2].strip()
        kind = name.replace("(", "{").partition("{")[0].strip("@ \n").casefold()
        if kind in {"string", "preamble", "comment"}:
            continue
        inside = any(e.start <= offset < e.end for e in entries)
        strings = [m for m in ("@string", "@preamble") if m in text[:offset]]
        assert inside or key in named or strings, (name, text)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_entries_do_not_overlap_and_lie_on_their_lines(text: str) -> None:
    entries, findings = parse_bibtex(text, "a.bib")
    end = 0
    for entry in entries:
        assert end <= entry.start < entry.end <= len(text)
        assert entry.line == text.count("\n", 0, entry.start) + 1
        assert all(entry.line <= f.line <= entry.end_line for f in entry.fields)
        end = entry.end
    assert all(1 <= f.line <= text.count("\n") + 1 for f in findings)
