"""The query language, the ranking, facets, pages, spelling."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.search.find import search
from kb.views.read import open_database

pytestmark = pytest.mark.collection


@pytest.fixture(scope="module")
def kb(database: Path) -> Iterator[sqlite3.Connection]:
    connection = open_database(database)
    yield connection
    connection.close()


def keys(kb: sqlite3.Connection, typed: str, **more: object) -> list[str]:
    return [hit.key for hit in search(kb, typed, limit=1000, **more).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hidden technical debt", "sculley2015hidden"),
        ('"technical debt" author:sculley', "sculley2015hidden"),
        ("title:checklist", "ribeiro2020beyond"),
        ("data linter", "hynes2017data"),
        ("large-scale data quality verification", "schelter2018automating"),
        ("behavioural testing of NLP models", "ribeiro2020beyond"),
        ("Building Intelligent Systems", "hulten2018building"),
        ("AB testing", "kohavi2020trustworthy"),
    ],
)
def test_the_expected_work_comes_first(kb: sqlite3.Connection, typed: str, first: str) -> None:
    assert keys(kb, typed)[0] == first


def test_spellings_of_a_name_find_the_same(kb: sqlite3.Connection) -> None:
    found = [
        set(keys(kb, f"author:{name}"))
        for name in (
            "kastner",
            "Kästner",
            'K{\\"a}stner',
            "KAESTNER",
            '"Christian Kästner"',
            '"Kästner, Christian"',
        )
    ]
    assert found[0] and all(f == found[0] for f in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("model’s “assertions”", 'model\'s "assertions"'),
        ("notebooks", "notebook"),
        ("large-scale", "largescale"),
        ("testing tests", "tests testing"),
    ],
)
def test_typography_plural_hyphen_and_order_do_not_matter(
    kb: sqlite3.Connection, one: str, other: str
) -> None:
    assert set(keys(kb, one)) & set(keys(kb, other))


def test_operators_combine(kb: sqlite3.Connection) -> None:
    everything = set(keys(kb, ""))
    fair, safe = set(keys(kb, "fairness")), set(keys(kb, "safety"))
    assert set(keys(kb, "fairness OR safety")) == fair | safe
    assert set(keys(kb, "fairness safety")) == fair & safe
    assert set(keys(kb, "fairness -safety")) == fair - safe
    assert set(keys(kb, "-fairness")) == everything - fair
    assert set(keys(kb, "(fairness OR safety) -year:2019")) == {
        k for k in fair | safe if k not in keys(kb, "year:2019")
    }
    assert set(keys(kb, "(year:2019 OR fairness)")) == fair | set(keys(kb, "year:2019"))
    assert set(keys(kb, "fair*")) >= fair


def test_few_hits_come_with_works_that_are_near(kb: sqlite3.Connection) -> None:
    found = search(kb, "deploying models safely")
    assert 0 < found.total < 10 and found.near
    assert (
        not {h.key for h in found.hits} & {h.key for h in found.near}
        and found.total + len(found.near) <= 10
    )
    assert (
        search(kb, "deploying models safely", offset=1).near == () and search(kb, "data").near == ()
    )
    narrowed = search(kb, "deploying models safely", filters=[("year", "2020")])
    assert {h.year for h in (*narrowed.hits, *narrowed.near)} == {2020}


def test_a_long_text_that_nothing_answers_in_full_finds_what_it_is_about(
    kb: sqlite3.Connection,
) -> None:
    text = "Students learn how explanations of black box models can mislead, when inherently interpretable models are the better choice for high stakes, and practise writing wombat"
    found = search(kb, text, limit=10)
    assert "wombat" in found.dropped
    assert "rudin2019stop" in [h.key for h in found.hits[:3]]
    whole = [h.key for h in search(kb, text, limit=400).hits]
    paged = [
        h.key
        for offset in range(0, len(whole) + 9, 9)
        for h in search(kb, text, limit=9, offset=offset).hits
    ]
    assert paged == whole and len(set(whole)) == len(whole) == found.total


@pytest.mark.parametrize(
    ("typed", "sql"),
    [
        ("year:2018..2020", "year between 2018 and 2020"),
        ("year:2020..", "year >= 2020"),
        ("year:<2010", "year < 2010"),
        ("kind:book", "type = 'book'"),
        (
            "semester:f2022",
            "key in (select work from readings r join sessions s on s.id = r.session where s.semester = 'F2022')",
        ),
        ("assigned:no", "key not in (select work from readings)"),
        (
            "topic:fairness",
            "key in (select work from work_topics where topic = 'responsible-engineering/fairness')",
        ),
        (
            "topic:responsible-engineering",
            "key in (select work from work_topics where topic like 'responsible-engineering%')",
        ),
        (
            'topic:"Data Quality"',
            "key in (select work from work_topics where topic = 'quality-assurance/data-quality')",
        ),
        ("annotated:yes -kind:paper", "type not in ('article', 'inproceedings')"),
        ("key:sculley2015hidden", "key = 'sculley2015hidden'"),
    ],
)
def test_fields_say_what_sql_says(kb: sqlite3.Connection, typed: str, sql: str) -> None:
    expected = {k for (k,) in kb.execute(f"select key from works where {sql}")}
    assert expected and set(keys(kb, typed)) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('"open', "quotation mark"),
        ("(((fairness", "bracket"),
        ("colour:red fairness", "no field 'colour'"),
        ("topic:nonsense", "no such topic"),
        ("semester:F1999", "F2022"),
        ("year:soon", "year:2018..2021"),
        ("what is fairness", "very common words"),
        ("🙂 fairness", "no letters"),
        (" ".join(f"word{n}" for n in range(10_000)), "only the first"),
    ],
)
def test_what_was_ignored_is_said(kb: sqlite3.Connection, typed: str, said: str) -> None:
    assert any(said in note for note in search(kb, typed).notes)


HARD = ['"', "'", "(", ")", "NEAR(", "NEAR(a b, 2)", "*", "-", "--", "OR", "AND", "NOT", "title:", ":", "{", "}", "\\", '\\"', "^", "+", "a*b", "x:y:z", "🙂", "\x00", "%", "_", ";", "2018..", "..", "year:", "topic:(", "-(", "日本語", "´", "rowid", "documents_fts"]  # fmt: skip


def test_no_mix_of_hard_pieces_is_an_error(kb: sqlite3.Connection) -> None:
    chance = random.Random(7)
    for _ in range(300):
        typed = " ".join(chance.choices([*HARD, "data", "quality"], k=chance.randint(1, 8)))
        search(kb, typed, facets=True, limit=3)
        search(kb, typed.replace(" ", ""), limit=3)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    typed=st.text(max_size=60),
    sort=st.sampled_from(["relevance", "year"]),
    offset=st.integers(0, 500),
)
def test_no_text_is_an_error(kb: sqlite3.Connection, typed: str, sort: str, offset: int) -> None:
    found = search(kb, typed, sort=sort, offset=offset, limit=5)
    assert len(found.hits) <= 5 and (found.hits == () or found.total >= len(found.hits))


@pytest.mark.parametrize("sort", ["relevance", "year"])
@pytest.mark.parametrize(
    "typed", ["machine learning", "data", "fairness OR year:2019", "kind:paper", ""]
)
def test_pages_neither_overlap_nor_skip(kb: sqlite3.Connection, typed: str, sort: str) -> None:
    whole = keys(kb, typed, sort=sort)
    paged = [
        h.key
        for offset in range(0, len(whole) + 7, 7)
        for h in search(kb, typed, sort=sort, limit=7, offset=offset).hits
    ]
    assert paged == whole and len(set(whole)) == len(whole) == search(kb, typed).total


def test_facets_count_what_narrowing_gives(kb: sqlite3.Connection) -> None:
    found = search(kb, "testing", facets=True)
    assert {f.name for f in found.facets} == {
        "topic",
        "kind",
        "year",
        "semester",
        "assigned",
        "annotated",
    }
    for facet in found.facets:
        for option in facet.options[:4]:
            assert (
                search(kb, "testing", filters=[(facet.name, option.value)]).total == option.count
            ), (facet.name, option)
    both = search(kb, "testing", filters=[("kind", "paper"), ("year", "2019")], facets=True)
    years = {o.value: o.count for f in both.facets if f.name == "year" for o in f.options}
    papers = search(kb, "testing", filters=[("kind", "paper")], facets=True)
    assert years == {o.value: o.count for f in papers.facets if f.name == "year" for o in f.options}
    either = [("kind", "paper"), ("year", "2019"), ("year", "2020")]
    assert search(kb, "testing", filters=either).total == years["2019"] + years["2020"]


def test_years_go_down(kb: sqlite3.Connection) -> None:
    years = [h.year or 0 for h in search(kb, "testing", sort="year", limit=100).hits]
    assert years == sorted(years, reverse=True) and len(set(years)) > 3


def test_titles_with_the_words_side_by_side_come_first(kb: sqlite3.Connection) -> None:
    hits = search(kb, "data quality", limit=1000).hits
    phrase = ["data quality" in h.title.lower() for h in hits]
    assert phrase[0] and phrase == sorted(phrase, reverse=True)


def test_hits_say_where_and_show_the_passage(kb: sqlite3.Connection) -> None:
    hit = search(kb, "criteria drift").hits[0]
    assert "annotation" in hit.found_in and "".join(t for t, _ in hit.marked_title) == hit.title
    assert {t.lower() for t, marked in hit.snippet if marked} <= {
        "criteria",
        "drift",
        "criteria drift",
    } and any(m for _, m in hit.snippet)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sculey", "sculley"),
        ("modle asertions", "model assertions"),
        ("interpretabilty", "interpretability"),
        ('author:"riberio"', 'author:"ribeiro"'),
    ],
)
def test_did_you_mean(kb: sqlite3.Connection, typed: str, meant: str) -> None:
    found = search(kb, typed)
    assert found.did_you_mean == found.searched == meant
    assert found.hits == search(kb, meant).hits


def test_words_written_together_find_those_written_apart(kb: sqlite3.Connection) -> None:
    found = search(kb, "datascience")
    assert found.total and found.did_you_mean == ""
    assert {h.key for h in found.hits} <= set(keys(kb, '"data science"'))


def test_short_words_are_not_corrected_into_others(kb: sqlite3.Connection) -> None:
    assert search(kb, "gdpr").did_you_mean == ""


def test_short_forms_find_long_ones_and_the_other_way_round(kb: sqlite3.Connection) -> None:
    assert "vogelsang2019requirements" in keys(kb, "title:requirements engineering ml")
    assert {"breck2017ml", "oleary2020common"} <= set(keys(kb, "machine learning"))


def test_the_nearest_partial_match_says_what_was_left_out(kb: sqlite3.Connection) -> None:
    found = search(kb, "notebook reproducibility xqzzyv")
    assert found.dropped == ("xqzzyv",) and found.hits[0].key == "pimentel2019large"
    narrowed = search(kb, "fairness", filters=[("year", "1950")])
    assert narrowed.dropped == ("year:1950",) and narrowed.total


def test_places_lead_to_topics_people_and_sessions(kb: sqlite3.Connection) -> None:
    assert {(p.kind, p.id) for p in search(kb, "data quality").places} >= {
        ("topic", "quality-assurance/data-quality")
    }
    assert any(p.kind == "person" for p in search(kb, "sculley").places)


@pytest.mark.parametrize(
    "typed",
    ["sculley2015hidden", "[@sculley2015hidden]", "@Sculley2015Hidden", "key:sculley2015hidden"],
)
def test_a_pasted_key_finds_its_work(kb: sqlite3.Connection, typed: str) -> None:
    assert keys(kb, typed) == ["sculley2015hidden"]


@pytest.mark.parametrize(
    ("column", "before"),
    [
        ("doi", ""),
        ("doi", "doi:"),
        ("doi", "https://doi.org/"),
        ("arxiv", ""),
        ("arxiv", "arXiv:"),
        ("arxiv", "https://arxiv.org/pdf/"),
        ("url", ""),
    ],
)
def test_a_pasted_doi_arxiv_id_or_address_finds_its_work(
    kb: sqlite3.Connection, column: str, before: str
) -> None:
    value, key = kb.execute(
        f"select {column}, key from works where {column} <> '' and doi || arxiv <> '' order by key limit 1"
    ).fetchone()
    assert key in keys(kb, before + value)
    assert key in keys(kb, f" {before}{value.upper() if column == 'doi' else value} ")


def test_an_unknown_identifier_is_searched_as_words(kb: sqlite3.Connection) -> None:
    assert keys(kb, "10.9999/nobody.has.this") == [] and "sculley2015hidden" in keys(
        kb, "sculley 2015"
    )


@pytest.mark.parametrize(
    "typed", ["title:", "year:", "-topic:", "author: ", 'venue:""', "semester:)"]
)
def test_a_field_without_a_value_is_ignored_and_named(kb: sqlite3.Connection, typed: str) -> None:
    found = search(kb, typed)
    assert found.total == search(kb, "").total and any(
        "has no value" in note for note in found.notes
    )
    assert set(keys(kb, f"fairness {typed}")) == set(keys(kb, "fairness"))


@pytest.mark.parametrize("typed", ["x" * 5000, " ".join(c * 600 for c in "abcdefghijkl")])
def test_words_of_any_length_are_answered_at_once(
    kb: sqlite3.Connection, typed: str, in_proportion
) -> None:
    assert search(kb, typed).total == 0
    in_proportion(lambda text: search(kb, text), typed[: len(typed) // 2], typed)


@pytest.mark.parametrize("word", ["fairness", "testing", "requirements", "explainable"])
def test_of_one_word_titles_that_begin_with_it_come_first_and_pages_do_not_overlap(
    kb: sqlite3.Connection, word: str
) -> None:
    hits = search(kb, word, limit=1000).hits
    begins = [hit.title.casefold().lstrip("“\"'").startswith(word[:6]) for hit in hits]
    assert any(begins) and begins == sorted(begins, reverse=True)
    pages = [
        hit.key
        for at in range(0, len(hits), 7)
        for hit in search(kb, word, limit=7, offset=at).hits
    ]
    assert pages == [hit.key for hit in hits]


@pytest.mark.parametrize(
    "typed",
    [
        "a OR " * 3000,
        "(a OR " * 1000,
        " OR ".join(f"{chr(97 + n % 26)}*" for n in range(1500)),
        " ".join(
            f"({' OR '.join(f'{chr(97 + n % 26)}{chr(97 + m % 26)}*' for m in range(26))})"
            for n in range(60)
        ),
        " OR ".join(["learning", "data", "machine", "model"] * 300),
    ],
)
def test_very_many_alternatives_are_answered_at_once(
    kb: sqlite3.Connection, typed: str, in_proportion
) -> None:
    half = typed[: len(typed) // 2]
    in_proportion(lambda text: search(kb, text, facets=True), half, typed)


def test_a_note_names_the_nearest_topics_as_words(kb: sqlite3.Connection) -> None:
    (note,) = search(kb, "topic:data-qualty").notes
    assert "data-quality" in note and "(" not in note and "'" not in note
