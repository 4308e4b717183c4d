"""Lists that communities keep: dates and venues in front of titles, facts in lists below, other languages, links to other lists."""

from __future__ import annotations

import pytest

from kb.importers.bibliography import read_bibliography

A, B = "https://arxiv.org/abs/1706.03762", "https://raft.github.io/raft.pdf"
FIRST = ("Attention Is All You Need", ("Vaswani, Ashish", "Shazeer, Noam"), 2017, A)
SECOND = (
    "In Search of an Understandable Consensus Algorithm",
    ("Ongaro, Diego", "Ousterhout, John"),
    2014,
    B,
)

SHAPES = {
    "venue and short year in brackets": "- (NeurIPS'{4}) [{0}]({3}), {1} [[code]](https://github.com/x/y) :star:\n",
    "date as numbers": "- [{2}/06] [{0}]({3}) {1}\n",
    "date in words": "- **Jun {2}** [{0}]({3}), {1}\n",
    "venue in bold with the title": "- **[NeurIPS {2}] {0}**\n    - Authors: {1}\n    - Paper: {3}\n    - Summary: Short and good.\n",
    "venue as code, people below": "- `NeurIPS {2}` [{0}]({3})\n  - *{1}*\n  - Short and good.\n",
    "month behind the title": "+ **{0}** (May {2})<br>{1}. [[Paper]]({3})\n",
    "title folded": "<details>\n<summary>[{2}] {0} (NeurIPS)</summary>\n\n- Authors: {1}\n- Link: {3}\n\nShort and good.\n\n</details>\n\n",
    "venue and year in front of a heading": "#### [NeurIPS '{4}] {0}\n{1}  \n[Paper]({3}) | [Slides](https://x.org/s.pdf)\n\nShort and good.\n\n",
    "year and venue between dashes": "- [ ] {2} - NIPS - [{0}]({3}) - {1}\n",
    "venue in italics, people in a list below": "1. **{0}**, *NIPS {2}*\n   - Authors: {1}\n   - [PDF]({3})\n   - Short and good.\n",
    "title, people, year": "1. {0}, {1}, {2} [pdf]({3})\n",
    "colon in bold, lines, abstract folded": "1. **{0}:** <br> *{1}* <br> NeurIPS {2} | [paper]({3})\n    <details>\n    <summary>Abstract</summary>\n\n    Shown in 2012 settings.\n\n    </details>\n\n",
    "Chinese": "- [x] **[{0}]({3})**，{1}，NeurIPS {2}。必读论文。\n",
    "bars between": "- {2}-05 | NeurIPS | {0} | {1} | [`Paper`]({3}) [`Code`](https://github.com/x/y)\n",
    "number in bold, title in bold quotes": '**[0]** {1}. "**{0}**." NeurIPS ({2}). [[pdf]]({3}) :star::star:\n\n',
    "German": "* [{0}]({3}) von {5} ({2}) – Gut lesbar.\n",
    "links first": "- [[Paper]]({3}) [[Code]](https://github.com/x/y) **{0}**, {1}. NeurIPS, {2}.\n",
    "people in italics behind a bare title": "* {0}. *{1}*. NeurIPS {2}. [PDF]({3})\n",
    "people and facts below a link with badges": "1. [**{0}**]({3}) ![](https://img.shields.io/badge/read-yes-green)\n\n   {1}. *NeurIPS {2}.*\n\n   > Short and good.\n\n",
    "venue before people": "1. **{0}.** NeurIPS {2}. [paper]({3})\n\n    *{1}.*\n\n",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_lists_give_title_people_year_and_address(shape: str) -> None:
    """Every way gives the same two works, and what leads to other lists gives none."""
    lines = "".join(
        shape.format(
            title,
            ", ".join(" ".join(reversed(p.split(", "))) for p in people),
            year,
            url,
            str(year)[2:],
            " und ".join(" ".join(reversed(p.split(", "))) for p in people),
        )
        for title, people, year, url in (FIRST, SECOND)
    )
    read = read_bibliography(
        f"# Awesome Things\n\nSome words.\n\n## Papers\n\n{lines}\n## Related lists\n\n- [Awesome Others](https://github.com/a/b)\n\n## Citation\n\n```bibtex\n@misc{{us, title={{Ours}}}}\n```\n"
    )
    assert [
        (i.citation.title, i.citation.authors, i.citation.year, i.citation.url) for i in read.items
    ] == [FIRST, SECOND]


def test_a_preprint_without_year_has_that_of_its_number() -> None:
    """`1706.03762` got its number in 2017; a year that is stated goes first."""
    read = read_bibliography(
        f"# L\n\n- [One Title of Many]({A})\n- [Another Title of Many](https://arxiv.org/abs/1602.05629) (ICLR 2018)\n"
    )
    assert [i.citation.year for i in read.items] == [2017, 2018]


def test_columns_are_found_by_names_of_other_languages_and_with_two_facts() -> None:
    """`Author(s)`, `Venue & Year`, `タイトル`."""
    one = read_bibliography(
        f"# L\n\n| # | Paper Title | Author(s) | Venue & Year | Links | Comments |\n|---|---|---|---|---|---|\n| 1 | {FIRST[0]} | Ashish Vaswani et al. | NIPS 2017 | [paper]({A}) | Good. |\n"
    )
    two = read_bibliography(
        f"# L\n\n| 年 | タイトル | 著者 | 会議 | 論文 | メモ |\n|---|---|---|---|---|---|\n| 2017 | {FIRST[0]} | Ashish Vaswani et al. | NIPS | [PDF]({A}) | 重要 |\n"
    )
    three = read_bibliography(
        f"# L\n\n| 论文标题 | 第一作者 | 发表会议 | 发表年份 | 论文地址 | 代码地址 |\n|---|---|---|---|---|---|\n| {FIRST[0]} | Ashish Vaswani | NIPS | 2017 | [论文]({A}) | [代码](https://github.com/x/y) |\n"
    )
    assert [
        (i.citation.title, i.citation.authors[0], i.citation.year, i.citation.url)
        for r in (one, two, three)
        for i in r.items
    ] == [(FIRST[0], "Vaswani, Ashish", 2017, A)] * 3


def test_badges_before_titles_are_facts_in_tables() -> None:
    """A picture that says `ICCV'17` dates the work; a repository's stars are not its address."""
    read = read_bibliography(
        f"# L\n\n| Title & Authors | Links |\n|:--|:-:|\n| [![Star](https://img.shields.io/github/stars/a/b.svg)](https://github.com/a/b) [![Publish](https://img.shields.io/badge/Conference-NeurIPS'17-blue)]()<br>[{FIRST[0]}]({A}) <br> Ashish Vaswani, Noam Shazeer | [Paper]({A}) |\n"
    )
    assert [
        (i.citation.title, i.citation.authors, i.citation.year, i.citation.url) for i in read.items
    ] == [FIRST]


def test_a_tool_named_like_a_label_is_a_work() -> None:
    """`[PyTorch](...) - What it is.` is no form of another work."""
    read = read_bibliography(
        "# L\n\n- [PyTorch](https://pytorch.org/) - Tensors and dynamic networks.\n- [MLflow Tracking](https://mlflow.org/) - Where runs go.\n"
    )
    assert [i.citation.title for i in read.items] == ["PyTorch", "MLflow Tracking"]
