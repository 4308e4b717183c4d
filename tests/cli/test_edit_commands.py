"""Editing in place: only the bytes that are meant change."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app

TOPICS = "- slug: qa\n  title: QA\n  children:\n    - {slug: data, title: Data quality}\n    - {slug: models, title: Models}\n"
BIB = """% a comment  with   odd spacing
@string{acm = "ACM"}

@Article{first,
\tauthor = "Doe, Jane",
  title={A  {Title}},  journal = acm,
year=2001
}
text between   entries
@misc{second, title = {Two}, keywords = {qa/models}, note={100% sure},}
@comment{kept}
"""


def run(root: Path, *words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words, "--source", str(root)], input=stdin)


def make(tree, text: str, encoding: str = "utf-8") -> Path:
    return tree({"bib/a.bib": text.encode(encoding), "bib/topics.yaml": TOPICS})


def changed(before: bytes, after: bytes, encoding: str = "utf-8") -> list[str]:
    old, new = (
        before.decode(encoding).splitlines(keepends=True),
        after.decode(encoding).splitlines(keepends=True),
    )
    return [line for line in difflib.ndiff(old, new) if line[:1] in "+-"]


@pytest.mark.parametrize("key", ["first", "second"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_tag_changes_one_field_of_one_entry(tree, key: str, newline: str, encoding: str) -> None:
    root = make(tree, BIB.replace("\n", newline), encoding)
    path = root / "bib/a.bib"
    before = path.read_bytes()
    result = run(root, "tag", key, "+qa/data")
    assert result.exit_code == 0, result.output
    after = path.read_bytes()
    lines = changed(before, after, encoding)
    assert 1 <= len(lines) <= 3 and all(
        "qa" in line or "2001" in line or "year" in line for line in lines if line.startswith("+")
    )
    assert after.decode(encoding).count(newline) >= before.decode(encoding).count(newline)
    if newline == "\r\n":
        assert after.count(b"\n") == after.count(b"\r\n")


def test_tag_and_untag_gives_the_same_bytes(tree) -> None:
    root = make(tree, BIB)
    before = (root / "bib/a.bib").read_bytes()
    assert run(root, "tag", "second", "+qa/data").exit_code == 0
    assert run(root, "tag", "second", "-qa/data").exit_code == 0
    assert (root / "bib/a.bib").read_bytes() == before


def test_unknown_topic_names_the_nearest(tree) -> None:
    root = make(tree, BIB)
    before = (root / "bib/a.bib").read_bytes()
    result = run(root, "tag", "second", "+qa/dta")
    assert result.exit_code != 0 and "qa/data" in str(result.exception)
    assert (root / "bib/a.bib").read_bytes() == before


def test_annotate_replaces_the_note_and_nothing_else(tree) -> None:
    root = make(tree, BIB)
    path = root / "bib/a.bib"
    before = path.read_bytes()
    assert run(root, "annotate", "first", "--text", "Sure, 100% {braces} & more.").exit_code == 0
    from kb.validate.corpus import load_corpus

    work = load_corpus(root).corpus.work("first")
    assert work is not None and "100%" in work.annotation and "& more" in work.annotation
    assert [line for line in changed(before, path.read_bytes()) if line.startswith("-")] in (
        [],
        ["- year=2001\n"],
    )


def test_add_appends_and_refuses_a_taken_key(tree, tmp_path: Path) -> None:
    root = make(tree, BIB)
    new = tmp_path / "new.bib"
    new.write_text("@misc{third, title = {Three}}\n")
    before = (root / "bib/a.bib").read_bytes()
    assert run(root, "add", str(new)).exit_code == 0
    assert (root / "bib/a.bib").read_bytes().startswith(before) or (
        root / "bib/a.bib"
    ).read_bytes() == before
    assert run(root, "show", "third").exit_code == 0
    new.write_text("@misc{second, title = {Another}}\n")
    assert run(root, "add", str(new)).exit_code != 0


def test_rename_topic_follows_everywhere(tree) -> None:
    root = make(tree, BIB)
    result = run(root, "rename-topic", "qa/models", "qa/model-quality")
    assert result.exit_code == 0, result.output
    assert "qa/model-quality" in (root / "bib/a.bib").read_text()
    assert run(root, "check").exit_code == 0


def test_fmt_says_what_it_would_change_and_is_stable(tree) -> None:
    root = make(tree, BIB)
    before = (root / "bib/a.bib").read_bytes()
    assert run(root, "fmt", "--check").exit_code == 1
    assert (root / "bib/a.bib").read_bytes() == before
    assert run(root, "fmt").exit_code == 0
    once = (root / "bib/a.bib").read_bytes()
    assert run(root, "fmt", "--check").exit_code == 0
    assert once != before and b"% a comment" in once and b"text between" in once


def test_dry_run_writes_nothing(tree) -> None:
    root = make(tree, BIB)
    before = (root / "bib/a.bib").read_bytes()
    result = run(root, "tag", "second", "+qa/data", "--dry-run")
    assert result.exit_code == 0 and "+++" in result.output
    assert (root / "bib/a.bib").read_bytes() == before
