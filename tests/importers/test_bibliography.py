"""Importing an annotated bibliography: items, notes, facts, ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.app import app
from kb.importers.bibliography import read_bibliography
from kb.importers.citation import clean_url, read_citation
from kb.importers.cited_people import split_authors

TEXT = """# Reading

Prose about the list, written in 2020 by somebody.

## 1. Basics

*What one reads first.*

Doe, Jane, Richard Roe, and Ann van der Berg. "[A First Paper](https://x.org/a_(b))." *Journal of Things* 12, no. 3 (2019): 5-17.
> A note right under it
goes on without its mark.
>
> And has a second paragraph.

Smith, Jeff. A Book Without Markup: Designs that Scale. Manning Publications Co., 2018.

Jones, A., B. C. Brown et al. 2017. “[A Second
Paper](https://x.org/b).).” In Proceedings of the 2018 Conference, pp. 1-9.

> One note for both.

See also the papers in the [other section](#other) of 2019.

### 1.1. More

Doe, Jane, Richard Roe, and Ann van der Berg. "[A First Paper](https://x.org/a_(b))." 2019.

> Another note.

## 2. Other lists

Somebody keeps a list at https://x.org/list since 2019.
"""


def test_items_notes_sections() -> None:
    found = read_bibliography(TEXT)
    assert [s.number for s in found.sections] == ["1", "1.1"]
    assert [i.citation.title for i in found.items] == [
        "A First Paper",
        "A Book Without Markup: Designs that Scale",
        "A Second Paper",
        "A First Paper",
    ]
    assert (
        found.items[0].note
        == "A note right under it goes on without its mark.\n\nAnd has a second paragraph."
    )
    assert found.items[1].note_group == found.items[2].note_group != 0
    assert found.sections[0].intro == "What one reads first."


def test_facts() -> None:
    first, book, second, _ = (i.citation for i in read_bibliography(TEXT).items)
    assert first.authors == ("Doe, Jane", "Roe, Richard", "van der Berg, Ann")
    assert (first.year, first.url, first.venue, first.volume, first.number, first.pages) == (
        2019,
        "https://x.org/a_(b)",
        "Journal of Things",
        "12",
        "3",
        "5--17",
    )
    assert (book.type, book.year, book.url) == ("book", 2018, "")
    assert (second.year, second.et_al, second.url, second.pages) == (
        2017,
        True,
        "https://x.org/b",
        "1--9",
    )


def test_every_line_of_the_input_is_accounted_for() -> None:
    found = read_bibliography(TEXT)
    starts = {e.line for e in found.ledger}
    previous_blank = True
    for number, line in enumerate(TEXT.splitlines(), 1):
        if line.strip() and previous_blank:
            assert number in starts, line
        previous_blank = not line.strip()


@pytest.mark.upstream
def test_the_real_bibliography(upstream: Path) -> None:
    found = read_bibliography((upstream / "annotated-bibliography.md").read_text())
    assert len(found.items) == 210
    assert len({i.citation.title.casefold() for i in found.items}) == 209
    assert len({i.note_group for i in found.items if i.note_group}) == 207
    assert len(found.sections) == 26
    assert sum(not i.citation.url for i in found.items) == 16
    assert all(i.citation.year and i.citation.authors and i.note for i in found.items)
    assert not any(
        i.citation.url.endswith((".", ")")) for i in found.items if "(" not in i.citation.url
    )


def test_import_builds_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "list.md"
    source.write_text(TEXT)
    root = tmp_path / "kb"
    (root / "bib").mkdir(parents=True)
    runner = CliRunner()
    assert (
        runner.invoke(app, ["import", "bibliography", str(source), "--source", str(root)]).exit_code
        == 0
    )
    before = {p.name: p.read_bytes() for p in (root / "bib").iterdir()}
    assert (
        runner.invoke(app, ["import", "bibliography", str(source), "--source", str(root)]).exit_code
        == 0
    )
    assert {p.name: p.read_bytes() for p in (root / "bib").iterdir()} == before
    assert runner.invoke(app, ["check", "--source", str(root)]).exit_code == 0
    out = runner.invoke(app, ["show", "doe2019first", "--source", str(root)]).stdout
    assert "A First Paper" in out and "Another note." in out


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "list.md"
    source.write_text(TEXT)
    (tmp_path / "bib").mkdir()
    result = CliRunner().invoke(
        app, ["import", "bibliography", str(source), "--source", str(tmp_path), "--dry-run"]
    )
    assert result.exit_code == 0 and list((tmp_path / "bib").iterdir()) == []


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (
            "de Souza Nascimento, Elizamary, Iftekhar Ahmed, and Tayana Conte",
            ("de Souza Nascimento, Elizamary", "Ahmed, Iftekhar", "Conte, Tayana"),
        ),
        ("Ding, J., D. Zhang, and X. Hu", ("Ding, J.", "Zhang, D.", "Hu, X.")),
        (
            "Matthew Seal, Kyle Kelley, and Michelle Ufford",
            ("Seal, Matthew", "Kelley, Kyle", "Ufford, Michelle"),
        ),
        ("Ribeiro, Marco Tulio, Sameer Singh", ("Ribeiro, Marco Tulio", "Singh, Sameer")),
        ("Lipton, Zachary C", ("Lipton, Zachary C",)),
    ],
)
def test_authors(head: str, authors: tuple[str, ...]) -> None:
    assert split_authors(head)[0] == authors


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("http://x.org/a))", "http://x.org/a"),
        ("http://x.org/a.", "http://x.org/a"),
        ("http://x.org/a_(b)", "http://x.org/a_(b)"),
        ("http://x.org/it's%20a", "http://x.org/it's%20a"),
    ],
)
def test_addresses_lose_slips_only(url: str, clean: str) -> None:
    assert clean_url(url) == clean


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_bibliography(text)
    read_citation(text)


@pytest.mark.parametrize(
    ("printed", "venue"),
    [
        (
            "In 2019 International Conference on Mining Software (MSR), pp. 507-517. IEEE, 2019.",
            "2019 International Conference on Mining Software (MSR)",
        ),
        (
            "In 2021 Conference on Reengineering (SANER) (pp. 422-433). IEEE. 2021.",
            "2021 Conference on Reengineering (SANER)",
        ),
    ],
)
def test_an_acronym_at_the_end_of_a_venue_keeps_its_bracket(tree, printed: str, venue: str) -> None:
    from typer.testing import CliRunner

    from cli.app import app

    root = tree(
        {
            "list.md": f'# Reading\n\n## 1 Papers\n\nDoe, Jane. "[A Paper](https://example.org/a)." {printed}\n\n> A note.\n'
        }
    )
    result = CliRunner().invoke(
        app, ["import", "bibliography", str(root / "list.md"), "--source", str(root)]
    )
    assert result.exit_code == 0, result.output
    assert f"= {{{venue}}}" in "".join(p.read_text() for p in (root / "bib").glob("*.bib"))


def test_a_group_stays_one_author(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text(
        '# T\n\n## A\n\nOpen Science Collaboration. "Estimating the Reproducibility." *Science*, 2015.\n\n> Note.\n',
        encoding="utf-8",
    )
    CliRunner().invoke(
        app, ["import", "bibliography", str(tmp_path / "list.md"), "--source", str(tmp_path)]
    )
    assert "{{Open Science Collaboration}}" in "".join(
        f.read_text(encoding="utf-8") for f in tmp_path.glob("bib/*.bib")
    )
