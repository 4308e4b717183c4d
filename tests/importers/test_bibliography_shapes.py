"""Bibliographies as other people write them: each shape gives its works with facts and notes."""

from __future__ import annotations

import pytest

from kb.importers.bibliography import Item, read_bibliography


def brief(item: Item) -> str:
    """Give an item on one line: `Title | People | Year | url | note`."""
    c = item.citation
    return " | ".join(
        [
            c.title,
            "; ".join(c.authors) + (" et al." if c.et_al else ""),
            str(c.year or ""),
            c.url,
            item.note,
        ]
    )


AWESOME = """# Awesome Testing

## Contents
- [Fuzzing](#fuzzing)

## Fuzzing

- [The Art of Fuzzing: A Survey](https://a.org) - Manes et al., TSE 2019. A broad survey.
- [Fuzzing: Hack, Art, and Science](https://b.org) (CACM 2020) - Godefroid looks back.
- **[Evaluating Fuzz Testing](https://c.org)** - Klees et al. Shows how careless evaluations are.
- 2019, [Rules of Fuzzing](https://d.org), Jane Roe
* _Building Fuzzers_, Richard Roe, 2020.
- https://e.org/paper
- A talk of 2018 that is [on video somewhere](https://f.org) and fits no rule
"""

APA = """# Annotated Bibliography

Brooks, F. P. (1987). No silver bullet: Essence and accidents. *Computer*, *20*(4), 10-19. https://b.org/1

    Brooks argues that the hard part is the essence.

Allamanis, M., Barr, E. T., & Sutton, C. (2018). A survey of big code. ACM Computing Surveys, 51(4), 1-37.
Annotation: A taxonomy of models.

**Weiser, M. (1991). The computer for the 21st century. Scientific American, 265(3), 94-104.** Weiser describes computers that vanish.
"""

IEEE = """# Bibliography

[1] L. Lamport, "Time, Clocks, and the Ordering of Events," Commun. ACM, vol. 21, no. 7, pp. 558-565, 1978.
Introduces the happened-before relation.

[2] M. J. Fischer, N. A. Lynch, and M. S. Paterson, "Impossibility of Distributed Consensus," J. ACM, 1985. https://f.org
"""

MLA = """Works Cited

Dijkstra, Edsger W. "Go To Statement Considered Harmful." Communications of the ACM,
     vol. 11, no. 3, 1968, pp. 147-148.

     A letter that changed how people program.

1. Perlis, A. J. Epigrams on programming. SIGPLAN Notices 17, 9 (Sept. 1982), 7-13.

   One hundred and thirty sentences.
"""

HEADINGS = """# Reading list

## Learning

### Hidden Technical Debt

**Authors:** D. Sculley, Gary Holt
**Year:** 2015
**Venue:** NIPS
**Link:** https://n.org

The paper names the costs.

### A Case Study (Amershi et al., ICSE-SEIP 2019)

**Summary:** Nine stages.
"""

TABLE = """# Papers

| # | Paper | Authors | Venue | Year | Notes |
|---|---|---|---|---|---|
| 1 | [Attention Is All You Need](https://a.org) | Vaswani et al. | NeurIPS | 2017 | The transformer. |
| 2 | Few-Shot Learners | Tom Brown, Ann Roe | NeurIPS | 2020 | |
"""

NESTED = """# Fairness

* **Fairness Through Awareness**. Cynthia Dwork, Moritz Hardt. ITCS 2012. [[pdf]](https://f.org) [[code]](https://g.org)
  * Similar people get similar results.
* **Equality of Opportunity** (Hardt & Price, 2016). [PDF](https://e.org)

  How to reach equalised odds.
"""

PLAIN = """# Papers

- Fairness and Abstraction in Systems. Andrew Selbst, danah boyd, Sorelle Friedler. FAT* 2019. [pdf](https://f.org)
- Model Cards for Model Reporting. Margaret Mitchell et al. FAT* 2019.
- Attention Is All You Need (2017) - Vaswani et al. [[arXiv](https://a.org)]
"""

HARVARD = """## Ethics

Floridi, L. and Cowls, J., 2019. A unified framework of principles. *Harvard Data Science Review*, 1(1).

Five principles, one new.

**Card, S. K., Mackinlay, J. D. & Shneiderman, B. (1999)** *Readings in Visualization: To Think.* Morgan Kaufmann.

Classic papers.

Cynthia Rudin. 2019. Stop explaining black boxes. Nature Machine Intelligence 1, 5 (2019), 206–215.
"""

FENCES = """# Notes

```bibtex
@article{b, author = {Brooks, Frederick P. and others}, title = {No {S}ilver Bullet}, year = 1987, url = {https://b.org}}
```

Essence and accident.

```python
print("no work")
```
"""

KEYS = """- Title: Out of the Tar Pit
  Authors: Ben Moseley, Peter Marks
  Year: 2006
  URL: http://t.org
  Notes: Complexity is the root of all evil.
"""

PANDOC = """---
title: My list
---

Backus, John. 1978. "Can Programming Be Liberated?" *Communications of the ACM* 21 (8): 613–41.

:   Turing award lecture.
"""

