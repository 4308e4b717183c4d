"""Reading BibTeX: nothing vanishes, nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.parse.bibtex import duplicate_key_findings, parse_bibtex, year_of
from kb.parse.inheritance import resolve_inheritance
from kb.parse.names import Name, parse_names
from kb.sources.decode import decode


def keys(text: str) -> list[str]:
    return [entry.key for entry in parse_bibtex(text, "a.bib")[0]]


def messages(text: str) -> list[str]:
    return [str(finding) for finding in parse_bibtex(text, "a.bib")[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("@commentary{a, title={x}}", ["a"], id="type begins with comment"),
        pytest.param("@stringent{a, title={x}}", ["a"], id="type begins with string"),
        pytest.param("@ article\n{a, title={x}}", ["a"], id="space and line end before the brace"),
        pytest.param("@in-book{a, title={x}}", ["a"], id="hyphen in the type"),
        pytest.param("@article(a, title={x})", ["a"], id="parentheses"),
        pytest.param("@comment{@misc{a, title={x}}}", ["a"], id="inside a comment, as BibTeX"),
        pytest.param(
            "text me@x.org @misc{a} more @misc{b,}", ["a", "b"], id="text between entries"
        ),
        pytest.param(
            "@misc{a, note={code\n@foo{bar, x}\n}}", ["a"], id="no entry from inside a value"
        ),
        pytest.param("@misc{a,\r\n title={x}}\r\n@misc{b}\r\n", ["a", "b"], id="CRLF"),
        pytest.param("@misc{a, title={x}, TITLE={y}}", ["a"], id="repeated field"),
    ],
)
def test_keys_are_those_bibtex_sees(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "\n@misc{a, title={x\n@misc{b, title={y}}",
            "a.bib:2: a: @misc is never closed",
            id="unclosed",
        ),
        pytest.param("@misc{, title={x}}", "a.bib:1: @misc without a citation key", id="no key"),
        pytest.param(
            "@misc{a, title={x} year={2000}}",
            "a.bib:1: a: no comma after the value of 'title'",
            id="comma",
        ),
        pytest.param(
            "@misc{a, title={x}},\n year={2000}}",
            "a.bib:2: a: text left over after the entry",
            id="brace too many",
        ),
        pytest.param(
            "@misc{a, title={x},\n % old\n year={2000}}",
            "a.bib:2: a: a % comment inside the entry",
            id="percent",
        ),
        pytest.param(
            "@misc{a, month=foo}", "a.bib:1: a: 'foo' in 'month' is not defined", id="macro"
        ),
        pytest.param(
            "@misc{a, title={x},\n Title={y}}",
            "a.bib:2: a: 'Title' is written twice",
            id="repeated",
        ),
    ],
)
def test_slips_are_named_with_their_line(text: str, message: str) -> None:
    assert any(found.startswith(message) for found in messages(text)), messages(text)


def test_neighbours_of_a_broken_entry_load() -> None:
    text = "@misc{a, title={x}}\n@misc{b, title={y, year={2000}}\n@misc{c, title={z}}\n@misc{d, title={w}}}\n"
    assert keys(text) == ["a", "c", "d"]
    assert any("b: @misc is never closed" in m for m in messages(text))


def test_macros_months_and_concatenation() -> None:
    text = '@string{acm = "ACM"}\n@string{full = acm # " Press"}\n@book{a, publisher = full # ", NY", month = jan, year = 2020}'
    entry = parse_bibtex(text, "a.bib")[0][0]
    assert (entry.get("publisher"), entry.get("month"), entry.get("year")) == (
        "ACM Press, NY",
        "January",
        "2020",
    )


def test_doubling_macros_are_cut() -> None:
    text = (
        '@string{s0="xxxxxxxxxx"}'
        + "".join(f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(40))
        + "@misc{a, title=s40}"
    )
    entries, findings = parse_bibtex(text, "a.bib")
    assert entries[0].key == "a"
    assert any(f.code == "bibtex-macro-size" for f in findings)


def test_urls_and_percent_signs_stay_whole() -> None:
    entry = parse_bibtex("@misc{a, url={http://x.org/a%20b?x=1&y=2}, note={100% sure}}", "a.bib")[
        0
    ][0]
    assert entry.get("url") == "http://x.org/a%20b?x=1&y=2"
    assert entry.get("note") == "100% sure"


def test_duplicate_keys_name_both_places_also_across_case() -> None:
    entries = parse_bibtex("@misc{Foo}\n@misc{foo}", "a.bib")[0]
    (finding,) = duplicate_key_findings(entries)
    assert str(finding).startswith("a.bib:2: foo: the key is used twice, first in a.bib:1 as 'Foo'")


def test_crossref_fills_what_is_missing_and_cycles_end() -> None:
    text = "@inproceedings{a, title={A}, crossref={b}}\n@proceedings{b, title={B}, year=2001, crossref={a}}"
    resolved, _ = resolve_inheritance(parse_bibtex(text, "a.bib")[0])
    assert resolved[0].get("booktitle") == "B"
    assert year_of(resolved[0]) == 2001


@pytest.mark.parametrize(
    ("field", "year"),
    [
        ("year={2020}", 2020),
        ("date={2019-05}", 2019),
        ("date={1988/1992}", 1988),
        ("year={20200}", None),
        ("year={in press, 2021}", 2021),
    ],
)
def test_years(field: str, year: int | None) -> None:
    assert year_of(parse_bibtex(f"@misc{{a, {field}}}", "a.bib")[0][0]) == year


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("Knuth, Donald E.", [Name("Knuth", "Donald E.")], id="comma"),
        pytest.param("Ludwig van Beethoven", [Name("Beethoven", "Ludwig", "van")], id="particle"),
        pytest.param(r"A and \'Alvarez, C", [Name("A"), Name("Álvarez", "C")], id="bare accent"),
        pytest.param(r"{\O}ystein Berg", [Name("Berg", "Øystein")], id="letter macro"),
        pytest.param("{Google PAIR}", [Name("Google PAIR")], id="organisation"),
        pytest.param(
            "family=Gogh, given=Vincent, prefix=van",
            [Name("Gogh", "Vincent", "van")],
            id="biblatex",
        ),
        pytest.param(
            "Brooks, Jr., Frederick P.", [Name("Brooks", "Frederick P.", "", "Jr.")], id="suffix"
        ),
        pytest.param("{Barnes and Noble}", [Name("Barnes and Noble")], id="and inside braces"),
    ],
)
def test_names(value: str, expected: list[Name]) -> None:
    assert list(parse_names(value)[0]) == expected


def test_and_others_is_no_person() -> None:
    names, et_al = parse_names("Brundage, Miles and others")
    assert (len(names), et_al) == (1, True)


@given(
    st.text(
        alphabet=st.sampled_from('@{}",=#%()\\\n aAb1') | st.characters(codec="utf-8"), max_size=300
    )
)
def test_any_text_gives_entries_or_findings(text: str) -> None:
    entries, findings = parse_bibtex(text, "a.bib")
    for entry in entries:
        assert entry.key
        assert text[entry.start] == "@"
        parse_names(entry.get("author") or text[:50])
    assert all(finding.line >= 1 for finding in findings)


NAME = st.text(alphabet="abcdefghij", min_size=1, max_size=8)
VALUE = st.text(alphabet="abc ÄØ%&~^_.,;:()[]-'\n", max_size=40)


@given(
    st.lists(
        st.tuples(NAME, st.dictionaries(NAME, VALUE, max_size=4)),
        max_size=6,
        unique_by=lambda item: item[0],
    )
)
def test_what_is_written_is_read(entries: list[tuple[str, dict[str, str]]]) -> None:
    text = "\n".join(
        f"@misc{{{key},\n" + "".join(f"  {n} = {{{v}}},\n" for n, v in fields.items()) + "}"
        for key, fields in entries
    )
    read, findings = parse_bibtex(text, "a.bib")
    assert [(e.key, {f.name: f.value for f in e.fields}) for e in read] == entries
    assert findings == ()


def test_the_scan_reads_real_files_as_the_library_does(project: Path) -> None:
    files = sorted(p for folder in ("bib", "tests") for p in (project / folder).rglob("*.bib"))
    assert len(files) > 15
    for path in files:
        text, _, _ = decode(path.read_bytes(), path.name)
        assert parse_bibtex(text, path.name) == parse_bibtex(text, path.name, library=False)
