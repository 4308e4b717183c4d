"""Notes about what is assigned twice, unasked or unlinked."""

from __future__ import annotations

from kb.validate.corpus import load_corpus

SEMESTER = """id: F2022
term: fall
year: 2022
title: Course
sessions:
  - date: 2022-08-29
    kind: lecture
    title: One
    readings:
      - {work: a2020book, locator: "Ch. 2", role: ROLE}
  - date: 2022-08-31
    kind: lecture
    title: Two
    readings:
      - {work: a2020book, locator: "Ch. 2", role: ROLE}
"""


def twice(tree, role: str) -> list[str]:
    root = tree(
        {
            "bib/a.bib": "@book{a2020book, author={A, B}, title={Book}, year={2020}}",
            "quizzes/F2022.yaml": SEMESTER.replace("ROLE", role),
        }
    )
    return [f.what for f in load_corpus(root).findings if f.code == "chapter-twice"]


def test_a_chapter_assigned_twice_is_named(tree) -> None:
    assert twice(tree, "required") == ["chapter 2 of a2020book was assigned before, in F2022-0829"]


def test_a_chapter_offered_beside_two_classes_is_not_assigned_twice(tree) -> None:
    assert twice(tree, "supplementary") == []
    assert twice(tree, "recommended") == []
    assert twice(tree, "cited") == []
