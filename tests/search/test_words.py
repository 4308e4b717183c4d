"""What people type for what the collection has: names, venues, other spellings, other scripts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from kb.search.find import search
from kb.store.build import build_database
from kb.views.read import open_database

BIB = """
@inproceedings{sculley2015hidden, author = {D. Sculley and Gary Holt}, title = {Hidden Technical Debt},
  booktitle = {Advances in Neural Information Processing Systems}, year = 2015, url = {https://a.org/1}}
@inproceedings{kastner2021teaching, author = {Christian Kästner}, title = {Teaching Software Engineering for AI},
  booktitle = {Proceedings of the 42nd International Conference on Software Engineering}, year = 2021, url = {https://a.org/2}}
@article{kim2020care, author = {Clara Kim}, title = {Health Care Behaviour and Trade-off Studies},
  journal = {Nature}, year = 2020, url = {https://a.org/3}}
@article{lee2019shift, author = {Ann Lee}, title = {Dataset Shift in Practice}, journal = {JMLR}, year = 2019, url = {https://a.org/4}}
@article{fair2021a, author = {Bo Chan}, title = {Measuring Explanations}, year = 2021, url = {https://a.org/5},
  journal = {Proceedings of the 2021 ACM Conference on Fairness, Accountability, and Transparency}}
@misc{wang2020zh, author = {王小明}, title = {机器学习系统的软件工程}, year = 2020, url = {https://a.org/6}}
@misc{tanaka2021ja, author = {田中}, title = {データ品質の管理}, year = 2021, url = {https://a.org/7}}
@misc{thai2021th, author = {Somchai}, title = {การเรียนรู้ของเครื่อง}, year = 2021, url = {https://a.org/8}}
@misc{luk2018cpp, author = {Łukasz Øberg}, title = {Fast Models in C++ and C# on .NET, an R&D Report}, year = 2018, url = {https://a.org/9}}
@misc{gross2017de, author = {Jörg Groß}, title = {Straße und Verkehr}, year = 2017, url = {https://a.org/10}}
@misc{petrov2016ru, author = {Пётр Петров}, title = {Всё о моделях}, year = 2016, url = {https://a.org/11}}
@misc{nikos2015el, author = {Νίκος Παπάς}, title = {Μηχανική μάθηση}, year = 2015, url = {https://a.org/12}}
@misc{mori2014c, author = {Kai Mori}, title = {A Language Named C}, year = 2014, url = {https://a.org/13}}
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    root = tmp_path_factory.mktemp("words")
    (root / "bib").mkdir()
    (root / "bib" / "works.bib").write_text(BIB, encoding="utf-8")
    (root / "bib" / "thesaurus.yaml").write_text("- [teaching, instruction]\n")
    build_database(root, root / "kb.db")
    connection = open_database(root / "kb.db")
    yield connection
    connection.close()


def keys(kb: sqlite3.Connection, typed: str) -> list[str]:
    return [hit.key for hit in search(kb, typed).hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("D. Sculley", "sculley2015hidden"),
        ("Sculley D", "sculley2015hidden"),
        ("Kästner C", "kastner2021teaching"),
        ("C. Kaestner", "kastner2021teaching"),
        ("G. Holt debt", "sculley2015hidden"),
        ("NeurIPS", "sculley2015hidden"),
        ("NIPS 2015", "sculley2015hidden"),
        ("ICSE", "kastner2021teaching"),
        ("venue:ICSE year:2021", "kastner2021teaching"),
        ("FAccT 2021", "fair2021a"),
        ("JMLR", "lee2019shift"),
        ("Journal of Machine Learning Research", "lee2019shift"),
        ("healthcare", "kim2020care"),
        ("tradeoff", "kim2020care"),
        ("trade off", "kim2020care"),
        ("behavior", "kim2020care"),
        ("title:behavior", "kim2020care"),
        ("concept drift", "lee2019shift"),
        ("data set", "lee2019shift"),
        ("instruction", "kastner2021teaching"),
        ("机器学习", "wang2020zh"),
        ("软件", "wang2020zh"),
        ("軟件", ""),
        ("品質", "tanaka2021ja"),
        ("データ", "tanaka2021ja"),
        ("データ品質 2021", "tanaka2021ja"),
        ("เครื่อง", "thai2021th"),
        ("C++", "luk2018cpp"),
        ("C#", "luk2018cpp"),
        (".NET models", "luk2018cpp"),
        ("R&D", "luk2018cpp"),
        ("Lukasz", "luk2018cpp"),
        ("Oberg", "luk2018cpp"),
        ("strasse", "gross2017de"),
        ("Gross", "gross2017de"),
        ("Петр", "petrov2016ru"),
        ("все", "petrov2016ru"),
        ("μαθηση", "nikos2015el"),
        ("Νικος", "nikos2015el"),
    ],
)
def test_what_is_typed_finds_the_work(kb: sqlite3.Connection, typed: str, found: str) -> None:
    assert keys(kb, typed) == ([found] if found else [])


def test_a_name_with_signs_is_not_the_letter_alone(kb: sqlite3.Connection) -> None:
    assert "mori2014c" not in keys(kb, "C++") and "mori2014c" in keys(kb, "Language C")


@pytest.mark.parametrize("typed", ["LIME", "FATE", "SHAP", "GPT4", "mOdels7"])
def test_names_with_capitals_or_digits_are_not_taken_for_words(
    kb: sqlite3.Connection, typed: str
) -> None:
    found = search(kb, typed)
    assert (found.hits, found.searched, found.did_you_mean) == ((), "", "")


def answer(kb: sqlite3.Connection, typed: str) -> tuple[list[str], str, str, tuple[str, ...]]:
    found = search(kb, typed)
    return [h.key for h in found.hits], found.searched, found.did_you_mean, found.dropped


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("softwrae", (["kastner2021teaching"], "software", "software", ()), id="sure"),
        pytest.param("shifp", ([], "", "shift", ()), id="short words are only offered"),
        pytest.param("softfare", ([], "", "software", ()), id="unlike letters are only offered"),
        pytest.param(
            "xqzzyv softwrae",
            (["kastner2021teaching"], "software", "xqzzyv software", ("xqzzyv",)),
            id="corrected and dropped",
        ),
        pytest.param(
            "xqzzyv software", (["kastner2021teaching"], "", "", ("xqzzyv",)), id="dropped"
        ),
        pytest.param(
            "debt vs explanations",
            (["fair2021a", "sculley2015hidden"], "", "", ("some of the other words",)),
            id="what says least goes first",
        ),
    ],
)
def test_what_is_answered_instead(kb: sqlite3.Connection, typed: str, found: object) -> None:
    assert answer(kb, typed) == found
