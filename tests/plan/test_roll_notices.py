"""What the report of a plan says about links, works, names, rules and deadlines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.plan.stale_links import Links, StaleNames
from kb.records import Place, Semester, Term

BIB = """@book{knuth1990tex, author={Knuth, Donald}, title={The Book of Tests: A Guide}, year={1990}}
@book{knuth2010tex, author={Knuth, Donald}, title={The Book of Tests: Second Guide}, year={2010}}
@misc{a, author={Doe, Jane}, title={A}, year={2001}}
@misc{b, author={Doe, Jane}, title={B}, year={2002}}
"""
TOPICS = "- {slug: t, title: T}\n- {slug: u, title: U}\n"
PROMPTS = "- {id: p, works: [a], minutes: 40, text: 'Why?'}\n"
OLD = """id: F2020
term: fall
year: 2020
title: C
home: https://x.org/f2020
notes: Taught in 2020 for the first time.
staff: [{name: Ann}]
tracks: [{number: 2, text: Project, due: 2020-10-01}]
policy:
  quiz: {weight: 10, minutes: {reading: 30, answering: 15}}
  tokens: {individual: 7}
sessions:
  - date: 2020-09-07
    topics: [{title: Tee, topic: t, materials: [{label: slides, url: "https://x.org/fall-2020/1.pdf"}, {label: video, url: "https://youtu.be/1"}]}]
    readings: [{work: a, url: "https://old.org/a"}, {work: knuth1990tex}]
    deliverables: [{code: H1, title: One, due: 2020-09-12T23:59, url: "https://x.org/2020/h1"}]
  - date: 2020-09-14
    topics: [{title: You, topic: u, guest: Bob}]
    readings: [{work: b}]
    deliverables: [{code: H2, title: Two, due: 2020-10-19}]
  - date: 2020-09-21
    cancelled: true
    reason: storm
    topics: [{title: Vee}]
"""
NEWER = """id: F2021
term: fall
year: 2021
title: C
policy: {quiz: {weight: 5}, tokens: {individual: 8}}
sessions:
  - date: 2021-09-06
    topics: [{title: Tea, topic: t}]
    readings: [{work: a, url: "https://new.org/a"}]
  - date: 2021-09-13
    topics: [{title: You, topic: u}]
    readings: [{work: knuth2010tex}]
"""


@pytest.fixture
def notices(tree) -> list[tuple[str, str]]:
    root: Path = tree(
        {
            "bib/a.bib": BIB,
            "bib/topics.yaml": TOPICS,
            "quizzes/prompts/p.yaml": PROMPTS,
            "quizzes/F2020.yaml": OLD,
            "quizzes/F2021.yaml": NEWER,
        }
    )
    words = [
        "plan",
        "F2022",
        "--from",
        "F2020",
        "--start",
        "2022-09-05",
        "--break",
        "2022-09-10=Fair",
        "--json",
        "--source",
        str(root),
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return [
        (n["kind"], f"{'!' if n['warning'] else ''}{n['what']}")
        for n in json.loads(result.stdout)["notices"]
    ]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (
            "stale-link",
            "!2 links carry f2020, fall-2020: materials, assignments and home still lead to the old pages (kb check: semester-link)",
        ),
        (
            "stale-link",
            "F2020-0907 slides: https://x.org/fall-2020/1.pdf -> https://x.org/fall-2022/1.pdf",
        ),
        ("stale-link", "F2020-0907 H1: https://x.org/2020/h1 -> https://x.org/2022/h1 perhaps"),
        (
            "stale-link",
            "1 link to documents, drives or recordings whose address does not say whose they are",
        ),
        ("newer-link", "a: F2021 links https://new.org/a, F2020 https://old.org/a"),
        (
            "newer-edition",
            "!knuth1990tex (1990): knuth2010tex (2010), 'The Book of Tests: Second Guide'",
        ),
        ("replaced", "u: F2021 reads knuth2010tex instead of b"),
        ("renamed", "'Tee' is 'Tea' in F2021"),
        ("policy", "tokens: individual: 7, in F2021 8"),
        ("prompt", "p is meant for 40 minutes, the policy says 15"),
        ("prompt", "!no question for the readings of You (guest lecture by Bob)"),
        ("deadline", "!H1 is due on Sat 2022-09-10, a break (Fair)"),
        ("deadline", "!H2 is due on Mon 2022-10-17, after the last class on Mon 2022-09-12"),
        ("left-out", "!'Vee' was cancelled on 2020-09-21 (storm); it is in the file without date"),
        ("carried", "!guests: Bob (You (guest lecture by Bob))"),
        ("carried", "the notes speak of the old semester; they are a comment now"),
        ("carried", "!track 2: due 2020-10-01 became 2022-09-29"),
        ("holiday", "Labor Day, Mon 2022-09-05, is on a class day: 'Tee' with a quiz"),
    ],
)
def test_the_report_says(notices: list[tuple[str, str]], kind: str, what: str) -> None:
    if kind == "holiday":  # UTC has no country
        assert (kind, what) not in notices
        return
    assert (kind, what) in notices, [n for n in notices if n[0] == kind]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org/F2022/a", "https://x.org/S2024/a"),
        ("https://x.org/f2022/a", "https://x.org/s2024/a"),
        ("https://x.org/f22/a", "https://x.org/s24/a"),
        ("https://x.org/fall2022", "https://x.org/spring2024"),
        ("https://x.org/Fall_2022", "https://x.org/Spring_2024"),
        ("https://x.org/2022-fall/", "https://x.org/2024-spring/"),
        ("https://x.org/fa22-hw", "https://x.org/sp24-hw"),
        ("https://x.org/s2021/F2022", "https://x.org/s2024/S2024"),
        ("https://x.org/pdf2022x", ""),
        ("https://x.org/2022", "?https://x.org/2024"),
        ("https://x.org/S2024/a", ""),
        ("https://x.org/a20220/f221", ""),
    ],
)
def test_names_of_old_semesters_in_addresses(url: str, expected: str) -> None:
    place = Place(path="x")
    old = [
        Semester(id="F2022", term=Term.FALL, year=2022, title="C", place=place),
        Semester(id="S2021", term=Term.SPRING, year=2021, title="C", place=place),
    ]
    found = StaleNames(old, "S2024", Term.SPRING, 2024).look(Links("here", url))
    assert (f"{'' if found.certain else '?'}{found.suggestion}" if found else "") == expected
