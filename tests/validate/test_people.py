"""Doubts about people reach whoever checks the sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.edit.people import merge_people
from kb.validate.corpus import load_corpus

Tree = Callable[[dict[str, str]], Path]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ("Smith, Ann & Jones, Bob", True),
        ("A. Smith, B. Jones, C. Doe, D. Roe", True),
        ("Smith, A.; Jones, B.", True),
        ("Smith, Ann and {Johnson & Johnson} and others", False),
    ],
)
@pytest.mark.parametrize("role", ["author", "editor"])
def test_people_who_cannot_be_told_apart_are_a_finding_at_their_line(
    tmp_path: Path, people: str, told: bool, role: str
) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "bib" / "works.bib").write_text(
        f"@book{{a2020b,\n  title = {{T}},\n  {role} = {{{people}}},\n  year = {{2020}},\n}}\n"
    )
    loaded = load_corpus(tmp_path)
    assert [(f.line, f.key) for f in loaded.findings if f.code == "names"] == (
        [(3, "a2020b")] if told else []
    )


PEOPLE = """@misc{a2015, author = {Sculley, D. and Roe, Jane}, title = {A}, year = {2015}}
@misc{b2018, author = {Sculley, David}, title = {B}, year = {2018}}
"""


def test_names_that_may_be_one_person_are_a_note_and_can_be_joined(tree: Tree) -> None:
    root = tree({"bib/a.bib": PEOPLE})
    loaded = load_corpus(root)
    assert [(f.code, f.what) for f in loaded.findings if f.code == "people-alike"] == [
        ("people-alike", "'D. Sculley' may be 'David Sculley'")
    ]
    result = CliRunner().invoke(
        app, ["people", "--merge", "sculley-d", "sculley-david", "--source", str(root)]
    )
    assert result.exit_code == 0, result.output
    assert (root / "bib/people.yaml").read_text() == (
        "- name: David Sculley\n  aliases: [D. Sculley]\n"
    )
    joined = load_corpus(root)
    assert {p.id for w in joined.corpus.works for p in w.people} == {"sculley-david", "roe-jane"}
    assert not any(f.code == "people-alike" for f in joined.findings)
    shown = CliRunner().invoke(app, ["people", "--source", str(root)])
    assert "   2  David Sculley  [sculley-david]" in shown.output


def test_an_alias_is_added_to_the_person_that_is_there() -> None:
    text = "# ours\n- name: David Sculley\n  aliases: [D. Sculley]  # kept\n"
    assert merge_people(text, "David Sculley", "D.J. Sculley") == (
        "# ours\n- name: David Sculley\n  aliases: [D. Sculley, D.J. Sculley]  # kept\n"
    )
