"""Merging other people's BibTeX: keys stay, nothing is taken twice, each block has its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cli.app import app
from kb.importers.bib import BibImport, import_bib, known_works
from kb.importers.bib_entry import adapt_entry
from kb.parse.bibtex import parse_bibtex

TOPICS = {"quality assurance": "qa", "qa": "qa", "data quality": "qa/data", "qa data": "qa/data"}
OWN = "@misc{doe2020x, title={The X}, year=2020, doi={10.1000/x}}\n@misc{roe2021y, title={The Y}, year=2021}\n"


def plan(text: str, notes: str = "auto") -> BibImport:
    return import_bib(text, "in.bib", known_works(parse_bibtex(OWN, "bib/a.bib")[0]), TOPICS, notes)


def ledger(text: str) -> list[str]:
    return [f"{e.line}: {e.fate}: {e.what}" for e in plan(text).ledger]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("@misc{k, title={New}}", ["1: imported: work k"], id="new"),
        pytest.param("@misc{doe2020x, title={the  {X}}}", ["1: unchanged: work doe2020x, there already in bib/a.bib:1"], id="there already"),
        pytest.param(
            "@misc{roe2021y, title={Other}}",
            ["1: skipped: collision: roe2021y is another work in bib/a.bib:2 (roe2021y); rename one of them"],
            id="the key of another work",
        ),
        pytest.param(
            "@misc{Doe2020x, title={The X}}",
            ["1: skipped: collision: Doe2020x is another work in bib/a.bib:1 (doe2020x); rename one of them"],
            id="the key in other capitals",
        ),
        pytest.param(
            "@misc{k, doi={https://doi.org/10.1000/X}}", ["1: skipped: duplicate: k is doe2020x in bib/a.bib:1, by its DOI"], id="the same DOI"
        ),
        pytest.param(
            "@misc{k, title={{The} Y}, year=2021}", ["1: skipped: duplicate: k is roe2021y in bib/a.bib:2, by its title"], id="the same title"
        ),
        pytest.param(
            "@misc{k, title={The Y}, year=2012}",
            ["1: probable: work k; roe2021y in bib/a.bib:2 has the same title but is another edition"],
            id="another edition",
        ),
        pytest.param(
            "@misc{k, title={N}}\n@misc{l, title={n}}",
            ["1: imported: work k", "2: skipped: duplicate: l is k in in.bib:1, by its title"],
            id="twice in the file",
        ),
        pytest.param(
            '% head\n@string{s="S"}\n@preamble{"x"}\nfree\ntext\n\n@comment{jabref-meta: x;}\n@misc{k, title=s}',
            [
                "1: skipped: comment", "2: skipped: macro s: its text is written out where it is used", "3: skipped: TeX code",
                "4: skipped: text between entries", "7: skipped: settings of another program", "8: imported: work k",
            ],
            id="every block",
        ),
        pytest.param("@misc{k, title={x\n@misc{l}", ["1: not understood: k: @misc is never closed", "2: imported: work l"], id="damaged"),
        pytest.param("@misc{a/b, title={x}}", ["1: imported: work a-b (its key was 'a/b')"], id="a key that addresses do not bear"),
        pytest.param("@misc{../b, title={x}}", ["1: not understood: '../b' cannot be a citation key here; rename it"], id="no key"),
        pytest.param("@misc{k, title={a} year=1}", ["1: imported: work k (line 1: no comma after the value of 'title')"], id="a slip"),
    ],
)  # fmt: skip
def test_fates(text: str, expected: list[str]) -> None:
    assert ledger(text) == expected


def test_keys_that_change_stay_known_and_keep_their_references() -> None:
    text = "@inproceedings{DBLP:conf/x/Roe20, title={N}, crossref={DBLP:conf/x/20}}\n@proceedings{DBLP:conf/x/20, title={P}}"
    found = plan(text)
    child, parent = parse_bibtex("\n".join(found.entries), "bib/b.bib")[0]
    assert (child.key, child.get("crossref"), child.get("ids"), parent.key) == (
        "DBLP:conf-x-Roe20",
        "DBLP:conf-x-20",
        "DBLP:conf/x/Roe20",
        "DBLP:conf-x-20",
    )
    again = import_bib(text, "in.bib", known_works((child, parent)), TOPICS)
    assert again.entries == () and {e.fate for e in again.ledger} == {"unchanged"}


def test_an_entry_in_our_words() -> None:
    text = (
        "@string{acm = {ACM}}\n@Book{k, Title={A\n   {B}}, publisher=acm # { Press}, month=jan, keywords={Data Quality; other, x/y},\n"
        " annote={I liked\nit.\n\nReally.}, annotation={Mine.}, abstract={Long.}, url={http://x/%20~a_b}}\n"
    )
    found = plan(text)
    assert found.entries == (
        "@book{k,\n"
        "  title      = {A {B}},\n"
        "  publisher  = {ACM Press},\n"
        "  month      = jan,\n"
        "  abstract   = {Long.},\n"
        "  url        = {http://x/%20~a_b},\n"
        "  keywords   = {qa/data, other, x / y},\n"
        "  annotation = {I liked it.\n\n                Really.\n\n                Mine.},\n"
        "}\n",
    )
    assert (
        found.ledger[1].what
        == "work k; annotation from annote; annotation and abstract kept; topics qa/data; no topics: other, x / y"
    )


@pytest.mark.parametrize(
    ("fields", "notes", "chosen"),
    [
        ("annote={a}, abstract={b}", "auto", "annote"),
        ("annotation={a}, note={one two three four five six}", "auto", "annotation"),
        ("note={one two three four five six}, abstract={b}", "auto", "note"),
        ("note={Accessed on the first of May 2020}, abstract={b}", "auto", "abstract"),
        ("note={to appear}", "auto", ""),
        ("annote={a}, abstract={b}", "abstract", "abstract"),
        ("annote={a}, abstract={b}", "none", ""),
    ],
)
def test_the_field_that_becomes_the_note(fields: str, notes: str, chosen: str) -> None:
    entry = parse_bibtex(f"@misc{{k, {fields}}}", "in.bib")[0][0]
    adapted = adapt_entry(entry, TOPICS, notes)
    assert adapted.note_from == chosen
    written = parse_bibtex(adapted.text, "")[0][0]
    assert (written.get("annotation") or "") == (entry.get(chosen) or "" if chosen else "")


Run = Callable[..., Result]


@pytest.fixture
def root(tree: Callable[[dict[str, str | bytes]], Path]) -> Path:
    topics = "- slug: qa\n  title: Quality assurance\n  children:\n    - {slug: data, title: Data quality}\n"
    return tree(
        {
            "bib/topics.yaml": topics,
            "bib/a.bib": OWN,
            "in.bib": "@misc{k, title={N}, keywords={data quality}}\n",
            "latin.bib": b"@misc{l, title={\xc4}}\n",
        }
    )


@pytest.fixture
def run(root: Path) -> Run:
    return lambda *arguments: CliRunner().invoke(
        app, ["import", "bib", *arguments, "--source", str(root)]
    )


def test_import_twice_changes_nothing(run: Run, root: Path) -> None:
    first = run(str(root / "in.bib"), str(root / "latin.bib"))
    assert first.exit_code == 0
    assert first.stdout == (
        f"{root}/in.bib:1: imported: work k; topics qa/data: @misc{{k, title={{N}}, keywords={{data quality}}}}\n"
        f"{root}/latin.bib:1: imported: work l: @misc{{l, title={{Ä}}}}\n"
    )
    assert "latin.bib:1: byte 0xc4 is not UTF-8; read as cp1252" in first.stderr
    expected = (
        "@misc{k,\n  title    = {N},\n  keywords = {qa/data},\n}\n\n@misc{l,\n  title = {Ä},\n}\n"
    )
    assert (root / "bib/imported.bib").read_text() == expected
    second = run(str(root / "in.bib"), str(root / "latin.bib"))
    assert second.exit_code == 0
    assert second.stderr.splitlines()[-1] == "2 unchanged"
    assert (root / "bib/imported.bib").read_text() == expected


def test_dry_run_into_and_ledger(run: Run, root: Path) -> None:
    result = run(
        str(root / "in.bib"), "--into", "a.bib", "--dry-run", "--ledger", str(root / "ledger.json")
    )
    assert "+  keywords = {qa/data},\n" in result.stdout
    assert (root / "bib/a.bib").read_text() == OWN
    assert json.loads((root / "ledger.json").read_text())["summary"] == {"imported": 1}
    assert (
        json.loads(run(str(root / "in.bib"), "--json", "--dry-run").stdout)["entries"][0]["line"]
        == 1
    )
    assert [d["file"] for d in json.loads(run(str(root / "in.bib"), str(root / "latin.bib"), "--json", "--dry-run").stdout)] == [
        f"{root}/in.bib", f"{root}/latin.bib"
    ]  # fmt: skip


def test_exit_code_tells_what_was_not_understood(run: Run, root: Path) -> None:
    (root / "in.bib").write_text("@misc{k, title={N}}\n@misc{broken, title={\n")
    assert run(str(root / "in.bib")).exit_code == 1
    assert (root / "bib/imported.bib").read_text() == "@misc{k,\n  title = {N},\n}\n"
    (root / "in.bib").write_text("")
    assert run(str(root / "in.bib")).exit_code == 1


PIECES = st.sampled_from(
    [
        "@misc{",
        "@article(",
        "@string{",
        "@comment{",
        "k",
        "l",
        ",",
        "title = {T}",
        "annote={n}",
        "keywords={qa}",
        "{",
        "}",
        '"',
        ")",
        "\n",
        "\n\n",
        "% ",
        "text",
        " = ",
    ]
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_accounted_for_and_taken_once(text: str) -> None:
    known = known_works(parse_bibtex(OWN, "bib/a.bib")[0])
    first = import_bib(text, "in.bib", known, TOPICS)
    taken, findings = parse_bibtex("\n".join(first.entries), "")
    assert [f for f in findings if f.severity == "error"] == []
    assert (
        len(taken)
        == len(first.entries)
        == sum(e.fate in {"imported", "probable"} for e in first.ledger)
    )
    assert import_bib(text, "in.bib", known, TOPICS).entries == ()
    assert [e.line for e in first.ledger] == sorted(e.line for e in first.ledger)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (
            "title = {Ropes &amp; Tides: <i>a</i> <b>History</b> of H<sub>2</sub>O}",
            "Ropes \\& Tides: a History of H\\textsubscript{2}O",
        ),
        ("journal = {Sea &lt;Letters&gt; &#233;}", "Sea <Letters> é"),
        ("url = {https://a.org/b{\\_}c\\_d?x=1&amp;y=2}", "https://a.org/b_c_d?x=1&y=2"),
        ("doi = {10.1007/978-3-030{\\_}3}", "10.1007/978-3-030_3"),
        (
            "author = {Wei Wang 0012 and Li Zhang 0003 and Ann Roe}",
            "Wei Wang and Li Zhang and Ann Roe",
        ),
        ("note = {R \\& D, 5 < 6 and 7 > 4}", "R \\& D, 5 < 6 and 7 > 4"),
    ],
)
def test_what_programs_leave_in_values_is_mended(field: str, expected: str) -> None:
    entry = plan("@misc{k, " + field + "}").entries[0]
    assert parse_bibtex(entry, "")[0][0].get(field.split(" ")[0]) == expected


@pytest.mark.parametrize(
    ("one", "other", "taken"),
    [
        ("author = {Roe, A.}, journal = {Sea}", "author = {Lund, B.}, journal = {Sea}", 2),
        ("author = {Roe, A.}, journal = {Sea}", "author = {Roe, A.}, journal = {Harbours}", 2),
        (
            "journal = {Sea}, volume = 1, pages = {1--2}",
            "journal = {Sea}, volume = 2, pages = {1--2}",
            2,
        ),
        ("author = {Roe, A.}, journal = {Sea}", "author = {Anna Roe}, journal = {Sea}", 1),
        ("author = {Roe, A.}", "journal = {Sea}", 1),
    ],
)
def test_one_title_is_one_work_only_with_the_same_people_and_place(
    one: str, other: str, taken: int
) -> None:
    text = f"@article{{a, title = {{Introduction}}, year = 2001, {one}}}\n@article{{b, title = {{Introduction}}, year = 2001, {other}}}\n"
    assert len(plan(text).entries) == taken


@pytest.mark.parametrize("key", ["OH-", "a--", "Roe:2001-"])
def test_a_key_that_ends_in_a_hyphen_is_kept(key: str) -> None:
    found = plan(f"@misc{{{key}, title={{T}}, author={{A, B}}}}")
    assert found.entries[0].startswith(f"@misc{{{key},")
