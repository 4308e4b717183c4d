"""kb cite and kb export."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as XML
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.errors import Unknown, UsageError
from kb.render.citations import has_citeproc

BIB = """@book{a, author={Ada Able}, title={=Sum()}, year={2001}, keywords={area/one}, url={javascript:alert(1)}}
@misc{b, title={Two}, keywords={area}, annotation={See [@a].}}
@misc{c, title={Three}, year={2020}}
"""
TOPICS = (
    "- slug: area\n  title: The area\n  children:\n    - {slug: one, title: One, aliases: [Uno]}\n"
)


@pytest.fixture
def root(tree) -> Path:
    quiz = "id: S1\nterm: fall\nyear: 2022\ntitle: T\nsessions:\n  - {date: 2022-09-05, topics: [{title: X}], readings: [{work: b}]}\n"
    return tree({"bib/a.bib": BIB, "bib/topics.yaml": TOPICS, "quizzes/S1.yaml": quiz})


def run(root: Path, *words: str):
    return CliRunner().invoke(app, [*words, "--source", str(root)], catch_exceptions=True)


@pytest.mark.skipif(not has_citeproc(), reason="coursebib[cite] is not installed")
def test_cite_prints_references_in_the_order_asked(root: Path) -> None:
    result = run(root, "cite", "b", "a", "--style", "ieee")
    assert [line[:4] for line in result.stdout.splitlines()] == ["[1] ", "[2] "]
    assert "Two" in result.stdout.splitlines()[0]
    data = json.loads(run(root, "cite", "a", "--json").stdout)
    assert data[0]["key"] == "a" and data[0]["style"] == "apa" and "<i>" in data[0]["html"]


@pytest.mark.skipif(not has_citeproc(), reason="coursebib[cite] is not installed")
def test_wrong_key_and_style_say_what_there_is(root: Path) -> None:
    assert isinstance(run(root, "cite", "zz").exception, Unknown)
    wrong = run(root, "cite", "a", "--style", "zz").exception
    assert isinstance(wrong, UsageError) and "chicago" in str(wrong)
    assert isinstance(run(root, "export", "xls").exception, UsageError)


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ((), {"a", "b", "c"}),
        (("--topic", "area"), {"a", "b"}),
        (("--topic", "uno"), {"a"}),
        (("--semester", "s1"), {"b"}),
        (("--topic", "one", "--semester", "S1"), set()),
    ],
)
def test_export_selects(root: Path, filters: tuple[str, ...], keys: set[str]) -> None:
    assert {item["id"] for item in json.loads(run(root, "export", "csl", *filters).stdout)} == keys
    assert {
        item["key"] for item in json.loads(run(root, "export", "json", *filters).stdout)
    } == keys


def test_export_bib_reads_back(root: Path) -> None:
    from kb.parse.bibtex import parse_bibtex

    entries, findings = parse_bibtex(run(root, "export", "bib").stdout, "x.bib")
    assert [e.key for e in entries] == ["a", "b", "c"] and findings == ()


def test_csv_has_no_formula(root: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(root, "export", "csv").stdout)))
    assert rows[0]["title"] == "'=Sum()" and rows[1]["assigned"] == "S1 2022-09-05"


def test_atom_is_newest_first_and_links_nothing_dangerous(root: Path) -> None:
    space = "{http://www.w3.org/2005/Atom}"
    feed = XML.fromstring(
        run(root, "export", "atom", "--base", "https://kb.example.org/").stdout.encode()
    )
    entries = feed.findall(f"{space}entry")
    assert [e.findtext(f"{space}title") for e in entries] == ["Three", "=Sum()", "Two"]
    assert entries[1].find(f"{space}link").get("href") == "https://kb.example.org/works/a"
    assert "javascript" not in XML.tostring(feed, encoding="unicode")
    for element in (feed, *entries):
        assert element.findtext(f"{space}id") and element.findtext(f"{space}updated").endswith("Z")
