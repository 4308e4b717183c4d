"""kb add NAME, kb check --online and --fix, against a local registry."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from kb.errors import UsageError

TOPICS = "- {slug: data, title: Data}\n- {slug: teams, title: Teams}\n"
WORKS = """\
@article{a2020data, author={Roe, A.}, title={Documenting datasets for models}, year={2020},
  journal={J}, keywords={data}}
@article{b2020teams, author={Poe, B.}, title={Teams that quarrel}, year={2020}, journal={J},
  keywords={teams}}
"""


@pytest.fixture
def root(tree) -> Path:
    return tree({"bib/works.bib": WORKS, "bib/topics.yaml": TOPICS})


def run(root: Path, *words: str):
    return CliRunner().invoke(app, [*words, "--source", str(root)])


def test_a_doi_becomes_an_entry_with_key_and_topics(root: Path, registry) -> None:
    result = run(root, "add", "https://doi.org/10.1145/3458723")
    assert result.exit_code == 0, result.output
    assert "topics by its words: data" in result.stderr
    text = (root / "bib/added.bib").read_text()
    assert text.startswith("@article{gebru2021datasheets,")
    assert "keywords = {data}" in text
    again = run(root, "add", "10.1145/3458723")
    assert isinstance(again.exception, UsageError)
    assert "is gebru2021datasheets already, in bib/added.bib:1" in str(again.exception)


def test_what_nobody_knows_is_said(root: Path, registry) -> None:
    result = run(root, "add", "10.5555/none")
    assert result.exit_code == 1
    assert "does not know it" in str(result.exception)
    assert not (root / "bib/added.bib").exists()


def test_a_stub_without_a_network_is_completed_with_one(
    root: Path, registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSEBIB_REGISTRIES", "http://127.0.0.1:9")
    result = run(root, "add", "10.1145/3458723")
    assert result.exit_code == 0
    assert "cannot be reached" in result.stderr and "added a stub" in result.stderr
    assert "@misc{stub-10-1145-3458723," in (root / "bib/added.bib").read_text()

    monkeypatch.setenv("COURSEBIB_REGISTRIES", registry.address)
    checked = run(root, "check", "--online", "--all")
    assert "stub-10-1145-3458723: title is missing; doi.org has 'Datasheets" in checked.stdout
    proposals = root / "kb-proposals.yaml"
    proposals.write_text(proposals.read_text().replace("accept: no", "accept: yes"))
    fixed = run(root, "check", "--fix")
    assert "changed bib/added.bib" in fixed.stderr
    text = (root / "bib/added.bib").read_text()
    assert "title = {Datasheets for datasets}" in text.replace("  ", " ").replace("  ", " ")
    assert (root / "bib/works.bib").read_text() == WORKS


def test_fix_without_anything_accepted_changes_nothing(root: Path, registry) -> None:
    assert run(root, "check", "--online").exit_code == 0
    before = (root / "bib/works.bib").read_bytes()
    result = run(root, "check", "--fix")
    assert "nothing is accepted in kb-proposals.yaml" in result.stderr
    assert (root / "bib/works.bib").read_bytes() == before
