"""What registries know and the collection does not, proposed and confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.registries.client import Client
from kb.registries.proposals import ask_registries, read_confirmed, write_proposals
from kb.validate.corpus import load_corpus

BIB = """\
@article{right, author={Gebru, Timnit}, title={Datasheets for Datasets}, year={2021},
  journal={Communications of the ACM}, volume={64}, number={12}, pages={86--92},
  publisher={Association for Computing Machinery (ACM)}, doi={10.1145/3458723}}
@article{wrong, author={Gebru, Timnit}, title={Datasheets for Datasets}, year={2020},
  journal={CACM}, volume={64}, pages={68--92}, doi={10.1145/3458723}}
@misc{stub, doi={10.1145/3458723}}
@article{nodoi, author={Gebru, Timnit}, title={Datasheets for Datasets}, year={2021},
  journal={Communications of the ACM}, volume={64}, number={12}, pages={86--92}, publisher={ACM}}
@misc{pre, author={Roe, Ann}, title={A Preprint about RAG}, year={2024},
  eprint={2401.05856}, archiveprefix={arXiv}}
@misc{unknown, author={Roe, Ann}, title={Nowhere}, year={2024}, doi={10.5555/none}}
"""


@pytest.fixture
def asked(tree, registry):
    corpus = load_corpus(tree({"bib/a.bib": BIB})).corpus
    with Client(pause=0) as client:
        return ask_registries(client, corpus)


def test_only_what_differs_or_is_missing_is_proposed(asked) -> None:
    assert asked.offline == "" and asked.looked_up == 6
    assert [(p.key, p.field, p.ours, p.registered) for p in asked.proposals] == [
        ("wrong", "year", "2020", "2021"),
        ("wrong", "number", "", "12"),
        ("wrong", "pages", "68–92", "86--92"),
        (
            "stub",
            "author",
            "",
            "Gebru, Timnit and Morgenstern, Jamie and {Datasets Working Group}",
        ),
        ("stub", "title", "", "Datasheets for datasets"),
        ("stub", "year", "", "2021"),
        ("stub", "journal", "", "Communications of the ACM"),
        ("stub", "volume", "", "64"),
        ("stub", "number", "", "12"),
        ("stub", "pages", "", "86--92"),
        ("nodoi", "doi", "", "10.1145/3458723"),
        ("pre", "doi", "", "10.5555/published"),
    ]


def test_nothing_counts_before_it_is_accepted(asked, tmp_path: Path) -> None:
    file = tmp_path / "kb-proposals.yaml"
    write_proposals(file, asked.proposals)
    assert read_confirmed(file) == ()
    head, *rows = file.read_text().split("- key: ")
    rows[0] = rows[0].replace("accept: no", "accept: yes")
    file.write_text(head + "".join("- key: " + row for row in rows))
    (confirmed,) = read_confirmed(file)
    assert (confirmed.key, confirmed.field, confirmed.registered, confirmed.path) == (
        "wrong",
        "year",
        "2021",
        "bib/a.bib",
    )
    write_proposals(file, asked.proposals)
    assert [p.field for p in read_confirmed(file)] == ["year"]


@pytest.mark.parametrize("text", ["{", "- a\n", "key: value\n", "- {key: a}\n", "\x00"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "kb-proposals.yaml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"kb-proposals\.yaml"):
        read_confirmed(file)


def test_without_a_network_what_was_found_is_kept(tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEBIB_REGISTRIES", "http://127.0.0.1:9")
    corpus = load_corpus(tree({"bib/a.bib": BIB})).corpus
    with Client(pause=0, timeout=2) as client:
        found = ask_registries(client, corpus)
    assert found.proposals == () and found.looked_up == 0
    assert "cannot be reached" in found.offline
