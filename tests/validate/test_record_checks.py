"""What is stale, doubled or incomplete in records and questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.findings import Finding
from kb.validate.corpus import load_corpus
from kb.validate.prompt_checks import asks_of
from kb.validate.record_checks import has_title_case

TOPICS = "- {slug: t, title: T}\n"


def found(tree, bib: str, code: str, **files: str) -> list[tuple[str, str]]:
    root: Path = tree({"bib/a.bib": bib, "bib/topics.yaml": TOPICS, **files})
    findings: tuple[Finding, ...] = load_corpus(root).findings
    return [(f.key, f.what) for f in findings if f.code == code]


def entry(key: str, kind: str = "article", **fields: str) -> str:
    fields = {"author": "Roe, Ann", "title": f"On {key}", "year": "2020"} | fields
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{key},\n{body}}}\n"


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://dl.acm.org/doi/pdf/10.5555/1234.5678", "10.5555/1234.5678"),
        ("https://doi.org/10.5555/tse.2017.1", "10.5555/tse.2017.1"),
        ("https://link.example.com/article/10.5555/s1-2?code=7", "10.5555/s1-2"),
        ("https://x.example/content/10.5555%2Fabc.full", "10.5555/abc"),
    ],
)
def test_doi_in_an_address_without_field_is_named(tree, url: str, doi: str) -> None:
    what = f"the address carries the DOI {doi}, and there is no doi field"
    assert found(tree, entry("a", url=url), "doi-in-url") == [("a", what)]
    assert found(tree, entry("a", url=url, doi=doi), "doi-in-url") == []


def test_papers_of_venues_that_register_dois_want_one(tree) -> None:
    bib = (
        entry("a", "inproceedings", booktitle="Proceedings of ICSE 2020")
        + entry("b", "inproceedings", booktitle="ICSE 2020", doi="10.5555/9")
        + entry("c", journal="arXiv preprint arXiv:2001.00001")
        + entry("d", "misc", howpublished="A letter in Nature")
        + entry("e", journal="Annals of Rural Printing")
    )
    assert [key for key, _ in found(tree, bib, "doi-missing")] == ["a"]


def test_one_work_twice_is_named_with_its_twin(tree) -> None:
    bib = (
        entry("q1", title="Same doi", doi="10.5555/1")
        + entry("q2", title="Same doi again", doi="https://doi.org/10.5555/1")
        + entry("q3", title="Exactly the same title here")
        + entry("q4", title="Exactly the Same Title Here")
        + entry("q5", title="Exactly the same title here", author="Poe, Bo")
        + entry("e1", "book", title="Handbook", edition="1")
        + entry("e2", "book", title="Handbook", edition="2", year="2024")
    )
    assert found(tree, bib, "same-work") == [
        ("q2", "the same DOI as q1 in bib/a.bib:1"),
        ("q4", "the same title and first author as q3 in bib/a.bib:11"),
    ]


def test_preprints_whose_record_knows_better_are_named(tree) -> None:
    bib = (
        entry("a", journal="CoRR", doi="10.5555/pub.1")
        + entry("b", journal="arXiv preprint arXiv:2001.00002", note="To appear in ICSE 2021")
        + entry("c", journal="arXiv preprint arXiv:2001.00003", doi="10.48550/arXiv.2001.00003")
        + entry("d", journal="arXiv preprint arXiv:2001.00004", note="22 pages")
    )
    assert [key for key, _ in found(tree, bib, "preprint-published")] == ["a", "b"]


@pytest.mark.parametrize(
    ("pages", "backwards"),
    [
        ("120--112", True),
        ("e20--e12", True),
        ("1123--32", False),
        ("12:1--12:34", False),
        ("1--10, 31--20", True),
        ("xi--xxv", False),
        ("77", False),
    ],
)
def test_pages_that_run_backwards(tree, pages: str, backwards: bool) -> None:
    assert bool(found(tree, entry("a", pages=pages), "page-range")) is backwards


def test_year_against_the_volumes_of_its_journal(tree) -> None:
    bib = "".join(
        entry(f"w{volume}", journal="Yearly", volume=str(volume), year=str(1976 + volume))
        for volume in (40, 41, 43)
    )
    bib += entry("odd", journal="Yearly", volume="44", year="2017")
    what = "year 2017 with volume 44; others give 2020 for it"
    assert found(tree, bib, "volume-year") == [("odd", what)]


@pytest.mark.parametrize(
    ("title", "case"),
    [
        ("Hidden Technical Debt in Machine Learning Systems", True),
        ("Hidden technical debt in machine learning systems", False),
        ("What is NASA's DevOps?", None),
        ("Debt", None),
        ("Étude Générale Des Systèmes Distribués", True),
    ],
)
def test_case_of_a_title(title: str, case: bool | None) -> None:
    assert has_title_case(title) is case


def test_titles_in_the_rarer_case_are_named(tree) -> None:
    bib = (
        entry("a", title="Hidden technical debt in learning systems")
        + entry("b", title="Rules of practice for large projects")
        + entry("c", title="Another View Of Broken Pipelines")
    )
    what = "the title is in title case, 2 others are in sentence case"
    assert found(tree, bib, "title-case") == [("c", what)]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://dl.example/x?casa_token=abc:def", "carries a tracking parameter"),
        ("https://blog.example/post?utm_source=feed&x=1", "carries a tracking parameter"),
        ("https://x.example/a;jsessionid=12AB", "carries somebody's session"),
        ("https://www-jstor-org.proxy.library.example.edu/stable/1", "goes through a library's"),
        ("https://drive.google.com/file/d/1x/view", "is a file somebody shares"),
        ("https://x.example/session/3?page=2", ""),
    ],
)
def test_links_of_the_moment(tree, url: str, says: str) -> None:
    whats = [what for _, what in found(tree, entry("a", url=url), "link-passing")]
    assert len(whats) == bool(says) and all(says in what for what in whats)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Name two goals. Which one matters more, and why? Justify it.", 3),
        ("A shop forecasts demand. What would you log?", 1),
        ("Pick one case: describe its cause, then propose a test.", 3),
        ("Say which mode comes closest, or none.", 1),
    ],
)
def test_what_a_question_asks_for_is_counted(text: str, asks: int) -> None:
    assert asks_of(text) == asks


def prompt(text: str, rubric: str) -> str:
    return f"- id: p\n  works: [a]\n  text: {text!r}\n  rubric: {rubric!r}\n"


@pytest.mark.parametrize(
    ("text", "rubric", "code"),
    [
        pytest.param(
            "Name a goal. Name a risk. Name a person. Why?", "x" * 3, "prompt-asks", id="asks"
        ),
        pytest.param("What is it? " + "word " * 120, "x", "prompt-long", id="long"),
        pytest.param(
            "What is it?",
            "A good answer names some argument of the text.",
            "rubric-thin",
            id="thin",
        ),
        pytest.param(
            "What is it?",
            "Good faith: a recognizable argument from the talk; cost, staff, latency, scale, law.",
            "rubric-thin",
            id="placeholder",
        ),
    ],
)
def test_questions_and_rubrics_that_need_work(tree, text: str, rubric: str, code: str) -> None:
    files = {"quizzes/prompts/a.yaml": prompt(text, rubric)}
    assert [key for key, _ in found(tree, entry("a"), code, **files)] == ["p"]


def test_a_rubric_with_content_is_fine_and_never_quoted(tree) -> None:
    files = {
        "quizzes/prompts/a.yaml": prompt(
            "What is it?", "Latency, cost of operation, offline use and frequent updates count."
        )
    }
    root = tree({"bib/a.bib": entry("a"), "bib/topics.yaml": TOPICS, **files})
    findings = load_corpus(root).findings
    assert not any(f.code == "rubric-thin" for f in findings)
    assert not any("Latency" in str(f) for f in findings)
