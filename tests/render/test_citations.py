"""Citations of every kind of work, read by eye once and kept; CSL-JSON of names, dates and containers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.render.citations import STYLES, cite, cite_all, plain_citation
from kb.render.csl import csl_item
from kb.render.title_case import sentence_case
from kb.store.build import build_database
from kb.views.read import get_work, open_database

pytest.importorskip("citeproc", reason="coursebib[cite] is not installed")

GOLDEN = Path(__file__).parent.parent / "golden" / "citations.md"

WORKS = r"""
@inproceedings{paper, author={Ribeiro, Marco Tulio and Wu, Tongshuang and van den Bergh, J{\"u}rgen}, title={Beyond Accuracy: Testing of {NLP} Models with {CheckList}}, booktitle={Proceedings of the 58th Annual Meeting of the {ACL}}, year=2020, month=jul, pages={4902--4912}, doi={10.18653/v1/2020.acl-main.442}, publisher={ACL}}
@article{journal, author={King, Jr., Martin Luther and {Google PAIR}}, title={Is It "Safe"?}, journal={J. of Things}, year={2019}, volume={11}, number={12}, pages={7}}
@book{book, author={G{\'e}ron, Aur{\'e}lien}, title={Hands-On Machine Learning}, publisher={O'Reilly}, edition={2nd}, year={2019}, isbn={9781492032649}}
@incollection{chapter, author={Bosch, Jan}, editor={Doe, Jane and Roe, Richard}, title={Engineering {AI} Systems}, booktitle={Smart Systems}, publisher={Springer, Cham, 2021}, year={2021}, pages={1--19}}
@article{preprint, author={Haakman, Mark and others}, title={AI Lifecycle Models Need To Be Revised}, journal={arXiv preprint arXiv:2010.02716}, year={2020}, eprint={2010.02716}, archiveprefix={arXiv}, url={https://arxiv.org/abs/2010.02716}}
@online{blog, author={O'Neil, Cathy}, title={How Big Data Transformed Applying to College}, organization={Slate}, date={2016-09-15}, url={https://slate.com/a?b=1&c=2}, urldate={2022-08-01}}
@video{video, author={Aref, Molham}, title={Business Systems with Machine Learning}, year={2020}, url={https://www.youtube.com/watch?v=x}}
@audio{podcast, author={Polich, Kyle}, title={Black Boxes Are Not Required}, journal={Data Skeptic}, year={2020}, url={https://dataskeptic.com/x}}
@phdthesis{thesis, author={Lvov, Ilia}, title={Project Management in Social Data Science: integrating lessons}, school={University of St Andrews}, year={2019}}
@techreport{report, author={Brundage, Miles and Avin, Shahar and others}, title={The Malicious Use of Artificial Intelligence}, institution={Future of Humanity Institute}, number={7}, year={2018}}
@misc{bare, title={Nothing Else <b>& more</b>}}
"""


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("cite")
    (root / "bib").mkdir()
    (root / "bib" / "a.bib").write_text(WORKS, encoding="utf-8")
    build_database(root, root / "kb.db")
    connection = open_database(root / "kb.db")
    found = {
        key: get_work(connection, key) for (key,) in connection.execute("select key from works")
    }
    connection.close()
    return found


def test_citations_are_as_they_were_read(works, request: pytest.FixtureRequest) -> None:
    lines = ["# Citations of each kind of work\n"]
    for key, work in works.items():
        lines.append(
            f"\n## {key}\n\n"
            + "\n".join(f"- {style}: {cite(work, style).html}" for style in STYLES)
            + "\n"
        )
    text = "".join(lines)
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_csl_keeps_apart_what_citations_keep_apart(works) -> None:
    item = csl_item(works["paper"])
    assert item["author"][2] == {
        "family": "Bergh",
        "given": "Jürgen",
        "non-dropping-particle": "van den",
    }
    assert item["issued"] == {"date-parts": [[2020, 7]]}
    assert (item["type"], item["container-title"], item["page"]) == (
        "paper-conference",
        "Proceedings of the 58th Annual Meeting of the ACL",
        "4902-4912",
    )
    assert csl_item(works["journal"])["author"] == [
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"literal": "Google PAIR"},
    ]
    assert (
        csl_item(works["preprint"])["type"] == "article"
        and csl_item(works["preprint"])["publisher"] == "arXiv"
    )
    assert csl_item(works["chapter"])["publisher"] == "Springer, Cham"
    assert csl_item(works["blog"])["accessed"] == {"date-parts": [[2022, 8, 1]]}
    assert csl_item(works["book"])["edition"] == "2"
    assert [
        csl_item(works[k])["type"] for k in ("book", "thesis", "report", "video", "podcast", "bare")
    ] == ["book", "thesis", "report", "motion_picture", "song", "document"]


def test_every_work_of_the_collection_can_be_cited(database: Path) -> None:
    connection = open_database(database)
    keys = [k for (k,) in connection.execute("select key from works order by key")]
    for key in keys[::6]:
        work = get_work(connection, key)
        for style in ("apa", "ieee", "acm"):
            text = cite(work, style).text
            assert str(work.year) in text or style == "ieee", (key, text)
            assert (
                "None" not in text
                and ".." not in text.replace("...", "")
                and not any("\ue000" <= c <= "\uf8ff" for c in text)
            ), (key, text)
    connection.close()


def test_titles_are_text_and_numbers_count(works) -> None:
    bare = cite(works["bare"], "apa")
    assert (
        "&lt;b&gt;&amp; more&lt;/b&gt;" in bare.html
        and "<b>" not in bare.html
        and "<b>& more</b>" in bare.text
    )
    numbered = cite_all([works["book"], works["paper"]], "ieee", numbered=True)
    assert [c.text[:4] for c in numbered] == ["[1] ", "[2] "]


@pytest.mark.parametrize("style", ["nothing-like-this", "../../etc/passwd", "", "apa/../apa"])
def test_unknown_style_is_wrong_usage(works, style: str) -> None:
    with pytest.raises(UsageError, match="no citation style"):
        cite(works["book"], style)


def test_plain_citation_needs_no_library(works) -> None:
    assert (
        plain_citation(works["book"])
        == "Aurélien Géron (2019). Hands-On Machine Learning. O'Reilly."
    )


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("{A Title Kept Whole}", "A Title Kept Whole"),
        ("A Guide to A/B Testing: what Works", "A guide to A/B testing: What works"),
        ("Notebooks at {Netflix} and Google's R Code", "Notebooks at Netflix and Google's R code"),
        (r"Using \emph{Deep} Learning", "Using Deep learning"),
        ("Ease.ml/ci and Booking.com", "Ease.ml/ci and Booking.com"),
    ],
)
def test_sentence_case(raw: str, shown: str) -> None:
    assert sentence_case(raw) == shown


def test_csl_export_is_what_its_schema_wants(works) -> None:
    from kb.render import works_csl

    items = json.loads(works_csl.render(works.values()))
    allowed = {
        "id",
        "type",
        "title",
        "title-short",
        "author",
        "editor",
        "translator",
        "issued",
        "accessed",
        "container-title",
        "publisher",
        "genre",
        "volume",
        "issue",
        "number",
        "page",
        "edition",
        "DOI",
        "URL",
        "ISBN",
        "archive",
        "archive_location",
        "dimensions",
        "abstract",
        "keyword",
        "custom",
    }
    assert len(items) == 11
    for item in items:
        assert set(item) <= allowed and {"id", "type", "title"} <= set(item)
