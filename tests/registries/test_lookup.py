"""Records of DOIs, arXiv ids, ISBNs and pages, asked of a real server."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.parse.bibtex import parse_bibtex
from kb.registries.client import Client, NotRegistered, Offline
from kb.registries.lookup import find_doi, look_up
from kb.registries.names import NameKind, read_name
from kb.validate.corpus import load_corpus


@pytest.fixture
def client(registry):
    with Client(pause=0) as found:
        yield found


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("10.1145/3458723", NameKind.DOI, "10.1145/3458723"),
        ("doi:10.1145/3458723.", NameKind.DOI, "10.1145/3458723"),
        ("https://link.example.com/article/10.1007%2Fs1-2", NameKind.DOI, "10.1007/s1-2"),
        ("https://x.example/doi/10.5555/abc/full", NameKind.DOI, "10.5555/abc"),
        ("2110.10234", NameKind.ARXIV, "2110.10234"),
        ("arXiv:2110.10234v3", NameKind.ARXIV, "2110.10234"),
        ("https://arxiv.org/pdf/2110.10234.pdf", NameKind.ARXIV, "2110.10234"),
        ("https://doi.org/10.48550/arXiv.2110.10234", NameKind.ARXIV, "2110.10234"),
        ("cs.SE/0101001", NameKind.ARXIV, "cs.SE/0101001"),
        ("ISBN-13: 978-0-262-04972-6", NameKind.ISBN, "9780262049726"),
        ("0-306-40615-2", NameKind.ISBN, "0306406152"),
        ("https://blog.example/post", NameKind.URL, "https://blog.example/post"),
    ],
)
def test_names_as_people_type_them(typed: str, kind: NameKind, value: str) -> None:
    name = read_name(typed)
    assert name is not None
    assert (name.kind, name.value) == (kind, value)


@pytest.mark.parametrize("typed", ["", "works.bib", "9780262049727", "2110", "ribeiro2020beyond"])
def test_what_is_no_name(typed: str) -> None:
    assert read_name(typed) is None


def test_a_doi_gives_a_complete_entry(client: Client) -> None:
    name = read_name("https://doi.org/10.1145/3458723")
    assert name is not None
    assert look_up(client, name).to_bibtex().strip() == (
        "@article{gebru2021datasheets,\n"
        "  author  = {Gebru, Timnit and Morgenstern, Jamie and {Datasets Working Group}},\n"
        "  title   = {Datasheets for datasets},\n"
        "  journal = {Communications of the ACM},\n"
        "  year    = {2021},\n"
        "  volume  = {64},\n"
        "  number  = {12},\n"
        "  pages   = {86--92},\n"
        "  doi     = {10.1145/3458723},\n"
        "}"
    )


def test_a_record_full_of_markup_reads_back(client: Client) -> None:
    name = read_name("10.5555/hostile")
    assert name is not None
    text = look_up(client, name).to_bibtex()
    entries, findings = parse_bibtex(text, "x.bib")
    assert findings == ()
    assert entries[0].get("title") == (
        r"A {GitHub} study of 100\% of R\&D (at) scale, \_now\_ for \$5"
    )
    assert entries[0].get("author") == "Ng, A. and {OpenAI} and {Mononym}"
    assert entries[0].get("pages") == "12--19"


def test_a_preprint_keeps_its_archive(client: Client) -> None:
    name = read_name("arXiv:2401.05856")
    assert name is not None
    record = look_up(client, name)
    assert (record.type, record.get("eprint"), record.get("archiveprefix"), record.get("doi")) == (
        "online",
        "2401.05856",
        "arXiv",
        "",
    )
    assert record.get("title") == "A Preprint about {RAG}"


def test_a_book_by_its_isbn(client: Client) -> None:
    name = read_name("978-0-262-04972-6")
    assert name is not None
    record = look_up(client, name)
    assert dict(record.fields) == {
        "author": "Kastner, Christian",
        "title": "Machine Learning in Production",
        "publisher": "MIT Press",
        "year": "2025",
        "pagetotal": "624",
        "isbn": "9780262049726",
    }


def test_pages_are_read_as_scholars_indexes_read_them(client: Client, registry) -> None:
    article = read_name(f"{registry.address}/page/article")
    blog = read_name(f"{registry.address}/page/blog")
    assert article is not None and blog is not None
    assert look_up(client, article).get("doi") == "10.1145/3458723"
    assert dict(look_up(client, blog).fields) == {
        "title": "A Post",
        "year": "2023",
        "url": f"{registry.address}/page/blog",
    }


@pytest.mark.parametrize("typed", ["10.5555/none", "10.5555/odd", "0-306-40615-2"])
def test_what_no_registry_knows(client: Client, typed: str) -> None:
    name = read_name(typed)
    assert name is not None
    with pytest.raises(NotRegistered):
        look_up(client, name)


def test_a_busy_registry_is_asked_again_and_then_left_alone(client: Client, registry) -> None:
    name = read_name("10.5555/busy")
    assert name is not None
    registry.busy_times = 2
    assert look_up(client, name).get("year") == "2021"
    other = read_name("10.5555/busy2")
    assert other is not None
    registry.busy_times = 3
    with pytest.raises(Offline, match=r"busy \(429\)"):
        look_up(client, other)
    assert all("coursebib/" in agent for agent in registry.agents)


def test_answers_are_remembered_over_runs(registry, tmp_path: Path) -> None:
    name = read_name("10.1145/3458723")
    assert name is not None
    for _ in range(2):
        with Client(cache=tmp_path / "cache.json", pause=0) as client:
            look_up(client, name)
    assert registry.asked["/doi/10.1145/3458723"] == 1


def test_without_a_network_the_error_says_who_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEBIB_REGISTRIES", "http://127.0.0.1:9")
    name = read_name("10.1145/3458723")
    assert name is not None
    with Client(pause=0, timeout=2) as client, pytest.raises(Offline, match="cannot be reached"):
        look_up(client, name)


@pytest.mark.parametrize(
    ("title", "author", "year", "doi"),
    [
        ("Datasheets for Datasets", "Gebru, Timnit", "2021", "10.1145/3458723"),
        ("Datasheets for Datasets", "Gebru, Timnit", "2020", "10.1145/3458723"),
        ("Datasheets for Datasets", "Gebru, Timnit", "2015", ""),
        ("Datasheets for Datasets", "Roe, Ann", "2021", ""),
        ("Data Statements for Language", "Gebru, Timnit", "2021", ""),
    ],
)
def test_a_doi_is_found_only_where_it_is_surely_the_works_own(
    client: Client, tree, title: str, author: str, year: str, doi: str
) -> None:
    bib = f"@article{{a, author={{{author}}}, title={{{title}}}, year={{{year}}}, journal={{J}}}}"
    work = load_corpus(tree({"bib/a.bib": bib})).corpus.works[0]
    assert find_doi(client, work) == doi
