"""The first collection: complete, in our own words, every name resolved."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kb.records import Corpus, Role
from kb.text import fold_words, word_count
from kb.validate.corpus import Loaded, load_corpus
from kb.validate.references import prompt_fit

pytestmark = pytest.mark.collection

RECORD_YEARS = {
    "ashmore2019assuring": 2021,
    "chung2019automated": 2020,
    "colaner2021explainable": 2022,
    "corbettdavies2018measure": 2023,
    "damour2020underspecification": 2022,
    "dolata2023making": 2024,
    "ehsan2021explainable": 2024,
    "haakman2020ai": 2021,
    "kastner2024machine": 2025,
    "kim2017data": 2018,
    "liu2019understanding": 2020,
    "martinezfernandez2021software": 2022,
    "martinezplumed2019crisp": 2021,
    "muiruri2021practices": 2022,
    "re2019overton": 2020,
    "seshia2016verified": 2022,
    "studer2020crisp": 2021,
    "vonrueden2019informed": 2023,
    "wan2019machine": 2021,
    "zhang2020machine": 2022,
}
"""Works whose version of record appeared after the bibliography named a preprint or early access."""

PASSING = re.compile(
    r"^$|^ftp:|/iel7/|[?&](?:gi|g_sent)=|citeseerx|researchgate\.net|usc\.edu\.ph|regenhealth"
    r"|audentia|cs\.vt\.edu"
)
"""Addresses that do not last: none, copies on strangers' servers, sessions, retired services."""


@pytest.fixture(scope="module")
def loaded(project: Path) -> Loaded:
    return load_corpus(project)


@pytest.fixture(scope="module")
def corpus(loaded: Loaded) -> Corpus:
    return loaded.corpus


def notes(corpus: Corpus) -> dict[str, str]:
    return {w.key: w.annotation for w in corpus.works if w.annotation} | {
        n.id: n.text for n in corpus.annotations
    }


def test_strict_check_is_clean(loaded: Loaded) -> None:
    assert [str(f) for f in loaded.findings] == []


def test_waivers_carry_reasons(corpus: Corpus) -> None:
    assert all(len(w.reason) > 10 for w in corpus.waivers)


def test_every_work_is_annotated_and_has_a_topic(corpus: Corpus) -> None:
    assert len(corpus.works) >= 225
    assert [w.key for w in corpus.works if not w.annotation or not w.topics] == []


def test_notes_have_40_to_120_words(corpus: Corpus) -> None:
    assert {
        k: word_count(t) for k, t in notes(corpus).items() if not 40 <= word_count(t) <= 120
    } == {}


def test_notes_do_not_repeat_each_other(corpus: Corpus) -> None:
    grams: Counter[tuple[str, ...]] = Counter()
    for text in notes(corpus).values():
        words = fold_words(re.sub(r"\[@[^\]]+\]", "", text))
        grams.update({words[n : n + 7] for n in range(len(words) - 6)})
    assert [" ".join(gram) for gram, count in grams.items() if count > 1] == []
    openings = Counter(fold_words(text)[:3] for text in notes(corpus).values())
    assert [opening for opening, count in openings.items() if count > 3] == []


@pytest.mark.upstream
def test_no_eight_words_are_shared_with_upstream(corpus: Corpus, upstream: Path) -> None:
    sources = " ".join(
        p.read_text()
        for p in sorted(upstream.rglob("*"))
        if p.suffix in {".md", ".txt"} and "schedules" not in p.parts
    )
    words = fold_words(re.sub(r"https?://\S+", " ", sources))
    theirs = {words[n : n + 8] for n in range(len(words) - 7)}
    ours = (
        notes(corpus)
        | {p.id: f"{p.text}\n{p.rubric}" for p in corpus.prompts}
        | {t.slug: f"{t.intro} {' . '.join(t.goals)}" for t in corpus.topics}
    )
    shared = {}
    for name, text in ours.items():
        own = fold_words(text)
        found = [" ".join(own[n : n + 8]) for n in range(len(own) - 7) if own[n : n + 8] in theirs]
        if found:
            shared[name] = found
    assert shared == {}


def test_every_assigned_portion_has_a_prompt_and_every_prompt_a_rubric(corpus: Corpus) -> None:
    missing = [
        (semester.id, session.id, reading.work, reading.locator_text)
        for semester in corpus.semesters
        for session in semester.sessions
        for reading in session.readings
        if reading.role in {Role.REQUIRED, Role.ONE_OF}
        and not any(prompt_fit(prompt, reading) == 2 for prompt in corpus.prompts)
    ]
    assert missing == []
    assert [p.id for p in corpus.prompts if word_count(p.rubric) < 20] == []


def test_prompts_are_questions_of_a_quarter_of_an_hour(corpus: Corpus) -> None:
    assert {
        p.id: word_count(p.text) for p in corpus.prompts if not 35 <= word_count(p.text) <= 110
    } == {}
    assert {p.minutes for p in corpus.prompts} == {15}


def test_alternatives_share_one_question(corpus: Corpus) -> None:
    for semester in corpus.semesters:
        for session in semester.sessions:
            groups = {r.alternative_group for r in session.readings if r.alternative_group}
            due = [r for r in session.readings if r.role in {Role.REQUIRED, Role.ONE_OF}]
            if len(groups) == 1 and all(r.alternative_group for r in due):
                assert len(session.prompts) == 1, session.id


def test_topics_have_intro_and_cover_the_lectures(corpus: Corpus) -> None:
    assert [t.slug for t in corpus.topics if not t.intro] == []
    assert [
        (s.id, t.title)
        for m in corpus.semesters
        for s in m.sessions
        if s.kind == "lecture"
        for t in s.topics
        if not t.topic and t.title != "Guest Lecture"  # the page says no more
    ] == []


@pytest.mark.upstream
def test_facts_of_the_bibliography(corpus: Corpus, upstream: Path) -> None:
    from kb.importers.bibliography import read_bibliography
    from kb.importers.match import Certainty, WorkIndex, url_key
    from kb.text import title_key

    index = WorkIndex(corpus.works)
    wrong = []
    for item in read_bibliography((upstream / "annotated-bibliography.md").read_text()).items:
        citation = item.citation
        match = index.match(citation.title, citation.url)
        work = corpus.work(match.key)
        if match.certainty is not Certainty.CERTAIN or work is None:
            wrong.append(citation.title)
        elif (
            work.year != RECORD_YEARS.get(work.key, citation.year)
            or title_key(citation.title)
            not in {title_key(s) for s in (work.title, *work.short_titles)}
            or (url_key(work.url) != url_key(citation.url) and not PASSING.search(citation.url))
        ):
            wrong.append(f"{work.key}: {citation.title} {citation.year} {citation.url}")
    assert wrong == []