HTML = """<!DOCTYPE html><html><body><h1>Papers</h1><h2>Databases</h2>
<ol><li><p><b>A Relational Model of Data.</b> E. F. Codd. <i>CACM</i>, 1970. [<a href="https://c.org">doi</a>]</p><p class="note">Where it began.</p></li>
<li><a href="https://d.org">The Dataflow Model</a>, Akidau et al., VLDB 2015. Windows and triggers.</li></ol>
<h2>Media</h2><p>Bush, V. (1945). <a href="https://w.org">As We May Think</a>. <i>The Atlantic</i>.</p><p>Imagines the memex &amp; more.</p></body></html>"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            AWESOME,
            [
                "The Art of Fuzzing: A Survey | Manes et al. | 2019 | https://a.org | A broad survey.", "Fuzzing: Hack, Art, and Science |  | 2020 | https://b.org | Godefroid looks back.",
                "Evaluating Fuzz Testing | Klees et al. |  | https://c.org | Shows how careless evaluations are.", "Rules of Fuzzing | Roe, Jane | 2019 | https://d.org | ",
                "Building Fuzzers | Roe, Richard | 2020 |  | ", "https://e.org/paper |  |  | https://e.org/paper | ",
            ],
            id="list of links",
        ),
        pytest.param(
            APA,
            [
                "No silver bullet: Essence and accidents | Brooks, F. P. | 1987 | https://b.org/1 | Brooks argues that the hard part is the essence.",
                "A survey of big code | Allamanis, M.; Barr, E. T.; Sutton, C. | 2018 |  | A taxonomy of models.",
                "The computer for the 21st century | Weiser, M. | 1991 |  | Weiser describes computers that vanish.",
            ],
            id="APA",
        ),
        pytest.param(
            IEEE,
            [
                "Time, Clocks, and the Ordering of Events | Lamport, L. | 1978 |  | Introduces the happened-before relation.",
                "Impossibility of Distributed Consensus | Fischer, M. J.; Lynch, N. A.; Paterson, M. S. | 1985 | https://f.org | ",
            ],
            id="IEEE, numbered",
        ),
        pytest.param(
            MLA,
            [
                "Go To Statement Considered Harmful | Dijkstra, Edsger W. | 1968 |  | A letter that changed how people program.",
                "Epigrams on programming | Perlis, A. J. | 1982 |  | One hundred and thirty sentences.",
            ],
            id="plain text, hanging indents",
        ),
        pytest.param(
            HEADINGS, ["Hidden Technical Debt | Sculley, D.; Holt, Gary | 2015 | https://n.org | The paper names the costs.", "A Case Study | Amershi et al. | 2019 |  | Nine stages."],
            id="a heading for each work",
        ),
        pytest.param(
            TABLE, ["Attention Is All You Need | Vaswani et al. | 2017 | https://a.org | The transformer.", "Few-Shot Learners | Brown, Tom; Roe, Ann | 2020 |  | "], id="table"
        ),
        pytest.param(
            NESTED,
            [
                "Fairness Through Awareness | Dwork, Cynthia; Hardt, Moritz | 2012 | https://f.org | Similar people get similar results.",
                "Equality of Opportunity | Hardt; Price | 2016 | https://e.org | How to reach equalised odds.",
            ],
            id="titles in bold, notes below",
        ),
        pytest.param(
            PLAIN,
            [
                "Fairness and Abstraction in Systems | Selbst, Andrew; boyd, danah; Friedler, Sorelle | 2019 | https://f.org | ",
                "Model Cards for Model Reporting | Mitchell, Margaret et al. | 2019 |  | ", "Attention Is All You Need | Vaswani et al. | 2017 | https://a.org | ",
            ],
            id="titles without marks",
        ),
        pytest.param(
            HARVARD,
            [
                "A unified framework of principles | Floridi, L.; Cowls, J. | 2019 |  | Five principles, one new.",
                "Readings in Visualization: To Think | Card, S. K.; Mackinlay, J. D.; Shneiderman, B. | 1999 |  | Classic papers.", "Stop explaining black boxes | Rudin, Cynthia | 2019 |  | ",
            ],
            id="Harvard and ACM",
        ),
        pytest.param(FENCES, ["No Silver Bullet | Brooks, Frederick P. et al. | 1987 | https://b.org | Essence and accident."], id="BibTeX in Markdown"),
        pytest.param(KEYS, ["Out of the Tar Pit | Moseley, Ben; Marks, Peter | 2006 | http://t.org | Complexity is the root of all evil."], id="fields by name"),
        pytest.param(PANDOC, ["Can Programming Be Liberated? | Backus, John | 1978 |  | Turing award lecture."], id="definition list, front matter"),
        pytest.param(
            HTML,
            [
                "A Relational Model of Data | Codd, E. F. | 1970 | https://c.org | Where it began.", "The Dataflow Model | Akidau et al. | 2015 | https://d.org | Windows and triggers.",
                "As We May Think | Bush, V. | 1945 | https://w.org | Imagines the memex & more.",
            ],
            id="HTML",
        ),
    ],
)  # fmt: skip
def test_works_facts_and_notes(text: str, expected: list[str]) -> None:
    assert [brief(item) for item in read_bibliography(text).items] == expected


def test_what_a_list_holds_beside_works_is_told() -> None:
    found = {e.text: e.fate.value for e in read_bibliography(AWESOME).ledger}
    assert (
        found["- A talk of 2018 that is [on video somewhere](https://f.org) and fits no rule"]
        == "not understood"
    )
    assert found["- https://e.org/paper"] == "probable"
    assert found["- [Fuzzing](#fuzzing)"] == "skipped"


@pytest.mark.parametrize("text", [AWESOME, APA, IEEE, MLA, HEADINGS, NESTED, FENCES, KEYS, PANDOC])
def test_every_block_has_a_line_in_the_ledger(text: str) -> None:
    found = read_bibliography(text)
    starts = {e.line for e in found.ledger}
    blank = True
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and blank and not line.startswith(("```", "print")):
            assert starts & {number, number + 1}, line
        blank = not line.strip()
