"""Importing other people's BibTeX."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from cli.app import app

TOPICS = "- {slug: testing, title: Testing, aliases: [Software testing]}\n"
OTHER = """@article{doe2001, author = {Doe, Jane}, title = {A Paper}, date = {2001-05}, keywords = {Software testing, other}, annote = {My note.}, abstract = {Long.}}
@book{roe1999, author = {Roe, Richard}, title = {A Book}, year = 1999, note = {A remark that says why this book is worth an evening.}}
@misc{broken, title = {x
"""


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["import", "bib", *words, "--source", str(root)])


def test_keys_notes_and_topics(tree, tmp_path: Path) -> None:
    root = tree({"bib/topics.yaml": TOPICS})
    source = tmp_path / "other.bib"
    source.write_text(OTHER)
    result = run(root, str(source), "--notes", "auto")
    assert "broken" in result.output
    from kb.validate.corpus import load_corpus

    corpus = load_corpus(root).corpus
    doe, roe = corpus.work("doe2001"), corpus.work("roe1999")
    assert doe is not None and roe is not None
    assert (doe.annotation, doe.topics, doe.keywords, doe.year) == (
        "My note.",
        ("testing",),
        ("other",),
        2001,
    )
    assert roe.annotation.startswith("A remark that says why")


def test_second_run_changes_nothing(tree, tmp_path: Path) -> None:
    root = tree({"bib/topics.yaml": TOPICS})
    source = tmp_path / "other.bib"
    source.write_text(OTHER.split("@misc")[0])
    assert run(root, str(source)).exit_code == 0
    before = {p.name: p.read_bytes() for p in (root / "bib").iterdir()}
    assert run(root, str(source)).exit_code == 0
    assert {p.name: p.read_bytes() for p in (root / "bib").iterdir()} == before


def test_collision_is_reported_and_not_written(tree, tmp_path: Path) -> None:
    root = tree({"bib/a.bib": "@misc{doe2001, title = {Something Else Entirely}}\n"})
    source = tmp_path / "other.bib"
    source.write_text(OTHER.split("@book")[0])
    result = run(root, str(source))
    assert "collision" in result.output
    assert not (root / "bib/imported.bib").exists()


def test_latin1_file_is_read_with_a_word_about_it(tree, tmp_path: Path) -> None:
    root = tree({"bib/topics.yaml": TOPICS})
    source = tmp_path / "other.bib"
    source.write_bytes("@misc{muller, title = {M\xfcller}}\n".encode("latin-1"))
    result = run(root, str(source))
    assert result.exit_code == 0 and "0xfc" in result.output
    assert "Müller" in (root / "bib/imported.bib").read_text()
